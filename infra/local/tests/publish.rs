//! The lists, pages and open data that `publish` derives, with the project's own functions at work.

mod common;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use common::{eventually, json_of};
use palad_environment::{Clock, Random, Variables};
use palad_local::{Options, Running, operations, start_with};
use serde_json::{Value, json};

/// A runner with demonstration data, and the variables of all functions together.
async fn start(data: &Path) -> (Running, Variables) {
    let options = Options { port: 0, data: data.to_owned() };
    let mut all = Variables::of_map(BTreeMap::new());
    let running = start_with(&options, async |surroundings| {
        for (variables, _) in surroundings.functions.values() {
            all = all.or(variables);
        }
        let filled = operations::fill_with_demo(&all, &Clock::default(), &Random::default()).await;
        filled.map_err(|error| error.to_string())?;
        palad_local::wiring(&surroundings)
    })
    .await
    .expect("a runner");
    (running, all)
}

async fn get(running: &Running, path: &str) -> reqwest::Response {
    let url = format!("{}{path}", running.addresses().site_url());
    reqwest::get(url).await.expect("an answer")
}

async fn list(running: &Running, path: &str) -> Option<Value> {
    let response = get(running, path).await;
    if response.status() != 200 {
        return None;
    }
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert!(response.headers()["cache-control"].to_str().expect("text").starts_with("public, max-age=300"));
    let packed = response.bytes().await.expect("a body");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).expect("gzip");
    Some(serde_json::from_str(&text).expect("JSON"))
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_pages_and_open_data_follow_the_records() {
    let data = tempfile::tempdir().expect("a folder");
    let (running, variables) = start(data.path()).await;
    let province = "/lists/province-54.json";
    eventually("the lists", async || list(&running, province).await.is_some()).await;
    let asked = json_of(get(&running, "/api/agencies?province=54").await).await;
    assert_eq!(list(&running, province).await, Some(asked.clone()), "as the API gives them");
    let count = |list: &Value| list["items"].as_array().map_or(0, Vec::len);
    let whole = list(&running, "/lists/agencies.json").await.expect("the whole list");
    assert_eq!((count(&whole), &whole["next"]), (109, &Value::Null));

    let page = get(&running, "/open/province/54.html").await;
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    let page = page.text().await.expect("a page");
    for item in asked["items"].as_array().expect("items") {
        let name = item["full_name"].as_str().expect("a name");
        assert!(page.contains(name), "{name}");
    }
    assert!(
        page.contains("href=\"/open/style.css\"") && !page.contains("<script") && !page.contains("style=\"")
    );
    assert_eq!(get(&running, "/open/style.css").await.status(), 200);

    let directory = json_of(get(&running, "/open/directory.json").await).await;
    assert_eq!(count(&directory), 109);
    let people =
        directory["items"].as_array().expect("items").iter().filter(|item| item["person"].is_object());
    assert!(people.count() > 15);
    let table = get(&running, "/open/directory.csv").await.bytes().await.expect("a table");
    let table = std::str::from_utf8(&table).expect("UTF-8");
    let table = table.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(table.starts_with("รหัส,ประเภท,") && table.contains("\r\n"));
    assert_eq!(table.lines().count(), 110);

    // The same change again: the same objects, not written again.
    let tag = async |path: &str| {
        let file = data.path().join("s3/palad-local-public-000000000000").join(path.trim_start_matches('/'));
        file.metadata().expect("the object").modified().expect("a time")
    };
    let before = (tag(province).await, tag("/open/province/54.html").await, tag("/open/directory.csv").await);
    let event: Value = serde_json::from_str(include_str!("../../events/publish.json")).expect("an event");
    let run = format!("{}/local/run/publish", running.addresses().site_url());
    let answer = reqwest::Client::new().post(run).body(event.to_string()).send().await.expect("an answer");
    assert_eq!(json_of(answer).await, json!({ "batchItemFailures": [] }));
    let after = (tag(province).await, tag("/open/province/54.html").await, tag("/open/directory.csv").await);
    assert_eq!(before, after);

    // An agency that is renamed is renamed everywhere.
    let renamed = "code,kind,name,district,province,region\n540301,ทน.,แพร่ใหม่,เมืองแพร่,แพร่,ภาคเหนือ\n";
    let (agencies, _) = operations::read_agencies(renamed.as_bytes()).expect("a list");
    operations::import_agencies(&variables, &Clock::default(), agencies, false).await.expect("imported");
    eventually("the new name", async || {
        let list = list(&running, province).await.unwrap_or_default();
        list.to_string().contains("เทศบาลนครแพร่ใหม่")
    })
    .await;
    for path in ["/open/province/54.html", "/open/directory.csv"] {
        eventually(path, async || get(&running, path).await.text().await.expect("a body").contains("แพร่ใหม่"))
            .await;
    }
    running.stop().await;
}
