//! Whether a call may be heard at all, before any handler sees it.
//!
//! Default deny: every method but GET and HEAD must come from a page of our own. Browsers say so
//! in `Sec-Fetch-Site`, which no page can set; older ones say their `Origin`. The `Host` header is
//! no measure, for whoever sends the call may choose it. Signing in is a changing call like any
//! other, so nobody can be signed in to somebody else's account unawares.

use lambda_http::http::{HeaderMap, Method};
use subtle::ConstantTimeEq;

use crate::edge::Edge;
use crate::problem::ApiError;

/// The header that only our CDN adds, with a value that only it and we know.
const ORIGIN_SECRET: &str = "x-origin-secret";

/// Lets a call through or says why not.
pub(crate) fn admit(edge: &Edge, method: &Method, headers: &HeaderMap) -> Result<(), ApiError> {
    if !edge.origin_secrets().is_empty() && !came_through_cdn(edge, headers) {
        return Err(ApiError::not_our_origin());
    }
    if *method == Method::GET || *method == Method::HEAD || is_same_origin(edge, headers) {
        Ok(())
    } else {
        Err(ApiError::not_our_origin())
    }
}

/// Whether our CDN sent this call: false where no secret is configured, for then nobody proves it.
pub(crate) fn came_through_cdn(edge: &Edge, headers: &HeaderMap) -> bool {
    let Some(given) = only(headers, ORIGIN_SECRET) else { return false };
    // Every secret is compared, and each in constant time.
    edge.origin_secrets()
        .iter()
        .fold(false, |found, secret| found | bool::from(secret.as_bytes().ct_eq(given)))
}

fn is_same_origin(edge: &Edge, headers: &HeaderMap) -> bool {
    if headers.contains_key("sec-fetch-site") {
        return only(headers, "sec-fetch-site") == Some(b"same-origin".as_slice());
    }
    only(headers, "origin")
        .and_then(|origin| std::str::from_utf8(origin).ok())
        .is_some_and(|origin| edge.is_ours(origin))
}

/// The value of a header that is there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    values.next().is_none().then_some(first.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use palad_environment::Variables;

    use super::*;

    fn edge(secret: &str) -> Edge {
        let map = [
            ("STAGE", "test"),
            ("SITE_ORIGIN", "https://palad.test https://www.palad.test"),
            ("ORIGIN_SECRET", secret),
        ];
        let map: BTreeMap<String, String> =
            map.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        Edge::from_environment(&Variables::of_map(map)).expect("an edge")
    }

    fn admitted(edge: &Edge, method: Method, headers: &[(&'static str, &'static str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a value"));
        }
        admit(edge, &method, &map).is_ok()
    }

    #[test]
    fn changing_calls_come_from_our_own_pages() {
        let edge = edge("");
        for method in
            [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE]
        {
            let ok = |headers: &[(&'static str, &'static str)]| admitted(&edge, method.clone(), headers);
            assert!(ok(&[("sec-fetch-site", "same-origin")]));
            assert!(ok(&[("origin", "https://palad.test")]));
            assert!(ok(&[("origin", "https://www.palad.test")]));
            assert!(!ok(&[]));
            for site in ["cross-site", "same-site", "none", "", "SAME-ORIGIN", "same-origin, cross-site"] {
                assert!(!ok(&[("sec-fetch-site", site), ("origin", "https://palad.test")]), "{site}");
            }
            assert!(!ok(&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")]));
            for origin in [
                "null",
                "http://palad.test",
                "https://palad.test:444",
                "https://palad.test.evil.test",
                "https://PALAD.test",
                "",
            ] {
                assert!(!ok(&[("origin", origin), ("host", "palad.test")]), "{origin}");
            }
        }
        assert!(admitted(&edge, Method::GET, &[("sec-fetch-site", "cross-site")]));
        assert!(admitted(&edge, Method::HEAD, &[]));
    }

    #[test]
    fn with_a_cdn_in_front_every_call_shows_its_secret() {
        let edge = edge("old-secret new-secret");
        for secret in ["old-secret", "new-secret"] {
            assert!(admitted(&edge, Method::GET, &[("x-origin-secret", secret)]));
            assert!(
                !admitted(&edge, Method::POST, &[("x-origin-secret", secret)]),
                "the page's origin is still asked"
            );
        }
        for wrong in ["", "old-secre", "old-secret new-secret", "OLD-SECRET"] {
            assert!(!admitted(&edge, Method::GET, &[("x-origin-secret", wrong)]), "{wrong}");
        }
        assert!(!admitted(&edge, Method::GET, &[]));
    }
}
