//! What a page of progress costs: at every level at most two calls to the store.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use palad_domain::policy::{Area, CanReadProgress};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::Variables;
use palad_store::{Aws, Rounds};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::Scene;

/// The most calls to the store for a page.
const CALLS: usize = 2;
const STORE: &str = "AWS_ENDPOINT_URL_DYNAMODB";

/// Stands in front of the store, and counts what is asked.
async fn counted(store: &str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (behind, calls) = (store.trim_start_matches("http://").to_owned(), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((asks, _)) = listener.accept().await {
            let answers = TcpStream::connect(&behind).await.expect("the store");
            let ((mut from, mut to), (mut back, mut forth)) = (asks.into_split(), answers.into_split());
            tokio::spawn(async move { tokio::io::copy(&mut back, &mut to).await });
            let counter = Arc::clone(&counter);
            tokio::spawn(async move {
                let mut bytes = vec![0; 64 * 1024];
                while let Ok(length @ 1..) = from.read(&mut bytes).await {
                    // A client asks the next thing of a connection when it has its answer: a request begins a piece.
                    counter.fetch_add(usize::from(bytes.starts_with(b"POST / ")), Ordering::SeqCst);
                    forth.write_all(&bytes[..length]).await.expect("the store");
                }
            });
        }
    });
    (url, calls)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_of_progress_asks_the_store_twice_at_most_at_every_level() {
    let scene = Scene::opened().await;
    let variables = scene.house.variables().await;
    let (url, calls) = counted(&variables.require(STORE).expect("a store")).await;
    let variables = Variables::of_map(BTreeMap::from([(STORE.to_owned(), url)])).or(&variables);
    let aws = Aws::from_environment(&variables).expect("variables");
    let rounds = Rounds::from_environment(&aws, &variables).expect("variables");
    let now = scene.house.clock().now();
    let session = Session {
        actor: Actor::Central { staff: "central".to_owned() },
        version: SessionVersion(1),
        signed_in_at: now,
        expires_at: now + jiff::SignedDuration::from_hours(1),
    };
    let province = "54".parse().expect("a province");
    for (area, exactly) in [
        (Area::Country, 1),
        (Area::Province(province), CALLS),
        (Area::District { province, district: "เมืองแพร่".to_owned() }, CALLS),
    ] {
        let leave = CanReadProgress::ask(&session, &area, now).expect("the centre may");
        calls.store(0, Ordering::SeqCst);
        let found = rounds.progress(&leave, scene.id.parse().expect("a name")).await.expect("the store");
        assert!(found.is_some());
        assert_eq!(calls.load(Ordering::SeqCst), exactly, "{area:?}");
    }
    scene.house.stop().await;
}
