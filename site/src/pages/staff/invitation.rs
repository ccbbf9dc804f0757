//! An invitation is accepted: who and where, the app for codes, a passphrase, then the recovery codes.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::frame::{Context, Page};
use crate::pages::links::spent;
use crate::parts::{self, Field, slot_row};
use crate::{Lang, rules};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/invitation",
        title: say("รับคำเชิญเป็นเจ้าหน้าที่", "Accept the invitation"),
        module: "invitation",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            form #open method="post" novalidate {
                (parts::error_summary(lang))
                p { (lang.say(
                    "ใช้เวลาประมาณ 5 นาที เตรียมโทรศัพท์ที่มีแอปยืนยันตัวตน เช่น Google Authenticator, Microsoft Authenticator หรือ Aegis",
                    "About five minutes. Have a phone with an authenticator app at hand, such as Google Authenticator, Microsoft Authenticator or Aegis.",
                )) }
                div.actions { (parts::submit(lang.say("เปิดคำเชิญ", "Open the invitation"))) }
            }
            (accept(lang))
            (recovery(context))
            (spent(context, &html! {
                p { (lang.say(
                    "ถ้ารับคำเชิญไปแล้ว เข้าสู่ระบบได้เลย ถ้ายัง ขอให้ผู้ที่เชิญท่านส่งคำเชิญใหม่",
                    "If you have accepted already, sign in. If not, ask whoever invited you for a new invitation.",
                )) }
                p { a.button.primary href=(lang.path("/staff")) { (lang.say("เข้าสู่ระบบ", "Sign in")) } }
            }))
        }
    }
}

fn accept(lang: Lang) -> Markup {
    html! {
        form #accept method="post" novalidate hidden {
            h2 tabindex="-1" { (lang.say("คำเชิญของท่าน", "Your invitation")) }
            dl.details {
                (slot_row(lang, "email", "อีเมล", "E-mail"))
                (slot_row(lang, "place", "สังกัด", "Office"))
            }
            (parts::error_summary(lang))
            (Field::text("name", "/name", say("ชื่อและนามสกุล", "Your name"))
                .hint(say("ใช้แสดงต่อเพื่อนร่วมงานและในประวัติการแก้ไข", "Shown to colleagues and in the history"))
                .autocomplete("name").max(rules::STAFF_NAME_MAX).thai().html(lang))
            h2 { (lang.say("1. วลีรหัสผ่าน", "1. A passphrase")) }
            ul {
                li { (lang.say("ยาวอย่างน้อย ", "At least ")) (rules::PASSPHRASE_MIN) (lang.say(" ตัวอักษร ใช้ภาษาไทยและเว้นวรรคได้", " characters; any language, with spaces")) }
                li { (lang.say(
                    "ใช้คำหลายคำที่ไม่เกี่ยวกันต่อกัน เช่น ชื่อสิ่งของสี่อย่าง จำง่ายและเดายาก",
                    "Several words that have nothing to do with each other are easy to keep in mind and hard to guess",
                )) }
                li { (lang.say("ไม่ใช้อีเมลของท่าน หรือคำเดิมซ้ำ ๆ", "Not your address, nor the same word again and again")) }
            }
            (Field::text("passphrase", "/passphrase", say("วลีรหัสผ่าน", "Passphrase"))
                .passphrase("new-password").max(rules::PASSPHRASE_MAX).html(lang))
            (Field::text("passphrase-again", "", say("กรอกวลีรหัสผ่านอีกครั้ง", "Type the passphrase again"))
                .passphrase("new-password").max(rules::PASSPHRASE_MAX).html(lang))
            (parts::show_password(lang))
            h2 { (lang.say("2. แอปยืนยันตัวตน", "2. The authenticator app")) }
            ol {
                li { (lang.say("เปิดแอปในโทรศัพท์ แล้วเลือกเพิ่มบัญชี", "Open the app on your phone and choose to add an account.")) }
                li { (lang.say("สแกนคิวอาร์โค้ดนี้ หรือพิมพ์รหัสลับด้านล่าง", "Scan this QR code, or type the secret below.")) }
                li { (lang.say("กรอกรหัส 6 หลักที่แอปแสดง", "Enter the 6 digits that the app shows.")) }
            }
            div.qr-code data-part="qr" {}
            p { (lang.say("รหัสลับ (แบบตามเวลา 6 หลัก 30 วินาที): ", "The secret (time-based, 6 digits, 30 seconds): ")) code.secret data-slot="secret" {} }
            p { a data-part="uri" { (lang.say("เปิดในแอปของเครื่องนี้", "Open in the app of this device")) } }
            (Field::text("code", "/code", say("รหัส 6 หลักจากแอป", "6-digit code from the app"))
                .numeric().autocomplete("one-time-code").max(rules::CODE_MAX).class("short").html(lang))
            div.actions { (parts::submit(lang.say("รับคำเชิญ", "Accept the invitation"))) }
        }
    }
}

fn recovery(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        form #recovery method="post" novalidate hidden {
            h2 tabindex="-1" { (lang.say("เก็บรหัสสำรองไว้", "Keep the recovery codes")) }
            (parts::error_summary(lang))
            p.notice.warning { (lang.say(
                "ใช้เข้าสู่ระบบเมื่อไม่มีโทรศัพท์ แต่ละรหัสใช้ได้ครั้งเดียว แสดงครั้งนี้ครั้งเดียว พิมพ์หรือจดแล้วเก็บในที่ปลอดภัย",
                "They let you sign in without the phone, each once. They are shown this once: print or write them down and keep them safe.",
            )) }
            ol.codes data-part="codes" {}
            div.buttons {
                button.secondary type="button" data-act="print" { (lang.say("พิมพ์", "Print")) }
                button.secondary type="button" data-act="copy" { (lang.say("คัดลอก", "Copy")) }
            }
            p data-part="copied" role="status" {}
            div.field {
                p.error #kept-error hidden {}
                label.tick {
                    input #kept type="checkbox";
                    span { (lang.say("เก็บรหัสสำรองไว้แล้ว", "I have kept the recovery codes")) }
                }
            }
            div.actions { (parts::submit(lang.say("ไปเข้าสู่ระบบ", "Go and sign in"))) }
        }
    }
}
