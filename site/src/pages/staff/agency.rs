//! One agency as an officer sees it: its record, its account, who changed what, and how to help.

use maud::{Markup, html};
use palad_domain::audit::SuspensionReason;
use palad_domain::say::say;

use super::{menu, reasons};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::pages::agency_account::{audit, of_an_agency};
use crate::parts::{self, dialog, select, slot_row};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/agency",
        title: say("หน่วยงาน", "Agency"),
        module: "staff-agency",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/agency"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #agency hidden {
            h2 data-slot="name" lang=[lang.thai_data()] {}
            p data-slot="where" lang=[lang.thai_data()] {}
            div.columns {
                (record(lang))
                (account(lang))
            }
            (audit(lang, &of_an_agency()))
        }
        section #unknown hidden {
            h2 { (lang.say("ไม่พบหน่วยงานนี้", "There is no such agency")) }
            p { a href=(lang.path("/staff/agencies")) { (lang.say("ดูบัญชีของหน่วยงานทั้งหมด", "See all accounts")) } }
        }
        (parts::row())
        (questions(lang))
    }
}

fn record(lang: Lang) -> Markup {
    html! {
        section.card {
            h3 { (lang.say("ข้อมูลปลัด", "The record")) }
            article.entry #record {
                (parts::face())
                div.what {
                    span.badge data-slot="state" {}
                    h4 data-slot="title" lang=[lang.thai_data()] {}
                    p data-slot="position" lang=[lang.thai_data()] {}
                }
            }
            dl.details {
                (slot_row(lang, "level", "ระดับ", "Level"))
                (slot_row(lang, "phone", "เบอร์โทรศัพท์", "Telephone"))
                (slot_row(lang, "mobile", "โทรศัพท์มือถือ (ใช้ภายใน)", "Mobile (internal)"))
                (slot_row(lang, "missing", "ที่ยังขาด", "Missing"))
                (slot_row(lang, "updated", "ปรับปรุงเมื่อ", "Updated"))
            }
        }
    }
}

fn account(lang: Lang) -> Markup {
    html! {
        section.card #account {
            h3 { (lang.say("บัญชี", "Account")) }
            p { span.badge data-slot="account" {} }
            dl.details {
                (slot_row(lang, "email", "อีเมล", "E-mail"))
                (slot_row(lang, "opened", "เปิดเมื่อ", "Opened"))
                (slot_row(lang, "seen", "เข้าใช้ล่าสุด", "Last sign-in"))
                (slot_row(lang, "telephone", "โทรศัพท์ในบัญชีรายชื่อ", "Telephone (official list)"))
            }
            div.buttons data-roles="province central" hidden {
                button.primary type="button" data-act="reset" { (lang.say("ส่งลิงก์ตั้งรหัสผ่าน", "Send a reset link")) }
                button.secondary type="button" data-act="suspend" { (lang.say("ระงับบัญชี", "Suspend")) }
                button.secondary type="button" data-act="lift" { (lang.say("ยกเลิกการระงับ", "Lift the suspension")) }
            }
        }
    }
}

/// A reason as the call names it.
fn name_of(reason: SuspensionReason) -> &'static str {
    match reason {
        SuspensionReason::Misused => "misused",
        SuspensionReason::WrongPerson => "wrong_person",
        SuspensionReason::Asked => "asked",
        SuspensionReason::Other => "other",
    }
}

fn questions(lang: Lang) -> Markup {
    let named = SuspensionReason::ALL.map(|reason| (name_of(reason), reason.words()));
    let why = reasons(lang, &named);
    html! {
        (dialog(lang, "ask-reset", lang.say("ส่งลิงก์ตั้งรหัสผ่าน?", "Send a reset link?"), &html! {
            p { (lang.say(
                "ระบบจะส่งลิงก์ไปที่อีเมลของบัญชี ท่านไม่เห็นรหัสผ่าน โปรดโทรกลับหน่วยงานตามหมายเลขในบัญชีรายชื่อก่อน",
                "A link goes to the account's address; you never see the password. First call the agency back on the number of the official list.",
            )) }
            p { strong data-slot="email" {} }
        }, lang.say("ส่งลิงก์", "Send the link")))
        (dialog(lang, "ask-suspend", lang.say("ระงับบัญชีนี้?", "Suspend this account?"), &html! {
            p { (lang.say(
                "ทุกเครื่องจะออกจากระบบ และเข้าใช้ไม่ได้จนกว่าจะยกเลิกการระงับ ข้อมูลปลัดยังเปิดเผยตามเดิม",
                "Every device is signed out, and nobody can sign in until it is lifted. The record stays in the directory.",
            )) }
            (select(lang, ("reason", "/reason"), &say("เหตุผล", "Reason"), None, false, &why))
        }, lang.say("ระงับบัญชี", "Suspend")))
        (dialog(lang, "ask-lift", lang.say("ยกเลิกการระงับ?", "Lift the suspension?"), &html! {
            p { (lang.say("หน่วยงานจะเข้าสู่ระบบได้อีกครั้ง", "The agency can sign in again.")) }
        }, lang.say("ยกเลิกการระงับ", "Lift the suspension")))
    }
}
