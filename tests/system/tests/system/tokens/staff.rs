//! The tokens of staff: one office's is none of another's, and what was revoked changes nothing, well signed or not.

use palad_domain::staff::StaffPlace;
use palad_system_tests::{Browser, House, PASSWORD, PHRAE, SignedInStaff, held};
use ring::signature::Ed25519KeyPair;
use serde_json::{Value, json};

use super::{decoded, encoded, signed};

/// The three parts of a browser's session, the first two read.
fn session(browser: &Browser) -> (Value, Value, String) {
    let token = browser.cookie("__Host-sid").expect("a session");
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else { panic!("{token}") };
    (decoded(header), decoded(claims), signature.to_owned())
}

/// The key of `login` itself, as the folder keeps it.
fn own_key(house: &House) -> Ed25519KeyPair {
    let text = std::fs::read_to_string(house.data().join("secrets.json")).expect("the secrets");
    let secrets: Value = serde_json::from_str(&text).expect("JSON");
    let seed = secrets["session_signing_seed"].as_str().expect("a seed");
    let seed = data_encoding::BASE64URL_NOPAD.decode(seed.as_bytes()).expect("base64url");
    Ed25519KeyPair::from_seed_unchecked(&seed).expect("a key")
}

fn with(base: &Value, name: &str, value: Value) -> Value {
    let mut changed = base.clone();
    changed[name] = value;
    changed
}

/// What a session can be used for first: each of these is refused.
async fn is_believed_nowhere(thief: &Browser, what: &str) {
    for path in
        ["/api/session", "/api/claims?province=54", "/api/accounts?province=54", "/api/staff?province=54"]
    {
        let answer = thief.get(path).await;
        assert_eq!(answer.status, 401, "{what}: {path}: {}", answer.text);
    }
    changes_nothing(thief, what).await;
}

