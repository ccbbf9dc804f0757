//! Identifiers in the forms that AWS services give them.

use palad_environment::Random;

/// A random identifier in the form of a UUID.
pub(crate) fn uuid(random: &Random) -> String {
    let mut bytes = random.bytes::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The MD5 of a text, by which a queue's client checks what it sent.
pub(crate) fn md5(text: &str) -> String {
    use md5::{Digest, Md5};
    data_encoding::HEXLOWER.encode(&Md5::digest(text.as_bytes()))
}
