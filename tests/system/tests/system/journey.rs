//! What the letters ask of an agency, from the first page to the directory, over HTTP.

use palad_system_tests::{House, MAE_YOM, PASSWORD, PHRAE, SignedIn, acting, held, vacant};
use serde_json::{Value, json};

async fn found(house: &House, query: &str) -> Vec<String> {
    let answer = house.browser().get(&format!("/api/directory?{query}")).await.expect(200).json();
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(answer["total"], items.len(), "{answer}");
    items.iter().map(|entry| entry["agency"]["code"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The record, found by everything that the letters want it found by.
async fn assert_found(house: &House) {
    for query in [
        "q=สมชาย",
        "q=สมชาย ใจดี",
        "q=นายสมชาย",
        "q=เทศบาลเมืองแพร่",
        "q=ทม แพร่",
        "province=54",
        "q=0-5453-4119",
        "q=๐๕๔๕๓๔๑๑๙",
        "q=4119",
        "state=held",
        "kind=ทม.&district=เมืองแพร่",
    ] {
        assert_eq!(found(house, query).await, [PHRAE.code], "{query}");
    }
    for query in ["q=0865862599", "q=สมหญิง", "state=vacant", "province=10", "q=แม่ยม"]
    {
        assert!(found(house, query).await.is_empty(), "{query}");
    }
}

fn id(record: &Value) -> String {
    record["id"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_agency_does_what_the_letters_ask() {
    let house = House::start().await;
    let phrae = house.sign_up(PHRAE).await;

    // Nothing was recorded, which is not a vacancy.
    let screen = phrae.screen().await;
    assert_eq!((screen.version(), &screen.json()["current"]), (Some(0), &Value::Null));
    let entry = house.browser().get("/api/directory/549900").await.expect(200).json();
    assert_eq!((&entry["state"], &entry["person"]), (&json!("none"), &Value::Null));

    // เพิ่มปลัด.
    let added = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let record = added.json();
    let id = id(&record);
    assert_eq!(added.header("location"), Some(format!("/api/agencies/549900/clerks/{id}").as_str()));
    assert_eq!((added.version(), &record["missing"]), (Some(1), &json!(["photo"])));
    assert_eq!(record["post"]["person"]["phone"], "0-5453-4119 ต่อ 203");
    assert_found(&house).await;

    // คน: the record itself, with the mobile number, which the public does not see.
    let viewed = phrae.browser.get(&format!("{}/{id}", phrae.clerks())).await.expect(200);
    assert_eq!((viewed.version(), &viewed.json()), (Some(1), &record));
    assert_eq!(record["post"]["person"]["mobile"], "08-6586-2599");
    let entry = house.browser().get("/api/directory/549900").await.expect(200).json();
    assert!(entry["person"]["mobile"].is_null() && !entry.to_string().contains("6586"), "{entry}");

    // ดินสอ.
    let edited = phrae.edit(&id, 1, &held("สมชาย", "ใจดีมาก")).await.expect(200);
    assert_eq!(edited.version(), Some(2));
    assert_eq!(found(&house, "q=ใจดีมาก").await, [PHRAE.code]);

    // ตำแหน่งว่าง: no name is asked; the holder becomes a tenure.
    let _ = phrae.edit(&id, 2, &vacant()).await.expect(200);
    assert_eq!(found(&house, "state=vacant").await, [PHRAE.code]);
    let screen = phrae.screen().await.json();
    assert_eq!(screen["tenures"][0]["person"]["last_name"], "ใจดีมาก");
    assert_eq!(screen["tenures"][0]["reason"], "retired");

    // รักษาราชการแทน.
    let _ = phrae.edit(&id, 3, &acting("มาลี", "รักไทย")).await.expect(200);
    assert_eq!(found(&house, "q=มาลี&state=acting").await, [PHRAE.code]);
    let _ = phrae.edit(&id, 4, &held("สมชาย", "ใจดี")).await.expect(200);

    // ถังขยะ, with undo: what is left is no answer, never a vacancy.
    assert_eq!(phrae.delete(&id, 5).await.expect(204).version(), Some(6));
    assert!(found(&house, "q=สมชาย").await.is_empty());
    let entry = house.browser().get("/api/directory/549900").await.expect(200).json();
    assert_eq!(entry["state"], "none");
    let screen = phrae.screen().await.json();
    assert_eq!((&screen["current"], &screen["deleted"][0]["id"]), (&Value::Null, &json!(id)));
    let restored = phrae.restore(&id).await.expect(200);
    assert_eq!((restored.version(), &restored.json()["post"]), (Some(7), &record["post"]));
    assert_found(&house).await;
    phrae.assert_no_gaps().await;
    let history = phrae.history().await;
    let actions: Vec<&str> = history.iter().filter_map(|line| line["action"].as_str()).collect();
    assert_eq!(actions, ["restored", "deleted", "edited", "edited", "edited", "edited", "created"]);

    // Stopped and started, it is all still there, and the browser is still signed in.
    let house = house.restart().await;
    assert_found(&house).await;
    let phrae = SignedIn { browser: phrae.browser.moved_to(&house.site()), code: PHRAE.code };
    assert_eq!(phrae.history().await, history);
    let _ = phrae.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let _ = phrae.edit(&id, 7, &held("สมชาย", "ใจดี")).await.expect(200);

    // Out.
    let out = phrae.browser.call("DELETE", "/api/session").send().await.expect(204);
    assert!(out.header("set-cookie").is_some_and(|cookie| cookie.starts_with("__Host-sid=; ")));
    assert_eq!(phrae.browser.get(&phrae.clerks()).await.status, 401);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_agency_is_picked_from_a_list_that_tells_names_apart() {
    let house = House::start().await;
    let browser = house.browser();
    let provinces = browser.get("/api/provinces").await.expect(200).json();
    let provinces = provinces["items"].as_array().cloned().unwrap_or_default();
    assert_eq!((provinces.len(), &provinces[0]["name"]), (77, &json!("กระบี่")));

    let picked = async |query: &str| {
        let answer = browser.get(&format!("/api/agencies?{query}")).await.expect(200).json();
        answer["items"].as_array().cloned().unwrap_or_default()
    };
    let of_phrae = picked("province=54").await;
    assert_eq!(of_phrae.len(), 11);
    assert!(of_phrae.iter().all(|agency| agency["province"] == "แพร่"));
    let best = picked("q=อบต แม่ยม แพร่").await;
    assert_eq!((best.len(), &best[0]["code"]), (1, &json!(MAE_YOM.code)));
    let same = picked("q=หนองบัว").await;
    assert_eq!(same.len(), 3);
    let mut places: Vec<String> =
        same.iter().map(|one| format!("{} {}", one["district"], one["province"])).collect();
    places.sort();
    places.dedup();
    assert_eq!(places.len(), 3, "told apart by district and province: {places:?}");
    let bangkok = picked("province=10").await;
    assert_eq!((&bangkok[0]["full_name"], &bangkok[0]["district"]), (&json!("กรุงเทพมหานคร"), &json!("")));
    house.stop().await;
}
