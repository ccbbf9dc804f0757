//! Recovery codes: for the day on which the telephone with the app is gone. Each works once.
//!
//! They are kept as hashes, and the hashes sealed: so that a stolen table tells nothing, and that all of them can
//! be sealed anew when the pepper changes.

use data_encoding::BASE64URL_NOPAD;
use palad_api::ApiError;
use palad_domain::crockford;
use palad_domain::staff::{RECOVERY_CODES, StaffAccount, StaffId};
use palad_environment::Random;
use palad_password::{Pepper, SealError, recovery_purpose};
use ring::digest;
use subtle::ConstantTimeEq;

/// New codes, as they are shown once.
pub(super) fn new_codes(random: &Random) -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| crockford::of_random(random.bytes())).collect()
}

/// The codes as they are stored.
pub(super) fn seal(
    pepper: &Pepper,
    random: &Random,
    id: &StaffId,
    codes: &[String],
) -> Result<Vec<String>, SealError> {
    codes.iter().map(|code| pepper.seal(random, &recovery_purpose(id), hash(code).as_bytes())).collect()
}

/// What is left of the account's codes without this one, as they are stored; none if it is not one of them.
pub(super) fn without(
    pepper: &Pepper,
    account: &StaffAccount,
    code: &str,
) -> Result<Option<Vec<String>>, ApiError> {
    let typed = hash(code);
    let mut left = Vec::with_capacity(account.recovery_sealed.len());
    for sealed in &account.recovery_sealed {
        let kept = pepper.open(&recovery_purpose(&account.id), sealed).map_err(ApiError::internal)?;
        if !bool::from(kept.ct_eq(typed.as_bytes())) {
            left.push(sealed.clone());
        }
    }
    Ok((left.len() < account.recovery_sealed.len()).then_some(left))
}

fn hash(code: &str) -> String {
    BASE64URL_NOPAD.encode(digest::digest(&digest::SHA256, code.as_bytes()).as_ref())
}
