//! Every route of the template, for every kind of caller, near to the agency that it is about and far from it. A
//! route without a row here fails.

use std::collections::{BTreeMap, BTreeSet};

use palad_local::template::Template;
use palad_system_tests::{Browser, House, MAE_YOM, PASSPHRASE, PASSWORD, PHRAE, WITHOUT_MAILBOX, held};
use serde_json::{Value, json};

/// Who calls. The agency that routes are about is เทศบาลเมืองแพร่, in the district of its name in the province 54.
const CALLERS: [&str; 8] = [
    "nobody",
    "the agency itself",
    "another agency",
    "its district",
    "another district",
    "its province",
    "another province",
    "the centre",
];

/// A route, with what each caller gets. Where a right call would change something, the call that is made is one
/// that comes as far as the last check: 404, 409, 410 and 412 say that it was allowed, and so does 422 where
/// others get 403.
const MEANT: &[(&str, [u16; 8])] = &[
    ("GET /api/openapi.json", [200; 8]),
    ("GET /api/provinces", [200; 8]),
    ("GET /api/agencies", [200; 8]),
    ("GET /api/directory", [200; 8]),
    ("GET /api/directory/{code}", [200; 8]),
    ("POST /api/registrations", [202; 8]),
    ("POST /api/registrations/{claim}/proof", [410; 8]),
    ("POST /api/registrations/completions", [410; 8]),
    ("POST /api/registrations/objections", [410; 8]),
    // Without a province in the query, of those in the caller's care.
    ("GET /api/claims", [401, 403, 403, 403, 403, 200, 200, 200]),
    // A claim that was refused already.
    ("POST /api/claims/{id}/approval", [401, 403, 403, 403, 403, 409, 403, 409]),
    ("POST /api/claims/{id}/refusal", [401, 403, 403, 403, 403, 204, 403, 204]),
    ("POST /api/session", [202, 201, 202, 202, 202, 202, 202, 202]),
    ("POST /api/session/code", [410; 8]),
    ("GET /api/session", [401, 200, 200, 200, 200, 200, 200, 200]),
    ("DELETE /api/session", [204; 8]),
    ("POST /api/handovers/acceptance", [410; 8]),
    ("GET /api/account", [401, 200, 200, 200, 200, 200, 200, 200]),
    ("POST /api/account/email", [401, 422, 422, 403, 403, 403, 403, 403]),
    ("POST /api/email-changes", [410; 8]),
    ("POST /api/email-changes/undo", [410; 8]),
    ("POST /api/account/handover", [401, 422, 422, 403, 403, 403, 403, 403]),
    ("DELETE /api/account/handover", [401, 204, 204, 403, 403, 403, 403, 403]),
    ("POST /api/account/objection", [401, 204, 204, 403, 403, 403, 403, 403]),
    ("GET /api/accounts", [401, 403, 403, 200, 200, 200, 403, 200]),
    ("POST /api/accounts/{code}/suspension", [401, 403, 403, 403, 403, 422, 403, 422]),
    ("DELETE /api/accounts/{code}/suspension", [401, 403, 403, 403, 403, 204, 403, 204]),
    ("POST /api/accounts/{code}/reset", [401, 403, 403, 403, 403, 422, 403, 422]),
    ("GET /api/agencies/{code}/audit", [401, 200, 403, 200, 403, 200, 403, 200]),
    ("DELETE /api/account/sessions", [401, 204, 204, 204, 204, 204, 204, 204]),
    ("POST /api/password-resets", [202; 8]),
    ("POST /api/password-resets/{token}", [410; 8]),
    ("POST /api/staff/session", [202; 8]),
    ("POST /api/staff/session/totp", [410; 8]),
    ("POST /api/staff/invitations/accept", [410; 8]),
    ("POST /api/staff/invitations/acceptance", [410; 8]),
    ("POST /api/staff/invitations", [401, 403, 403, 403, 403, 422, 403, 422]),
    // Without a province in the query, of the caller's own office.
    ("GET /api/staff", [401, 403, 403, 403, 403, 200, 200, 200]),
    ("GET /api/staff/audit", [401, 403, 403, 403, 403, 200, 200, 200]),
    ("POST /api/staff/{id}/suspension", [401, 403, 403, 403, 403, 404, 404, 404]),
    ("DELETE /api/staff/{id}/suspension", [401, 403, 403, 403, 403, 404, 404, 404]),
    ("GET /api/agencies/{code}/clerks", [401, 200, 403, 200, 403, 200, 403, 200]),
    ("POST /api/agencies/{code}/clerks", [401, 409, 403, 403, 403, 403, 403, 403]),
    ("GET /api/agencies/{code}/clerks/{id}", [401, 200, 403, 200, 403, 200, 403, 200]),
    ("PUT /api/agencies/{code}/clerks/{id}", [401, 412, 403, 403, 403, 403, 403, 403]),
    ("DELETE /api/agencies/{code}/clerks/{id}", [401, 412, 403, 403, 403, 403, 403, 403]),
    ("POST /api/agencies/{code}/clerks/{id}/restoration", [401, 404, 403, 403, 403, 404, 403, 404]),
    ("POST /api/agencies/{code}/photos", [401, 422, 403, 403, 403, 403, 403, 403]),
    ("GET /api/agencies/{code}/photos/{photo}", [401, 404, 403, 404, 403, 404, 403, 404]),
    ("POST /api/agencies/{code}/confirmation", [401, 412, 403, 403, 403, 403, 403, 403]),
    ("GET /api/rounds", [401, 200, 200, 200, 200, 200, 200, 200]),
    ("POST /api/rounds", [401, 403, 403, 403, 403, 403, 403, 422]),
    // There is no such round.
    ("GET /api/rounds/{id}", [401, 403, 403, 404, 404, 404, 404, 404]),
    ("PUT /api/rounds/{id}", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("DELETE /api/rounds/{id}", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("GET /api/rounds/{id}/rehearsal", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("POST /api/rounds/{id}/opening", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("PUT /api/rounds/{id}/deadline", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("POST /api/rounds/{id}/closing", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("POST /api/rounds/{id}/stop", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("DELETE /api/rounds/{id}/stop", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("GET /api/rounds/{id}/progress", [401, 403, 403, 404, 403, 404, 403, 404]),
    ("GET /api/rounds/{id}/owing", [401, 403, 403, 404, 403, 404, 403, 404]),
    ("POST /api/rounds/{id}/calls", [401, 403, 403, 403, 403, 404, 403, 404]),
    ("GET /api/holidays", [401, 403, 403, 403, 403, 403, 403, 200]),
    ("PUT /api/holidays", [401, 403, 403, 403, 403, 403, 403, 412]),
    ("POST /api/reminders/stop", [401, 403, 403, 403, 403, 403, 403, 422]),
    ("DELETE /api/reminders/stop", [401, 403, 403, 403, 403, 403, 403, 204]),
    ("POST /api/confirmations", [410; 8]),
    ("GET /api/receipts/{number}", [404; 8]),
    ("POST /api/rounds/{id}/attachments", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("POST /api/rounds/{id}/attachments/{attachment}/completion", [401, 403, 403, 403, 403, 403, 403, 404]),
    ("DELETE /api/rounds/{id}/attachments/{attachment}", [401, 403, 403, 403, 403, 403, 403, 404]),
    // Of the district of เทศบาลเมืองแพร่, and of a list that there is not.
    ("POST /api/exports", [401, 403, 403, 422, 403, 422, 403, 422]),
];

/// Called last of all, for it ends the sessions that the others are called with.
const LAST: &str = "DELETE /api/account/sessions";

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
        "POST /api/registrations/completions" | "POST /api/registrations/objections" => {
            json!({ "token": "no-such-token" })
        }
        "POST /api/claims/{id}/approval" => json!({}),
        "POST /api/claims/{id}/refusal" => json!({ "reason": "other" }),
        "POST /api/session" => json!({ "agency": PHRAE.code, "password": PASSWORD }),
        "POST /api/session/code" => json!({ "challenge": "AAAAAAAAAAAAAAAAAAAAAA", "code": "12345678" }),
        "POST /api/staff/session" => json!({ "email": "policy@office.test", "passphrase": PASSPHRASE }),
        "POST /api/staff/session/totp" => json!({ "challenge": "AAAAAAAAAAAAAAAAAAAAAA", "code": "123456" }),
        "POST /api/staff/invitations/accept" => json!({ "token": "no-such-token" }),
        "POST /api/staff/invitations/acceptance" => json!({
            "token": "no-such-token", "name": "สมศรี ใจดี", "passphrase": PASSPHRASE, "code": "123456",
        }),
        "POST /api/staff/invitations" => json!({
            "email": "policy@office.test", "role": "district", "province": "54", "district": "ไม่มีอำเภอนี้",
        }),
        "POST /api/staff/{id}/suspension" => json!({}),
        "POST /api/email-changes" | "POST /api/email-changes/undo" => json!({ "token": "no-such-token" }),
        "POST /api/handovers/acceptance" => json!({ "token": "no-such-token", "password": PASSWORD }),
        "POST /api/account/objection"
        | "POST /api/account/email"
        | "POST /api/account/handover"
        | "POST /api/accounts/{code}/suspension" => json!({}),
        "POST /api/accounts/{code}/reset" => json!({ "unknown": true }),
        "POST /api/password-resets" => json!({ "agency": PHRAE.code, "email": PHRAE.email }),
        "POST /api/password-resets/{token}" => json!({ "password": PASSWORD }),
        "POST /api/agencies/{code}/photos" => json!({ "length": 0 }),
        "POST /api/agencies/{code}/confirmation"
        | "POST /api/rounds"
        | "PUT /api/rounds/{id}"
        | "POST /api/rounds/{id}/opening"
        | "PUT /api/rounds/{id}/deadline"
        | "POST /api/rounds/{id}/closing"
        | "POST /api/rounds/{id}/attachments"
        | "POST /api/rounds/{id}/attachments/{attachment}/completion"
        | "POST /api/rounds/{id}/stop" => json!({}),
        "POST /api/rounds/{id}/calls" => json!({ "agency": PHRAE.code, "outcome": "reached" }),
        "PUT /api/holidays" => json!({ "items": [] }),
        "POST /api/exports" => json!({ "list": "none", "province": "54", "district": "เมืองแพร่" }),
        "POST /api/reminders/stop" => json!({ "unknown": true }),
        "POST /api/confirmations" => json!({ "token": "no-such-token", "action": "look" }),
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
        .replace("{attachment}", "AAAAAAAAAAAAAAAAAAAAAA")
        .replace("{token}", "no-such-token")
        .replace("{number}", "AAAAA-AAAAA");
    let path = match route {
        "GET /api/accounts" => format!("{path}?province=54"),
        "GET /api/rounds/{id}/progress" | "GET /api/rounds/{id}/owing" => {
            format!("{path}?province=54&district=เมืองแพร่")
        }
        _ => path,
    };
    let browser = browser.copy();
    let mut call = browser.call(method, &path);
    let is_confirmation = route == "POST /api/agencies/{code}/confirmation";
    let has_version = ["clerks", "/api/rounds/", "/api/holidays"].iter().any(|part| path.contains(part));
    if is_confirmation || matches!(method, "PUT" | "DELETE") && has_version {
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

/// A claim to an agency of the same province, which its office has refused.
async fn refused_claim(house: &House, officer: &Browser) -> String {
    let browser = house.browser();
    let proof = house.mailbox.begin(&browser, WITHOUT_MAILBOX.code, "refused@mail.test", PASSWORD).await;
    let _ = browser.prove(&proof.claim, &proof.code).await.expect(200);
    let path = format!("/api/claims/{}/refusal", proof.claim);
    let _ = officer.post(&path, &json!({ "reason": "other" })).await.expect(204);
    proof.claim
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

    let nobody = house.browser();
    let own_district = house.district("54", "เมืองแพร่").await;
    let other_district = house.district("54", "สอง").await;
    let own_province = house.province("54").await;
    let other_province = house.province("55").await;
    let central = house.central().await;
    let browsers = [
        &nobody,
        &own.browser,
        &other.browser,
        &own_district.browser,
        &other_district.browser,
        &own_province.browser,
        &other_province.browser,
        &central.browser,
    ];

    let claim = refused_claim(&house, &own_province.browser).await;
    let mut differences = Vec::new();
    let (last, others): (Vec<&(&str, _)>, Vec<&(&str, _)>) =
        MEANT.iter().partition(|(route, _)| *route == LAST);
    let mut after = String::new();
    for (route, wanted) in others.into_iter().chain(last) {
        if *route == LAST {
            after = own.screen().await.text;
        }
        let id = match route {
            route if route.contains("/api/claims/") => claim.as_str(),
            route if route.contains("/api/rounds/") => "2569-99",
            _ => id,
        };
        for ((who, browser), wanted) in CALLERS.into_iter().zip(browsers).zip(wanted) {
            let got = status(browser, route, id).await;
            if got != *wanted {
                differences.push(format!("{route} for {who}: got {got}, meant {wanted}"));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(after, before, "nothing was changed");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_the_template_does_not_declare_is_not_there() {
    let house = House::start().await;
    let own = house.sign_up(PHRAE).await;
    for (method, path) in [
        ("GET", "/api"),
        ("GET", "/api/"),
        ("GET", "/api/accounts/549900"),
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
