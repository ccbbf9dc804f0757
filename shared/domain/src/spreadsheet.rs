//! What a spreadsheet makes of a cell: a table that people open must not do anything by itself.

use std::borrow::Cow;

/// What a cell may not begin with: a spreadsheet takes it for a formula, or reads past it to one.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell, marked as text where a spreadsheet would take it for a formula.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+66 2", "'+66 2"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\t=1", "'\t=1"),
            ("\r\n=1", "'\r\n=1"),
            ("\n=1", "'\n=1"),
            ("＝1", "'＝1"),
            ("0-5453-4119", "0-5453-4119"),
            ("", ""),
            ("แพร่", "แพร่"),
        ] {
            assert_eq!(harmless(cell), expected);
        }
    }
}
