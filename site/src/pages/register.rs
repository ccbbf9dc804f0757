//! ลงทะเบียน: agency, e-mail, password; then one of three proofs that one belongs to the agency; then what happens next.

use maud::{Markup, html};
use palad_domain::say::say;

use super::account::{call_the_province, new_password, no_mail};
use crate::frame::{Context, Page};
use crate::parts::{self, Field};
use crate::{Lang, rules};

pub(super) fn page() -> Page {
    Page {
        path: "/register", title: say("ลงทะเบียน", "Register"), module: "register", listed: true, main
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            form #register method="post" novalidate {
                p #letter-here.notice hidden { (lang.say(
                    "รับรหัสจากหนังสือไว้แล้ว กรอกแบบนี้ก่อน แล้วระบบจะใช้รหัสนั้นให้ในขั้นต่อไป",
                    "The letter's code is here. Fill in this form first; the code is used in the next step.",
                )) }
                (parts::error_summary(lang))
                (parts::agency_picker(lang))
                (Field::text("email", "/email", say("อีเมล (Email)", "E-mail"))
                    .hint(say(
                        "ควรใช้อีเมลของหน่วยงานตามบัญชีรายชื่อ จะใช้ได้ทันที อีเมลอื่นต้องมีรหัสจากหนังสือราชการ หรือรอสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดอนุมัติ",
                        "The agency's own address on the official list opens the account at once; any other needs the code of the official letter, or waits for the province office.",
                    ))
                    .email().max(rules::EMAIL_MAX).html(lang))
                (new_password(lang))
                div.actions { (parts::submit(lang.say("ลงทะเบียน", "Register"))) }
            }
            (proving(context))
            section #awaiting hidden {
                h2 tabindex="-1" { (lang.say("ยืนยันอีเมลแล้ว รอการอนุมัติ", "E-mail confirmed, waiting for approval")) }
                p { (lang.say(
                    "อีเมลนี้ไม่ตรงกับอีเมลของหน่วยงานในบัญชีรายชื่อ สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะตรวจสอบก่อน เมื่ออนุมัติแล้วระบบจะแจ้งทางอีเมล และท่านเข้าสู่ระบบได้ด้วยรหัสผ่านที่ตั้งไว้",
                    "This address is not the agency's own on the official list, so the province office checks first. You will get an e-mail when it is approved; then sign in with the password you chose.",
                )) }
                h3 { (lang.say("ระหว่างนี้", "Meanwhile")) }
                ul {
                    li { (lang.say("จดรหัสผ่านไว้ในที่ปลอดภัย", "Keep the password in a safe place.")) }
                    li { (lang.say("ถ้าเร่งด่วน: ", "If it is urgent: ")) (call_the_province(lang)) }
                }
                p { a.button.secondary href=(lang.path("/")) { (lang.say("กลับหน้าหลัก", "Back to home")) } }
            }
            (waiting(lang))
        }
    }
}

