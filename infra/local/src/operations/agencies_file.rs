//! The list of agencies as a CSV file: `code,kind,name,district,province,region`, and optionally
//! `official_email` and `official_phone`.
//!
//! It may be written as Excel in Thai writes it: `encoding.rs` finds out.
//!
//! Every row is looked at before anything is said, so that whoever mends the file sees all that is
//! wrong with it at once; and with one bad row nothing is taken.

use std::collections::HashMap;
use std::fmt;

use csv::ByteRecord;
use palad_domain::agency::{Agency, AgencyCode, AgencyKind};
use palad_domain::email::Email;
use palad_domain::province::Province;
use palad_domain::say::{Say, say};
use palad_thai::agency_name::{expand_district, tidy_name};
use palad_thai::phone::Phones;

use super::encoding::{self, Written};

const COLUMNS: [&str; 6] = ["code", "kind", "name", "district", "province", "region"];
const EMAIL: &str = "official_email";
const PHONE: &str = "official_phone";

/// A row that cannot be taken, and why.
#[derive(Debug)]
pub struct BadRow {
    /// The line in the file, the heading being line 1.
    pub line: u64,
    /// What is wrong in it.
    pub reason: Say,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {} ({})", self.line, self.reason.en, self.reason.th)
    }
}

/// A file that cannot be taken: all its bad rows.
#[derive(Debug)]
pub struct BadFile(pub Vec<BadRow>);

/// The agencies in a file, and how it is written.
///
/// # Errors
/// With every row that cannot be taken.
pub fn read(bytes: &[u8]) -> Result<(Vec<Agency>, Written), BadFile> {
    let at = |line, reason| BadFile(vec![BadRow { line, reason }]);
    let (text, written) = encoding::read(bytes).map_err(|line| at(line, unreadable()))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(written.separator.byte())
        .from_reader(text.as_bytes());
    let heading = reader.byte_headers().map_err(|_| at(1, unreadable()))?;
    let columns = Columns::of(heading).map_err(|reason| at(1, reason))?;
    let (mut agencies, mut bad) = (Vec::new(), Vec::new());
    let mut seen: HashMap<AgencyCode, u64> = HashMap::new();
    for record in reader.byte_records() {
        let line = record.as_ref().ok().and_then(ByteRecord::position).map_or(0, csv::Position::line);
        let agency = record.map_err(|_| unreadable()).and_then(|record| columns.agency(&record));
        match agency.and_then(|agency| unseen(&mut seen, agency, line)) {
            Ok(agency) => agencies.push(agency),
            Err(reason) => bad.push(BadRow { line, reason }),
        }
    }
    if agencies.is_empty() && bad.is_empty() {
        return Err(at(1, say("ไม่มีข้อมูลใต้หัวตาราง", "There is nothing below the heading.")));
    }
    if bad.is_empty() { Ok((agencies, written)) } else { Err(BadFile(bad)) }
}

fn unseen(seen: &mut HashMap<AgencyCode, u64>, agency: Agency, line: u64) -> Result<Agency, Say> {
    match seen.insert(agency.code.clone(), line) {
        None => Ok(agency),
        Some(first) => Err(say(
            format!("รหัส {} ซ้ำกับบรรทัดที่ {first}", agency.code),
            format!("The code {} is on line {first} already.", agency.code),
        )),
    }
}

/// Where each column stands.
struct Columns {
    required: [usize; 6],
    email: Option<usize>,
    phone: Option<usize>,
    count: usize,
}

