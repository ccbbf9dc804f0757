//! The way of a round: drafted, rehearsed, opened, moved, stopped, closed; and rounds of the past.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use jiff::ToSpan;
use palad_store::{AgencyImport, Aws};
use palad_system_tests::{MAE_YOM, PHRAE, SignedInStaff, WITHOUT_MAILBOX, listed};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::{Scene, make, terms, today};

/// The seven places add up, and so do those who have answered and those who owe.
fn assert_adds_up(tally: &Value) {
    let at = |name: &str| tally[name].as_u64().expect(name);
    let owing = at("not_registered") + at("silent") + at("unreachable");
    let answered = at("confirmed") + at("updated") + at("vacant");
    assert_eq!((at("owing"), at("answered")), (owing, answered), "{tally}");
    assert_eq!(at("all"), owing + answered + at("exempt"), "{tally}");
    assert!(at("late") <= answered, "{tally}");
}

fn sum(rows: &Value) -> BTreeMap<String, u64> {
    let mut all = BTreeMap::new();
    for row in rows.as_array().into_iter().flatten() {
        for (name, count) in row["tally"].as_object().expect("a tally") {
            *all.entry(name.clone()).or_default() += count.as_u64().expect("a count");
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_is_drafted_rehearsed_and_opened() {
    let scene = Scene::start().await;
    let (house, central) = (&scene.house, &scene.central.browser);
    let province = house.province("54").await;
    let phrae = scene.agency(PHRAE).await;
    assert!(scene.id.ends_with("-1"), "{}", scene.id);
    let draft = scene.round().await;
    assert_eq!((draft.version(), &draft.json()["state"]), (Some(1), &json!("draft")));
    assert_eq!(draft.json()["letter"]["number"], "มท 0809.4/ว 123");
    assert_eq!(draft.json()["steps"].as_array().map(Vec::len), Some(7), "the usual messages");

    // What is prepared is the centre's alone.
    province.browser.get(&scene.path("")).await.assert_problem(404, "not-found");
    province.browser.get(&scene.path("progress")).await.assert_problem(404, "not-found");
    for browser in [&province.browser, &phrae.browser] {
        assert_eq!(browser.get("/api/rounds").await.expect(200).json()["items"], json!([]));
    }

    // An edit from an old version is caught; a right one excuses an agency and leaves the letter's number open.
    let mut changed = terms(house);
    changed["scope"]["exceptions"] = json!([{ "agency": WITHOUT_MAILBOX.code, "reason": "อยู่ระหว่างยุบรวม" }]);
    changed["letter"] = Value::Null;
    let edit =
        |version: u64, body: &Value| central.call("PUT", &scene.path("")).if_match(version).json(body).send();
    let _ = edit(1, &changed).await.expect(200);
    edit(1, &changed).await.assert_problem(412, "stale");
    let waiting = scene.act("opening").await;
    waiting.assert_problem(422, "invalid");
    assert_eq!(waiting.pointers(), ["/letter/number"]);
    changed["letter"] = terms(house)["letter"].clone();
    let _ = edit(2, &changed).await.expect(200);

    // The rehearsal knows every message before there is one.
    let asked: Vec<&str> =
        listed().iter().filter(|agency| agency.province == "แพร่").map(|agency| agency.code).collect();
    let expected = asked.len() - 1;
    let rehearsal = central.get(&scene.path("rehearsal")).await.expect(200).json();
    assert_eq!((&rehearsal["expected"], &rehearsal["excused"]), (&json!(expected), &json!(1)));
    assert_eq!(rehearsal["unregistered"], json!(expected - 1), "all but เทศบาลเมืองแพร่");
    assert_eq!(rehearsal["without_address"], 0, "each has a mailbox on the list");
    let days = rehearsal["days"].as_array().cloned().unwrap_or_default();
    assert!(days.iter().filter(|day| day["to"] == "agency").all(|day| day["number"] == expected));
    assert!(days.iter().any(|day| day["step"] == "after-1" && day["to"] == "province" && day["number"] == 1));
    let sorted: Vec<&str> = days.iter().filter_map(|day| day["day"].as_str()).collect();
    assert!(sorted.is_sorted() && sorted[0] >= today(house).to_string().as_str(), "{sorted:?}");
    assert_eq!(scene.round().await.version(), Some(3), "it changed nothing");

    let opened = scene.act("opening").await.expect(200);
    let opened = opened.json();
    assert_eq!(
        (&opened["state"], &opened["phase"], &opened["days_left"]),
        (&json!("open"), &json!("on_time"), &json!(10))
    );
    assert_eq!((&opened["frozen"]["expected"], &opened["frozen"]["excused"]), (&json!(expected), &json!(1)));
    // Anybody can reckon the hash again from the list.
    let mut lines: Vec<String> = asked
        .iter()
        .map(|code| {
            format!("{code} {}\n", if *code == WITHOUT_MAILBOX.code { "excused" } else { "expected" })
        })
        .collect();
    lines.sort();
    let hash = BASE64URL_NOPAD.encode(digest(&SHA256, lines.concat().as_bytes()).as_ref());
    assert_eq!(opened["frozen"]["hash"], hash);
    scene.act("opening").await.assert_problem(409, "round-state");

    // From now on everybody who is signed in sees it; the list stays, whoever joins the register later.
    assert_eq!(province.browser.get(&scene.path("")).await.expect(200).json()["frozen"], opened["frozen"]);
    let seen = phrae.browser.get("/api/rounds").await.expect(200).json();
    assert_eq!(
        (&seen["items"][0]["own"]["asked"], &seen["items"][0]["steps"]),
        (&json!("expected"), &Value::Null)
    );
    phrae.browser.get(&scene.path("")).await.assert_problem(403, "forbidden");
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn progress_adds_up_at_every_level_and_each_office_sees_its_own() {
    let scene = Scene::start().await;
    let house = &scene.house;
    let _phrae = scene.agency(PHRAE).await;
    let _ = scene.act("opening").await.expect(200);
    let progress = async |who: &SignedInStaff, query: &str| {
        let path = format!("{}{query}", scene.path("progress"));
        who.browser.get(&path).await
    };
    let (province, district) = (house.province("54").await, house.district("54", "เมืองแพร่").await);

    let country = progress(&scene.central, "").await.expect(200).json();
    assert_eq!((&country["level"], &country["areas"][0]["name"]), (&json!("country"), &json!("แพร่")));
    let whole = progress(&province, "").await.expect(200).json();
    assert_eq!((&whole["level"], &whole["province"]), (&json!("province"), &json!("54")));
    assert_eq!(whole["tally"]["silent"], 1, "only เทศบาลเมืองแพร่ has an account");
    assert_eq!(whole["tally"]["not_registered"], 10);
    for level in [&country, &whole] {
        assert_adds_up(&level["tally"]);
        let counts: BTreeMap<String, u64> = serde_json::from_value(level["tally"].clone()).expect("counts");
        assert_eq!(sum(&level["areas"]), counts, "the rows add up to the whole");
    }
    assert_eq!(country["tally"], whole["tally"]);
    assert_eq!(whole["curve"], json!([{ "day": today(house), "answered": 0, "all": 11 }]));
    assert_eq!(progress(&scene.central, "?province=๕๔").await.expect(200).json()["areas"], whole["areas"]);

    let own = progress(&district, "").await.expect(200).json();
    assert_eq!((&own["level"], &own["district"]), (&json!("district"), &json!("เมืองแพร่")));
    assert_adds_up(&own["tally"]);
    assert_eq!(own["agencies"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        progress(&province, "?district=เมืองแพร่").await.expect(200).json()["agencies"],
        own["agencies"]
    );
    let in_whole = whole["areas"].as_array().into_iter().flatten().find(|area| area["name"] == "เมืองแพร่");
    assert_eq!(in_whole.map(|area| &area["tally"]), Some(&own["tally"]), "a number opens what is behind it");

    // Every count names as many agencies as it says; of the country none are named, for they would be thousands.
    assert_eq!(whole["agencies"], json!([]));
    for (count, number) in whole["tally"].as_object().expect("a tally") {
        let named = progress(&province, &format!("?standing={count}")).await.expect(200).json();
        assert_eq!(
            named["agencies"].as_array().map(|all| json!(all.len())).as_ref(),
            Some(number),
            "{count}"
        );
        let none = progress(&scene.central, &format!("?standing={count}")).await.expect(200).json();
        assert_eq!(none["agencies"], json!([]), "{count}");
    }
    let unknown = progress(&province, "?standing=asleep").await;
    unknown.assert_problem(422, "invalid");
    assert_eq!(unknown.pointers(), ["?standing"]);

    for (who, query) in [
        (&province, "?province=55"),
        (&district, "?district=สอง"),
        (&district, "?province=55"),
        (&district, "?province=55&district=เมืองแพร่"),
    ] {
        progress(who, query).await.assert_problem(403, "forbidden");
    }
    let lost = progress(&scene.central, "?district=เมืองแพร่").await;
    lost.assert_problem(422, "invalid");
    assert_eq!(lost.pointers(), ["?province"]);
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn those_who_owe_are_called_and_the_calls_noted() {
    let scene = Scene::start().await;
    let house = &scene.house;
    let variables = house.variables().await;
    let import =
        AgencyImport::from_environment(&Aws::from_environment(&variables).expect("variables"), &variables);
    let import = import.expect("variables");
    let mut with_phone = MAE_YOM.agency();
    with_phone.official_phone = palad_thai::phone::Phones::parse("0-5453-4119").ok();
    let now = house.clock().now();
    import
        .carry_out(&import.plan(vec![with_phone], now).await.expect("a plan"), now)
        .await
        .expect("imported");
    let phrae = scene.agency(PHRAE).await;
    let _ = scene.act("opening").await.expect(200);
    let (province, other) = (house.province("54").await, house.province("55").await);
    let district = house.district("54", "เมืองแพร่").await;

    let note = async |who: &SignedInStaff, body: &Value| who.browser.post(&scene.path("calls"), body).await;
    let body = json!({ "agency": MAE_YOM.code, "outcome": "will_answer", "note": "คุณสมศรี รับเรื่อง" });
    let noted = note(&province, &body).await.expect(201).json();
    assert_eq!((&noted["by"], &noted["outcome"]), (&json!("province"), &json!("will_answer")));
    let _ =
        note(&scene.central, &json!({ "agency": MAE_YOM.code, "outcome": "no_answer" })).await.expect(201);
    note(&other, &body).await.assert_problem(403, "forbidden");
    note(&district, &body).await.assert_problem(403, "forbidden");
    phrae.browser.post(&scene.path("calls"), &body).await.assert_problem(403, "forbidden");
    for (body, pointers) in [
        (json!({}), vec!["/agency", "/outcome"]),
        (json!({ "agency": MAE_YOM.code, "outcome": "shouted" }), vec!["/outcome"]),
        (json!({ "agency": "990001", "outcome": "reached" }), vec!["/agency"]),
        (json!({ "agency": MAE_YOM.code, "outcome": "reached", "note": "ก".repeat(301) }), vec!["/note"]),
        // Not asked in this round.
        (json!({ "agency": "600101", "outcome": "reached" }), vec!["/agency"]),
    ] {
        let refused = note(&scene.central, &body).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), pointers, "{body}");
    }

    let owing = async |who: &SignedInStaff, query: &str| {
        who.browser.get(&format!("{}{query}", scene.path("owing"))).await
    };
    let list = owing(&province, "").await.expect(200).json();
    let items = list["items"].as_array().cloned().unwrap_or_default();
    assert_eq!((items.len(), &list["next"]), (11, &Value::Null));
    let called = items.iter().find(|item| item["agency"]["code"] == MAE_YOM.code).expect("it owes");
    assert!(called["telephone"].as_str().is_some_and(|number| number.contains("5453")), "{called}");
    let outcomes: Vec<&Value> =
        called["calls"].as_array().into_iter().flatten().map(|call| &call["outcome"]).collect();
    assert_eq!(outcomes, ["no_answer", "will_answer"], "the latest first");
    assert_eq!(called["calls"][1]["note"], "คุณสมศรี รับเรื่อง");
    assert!(
        items
            .iter()
            .filter(|item| item["agency"]["code"] != MAE_YOM.code)
            .all(|item| item["calls"] == json!([]))
    );
    let own = owing(&district, "").await.expect(200).json();
    assert!(own["items"].as_array().is_some_and(
        |items| items.len() == 3 && items.iter().all(|item| item["agency"]["district"] == "เมืองแพร่")
    ));
    owing(&other, "?province=54").await.assert_problem(403, "forbidden");
    let missing = owing(&scene.central, "").await;
    assert_eq!((missing.status, missing.pointers()), (422, vec!["?province".to_owned()]));
    assert_eq!(owing(&scene.central, "?cursor=x&province=54").await.status, 422);
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_deadline_moves_the_switches_stop_and_a_closed_round_stays() {
    let scene = Scene::opened().await;
    let (house, central) = (&scene.house, &scene.central.browser);
    let later = |days: i64| today(house).saturating_add(days.days());
    let version = async || scene.round().await.version().expect("a version");
    let seen = version().await;

    // Of an open round the title can be mended, and nothing that the opening froze.
    let mut mended = terms(house);
    mended["title"] = json!("สำรวจข้อมูลปลัด (แก้ไขชื่อ)");
    let edit =
        |version: u64, body: &Value| central.call("PUT", &scene.path("")).if_match(version).json(body).send();
    let _ = edit(seen, &mended).await.expect(200);
    mended["scope"] = json!({ "provinces": ["54", "55"] });
    mended["dates"]["closes"] = json!(later(30));
    let refused = edit(seen + 1, &mended).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/scope", "/dates"]);
    central
        .call("DELETE", &scene.path(""))
        .if_match(seen + 1)
        .send()
        .await
        .assert_problem(409, "round-state");

    let shift = async |version: u64, body: Value| {
        central.call("PUT", &scene.path("deadline")).if_match(version).json(&body).send().await
    };
    let moved =
        shift(seen + 1, json!({ "deadline": later(15), "closes": later(25) })).await.expect(200).json();
    assert_eq!((&moved["dates"]["deadline"], &moved["days_left"]), (&json!(later(15)), &json!(15)));
    assert_eq!(moved["moves"][0]["from"], json!(later(10)));
    shift(seen + 1, json!({ "deadline": later(16), "closes": later(25) })).await.assert_problem(412, "stale");
    for (body, pointers) in [
        (json!({ "deadline": later(-1), "closes": later(25) }), vec!["/deadline"]),
        (json!({ "deadline": later(26), "closes": later(25) }), vec!["/closes"]),
        (json!({ "deadline": "เมื่อไรก็ได้" }), vec!["/deadline", "/closes"]),
    ] {
        let refused = shift(seen + 2, body).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), pointers);
    }
    let no_version = central
        .call("PUT", &scene.path("deadline"))
        .json(&json!({ "deadline": later(1), "closes": later(2) }));
    no_version.send().await.assert_problem(428, "precondition-missing");

    // The switches: of this round, and of all. Pressed twice they do the same.
    for _ in 0..2 {
        assert!(scene.act("stop").await.expect(200).json()["stopped_at"].is_string());
    }
    for _ in 0..2 {
        let on = central.call("DELETE", &scene.path("stop")).send().await.expect(200);
        assert_eq!(on.json()["stopped_at"], Value::Null);
    }
    let all = async || central.get("/api/rounds").await.expect(200).json()["reminders_stopped_at"].clone();
    for _ in 0..2 {
        let _ = central.post("/api/reminders/stop", &json!({})).await.expect(204);
    }
    assert!(all().await.is_string());
    for _ in 0..2 {
        let _ = central.call("DELETE", "/api/reminders/stop").send().await.expect(204);
    }
    assert_eq!(all().await, Value::Null);

    let closed = scene.act("closing").await.expect(200).json();
    assert_eq!((&closed["state"], &closed["report"]["tally"]["all"]), (&json!("closed"), &json!(11)));
    assert_eq!(scene.round().await.json()["report"], closed["report"], "it is kept");
    let seen = version().await;
    edit(seen, &terms(house)).await.assert_problem(409, "round-state");
    shift(seen, json!({ "deadline": later(30), "closes": later(40) }))
        .await
        .assert_problem(409, "round-state");
    for act in ["opening", "closing", "stop"] {
        scene.act(act).await.assert_problem(409, "round-state");
    }
    central.call("DELETE", &scene.path("")).if_match(seen).send().await.assert_problem(409, "round-state");
    let call = json!({ "agency": PHRAE.code, "outcome": "reached" });
    central.post(&scene.path("calls"), &call).await.assert_problem(409, "round-state");
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rounds_of_the_past_are_entered_as_history() {
    let scene = Scene::start().await;
    let central = &scene.central.browser;
    let past = |title: &str, opens: &str, deadline: &str, closes: &str| {
        json!({
            "title": title, "letter": { "number": "มท ๐๘๐๙.๔/ว ๒๑", "date": "๒๕ มกราคม ๒๕๖๖" }, "history": true,
            "dates": { "opens": opens, "deadline": deadline, "closes": closes },
        })
    };
    let mut ids = Vec::new();
    for (title, deadline) in
        [("ครั้งที่ ๑", "31 มีนาคม 2566"), ("ครั้งที่ ๒", "30 มิถุนายน 2566"), ("ครั้งที่ ๓", "30 กันยายน 2566")]
    {
        ids.push(make(central, &past(title, "25 มกราคม 2566", deadline, "31 ธันวาคม 2566")).await);
    }
    assert_eq!(ids, ["2566-1", "2566-2", "2566-3"]);
    let first = central.get("/api/rounds/2566-1").await.expect(200);
    let (seen, first) = (first.version().expect("a version"), first.json());
    assert_eq!(
        (&first["state"], &first["history"], &first["frozen"]),
        (&json!("closed"), &json!(true), &Value::Null)
    );
    assert_eq!((&first["steps"], &first["report"]), (&json!([]), &Value::Null), "nobody was written to");

    let not_over = past("ยังไม่จบ", "25 มกราคม 2566", "31 มีนาคม 2566", &today(&scene.house).to_string());
    let refused = central.post("/api/rounds", &not_over).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/dates/closes"]);

    // A slip can be mended or taken out; nothing was ever counted.
    let edit = |body: Value| async move {
        central.call("PUT", "/api/rounds/2566-1").if_match(seen).json(&body).send().await
    };
    let mut turned = past("ครั้งที่หนึ่ง", "25 มกราคม 2566", "31 มีนาคม 2566", "30 เมษายน 2566");
    turned["history"] = json!(false);
    assert_eq!(edit(turned.clone()).await.pointers(), ["/history"]);
    turned["history"] = json!(true);
    assert_eq!(edit(turned).await.expect(200).json()["title"], "ครั้งที่หนึ่ง");
    let gone = central.call("DELETE", "/api/rounds/2566-3").if_match(1).send().await;
    assert_eq!(gone.status, 204, "{}", gone.text);
    for act in ["opening", "closing"] {
        central
            .post(&format!("/api/rounds/2566-1/{act}"), &json!({}))
            .await
            .assert_problem(409, "round-state");
    }
    let phrae = scene.agency(PHRAE).await;
    let seen = phrae.browser.get("/api/rounds").await.expect(200).json();
    let seen: Vec<&Value> =
        seen["items"].as_array().into_iter().flatten().map(|round| &round["id"]).collect();
    assert_eq!(seen, ["2566-2", "2566-1"], "the latest first, and no draft");
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn holidays_are_entered_and_the_plan_goes_round_them() {
    let scene = Scene::start().await;
    let central = &scene.central.browser;
    let days = async || {
        let rehearsal = central.get(&scene.path("rehearsal")).await.expect(200).json();
        let days = rehearsal["days"].as_array().cloned().unwrap_or_default();
        days.into_iter().filter_map(|day| day["day"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let first = days().await.first().cloned().expect("a first message");
    let put = |version: u64, items: Value| async move {
        central.call("PUT", "/api/holidays").if_match(version).json(&json!({ "items": items })).send().await
    };
    assert_eq!(central.get("/api/holidays").await.expect(200).version(), Some(0));
    let entered = put(0, json!([{ "day": first, "name": "วันหยุดพิเศษ" }])).await.expect(200);
    assert_eq!((entered.version(), &entered.json()["items"][0]["day"]), (Some(1), &json!(first)));
    assert_eq!(central.get("/api/holidays").await.expect(200).text, entered.text);
    assert!(!days().await.contains(&first), "nobody is written to on that day");
    put(0, json!([])).await.assert_problem(412, "stale");
    let wrong =
        put(1, json!([{ "day": first, "name": "ก" }, { "day": first, "name": "ข" }, ["2026-01-01", "ค"]]))
            .await;
    wrong.assert_problem(422, "invalid");
    assert_eq!(wrong.pointers(), ["/items/2"], "a list is no holiday");
    let wrong = put(1, json!([{ "day": first, "name": "ก" }, { "day": first, "name": "" }])).await;
    assert_eq!(wrong.pointers(), ["/items/1/name"]);
    let _ = put(1, json!([])).await.expect(200);
    assert_eq!(days().await.first(), Some(&first));
    scene.house.stop().await;
}
