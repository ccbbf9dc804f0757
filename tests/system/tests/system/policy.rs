//! Every route of the template, for nobody, for the agency itself and for another one. A route without
//! a row here fails.

use std::collections::{BTreeMap, BTreeSet};

use palad_local::template::Template;
use palad_system_tests::{Browser, House, MAE_YOM, PASSWORD, PHRAE, WITHOUT_MAILBOX, held};
use serde_json::{Value, json};

/// A route, with what nobody, the agency itself and another agency get. Where a right call would change
/// something, the call that is made is one that comes as far as the last check: 404, 409, 410 and 412
/// say that it was allowed, and so does 422 where others get 403.
const MEANT: &[(&str, [u16; 3])] = &[
    ("GET /api/openapi.json", [200, 200, 200]),
    ("GET /api/provinces", [200, 200, 200]),
    ("GET /api/agencies", [200, 200, 200]),
    ("GET /api/directory", [200, 200, 200]),
    ("GET /api/directory/{code}", [200, 200, 200]),
    ("POST /api/registrations", [202, 202, 202]),
    ("POST /api/registrations/{claim}/proof", [410, 410, 410]),
    ("POST /api/session", [202, 201, 202]),
    ("POST /api/session/code", [410, 410, 410]),
    ("GET /api/session", [401, 200, 200]),
    ("DELETE /api/session", [204, 204, 204]),
    ("POST /api/password-resets", [202, 202, 202]),
    ("POST /api/password-resets/{token}", [410, 410, 410]),
    ("GET /api/agencies/{code}/clerks", [401, 200, 403]),
    ("POST /api/agencies/{code}/clerks", [401, 409, 403]),
    ("GET /api/agencies/{code}/clerks/{id}", [401, 200, 403]),
    ("PUT /api/agencies/{code}/clerks/{id}", [401, 412, 403]),
    ("DELETE /api/agencies/{code}/clerks/{id}", [401, 412, 403]),
    ("POST /api/agencies/{code}/clerks/{id}/restoration", [401, 404, 403]),
    ("POST /api/agencies/{code}/photos", [401, 422, 403]),
    ("GET /api/agencies/{code}/photos/{photo}", [401, 404, 403]),
];

fn declared() -> BTreeSet<String> {
    let template = Template::embedded(&BTreeMap::new()).expect("the template");
    let routes = template.functions.iter().flat_map(|function| &function.routes);
    routes.map(|route| format!("{} {}", route.method, route.path)).collect()
}

fn body(route: &str) -> Option<Value> {
    Some(match route {
        "POST /api/registrations" => {
            json!({ "agency": WITHOUT_MAILBOX.code, "email": "policy@mail.test", "password": PASSWORD })
        }
        "POST /api/registrations/{claim}/proof" => json!({ "code": "12345678" }),
        "POST /api/session" => json!({ "agency": PHRAE.code, "password": PASSWORD }),
        "POST /api/session/code" => json!({ "challenge": "AAAAAAAAAAAAAAAAAAAAAA", "code": "12345678" }),
        "POST /api/password-resets" => json!({ "agency": PHRAE.code, "email": PHRAE.email }),
        "POST /api/password-resets/{token}" => json!({ "password": PASSWORD }),
        "POST /api/agencies/{code}/photos" => json!({ "length": 0 }),
        "POST /api/agencies/{code}/clerks" | "PUT /api/agencies/{code}/clerks/{id}" => {
            json!({ "post": held("สมหญิง", "ใจเย็น") })
        }
        _ => return None,
    })
}

/// What the route answers to a browser with these cookies; its own cookies stay as they are.
async fn status(browser: &Browser, route: &str, id: &str) -> u16 {
    let (method, path) = route.split_once(' ').expect("a method and a path");
    let path = path
        .replace("{code}", PHRAE.code)
        .replace("{id}", id)
        .replace("{claim}", "AAAAAAAAAAAAAAAAAAAAAA")
        .replace("{photo}", "AAAAAAAAAAAAAAAAAAAAAA")
        .replace("{token}", "no-such-token");
    let browser = browser.copy();
    let mut call = browser.call(method, &path);
    if matches!(method, "PUT" | "DELETE") && path.contains("clerks") {
        call = call.if_match(999);
    }
    if route == "POST /api/agencies/{code}/clerks" {
        call = call.key("policy");
    }
    if let Some(body) = body(route) {
        call = call.json(&body);
    }
    let answer = call.send().await;
    if answer.status >= 400 {
        let slug =
            answer.json()["type"].as_str().unwrap_or_default().trim_start_matches("/problems/").to_owned();
        answer.assert_problem(answer.status, &slug);
    }
    answer.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_route_answers_each_caller_as_meant() {
    let meant: BTreeSet<String> = MEANT.iter().map(|(route, _)| (*route).to_owned()).collect();
    assert_eq!(declared(), meant, "the template and the table name the same routes");

    let house = House::start().await;
    let own = house.sign_up(PHRAE).await;
    let other = house.sign_up(MAE_YOM).await;
    let record = own.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().unwrap_or_default();
    let before = own.screen().await.text;

    let mut differences = Vec::new();
    for (route, wanted) in MEANT {
        for (who, browser, wanted) in [
            ("nobody", &house.browser(), wanted[0]),
            ("the agency itself", &own.browser, wanted[1]),
            ("another agency", &other.browser, wanted[2]),
        ] {
            let got = status(browser, route, id).await;
            if got != wanted {
                differences.push(format!("{route} for {who}: got {got}, meant {wanted}"));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(own.screen().await.text, before, "nothing was changed");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_the_template_does_not_declare_is_not_there() {
    let house = House::start().await;
    let own = house.sign_up(PHRAE).await;
    for (method, path) in [
        ("GET", "/api"),
        ("GET", "/api/"),
        ("GET", "/api/accounts"),
        ("PATCH", "/api/session"),
        ("PUT", "/api/agencies/549900/clerks"),
        ("DELETE", "/api/agencies/549900/clerks"),
        ("GET", "/api/agencies/549900"),
        ("GET", "/api/agencies/549900/clerks/"),
        ("GET", "/api/agencies//clerks"),
        ("GET", "/API/session"),
        ("GET", "/api/directory/549900/"),
        ("OPTIONS", "/api/session"),
    ] {
        let answer = own.browser.call(method, path).send().await;
        assert!(matches!(answer.status, 404 | 405), "{method} {path}: {} {}", answer.status, answer.text);
        assert!(answer.header("access-control-allow-origin").is_none(), "{method} {path}");
    }
    house.stop().await;
}
