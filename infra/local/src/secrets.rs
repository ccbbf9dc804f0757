//! The secrets of one machine, made at the first start and kept in the data folder.
//!
//! In the cloud they come from Secrets Manager, by the references that stand in the template; here
//! a function gets, of these, the ones that the template gives it, and no others.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use palad_environment::Random;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::{Deserialize, Serialize};

use crate::template::Function;
use crate::{StartError, durable};

const FILE: &str = "secrets.json";

#[derive(Serialize, Deserialize)]
struct Kept {
    /// An Ed25519 seed of 32 bytes, base64url.
    session_signing_seed: String,
    /// 32 bytes, base64url; or, after a change, several with their names, the current one first, as in the
    /// variable.
    password_pepper: String,
    /// 32 bytes, base64url. Folders from before there were rounds have none; it is made then.
    #[serde(default)]
    link_key: Option<String>,
}

/// The values of the variables that are secrets.
pub(crate) struct Secrets(BTreeMap<&'static str, String>);

impl Secrets {
    /// Those of the folder; made if there are none yet.
    pub(crate) fn of(folder: &Path, random: &Random) -> Result<Self, StartError> {
        let failed = |error| StartError::Folder(folder.to_owned(), error);
        let damaged = |what: String| failed(Error::new(ErrorKind::InvalidData, what));
        let mut kept = match fs::read(folder.join(FILE)) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|error| damaged(format!("{FILE}: {error}")))?
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Kept { session_signing_seed: random.token(), password_pepper: random.token(), link_key: None }
            }
            Err(error) => return Err(failed(error)),
        };
        if kept.link_key.is_none() {
            kept.link_key = Some(random.token());
            let bytes = serde_json::to_vec_pretty(&kept).map_err(|error| failed(error.into()))?;
            durable::write(folder, FILE, &bytes).map_err(failed)?;
        }
        Self::derive(&kept).ok_or_else(|| damaged(format!("{FILE} holds no keys")))
    }

    fn derive(kept: &Kept) -> Option<Self> {
        let seed = BASE64URL_NOPAD.decode(kept.session_signing_seed.as_bytes()).ok()?;
        let public = Ed25519KeyPair::from_seed_unchecked(&seed).ok()?;
        let public = BASE64URL_NOPAD.encode(public.public_key().as_ref());
        let peppers = match kept.password_pepper.contains(':') {
            true => kept.password_pepper.clone(),
            false => format!("local-1:{}", kept.password_pepper),
        };
        Some(Self(BTreeMap::from([
            ("SESSION_SIGNING_KEY", format!("local-1:{}", kept.session_signing_seed)),
            ("SESSION_VERIFYING_KEYS", format!("local-1:{public}")),
            ("PASSWORD_PEPPER", peppers),
            ("LINK_KEY", format!("local-1:{}", kept.link_key.as_ref()?)),
        ])))
    }

    /// The function's variables, with the values of secrets in the place of references to them.
    pub(crate) fn fill(&self, function: &Function) -> Result<BTreeMap<String, String>, StartError> {
        let mut variables = function.environment.clone();
        for (name, value) in &mut variables {
            if value.contains("{{resolve:") {
                *value = self.0.get(name.as_str()).cloned().ok_or_else(|| {
                    let message = format!("{}: the local runner makes no secret {name}", function.resource);
                    StartError::Part("the functions", message)
                })?;
            }
        }
        Ok(variables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    #[test]
    fn secrets_are_kept_private_and_given_to_who_asks() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path();
        let template = Template::embedded(&BTreeMap::new()).expect("the templates");
        let login = template.functions.iter().find(|function| function.name == "login").expect("login");
        let variables =
            || Secrets::of(folder, &Random::default()).expect("secrets").fill(login).expect("variables");
        let first = variables();
        assert_eq!(first, variables(), "the same at the next start");
        assert_eq!(first["SESSION_SIGNING_KEY"].len(), "local-1:".len() + 43);
        assert_ne!(first["SESSION_SIGNING_KEY"], first["SESSION_VERIFYING_KEYS"]);
        let search = template.functions.iter().find(|function| function.name == "search").expect("search");
        let search =
            Secrets::of(folder, &Random::default()).expect("secrets").fill(search).expect("variables");
        assert!(!search.contains_key("SESSION_SIGNING_KEY") && !search.contains_key("PASSWORD_PEPPER"));
        // A folder from before there were links is given a key, and keeps the rest.
        let rounds = template.functions.iter().find(|function| function.name == "rounds").expect("rounds");
        let links = || {
            Secrets::of(folder, &Random::default()).expect("secrets").fill(rounds).expect("variables")["LINK_KEY"].clone()
        };
        let key = links();
        assert_eq!(key, links());
        let mut older: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join(FILE)).expect("the file")).expect("JSON");
        older.as_object_mut().expect("an object").remove("link_key");
        fs::write(folder.join(FILE), older.to_string()).expect("an older file");
        assert_ne!(links(), key);
        assert_eq!(first, variables());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(FILE)).expect("the file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(folder.join(FILE), "{}").expect("damage");
        assert!(Secrets::of(folder, &Random::default()).is_err());
    }
}