/// The three ways to prove it, the code from the mail first. Whoever came by the QR code of a letter finds the
/// letter's code first, filled in.
fn proving(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section #prove hidden {
            form #confirm.card method="post" novalidate {
                h2 tabindex="-1" { (lang.say("กรอกรหัสจากอีเมล", "Enter the code from the e-mail")) }
                p { (lang.say("ระบบส่งรหัส 8 หลักไปที่ ", "An 8-digit code was sent to ")) strong data-part="email" {} }
                (parts::error_summary(lang))
                (parts::code_field(lang, say("ใช้ได้ครั้งเดียว ภายในเวลาที่แจ้งในอีเมล", "Works once, for the time given in the e-mail")))
                div.actions {
                    (parts::submit(lang.say("ยืนยัน", "Confirm")))
                    button.link type="button" data-part="back" { (lang.say("กลับไปแก้ไข", "Go back and change")) }
                }
                (no_mail(context, false))
            }
            form #letter.card method="post" novalidate {
                h2 tabindex="-1" { (lang.say("มีหนังสือราชการแจ้งรหัส", "You have an official letter with a code")) }
                p { (lang.say(
                    "ใช้รหัส 10 ตัวในหนังสือแทนรหัสจากอีเมลได้ บัญชีใช้ได้ทันที ไม่ต้องรออีเมล",
                    "The letter's code of ten characters does instead of the mailed one. The account opens at once; no mail is needed.",
                )) }
                (parts::error_summary(lang))
                (Field::text("letter_code", "/letter_code", say("รหัส 10 ตัวจากหนังสือ", "10-character code from the letter"))
                    .hint(say(
                        "ตัวอักษรอังกฤษและตัวเลข เช่น 7K3QM-9XW2T พิมพ์เล็กหรือใหญ่ก็ได้",
                        "Letters and digits, such as 7K3QM-9XW2T; capitals or not",
                    ))
                    .max(rules::LETTER_CODE_MAX).class("short").html(lang))
                div.actions { (parts::submit(lang.say("ใช้รหัสจากหนังสือ", "Use the letter's code"))) }
            }
            section.card {
                h2 { (lang.say("ไม่มีหนังสือ และอีเมลไม่ใช่ของหน่วยงาน", "No letter, and not the agency's own mailbox")) }
                p { (lang.say(
                    "กรอกรหัสจากอีเมลก่อน แล้วสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะโทรกลับหน่วยงานตามหมายเลขในบัญชีรายชื่อ และอนุมัติให้ ผลแจ้งทางอีเมล",
                    "Enter the mailed code first. Then the province's local administration office calls your agency back on the number of the official list, and approves. You are told by e-mail.",
                )) }
                p { (lang.say("ถ้าเร่งด่วน: ", "If it is urgent: ")) (call_the_province(lang)) }
            }
        }
    }
}

/// The account belongs to another address: the way to take it over is to wait, so that its owner may object.
fn waiting(lang: Lang) -> Markup {
    html! {
        section #waiting hidden {
            h2 tabindex="-1" { (lang.say("ยืนยันแล้ว รอครบกำหนดรับช่วงบัญชี", "Proved, waiting to take over")) }
            p { (lang.say(
                "หน่วยงานนี้มีบัญชีที่ใช้อีเมลอื่นอยู่ ระบบแจ้งเจ้าของเดิมแล้ว ถ้าไม่มีผู้คัดค้าน ท่านรับช่วงบัญชีได้ตั้งแต่",
                "The agency has an account with another address. Its owner has been told. If nobody objects you can take it over from",
            )) }
            p.lead { strong data-slot="from" {} }
            h3 { (lang.say("ต่อจากนี้", "What comes next")) }
            ul {
                li { (lang.say(
                    "เมื่อถึงเวลา เปิดลิงก์ในอีเมลที่ระบบส่งให้ท่าน แล้วกดปุ่มรับช่วงบัญชี",
                    "At that time open the link that was mailed to you and press the button to take over.",
                )) }
                li { (lang.say(
                    "ถ้าเจ้าของเดิมคัดค้าน สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะพิจารณา และแจ้งผลทางอีเมล",
                    "If the owner objects, the province office decides, and you are told by e-mail.",
                )) }
                li { (lang.say(
                    "ถ้ามีหนังสือแจ้งรหัส ลงทะเบียนใหม่แล้วใช้รหัสจากหนังสือ ไม่ต้องรอ",
                    "With the code of a letter there is no wait: register again and use it.",
                )) }
                li { (lang.say("จดรหัสผ่านไว้ในที่ปลอดภัย", "Keep the password in a safe place.")) }
                li { (lang.say("ถ้าเร่งด่วน: ", "If it is urgent: ")) (call_the_province(lang)) }
            }
            p { a.button.secondary href=(lang.path("/")) { (lang.say("กลับหน้าหลัก", "Back to home")) } }
        }
    }
}
