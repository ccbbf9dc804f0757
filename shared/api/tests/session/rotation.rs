//! The signing key is changed while people are signed in: next, current, previous; and nobody is signed out.

use jiff::SignedDuration;
use palad_api::session::{Signer, Verifier, renewed};
use palad_environment::Variables;

use crate::tokens::{FOREIGN_SEED, NEXT_SEED, SEED, actors, keys, now, session_of};

const OLD: (&str, [u8; 32]) = ("k1", SEED);
const NEW: (&str, [u8; 32]) = ("k2", NEXT_SEED);
const NEXT: (&str, [u8; 32]) = ("k3", FOREIGN_SEED);

fn signer(variables: &Variables) -> Signer {
    Signer::from_environment(variables).expect("a signer")
}

fn verifier(variables: &Variables) -> Verifier {
    Verifier::from_environment(variables).expect("a verifier")
}

#[test]
fn a_change_of_the_signing_key_signs_nobody_out() {
    // Each step is deployed on its own, an idle time or more after the one before.
    let steps = [
        keys("test", OLD, &[OLD]),
        keys("test", OLD, &[OLD, NEW]),
        keys("test", NEW, &[NEW, OLD]),
        keys("test", NEW, &[NEW]),
        keys("test", NEW, &[NEW, NEXT]),
    ];
    for actor in &actors() {
        let (mut session, mut time) = (session_of(actor), now());
        let mut token = signer(&steps[0]).issue(&session, time).expect("a token");
        for pair in steps.windows(2) {
            let [before, after] = pair else { unreachable!("windows of two") };
            // While it is being deployed, some functions have the new keys and some the old: whichever signs,
            // whichever looks, the token is believed; and each use renews it.
            for (signing, looking) in [(before, before), (before, after), (after, before), (after, after)] {
                time += SignedDuration::from_mins(3);
                assert_eq!(verifier(looking).verify(&token, time), Some(session.clone()), "{actor:?}");
                session = renewed(&session, time);
                token = signer(signing).issue(&session, time).expect("a token");
                assert_eq!(verifier(looking).verify(&token, time), Some(session.clone()), "{actor:?}");
            }
        }
    }
}

#[test]
fn a_key_that_was_taken_away_is_believed_no_more() {
    let old = signer(&keys("test", OLD, &[OLD])).issue(&session_of(&actors()[0]), now()).expect("a token");
    assert!(verifier(&keys("test", NEW, &[NEW, OLD])).verify(&old, now()).is_some());
    assert_eq!(verifier(&keys("test", NEW, &[NEW])).verify(&old, now()), None);
    // Nor under the old name with another key.
    assert_eq!(verifier(&keys("test", NEW, &[NEW, (OLD.0, FOREIGN_SEED)])).verify(&old, now()), None);
}
