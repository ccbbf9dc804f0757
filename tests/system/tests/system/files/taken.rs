//! Who takes which list along: each office its own and no other, nobody whose session has ended, and never without a line
//! in the audit of the office.

use palad_system_tests::{Browser, Cut, House, MAE_YOM, PHRAE, Side, eventually, held};
use serde_json::{Value, json};

use super::exports::{codes, export, fetch, opened};
use crate::audit::{said, verify};

/// The agencies of the district of the town of Phrae.
const TOWN: [&str; 3] = ["540101", "540102", "549900"];

/// What the audit of an office says of lists, the latest first: in English, and by whom.
async fn told(by: &Browser, query: &str) -> Vec<(String, Value)> {
    let page = by.get(&format!("/api/staff/audit{query}")).await.expect(200).json();
    let items = page["items"].as_array().cloned().unwrap_or_default();
    let lines = items.into_iter().map(|line| {
        assert!(line["what"]["th"].as_str().is_some_and(|words| !words.is_empty()), "{line}");
        (line["what"]["en"].as_str().unwrap_or_default().to_owned(), line["who"].clone())
    });
    lines.filter(|(what, _)| what.starts_with("Downloaded")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_district_takes_its_own_lists_of_a_round_along_and_no_others() {
    let house = House::start().await;
    let phrae = house.sign_up(PHRAE).await;
    let central = house.central().await.browser;
    let district = house.district("54", "เมืองแพร่").await.browser;
    let id = opened(&house, &central).await;
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);

    let owing = json!({ "list": "owing", "round": id });
    let rows = eventually("the answer in the list", async || {
        let (_, rows) = fetch(&export(&district, owing.clone()).await.expect(201).json()).await;
        (rows.len() < TOWN.len()).then_some(rows)
    });
    assert_eq!(codes(&rows.await), ["540101", "540102"], "who has answered owes nothing");
    for wish in [
        json!({ "list": "progress", "round": id }),
        json!({ "list": "progress", "round": id, "province": "54" }),
        json!({ "list": "progress", "round": id, "province": "54", "district": "เมืองแพร่" }),
    ] {
        let exported = export(&district, wish).await.expect(201).json();
        assert!(exported["name"].as_str().is_some_and(|name| name.contains("เมืองแพร่")), "{exported}");
        assert_eq!(codes(&fetch(&exported).await.1), TOWN);
    }
    for list in ["owing", "progress"] {
        for place in [
            json!({ "district": "สอง" }),
            json!({ "province": "54", "district": "สอง" }),
            json!({ "province": "55" }),
            json!({ "province": "55", "district": "เมืองแพร่" }),
        ] {
            let mut wish = place;
            wish["list"] = json!(list);
            wish["round"] = json!(id);
            export(&district, wish).await.assert_problem(403, "forbidden");
        }
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_audit_of_the_office_tells_who_took_which_list_along_and_nothing_that_stood_in_it() {
    let house = House::start().await;
    let (central, province) = (house.central().await.browser, house.province("54").await.browser);
    let district = house.district("54", "เมืองแพร่").await.browser;
    let id = opened(&house, &central).await;
    let of_centre = told(&central, "").await;
    assert_eq!(of_centre.len(), 1, "the list of the draft: {of_centre:?}");

    for (browser, wish) in [
        (&province, json!({ "list": "directory" })),
        (&province, json!({ "list": "owing", "round": id, "district": "เมืองแพร่" })),
        (&province, json!({ "list": "owing", "round": id, "district": "0-5453-4119" })),
        (&district, json!({ "list": "progress", "round": id })),
        (&central, json!({ "list": "owing", "round": id, "province": "54" })),
    ] {
        let _ = export(browser, wish).await.expect(201);
    }
    // What is refused is no line.
    export(&province, json!({ "list": "directory", "province": "55" }))
        .await
        .assert_problem(403, "forbidden");
    export(&province, json!({ "list": "owing" })).await.assert_problem(422, "invalid");

    let lines = told(&province, "").await;
    let words: Vec<&str> = lines.iter().map(|(what, _)| what.as_str()).collect();
    let town = "the district of เมืองแพร่, Phrae, 3 agencies";
    assert_eq!(
        words,
        [
            &format!("Downloaded the progress of round {id}: {town}"),
            &format!("Downloaded the list of who owes an answer in round {id}: Phrae, 0 agencies"),
            &format!("Downloaded the list of who owes an answer in round {id}: {town}"),
            "Downloaded the directory: Phrae, 11 agencies",
        ]
    );
    let office = |place: usize| lines[place].1["office"].as_str();
    assert_eq!((office(0), office(1)), (Some("district"), Some("province")));
    assert!(lines.iter().all(|(_, who)| who["hint"] == "นางสาวสมศรี ใจดี"), "{lines:?}");
    assert_eq!(told(&central, "?province=54").await, lines, "the centre reads it too");
    let of_centre = told(&central, "").await;
    let expected = format!("Downloaded the list of who owes an answer in round {id}: Phrae, 11 agencies");
    assert_eq!((of_centre.len(), of_centre[0].0.as_str()), (2, expected.as_str()));
    let whole = verify(&house, &[]).await;
    assert!(whole.status.success() && said(&whole).contains(" lines in "), "{whole:?}");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_was_suspended_a_moment_ago_takes_nothing_along() {
    let house = House::start().await;
    let (central, province) = (house.central().await.browser, house.province("54").await.browser);
    let wish = json!({ "list": "directory" });
    let before = export(&province, wish.clone()).await.expect(201).json();
    let list = central.get("/api/staff?province=54").await.expect(200).json();
    let id = list["items"][0]["id"].as_str().expect("a key").to_owned();
    let _ = central.post(&format!("/api/staff/{id}/suspension"), &json!({})).await.expect(204);

    let refused = export(&province, wish).await;
    refused.assert_problem(401, "not-signed-in");
    assert!(!refused.text.contains("X-Amz"), "no link");
    assert_eq!(told(&central, "?province=54").await.len(), 1);
    // What was handed out before stays so until it ends, a quarter of an hour after it was asked for.
    let (_, rows) = fetch(&before).await;
    assert!(codes(&rows).contains(&MAE_YOM.code));
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_is_told_where_a_list_lies_before_the_line_stands() {
    let cut = Cut::default();
    let house = House::start_with(async |all| cut.lead(all, &["files"]).await).await;
    let province = house.province("54").await.browser;
    let wish = json!({ "list": "directory" });
    cut.mend();
    let _ = export(&province, wish.clone()).await.expect(201);
    // The last call but one is the line: after it, it is only looked for files that leave.
    let line = cut.mend() - 1;
    // The store does not hear of it; or does it, and the function does not hear of that.
    for (side, lines) in [(Side::Before, 1), (Side::After, 2)] {
        cut.arm(line, side);
        let refused = export(&province, wish.clone()).await;
        cut.mend();
        assert!(refused.status >= 500 && !refused.text.contains("X-Amz"), "{side:?}: {}", refused.text);
        assert_eq!(told(&province, "").await.len(), lines, "{side:?}");
    }
    house.stop().await;
}
