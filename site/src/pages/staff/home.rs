//! The officer's desk: registrations that wait for a decision.

use maud::{Markup, html};
use palad_domain::claim::RefusalReason;
use palad_domain::say::say;

use super::rounds::{menu, round_card};
use super::{province, reasons};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::parts::{self, dialog, select, slot_row, template};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/home",
        title: say("งานของเจ้าหน้าที่", "The desk"),
        module: "staff-home",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/home"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        section #open-rounds hidden {
            h2 { (lang.say("รอบที่เปิดอยู่", "Open rounds")) }
            div {}
        }
        section data-roles="province central" hidden {
            h2 { (lang.say("คำขอลงทะเบียนที่รอพิจารณา", "Registrations to decide")) }
            (province(lang, lang.say("ทุกจังหวัด", "All provinces")))
            p #count role="status" {}
            div #claims {}
            p { button.secondary #more type="button" hidden { (lang.say("แสดงเพิ่ม", "Show more")) } }
        }
        section.narrow data-roles="district" hidden {
            p { (lang.say(
                "คำขอลงทะเบียนเป็นเรื่องที่จังหวัดพิจารณา ท่านดูบัญชีและข้อมูลของหน่วยงานในอำเภอได้",
                "Registrations are for the province to decide. You can see the accounts and records of your district.",
            )) }
            p { a.button.primary href=(lang.path("/staff/agencies")) { (lang.say("ดูหน่วยงานในอำเภอ", "See the agencies of the district")) } }
        }
        section #own.narrow hidden {
            h2 { (lang.say("บัญชีของท่าน", "Your own account")) }
            p { strong data-slot="name" {} br; span data-slot="email" {} }
            p { button.secondary type="button" data-act="sign-out-everywhere" { (lang.say("ออกจากระบบทุกเครื่อง", "Sign out everywhere")) } }
        }
        (template("claim", &claim(lang)))
        (template("round", &round_card(lang)))
        (questions(lang))
    }
}

fn claim(lang: Lang) -> Markup {
    html! {
        article.card {
            h3 data-slot="agency" tabindex="-1" lang=[lang.thai_data()] {}
            p { span data-slot="where" lang=[lang.thai_data()] {} " " span.badge data-slot="state" {} }
            dl.details {
                (slot_row(lang, "email", "อีเมลผู้ขอ", "Address"))
                (slot_row(lang, "created", "ขอเมื่อ", "Asked"))
                (slot_row(lang, "expires", "หมดอายุ", "Ends"))
                (slot_row(lang, "from", "รับช่วงได้ตั้งแต่", "Takes over from"))
                (slot_row(lang, "telephone", "โทรกลับตามบัญชีรายชื่อ", "Call back (official list)"))
            }
            p.notice.warning data-slot="account" {}
            div.notice.warning data-slot="others" {}
            div.buttons {
                button.primary type="button" data-act="approve" { (lang.say("อนุมัติ", "Approve")) }
                button.secondary type="button" data-act="refuse" { (lang.say("ไม่อนุมัติ", "Refuse")) }
                a data-part="record" { (lang.say("ดูหน่วยงาน", "See the agency")) }
            }
        }
    }
}

/// A reason as the call names it.
fn name_of(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::UnknownPerson => "unknown_person",
        RefusalReason::WrongAgency => "wrong_agency",
        RefusalReason::Duplicate => "duplicate",
        RefusalReason::Other => "other",
    }
}

fn questions(lang: Lang) -> Markup {
    let named = RefusalReason::ALL.map(|reason| (name_of(reason), reason.words()));
    let why = reasons(lang, &named);
    let about = html! {
        p { strong data-slot="agency" {} br; span data-slot="email" {} }
    };
    html! {
        (dialog(lang, "ask-approve", lang.say("อนุมัติคำขอนี้?", "Approve this request?"), &html! {
            (about)
            p { (lang.say(
                "โปรดโทรกลับหน่วยงานตามหมายเลขในบัญชีรายชื่อก่อน และถามว่าผู้ขอเป็นคนของหน่วยงานจริง อย่าใช้หมายเลขที่ผู้ขอให้มา",
                "First call the agency back on the number of the official list and ask whether the person is theirs. Do not use a number that the person gave you.",
            )) }
            p.notice.warning data-slot="account" {}
        }, lang.say("อนุมัติ", "Approve")))
        (dialog(lang, "ask-sign-out", lang.say("ออกจากระบบทุกเครื่อง?", "Sign out everywhere?"), &html! {
            p { (lang.say(
                "ทุกเครื่องรวมทั้งเครื่องนี้จะออกจากระบบ",
                "Every device is signed out, this one too.",
            )) }
        }, lang.say("ออกจากระบบทุกเครื่อง", "Sign out everywhere")))
        (dialog(lang, "ask-refuse", lang.say("ไม่อนุมัติคำขอนี้?", "Refuse this request?"), &html! {
            (about)
            (select(lang, ("reason", "/reason"), &say("เหตุผล", "Reason"), Some(&say("ผู้ขอได้รับแจ้งข้อความนี้ทางอีเมล", "The person is told these words by e-mail")), false, &why))
        }, lang.say("ไม่อนุมัติ", "Refuse")))
    }
}
