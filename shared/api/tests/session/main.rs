//! Sessions: a token of ours is believed while it lasts; tens of thousands that are not ours are not.

mod mutants;
mod roles;
mod rotation;
mod tokens;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use palad_api::session::{Signer, Verifier, ends_at, renewed};
use palad_environment::{Variables, VariablesError};
use serde_json::json;

use tokens::{
    FOREIGN_SEED, NEXT_SEED, SEED, claims, header, now, session, signed, token, variables, verifier, with,
};

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
