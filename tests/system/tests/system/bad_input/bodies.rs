//! Bodies that are no JSON, of another shape, or too large.

use palad_system_tests::held;
use serde_json::{Value, json};

use super::Scene;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_body_that_is_no_json_or_of_another_shape_is_told() {
    let scene = Scene::start().await;
    for bad in
        ["", "{", "{\"post\":}", "post=held", "{\"post\":{}} x", "\u{feff}{}", "NaN", "{\"post\":{\"state\":"]
    {
        scene.edit().body(bad).send().await.assert_problem(400, "not-json");
    }
    scene.edit().body(b"{\"post\":\"\xff\"}".to_vec()).send().await.assert_problem(400, "not-json");
    let person = |field: &str, value: Value| {
        let mut post = held("สมชาย", "ใจดี");
        post["person"][field] = value;
        json!({ "post": post })
    };
    for (body, pointer) in [
        (json!(null), ""),
        (json!([]), ""),
        (json!("post"), ""),
        (json!({ "post": held("ก", "ข"), "extra": 1 }), "/extra"),
        (json!({ "post": held("ก", "ข"), "Post": 1 }), "/Post"),
        (json!({ "post": "vacant" }), "/post"),
        (json!({ "post": ["vacant", null, null, null, null] }), "/post"),
        (
            json!({ "post": { "state": "held", "person": ["นาย", "ก", "ข", "ค", "ง", "จ", "054534119", null] } }),
            "/post/person",
        ),
        (json!({ "post": { "state": "vacant", "note": "" } }), "/post/note"),
        (json!({ "post": { "state": 1 } }), "/post/state"),
        (json!({ "post": { "state": "gone" } }), "/post/state"),
        (json!({}), "/post/state"),
        (person("nickname", json!("ชาย")), "/post/person/nickname"),
        (person("first_name", json!(5)), "/post/person/first_name"),
        (person("first_name", json!(["สมชาย"])), "/post/person/first_name"),
        (person("first_name", json!({ "th": "สมชาย" })), "/post/person/first_name"),
        (json!({ "post": { "state": "vacant" }, "replaces": true }), "/replaces"),
        (json!({ "post": { "state": "vacant" }, "replaces": { "reason": "eaten" } }), "/replaces/reason"),
        (json!({ "post": { "state": "vacant", "since": "2999-01-01" } }), "/post/since"),
        (json!({ "post": { "state": "vacant", "since": "เมื่อวาน" } }), "/post/since"),
        (json!({ "post": { "state": "vacant", "reason": "eaten" } }), "/post/reason"),
        (json!({ "post": { "state": "vacant", "person": {} } }), "/post/person"),
    ] {
        let refused = scene.edit().json(&body).send().await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), [pointer], "{body}");
    }
    let twice = r#"{"post":{"state":"vacant"},"post":{"state":"vacant"}}"#;
    let refused = scene.edit().body(twice).send().await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/post"]);
    // As deep as the largest body can be: no stack runs over, and nobody writes such a thing by hand.
    let deep = format!("{{\"post\":{{\"state\":{}{}}}}}", "[".repeat(30_000), "]".repeat(30_000));
    let refused = scene.edit().body(deep).send().await;
    refused.assert_problem(400, "not-json");
    let empty = scene.edit_to(&json!({ "state": "held" })).await;
    empty.assert_problem(422, "invalid");
    let wanted = ["prefix", "first_name", "last_name", "position", "level", "affiliation", "phone"];
    assert_eq!(empty.pointers(), wanted.map(|field| format!("/post/person/{field}")), "all at once");
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_body_that_is_too_large_is_told() {
    let scene = Scene::start().await;
    let large = |bytes: usize| {
        let mut post = held("สมชาย", "ใจดี");
        post["person"]["position"] = json!("x".repeat(bytes));
        json!({ "post": post }).to_string()
    };
    for bytes in [65 * 1024, 5 * 1024 * 1024, 11 * 1024 * 1024] {
        scene.edit().body(large(bytes)).send().await.assert_problem(413, "too-large");
    }
    let refused = scene.edit().body(large(60 * 1024)).send().await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/post/person/position"]);
    scene.end().await;
}
