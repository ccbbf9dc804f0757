//! A token is for one role and one place: no part of it can be put in the place of another's.

use palad_domain::session::Actor;
use serde_json::{Value, json};

use crate::tokens::{
    SEED, actors, claims_of, header, message, now, session_of, signed, token_of, verifier, with,
};

#[test]
fn a_token_of_each_role_is_believed_for_what_it_is() {
    for actor in &actors() {
        assert_eq!(verifier().verify(&token_of(actor), now()), Some(session_of(actor)));
        assert_eq!(
            verifier().verify(&signed(&header(), &claims_of(actor), SEED), now()),
            Some(session_of(actor))
        );
    }
}

#[test]
fn no_role_is_put_in_the_place_of_another() {
    for own in &actors() {
        let token = token_of(own);
        let signature = token.rsplit('.').next().expect("a signature");
        for other in actors().iter().filter(|other| *other != own) {
            let (claims, wanted) = (claims_of(own), claims_of(other));
            let swapped = with(claims.clone(), "actor", wanted["actor"].clone());
            let renamed = with(claims.clone(), "sub", wanted["sub"].clone());
            let both = with(swapped.clone(), "sub", wanted["sub"].clone());
            // Under the own token's signature nothing of it may change; and even well signed, subject and
            // actor must be of one mind.
            let under_the_old_signature = [&swapped, &renamed, &both, &wanted]
                .map(|claims| format!("{}.{signature}", message(&header(), claims)));
            let well_signed = [&swapped, &renamed].map(|claims| signed(&header(), claims, SEED));
            for fake in under_the_old_signature.iter().chain(&well_signed) {
                assert_eq!(verifier().verify(fake, now()), None, "{own:?} as {other:?}: {fake}");
            }
            // The word alone: what one role needs, the others do not have, or the subject gives it away.
            let mut reworded = claims["actor"].clone();
            reworded["role"] = wanted["actor"]["role"].clone();
            let fake = signed(&header(), &with(claims, "actor", reworded), SEED);
            assert_eq!(verifier().verify(&fake, now()), None, "{own:?} as {other:?}: {fake}");
        }
    }
}

#[test]
fn no_other_place_is_put_into_the_own_role() {
    let changes: [(usize, &str, Value); 7] = [
        (0, "agency", json!("540102")),
        (1, "province", json!("55")),
        (1, "district", json!("สอง")),
        (1, "staff", json!("C".repeat(22))),
        (2, "province", json!("55")),
        (2, "staff", json!("C".repeat(22))),
        (3, "staff", json!("C".repeat(22))),
    ];
    for (own, name, value) in changes {
        let own = &actors()[own];
        let token = token_of(own);
        let signature = token.rsplit('.').next().expect("a signature");
        let claims = claims_of(own);
        let actor = with(claims["actor"].clone(), name, value);
        let fake = format!("{}.{signature}", message(&header(), &with(claims, "actor", actor)));
        assert_eq!(verifier().verify(&fake, now()), None, "{own:?}: {name}");
    }
}

#[test]
fn staff_tokens_end_sooner_than_those_of_agencies() {
    // A staff token with the life of an agency's is none of ours, even well signed.
    for actor in actors().iter().filter(|actor| !matches!(actor, Actor::Agency { .. })) {
        let claims = claims_of(actor);
        let longer = with(claims, "exp", json!(now().as_second() + 30 * 60));
        assert_eq!(verifier().verify(&signed(&header(), &longer, SEED), now()), None, "{actor:?}");
    }
}
