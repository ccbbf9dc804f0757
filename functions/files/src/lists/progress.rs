//! Where each agency stands in a round, as it was called when the round opened.

use palad_store::ExportedLine;

use super::table::Table;
use super::words::{moment, standing};

const HEADING: [&str; 10] = [
    "รหัส",
    "ประเภท",
    "ชื่อหน่วยงาน",
    "อำเภอ",
    "จังหวัด",
    "สถานะ",
    "หลังกำหนด",
    "ตอบเมื่อ",
    "แก้ไขคำตอบเมื่อ",
    "เหตุผลที่ยกเว้น",
];

/// The list of a round as a table.
pub(crate) fn table(lines: &[ExportedLine]) -> Table {
    let mut table = Table::new(HEADING);
    for ExportedLine { line, .. } in lines {
        let answer = line.answer.as_ref();
        let changed = answer.filter(|answer| answer.changed_at != answer.answered_at);
        table.row([
            line.code.as_str(),
            line.kind.abbreviation(),
            &line.view().full_name,
            &line.district,
            line.province.province().name(),
            standing(line.standing),
            if line.late { "หลังกำหนด" } else { "" },
            &moment(answer.map(|answer| answer.answered_at)),
            &moment(changed.map(|answer| answer.changed_at)),
            line.excused.as_deref().unwrap_or_default(),
        ]);
    }
    table
}
