//! Words for people, always in both languages.

use std::borrow::Cow;

/// One sentence in Thai and in English. There is no way to give only one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// Thai, shown first.
    pub th: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

/// Says the same thing in Thai and in English.
pub fn say(th: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Say {
    Say { th: th.into(), en: en.into() }
}
