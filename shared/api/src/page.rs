//! Opaque cursors: where a list goes on, as a word that clients hand back unread.
//!
//! A cursor is not secret and not signed: it may name only a position in a list that the caller
//! may see anyway, and the handler must take what it decodes as a caller's input.

use data_encoding::BASE64URL_NOPAD;
use palad_domain::fields::FieldErrors;
use palad_domain::say::say;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::ApiError;

/// Longer cursors are none of ours.
const MAX_LENGTH: usize = 1024;

/// Turns a position into a cursor.
///
/// # Errors
/// 500 when the position cannot be written, or not within 1,024 characters.
pub fn encode<T: Serialize>(position: &T) -> Result<String, ApiError> {
    let json =
        serde_json::to_vec(position).map_err(|error| ApiError::internal(format!("cursor: {error}")))?;
    let cursor = BASE64URL_NOPAD.encode(&json);
    if cursor.len() <= MAX_LENGTH { Ok(cursor) } else { Err(ApiError::internal("cursor: position too long")) }
}

/// Turns a cursor back into a position.
///
/// # Errors
/// 422 at `?cursor` when it is not one of this list's.
pub fn decode<T: DeserializeOwned>(cursor: &str) -> Result<T, ApiError> {
    let position = (cursor.len() <= MAX_LENGTH)
        .then(|| BASE64URL_NOPAD.decode(cursor.as_bytes()).ok())
        .flatten()
        .and_then(|json| serde_json::from_slice(&json).ok());
    position.ok_or_else(|| {
        ApiError::invalid(FieldErrors::one(
            "?cursor",
            say(
                "ตำแหน่งหน้าไม่ถูกต้อง กรุณากลับไปหน้าแรกของรายการ",
                "This is no place in the list. Go back to its first page.",
            ),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_comes_back_and_nothing_else_does() {
        let cursor = encode(&("แพร่", 20)).expect("a cursor");
        assert!(cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(decode::<(String, u32)>(&cursor).expect("a position"), ("แพร่".to_owned(), 20));
        for bad in ["", "x", "====", "bnVsbA", &cursor[1..], &"A".repeat(2000)] {
            let error = decode::<(String, u32)>(bad).expect_err(bad);
            assert_eq!(
                (error.status(), error.errors().iter().next().map(|e| e.pointer.as_str())),
                (422, Some("?cursor"))
            );
        }
        assert!(encode(&"x".repeat(2000)).is_err());
    }
}
