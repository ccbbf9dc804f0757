//! The whole way through `sam local start-api`: register, sign in, save, search.

use palad_system_tests::{Browser, Mailbox, PHRAE, held};
use serde_json::json;

use crate::say;

const PASSWORD: &str = "83920471";

/// Takes it. `api` is where SAM listens, `site` is the runner that has the mailbox.
///
/// # Panics
/// When an answer is not the one that the API promises.
pub(crate) async fn take(api: String, site: String) {
    let (browser, mailbox) = (Browser::at(&api), Mailbox::at(&site));
    let provinces = browser.get("/api/provinces").await.expect(200).json();
    assert_eq!(provinces["items"].as_array().map(Vec::len), Some(77));
    let agencies = browser.get("/api/agencies?province=54").await.expect(200).json();
    assert!(agencies["items"].as_array().is_some_and(|items| !items.is_empty()), "{agencies}");
    say("ok sam local start-api: the lists");

    let begun = browser.register(PHRAE.code, PHRAE.email, PASSWORD).await.expect(202).json();
    let claim = begun["claim"].as_str().expect("a claim").to_owned();
    let code = mailbox.next(PHRAE.email).await.code();
    let proved = browser.prove(&claim, &code).await.expect(200).json();
    assert_eq!(proved, json!({ "state": "active" }));
    say("ok sam local start-api: register, with the code from the mailbox");

    let session = browser.sign_in(PHRAE.code, PASSWORD).await.expect(201).json();
    assert_eq!(session["agency"]["code"], PHRAE.code);
    let _ = browser.get("/api/session").await.expect(200);
    say("ok sam local start-api: sign in");

    let clerks = format!("/api/agencies/{}/clerks", PHRAE.code);
    let post = json!({ "post": held("สมหญิง", "ทดสอบแซม") });
    let saved = browser.call("POST", &clerks).key("sam-local-1").json(&post).send().await.expect(201);
    let (id, version) = (saved.json()["id"].as_str().expect("an id").to_owned(), saved.version());
    let path = format!("{clerks}/{id}");
    let edit = |version| {
        browser.call("PUT", &path).if_match(version).json(&json!({ "post": held("สมศรี", "ทดสอบแซม") }))
    };
    let edited = edit(version.expect("a version")).send().await.expect(200);
    assert!(edited.version() > version, "a save raises the version");
    let _ = edit(version.expect("a version")).send().await.expect(412);
    let screen = browser.get(&clerks).await.expect(200).json();
    assert_eq!(screen["current"]["post"]["person"]["first_name"], "สมศรี", "{screen}");
    say("ok sam local start-api: save, edit, and a stale form refused");

    let found = browser
        .get("/api/directory?q=%E0%B8%AA%E0%B8%A1%E0%B8%A8%E0%B8%A3%E0%B8%B5")
        .await
        .expect(200)
        .json();
    assert_eq!(found["items"][0]["agency"]["code"], PHRAE.code, "{found}");
    say("ok sam local start-api: search finds what was saved");

    let refused = Browser::at(&api).get(&clerks).await;
    refused.assert_problem(401, "not-signed-in");
    let _ = browser.call("DELETE", "/api/session").send().await.expect(204);
    assert_eq!(browser.get("/api/session").await.status, 401);
    say("ok sam local start-api: signed out, nothing is shown");
}
