//! Who owes an answer, where to call, and what came of the last call.

use palad_store::ExportedLine;

use super::table::Table;
use super::words::{moment, standing};

const HEADING: [&str; 11] = [
    "รหัส",
    "ประเภท",
    "ชื่อหน่วยงาน",
    "อำเภอ",
    "จังหวัด",
    "สถานะ",
    "โทรศัพท์",
    "จำนวนครั้งที่โทร",
    "โทรครั้งล่าสุดเมื่อ",
    "ผลการโทรครั้งล่าสุด",
    "บันทึก",
];

/// Those of the list that owe, as a table.
pub(crate) fn table(lines: &[ExportedLine]) -> Table {
    let mut table = Table::new(HEADING);
    for ExportedLine { line, telephone, calls } in lines.iter().filter(|one| one.line.standing.owes()) {
        let last = calls.last();
        let outcome = last.map(|call| call.outcome.words().th).unwrap_or_default();
        table.row([
            line.code.as_str(),
            line.kind.abbreviation(),
            &line.view().full_name,
            &line.district,
            line.province.province().name(),
            standing(line.standing),
            telephone.as_deref().unwrap_or_default(),
            &calls.len().to_string(),
            &moment(last.map(|call| call.at)),
            &outcome,
            last.and_then(|call| call.note.as_deref()).unwrap_or_default(),
        ]);
    }
    table
}
