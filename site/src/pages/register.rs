//! ลงทะเบียน: agency, e-mail, password; then the code from the mail; then what happens next.

use maud::{Markup, html};
use palad_domain::say::say;

use super::account::{new_password, no_mail};
use crate::frame::{Context, Page};
use crate::parts::{self, Field};
use crate::rules;

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
                (parts::error_summary(lang))
                (parts::agency_picker(lang))
                (Field::text("email", "/email", say("อีเมล (Email)", "E-mail"))
                    .hint(say(
                        "ควรใช้อีเมลของหน่วยงานตามบัญชีรายชื่อ จะใช้ได้ทันที อีเมลอื่นต้องรอสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดอนุมัติ",
                        "The agency's own address on the official list opens the account at once; any other waits for the province office.",
                    ))
                    .email().max(rules::EMAIL_MAX).html(lang))
                (new_password(lang))
                div.actions { (parts::submit(lang.say("ลงทะเบียน", "Register"))) }
            }
            form #confirm method="post" novalidate hidden {
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
            section #awaiting hidden {
                h2 tabindex="-1" { (lang.say("ยืนยันอีเมลแล้ว รอการอนุมัติ", "E-mail confirmed, waiting for approval")) }
                p { (lang.say(
                    "อีเมลนี้ไม่ตรงกับอีเมลของหน่วยงานในบัญชีรายชื่อ สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะตรวจสอบก่อน เมื่ออนุมัติแล้วระบบจะแจ้งทางอีเมล และท่านเข้าสู่ระบบได้ด้วยรหัสผ่านที่ตั้งไว้",
                    "This address is not the agency's own on the official list, so the province office checks first. You will get an e-mail when it is approved; then sign in with the password you chose.",
                )) }
                h3 { (lang.say("ระหว่างนี้", "Meanwhile")) }
                ul {
                    li { (lang.say("จดรหัสผ่านไว้ในที่ปลอดภัย", "Keep the password in a safe place.")) }
                    li { (lang.say(
                        "ถ้าเร่งด่วน โทรหากลุ่มงานมาตรฐานการบริหารงานบุคคลท้องถิ่นของจังหวัดท่าน",
                        "If it is urgent, call the Local Personnel Standards group of your province.",
                    )) }
                }
                p { a.button.secondary href=(lang.path("/")) { (lang.say("กลับหน้าหลัก", "Back to home")) } }
            }
        }
    }
}
