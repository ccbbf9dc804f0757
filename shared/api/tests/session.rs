//! Sessions: a token of ours is believed while it lasts; more than 10,000 that are not ours are not.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use palad_api::session::{Signer, Verifier, begun, ends_at, renewed};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::{Variables, VariablesError};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

const SEED: [u8; 32] = [1; 32];
const NEXT_SEED: [u8; 32] = [2; 32];
const FOREIGN_SEED: [u8; 32] = [9; 32];

fn public(seed: [u8; 32]) -> Vec<u8> {
    Ed25519KeyPair::from_seed_unchecked(&seed).expect("a key").public_key().as_ref().to_vec()
}

fn variables(stage: &str, signing: [u8; 32]) -> Variables {
    let b64 = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    Variables::of_map(BTreeMap::from([
        ("STAGE".to_owned(), stage.to_owned()),
        ("SESSION_SIGNING_KEY".to_owned(), format!("k1:{}", b64(&signing))),
        (
            "SESSION_VERIFYING_KEYS".to_owned(),
            format!("k1:{} k2:{}", b64(&public(SEED)), b64(&public(NEXT_SEED))),
        ),
    ]))
}

fn now() -> Timestamp {
    "2027-03-01T02:00:00Z".parse().expect("a time")
}

fn session() -> Session {
    begun(Actor::Agency { agency: "540101".parse().expect("a code") }, SessionVersion(3), now())
}

fn verifier() -> Verifier {
    Verifier::from_environment(&variables("test", SEED)).expect("a verifier")
}

fn token() -> String {
    Signer::from_environment(&variables("test", SEED))
        .expect("a signer")
        .issue(&session(), now())
        .expect("a token")
}

