//! `cargo xtask secrets`: the secrets of an installation, made and changed through the AWS command line.
//!
//! No secret is ever printed, written to a file or put among a program's arguments: it goes from here to
//! `aws` through a pipe. A key that others know is changed in three steps with a deployment after each, so
//! that at no moment one function uses what another does not know yet: `next`, `switch`, `retire`.

use std::io::Write;
use std::process::{Command, Stdio};

use data_encoding::BASE64URL_NOPAD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

use crate::output::line;
use crate::process::{could_not, printed};

/// What is asked.
#[derive(clap::Subcommand)]
pub(crate) enum Chore {
    /// Make the secrets of a new installation. What is there stays as it is.
    Make {
        /// The installation.
        #[arg(long)]
        stage: String,
    },
    /// Change a key, one step at a time, with a deployment after each.
    Rotate {
        /// Which.
        key: Key,
        /// The step.
        step: Step,
        /// The installation.
        #[arg(long)]
        stage: String,
    },
}

/// A key that can be changed while everything runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Key {
    /// What `login` signs sessions with.
    Session,
    /// What the CDN shows to the functions.
    Origin,
    /// The pepper of passwords.
    Password,
}

/// A step of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Step {
    /// A new key is made known; the old one is still used.
    Next,
    /// The new one is used; the old one is still known.
    Switch,
    /// The old one is forgotten.
    Retire,
}

/// Does it.
pub(crate) fn chore(chore: &Chore) -> Result<(), String> {
    match chore {
        Chore::Make { stage } => {
            for (name, value) in made()? {
                let id = format!("palad/{stage}/{name}");
                if stored(&id).is_ok() {
                    line(format_args!("{id} is there and stays as it is"));
                } else {
                    store("create-secret", &["--name", &id], &value)?;
                    line(format_args!("{id} is made"));
                }
            }
            Ok(())
        }
        Chore::Rotate { key, step, stage } => {
            let (name, change) = match key {
                Key::Session => ("session", session as fn(&Value, Step) -> Result<Value, String>),
                Key::Origin => ("origin", origin as fn(&Value, Step) -> Result<Value, String>),
                Key::Password => ("password", password as fn(&Value, Step) -> Result<Value, String>),
            };
            let id = format!("palad/{stage}/{name}");
            let changed = change(&stored(&id)?, *step)?;
            store("put-secret-value", &["--secret-id", &id], &changed)?;
            line(format_args!("{id} is changed. Now deploy with SecretsGeneration raised by one."));
            if *step == Step::Switch && *key == Key::Session {
                line("Retire the old key when its last session has ended: after eight hours.");
            }
            if *step == Step::Switch && *key == Key::Password {
                line(
                    "When that is deployed: wrap-passwords. Retire the old pepper when that says that none needs it.",
                );
            }
            Ok(())
        }
    }
}