impl Columns {
    fn of(heading: &ByteRecord) -> Result<Self, Say> {
        let names: Vec<String> =
            heading.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
        let mut required = [0; 6];
        for (place, column) in required.iter_mut().zip(COLUMNS) {
            *place = names.iter().position(|name| name == column).ok_or_else(|| {
                say(
                    format!("หัวตารางไม่มีคอลัมน์ {column} ต้องมี {}", COLUMNS.join(",")),
                    format!("The heading has no column {column}; it must have {}.", COLUMNS.join(",")),
                )
            })?;
        }
        let is_known = |name: &str| COLUMNS.contains(&name) || name == EMAIL || name == PHONE;
        if let Some(other) = names.iter().find(|name| !is_known(name)) {
            return Err(say(
                format!("หัวตารางมีคอลัมน์ {other} ที่ไม่รู้จัก"),
                format!("The heading has a column {other:?} that is not known."),
            ));
        }
        let place = |column: &str| names.iter().position(|name| name == column);
        Ok(Self { required, email: place(EMAIL), phone: place(PHONE), count: names.len() })
    }

    fn agency(&self, record: &ByteRecord) -> Result<Agency, Say> {
        if record.len() != self.count {
            return Err(say(
                format!("มี {} คอลัมน์ แต่หัวตารางมี {}", record.len(), self.count),
                format!("It has {} columns, and the heading {}.", record.len(), self.count),
            ));
        }
        let mut cells = [""; 6];
        for (cell, place) in cells.iter_mut().zip(self.required) {
            *cell = text(record, place)?;
        }
        let [code, kind, name, district, province, region] = cells;
        let code: AgencyCode = code.parse()?;
        let kind: AgencyKind = kind.parse()?;
        let province = Province::by_name(&tidy_name(province)).ok_or_else(|| {
            say(format!("ไม่มีจังหวัด {province:?}"), format!("There is no province {province:?}."))
        })?;
        if tidy_name(region) != province.region() {
            return Err(say(
                format!("{} อยู่ใน{} ไม่ใช่ {region:?}", province.name(), province.region()),
                format!("{} is in {}, not in {region:?}.", province.name_en(), province.region()),
            ));
        }
        let name = tidy_name(name);
        let district = expand_district(district, province.name());
        if name.is_empty() {
            return Err(say("ไม่มีชื่อหน่วยงาน", "There is no name."));
        }
        for cell in [&name, &district] {
            if cell.chars().count() > 100
                || palad_thai::text::has_control(cell)
                || cell.contains(['<', '>', '='])
            {
                return Err(say(
                    format!("{cell:?} ไม่ใช่ชื่อ"),
                    format!("{cell:?} is no name: too long, or with a character that no name has."),
                ));
            }
        }
        let official_email = match self.email.map(|place| text(record, place)).transpose()? {
            None | Some("") => None,
            Some(email) => Some(email.parse::<Email>()?),
        };
        let official_phone = match self.phone.map(|place| text(record, place)).transpose()? {
            None | Some("") => None,
            Some(phones) => Some(Phones::parse(phones).map_err(|fault| {
                say(
                    format!("{phones:?} ไม่ใช่หมายเลขโทรศัพท์"),
                    format!("{phones:?} is no telephone number: {fault}."),
                )
            })?),
        };
        Ok(Agency { code, kind, name, district, province, official_email, official_phone })
    }
}

fn text(record: &ByteRecord, place: usize) -> Result<&str, Say> {
    std::str::from_utf8(record.get(place).unwrap_or_default()).map(str::trim).map_err(|_| unreadable())
}

