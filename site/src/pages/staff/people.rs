//! The officers in one's care, and inviting another.

use maud::{Markup, html};
use palad_domain::say::say;

use super::{menu, province};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::pages::agency_account::audit;
use crate::parts::{self, Field, choice, dialog, select};
use crate::rules;

pub(super) fn page() -> Page {
    Page {
        path: "/staff/people",
        title: say("เจ้าหน้าที่", "Officers"),
        module: "staff-people",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/people"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #people.narrow hidden {
            (province(lang, lang.say("สำนักงาน ก.ถ.", "The central office")))
            section #officers hidden {
                h2 { (lang.say("เจ้าหน้าที่ที่มีบัญชี", "Officers with an account")) }
                ul.rows {}
            }
            p #nobody hidden { (lang.say("ยังไม่มีเจ้าหน้าที่ที่มีบัญชี", "Nobody has an account yet.")) }
            section.card {
                h2 { (lang.say("เชิญเจ้าหน้าที่", "Invite an officer")) }
                (invite(lang))
            }
            (audit(lang, &say("ใครทำอะไรเมื่อไร", "Who did what, and when")))
        }
        (parts::row())
        (dialog(lang, "ask-suspend", lang.say("ระงับเจ้าหน้าที่คนนี้?", "Suspend this officer?"), &html! {
            p { strong data-slot="name" {} }
            p { (lang.say(
                "จะออกจากระบบทันทีและเข้าใช้ไม่ได้จนกว่าจะยกเลิกการระงับ",
                "The officer is signed out at once and cannot sign in until it is lifted.",
            )) }
        }, lang.say("ระงับ", "Suspend")))
        (dialog(lang, "ask-lift", lang.say("ยกเลิกการระงับ?", "Lift the suspension?"), &html! {
            p { strong data-slot="name" {} }
        }, lang.say("ยกเลิกการระงับ", "Lift the suspension")))
    }
}

fn invite(lang: Lang) -> Markup {
    let none = [(String::new(), lang.say("เลือกจังหวัดก่อน", "Choose a province first").to_owned())];
    let mut provinces = vec![(String::new(), lang.say("เลือกจังหวัด", "Choose a province").to_owned())];
    provinces.extend(rules::provinces(lang));
    html! {
        form #invite method="post" novalidate {
            p { (lang.say(
                "ผู้รับเชิญจะได้รับลิงก์ทางอีเมล ใช้ได้ 7 วัน ถ้ามีบัญชีอยู่แล้ว คำเชิญใหม่ใช้ตั้งวลีรหัสผ่านและแอปใหม่",
                "A link goes to the officer and works for seven days. For somebody with an account it sets up passphrase and app again.",
            )) }
            (parts::error_summary(lang))
            (Field::text("email", "/email", say("อีเมลของเจ้าหน้าที่", "The officer's address"))
                .email().autocomplete("off").max(rules::EMAIL_MAX).html(lang))
            (choice(lang, ("role", "/role"), &say("ระดับ", "Office"), &[
                ("province", lang.say("จังหวัด", "Province"), lang.say("อนุมัติคำขอ ช่วยเหลือบัญชี เชิญเจ้าหน้าที่ในจังหวัด", "Decides requests, helps accounts, invites officers of the province")),
                ("district", lang.say("อำเภอ", "District"), lang.say("ดูข้อมูลของหน่วยงานในอำเภอ", "Sees the agencies of the district")),
                ("central", lang.say("สำนักงาน ก.ถ.", "Central office"), lang.say("ทุกจังหวัด", "All provinces")),
            ]))
            div #province-part hidden {
                (select(lang, ("province", "/province"), &say("จังหวัดของเจ้าหน้าที่", "The officer's province"), None, false, &provinces))
            }
            div #district-part hidden {
                (select(lang, ("district", "/district"), &say("อำเภอ", "District"), None, false, &none))
            }
            div.actions { (parts::submit(lang.say("ส่งคำเชิญ", "Send the invitation"))) }
        }
    }
}
