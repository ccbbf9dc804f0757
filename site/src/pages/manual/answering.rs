//! The part of the manual about rounds.

use maud::{Markup, html};

use crate::Lang;

/// What is asked in a round, and the one button that answers.
pub(super) fn answering(lang: Lang) -> Markup {
    html! {
        section #answer {
            h2 { (lang.say("การตอบรอบสำรวจ", "To answer in a round")) }
            p { (lang.say(
                "เมื่อสำนักงาน ก.ถ. เปิดรอบสำรวจ กำหนดส่งจะอยู่บนสุดของทุกหน้าหลังเข้าสู่ระบบ และระบบจะส่งอีเมลเตือนจนกว่าจะตอบ",
                "While a round is open its deadline stands on top of every page once you have signed in, and mails remind you until you answer.",
            )) }
            ul {
                li { (lang.say(
                    "ข้อมูลยังถูกต้อง: กด ยังถูกต้อง ในหน้าบุคลากร หรือกดจากลิงก์ในอีเมลได้เลยโดยไม่ต้องเข้าสู่ระบบ",
                    "The record is still right: press Still right on the personnel screen, or behind the link of the mail without signing in.",
                )) }
                li { (lang.say(
                    "ข้อมูลเปลี่ยนไป: แก้ไขแล้วบันทึก หรือบันทึกว่าตำแหน่งว่าง ถือเป็นการตอบแล้ว",
                    "Something has changed: change it and save, or record that the post is vacant. That is an answer too.",
                )) }
                li { (lang.say(
                    "ทุกคำตอบมีใบรับ กดเลขที่ใบรับเพื่อดูและพิมพ์ ผู้ที่มีเลขที่ตรวจสอบได้ที่ ",
                    "Every answer has a receipt: press its number to see and print it. Whoever has the number can check it at ",
                )) a href=(lang.path("/receipt")) { (lang.say("ตรวจสอบใบรับ", "Check a receipt")) } }
                li { (lang.say(
                    "เลยกำหนดแล้วยังตอบได้จนกว่าจะปิดรอบ และจะบันทึกว่าหลังกำหนด",
                    "After the deadline you can still answer until the round closes; it is marked as late.",
                )) }
                li { (lang.say(
                    "ไม่ได้ดูแลข้อมูลของหน่วยงานนั้นแล้ว: เปิดลิงก์ในอีเมลแล้วกด ไม่ใช่ของฉันแล้ว อีเมลเตือนจะไม่ส่งมาอีก",
                    "You no longer look after the record: open the link of the mail and press Not mine any more. Reminders stop.",
                )) }
            }
        }
    }
}
