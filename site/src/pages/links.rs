//! The pages of mailed links. Opening one changes nothing, since mail programs open links by themselves; its button
//! does. The token is in the fragment, which no server and no log sees.

use maud::{Markup, html};
use palad_domain::say::say;

use super::account::{call_the_province, new_password};
use crate::frame::{Context, Page, help_ways};
use crate::parts;

/// To the new owner: the wait is over.
pub(super) fn take_over() -> Page {
    Page {
        path: "/takeover",
        title: say("รับช่วงบัญชีของหน่วยงาน", "Take over the agency's account"),
        module: "link",
        listed: false,
        main: take_over_main,
    }
}

/// To the owner: somebody wants to take over.
pub(super) fn objection() -> Page {
    Page {
        path: "/objection",
        title: say("คัดค้านการรับช่วงบัญชี", "Object to the take-over"),
        module: "link",
        listed: false,
        main: objection_main,
    }
}

/// To a new address: is it yours?
pub(super) fn email() -> Page {
    Page {
        path: "/email",
        title: say("ยืนยันอีเมลใหม่", "Confirm the new address"),
        module: "link",
        listed: false,
        main: email_main,
    }
}

/// To the address before: was that you?
pub(super) fn email_undo() -> Page {
    Page {
        path: "/email/undo",
        title: say("กลับไปใช้อีเมลเดิม", "Keep the old address"),
        module: "link",
        listed: false,
        main: email_undo_main,
    }
}

/// To a successor: the account is handed over.
pub(super) fn hand_over() -> Page {
    Page {
        path: "/handover",
        title: say("รับมอบบัญชีของหน่วยงาน", "Accept the agency's account"),
        module: "handover",
        listed: false,
        main: hand_over_main,
    }
}

/// What one plain link is about.
struct Link {
    /// What the button calls.
    call: &'static str,
    /// What will happen.
    what: Markup,
    button: &'static str,
    /// The heading when it is done.
    done: &'static str,
    /// What is said below it.
    then: Markup,
    /// The way on where the link works no more.
    spent: Markup,
}

impl Link {
    fn html(&self, context: &Context<'_>) -> Markup {
        let lang = context.lang;
        html! {
            div.narrow {
                (parts::needs_script(lang))
                form #link method="post" novalidate data-call=(self.call) {
                    (parts::error_summary(lang))
                    (self.what)
                    div.actions { (parts::submit(self.button)) }
                }
                section #done hidden {
                    h2 tabindex="-1" { (self.done) }
                    (self.then)
                }
                (spent(context, &self.spent))
            }
        }
    }
}

/// What stands in the place of a form whose link works no more.
pub(super) fn spent(context: &Context<'_>, way_on: &Markup) -> Markup {
    let lang = context.lang;
    html! {
        section #spent hidden {
            h2 tabindex="-1" { (lang.say("ลิงก์นี้ใช้ไม่ได้แล้ว", "This link no longer works")) }
            p { (lang.say(
                "ลิงก์ใช้ได้ครั้งเดียวและมีเวลาจำกัด หรือเปิดมาไม่ครบ",
                "A link works once and for a limited time, or it was opened without its end.",
            )) }
            (way_on)
            p { (lang.say("สอบถามผู้ดูแลระบบ", "Ask us")) }
            (help_ways(context))
        }
    }
}

fn take_over_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    Link {
        call: "/registrations/completions",
        what: html! {
            p { (lang.say(
                "เมื่อกดปุ่ม บัญชีของหน่วยงานจะเป็นของท่าน ใช้อีเมลและรหัสผ่านที่ตั้งไว้ตอนลงทะเบียน เจ้าของเดิมจะเข้าใช้ไม่ได้อีก ข้อมูลปลัดที่บันทึกไว้ไม่เปลี่ยน",
                "When you press the button the account is yours, with the address and the password of your registration. Its owner before can no longer sign in. The record stays as it is.",
            )) }
        },
        button: lang.say("รับช่วงบัญชี", "Take over the account"),
        done: lang.say("รับช่วงบัญชีแล้ว", "The account is yours"),
        then: html! {
            p { (lang.say("เข้าสู่ระบบด้วยรหัสผ่านที่ตั้งไว้ตอนลงทะเบียน", "Sign in with the password of your registration.")) }
            p { a.button.primary href=(lang.path("/sign-in")) { (lang.say("เข้าสู่ระบบ", "Sign in")) } }
        },
        spent: html! {
            p { (lang.say(
                "ถ้ามีผู้คัดค้าน สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะพิจารณาและแจ้งผลทางอีเมล ถ้ารับช่วงไปแล้ว เข้าสู่ระบบได้เลย",
                "If somebody objected, the province office decides and tells you by e-mail. If you have taken over already, sign in.",
            )) }
            ul {
                li { a href=(lang.path("/sign-in")) { (lang.say("เข้าสู่ระบบ", "Sign in")) } }
                li { a href=(lang.path("/register")) { (lang.say("ลงทะเบียนใหม่", "Register again")) } }
                li { (call_the_province(lang)) }
            }
        },
    }
    .html(context)
}