fn signed(header: &Value, claims: &Value, seed: [u8; 32]) -> String {
    let message = format!(
        "{}.{}",
        BASE64URL_NOPAD.encode(header.to_string().as_bytes()),
        BASE64URL_NOPAD.encode(claims.to_string().as_bytes())
    );
    let signature = Ed25519KeyPair::from_seed_unchecked(&seed).expect("a key").sign(message.as_bytes());
    format!("{message}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
}

fn header() -> Value {
    json!({"typ": "JWT", "alg": "EdDSA", "kid": "k1"})
}

fn claims() -> Value {
    let at = now().as_second();
    json!({"iss": "palad/test", "aud": "palad", "sub": "agency:540101", "iat": at, "nbf": at, "exp": at + 1800,
           "auth_time": at, "sv": 3, "actor": {"role": "agency", "agency": "540101"}})
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

#[test]
fn our_own_token_is_believed_while_it_lasts() {
    let verifier = verifier();
    for ours in [
        token(),
        signed(&header(), &claims(), SEED),
        signed(&with(header(), "kid", json!("k2")), &claims(), NEXT_SEED),
    ] {
        assert_eq!(verifier.verify(&ours, now()), Some(session()));
        assert!(
            verifier.verify(&ours, now() - SignedDuration::from_secs(5)).is_some(),
            "clocks differ a little"
        );
        assert!(verifier.verify(&ours, now() - SignedDuration::from_secs(6)).is_none(), "not yet valid");
        assert!(verifier.verify(&ours, now() + SignedDuration::from_secs(1799)).is_some());
        assert!(
            verifier.verify(&ours, now() + SignedDuration::from_secs(1800)).is_none(),
            "ended, without grace"
        );
    }
    assert!(token().len() < 1000, "{}", token().len());
}

#[test]
fn use_prolongs_a_session_and_no_use_can_pass_its_end() {
    let (verifier, signer) =
        (verifier(), Signer::from_environment(&variables("test", SEED)).expect("a signer"));
    let mut session = session();
    let mut time = now();
    while time < ends_at(&session) {
        session = renewed(&session, time);
        let token = signer.issue(&session, time).expect("a token");
        assert_eq!(verifier.verify(&token, time), Some(session.clone()));
        assert!(verifier.verify(&token, ends_at(&session)).is_none());
        time += SignedDuration::from_mins(20);
    }
    let late = signer.issue(&renewed(&session, time), time).expect("a token");
    assert!(verifier.verify(&late, time).is_none());
    let cookie = signer.cookie(&renewed(&session, now()), now()).expect("a cookie");
    assert!(
        cookie.as_str().starts_with("__Host-sid=ey") && cookie.as_str().contains("; Max-Age=1800;"),
        "{}",
        cookie.as_str()
    );
}

#[test]
fn a_key_that_nobody_could_verify_does_not_sign() {
    let error = Signer::from_environment(&variables("test", FOREIGN_SEED)).err();
    assert_eq!(error, Some(VariablesError::Malformed("SESSION_SIGNING_KEY")));
    let none = Verifier::from_environment(&Variables::of_map(BTreeMap::new())).err();
    assert_eq!(none, Some(VariablesError::Missing("SESSION_VERIFYING_KEYS")));
}

/// Tokens that are whole and well formed, and lie in one thing.
fn lies() -> Vec<String> {
    let at = now().as_second();
    let mut tokens = Vec::new();
    for (name, value) in [
        ("iss", json!("palad/production")),
        ("iss", json!(["palad/test"])),
        ("iss", json!("palad")),
        ("iss", Value::Null),
        ("aud", json!("other")),
        ("aud", json!(["palad"])),
        ("aud", json!(["palad", "other"])),
        ("aud", Value::Null),
        ("sub", json!("agency:540102")),
        ("sub", json!("central:x")),
        ("sub", json!(1)),
        ("exp", json!(at)),
        ("exp", json!(at - 1)),
        ("exp", json!(0)),
        ("exp", json!(-1)),
        ("exp", json!(at + 1801)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(1e300)),
        ("exp", json!("1900000000")),
        ("exp", Value::Null),
        ("nbf", json!(at + 6)),
        ("nbf", json!(i64::MAX)),
        ("nbf", Value::Null),
        ("nbf", json!("0")),
        ("iat", json!(at + 6)),
        ("iat", json!(i64::MIN)),
        ("iat", json!(at - 10)),
        ("auth_time", json!(at + 1)),
        ("auth_time", json!(at - 8 * 3600)),
        ("auth_time", json!(i64::MIN)),
        ("auth_time", Value::Null),
        ("sv", json!(-1)),
        ("sv", json!("3")),
        ("sv", Value::Null),
        ("actor", json!({"role": "agency", "agency": "540102"})),
        ("actor", json!({"role": "central", "staff": "x"})),
        ("actor", json!({"role": "agency"})),
        ("actor", json!("agency")),
        ("actor", Value::Null),
        ("admin", json!(true)),
    ] {
        tokens.push(signed(&header(), &with(claims(), name, value), SEED));
    }
    for name in ["iss", "aud", "sub", "iat", "nbf", "exp", "auth_time", "sv", "actor"] {
        let mut without = claims();
        without.as_object_mut().expect("an object").remove(name);
        tokens.push(signed(&header(), &without, SEED));
    }
    // Other keys, other names of keys.
    tokens.push(signed(&header(), &claims(), FOREIGN_SEED));
    tokens.push(signed(&header(), &claims(), NEXT_SEED));
    for kid in [json!("k2"), json!("k3"), json!(""), json!("K1"), Value::Null, json!(1), json!("../k1")] {
        tokens.push(signed(&with(header(), "kid", kid), &claims(), SEED));
    }
    let mut nameless = header();
    nameless.as_object_mut().expect("an object").remove("kid");
    nameless["jwk"] =
        json!({"kty": "OKP", "crv": "Ed25519", "x": BASE64URL_NOPAD.encode(&public(FOREIGN_SEED))});
    tokens.push(signed(&nameless, &claims(), FOREIGN_SEED));
    // Other algorithms: none, and HMAC with the public key as its secret.
    for algorithm in
        ["none", "None", "NONE", "", "HS256", "HS384", "HS512", "ES256", "RS256", "PS256", "eddsa", "Ed25519"]
    {
        let header = with(header(), "alg", json!(algorithm));
        tokens.push(signed(&header, &claims(), SEED));
        let message = format!(
            "{}.{}",
            BASE64URL_NOPAD.encode(header.to_string().as_bytes()),
            BASE64URL_NOPAD.encode(claims().to_string().as_bytes())
        );
        for secret in [public(SEED), BASE64URL_NOPAD.encode(&public(SEED)).into_bytes(), Vec::new()] {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &secret);
            let tag = ring::hmac::sign(&key, message.as_bytes());
            tokens.push(format!("{message}.{}", BASE64URL_NOPAD.encode(tag.as_ref())));
        }
        tokens.push(format!("{message}."));
        tokens.push(message);
    }
    tokens
}

/// Our own tokens, damaged in every place.
fn damaged(ours: &[String]) -> BTreeSet<String> {
    let mut mutants = BTreeSet::new();
    for token in ours {
        for at in 0..token.len() {
            for bit in 0..7 {
                let mut bytes = token.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                mutants.extend(String::from_utf8(bytes));
            }
            for replacement in ["", "A", "_", ".", "=", "%", "é", "\0", " "] {
                mutants.insert(format!("{}{replacement}{}", &token[..at], &token[at + 1..]));
                mutants.insert(format!("{}{replacement}{}", &token[..at], &token[at..]));
            }
            mutants.insert(token[..at].to_owned());
            mutants.insert(token[at + 1..].to_owned());
        }
        mutants.extend([
            format!("{token} "),
            format!("{token}="),
            format!("{token}."),
            format!("{token}A"),
            token.to_uppercase(),
            token.repeat(2),
            token.repeat(50),
        ]);
    }
    // Parts of two tokens, in every order.
    let parts: Vec<&str> = ours.iter().flat_map(|token| token.split('.')).collect();
    for a in &parts {
        for b in &parts {
            for c in &parts {
                mutants.insert(format!("{a}.{b}.{c}"));
            }
        }
    }
    for token in ours {
        mutants.remove(token);
    }
    mutants
}

#[test]
fn of_many_thousand_mutants_none_is_believed() {
    let verifier = verifier();
    let other = signed(
        &header(),
        &with(
            with(claims(), "sub", json!("agency:540102")),
            "actor",
            json!({"role": "agency", "agency": "540102"}),
        ),
        SEED,
    );
    let ours = [token(), other];
    assert!(ours.iter().all(|token| verifier.verify(token, now()).is_some()), "the originals are sound");
    let mut mutants = damaged(&ours);
    mutants.extend(lies());
    assert!(mutants.len() >= 10_000, "{}", mutants.len());
    for mutant in &mutants {
        assert_eq!(verifier.verify(mutant, now()), None, "{mutant}");
    }
    let elsewhere = Verifier::from_environment(&variables("production", SEED)).expect("a verifier");
    assert!(ours.iter().all(|token| elsewhere.verify(token, now()).is_none()), "another stage");
}
