//! The browser that asks, by the token in its device cookie.

mod name;

use data_encoding::BASE64URL_NOPAD;
use lambda_http::http::header;
use palad_environment::Random;
use ring::digest;

use crate::cookie::Cookie;
use crate::request::Request;

/// A browser. Only the hash of its token is ever stored.
#[derive(Clone)]
pub struct Device {
    token: String,
    name: String,
}

impl Device {
    /// The browser's own token, or a new one where it has none of the right form.
    #[must_use]
    pub fn of(request: &Request, random: &Random) -> Self {
        let token = request
            .cookie(Cookie::DEVICE)
            .filter(|token| BASE64URL_NOPAD.decode(token.as_bytes()).is_ok_and(|bytes| bytes.len() == 32));
        let says = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self {
            token: token.map_or_else(|| random.token(), str::to_owned),
            name: name::name(says.unwrap_or_default()),
        }
    }

    /// What its owner knows it by, such as `Chrome, Windows`; empty where nobody can tell.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands for it in the store.
    #[must_use]
    pub fn hash(&self) -> String {
        BASE64URL_NOPAD.encode(digest::digest(&digest::SHA256, self.token.as_bytes()).as_ref())
    }

    /// The cookie that brings it back.
    #[must_use]
    pub fn cookie(&self) -> Cookie {
        Cookie::device(&self.token)
    }
}
