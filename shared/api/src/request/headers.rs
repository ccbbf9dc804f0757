//! What a call says in its headers: preconditions, its key, cookies, and where it comes from.

use std::net::{IpAddr, SocketAddr};

use lambda_http::http::{HeaderMap, header};
use palad_domain::record::Version;

use super::Request;
use crate::problem::ApiError;

impl Request {
    fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// The version that the caller read and now changes, from `If-Match`.
    ///
    /// # Errors
    /// 428 without the header. 400 for anything but one ETag as we write it: a weak one, a list
    /// or `*` would let a change through that was not made from the current record.
    pub fn if_match(&self) -> Result<Version, ApiError> {
        if !self.headers().contains_key(header::IF_MATCH) {
            return Err(ApiError::precondition_missing());
        }
        let version = self.header(header::IF_MATCH).map(str::trim).and_then(|text| {
            let version: Version = text.strip_prefix('"')?.strip_suffix('"')?.parse().ok()?;
            (format!("\"{version}\"") == text).then_some(version)
        });
        version.ok_or_else(ApiError::precondition_malformed)
    }

    /// The key under which this request is carried out once, however often it is sent.
    ///
    /// # Errors
    /// 400 when it is absent or not 1 to 64 visible ASCII characters.
    pub fn idempotency_key(&self) -> Result<String, ApiError> {
        self.optional_idempotency_key()?.ok_or_else(ApiError::idempotency_key_missing)
    }

    /// The key, where it is welcome and not required.
    ///
    /// # Errors
    /// 400 when it is there and not 1 to 64 visible ASCII characters.
    pub fn optional_idempotency_key(&self) -> Result<Option<String>, ApiError> {
        let Some(value) = self.headers().get("idempotency-key") else { return Ok(None) };
        let key = value.to_str().map_err(|_| ApiError::idempotency_key_missing())?;
        if (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Some(key.to_owned()))
        } else {
            Err(ApiError::idempotency_key_missing())
        }
    }

    /// The value of a cookie. One that is given twice counts as absent: nobody could say which is ours.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let headers = self.headers().get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut values = headers
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(given, _)| *given == name)
            .map(|(_, value)| value);
        let first = values.next().filter(|value| !value.is_empty())?;
        values.next().is_none().then_some(first)
    }
}

/// The address that the CDN saw: `198.51.100.10:46532`, or for IPv6 with or without brackets.
pub(super) fn viewer(headers: &HeaderMap) -> Option<IpAddr> {
    let text = headers.get("cloudfront-viewer-address")?.to_str().ok()?;
    let with_port: Result<SocketAddr, _> = text.parse();
    with_port.map(|address| address.ip()).ok().or_else(|| {
        let (address, port) = text.rsplit_once(':')?;
        port.parse::<u16>().ok()?;
        address.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_viewer_is_read_in_every_spelling() {
        let seen = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("cloudfront-viewer-address", text.parse().expect("a value"));
            viewer(&headers).map(|address| address.to_string())
        };
        assert_eq!(seen("198.51.100.10:46532").as_deref(), Some("198.51.100.10"));
        assert_eq!(seen("[2001:db8::1]:46532").as_deref(), Some("2001:db8::1"));
        assert_eq!(seen("2001:db8:0:0:0:0:0:1:46532").as_deref(), Some("2001:db8::1"));
        assert_eq!(seen("198.51.100.10"), None);
        assert_eq!(seen("nonsense"), None);
    }
}
