//! The name under which a browser keeps what it downloads.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand unencoded in a name of RFC 8187.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// A `Content-Disposition` that has the file kept and not shown: in words for browsers that can read them, and in
/// plain letters for those that cannot.
pub(crate) fn kept_as(name: &str, plain: &str) -> String {
    let plain: String = plain.chars().filter(|c| c.is_ascii_alphanumeric() || "-._".contains(*c)).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, &PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_name_leaves_its_quotes() {
        let kept = kept_as("ยัง ไม่ตอบ\";\r\nx.csv", "owing\"; x=\r\n1.csv");
        assert_eq!(
            kept,
            "attachment; filename=\"owingx1.csv\"; filename*=UTF-8''%E0%B8%A2%E0%B8%B1%E0%B8%87%20%E0%B9%84%E0%B8%A1%E0%B9%88%E0%B8%95%E0%B8%AD%E0%B8%9A%22%3B%0D%0Ax.csv"
        );
    }
}
