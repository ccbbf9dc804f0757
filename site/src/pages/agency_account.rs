//! บัญชีของหน่วยงาน: its address, its devices, to whom it is handed over, and who changed what.

use maud::{Markup, html};
use palad_domain::say::{Say, say};

use crate::Lang;
use crate::frame::{Context, Page};
use crate::parts::{self, Field, dialog, slot_row};
use crate::rules;

pub(super) fn page() -> Page {
    Page {
        path: "/account",
        title: say("บัญชีของหน่วยงาน", "The agency's account"),
        module: "account",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        p.where { a href=(lang.path("/office")) { (lang.say("หน่วยงานของท่าน", "Your agency")) } }
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #account.narrow hidden {
            (take_over(lang))
            (ways_in(context))
            (devices(lang))
            (hand_over(lang))
            (audit(lang, &of_an_agency()))
        }
        (parts::row())
        (questions(lang))
    }
}

/// Somebody else waits to take the account over.
fn take_over(lang: Lang) -> Markup {
    html! {
        section #take-over.notice.warning hidden {
            h2 { (lang.say("มีผู้ขอรับช่วงบัญชีนี้", "Somebody asks to take over this account")) }
            p data-slot="take_over" {}
            p { (lang.say(
                "ถ้าเป็นคนของหน่วยงานท่าน ไม่ต้องทำอะไร ถ้าไม่ใช่ ให้คัดค้าน สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะตรวจสอบ",
                "If it is one of you, do nothing. If not, object: the province office looks into it.",
            )) }
            button.primary type="button" data-act="object" { (lang.say("คัดค้าน", "Object")) }
        }
    }
}

/// The address and the password.
fn ways_in(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section.card {
            h2 { (lang.say("อีเมลและรหัสผ่าน", "E-mail and password")) }
            dl.details {
                (slot_row(lang, "agency", "หน่วยงาน", "Agency"))
                (slot_row(lang, "email", "อีเมล", "E-mail"))
                (slot_row(lang, "opened", "เปิดบัญชีเมื่อ", "Opened"))
            }
            p.notice data-slot="email_change" {}
            details #change-email {
                summary { (lang.say("เปลี่ยนอีเมล", "Change the address")) }
                form #email-form method="post" novalidate {
                    p { (lang.say(
                        "ระบบจะส่งลิงก์ไปที่อีเมลใหม่ และแจ้งอีเมลเดิม อีเมลเปลี่ยนเมื่อเปิดลิงก์แล้วกดยืนยัน",
                        "A link goes to the new address, and a notice to the old one. The address changes when the link is confirmed.",
                    )) }
                    (parts::error_summary(lang))
                    (Field::text("email", "/email", say("อีเมลใหม่", "New address")).email().max(rules::EMAIL_MAX).html(lang))
                    div.actions { (parts::submit(lang.say("ส่งลิงก์", "Send the link"))) }
                }
            }
            p { a href=(lang.path("/reset")) { (lang.say("เปลี่ยนรหัสผ่าน ทางอีเมล", "Change the password, by e-mail")) } }
        }
    }
}

fn devices(lang: Lang) -> Markup {
    html! {
        section #devices.card {
            h2 { (lang.say("เครื่องที่ใช้บัญชีนี้", "Devices of this account")) }
            p { (lang.say(
                "เครื่องเหล่านี้เข้าสู่ระบบได้โดยไม่ต้องใส่รหัสจากอีเมลอีก",
                "These sign in without a code from the mail.",
            )) }
            ul.rows {}
            p { button.secondary type="button" data-act="sign-out-everywhere" { (lang.say("ออกจากระบบทุกเครื่อง", "Sign out everywhere")) } }
        }
    }
}

fn hand_over(lang: Lang) -> Markup {
    html! {
        section.card {
            h2 { (lang.say("ส่งมอบบัญชีให้ผู้รับช่วงต่อ", "Hand over to a successor")) }
            div #handing hidden {
                p.notice data-slot="handover" {}
                p { button.secondary type="button" data-act="cancel-handover" { (lang.say("ยกเลิกการส่งมอบ", "Cancel the hand-over")) } }
            }
            form #handover-form method="post" novalidate {
                p { (lang.say(
                    "ก่อนย้ายหรือเปลี่ยนหน้าที่ ส่งลิงก์ให้ผู้รับช่วงต่อ ผู้รับตั้งรหัสผ่านของตนเอง ท่านใช้บัญชีต่อได้จนกว่าผู้รับจะรับมอบ",
                    "Before you move on, send your successor a link. The successor sets a password of their own; the account is yours until then.",
                )) }
                (parts::error_summary(lang))
                (Field::text("successor", "/successor", say("อีเมลของผู้รับช่วงต่อ", "The successor's address")).email().max(rules::EMAIL_MAX).autocomplete("off").html(lang))
                div.actions { (parts::submit(lang.say("ส่งมอบ", "Hand over"))) }
            }
        }
    }
}

/// What the audit of an agency is called.
pub(super) fn of_an_agency() -> Say {
    say("ใครแก้อะไรเมื่อไร", "Who changed what, and when")
}

/// Who did what and when; a module fills it.
pub(super) fn audit(lang: Lang, title: &Say) -> Markup {
    html! {
        section #audit hidden {
            h2 { (lang.pick(title)) }
            ol.rows {}
            p { button.secondary #more type="button" hidden { (lang.say("แสดงก่อนหน้านี้", "Show earlier lines")) } }
        }
    }
}

fn questions(lang: Lang) -> Markup {
    html! {
        (dialog(lang, "ask-object", lang.say("คัดค้านการรับช่วงบัญชี?", "Object to the take-over?"), &html! {
            p { (lang.say(
                "บัญชียังเป็นของท่าน คำขอนั้นจะไปให้สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดพิจารณา",
                "The account stays yours. The request goes to the province office.",
            )) }
        }, lang.say("คัดค้าน", "Object")))
        (dialog(lang, "ask-sign-out", lang.say("ออกจากระบบทุกเครื่อง?", "Sign out everywhere?"), &html! {
            p { (lang.say(
                "ทุกเครื่องรวมทั้งเครื่องนี้จะออกจากระบบ และต้องใส่รหัสจากอีเมลเมื่อเข้าใหม่",
                "Every device is signed out, this one too, and needs a code from the mail to sign in again.",
            )) }
        }, lang.say("ออกจากระบบทุกเครื่อง", "Sign out everywhere")))
        (dialog(lang, "ask-cancel", lang.say("ยกเลิกการส่งมอบ?", "Cancel the hand-over?"), &html! {
            p { (lang.say("ลิงก์ที่ส่งไปจะใช้ไม่ได้อีก", "The link that was sent will no longer work.")) }
        }, lang.say("ยกเลิกการส่งมอบ", "Cancel the hand-over")))
    }
}