/// Every kind of change that staff makes: each of these is refused.
async fn changes_nothing(thief: &Browser, what: &str) {
    let invitation = json!({ "email": "thief@mail.test", "role": "province", "province": "54" });
    let suspension = format!("/api/accounts/{}/suspension", PHRAE.code);
    let reason = json!({ "reason": "asked" });
    for (path, body) in [("/api/staff/invitations", &invitation), (suspension.as_str(), &reason)] {
        let answer = thief.post(path, body).await;
        assert_eq!(answer.status, 401, "{what}: {path}: {}", answer.text);
        answer.assert_problem(401, "not-signed-in");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_office_can_be_made_into_another() {
    let house = House::start().await;
    let agency = house.sign_up(PHRAE).await;
    let staff = [
        house.district("54", "เมืองแพร่").await,
        house.province("54").await,
        house.province("55").await,
        house.central().await,
    ];
    let browsers: Vec<&Browser> =
        [&agency.browser].into_iter().chain(staff.iter().map(|office| &office.browser)).collect();
    for (own, browser) in browsers.iter().enumerate() {
        let (header, claims, signature) = session(browser);
        let thief = browser.copy();
        for (other, wanted) in browsers.iter().enumerate().filter(|(other, _)| *other != own) {
            let (_, wanted, other_signature) = session(wanted);
            let mut reworded = claims["actor"].clone();
            reworded["role"] = wanted["actor"]["role"].clone();
            let swapped = with(&claims, "actor", wanted["actor"].clone());
            for claims in [
                with(&swapped, "sub", wanted["sub"].clone()),
                swapped,
                with(&claims, "sub", wanted["sub"].clone()),
                with(&claims, "actor", reworded),
                wanted.clone(),
            ] {
                let fake = format!("{}.{}.{signature}", encoded(&header), encoded(&claims));
                thief.set_cookie("__Host-sid", Some(&fake));
                assert_eq!(thief.get("/api/session").await.status, 401, "{own} as {other}: {claims}");
            }
            let fake = format!("{}.{}.{other_signature}", encoded(&header), encoded(&claims));
            thief.set_cookie("__Host-sid", Some(&fake));
            is_believed_nowhere(&thief, &format!("{own} under the signature of {other}")).await;
        }
        let other_key = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).expect("a key");
        for (what, fake) in [
            ("another key", signed(&header, &claims, &other_key)),
            ("another audience", signed(&header, &with(&claims, "aud", json!("other")), &own_key(&house))),
            ("another stage", signed(&header, &with(&claims, "iss", json!("palad/other")), &own_key(&house))),
            ("no algorithm", {
                let header = with(&header, "alg", json!("none"));
                format!("{}.{}.", encoded(&header), encoded(&claims))
            }),
        ] {
            thief.set_cookie("__Host-sid", Some(&fake));
            is_believed_nowhere(&thief, what).await;
        }
        assert_eq!(browser.get("/api/session").await.status, 200, "the true one still is");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_well_signed_token_of_an_account_that_is_not_so_changes_nothing() {
    let house = House::start().await;
    let agency = house.sign_up(PHRAE).await;
    let key = own_key(&house);
    let offices: [(StaffPlace, SignedInStaff); 2] = [
        (StaffPlace::Central, house.central().await),
        (StaffPlace::Province { province: "54".parse().expect("a province") }, house.province("54").await),
    ];
    for (place, office) in &offices {
        let (header, claims, _) = session(&office.browser);
        let thief = office.browser.copy();
        let stranger = "Z".repeat(22);
        let mut nobody = claims["actor"].clone();
        nobody["staff"] = json!(stranger);
        let nobody = with(&claims, "actor", nobody);
        let nobody = with(&nobody, "sub", json!(format!("{}:{stranger}", place.role())));
        let version = claims["sv"].as_u64().expect("a version");
        for (what, claims) in [
            ("an officer that there never was", nobody),
            ("a version that was revoked", with(&claims, "sv", json!(version - 1))),
            ("a version that is yet to come", with(&claims, "sv", json!(version + 1))),
        ] {
            thief.set_cookie("__Host-sid", Some(&signed(&header, &claims, &key)));
            assert_eq!(thief.get("/api/session").await.status, 401, "{what}");
            changes_nothing(&thief, what).await;
        }
        // An officer who was given another place signs in again: the token names the place.
        let moved = with(&claims["actor"], "role", json!("district"));
        let moved = with(&with(&moved, "province", json!("54")), "district", json!("เมืองแพร่"));
        let staff = claims["actor"]["staff"].as_str().expect("an officer");
        let moved = with(&claims, "actor", moved);
        let moved = with(&moved, "sub", json!(format!("district:{staff}")));
        thief.set_cookie("__Host-sid", Some(&signed(&header, &moved, &key)));
        assert_eq!(thief.get("/api/session").await.status, 401, "another place");
    }
    // The same for agencies: every version but the one that stands.
    let record = agency.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let path = format!("{}/{}", agency.clerks(), record["id"].as_str().expect("an id"));
    let (header, claims, _) = session(&agency.browser);
    let version = claims["sv"].as_u64().expect("a version");
    let thief = agency.browser.copy();
    for other in [0, version - 1, version + 1, u64::MAX] {
        thief.set_cookie("__Host-sid", Some(&signed(&header, &with(&claims, "sv", json!(other)), &key)));
        assert_eq!(thief.get("/api/session").await.status, 401, "{other}");
        let body = json!({ "post": held("มาลี", "รักไทย") });
        let changed = thief.call("PUT", &path).if_match(1).json(&body).send().await;
        changed.assert_problem(401, "not-signed-in");
    }
    // Signing out everywhere revokes what was a true session a moment ago.
    let old = agency.browser.copy();
    let _ = agency.browser.call("DELETE", "/api/account/sessions").send().await.expect(204);
    assert_eq!(old.get("/api/session").await.status, 401);
    let body = json!({ "post": held("มาลี", "รักไทย") });
    old.call("PUT", &path).if_match(1).json(&body).send().await.assert_problem(401, "not-signed-in");
    let _ = house.browser().sign_in(PHRAE.code, PASSWORD).await.expect(202);
    house.stop().await;
}
