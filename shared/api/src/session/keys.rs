//! Keys as they stand in the environment: `kid:base64url`, several separated by spaces.
//!
//! Three public keys may be known at once: the current one, the one before (until its last token
//! has ended) and the next (so that it is known everywhere before it signs).

use data_encoding::BASE64URL_NOPAD;

/// A named key of 32 bytes.
pub(super) type Key = (String, Vec<u8>);

pub(super) fn one(text: &str) -> Option<Key> {
    let (kid, key) = text.trim().split_once(':')?;
    let named = (1..=32).contains(&kid.len())
        && kid.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let key = BASE64URL_NOPAD.decode(key.trim_end_matches('=').as_bytes()).ok()?;
    (named && key.len() == 32).then(|| (kid.to_owned(), key))
}

pub(super) fn several(text: &str) -> Option<Vec<Key>> {
    let keys: Vec<Key> = text.split_whitespace().map(one).collect::<Option<_>>()?;
    let mut kids: Vec<&str> = keys.iter().map(|(kid, _)| kid.as_str()).collect();
    kids.sort_unstable();
    kids.dedup();
    ((1..=3).contains(&keys.len()) && kids.len() == keys.len()).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_and_whole() {
        let key = BASE64URL_NOPAD.encode(&[7; 32]);
        assert_eq!(one(&format!("k1:{key}")), Some(("k1".to_owned(), vec![7; 32])));
        for bad in [
            key.clone(),
            format!(":{key}"),
            "k1:".to_owned(),
            format!("k1:{}", &key[1..]),
            format!("k 1:{key}"),
        ] {
            assert_eq!(one(&bad), None, "{bad}");
        }
        assert_eq!(several(&format!("a:{key} b:{key}")).map(|keys| keys.len()), Some(2));
        assert_eq!(several(&format!("a:{key} a:{key}")), None, "one name for two keys");
        assert_eq!(several(""), None);
        assert_eq!(several(&format!("a:{key} b:{key} c:{key} d:{key}")), None);
    }
}
