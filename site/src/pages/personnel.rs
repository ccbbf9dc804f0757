//! บุคลากร: the one record of the agency, what can be done with it, and what was.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::Lang;
use crate::frame::{Context, Page};
use crate::icons::Icon;
use crate::parts::{self, slot_row, template};

pub(super) fn page() -> Page {
    Page {
        path: "/office/personnel",
        title: say("บุคลากร", "Personnel"),
        module: "personnel",
        listed: false,
        main,
    }
}

/// ปุ่ม คน: all details of the record as it stands.
pub(super) fn view_page() -> Page {
    Page {
        path: "/office/personnel/view",
        title: say("รายละเอียดปลัด", "The clerk in detail"),
        module: "view",
        listed: false,
        main: view_main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        p.where { a href=(lang.path("/office")) { (lang.say("หน่วยงานของท่าน", "Your agency")) } " › " span data-part="agency" lang=[lang.thai_data()] {} }
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #undo.notice role="status" {}
        div #personnel hidden {
            section #nobody.card hidden {
                h2 { (lang.say("ยังไม่มีข้อมูลปลัด", "Nothing recorded yet")) }
                p { (lang.say(
                    "กรุณาบันทึกปลัดของหน่วยงาน ถ้าไม่มีผู้ดำรงตำแหน่ง ก็ให้บันทึกว่าตำแหน่งว่าง",
                    "Please record the agency's clerk. If nobody holds the post, record that it is vacant.",
                )) }
                p { a.button.primary href=(lang.path("/office/personnel/edit")) { (Icon::Plus.draw()) (lang.say("เพิ่มปลัด", "Add the clerk")) } }
            }
            div #current {}
            section #deleted hidden {
                h2 { (lang.say("ที่ลบไปแล้ว", "Deleted")) }
                ul.rows {}
            }
            section #tenures hidden {
                h2 { (lang.say("ผู้ดำรงตำแหน่งที่ผ่านมา", "Past holders")) }
                ul.rows {}
            }
            section #history hidden {
                h2 { (lang.say("ประวัติการแก้ไข", "History of changes")) }
                ol.rows {}
                p { button.secondary #more type="button" hidden { (lang.say("แสดงก่อนหน้านี้", "Show earlier changes")) } }
            }
        }
        (template("record", &record(lang)))
        (parts::row())
        (template("restore", &html! {
            button.secondary.small type="button" { (Icon::Undo.draw()) span data-slot="words" {} }
        }))
    }
}

/// The record as a card, its three buttons with the words of the manual.
fn record(lang: Lang) -> Markup {
    html! {
        article.record {
            div.head {
                (parts::face())
                div {
                    span.badge data-slot="state" {}
                    h2 data-slot="title" lang=[lang.thai_data()] {}
                    p data-slot="position" lang=[lang.thai_data()] {}
                }
            }
            p.notice.warning data-slot="missing" {}
            dl.details {
                (slot_row(lang, "phone", "เบอร์โทรศัพท์", "Telephone"))
                (slot_row(lang, "since", "ตั้งแต่วันที่", "Since"))
                (slot_row(lang, "updated", "ปรับปรุงเมื่อ", "Updated"))
                (slot_row(lang, "confirmed", "ยืนยันล่าสุดเมื่อ", "Last confirmed"))
            }
            div.still {
                button.primary type="button" data-act="still" { (Icon::Tick.draw()) (lang.say("ยังถูกต้อง", "Still right")) }
                p.hint { (lang.say("ไม่มีอะไรเปลี่ยน กดปุ่มเดียวเป็นการยืนยัน และได้ใบรับ", "Nothing has changed: one button confirms it, and you get a receipt")) }
            }
            div.buttons {
                a.button.act data-part="view" href=(lang.path("/office/personnel/view")) {
                    (Icon::Person.draw()) span { b { (lang.say("คน", "View")) } small { (lang.say("ดูรายละเอียด", "all details")) } }
                }
                a.button.act data-part="edit" href=(lang.path("/office/personnel/edit")) {
                    (Icon::Pencil.draw()) span { b { (lang.say("ดินสอ", "Edit")) } small { (lang.say("แก้ไข", "change or correct")) } }
                }
                button.act.danger type="button" data-part="delete" {
                    (Icon::Bin.draw()) span { b { (lang.say("ถังขยะ", "Delete")) } small { (lang.say("ลบ", "can be undone")) } }
                }
            }
        }
    }
}

fn view_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        p.where {
            a href=(lang.path("/office")) { (lang.say("หน่วยงานของท่าน", "Your agency")) } " › "
            a href=(lang.path("/office/personnel")) { (lang.say("บุคลากร", "Personnel")) }
        }
        (parts::needs_script(lang))
        (parts::waiting(lang))
        article #view.record hidden {
            div.head {
                (parts::face())
                div {
                    span.badge data-slot="state" {}
                    h2 data-slot="title" lang=[lang.thai_data()] {}
                    p data-slot="agency" lang=[lang.thai_data()] {}
                }
            }
            p.notice.warning data-slot="missing" {}
            dl.details {
                (slot_row(lang, "prefix", "คำนำหน้า", "Prefix"))
                (slot_row(lang, "first_name", "ชื่อ", "First name"))
                (slot_row(lang, "last_name", "นามสกุล", "Last name"))
                (slot_row(lang, "position", "ตำแหน่ง", "Position"))
                (slot_row(lang, "level", "ระดับ", "Level"))
                (slot_row(lang, "affiliation", "สังกัด", "Affiliation"))
                (slot_row(lang, "phone", "เบอร์โทรศัพท์", "Telephone"))
                (slot_row(lang, "mobile", "โทรศัพท์มือถือ (ใช้ภายใน)", "Mobile (internal)"))
                (slot_row(lang, "since", "ตั้งแต่วันที่", "Since"))
                (slot_row(lang, "reason", "เหตุที่ตำแหน่งว่าง", "Why the post is vacant"))
                (slot_row(lang, "created", "บันทึกครั้งแรก", "First recorded"))
                (slot_row(lang, "updated", "ปรับปรุงเมื่อ", "Updated"))
            }
            div.buttons {
                a.button.primary data-part="edit" href=(lang.path("/office/personnel/edit")) { (Icon::Pencil.draw()) (lang.say("แก้ไข", "Edit")) }
                a.button.secondary href=(lang.path("/office/personnel")) { (lang.say("กลับหน้าบุคลากร", "Back to personnel")) }
            }
        }
    }
}
