//! The parts that home, sign-in and registration share.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::frame::{Context, help_ways};
use crate::parts::{self, Field};
use crate::{Lang, rules};

/// Sign in by agency and password, then the code for a device that is not known yet.
pub(super) fn sign_in_forms(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        form #sign-in method="post" novalidate {
            (parts::error_summary(lang))
            (ways_in(context))
            (parts::agency_picker(lang))
            (Field::text("password", "/password", say("รหัสผ่าน (Password)", "Password"))
                .hint(say("ตัวเลขที่ตั้งไว้เมื่อลงทะเบียน", "The digits set at registration"))
                .password("current-password").max(rules::PASSWORD_MAX).class("short").html(lang))
            (parts::show_password(lang))
            div.actions {
                (parts::submit(lang.say("เข้าสู่ระบบ", "Sign in")))
                a href=(lang.path("/reset")) { (lang.say("ลืมรหัสผ่าน", "Forgot the password?")) }
            }
        }
        form #confirm method="post" novalidate hidden {
            h2 tabindex="-1" { (lang.say("ยืนยันอุปกรณ์นี้", "Confirm this device")) }
            p { (lang.say(
                "ท่านยังไม่เคยเข้าสู่ระบบจากอุปกรณ์นี้ ถ้ารหัสผ่านถูกต้อง ระบบจะส่งรหัส 8 หลักไปยังอีเมลที่ลงทะเบียนไว้",
                "You have not signed in from this device before. If the password is right, an 8-digit code goes to the e-mail address you registered.",
            )) }
            (parts::error_summary(lang))
            (ways_in(context))
            (parts::code_field(lang, say("รหัสในอีเมลฉบับล่าสุด", "The code in the latest e-mail")))
            div.actions {
                (parts::submit(lang.say("ยืนยัน", "Confirm")))
                button.link type="button" data-part="back" { (lang.say("กลับไปกรอกใหม่", "Start again")) }
            }
            (no_mail(context, true))
        }
    }
}

/// The ways back in, shown when typing again does not help: too many tries, or a suspended account.
fn ways_in(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.notice.warning data-part="ways-in" hidden {
            p { strong { (lang.say("ทางกลับเข้าใช้งาน", "Ways back in")) } }
            ul {
                li data-way="mail" { a href=(lang.path("/reset")) { (lang.say("ตั้งรหัสผ่านใหม่ทางอีเมล", "Set a new password by e-mail")) } }
                li data-way="mail" { a href=(lang.path("/register")) { (lang.say(
                    "เข้าอีเมลเดิมไม่ได้: ลงทะเบียนใหม่ด้วยอีเมลของหน่วยงาน",
                    "The mailbox is lost: register again with the agency's address",
                )) } }
                li { (call_the_province(lang)) }
                li { (lang.say("สอบถามผู้ดูแลระบบ", "Ask us")) (help_ways(context)) }
            }
        }
    }
}

/// Whom to call about an account of an agency.
pub(super) fn call_the_province(lang: Lang) -> &'static str {
    lang.say(
        "โทรหากลุ่มงานมาตรฐานการบริหารงานบุคคลท้องถิ่น สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดของท่าน",
        "Call the Local Personnel Standards group of your province's local administration office",
    )
}

/// What to do when the mail does not come.
pub(super) fn no_mail(context: &Context<'_>, signing_in: bool) -> Markup {
    let lang = context.lang;
    html! {
        details {
            summary { (lang.say("ไม่ได้รับอีเมล ทำอย่างไร", "No mail? What to do")) }
            ol {
                li { (lang.say("รอ 5 นาที แล้วดูในกล่องจดหมายขยะ (Spam)", "Wait five minutes, then look in the spam folder.")) }
                @if signing_in {
                    li { (lang.say(
                        "ถ้ารหัสผ่านผิดจะไม่มีอีเมลส่งออกไป ให้กลับไปกรอกใหม่ หรือ",
                        "With a wrong password no mail is sent: start again, or ",
                    )) a href=(lang.path("/reset")) { (lang.say("ตั้งรหัสผ่านใหม่", "set a new password")) } }
                } @else {
                    li { (lang.say(
                        "ตรวจว่าอีเมลที่กรอกถูกต้อง ถ้าผิดให้กลับไปลงทะเบียนใหม่",
                        "Check the address you gave. If it is wrong, register again.",
                    )) }
                }
                li { (lang.say("ถ้ายังไม่ได้รับ กรุณาติดต่อ", "Still nothing? Please contact us.")) (help_ways(context)) }
            }
        }
    }
}

/// A new password, typed twice, with the offer of a good one.
pub(super) fn new_password(lang: Lang) -> Markup {
    html! {
        (Field::text("password", "/password", say("รหัสผ่าน (Password)", "Password"))
            .hint(say(
                "เป็นตัวเลขไม่ต่ำกว่า 6 หลัก ใช้เลขไทยได้ ห้ามใช้เลขเรียงหรือเลขซ้ำ เช่น 123456",
                "Digits, at least six. Not a row or one digit repeated, such as 123456",
            ))
            .password("new-password").max(rules::PASSWORD_MAX).class("short").html(lang))
        (Field::text("password-again", "", say("กรุณากรอกรหัสผ่านอีกครั้ง", "Type the password again"))
            .password("new-password").max(rules::PASSWORD_MAX).class("short").html(lang))
        div.offer {
            (parts::show_password(lang))
            button.secondary.small type="button" data-part="offer" hidden { (lang.say("ช่วยตั้งรหัส 8 หลัก", "Suggest 8 digits")) }
            p data-part="offered" role="status" {}
        }
    }
}