/// The secrets of a new installation.
fn made() -> Result<[(&'static str, Value); 4], String> {
    let (signing, verifying) = pair("k1")?;
    let origin = token()?;
    Ok([
        ("password", json!({ "pepper": format!("k1:{}", token()?) })),
        ("session", json!({ "signing_key": signing, "verifying_keys": verifying })),
        ("origin", json!({ "sent": origin, "taken": origin })),
        ("links", json!({ "keys": format!("k1:{}", token()?) })),
    ])
}

/// The session's keys after a step. Three are known at most: the one before, this one, the next.
fn session(now: &Value, step: Step) -> Result<Value, String> {
    let text = |name: &str| now[name].as_str().map(str::to_owned).ok_or(format!("the secret has no {name}"));
    let (signing, known) = (text("signing_key")?, text("verifying_keys")?);
    let id = |key: &str| key.split(':').next().unwrap_or_default().to_owned();
    match step {
        Step::Next => {
            if now["next_signing_key"].is_string() {
                return Err("a next key is there already: switch to it".to_owned());
            }
            let number = id(&signing).trim_start_matches('k').parse::<u32>().unwrap_or(0) + 1;
            let (next, verifying) = pair(&format!("k{number}"))?;
            Ok(json!({
                "signing_key": signing, "next_signing_key": next, "verifying_keys": format!("{known} {verifying}"),
            }))
        }
        Step::Switch => {
            let next =
                text("next_signing_key").map_err(|_| "there is no next key: begin with `next`".to_owned())?;
            Ok(json!({ "signing_key": next, "verifying_keys": known }))
        }
        Step::Retire => {
            if now["next_signing_key"].is_string() {
                return Err("the old key is still in use: `switch` first".to_owned());
            }
            let kept: Vec<&str> = known.split_whitespace().filter(|key| id(key) == id(&signing)).collect();
            Ok(json!({ "signing_key": signing, "verifying_keys": kept.join(" ") }))
        }
    }
}

/// The CDN's secret after a step.
fn origin(now: &Value, step: Step) -> Result<Value, String> {
    let text = |name: &str| now[name].as_str().map(str::to_owned).ok_or(format!("the secret has no {name}"));
    let (sent, taken) = (text("sent")?, text("taken")?);
    let other = taken.split_whitespace().find(|secret| *secret != sent).map(str::to_owned);
    match (step, other) {
        (Step::Next, None) => Ok(json!({ "sent": sent, "taken": format!("{sent} {}", token()?) })),
        (Step::Next, Some(_)) => Err("two are known already: `switch`, or `retire` the old one".to_owned()),
        (Step::Switch, Some(next)) => Ok(json!({ "sent": next, "taken": taken })),
        (Step::Switch, None) => Err("there is no next one: begin with `next`".to_owned()),
        (Step::Retire, _) => Ok(json!({ "sent": sent, "taken": sent })),
    }
}

/// How many peppers functions take.
const PEPPERS_MAX: usize = 4;

/// The peppers after a step: the one in use stands first, and newer ones have higher numbers.
fn password(now: &Value, step: Step) -> Result<Value, String> {
    let peppers = now["pepper"].as_str().ok_or("the secret has no pepper")?;
    let known: Vec<&str> = peppers.split_whitespace().collect();
    let number = |key: &str| {
        let id = key.split(':').next().unwrap_or_default();
        id.trim_start_matches('k').parse::<u32>().unwrap_or(0)
    };
    let current = *known.first().ok_or("the secret has no pepper")?;
    let next = known.iter().copied().find(|key| number(key) > number(current));
    let peppers = match (step, next) {
        (Step::Next, None) if known.len() == PEPPERS_MAX => {
            return Err("as many are known as can be: retire the old ones first".to_owned());
        }
        (Step::Next, None) => format!("{peppers} k{}:{}", number(current) + 1, token()?),
        (Step::Next, Some(_)) => return Err("a next pepper is there already: switch to it".to_owned()),
        (Step::Switch, Some(next)) => {
            let others = known.iter().filter(|key| **key != next).copied();
            std::iter::once(next).chain(others).collect::<Vec<_>>().join(" ")
        }
        (Step::Switch, None) => return Err("there is no next pepper: begin with `next`".to_owned()),
        (Step::Retire, None) => current.to_owned(),
        (Step::Retire, Some(_)) => return Err("the old pepper is still in use: `switch` first".to_owned()),
    };
    Ok(json!({ "pepper": peppers }))
}

/// A key to sign with and the one to verify with, by name.
fn pair(id: &str) -> Result<(String, String), String> {
    let seed: [u8; 32] = bytes()?;
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| format!("{id}:{}", BASE64URL_NOPAD.encode(bytes));
    Ok((text(&seed), text(pair.public_key().as_ref())))
}

fn token() -> Result<String, String> {
    bytes::<32>().map(|bytes| BASE64URL_NOPAD.encode(&bytes))
}

fn bytes<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| "the system gives no random bytes".to_owned())?;
    Ok(bytes)
}

fn stored(id: &str) -> Result<Value, String> {
    let mut aws = Command::new("aws");
    aws.args([
        "secretsmanager",
        "get-secret-value",
        "--secret-id",
        id,
        "--query",
        "SecretString",
        "--output",
        "text",
    ]);
    serde_json::from_str(&printed(aws)?).map_err(|_| format!("{id} holds something else than was put there"))
}