fn objection_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    Link {
        call: "/registrations/objections",
        what: html! {
            p { (lang.say(
                "มีผู้ขอรับช่วงบัญชีของหน่วยงานท่าน ถ้าเป็นคนของหน่วยงานท่าน ไม่ต้องทำอะไร ถ้าไม่ใช่ ให้กดปุ่ม บัญชีของท่านใช้ได้ต่อไป และสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะตรวจสอบ",
                "Somebody asks to take over your agency's account. If it is one of you, do nothing. If not, press the button: the account stays yours, and the province office looks into it.",
            )) }
        },
        button: lang.say("คัดค้าน", "Object"),
        done: lang.say("คัดค้านแล้ว บัญชียังเป็นของท่าน", "Done: the account stays yours"),
        then: html! {
            p { (lang.say(
                "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะโทรสอบถามหน่วยงาน และแจ้งผลทางอีเมล",
                "The province office will call the agency and tell you the outcome by e-mail.",
            )) }
        },
        spent: html! {
            p { (lang.say(
                "อาจคัดค้านไปแล้ว หรือบัญชีถูกรับช่วงไปแล้ว ถ้าเข้าใช้บัญชีไม่ได้",
                "You may have objected already, or the account has been taken over. If you cannot sign in:",
            )) }
            ul { li { (call_the_province(lang)) } }
        },
    }
    .html(context)
}

fn email_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    Link {
        call: "/email-changes",
        what: html! {
            p { (lang.say(
                "เมื่อกดปุ่ม บัญชีของหน่วยงานจะใช้อีเมลนี้รับรหัสและแจ้งเรื่องต่าง ๆ แทนอีเมลเดิม",
                "When you press the button, codes and notices of the agency's account come to this address instead of the old one.",
            )) }
        },
        button: lang.say("ใช้อีเมลนี้", "Use this address"),
        done: lang.say("เปลี่ยนอีเมลแล้ว", "The address is changed"),
        then: html! {
            p { (lang.say(
                "ระบบแจ้งไปที่อีเมลเดิมด้วย ถ้าเปลี่ยนผิด เปิดลิงก์ในอีเมลเดิมเพื่อเปลี่ยนกลับได้ภายใน 7 วัน",
                "The old address was told too. If it was a mistake, the link mailed there undoes it for seven days.",
            )) }
            p { a.button.primary href=(lang.path("/account")) { (lang.say("ไปที่บัญชีของหน่วยงาน", "Go to the agency's account")) } }
        },
        spent: html! {
            p { a href=(lang.path("/account")) { (lang.say("เปลี่ยนอีเมลใหม่ที่หน้าบัญชีของหน่วยงาน", "Change the address again on the account page")) } }
        },
    }
    .html(context)
}

fn email_undo_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    Link {
        call: "/email-changes/undo",
        what: html! {
            p { (lang.say(
                "มีการเปลี่ยนอีเมลของบัญชีหน่วยงาน ถ้าท่านเป็นผู้เปลี่ยน ไม่ต้องทำอะไร ถ้าไม่ใช่ ให้กดปุ่ม บัญชีจะกลับมาใช้อีเมลนี้ ทุกเครื่องจะออกจากระบบ และท่านจะได้รับลิงก์ตั้งรหัสผ่านใหม่",
                "The address of the agency's account was changed. If it was you, do nothing. If not, press the button: the account comes back to this address, every device is signed out, and a link for a new password is mailed to you.",
            )) }
        },
        button: lang.say("กลับไปใช้อีเมลเดิม", "Back to the old address"),
        done: lang.say("กลับมาใช้อีเมลเดิมแล้ว", "The account is back at the old address"),
        then: html! {
            p { (lang.say(
                "ทุกเครื่องออกจากระบบแล้ว เปิดอีเมลนี้แล้วตั้งรหัสผ่านใหม่ตามลิงก์ที่ส่งให้",
                "Every device is signed out. Look in this mailbox for the link and set a new password.",
            )) }
        },
        spent: html! {
            p { (lang.say("ถ้าเข้าใช้บัญชีไม่ได้", "If you cannot sign in:")) }
            ul {
                li { a href=(lang.path("/reset")) { (lang.say("ตั้งรหัสผ่านใหม่ทางอีเมล", "Set a new password by e-mail")) } }
                li { (call_the_province(lang)) }
            }
        },
    }
    .html(context)
}

fn hand_over_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            form #handover method="post" novalidate {
                (parts::error_summary(lang))
                p { (lang.say(
                    "ผู้ดูแลบัญชีคนเดิมมอบบัญชีของหน่วยงานให้ท่าน ตั้งรหัสผ่านของท่านเองแล้วกดปุ่ม อีเมลของท่านจะเป็นอีเมลของบัญชี คนเดิมจะเข้าใช้ไม่ได้อีก ข้อมูลปลัดที่บันทึกไว้ไม่เปลี่ยน",
                    "The officer before hands the agency's account to you. Set a password of your own and press the button: your address becomes the account's, and the officer before can no longer sign in. The record stays as it is.",
                )) }
                input type="text" name="username" autocomplete="username" hidden;
                (new_password(lang))
                div.actions { (parts::submit(lang.say("รับมอบบัญชี", "Accept the account"))) }
            }
            (spent(context, &html! {
                p { (lang.say(
                    "ขอให้ผู้ดูแลบัญชีคนเดิมส่งมอบอีกครั้ง ถ้าติดต่อไม่ได้",
                    "Ask the officer before to hand it over again. If that cannot be:",
                )) }
                ul {
                    li { a href=(lang.path("/register")) { (lang.say("ลงทะเบียนใหม่ด้วยอีเมลของหน่วยงาน", "Register again with the agency's address")) } }
                    li { (call_the_province(lang)) }
                }
            }))
        }
    }
}
