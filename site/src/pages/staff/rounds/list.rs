//! The rounds, the latest first.

use maud::{Markup, html};
use palad_domain::say::say;

use super::{menu, round_card};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::parts::{self, dialog, template};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/rounds",
        title: say("รอบสำรวจข้อมูลปลัด", "Rounds"),
        module: "staff-rounds",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/rounds"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #rounds hidden {
            p.notice.warning data-slot="all-stopped" hidden {}
            div.buttons data-roles="central" hidden {
                a.button.primary href=(lang.path("/staff/round/edit")) { (lang.say("สร้างรอบใหม่", "New round")) }
                a href=(lang.path("/staff/holidays")) { (lang.say("วันหยุดราชการ", "Public holidays")) }
            }
            p #nothing hidden { (lang.say("ยังไม่มีรอบสำรวจ", "There is no round yet.")) }
            h2.unseen { (lang.say("รอบทั้งหมด", "All rounds")) }
            div #list {}
            section data-roles="central" hidden {
                h2 { (lang.say("การแจ้งเตือนทุกรอบ", "Reminders of all rounds")) }
                p { (lang.say(
                    "ถ้าอีเมลแจ้งเตือนผิดพลาด หยุดไว้ก่อนได้ทันที และเริ่มส่งอีกครั้งเมื่อแก้ไขแล้ว",
                    "If the reminders go wrong, stop them at once, and let them go on when it is mended.",
                )) }
                button.secondary type="button" data-act="stop" { (lang.say("หยุดการแจ้งเตือนทุกรอบ", "Stop all reminders")) }
                button.primary type="button" data-act="resume" hidden { (lang.say("เริ่มส่งการแจ้งเตือนอีกครั้ง", "Let reminders go on")) }
            }
        }
        (template("round", &round_card(lang)))
        (questions(lang))
    }
}

fn questions(lang: Lang) -> Markup {
    html! {
        (dialog(lang, "ask-stop", lang.say("หยุดการแจ้งเตือนทุกรอบ?", "Stop all reminders?"), &html! {
            p { (lang.say(
                "จะไม่มีอีเมลแจ้งเตือนของรอบใดออกไปจนกว่าจะสั่งให้เริ่มส่งอีกครั้ง หน่วยงานยังตอบได้ตามปกติ",
                "No reminder of any round goes out until you let them go on. Agencies can answer all the same.",
            )) }
        }, lang.say("หยุดการแจ้งเตือน", "Stop them")))
        (dialog(lang, "ask-resume", lang.say("เริ่มส่งการแจ้งเตือนอีกครั้ง?", "Let reminders go on?"), &html! {
            p { (lang.say(
                "การแจ้งเตือนจะออกตามกำหนดของแต่ละรอบ หน่วยงานที่ตอบแล้วไม่ได้รับ",
                "They go out as each round has planned. Whoever has answered gets none.",
            )) }
        }, lang.say("เริ่มส่งอีกครั้ง", "Let them go on")))
    }
}