fn store(call: &str, which: &[&str], value: &Value) -> Result<(), String> {
    let mut aws = Command::new("aws");
    aws.args(["secretsmanager", call]).args(which).args(["--secret-string", "file:///dev/stdin"]);
    // What it prints names the secret and its version; nobody needs it.
    let mut child = aws
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("needs the AWS command line: {}", could_not(&aws, &error)))?;
    let written = child.stdin.take().map(|mut pipe| pipe.write_all(value.to_string().as_bytes()));
    let status = child.wait().map_err(|error| error.to_string())?;
    match written {
        Some(Ok(())) if status.success() => Ok(()),
        _ => Err(format!("aws secretsmanager {call}: {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(secret: &Value, name: &str) -> usize {
        secret[name].as_str().expect("a text").split_whitespace().count()
    }

    #[test]
    fn a_session_key_is_known_before_it_signs_and_after() {
        let [_, (_, first), _, _] = made().expect("secrets");
        assert!(session(&first, Step::Switch).is_err(), "there is nothing to switch to");
        let next = session(&first, Step::Next).expect("a next key");
        assert_eq!(
            (next["signing_key"].clone(), known(&next, "verifying_keys")),
            (first["signing_key"].clone(), 2)
        );
        assert!(session(&next, Step::Next).is_err() && session(&next, Step::Retire).is_err());
        let switched = session(&next, Step::Switch).expect("switched");
        assert_eq!(
            (switched["signing_key"].clone(), known(&switched, "verifying_keys")),
            (next["next_signing_key"].clone(), 2)
        );
        assert!(switched["next_signing_key"].is_null());
        let retired = session(&switched, Step::Retire).expect("retired");
        assert_eq!(known(&retired, "verifying_keys"), 1);
        let id = |key: &Value| key.as_str().and_then(|key| key.split(':').next()).expect("an id").to_owned();
        assert_eq!(
            (id(&retired["signing_key"]), id(&retired["verifying_keys"])),
            ("k2".to_owned(), "k2".to_owned())
        );
    }

    #[test]
    fn a_pepper_is_known_before_it_is_used_and_until_it_is_retired() {
        let [(_, first), _, _, _] = made().expect("secrets");
        let ids = |secret: &Value| -> Vec<String> {
            let text = secret["pepper"].as_str().expect("a text");
            text.split_whitespace().map(|key| key.split(':').next().expect("an id").to_owned()).collect()
        };
        assert!(password(&first, Step::Switch).is_err());
        let next = password(&first, Step::Next).expect("a next pepper");
        assert_eq!(ids(&next), ["k1", "k2"]);
        assert!(password(&next, Step::Next).is_err() && password(&next, Step::Retire).is_err());
        let switched = password(&next, Step::Switch).expect("switched");
        assert_eq!(ids(&switched), ["k2", "k1"]);
        assert!(password(&switched, Step::Switch).is_err(), "not back again");
        assert_eq!(ids(&password(&switched, Step::Next).expect("a next pepper")), ["k2", "k1", "k3"]);
        let full = json!({ "pepper": "k4:D k3:C k2:B k1:A" });
        assert!(password(&full, Step::Next).is_err());
        assert_eq!(ids(&password(&switched, Step::Retire).expect("retired")), ["k2"]);
    }

    #[test]
    fn what_the_cdn_sends_is_always_taken() {
        let [_, _, (_, mut secret), _] = made().expect("secrets");
        let first = secret["sent"].clone();
        assert!(origin(&secret, Step::Switch).is_err());
        for step in [Step::Next, Step::Switch, Step::Retire] {
            secret = origin(&secret, step).expect("a step");
            let sent = secret["sent"].as_str().expect("a text");
            assert!(secret["taken"].as_str().expect("a text").split_whitespace().any(|taken| taken == sent));
        }
        assert_ne!(secret["sent"], first);
        assert_eq!(known(&secret, "taken"), 1);
    }
}
