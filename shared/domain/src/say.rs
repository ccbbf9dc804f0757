//! Words for people, always in both languages.

use std::borrow::Cow;

use jiff::Timestamp;

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

/// Says when something is, in Bangkok: the day in the Buddhist era, and the time.
#[must_use]
pub fn moment(at: Timestamp) -> Say {
    let local = palad_thai::date::bangkok_time(at);
    let day = palad_thai::date::thai_day_plain(local.date());
    let (hour, minute) = (local.hour(), local.minute());
    say(
        format!("วันที่ {day} เวลา {hour:02}.{minute:02} น."),
        format!("{}, {hour:02}:{minute:02} in Bangkok", local.strftime("%-d %B %Y")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_as_it_is_in_bangkok() {
        let told = moment("2026-11-30T17:05:59Z".parse().expect("a time"));
        assert_eq!(told.th, "วันที่ 1 ธันวาคม 2569 เวลา 00.05 น.");
        assert_eq!(told.en, "1 December 2026, 00:05 in Bangkok");
    }
}
