//! The directory as open data: one table for spreadsheets, one list for programs. No mobile numbers and no photos.

use jiff::Timestamp;
use palad_bucket::Object;
use palad_domain::agency::{AgencyCode, AgencyKind};
use palad_domain::person::Person;
use palad_domain::post::PostState;
use palad_domain::spreadsheet::harmless;
use palad_thai::date::bangkok_day;
use serde::Serialize;

use crate::object::object;
use crate::row::{Country, Row};

const CSV: &str = "open/directory.csv";
const JSON: &str = "open/directory.json";
/// Both.
pub(crate) const KEYS: [&str; 2] = [CSV, JSON];

const HEADING: [&str; 14] = [
    "รหัส",
    "ประเภท",
    "ชื่อหน่วยงาน",
    "อำเภอ",
    "จังหวัด",
    "สถานะ",
    "คำนำหน้า",
    "ชื่อ",
    "นามสกุล",
    "ตำแหน่ง",
    "ระดับ",
    "สังกัด",
    "โทรศัพท์",
    "ปรับปรุงเมื่อ",
];

/// Each field by name: what is added to a person elsewhere is not given away by that.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a AgencyCode,
    kind: AgencyKind,
    full_name: &'a str,
    district: &'a str,
    province: &'a str,
    state: PostState,
    person: Option<Holder<'a>>,
    updated_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct Holder<'a> {
    prefix: &'a str,
    first_name: &'a str,
    last_name: &'a str,
    position: &'a str,
    level: &'a str,
    affiliation: &'a str,
    phone: String,
}

#[derive(Serialize)]
struct List<'a> {
    items: Vec<Line<'a>>,
}

impl<'a> Line<'a> {
    fn of(row: &'a Row) -> Self {
        Self {
            code: &row.agency.code,
            kind: row.agency.kind,
            full_name: &row.agency.full_name,
            district: &row.agency.district,
            province: &row.agency.province,
            state: row.state,
            person: row.person.as_ref().map(Holder::of),
            updated_at: row.updated_at,
        }
    }
}

impl<'a> Holder<'a> {
    fn of(person: &'a Person) -> Self {
        Self {
            prefix: person.prefix(),
            first_name: person.first_name(),
            last_name: person.last_name(),
            position: person.position(),
            level: person.level(),
            affiliation: person.affiliation(),
            phone: person.office_phones(),
        }
    }
}

/// The list for programs.
pub(crate) fn json(country: &Country) -> Object {
    let list = List { items: country.all().map(Line::of).collect() };
    // Plain values: this cannot fail.
    object(JSON.to_owned(), "application/json", None, serde_json::to_vec(&list).unwrap_or_default())
}

/// The table for spreadsheets: with a byte order mark, without which Excel takes it for another encoding.
pub(crate) fn csv(country: &Country) -> Object {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    // Memory takes whatever is written, and every line has as many cells as the heading.
    let _ = writer.write_record(HEADING);
    for row in country.all() {
        let _ = writer.write_record(cells(&Line::of(row)).map(|cell| harmless(&cell).into_owned()));
    }
    object(CSV.to_owned(), "text/csv; charset=utf-8", None, writer.into_inner().unwrap_or_default())
}

fn cells(line: &Line<'_>) -> [String; 14] {
    let of_person = |part: for<'a> fn(&'a Holder<'_>) -> &'a str| {
        line.person.as_ref().map(part).unwrap_or_default().to_owned()
    };
    [
        line.code.to_string(),
        line.kind.abbreviation().to_owned(),
        line.full_name.to_owned(),
        line.district.to_owned(),
        line.province.to_owned(),
        line.state.words().th.into_owned(),
        of_person(|holder| holder.prefix),
        of_person(|holder| holder.first_name),
        of_person(|holder| holder.last_name),
        of_person(|holder| holder.position),
        of_person(|holder| holder.level),
        of_person(|holder| holder.affiliation),
        of_person(|holder| &holder.phone),
        line.updated_at.map(|at| bangkok_day(at).to_string()).unwrap_or_default(),
    ]
}
