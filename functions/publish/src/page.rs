//! One plain page for each province: it reads without a script, on any device, and on paper.

use maud::{DOCTYPE, Markup, html};
use palad_bucket::Object;
use palad_domain::post::PostState;
use palad_domain::province::Province;

use crate::object::object;
use crate::row::Row;

/// The style of all pages. The site's policy allows none within a page.
pub(crate) const STYLE_KEY: &str = "open/style.css";

/// The mark beside the title. Without one a browser asks for a file that is not there.
pub(crate) const MARK_KEY: &str = "open/mark.svg";

/// The page of one province.
pub(crate) fn key(province: Province) -> String {
    format!("open/province/{}.html", province.code().as_str())
}

pub(crate) fn style() -> Object {
    object(STYLE_KEY.to_owned(), "text/css; charset=utf-8", None, include_bytes!("style.css").to_vec())
}

pub(crate) fn mark() -> Object {
    object(MARK_KEY.to_owned(), "image/svg+xml", None, include_bytes!("mark.svg").to_vec())
}

pub(crate) fn province(province: Province, rows: &[Row]) -> Object {
    let page = page(province, rows).into_string().into_bytes();
    object(key(province), "text/html; charset=utf-8", None, page)
}

fn page(province: Province, rows: &[Row]) -> Markup {
    let name = province.full_name().th;
    let title = format!("ปลัดองค์กรปกครองส่วนท้องถิ่น {name}");
    html! {
        (DOCTYPE)
        html lang="th" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="description" content={ "รายชื่อปลัด" (name) " " (rows.len()) " หน่วยงาน" };
                link rel="icon" type="image/svg+xml" href="/open/mark.svg";
                link rel="stylesheet" href="/open/style.css";
            }
            body {
                header {
                    a href="/" { "ทะเบียนปลัดองค์กรปกครองส่วนท้องถิ่น: ค้นหาทั่วประเทศ" }
                    h1 { (title) }
                    p.soft { (summary(rows)) }
                }
                main {
                    table {
                        caption { "เรียงตามชื่อหน่วยงาน" }
                        thead { tr {
                            th scope="col" { "หน่วยงาน" }
                            th scope="col" { "สถานะ" }
                            th scope="col" { "ชื่อและตำแหน่ง" }
                            th scope="col" { "โทรศัพท์" }
                        } }
                        tbody { @for row in rows { (line(row)) } }
                    }
                }
                footer {
                    p { "ข้อมูลที่แต่ละหน่วยงานบันทึกไว้เอง หน้านี้ปรับปรุงเมื่อข้อมูลเปลี่ยน" }
                    p {
                        a href="/open/directory.csv" { "ข้อมูลทั้งประเทศ (CSV สำหรับ Excel)" }
                        a href="/open/directory.json" { "ข้อมูลทั้งประเทศ (JSON)" }
                    }
                }
            }
        }
    }
}

fn line(row: &Row) -> Markup {
    let person = row.person.as_ref();
    html! {
        tr {
            th scope="row" {
                (row.agency.full_name)
                @if !row.agency.district.is_empty() { span { "อำเภอ" (row.agency.district) } }
            }
            td data-label="สถานะ" { (row.state.words().th) }
            td { @if let Some(person) = person { (person.full_name()) br; (person.position()) } }
            td { @if let Some(person) = person { (person.office_phones()) } }
        }
    }
}

/// How many there are of each state; they add up to the number of agencies.
fn summary(rows: &[Row]) -> String {
    let count = |state: PostState| rows.iter().filter(|row| row.state == state).count();
    let parts: Vec<_> =
        PostState::ALL.iter().map(|state| format!("{} {}", state.words().th, count(*state))).collect();
    format!("ทั้งหมด {} หน่วยงาน: {}", rows.len(), parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use palad_domain::agency::{Agency, AgencyKind};
    use palad_domain::person::{Person, PersonInput};

    use super::*;

    fn row() -> Row {
        let text = |text: &str| Some(text.to_owned());
        let person = Person::parse(&PersonInput {
            prefix: text("นาย"),
            first_name: text("สมชาย"),
            last_name: text("ใจดี"),
            position: text("ปลัดเทศบาล"),
            level: text("สูง"),
            affiliation: text("สำนักปลัด"),
            phone: text("0-5453-4119 ต่อ 203, 08-6586-2599"),
            mobile: text("08-1234-5678"),
            photo: None,
        });
        let agency = Agency {
            code: "540301".parse().expect("a code"),
            kind: AgencyKind::Town,
            name: "แพร่<b>".to_owned(),
            district: "เมืองแพร่".to_owned(),
            province: Province::by_name("แพร่").expect("a province"),
            official_email: None,
            official_phone: None,
        };
        Row {
            agency: agency.view(),
            state: PostState::Held,
            person: Some(person.expect("a person")),
            photo: None,
            updated_at: None,
            confirmed_at: None,
        }
    }

    #[test]
    fn a_page_is_plain_text_in_markup_and_has_no_mobile_numbers() {
        let page = page(Province::by_name("แพร่").expect("a province"), &[row()]).into_string();
        for part in ["เทศบาลเมืองแพร่", "อำเภอเมืองแพร่", "นายสมชาย ใจดี", "0-5453-4119 ต่อ 203", "มีผู้ดำรงตำแหน่ง 1"]
        {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(page.contains("แพร่&lt;b&gt;"));
        for part in ["08-6586", "08-1234", "<script", "style=\""] {
            assert!(!page.contains(part), "{part} in {page}");
        }
    }
}
