//! What a page of progress costs: at every level at most two calls to the store.

use std::collections::BTreeMap;

use palad_domain::policy::{Area, CanReadProgress};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::Variables;
use palad_store::{Aws, Rounds};
use palad_system_tests::Cut;

use super::Scene;

/// The most calls to the store for a page.
const CALLS: usize = 2;
const STORE: &str = "AWS_ENDPOINT_URL_DYNAMODB";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_of_progress_asks_the_store_twice_at_most_at_every_level() {
    let scene = Scene::opened().await;
    let variables = scene.house.variables().await;
    let way = Cut::default();
    let url = way.before(variables.require(STORE).expect("a store")).await;
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
        let _ = way.mend();
        let found = rounds.progress(&leave, scene.id.parse().expect("a name")).await.expect("the store");
        assert!(found.is_some());
        assert_eq!(way.mend(), exactly, "{area:?}");
    }
    scene.house.stop().await;
}
