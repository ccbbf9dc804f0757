//! The event that the local gateway makes has the form of a recorded one, so that a handler cannot tell
//! them apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use palad_local::template::Template;
use palad_local::{Invoke, Options, Wiring, start_with};
use palad_system_tests::Browser;
use serde_json::{Value, json};

const RECORDED: &str = include_str!("../../../../shared/api/tests/fixtures/sam-local.json");

/// Every place in a value, with the type of what is there. Lists and maps with free names count as one.
fn places(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    const FREE: [&str; 4] = ["/headers", "/queryStringParameters", "/pathParameters", "/cookies"];
    let kind = match value {
        Value::Null => return,
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(map) => {
            if !FREE.contains(&path) {
                map.iter().for_each(|(name, value)| places(value, &format!("{path}/{name}"), found));
            }
            "map"
        }
    };
    found.insert(format!("{path} {kind}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_local_gateways_event_has_the_form_of_a_recorded_one() {
    let echo: Invoke = Arc::new(|event| {
        let body = event.to_string();
        Box::pin(async move { Ok(json!({ "statusCode": 200, "body": body })) })
    });
    let template = Template::embedded(&BTreeMap::new()).expect("the template");
    let names = template.functions.into_iter().map(|function| function.name);
    let functions: BTreeMap<String, Invoke> = names.map(|name| (name, Arc::clone(&echo))).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { port: 0, data: folder.path().to_owned() };
    let wiring = Wiring { functions, ..Wiring::default() };
    let running = start_with(&options, async |_| Ok(wiring)).await.expect("a runner");

    let browser = Browser::at(&running.addresses().site_url());
    browser.set_cookie("__Host-sid", Some("a.b.c"));
    let call =
        browser.call("POST", "/api/agencies/540101/clerks?q=1").key("key-1").json(&json!({ "name": "A" }));
    let event = call.header("user-agent", "test/1").send().await.expect(200).json();

    let recorded: Value = serde_json::from_str(RECORDED).expect("the fixture");
    let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    places(&event, "", &mut ours);
    places(&recorded, "", &mut theirs);
    assert_eq!(ours, theirs);
    assert_eq!((&event["routeKey"], &event["rawPath"]), (&recorded["routeKey"], &recorded["rawPath"]));
    assert_eq!((&event["pathParameters"], &event["body"]), (&recorded["pathParameters"], &recorded["body"]));
    running.stop().await;
}
