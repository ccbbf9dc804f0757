//! ลืมรหัสผ่าน: ask for the mail, and set a new password with the link in it.

use maud::{Markup, html};
use palad_domain::say::say;

use super::account::{new_password, no_mail};
use crate::frame::{Context, Page};
use crate::parts::{self, Field};
use crate::rules;

pub(super) fn page() -> Page {
    Page {
        path: "/reset",
        title: say("ลืมรหัสผ่าน", "Forgot the password"),
        module: "reset",
        listed: true,
        main,
    }
}

/// The page of the link in the mail. Its token is in the fragment, which no server and no log sees.
pub(super) fn new_password_page() -> Page {
    Page {
        path: "/reset/new",
        title: say("ตั้งรหัสผ่านใหม่", "Set a new password"),
        module: "reset-new",
        listed: false,
        main: new_password_main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            form #reset method="post" novalidate {
                p { (lang.say(
                    "เลือกหน่วยงานและกรอกอีเมลที่ลงทะเบียนไว้ ระบบจะส่งลิงก์สำหรับตั้งรหัสผ่านใหม่ไปให้",
                    "Choose the agency and give the e-mail address you registered. A link for a new password is sent there.",
                )) }
                (parts::error_summary(lang))
                (parts::agency_picker(lang))
                (Field::text("email", "/email", say("อีเมลที่ลงทะเบียนไว้", "Registered e-mail"))
                    .email().max(rules::EMAIL_MAX).html(lang))
                div.actions { (parts::submit(lang.say("ส่งลิงก์", "Send the link"))) }
            }
            section #sent hidden {
                h2 tabindex="-1" { (lang.say("โปรดดูอีเมล", "Look in your mailbox")) }
                p { (lang.say(
                    "ถ้าอีเมลนี้ตรงกับที่ลงทะเบียนไว้ ท่านจะได้รับลิงก์ภายใน 5 นาที เปิดลิงก์แล้วตั้งรหัสผ่านใหม่ได้ทันที",
                    "If this address is the registered one, a link arrives within five minutes. Open it to set a new password.",
                )) }
                (no_mail(context, false))
                p { a href=(lang.path("/register")) { (lang.say(
                    "เข้าอีเมลเดิมไม่ได้แล้ว: ลงทะเบียนใหม่ด้วยอีเมลของหน่วยงาน",
                    "The old mailbox is lost: register again with the agency's address",
                )) } }
            }
        }
    }
}

fn new_password_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            form #reset-new method="post" novalidate {
                (parts::error_summary(lang))
                input type="text" name="username" autocomplete="username" hidden;
                (new_password(lang))
                div.actions { (parts::submit(lang.say("บันทึกรหัสผ่าน", "Save the password"))) }
            }
            section #spent hidden {
                h2 tabindex="-1" { (lang.say("ลิงก์นี้ใช้ไม่ได้แล้ว", "This link no longer works")) }
                p { (lang.say(
                    "ลิงก์ใช้ได้ครั้งเดียวและมีเวลาจำกัด หรือเปิดมาไม่ครบ กรุณาขอลิงก์ใหม่",
                    "A link works once and for a limited time, or it was opened without its end. Please ask for a new one.",
                )) }
                p { a.button.primary href=(lang.path("/reset")) { (lang.say("ขอลิงก์ใหม่", "Ask for a new link")) } }
            }
        }
    }
}
