//! The pictures of the manual: taken from the real screens by the browser tests (`npm run pictures`).

use crate::Lang;

/// Pixels of a picture for each two of the page: letters stay sharp on good screens.
const SHARPNESS: u32 = 3;

/// A picture of one step, in both languages.
pub(crate) struct Picture {
    /// Its short name.
    pub(crate) name: &'static str,
    th: &'static [u8],
    en: &'static [u8],
}

macro_rules! pictures {
    ($($name:literal),* $(,)?) => {
        /// All of them, in the order of the manual.
        pub(crate) const ALL: &[Picture] = &[$(Picture {
            name: $name,
            th: include_bytes!(concat!("pictures/th/", $name, ".webp")),
            en: include_bytes!(concat!("pictures/en/", $name, ".webp")),
        }),*];
    };
}

pictures!("home", "register", "code", "sign-in", "tools", "add", "form", "vacant", "record");

impl Picture {
    /// Its bytes, as WebP.
    pub(crate) fn bytes(&self, lang: Lang) -> &'static [u8] {
        match lang {
            Lang::Thai => self.th,
            Lang::English => self.en,
        }
    }
}

/// The size at which the picture `name` is shown, known before it is there, so that nothing jumps.
pub(crate) fn size(name: &str, lang: Lang) -> Option<(u32, u32)> {
    let picture = ALL.iter().find(|picture| picture.name == name)?;
    let (width, height) = pixels(picture.bytes(lang))?;
    Some((width * 2 / SHARPNESS, height * 2 / SHARPNESS))
}

/// The pixels of a WebP file as browsers write it: with a header that says its size.
fn pixels(webp: &[u8]) -> Option<(u32, u32)> {
    let extended = webp.starts_with(b"RIFF") && webp.get(8..16) == Some(b"WEBPVP8X");
    let three = |at: usize| match webp.get(at..at + 3) {
        Some([low, middle, high]) => Some(u32::from_le_bytes([*low, *middle, *high, 0]) + 1),
        _ => None,
    };
    if extended { Some((three(24)?, three(27)?)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_says_its_size_and_is_small() {
        for picture in ALL {
            for lang in Lang::ALL {
                let (width, height) = size(picture.name, lang).expect("a WebP file of a browser");
                assert_eq!(width, 720, "{} {lang:?}", picture.name);
                assert!((100..2000).contains(&height), "{} {lang:?}: {height}", picture.name);
                assert!(picture.bytes(lang).len() < 60_000, "{} {lang:?}", picture.name);
            }
        }
        assert_eq!(pixels(b"RIFF....WEBPVP8X...."), None);
    }
}
