//! One-time codes of an authenticator app (RFC 6238): six digits, half a minute, SHA-1, one step of tolerance.
//!
//! SHA-1 because apps take nothing else for granted; its weakness is in collisions, which do not matter here.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use palad_api::ApiError;
use palad_domain::email::Email;
use palad_domain::staff::StaffId;
use palad_environment::Random;
use palad_password::{Pepper, SealError, totp_purpose};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Totp};

/// As long as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// The name under which apps list the code.
const ISSUER: &str = "Palad";
/// What an address may show as it is in a URI.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// The secret that an officer's app shares with us.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct TotpSecret([u8; SECRET_BYTES]);

impl TotpSecret {
    /// The secrets that belong to an invitation, one for each pepper that is known, the current one's first.
    ///
    /// They follow from the token and the pepper: so showing one stores nothing, the same link shows the same
    /// one, and neither the mail nor the table alone tells it.
    pub(super) fn of_invitation(pepper: &Pepper, token: &str) -> impl Iterator<Item = Self> {
        pepper
            .derive("totp", token)
            .filter_map(|bytes| bytes.first_chunk::<SECRET_BYTES>().copied())
            .map(Self)
    }

    /// As it is stored.
    pub(super) fn seal(&self, pepper: &Pepper, random: &Random, id: &StaffId) -> Result<String, SealError> {
        pepper.seal(random, &totp_purpose(id), &self.0)
    }

    /// From what is stored.
    pub(super) fn open(pepper: &Pepper, id: &StaffId, sealed: &str) -> Result<Self, ApiError> {
        let bytes = pepper.open(&totp_purpose(id), sealed).map_err(ApiError::internal)?;
        bytes.try_into().map(Self).map_err(|_| ApiError::internal("a secret of another length"))
    }

    /// The time step whose code this is, now or one step before or after.
    pub(super) fn step_of(&self, code: &str, now: Timestamp) -> Result<Option<u64>, ApiError> {
        let seconds = u64::try_from(now.as_second()).map_err(ApiError::internal)?;
        Ok(self.totp()?.check(code, seconds))
    }

    /// As it is typed into an app by hand.
    pub(super) fn base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// As apps read it from a QR code.
    pub(super) fn uri(&self, email: &Email) -> String {
        let (account, secret) = (utf8_percent_encode(email.as_str(), &PLAIN), self.base32());
        format!(
            "otpauth://totp/{ISSUER}:{account}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30"
        )
    }

    fn totp(&self) -> Result<Totp, ApiError> {
        // Six digits, thirty seconds, SHA-1 and one step of tolerance are what the builder begins with; the
        // test holds them.
        Builder::new().with_secret(self.0).build().map_err(ApiError::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const RFC: TotpSecret = TotpSecret(*b"12345678901234567890");

    fn step(code: &str, second: i64) -> Option<u64> {
        let now = Timestamp::from_second(second).expect("a time");
        RFC.step_of(code, now).expect("a secret")
    }

    #[test]
    fn codes_are_those_of_the_rfc_and_one_step_of_tolerance_is_allowed() {
        // The last six of the eight digits that the RFC gives.
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let own = u64::try_from(second).expect("positive") / 30;
            for (later, wanted) in
                [(-60, None), (-30, Some(own)), (0, Some(own)), (30, Some(own)), (60, None)]
            {
                if second + later >= 0 {
                    assert_eq!(step(code, second + later), wanted, "{code} at {second} + {later}");
                }
            }
        }
        for bad in ["", "28708", "2870822", "+87082", "28708a"] {
            assert_eq!(step(bad, 59), None, "{bad}");
        }
    }

    #[test]
    fn an_app_reads_the_secret() {
        let email: Email = "som+sri@palad.test".parse().expect("an address");
        assert_eq!(
            RFC.uri(&email),
            "otpauth://totp/Palad:som%2Bsri@palad.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Palad&algorithm=SHA1&digits=6&period=30"
        );
    }
}
