//! Answering: a save, a vacancy and a confirmation are answers, once, in every round that asks, and never after its
//! end.

use palad_system_tests::{MAE_YOM, NONG_BUA, PHRAE, WITHOUT_MAILBOX, held, vacant, writers};
use serde_json::{Value, json};

use super::{Scene, confirm, make, own, terms, wait};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_save_a_vacancy_and_a_confirmation_are_answers() {
    let scene = Scene::start().await;
    let (central, id) = (&scene.central.browser, scene.id.as_str());
    let early = scene.agency(writers()[0]).await;
    let _ = early.add("key-1", &held("สมศักดิ์", "ดีงาม")).await.expect(201);
    assert_eq!(own(&early, id).await, Value::Null, "nothing is asked yet");
    let mut changed = terms(&scene.house);
    changed["scope"]["exceptions"] = json!([{ "agency": WITHOUT_MAILBOX.code, "reason": "ยุบรวม" }]);
    let _ = central.call("PUT", &scene.path("")).if_match(1).json(&changed).send().await.expect(200);
    let _ = scene.act("opening").await.expect(200);
    assert_eq!(
        own(&early, id).await,
        json!({ "asked": "expected", "answer": null }),
        "what was saved before is none"
    );

    // Saved: an answer. Deleted: none. Restored: an answer again.
    let phrae = scene.agency(PHRAE).await;
    let record = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let record = record["id"].as_str().unwrap_or_default();
    let answer = own(&phrae, id).await["answer"].clone();
    assert_eq!((&answer["kind"], &answer["late"]), (&json!("updated"), &json!(false)));
    let _ = phrae.delete(record, 1).await.expect(204);
    assert_eq!(own(&phrae, id).await["answer"], Value::Null);
    let _ = phrae.restore(record).await.expect(200);
    assert_eq!(own(&phrae, id).await["answer"]["kind"], "updated");

    let mae_yom = scene.agency(MAE_YOM).await;
    let _ = mae_yom.add("key-1", &vacant()).await.expect(201);
    let first = own(&mae_yom, id).await["answer"].clone();
    assert_eq!(first["kind"], "vacant");

    // ยังถูกต้อง: the version stays, the record says so to the public, and there is a receipt.
    let confirmed = confirm(&early, 1).await.expect(201);
    assert_eq!(confirmed.version(), Some(1));
    let receipt = confirmed.json();
    assert_eq!(
        (&receipt["agency"]["code"], &receipt["answers"][0]["round"]),
        (&json!(writers()[0].code), &json!(id))
    );
    assert_eq!(receipt["answers"][0]["kind"], "confirmed");
    assert_eq!(own(&early, id).await["answer"]["kind"], "confirmed");
    let entry = central.get(&format!("/api/directory/{}", writers()[0].code)).await.expect(200).json();
    assert_eq!(entry["confirmed_at"], receipt["at"]);
    assert!(entry["updated_at"].as_str() < entry["confirmed_at"].as_str());
    let screen = early.screen().await;
    assert_eq!(screen.json()["current"]["confirmed_at"], receipt["at"]);
    assert_eq!(early.history().await.len(), 1, "it is no new version");
    // Anybody who was shown the number can look it up, however it is typed.
    let number = receipt["number"].as_str().unwrap_or_default();
    assert_eq!(
        confirmed.header("location"),
        Some(format!("/api/receipts/{}", number.replace('-', "")).as_str())
    );
    for typed in [number.to_owned(), number.to_lowercase(), number.replace('-', "")] {
        let found = scene.house.browser().get(&format!("/api/receipts/{typed}")).await.expect(200);
        assert_eq!(found.json(), receipt, "{typed}");
    }
    for unknown in ["ZZZZZ-ZZZZZ", "1", "ใบ"] {
        scene.house.browser().get(&format!("/api/receipts/{unknown}")).await.assert_problem(404, "not-found");
    }

    // Confirmed again, it counts once: the first moment stays. The audit has a line for each.
    let before = own(&early, id).await["answer"].clone();
    let again = confirm(&early, 1).await.expect(201).json();
    let after = own(&early, id).await["answer"].clone();
    assert_ne!(again["number"], receipt["number"]);
    assert_eq!((&after["answered_at"], &after["kind"]), (&before["answered_at"], &before["kind"]));
    let audit = early.browser.get(&format!("/api/agencies/{}/audit", early.code)).await.expect(200).json();
    let lines = audit["items"].as_array().cloned().unwrap_or_default();
    let lines = lines
        .iter()
        .filter(|line| line["what"]["en"].as_str().is_some_and(|what| what.contains("still right")));
    assert_eq!(lines.count(), 2);

    // One that is excused may answer all the same; one that is not asked confirms outside of any round.
    let excused = scene.house.browser();
    let proof = scene
        .house
        .mailbox
        .begin(&excused, WITHOUT_MAILBOX.code, "w@mail.test", palad_system_tests::PASSWORD)
        .await;
    let _ = excused.prove(&proof.claim, &proof.code).await.expect(200);
    let _ = central.post(&format!("/api/claims/{}/approval", proof.claim), &json!({})).await.expect(200);
    let _ = excused.sign_in(WITHOUT_MAILBOX.code, palad_system_tests::PASSWORD).await.expect(201);
    let excused = palad_system_tests::SignedIn { browser: excused, code: WITHOUT_MAILBOX.code };
    assert_eq!(own(&excused, id).await, json!({ "asked": "excused", "answer": null }));
    let _ = excused.add("key-1", &held("มานะ", "อดทน")).await.expect(201);
    assert_eq!(own(&excused, id).await["answer"]["kind"], "updated");
    let outside = scene.agency(NONG_BUA).await;
    let _ = outside.add("key-1", &held("มาลี", "รักไทย")).await.expect(201);
    assert_eq!(own(&outside, id).await, json!({ "asked": "no", "answer": null }));
    assert_eq!(confirm(&outside, 1).await.expect(201).json()["answers"], json!([]));

    // What is not as it was seen is not confirmed.
    confirm(&early, 2).await.assert_problem(412, "stale");
    confirm(&scene.agency(writers()[1]).await, 0).await.assert_problem(404, "not-found");
    let path = format!("/api/agencies/{}/confirmation", early.code);
    early
        .browser
        .call("POST", &path)
        .json(&json!({}))
        .send()
        .await
        .assert_problem(428, "precondition-missing");
    phrae
        .browser
        .call("POST", &path)
        .if_match(1)
        .json(&json!({}))
        .send()
        .await
        .assert_problem(403, "forbidden");

    let report = scene.act("closing").await.expect(200).json()["report"].clone();
    let tally = &report["tally"];
    assert_eq!(
        ["all", "answered", "confirmed", "updated", "vacant", "late", "exempt"]
            .map(|name| tally[name].as_u64()),
        [11, 4, 1, 2, 1, 0, 0].map(Some),
        "{tally}"
    );
    assert_eq!(report["provinces"].as_array().map(Vec::len), Some(1));
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn late_answers_are_taken_and_marked_and_two_rounds_are_kept_apart() {
    let scene = Scene::opened().await;
    let id = scene.id.clone();
    let (phrae, mae_yom) = (scene.agency(PHRAE).await, scene.agency(MAE_YOM).await);
    let record = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();

    // The day after the deadline.
    wait(&scene.house, 11);
    scene.sign_in_again().await;
    let _ = mae_yom.browser.sign_in(MAE_YOM.code, palad_system_tests::PASSWORD).await.expect(201);
    let _ = mae_yom.add("key-1", &held("มาลี", "รักไทย")).await.expect(201);
    let late = own(&mae_yom, &id).await;
    assert_eq!((&late["answer"]["kind"], &late["answer"]["late"]), (&json!("updated"), &json!(true)));
    let _ = phrae.browser.sign_in(PHRAE.code, palad_system_tests::PASSWORD).await.expect(201);
    let _ = confirm(&phrae, 1).await.expect(201);
    let kept = own(&phrae, &id).await["answer"].clone();
    assert_eq!(
        (&kept["kind"], &kept["late"]),
        (&json!("updated"), &json!(false)),
        "it was in time, and updated"
    );

    // A second round, for sub-districts only, while the first is open.
    let mut second = terms(&scene.house);
    second["scope"]["kinds"] = json!(["อบต."]);
    let second = make(&scene.central.browser, &second).await;
    let _ =
        scene.central.browser.post(&format!("/api/rounds/{second}/opening"), &json!({})).await.expect(200);
    let receipt = confirm(&mae_yom, 1).await.expect(201).json();
    let rounds: Vec<_> = receipt["answers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|answer| (answer["round"].clone(), answer["kind"].clone(), answer["late"].clone()))
        .collect();
    assert_eq!(
        rounds,
        [(json!(id), json!("updated"), json!(true)), (json!(second), json!("confirmed"), json!(false))]
    );
    assert_eq!(own(&phrae, &second).await, json!({ "asked": "no", "answer": null }));

    // The first one closes; the second goes on.
    let report = scene.act("closing").await.expect(200).json()["report"].clone();
    assert_eq!((&report["tally"]["updated"], &report["tally"]["late"]), (&json!(2), &json!(1)));
    let _ = mae_yom.delete(&current(&mae_yom).await, 1).await.expect(204);
    assert_eq!(own(&mae_yom, &id).await["answer"]["kind"], "updated", "what is over stays");
    assert_eq!(own(&mae_yom, &second).await["answer"], Value::Null);
    let _ = phrae.edit(record["id"].as_str().unwrap_or_default(), 1, &vacant()).await.expect(200);
    assert_eq!(own(&phrae, &id).await["answer"]["kind"], "updated");

    // A deadline that is moved is one for those who have answered too.
    wait(&scene.house, 11);
    scene.sign_in_again().await;
    let _ = mae_yom.browser.sign_in(MAE_YOM.code, palad_system_tests::PASSWORD).await.expect(201);
    let _ = mae_yom.add("key-2", &vacant()).await.expect(201);
    assert_eq!(own(&mae_yom, &second).await["answer"]["late"], true);
    let seen = scene.central.browser.get(&format!("/api/rounds/{second}")).await.expect(200);
    let today = super::today(&scene.house);
    let path = format!("/api/rounds/{second}/deadline");
    let shift = scene.central.browser.call("PUT", &path).if_match(seen.version().expect("a version"));
    let _ = shift.json(&json!({ "deadline": today, "closes": today })).send().await.expect(200);
    assert_eq!(own(&mae_yom, &second).await["answer"]["late"], false);
    scene.house.stop().await;
}

async fn current(agency: &palad_system_tests::SignedIn) -> String {
    agency.screen().await.json()["current"]["id"].as_str().unwrap_or_default().to_owned()
}
