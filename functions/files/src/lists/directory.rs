//! The directory: what anybody may see, with the agency's own telephone. No mobile numbers: a file is passed on.

use palad_domain::person::Person;
use palad_domain::post::PostState;
use palad_store::ExportedEntry;

use super::table::Table;
use super::words::moment;

const HEADING: [&str; 16] = [
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
    "โทรศัพท์หน่วยงาน",
    "ปรับปรุงเมื่อ",
    "ยืนยันเมื่อ",
];

/// The directory as a table.
pub(crate) fn table(entries: &[ExportedEntry]) -> Table {
    let mut table = Table::new(HEADING);
    for ExportedEntry { agency, post } in entries {
        let person = post.as_ref().and_then(|post| post.person.as_ref());
        let of_person = |part: fn(&Person) -> &str| person.map(part).unwrap_or_default();
        table.row([
            agency.code.as_str(),
            agency.kind.abbreviation(),
            &agency.full_name(),
            &agency.district,
            agency.province.name(),
            &post.as_ref().map_or(PostState::None, |post| post.state).words().th,
            of_person(Person::prefix),
            of_person(Person::first_name),
            of_person(Person::last_name),
            of_person(Person::position),
            of_person(Person::level),
            of_person(Person::affiliation),
            &person.map(Person::office_phones).unwrap_or_default(),
            &agency.official_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            &moment(post.as_ref().and_then(|post| post.updated_at)),
            &moment(post.as_ref().and_then(|post| post.confirmed_at)),
        ]);
    }
    table
}