fn unreadable() -> Say {
    say(
        "อ่านตัวอักษรไม่ได้ ไม่ใช่ทั้ง UTF-8 และ Windows-874 กรุณาบันทึกเป็น CSV UTF-8",
        "This is no text in UTF-8 nor in Windows-874. Save the file as CSV in UTF-8.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "code,kind,name,district,province,region";

    fn bad(rows: &str) -> Vec<String> {
        let file = read(format!("{HEADING}\n{rows}").as_bytes()).expect_err("a bad file");
        file.0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_good_file_is_read_with_or_without_mailboxes_and_telephones() {
        let file = format!(
            "\u{feff}{HEADING},official_phone,official_email\r\n540001,ทม.,แพร่,เมืองแพร่,แพร่,ภาคเหนือ,๐-๕๔๕๑-๑๐๖๐,A@phrae.test\r\n540002,อบจ.,แพร่,เมืองแพร่,แพร่,ภาคเหนือ,,\r\n"
        );
        let (agencies, written) = read(file.as_bytes()).expect("a good file");
        assert_eq!(written.to_string(), "UTF-8 with a byte order mark, commas");
        assert_eq!(agencies[0].full_name(), "เทศบาลเมืองแพร่");
        assert_eq!(
            agencies.iter().map(|agency| agency.official_email.is_some()).collect::<Vec<_>>(),
            [true, false]
        );
        assert_eq!(
            agencies
                .iter()
                .map(|agency| agency.official_phone.as_ref().map(Phones::digits))
                .collect::<Vec<_>>(),
            [Some(vec!["054511060".to_owned()]), None]
        );
    }

    #[test]
    fn every_bad_row_is_named_with_its_line() {
        let bad = bad(
            "540001,ทม.,แพร่,เมืองแพร่,แพร่,ภาคเหนือ\n54,ทม.,แพร่,เมืองแพร่,แพร่,ภาคเหนือ\n540003,สภา,แพร่,เมืองแพร่,แพร่,ภาคเหนือ\n\
             540004,ทม.,,เมืองแพร่,แพร่,ภาคเหนือ\n540005,ทม.,ก,เมือง,แพะ,ภาคเหนือ\n540006,ทม.,ก\n540001,ทม.,ข,เมืองแพร่,แพร่,ภาคเหนือ\n\
             540007,ทม.,=HYPERLINK(1),เมืองแพร่,แพร่,ภาคเหนือ\n540008,ทม.,ก,เมืองแพร่,แพร่,ภาคใต้\n",
        );
        let lines: Vec<&str> = bad.iter().map(|row| row.split(':').next().unwrap_or_default()).collect();
        assert_eq!(lines, ["line 3", "line 4", "line 5", "line 6", "line 7", "line 8", "line 9", "line 10"]);
        assert!(bad[5].contains("on line 2 already"), "{bad:?}");
    }

    #[test]
    fn a_file_of_another_kind_is_refused_by_its_heading() {
        let message = |bytes: &[u8]| read(bytes).expect_err("no list").0[0].to_string();
        assert!(message(b"a,b\n1,2").contains("no column code"));
        assert!(message(b"").contains("no column code"));
        assert!(message(format!("{HEADING},x\n").as_bytes()).contains("\"x\""));
        assert!(message(HEADING.as_bytes()).contains("nothing below"));
        let mut broken = format!("{HEADING}\n540001,ทม.,แพร่\n540002,").into_bytes();
        broken.extend(b"\xff\n");
        assert!(message(&broken).starts_with("line 3: This is no text"), "{}", message(&broken));
    }

    #[test]
    fn what_excel_in_thai_writes_is_the_same_list() {
        let list = format!(
            "{HEADING},official_email\r\n540001,ทม.,แพร่,เมืองแพร่,แพร่,ภาคเหนือ,A@phrae.test\r\n540002,อบต.,\"แม่ยม\",เมืองแพร่,แพร่,ภาคเหนือ,\r\n"
        );
        let (expected, _) = read(list.as_bytes()).expect("a good file");
        let semicolons = list.replace(',', ";");
        let (windows, ..) = encoding_rs::WINDOWS_874.encode(&semicolons);
        let (agencies, written) = read(&windows).expect("the same file");
        assert_eq!((agencies, written.to_string().as_str()), (expected.clone(), "Windows-874, semicolons"));
        let tabs = list.replace(',', "\t");
        let (agencies, written) = read(tabs.as_bytes()).expect("the same file");
        assert_eq!((agencies, written.to_string().as_str()), (expected, "UTF-8, tabs"));
        let quoted = semicolons.replace("แม่ยม", "แม่;ยม");
        assert_eq!(read(quoted.as_bytes()).expect("a good file").0[1].name, "แม่;ยม");
    }
}
