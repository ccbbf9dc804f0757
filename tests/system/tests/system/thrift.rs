//! How often the everyday requests ask the store: what they cost, and how long they take on a slow day.

use palad_system_tests::{Cut, House, PHRAE, held, vacant};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_record_is_read_in_one_call_of_the_store_and_saved_or_confirmed_in_three() {
    let way = Cut::default();
    let house = House::start_with(async |all| way.lead(all, &["clerks"]).await).await;
    let office = house.sign_up(PHRAE).await;
    let _ = way.mend();
    let added = office.add("4a7c2c1e-0000-4000-8000-000000000001", &held("สมชาย", "ใจดี")).await.expect(201);
    assert_eq!(way.mend(), 3, "adding: the agency, what stands, one transaction");
    let id = added.json()["id"].as_str().expect("a key").to_owned();

    let record = office.browser.get(&format!("{}/{id}", office.clerks())).await.expect(200);
    assert_eq!(way.mend(), 1, "reading");
    let version = record.version().expect("a version");
    let _ = office.edit(&id, version, &vacant()).await.expect(200);
    assert_eq!(way.mend(), 3, "saving");

    let path = office.clerks().replace("/clerks", "/confirmation");
    let confirm = office.browser.call("POST", &path).if_match(version + 1).json(&json!({}));
    let _ = confirm.send().await.expect(201);
    assert_eq!(way.mend(), 3, "confirming");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_busy_table_did_not_get_to_is_asked_for_again_a_few_times() {
    let way = Cut::default();
    let house = House::start_with(async |all| way.lead(all, &["clerks"]).await).await;
    let office = house.sign_up(PHRAE).await;
    let added = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let path = format!("{}/{}", office.clerks(), added.json()["id"].as_str().expect("a key"));
    way.put_off(2);
    let _ = office.browser.get(&path).await.expect(200);
    assert_eq!(way.mend(), 3);
    way.put_off(usize::MAX);
    office.browser.get(&path).await.assert_problem(503, "unavailable");
    assert_eq!(way.mend(), 3, "and then it is said");
    house.stop().await;
}
