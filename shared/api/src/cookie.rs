//! The two cookies, always with the same guards: `__Host-` ties them to this host over TLS, and
//! no script and no other site's page can use them.

use jiff::SignedDuration;

/// A cookie to set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie(String);

impl Cookie {
    /// The name of the session cookie.
    pub const SESSION: &'static str = "__Host-sid";
    /// The name of the cookie by which a device is known again.
    pub const DEVICE: &'static str = "__Host-device";

    /// How long a device is remembered: as long as browsers keep any cookie.
    const DEVICE_DAYS: i64 = 400;

    fn of(name: &str, value: &str, max_age: SignedDuration) -> Self {
        // Values are ours (base64url, dots, colons); anything that could end the value is dropped.
        let value: String =
            value.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.~:".contains(*c)).collect();
        let seconds = max_age.as_secs().max(0);
        Self(format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict"))
    }

    /// A session token, to be kept for `max_age`.
    #[must_use]
    pub fn session(token: &str, max_age: SignedDuration) -> Self {
        Self::of(Self::SESSION, token, max_age)
    }

    /// Takes the session away.
    #[must_use]
    pub fn no_session() -> Self {
        Self::of(Self::SESSION, "", SignedDuration::ZERO)
    }

    /// Marks this device as known, for 400 days.
    #[must_use]
    pub fn device(value: &str) -> Self {
        Self::of(Self::DEVICE, value, SignedDuration::from_hours(24 * Self::DEVICE_DAYS))
    }

    /// The value of the `Set-Cookie` header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cookie_has_every_guard() {
        for cookie in [
            Cookie::session("a.b.c", SignedDuration::from_mins(30)),
            Cookie::no_session(),
            Cookie::device("d_-1"),
        ] {
            assert!(cookie.as_str().starts_with("__Host-"));
            assert!(cookie.as_str().ends_with("; Secure; HttpOnly; SameSite=Strict"));
            assert!(cookie.as_str().contains("; Path=/; Max-Age="));
            assert!(!cookie.as_str().contains("Domain"));
        }
        assert!(
            Cookie::session("a.b.c", SignedDuration::from_mins(30))
                .as_str()
                .starts_with("__Host-sid=a.b.c; Path=/; Max-Age=1800;")
        );
        assert!(Cookie::no_session().as_str().starts_with("__Host-sid=; Path=/; Max-Age=0;"));
        assert!(Cookie::device("d").as_str().contains("Max-Age=34560000;"));
        assert!(Cookie::device("a; Domain=x").as_str().starts_with("__Host-device=aDomainx;"));
    }
}
