//! Changing the pepper: what stands under an older one is wrapped, or sealed anew, under the current one.

use std::fmt;

use palad_domain::province::Province;
use palad_domain::staff::{StaffAccount, StaffPlace};
use palad_environment::{Random, Variables};
use palad_password::{Hasher, Pepper, Wrapped, recovery_purpose, totp_purpose};
use palad_store::{Aws, StoredSecrets};

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// Accounts of agencies and of staff together.
    pub accounts: usize,
    /// Of which so many were changed now.
    pub changed: usize,
    /// Of which so many changed at the same moment, and are to be looked at again.
    pub missed: usize,
    /// Of which so many still need an older pepper, until their password is typed or set anew.
    pub wait: usize,
}

impl fmt::Display for Rewrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { accounts, changed, missed, wait } = self;
        write!(f, "{accounts} accounts: {changed} were wrapped or sealed anew")?;
        if *missed > 0 {
            write!(f, ", {missed} changed meanwhile (run this again)")?;
        }
        match wait {
            0 => write!(f, ". None needs an older pepper."),
            _ => write!(f, ". {wait} still need an older pepper, until their password is typed or set anew."),
        }
    }
}

/// The one who does it.
struct Wrapper {
    secrets: StoredSecrets,
    pepper: Pepper,
    hasher: Hasher,
    random: Random,
    done: Rewrapped,
}

/// Wraps every password hash and seals every secret anew that does not stand under the current pepper. Needs no
/// password; doing it twice does no harm.
///
/// # Errors
/// Why it broke off, in one sentence; what was done until then stays done.
pub async fn wrap_passwords(variables: &Variables, random: Random) -> Result<Rewrapped, String> {
    let failed = |error: &dyn fmt::Display| error.to_string();
    let aws = Aws::from_environment(variables).map_err(|error| failed(&error))?;
    let pepper = Pepper::from_environment(variables).map_err(|error| failed(&error))?;
    let mut wrapper = Wrapper {
        secrets: StoredSecrets::from_environment(&aws, variables).map_err(|error| failed(&error))?,
        hasher: Hasher::new(pepper.clone(), random.clone()),
        pepper,
        random,
        done: Rewrapped::default(),
    };
    for province in Province::all() {
        wrapper.agencies(province).await?;
        wrapper.staff(&StaffPlace::Province { province: province.code() }).await?;
    }
    wrapper.staff(&StaffPlace::Central).await?;
    Ok(wrapper.done)
}

impl Wrapper {
    async fn agencies(&mut self, province: Province) -> Result<(), String> {
        let hashes = self.secrets.of_agencies(province.code()).await;
        for (code, seen) in hashes.map_err(|error| error.to_string())? {
            let wrapped = self.hasher.wrap(&seen).map_err(|error| format!("account of {code}: {error}"))?;
            let replaced = match &wrapped {
                Wrapped::Already => None,
                Wrapped::Anew(wrapped) => Some(self.secrets.replace(&code, &seen, wrapped).await),
            };
            let replaced = replaced.transpose().map_err(|error| error.to_string())?;
            self.count(replaced, self.hasher.is_current(&seen));
        }
        Ok(())
    }

    async fn staff(&mut self, place: &StaffPlace) -> Result<(), String> {
        let accounts = self.secrets.of_staff(place).await.map_err(|error| error.to_string())?;
        for seen in accounts {
            let renewed = self.renewed(&seen).map_err(|error| {
                // By its key, for an address is personal.
                format!("staff account {}: {error}", seen.id.as_str())
            })?;
            let replaced = match renewed == seen {
                true => None,
                false => Some(self.secrets.replace_staff(&seen, &renewed).await),
            };
            let replaced = replaced.transpose().map_err(|error| error.to_string())?;
            self.count(replaced, self.hasher.is_current(&seen.passphrase_hash));
        }
        Ok(())
    }

    fn renewed(&self, seen: &StaffAccount) -> Result<StaffAccount, String> {
        let mut renewed = seen.clone();
        if let Wrapped::Anew(hash) = self.hasher.wrap(&seen.passphrase_hash).map_err(|e| e.to_string())? {
            renewed.passphrase_hash = hash;
        }
        let reseal = |purpose: &str, sealed: &mut String| {
            let resealed = self.pepper.reseal(&self.random, purpose, sealed).map_err(|e| e.to_string())?;
            *sealed = resealed.unwrap_or_else(|| std::mem::take(sealed));
            Ok::<(), String>(())
        };
        reseal(&totp_purpose(&seen.id), &mut renewed.totp_sealed)?;
        for sealed in &mut renewed.recovery_sealed {
            reseal(&recovery_purpose(&seen.id), sealed)?;
        }
        Ok(renewed)
    }

    fn count(&mut self, replaced: Option<bool>, is_current: bool) {
        self.done.accounts += 1;
        self.done.changed += usize::from(replaced == Some(true));
        self.done.missed += usize::from(replaced == Some(false));
        self.done.wait += usize::from(!is_current);
    }
}
