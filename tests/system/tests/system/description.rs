//! The API's own description names exactly the routes there are.

use std::collections::{BTreeMap, BTreeSet};

use palad_local::template::Template;
use palad_system_tests::House;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_is_described_and_nothing_else() {
    let template = Template::embedded(&BTreeMap::new()).expect("the template");
    let routes = template.functions.iter().flat_map(|function| &function.routes);
    let declared: BTreeSet<String> = routes.map(|route| format!("{} {}", route.method, route.path)).collect();

    let house = House::start().await;
    let document = house.browser().get("/api/openapi.json").await.expect(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, calls)| {
            let methods = calls.as_object().expect("methods").keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    assert_eq!(described, declared);
    house.stop().await;
}
