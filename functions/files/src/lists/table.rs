//! A table as spreadsheets open it by a double click: with a byte order mark, without which Excel takes it for
//! another encoding, and with every cell in quotes.
//!
//! No cell is a formula. What is written with digits alone and begins with a zero would lose it; telephone numbers
//! have their dashes, and codes begin with none.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use palad_domain::spreadsheet::harmless;

/// A table being written, in memory: the whole country is some megabytes.
pub(crate) struct Table {
    writer: Writer<Vec<u8>>,
    rows: usize,
}

impl Table {
    /// A table with this heading and no rows yet.
    pub(crate) fn new<const N: usize>(heading: [&str; N]) -> Self {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Always)
            .from_writer("\u{feff}".as_bytes().to_vec());
        // Memory takes whatever is written, and every row has as many cells as the heading.
        let _ = writer.write_record(heading);
        Self { writer, rows: 0 }
    }

    /// Adds a row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        let _ = self.writer.write_record(cells.map(|cell| harmless(cell).into_owned()));
        self.rows += 1;
    }

    /// How many rows there are, without the heading.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The table as a file.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_as_spreadsheets_want_it_and_does_nothing() {
        let mut table = Table::new(["รหัส", "ชื่อ"]);
        table.row(["540101", "=HYPERLINK(\"http://evil.test\")"]);
        table.row(["0-5453-4119", "สอง\nบรรทัด, \"อ้าง\""]);
        assert_eq!(table.rows(), 2);
        assert_eq!(
            String::from_utf8(table.into_bytes()).expect("UTF-8"),
            "\u{feff}\"รหัส\",\"ชื่อ\"\r\n\"540101\",\"'=HYPERLINK(\"\"http://evil.test\"\")\"\r\n\"0-5453-4119\",\"สอง\nบรรทัด, \"\"อ้าง\"\"\"\r\n"
        );
    }
}
