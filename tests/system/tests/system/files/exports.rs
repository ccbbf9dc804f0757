//! Lists to take along: written into the bucket, fetched by a link, harmless in a spreadsheet, and each office its own.

use std::time::Instant;

use jiff::SignedDuration;
use palad_domain::agency::{Agency, AgencyKind};
use palad_domain::province::Province;
use palad_store::{AgencyImport, Aws};
use palad_system_tests::{Answer, Browser, House, MAE_YOM, PHRAE, held, listed};
use palad_thai::date::bangkok_day;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// As many local administrative organisations as there are.
const COUNTRY: usize = 7_850;
/// As long as the gateway waits.
const PATIENCE: SignedDuration = SignedDuration::from_secs(29);

pub(super) async fn export(browser: &Browser, wish: Value) -> Answer {
    browser.post("/api/exports", &wish).await
}

/// Follows the link as a browser does, without cookies: the headers, and the rows without the heading.
pub(super) async fn fetch(exported: &Value) -> (HeaderMap, Vec<Vec<String>>) {
    let url = exported["url"].as_str().expect("an address");
    let answer = reqwest::get(url).await.expect("an answer of the bucket");
    assert_eq!(answer.status(), 200);
    let headers = answer.headers().clone();
    let text = String::from_utf8(answer.bytes().await.expect("a body").to_vec()).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark, for Excel");
    assert!(text.ends_with("\"\r\n"), "lines end as Windows wants them");
    let mut rows: Vec<Vec<String>> = text.split_terminator("\r\n").map(cells).collect();
    let heading = rows.remove(0);
    assert!(heading[0] == "รหัส" && rows.iter().all(|row| row.len() == heading.len()), "{heading:?}");
    assert_eq!(exported["rows"], rows.len());
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} is a formula");
    }
    (headers, rows)
}

/// The cells of a line in which every one stands in quotes.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).expect("quotes");
    inner.split("\",\"").map(|cell| cell.replace("\"\"", "\"")).collect()
}

pub(super) fn codes(rows: &[Vec<String>]) -> Vec<&str> {
    rows.iter().map(|row| row[0].as_str()).collect()
}

