//! Tokens by hand, ours and such as ours.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use palad_api::session::{Signer, Verifier, begun};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::Variables;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

pub(crate) const SEED: [u8; 32] = [1; 32];
pub(crate) const NEXT_SEED: [u8; 32] = [2; 32];
pub(crate) const FOREIGN_SEED: [u8; 32] = [9; 32];

pub(crate) fn public(seed: [u8; 32]) -> Vec<u8> {
    Ed25519KeyPair::from_seed_unchecked(&seed).expect("a key").public_key().as_ref().to_vec()
}

/// The variables of a stage: which key signs, and which are known.
pub(crate) fn keys(stage: &str, signing: (&str, [u8; 32]), known: &[(&str, [u8; 32])]) -> Variables {
    let b64 = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let known: Vec<String> =
        known.iter().map(|(kid, seed)| format!("{kid}:{}", b64(&public(*seed)))).collect();
    Variables::of_map(BTreeMap::from([
        ("STAGE".to_owned(), stage.to_owned()),
        ("SESSION_SIGNING_KEY".to_owned(), format!("{}:{}", signing.0, b64(&signing.1))),
        ("SESSION_VERIFYING_KEYS".to_owned(), known.join(" ")),
    ]))
}

pub(crate) fn variables(stage: &str, signing: [u8; 32]) -> Variables {
    keys(stage, ("k1", signing), &[("k1", SEED), ("k2", NEXT_SEED)])
}

pub(crate) fn now() -> Timestamp {
    "2027-03-01T02:00:00Z".parse().expect("a time")
}

/// One of each role, all of the same province, and the staff ones of one and the same account: so that
/// nothing but the role tells them apart.
pub(crate) fn actors() -> [Actor; 4] {
    let staff = || "B".repeat(22);
    let phrae = || "54".parse().expect("a province");
    [
        Actor::Agency { agency: "540101".parse().expect("a code") },
        Actor::District { province: phrae(), district: "เมืองแพร่".into(), staff: staff() },
        Actor::Province { province: phrae(), staff: staff() },
        Actor::Central { staff: staff() },
    ]
}

pub(crate) fn session_of(actor: &Actor) -> Session {
    begun(actor.clone(), SessionVersion(3), now())
}

pub(crate) fn session() -> Session {
    session_of(&actors()[0])
}

pub(crate) fn verifier() -> Verifier {
    Verifier::from_environment(&variables("test", SEED)).expect("a verifier")
}

pub(crate) fn token_of(actor: &Actor) -> String {
    Signer::from_environment(&variables("test", SEED))
        .expect("a signer")
        .issue(&session_of(actor), now())
        .expect("a token")
}

pub(crate) fn token() -> String {
    token_of(&actors()[0])
}

fn encoded(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

/// What is signed.
pub(crate) fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encoded(header), encoded(claims))
}

pub(crate) fn signed(header: &Value, claims: &Value, seed: [u8; 32]) -> String {
    let message = message(header, claims);
    let signature = Ed25519KeyPair::from_seed_unchecked(&seed).expect("a key").sign(message.as_bytes());
    format!("{message}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
}

pub(crate) fn header() -> Value {
    json!({"typ": "JWT", "alg": "EdDSA", "kid": "k1"})
}

/// The claims of one actor's token, as `login` would write them.
pub(crate) fn claims_of(actor: &Actor) -> Value {
    let at = now().as_second();
    let (role, id, minutes) = match actor {
        Actor::Agency { agency } => ("agency", agency.as_str(), 30),
        Actor::District { staff, .. } => ("district", staff.as_str(), 15),
        Actor::Province { staff, .. } => ("province", staff.as_str(), 15),
        Actor::Central { staff } => ("central", staff.as_str(), 15),
    };
    json!({"iss": "palad/test", "aud": "palad", "sub": format!("{role}:{id}"), "iat": at, "nbf": at,
           "exp": at + minutes * 60, "auth_time": at, "sv": 3, "actor": actor})
}

pub(crate) fn claims() -> Value {
    claims_of(&actors()[0])
}

pub(crate) fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}
