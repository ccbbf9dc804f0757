//! Staff sign in: address and passphrase, then the code of their app.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::frame::{Context, Page, help_ways};
use crate::parts::{self, Field};
use crate::rules;

pub(super) fn page() -> Page {
    Page {
        path: "/staff",
        title: say("เข้าสู่ระบบสำหรับเจ้าหน้าที่", "Sign in for staff"),
        module: "staff-sign-in",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            p { (lang.say(
                "สำหรับเจ้าหน้าที่จังหวัด อำเภอ และสำนักงาน ก.ถ. ถ้าท่านเป็นเจ้าหน้าที่ของ อปท. ",
                "For officers of provinces, districts and the central office. If you work for an agency, ",
            )) a href=(lang.path("/sign-in")) { (lang.say("เข้าสู่ระบบที่นี่", "sign in here")) } }
            (parts::needs_script(lang))
            form #staff-sign-in method="post" novalidate {
                (parts::error_summary(lang))
                (ways_in(context))
                (Field::text("email", "/email", say("อีเมลที่ได้รับเชิญ", "Your address"))
                    .email().autocomplete("username").max(rules::EMAIL_MAX).html(lang))
                (Field::text("passphrase", "/passphrase", say("วลีรหัสผ่าน", "Passphrase"))
                    .passphrase("current-password").max(rules::PASSPHRASE_MAX).html(lang))
                (parts::show_password(lang))
                div.actions { (parts::submit(lang.say("ต่อไป", "Continue"))) }
            }
            (second_factor(context))
            section {
                h2 { (lang.say("เข้าสู่ระบบไม่ได้", "Cannot sign in?")) }
                (ways_back(context))
            }
        }
    }
}

fn second_factor(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        form #totp method="post" novalidate hidden {
            h2 tabindex="-1" { (lang.say("กรอกรหัสจากแอปยืนยันตัวตน", "Enter the code from your app")) }
            (parts::error_summary(lang))
            (ways_in(context))
            div #by-app {
                (Field::text("code", "/code", say("รหัส 6 หลัก", "6-digit code"))
                    .hint(say("เปิดแอปยืนยันตัวตนในโทรศัพท์ รหัสเปลี่ยนทุก 30 วินาที", "Open the authenticator app on your phone. The code changes every 30 seconds."))
                    .numeric().autocomplete("one-time-code").max(rules::CODE_MAX).class("short").html(lang))
            }
            div #by-recovery hidden {
                (Field::text("recovery", "/recovery", say("รหัสสำรอง", "Recovery code"))
                    .hint(say("เช่น 7K3QM-9XHTB แต่ละรหัสใช้ได้ครั้งเดียว", "Such as 7K3QM-9XHTB. Each works once."))
                    .max(rules::LETTER_CODE_MAX).class("short").html(lang))
            }
            p { button.link type="button" data-part="other" aria-pressed="false" { (lang.say("ไม่มีโทรศัพท์: ใช้รหัสสำรอง", "No phone at hand: use a recovery code")) } }
            div.actions {
                (parts::submit(lang.say("เข้าสู่ระบบ", "Sign in")))
                button.link type="button" data-part="back" { (lang.say("กลับไปกรอกใหม่", "Start again")) }
            }
        }
    }
}

/// Below the summary when there were too many tries.
fn ways_in(context: &Context<'_>) -> Markup {
    html! {
        div.notice.warning data-part="ways-in" hidden {
            p { strong { (context.lang.say("ทางกลับเข้าใช้งาน", "Ways back in")) } }
            (ways_back(context))
        }
    }
}

fn ways_back(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        ul {
            li { (lang.say(
                "โทรศัพท์หายหรือเปลี่ยนเครื่อง: ใช้รหัสสำรองที่เก็บไว้",
                "The phone is lost or new: use one of the recovery codes that you kept.",
            )) }
            li { (lang.say(
                "ลืมวลีรหัสผ่าน หรือรหัสสำรองหมด: ขอคำเชิญใหม่จากเจ้าหน้าที่จังหวัด หรือสำนักงาน ก.ถ. แล้วตั้งใหม่ทั้งหมด",
                "The passphrase is forgotten, or no recovery code is left: ask your province or the central office for a new invitation, and set up both again.",
            )) }
            li { (lang.say("สอบถามผู้ดูแลระบบ", "Ask us")) (help_ways(context)) }
        }
    }
}
