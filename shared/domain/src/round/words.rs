//! Texts that the office writes for a round: checked, tidied, and never more than they need be.

use jiff::civil::Date;

use crate::say::{Say, say};

/// The longest title.
pub const TITLE_MAX: usize = 200;
/// The longest number of a letter, as in มท 0809.4/ว 123.
pub const LETTER_NUMBER_MAX: usize = 60;
/// The longest reason why an agency is excused.
pub const REASON_MAX: usize = 100;
/// The longest text of a step.
pub const TEXT_MAX: usize = 1000;
/// The longest note of a call.
pub const NOTE_MAX: usize = 300;
/// The longest name of a holiday.
pub const HOLIDAY_MAX: usize = 100;

/// One line, tidied, its digits in ASCII.
pub(super) fn line(text: Option<&str>, max: usize) -> Result<String, Say> {
    let text = text.unwrap_or_default();
    if palad_thai::text::has_control(text) {
        return Err(control());
    }
    let tidy = palad_thai::digits::fold_digits(&palad_thai::text::tidy(text).text);
    if tidy.is_empty() {
        return Err(say("กรุณากรอกช่องนี้", "Fill in this field."));
    }
    within(tidy, max)
}

/// A line that need not be there.
pub(super) fn optional_line(text: Option<&str>, max: usize) -> Result<Option<String>, Say> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => line(Some(text), max).map(Some),
        None => Ok(None),
    }
}

/// Several lines, each tidied; they need not be there.
pub(super) fn paragraph(text: Option<&str>, max: usize) -> Result<Option<String>, Say> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.lines().any(palad_thai::text::has_control) {
        return Err(control());
    }
    let lines: Vec<String> = text.lines().map(|line| palad_thai::text::tidy(line).text).collect();
    within(lines.join("\n"), max).map(Some)
}

/// A day as it is typed: with Thai digits, in Buddhist years, or as an ISO day.
pub(super) fn day(text: Option<&str>) -> Result<Date, Say> {
    palad_thai::date::parse_day(text.unwrap_or_default()).map(|parsed| parsed.day).map_err(|_| {
        say(
            "วันที่ไม่ถูกต้อง ให้กรอก วัน เดือน และปี พ.ศ. เช่น 31 มีนาคม 2566",
            "The date is not right. Give day, month and year, such as 2023-03-31.",
        )
    })
}

fn within(text: String, max: usize) -> Result<String, Say> {
    if text.chars().count() > max {
        return Err(say(
            format!("ยาวเกินไป กรอกได้ไม่เกิน {max} ตัวอักษร"),
            format!("Too long: at most {max} characters."),
        ));
    }
    Ok(text)
}

fn control() -> Say {
    say("มีอักขระที่มองไม่เห็น ให้ลบแล้วพิมพ์ใหม่", "There are control characters in it. Delete them and type it again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tidied_and_bounded() {
        assert_eq!(line(Some(" มท  ๐๘๐๙.๔/ว ๑๒๓ "), 60).as_deref(), Ok("มท 0809.4/ว 123"));
        assert!(line(Some(" "), 60).is_err() && line(None, 60).is_err());
        assert!(line(Some("ก\u{202E}ข"), 60).is_err() && line(Some("ก\nข"), 60).is_err());
        assert!(line(Some(&"ก".repeat(60)), 60).is_ok() && line(Some(&"ก".repeat(61)), 60).is_err());
        assert_eq!(
            paragraph(Some("บรรทัดแรก \r\n\n บรรทัดที่สาม"), 60),
            Ok(Some("บรรทัดแรก\n\nบรรทัดที่สาม".to_owned()))
        );
        assert_eq!((paragraph(Some("  "), 60), optional_line(Some("  "), 60)), (Ok(None), Ok(None)));
        assert!(
            day(Some("๓๑ มีนาคม ๒๕๖๖")).is_ok() && day(Some("31 กุมภาพันธ์ 2566")).is_err() && day(None).is_err()
        );
    }
}
