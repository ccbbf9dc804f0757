//! Every message that will go out, before any does; and then the opening.

use maud::{Markup, html};
use palad_domain::say::say;

use super::{back, menu, unknown};
use crate::frame::{Context, Page};
use crate::parts::{self, dialog, slot_row, template};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/round/rehearsal",
        title: say("ตรวจก่อนเปิดรอบ", "Rehearsal"),
        module: "staff-rehearsal",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/round/rehearsal"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #rehearsal hidden {
            (back(lang))
            p.lead { (lang.say(
                "นี่คือทุกข้อความที่จะส่งออก ถ้ายังไม่มีหน่วยงานใดตอบ ยังไม่มีอะไรส่งออกไป",
                "This is every message that will go out if nobody answers meanwhile. Nothing has been sent.",
            )) }
            dl.details {
                (slot_row(lang, "expected", "หน่วยงานที่ต้องตอบ", "Agencies that are asked"))
                (slot_row(lang, "excused", "ยกเว้น", "Excused"))
                (slot_row(lang, "unregistered", "ในจำนวนนี้ยังไม่ลงทะเบียน", "Of these, not registered yet"))
                (slot_row(lang, "without_address", "ไม่มีอีเมลให้ส่ง ต้องโทร", "Without an address, to be called"))
            }
            table.areas.plan {
                caption { (lang.say("กำหนดส่ง เลี่ยงวันหยุดแล้ว", "What goes out on which day; days off are left out")) }
                thead { tr {
                    th scope="col" { (lang.say("วันที่ส่ง", "Day")) }
                    th scope="col" { (lang.say("ส่งถึง", "To")) }
                } }
                tbody {}
            }
            p #no-days hidden { (lang.say("รอบนี้ไม่มีข้อความที่จะส่งอีก", "This round has no message left to send.")) }
            p #opening-now role="status" {}
            div.buttons #opening hidden {
                button.primary type="button" data-act="open" { (lang.say("เปิดรอบ", "Open the round")) }
                a.button.secondary data-part="edit" { (lang.say("กลับไปแก้ไข", "Go back and edit")) }
            }
        }
        (unknown(lang))
        (template("due-day", &html! {
            tr {
                th scope="row" { span data-slot="day" {} small data-slot="step" {} }
                td data-part="to" {}
            }
        }))
        (dialog(lang, "ask-open", lang.say("เปิดรอบนี้?", "Open this round?"), &html! {
            p { strong data-slot="title" lang=[lang.thai_data()] {} }
            p data-slot="frozen" {}
            p { (lang.say(
                "เมื่อเปิดแล้ว เปลี่ยนผู้ที่ต้องตอบและวันเริ่มไม่ได้อีก ส่วนกำหนดเลื่อนได้ และหยุดการแจ้งเตือนได้ทุกเมื่อ",
                "Then who is asked and the first day are fixed. The deadline can be moved, and reminders can be stopped at any time.",
            )) }
        }, lang.say("เปิดรอบ", "Open the round")))
    }
}