/// An open round of the province 54.
pub(super) async fn opened(house: &House, central: &Browser) -> String {
    let today = bangkok_day(house.clock().now());
    let terms = json!({
        "title": "สำรวจ", "letter": { "number": "ว 1", "date": today }, "scope": { "provinces": ["54"] },
        "dates": { "opens": today, "deadline": today, "closes": today },
    });
    let made = central.post("/api/rounds", &terms).await.expect(201).json();
    let id = made["id"].as_str().expect("a name").to_owned();
    let refused = export(&house.province("54").await.browser, json!({ "list": "owing", "round": id })).await;
    refused.assert_problem(404, "not-found");
    let draft = export(central, json!({ "list": "progress", "round": id })).await.expect(201).json();
    assert_eq!(draft["rows"], 0, "nobody is asked yet, and the centre may look");
    let _ = central.post(&format!("/api/rounds/{id}/opening"), &json!({})).await.expect(200);
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_office_takes_its_own_lists_along() {
    let house = House::start().await;
    let phrae = house.sign_up(PHRAE).await;
    let mut post = held("สมชาย", "ใจดี");
    post["person"]["phone"] = json!("054534119");
    post["person"]["mobile"] = json!("0812345678");
    let _ = phrae.add("key-1", &post).await.expect(201);
    let (central, province) = (house.central().await.browser, house.province("54").await.browser);
    let district = house.district("54", "เมืองแพร่").await.browser;

    let whole = export(&central, json!({ "list": "directory" })).await.expect(201).json();
    let (headers, rows) = fetch(&whole).await;
    let mut expected: Vec<&str> = listed().iter().map(|agency| agency.code).collect();
    expected.sort_unstable();
    assert_eq!(codes(&rows), expected, "in the order of the codes");
    let own = rows.iter().find(|row| row[0] == PHRAE.code).expect("a row");
    assert_eq!(own[1..9], ["ทม.", "เทศบาลเมืองแพร่", "เมืองแพร่", "แพร่", "มีผู้ดำรงตำแหน่ง", "นาย", "สมชาย", "ใจดี"]);
    assert!(own.contains(&"0-5453-4119".to_owned()), "its zero and its dashes stay: {own:?}");
    assert!(!rows.iter().flatten().any(|cell| cell.contains("5678")), "no mobile number leaves");
    let day = bangkok_day(house.clock().now());
    let name = whole["name"].as_str().expect("a name");
    assert!(name.starts_with("ทำเนียบปลัด_ทั้งประเทศ_25") && name.ends_with(".csv"), "{name}");
    let kept = headers["content-disposition"].to_str().expect("plain letters");
    assert!(kept.starts_with(&format!("attachment; filename=\"directory_{day}.csv\"; filename*=UTF-8''%E0")));
    assert_eq!(
        (&headers["content-type"], &headers["cache-control"]),
        (
            &"text/csv; charset=utf-8".parse().expect("a value"),
            &"private, no-store".parse().expect("a value")
        )
    );
    // The link ends soon, and is nothing without its signature.
    let url = whole["url"].as_str().expect("an address");
    assert!(url.contains("X-Amz-Expires=900"), "{url}");
    let bare = reqwest::get(url.split('?').next().expect("an address")).await.expect("an answer");
    assert_eq!(bare.status(), 403);

    // Of a province and of a district, each its own.
    let (_, rows) = fetch(&export(&province, json!({ "list": "directory" })).await.expect(201).json()).await;
    assert!(rows.len() > 3 && rows.iter().all(|row| row[4] == "แพร่"), "{rows:?}");
    let (_, rows) = fetch(&export(&district, json!({ "list": "directory" })).await.expect(201).json()).await;
    assert_eq!(codes(&rows), ["540101", "540102", "549900"]);
    for (browser, wish) in [
        (&province, json!({ "list": "directory", "province": "55" })),
        (&district, json!({ "list": "directory", "province": "54", "district": "สอง" })),
        (&phrae.browser, json!({ "list": "directory", "province": "54" })),
    ] {
        export(browser, wish).await.assert_problem(403, "forbidden");
    }
    export(&house.browser(), json!({ "list": "directory" })).await.assert_problem(401, "not-signed-in");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_lists_of_a_round_say_who_stands_where_and_whom_to_call() {
    let house = House::start().await;
    let phrae = house.sign_up(PHRAE).await;
    let (central, province) = (house.central().await.browser, house.province("54").await.browser);
    let id = opened(&house, &central).await;
    let call = json!({ "agency": MAE_YOM.code, "outcome": "will_answer", "note": "=cmd|' /C calc'!A0" });
    let _ = province.post(&format!("/api/rounds/{id}/calls"), &call).await.expect(201);
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);

    let wish = json!({ "list": "progress", "round": id, "province": "๕๔", "district": " เมืองแพร่ " });
    let answered = palad_system_tests::eventually("the answer in the list", async || {
        let exported = export(&central, wish.clone()).await.expect(201).json();
        let (_, rows) = fetch(&exported).await;
        rows.iter().any(|row| row[5] == "ปรับปรุงข้อมูล").then_some((exported, rows))
    });
    let (exported, rows) = answered.await;
    assert_eq!(codes(&rows), ["540101", "540102", "549900"]);
    assert_eq!((rows[0][5].as_str(), rows[0][7].as_str()), ("ยังไม่ลงทะเบียน", ""));
    assert!(rows[2][7].starts_with(&bangkok_day(house.clock().now()).to_string()), "{:?}", rows[2]);
    let name = exported["name"].as_str().expect("a name");
    assert!(name.starts_with(&format!("ความคืบหน้า_รอบ{id}_แพร่_เมืองแพร่_25")), "{name}");

    let (_, rows) =
        fetch(&export(&province, json!({ "list": "owing", "round": id })).await.expect(201).json()).await;
    assert_eq!(rows.len(), 10, "of eleven, one has answered");
    let called = rows.iter().find(|row| row[0] == MAE_YOM.code).expect("a row");
    assert_eq!((called[7].as_str(), called[9].as_str()), ("1", "รับว่าจะตอบ"));
    assert_eq!(called[10], "'=cmd|' /C calc'!A0", "what was typed does nothing");
    assert!(!codes(&rows).contains(&PHRAE.code));
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wrong_wish_is_answered_at_its_fields() {
    let house = House::start().await;
    let central = house.central().await.browser;
    for (wish, pointers) in [
        (json!({}), vec!["/list"]),
        (json!({ "list": "all", "province": "99" }), vec!["/list", "/province"]),
        (json!({ "list": "owing" }), vec!["/round"]),
        (json!({ "list": "owing", "round": "2569/1" }), vec!["/round"]),
        (json!({ "list": "directory", "round": "2569-1" }), vec!["/round"]),
        (json!({ "list": "directory", "district": "สอง" }), vec!["/province"]),
    ] {
        let refused = export(&central, wish).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), pointers);
    }
    export(&central, json!({ "list": "owing", "round": "2569-99" })).await.assert_problem(404, "not-found");
    let unknown = export(&central, json!({ "list": "directory", "sort": "name" })).await;
    assert_eq!(unknown.status, 422);
    let (_, rows) = fetch(
        &export(&central, json!({ "list": "directory", "province": "54", "district": "ไม่มีอำเภอนี้" }))
            .await
            .expect(201)
            .json(),
    )
    .await;
    assert!(rows.is_empty());
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_whole_country_goes_through_the_bucket() {
    let house = House::start().await;
    let provinces: Vec<Province> = Province::all().collect();
    let agencies = (0..COUNTRY).map(|at| {
        let province = provinces[at % provinces.len()];
        let code = format!("{}{:04}", province.code().as_str(), at / provinces.len() + 1);
        Agency {
            code: code.parse().expect("a code"),
            kind: AgencyKind::Subdistrict,
            name: format!("ตำบลที่{at}"),
            district: format!("อำเภอที่{}", at % 11),
            province,
            official_email: None,
            official_phone: None,
        }
    });
    let variables = house.variables().await;
    let aws = Aws::from_environment(&variables).expect("variables");
    let import = AgencyImport::from_environment(&aws, &variables).expect("variables");
    let plan = import.plan(agencies.collect(), house.clock().now()).await.expect("a plan");
    import.carry_out(&plan, house.clock().now()).await.expect("an import");
    let central = house.central().await.browser;
    let begun = Instant::now();
    let exported = export(&central, json!({ "list": "directory" })).await.expect(201);
    assert!(begun.elapsed().as_secs_f64() < PATIENCE.as_secs_f64(), "{:?}", begun.elapsed());
    assert!(exported.text.len() < 2_000, "the answer is a link, and not the list");
    let (_, rows) = fetch(&exported.json()).await;
    assert!(rows.len() >= COUNTRY && codes(&rows).is_sorted());
    house.stop().await;
}
