//! The parts of a round's page below its numbers: what was decided, the files, and what the centre does.

use maud::{Markup, html};

use crate::Lang;
use crate::parts::{self, dialog, needed_day, slot_row};

/// What was decided about the round.
pub(super) fn facts(lang: Lang) -> Markup {
    html! {
        section #facts.card {
            h3 { (lang.say("รายละเอียดของรอบ", "What was decided")) }
            dl.details {
                (slot_row(lang, "letter", "หนังสือ", "Letter"))
                (slot_row(lang, "opens", "เริ่มรับคำตอบ", "Begins"))
                (slot_row(lang, "deadline", "ครบกำหนด", "Deadline"))
                (slot_row(lang, "closes", "วันสุดท้ายที่รับคำตอบ", "Last day for answers"))
                (slot_row(lang, "kinds", "ถามหน่วยงานประเภท", "Kinds asked"))
                (slot_row(lang, "provinces", "จังหวัด", "Provinces"))
                (slot_row(lang, "excused", "ยกเว้นรายหน่วยงาน", "Excused by name"))
                (slot_row(lang, "steps", "การแจ้งเตือน", "Reminders"))
                (slot_row(lang, "opened", "เปิดรอบเมื่อ", "Opened"))
                (slot_row(lang, "closed", "ปิดรอบเมื่อ", "Closed"))
                (slot_row(lang, "frozen", "รายชื่อที่ต้องตอบ", "List of those asked"))
            }
        }
    }
}

/// The letter and the manual as files.
pub(super) fn files(lang: Lang) -> Markup {
    html! {
        section #files.card hidden {
            h3 { (lang.say("ไฟล์แนบ", "Attachments")) }
            ul.rows {}
            form #attach method="post" novalidate data-roles="central" hidden {
                (parts::error_summary(lang))
                div.field {
                    p.hint id="file-hint" { (lang.say(
                        "หนังสือหรือคู่มือ เป็น PDF ไม่เกิน 10 MB หน่วยงานเห็นลิงก์ในอีเมลแจ้งเตือน",
                        "The letter or the manual, as PDF of 10 MB at most. Agencies find the link in the reminders.",
                    )) }
                    p.error id="file-error" hidden {}
                    div.file {
                        input.unseen type="file" id="file" accept="application/pdf,.pdf" aria-describedby="file-hint";
                        label.button.secondary for="file" { (lang.say("แนบไฟล์ PDF", "Attach a PDF")) }
                    }
                }
                p data-part="sending" role="status" {}
            }
        }
    }
}

/// What the centre does with the round; which of it fits depends on its state.
pub(super) fn acts(lang: Lang) -> Markup {
    html! {
        section #acts data-roles="central" hidden {
            h3 { (lang.say("จัดการรอบ", "Manage the round")) }
            div.buttons {
                a.button.primary data-act="rehearse" { (lang.say("ตรวจและเปิดรอบ", "Rehearse and open")) }
                a.button.secondary data-act="edit" { (lang.say("แก้ไข", "Edit")) }
                button.secondary type="button" data-act="move" { (lang.say("เลื่อนกำหนด", "Move the deadline")) }
                button.secondary type="button" data-act="stop" { (lang.say("หยุดการแจ้งเตือน", "Stop reminders")) }
                button.secondary type="button" data-act="resume" { (lang.say("เริ่มส่งการแจ้งเตือนอีกครั้ง", "Let reminders go on")) }
                button.secondary type="button" data-act="close" { (lang.say("ปิดรอบ", "Close the round")) }
                button.secondary type="button" data-act="delete" { (lang.say("ลบรอบ", "Delete the round")) }
            }
        }
    }
}

/// What is asked before anything is done.
pub(super) fn questions(lang: Lang) -> Markup {
    html! {
        (dialog(lang, "ask-move", lang.say("เลื่อนกำหนด", "Move the deadline"), &html! {
            p { (lang.say(
                "หน่วยงานที่ยังไม่ตอบจะได้รับแจ้งกำหนดใหม่ทางอีเมลหนึ่งครั้ง และกำหนดเดิมยังปรากฏในประวัติของรอบ",
                "Whoever has not answered is told the new deadline by e-mail, once. The old one stays in the round's history.",
            )) }
            (needed_day(lang, ("deadline", "/deadline"), &html! { (lang.say("ครบกำหนดใหม่", "New deadline")) }))
            (needed_day(lang, ("closes", "/closes"), &html! { (lang.say("วันสุดท้ายที่รับคำตอบ", "Last day for answers")) }))
        }, lang.say("เลื่อนกำหนด", "Move the deadline")))
        (dialog(lang, "ask-stop", lang.say("หยุดการแจ้งเตือนของรอบนี้?", "Stop the reminders of this round?"), &html! {
            p { (lang.say(
                "จะไม่มีอีเมลแจ้งเตือนออกไปจนกว่าจะสั่งให้เริ่มส่งอีกครั้ง หน่วยงานยังตอบได้ตามปกติ",
                "No reminder goes out until you let them go on. Agencies can answer all the same.",
            )) }
        }, lang.say("หยุดการแจ้งเตือน", "Stop reminders")))
        (dialog(lang, "ask-resume", lang.say("เริ่มส่งการแจ้งเตือนอีกครั้ง?", "Let reminders go on?"), &html! {
            p { (lang.say("การแจ้งเตือนครั้งต่อไปจะออกตามกำหนด", "The next ones go out as planned.")) }
        }, lang.say("เริ่มส่งอีกครั้ง", "Let them go on")))
        (dialog(lang, "ask-close", lang.say("ปิดรอบนี้?", "Close this round?"), &html! {
            p { (lang.say(
                "เมื่อปิดแล้วจะไม่รับคำตอบอีก ไม่มีการแจ้งเตือน และระบบบันทึกผลสรุปไว้ เปิดใหม่ไม่ได้",
                "No answers are taken and no reminders sent any more, and the final report is written. It cannot be opened again.",
            )) }
            p { strong data-slot="owing" {} }
        }, lang.say("ปิดรอบ", "Close the round")))
        (dialog(lang, "ask-delete", lang.say("ลบรอบนี้?", "Delete this round?"), &html! {
            p { strong data-slot="title" lang=[lang.thai_data()] {} }
            p { (lang.say("ยังไม่มีหน่วยงานใดเห็นรอบนี้ ลบแล้วเรียกคืนไม่ได้", "No agency has seen it. It cannot be brought back.")) }
        }, lang.say("ลบรอบ", "Delete the round")))
        (dialog(lang, "ask-remove-file", lang.say("ลบไฟล์แนบนี้?", "Remove this attachment?"), &html! {
            p { strong data-slot="name" lang=[lang.thai_data()] {} }
        }, lang.say("ลบไฟล์", "Remove")))
    }
}
