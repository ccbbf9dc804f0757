//! Tokens with one thing wrong, and tokens that were damaged: none is believed, whichever role it is for.

use std::collections::BTreeSet;

use data_encoding::BASE64URL_NOPAD;
use palad_api::session::Verifier;
use palad_domain::session::Actor;
use ring::hmac;
use serde_json::{Value, json};

use crate::tokens::{
    FOREIGN_SEED, NEXT_SEED, SEED, actors, claims_of, header, message, now, public, signed, token_of,
    variables, verifier, with,
};

/// Tokens that are whole and well formed, and lie in one thing.
fn lies(actor: &Actor) -> Vec<String> {
    let (at, claims) = (now().as_second(), claims_of(actor));
    let end = claims["exp"].as_i64().expect("a time");
    let longest = if matches!(actor, Actor::Agency { .. }) { 8 * 3600 } else { 4 * 3600 };
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
        ("sub", json!("")),
        ("sub", json!(1)),
        ("exp", json!(at)),
        ("exp", json!(at - 1)),
        ("exp", json!(0)),
        ("exp", json!(-1)),
        ("exp", json!(end + 1)),
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
        ("auth_time", json!(at - longest)),
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
        tokens.push(signed(&header(), &with(claims.clone(), name, value), SEED));
    }
    for name in ["iss", "aud", "sub", "iat", "nbf", "exp", "auth_time", "sv", "actor"] {
        let mut without = claims.clone();
        without.as_object_mut().expect("an object").remove(name);
        tokens.push(signed(&header(), &without, SEED));
    }
    tokens.extend(other_keys(&claims));
    tokens.extend(other_algorithms(&claims));
    tokens
}

/// Other keys, other names of keys.
fn other_keys(claims: &Value) -> Vec<String> {
    let mut tokens = vec![signed(&header(), claims, FOREIGN_SEED), signed(&header(), claims, NEXT_SEED)];
    for kid in [json!("k2"), json!("k3"), json!(""), json!("K1"), Value::Null, json!(1), json!("../k1")] {
        tokens.push(signed(&with(header(), "kid", kid), claims, SEED));
    }
    let mut nameless = header();
    nameless.as_object_mut().expect("an object").remove("kid");
    nameless["jwk"] =
        json!({"kty": "OKP", "crv": "Ed25519", "x": BASE64URL_NOPAD.encode(&public(FOREIGN_SEED))});
    tokens.push(signed(&nameless, claims, FOREIGN_SEED));
    tokens
}

/// Other algorithms: none, and HMAC with the public key as its secret.
fn other_algorithms(claims: &Value) -> Vec<String> {
    let mut tokens = Vec::new();
    for algorithm in
        ["none", "None", "NONE", "", "HS256", "HS384", "HS512", "ES256", "RS256", "PS256", "eddsa", "Ed25519"]
    {
        let header = with(header(), "alg", json!(algorithm));
        tokens.push(signed(&header, claims, SEED));
        let message = message(&header, claims);
        for secret in [public(SEED), BASE64URL_NOPAD.encode(&public(SEED)).into_bytes(), Vec::new()] {
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), message.as_bytes());
            tokens.push(format!("{message}.{}", BASE64URL_NOPAD.encode(tag.as_ref())));
        }
        tokens.push(format!("{message}."));
        tokens.push(message);
    }
    tokens
}

/// One of our own tokens, damaged in every place.
fn damaged(token: &str) -> BTreeSet<String> {
    let mut mutants = BTreeSet::new();
    for at in 0..token.len() {
        for bit in 0..7 {
            let mut bytes = token.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            mutants.extend(String::from_utf8(bytes));
        }
        for replacement in ["", "A", "_", "-", ".", "=", "%", "é", "\0", " "] {
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
    mutants.remove(token);
    mutants
}

/// Parts of several of our tokens, in every order: the header of one, what another says, the signature of a third.
fn spliced(ours: &[String]) -> BTreeSet<String> {
    let mut mutants = BTreeSet::new();
    let parts: BTreeSet<&str> = ours.iter().flat_map(|token| token.split('.')).collect();
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
    let other = Actor::Agency { agency: "540102".parse().expect("a code") };
    let ours: Vec<String> = actors().iter().chain([&other]).map(token_of).collect();
    std::thread::scope(|scope| {
        for token in &ours {
            scope.spawn(move || {
                let verifier = verifier();
                assert!(verifier.verify(token, now()).is_some(), "the originals are sound");
                let damaged = damaged(token);
                assert!(damaged.len() >= 10_000, "{}", damaged.len());
                for mutant in &damaged {
                    assert_eq!(verifier.verify(mutant, now()), None, "{mutant}");
                }
            });
        }
    });
    let mut mutants = spliced(&ours);
    mutants.extend(actors().iter().flat_map(lies));
    for mutant in &mutants {
        assert_eq!(verifier().verify(mutant, now()), None, "{mutant}");
    }
    let elsewhere = Verifier::from_environment(&variables("production", SEED)).expect("a verifier");
    assert!(ours.iter().all(|token| elsewhere.verify(token, now()).is_none()), "another stage");
}
