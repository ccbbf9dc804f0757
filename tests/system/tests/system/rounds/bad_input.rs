//! Bad input about rounds: each gets a clear answer at the right field, and makes or changes nothing.

use jiff::ToSpan;
use palad_system_tests::NOT_LISTED;
use serde_json::{Value, json};

use super::{Scene, terms, today};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_wrong_with_a_round_is_named_field_by_field() {
    let scene = Scene::start().await;
    let (house, central) = (&scene.house, &scene.central.browser);
    let day = |days: i64| today(house).saturating_add(days.days());
    let with = |field: &str, value: Value| {
        let mut body = terms(house);
        body[field] = value;
        body
    };
    let before = scene.round().await.text;
    for (body, pointers) in [
        (json!({}), vec!["/title", "/dates/opens", "/dates/deadline", "/dates/closes"]),
        (with("title", json!(" ")), vec!["/title"]),
        (with("title", json!(["ก"])), vec!["/title"]),
        (with("owner", json!("ใคร")), vec!["/owner"]),
        (with("letter", json!({ "number": "ว 1" })), vec!["/letter/date"]),
        (with("letter", json!(["ว 1", "2026-01-01"])), vec!["/letter"]),
        (
            with("dates", json!({ "opens": day(5), "deadline": day(4), "closes": day(3) })),
            vec!["/dates/deadline", "/dates/closes"],
        ),
        (
            with("dates", json!({ "opens": "31 กุมภาพันธ์ 2569", "deadline": day(4), "closes": day(5) })),
            vec!["/dates/opens"],
        ),
        (with("dates", json!([day(1), day(2), day(3)])), vec!["/dates"]),
        (with("scope", json!({ "kinds": [] })), vec!["/scope/kinds"]),
        (
            with("scope", json!({ "kinds": ["อบต.", "บริษัท"], "provinces": ["54", "99"] })),
            vec!["/scope/kinds/1", "/scope/provinces/1"],
        ),
        (with("scope", json!({ "provinces": "54" })), vec!["/scope/provinces"]),
        (with("scope", json!([["อบต."], ["54"], []])), vec!["/scope"]),
        (
            with(
                "scope",
                json!({ "exceptions": [{ "agency": NOT_LISTED, "reason": "ไม่มี" }, { "agency": "549900", "reason": "มี" }] }),
            ),
            vec!["/scope/exceptions/0/agency"],
        ),
        (
            with("scope", json!({ "exceptions": [{ "agency": "549900" }] })),
            vec!["/scope/exceptions/0/reason"],
        ),
        (with("scope", json!({ "exceptions": [["549900", "มี"]] })), vec!["/scope/exceptions/0"]),
        (
            with("steps", json!([{ "when": "before", "days": 7 }, { "when": "before", "days": 7 }])),
            vec!["/steps/1"],
        ),
        (with("steps", json!([{ "when": "before", "days": 900 }])), vec!["/steps/0/days"]),
        (with("steps", json!([["before", 7]])), vec!["/steps/0"]),
        (with("steps", json!({ "when": "opening" })), vec!["/steps"]),
        (with("history", json!("yes")), vec!["/history"]),
        (with("history", json!(true)), vec!["/dates/closes"]),
    ] {
        let refused = central.post("/api/rounds", &body).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), pointers, "{body}");
        if body.get("history").is_none() {
            let refused = central.call("PUT", &scene.path("")).if_match(1).json(&body).send().await;
            assert_eq!(
                (refused.status, refused.pointers()),
                (422, pointers.into_iter().map(str::to_owned).collect())
            );
        }
    }
    assert_eq!(scene.round().await.text, before);
    assert_eq!(
        central.get("/api/rounds").await.expect(200).json()["items"].as_array().map(Vec::len),
        Some(1)
    );

    // A deadline that has passed cannot be opened; a name that is none is nowhere.
    let past = with("dates", json!({ "opens": day(-9), "deadline": day(-1), "closes": day(5) }));
    let _ = central.call("PUT", &scene.path("")).if_match(1).json(&past).send().await.expect(200);
    let refused = scene.act("opening").await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/dates/deadline"]);
    scene.act("closing").await.assert_problem(409, "round-state");
    for name in ["2569-0", "2569-01", "9999-1", "x", "OPEN", "2569-1%23x", "..%2FOPEN"] {
        central.get(&format!("/api/rounds/{name}")).await.assert_problem(404, "not-found");
        central
            .post(&format!("/api/rounds/{name}/opening"), &json!({}))
            .await
            .assert_problem(404, "not-found");
    }
    let no_body = central.call("POST", &scene.path("opening")).send().await;
    assert_eq!(no_body.status, 415, "{}", no_body.text);
    scene.house.stop().await;
}
