//! Who owes an answer, to be telephoned: a list that is worked through, copied into a chat, and printed.

use maud::{Markup, html};
use palad_domain::round::list::CallOutcome;
use palad_domain::round::words::NOTE_MAX;
use palad_domain::say::{Say, say};

use super::{back, menu, unknown};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::pages::staff::province;
use crate::parts::{self, Field, choice, dialog, template};
use crate::rules::QUERY_MAX;

pub(super) fn page() -> Page {
    Page {
        path: "/staff/round/owing",
        title: say("หน่วยงานที่ยังไม่ตอบ", "Who owes an answer"),
        module: "staff-owing",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/round/owing"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #owing hidden {
            (back(lang))
            h2 #area tabindex="-1" data-slot="area" lang=[lang.thai_data()] {}
            p data-slot="due" {}
            (province(lang, lang.say("เลือกจังหวัด", "Choose a province")))
            form #filter role="search" method="get" {
                label for="q" { (lang.say("ชื่อหน่วยงานหรืออำเภอ", "Name or district")) }
                div.search { input id="q" type="search" maxlength=(QUERY_MAX) autocomplete="off" spellcheck="false" lang=[lang.thai_data()]; }
                (groups(lang))
            }
            p #count role="status" {}
            div.buttons #ways hidden {
                button.primary #line type="button" { (lang.say("คัดลอกสำหรับ LINE", "Copy for LINE")) }
                button.secondary #share type="button" hidden { (lang.say("แชร์", "Share")) }
                button.secondary #print type="button" { (lang.say("พิมพ์", "Print")) }
                a.button.secondary #letters-link href=(lang.path("/staff/round/letters")) { (lang.say("หนังสือติดตาม", "Letters")) }
                button.secondary #csv type="button" { (lang.say("ดาวน์โหลด CSV", "Download CSV")) }
            }
            table.agencies.by-district.calls hidden {
                thead { tr {
                    th scope="col" { (lang.say("หน่วยงาน", "Agency")) }
                    th scope="col" { (lang.say("โทรศัพท์", "Telephone")) }
                    th scope="col" { (lang.say("การโทร", "Calls")) }
                } }
            }
            p #everybody hidden { (lang.say("ตอบครบทุกแห่งแล้ว", "Everybody has answered.")) }
        }
        (unknown(lang))
        (template("district", &html! {
            tbody { tr { th colspan="3" scope="rowgroup" { div.group {
                span data-slot="district" lang=[lang.thai_data()] {}
                button.link type="button" data-act="copy" { (lang.say("คัดลอกอำเภอนี้", "Copy this district")) }
            } } } }
        }))
        (template("agency", &html! {
            tr {
                th scope="row" { a data-slot="agency" lang=[lang.thai_data()] {} div { span.badge data-slot="standing" {} } }
                td.phones data-part="phones" {}
                td {
                    ul.noted data-part="calls" {}
                    button.secondary.small type="button" data-act="note" { (lang.say("บันทึกการโทร", "Note a call")) }
                }
            }
        }))
        (questions(lang))
    }
}

fn groups(lang: Lang) -> Markup {
    let groups: [(&str, Say); 5] = [
        ("owing", say("ทั้งหมด", "All")),
        ("uncalled", say("ยังไม่ได้โทร", "Not called yet")),
        ("not_registered", say("ยังไม่ลงทะเบียน", "Not registered")),
        ("silent", say("ลงทะเบียนแล้ว ยังไม่ตอบ", "Registered, silent")),
        ("unreachable", say("ส่งอีเมลไม่ถึง", "Mail comes back")),
    ];
    html! {
        fieldset.chips {
            legend.unseen { (lang.say("กลุ่ม", "Group")) }
            @for (value, words) in groups {
                label {
                    input type="radio" name="group" value=(value) checked[value == "owing"];
                    span { (lang.pick(&words)) " " span.count data-count=(value) {} }
                }
            }
        }
    }
}

fn questions(lang: Lang) -> Markup {
    let words = CallOutcome::ALL.map(|outcome| (outcome.as_str(), outcome.words()));
    let options: Vec<(&str, &str, &str)> =
        words.iter().map(|(value, words)| (*value, lang.pick(words), "")).collect();
    html! {
        (dialog(lang, "ask-note", lang.say("บันทึกการโทร", "Note a call"), &html! {
            p { strong data-slot="agency" lang=[lang.thai_data()] {} }
            (choice(lang, ("outcome", "/outcome"), &say("ผลการโทร", "What came of it"), &options))
            (Field::text("note", "/note", say("บันทึกเพิ่มเติม", "Note"))
                .hint(say("เช่น คุยกับใคร ให้โทรกลับเมื่อใด ไม่ใส่ข้อมูลส่วนตัวที่ไม่จำเป็น", "Such as whom you spoke to and when to call again; nothing private that is not needed."))
                .max(NOTE_MAX).optional().html(lang))
        }, lang.say("บันทึก", "Save")))
        dialog #ask-copy aria-labelledby="ask-copy-title" {
            h2 #ask-copy-title tabindex="-1" autofocus { (lang.say("คัดลอกข้อความนี้", "Copy this text")) }
            label for="copy-text" { (lang.say("กดค้างที่ข้อความแล้วเลือกคัดลอก", "Press and hold the text, then copy it")) }
            textarea #copy-text rows="10" readonly lang=[lang.thai_data()] {}
            div.actions { button.primary type="button" data-part="cancel" { (lang.say("ปิด", "Close")) } }
        }
    }
}
