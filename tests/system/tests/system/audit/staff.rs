//! What is done to the staff of an office, and what its officers take along.

use palad_system_tests::{Browser, House};
use serde_json::{Value, json};

use super::intruder::{Intruder, line};
use super::{said, verify};

/// What the audit of an office's staff says, the latest first: what, by whom, about whom.
async fn staff_lines(by: &Browser, query: &str) -> Vec<(String, Value, Value)> {
    let page = by.get(&format!("/api/staff/audit{query}")).await.expect(200).json();
    let items = page["items"].as_array().cloned().unwrap_or_default();
    let line = |item: Value| {
        let what = item["what"]["en"].as_str().unwrap_or_default().to_owned();
        (what, item["who"].clone(), item["about"].clone())
    };
    items.into_iter().map(line).collect()
}

const NEW_DEVICE: &str = "An officer signed in from a new device";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_done_to_staff_has_its_lines_and_nobody_takes_one_away() {
    let house = House::start().await;
    let (central, province) = (house.central().await, house.province("54").await);
    let list = central.browser.get("/api/staff?province=54").await.expect(200).json();
    let id = list["items"][0]["id"].as_str().expect("a key").to_owned();
    let path = format!("/api/staff/{id}/suspension");
    let _ = central.browser.post(&path, &json!({})).await.expect(204);
    let _ = central.browser.call("DELETE", &path).send().await.expect(204);

    let own = staff_lines(&central.browser, "").await;
    let by_operator = json!({ "office": "central", "hint": null });
    assert_eq!(own.len(), 3, "{own:?}");
    assert_eq!((own[2].0.as_str(), &own[2].1), ("Invited an officer", &by_operator));
    assert_eq!(
        (own[1].0.as_str(), &own[1].1["office"]),
        ("An officer accepted the invitation", &Value::Null)
    );
    assert_eq!(own[0].0, NEW_DEVICE);
    assert!(own[0].2.is_string(), "about whom: {own:?}");
    let theirs = staff_lines(&central.browser, "?province=54").await;
    let words: Vec<&str> = theirs.iter().map(|(what, ..)| what.as_str()).collect();
    assert_eq!(
        words,
        [
            "Lifted the suspension of an officer's account",
            "Suspended an officer's account",
            NEW_DEVICE,
            "An officer accepted the invitation",
            "Invited an officer",
        ]
    );
    assert_eq!(theirs[1].1["office"], "central");
    assert!(theirs[1].1["hint"].is_string() && theirs[1].2.is_string(), "by whom and to whom: {theirs:?}");
    // A province reads about its own staff, and only that.
    let _ = province.officer.sign_in(&house, &province.browser).await;
    let after = staff_lines(&province.browser, "").await;
    assert_eq!(after[0].0, NEW_DEVICE, "a suspension forgets the browsers");
    assert_eq!(after[1..], theirs);
    province.browser.get("/api/staff/audit?province=60").await.assert_problem(403, "forbidden");

    // What officers do to their own accounts is there too.
    let _ = province.browser.call("DELETE", "/api/account/sessions").send().await.expect(204);
    let latest = staff_lines(&central.browser, "?province=54").await.remove(0);
    assert_eq!((latest.0.as_str(), &latest.1["office"]), ("Signed out on every device", &json!("province")));
    assert!(latest.1["hint"].is_string() && latest.2.is_string(), "by whom and to whom: {latest:?}");

    let whole = verify(&house, &[]).await;
    assert!(whole.status.success() && said(&whole).contains("10 lines in"), "{whole:?}");
    let intruder = Intruder::of(&house).await;
    intruder.delete("STAFF#54", &line(3)).await;
    let found = verify(&house, &[]).await;
    assert!(!found.status.success(), "{found:?}");
    let told = format!("{}{}", said(&found), String::from_utf8_lossy(&found.stderr));
    assert!(told.contains("staff of province 54 line 3: removed"), "{told}");
    house.stop().await;
}
