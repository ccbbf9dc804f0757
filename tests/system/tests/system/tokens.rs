//! Session tokens that `login` did not make: none is believed.

mod staff;

use data_encoding::BASE64URL_NOPAD;
use palad_environment::Random;
use palad_system_tests::{House, MAE_YOM, PHRAE, held};
use ring::hmac;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

fn encoded(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

fn decoded(part: &str) -> Value {
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// A token signed by this key.
fn signed(header: &Value, claims: &Value, key: &Ed25519KeyPair) -> String {
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let signature = BASE64URL_NOPAD.encode(key.sign(message.as_bytes()).as_ref());
    format!("{message}.{signature}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_that_login_did_not_make_is_not_believed() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().unwrap_or_default().to_owned();
    let token = office.browser.cookie("__Host-sid").expect("a session");
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else { panic!("{token}") };
    let (plain_header, plain_claims) = (decoded(header), decoded(claims));

    let other_key = Ed25519KeyPair::from_seed_unchecked(&Random::default().bytes::<32>()).expect("a key");
    let with = |base: &Value, name: &str, value: Value| {
        let mut changed = base.clone();
        changed[name] = value;
        changed
    };
    let altered = |name: &str, value: Value| {
        format!("{header}.{}.{signature}", encoded(&with(&plain_claims, name, value)))
    };
    let unsigned = |alg: &str| format!("{}.{claims}.", encoded(&with(&plain_header, "alg", json!(alg))));
    let keyed = {
        let message = format!("{}.{claims}", encoded(&with(&plain_header, "alg", json!("HS256"))));
        let key = hmac::Key::new(hmac::HMAC_SHA256, other_key.public_key().as_ref());
        format!("{message}.{}", BASE64URL_NOPAD.encode(hmac::sign(&key, message.as_bytes()).as_ref()))
    };
    let mut turned = BASE64URL_NOPAD.decode(signature.as_bytes()).expect("a signature");
    turned[0] ^= 1;
    let mut fakes = vec![
        ("signed by another key", signed(&plain_header, &plain_claims, &other_key)),
        (
            "a key of another name",
            signed(&with(&plain_header, "kid", json!("other")), &plain_claims, &other_key),
        ),
        ("its own key in the header", {
            let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": BASE64URL_NOPAD.encode(other_key.public_key().as_ref()) });
            signed(&with(&plain_header, "jwk", jwk), &plain_claims, &other_key)
        }),
        ("no algorithm", unsigned("none")),
        ("no algorithm, loudly", unsigned("NONE")),
        ("a shared secret", keyed),
        ("a later end", altered("exp", json!(4_000_000_000_u64))),
        ("another version", altered("sv", json!(2))),
        ("another agency", altered("actor", json!({ "role": "agency", "agency": MAE_YOM.code }))),
        ("the centre", altered("actor", json!({ "role": "central", "staff": "x" }))),
        ("one bit", format!("{header}.{claims}.{}", BASE64URL_NOPAD.encode(&turned))),
        ("no signature", format!("{header}.{claims}.")),
        ("two parts", format!("{header}.{claims}")),
        ("four parts", format!("{token}.{signature}")),
        ("nothing", String::new()),
        ("noise", "a.b.c".to_owned()),
        ("too long", "a".repeat(5000)),
    ];
    for (place, character) in [(3, "A"), (header.len() + 5, "A"), (token.len() - 5, "A")] {
        let mut mutant = token.clone();
        mutant.replace_range(place..=place, if &token[place..=place] == character { "B" } else { character });
        fakes.push(("one character", mutant));
    }

    let before = office.screen().await.text;
    let thief = office.browser.copy();
    for (what, fake) in &fakes {
        thief.set_cookie("__Host-sid", Some(fake));
        let read = thief.get(&office.clerks()).await;
        assert_eq!(read.status, 401, "{what}: {}", read.text);
        read.assert_problem(401, "not-signed-in");
        let body = json!({ "post": held("มาลี", "รักไทย") });
        let path = format!("{}/{id}", office.clerks());
        let write = thief.call("PUT", &path).if_match(1).json(&body).send().await;
        write.assert_problem(401, "not-signed-in");
        thief.get("/api/session").await.assert_problem(401, "not-signed-in");
    }
    // The true one twice is not one; and the true one still is.
    thief.set_cookie("__Host-sid", Some(&format!("{token}; __Host-sid={token}")));
    assert_eq!(thief.get(&office.clerks()).await.status, 401);
    assert_eq!(office.screen().await.text, before);
    house.stop().await;
}
