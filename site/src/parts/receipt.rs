//! The receipt of an answer, as it is shown and printed.

use maud::{Markup, html};

use super::slot_row;
use crate::Lang;

/// The receipt; the module `receipt-card` fills it.
pub(crate) fn receipt(lang: Lang) -> Markup {
    html! {
        article.receipt #receipt {
            p.issuer { (lang.say(
                "ระบบบันทึกข้อมูลปลัด อปท. สำนักงาน ก.ถ. กระทรวงมหาดไทย",
                "Register of chief clerks, Office of the Local Personnel Standards Commission, Ministry of Interior",
            )) }
            p.number {
                span { (lang.say("ใบรับคำตอบ เลขที่", "Receipt number")) } " "
                strong.nowrap data-slot="number" {}
            }
            dl.details {
                (slot_row(lang, "agency", "หน่วยงาน", "Agency"))
                (slot_row(lang, "place", "ที่ตั้ง", "Place"))
                (slot_row(lang, "at", "รับเมื่อ", "Received"))
                (slot_row(lang, "answers", "คำตอบ", "Answer"))
                (slot_row(lang, "version", "ข้อมูลฉบับที่", "Version of the record"))
            }
            p.small data-slot="verify" {}
            div.buttons {
                button.secondary type="button" data-act="print" { (lang.say("พิมพ์ใบรับ", "Print the receipt")) }
            }
        }
    }
}
