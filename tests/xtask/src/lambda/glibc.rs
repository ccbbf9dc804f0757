//! Which C library a program needs: a function that was linked on a newer system than the one it runs
//! on does not start.

/// A version of the C library.
pub(crate) type Version = (u32, u32);

/// The one of Amazon Linux 2023, which is what functions run on.
pub(crate) const OF_LAMBDA: Version = (2, 34);

const NAME: &[u8] = b"GLIBC_";

/// The newest version that the program asks for, if it asks for any.
///
/// The linker writes the names of the versions as plain text (`GLIBC_2.17`) among the names of
/// symbols, so that no more of the format has to be known.
pub(crate) fn newest(program: &[u8]) -> Option<Version> {
    let mut newest = None;
    let mut rest = program;
    while let Some(at) = rest.windows(NAME.len()).position(|window| window == NAME) {
        rest = &rest[at + NAME.len()..];
        let length = rest.iter().position(|byte| !(byte.is_ascii_digit() || *byte == b'.'));
        let text = std::str::from_utf8(&rest[..length.unwrap_or(rest.len())]).unwrap_or_default();
        let mut numbers = text.split('.').map(str::parse::<u32>);
        if let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) {
            newest = newest.max(Some((major, minor)));
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_found() {
        assert_eq!(newest(b"\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.9\0"), Some((2, 34)));
        assert_eq!(newest(b"GLIBC_PRIVATE\0x"), None);
        assert_eq!(newest(b""), None);
        assert!(Some((2, 36)) > Some(OF_LAMBDA));
    }
}
