//! An electronic mail address.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::say::{Say, say};

/// A mail address, in lower case, in the form that mail services accept.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The longest address that can be delivered to (RFC 5321).
pub const EMAIL_MAX: usize = 254;

impl Email {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough for its owner to recognise it, too little for a stranger: `s…n@maeyom.test`. Of a short name only the
    /// first letter is shown, for two would be most of it.
    #[must_use]
    pub fn hint(&self) -> String {
        const LONG_ENOUGH: usize = 4;
        let (local, host) = self.0.split_once('@').unwrap_or(("", &self.0));
        let first = local.chars().take(1);
        let last = local.chars().last().filter(|_| local.chars().count() >= LONG_ENOUGH);
        format!("{}…{}@{host}", first.collect::<String>(), last.map(String::from).unwrap_or_default())
    }
}

// An address is personal: it is not printed by accident.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl FromStr for Email {
    type Err = Say;

    /// Thai digits, full-width letters' digits and stray white space are mended; the rest is checked.
    fn from_str(text: &str) -> Result<Self, Say> {
        let folded = palad_thai::digits::fold_digits(text.trim()).to_lowercase();
        if folded.is_empty() {
            return Err(say("กรุณากรอกอีเมล", "Enter an e-mail address."));
        }
        let plain = folded.is_ascii()
            && folded.len() <= EMAIL_MAX
            && !folded.contains(['"', '<', '>', ',', ';', '(', ')']);
        let options = email_address::Options::default()
            .with_required_tld()
            .without_domain_literal()
            .without_display_text();
        if plain && email_address::EmailAddress::parse_with_options(&folded, options).is_ok() {
            Ok(Self(folded))
        } else {
            Err(say(
                "อีเมลไม่ถูกต้อง ให้กรอกในรูปแบบ name@example.go.th",
                "The e-mail address is not right. Write it like name@example.go.th.",
            ))
        }
    }
}

impl TryFrom<String> for Email {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|say: Say| say.en.into_owned())
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_mended_or_refused() {
        assert_eq!(
            " Saraban๕๕@MaeYom.Test ".parse::<Email>().map(String::from),
            Ok("saraban55@maeyom.test".to_owned())
        );
        for bad in [
            "",
            "a",
            "a@",
            "@b.test",
            "a b@c.test",
            "a@localhost",
            "<a@b.test>",
            "a@b.test,c@d.test",
            "ก@ข.test",
            "a@[127.0.0.1]",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_not_printed_whole() {
        let email: Email = "saraban@maeyom.test".parse().expect("an address");
        assert!(!format!("{email:?}").contains("saraban"));
        assert_eq!(email.hint(), "s…n@maeyom.test");
        let short: Email = "som@maeyom.test".parse().expect("an address");
        assert_eq!(short.hint(), "s…@maeyom.test");
    }
}
