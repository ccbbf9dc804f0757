//! The accounts of a province, by district.

use maud::{Markup, html};
use palad_domain::say::{Say, say};

use super::{menu, province};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::parts::{self, template};
use crate::rules::QUERY_MAX;

pub(super) fn page() -> Page {
    Page {
        path: "/staff/agencies",
        title: say("บัญชีของหน่วยงาน", "Accounts of agencies"),
        module: "staff-agencies",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/agencies"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #accounts hidden {
            (province(lang, lang.say("เลือกจังหวัด", "Choose a province")))
            form #filter role="search" method="get" {
                label for="q" { (lang.say("ชื่อหน่วยงานหรืออำเภอ", "Name or district")) }
                div.search { input id="q" type="search" maxlength=(QUERY_MAX) autocomplete="off" spellcheck="false" lang=[lang.thai_data()]; }
                (states(lang))
            }
            p #count role="status" {}
            p { button.secondary.small #csv type="button" { (lang.say("ดาวน์โหลดทำเนียบปลัด CSV", "Download the directory as CSV")) } }
            table.agencies.by-district hidden {
                caption { (lang.say("แยกตามอำเภอ กดชื่อหน่วยงานเพื่อดูข้อมูลและช่วยเหลือ", "By district; press a name for its record and to help")) }
                thead { tr {
                    th scope="col" { (lang.say("หน่วยงาน", "Agency")) }
                    th scope="col" { (lang.say("บัญชี", "Account")) }
                    th scope="col" { (lang.say("เข้าใช้ล่าสุด", "Last sign-in")) }
                    th scope="col" { (lang.say("โทรศัพท์", "Telephone")) }
                } }
            }
        }
        (template("district", &html! {
            tbody { tr { th colspan="4" scope="rowgroup" data-slot="district" lang=[lang.thai_data()] {} } }
        }))
        (template("account", &html! {
            tr {
                th scope="row" { a data-slot="agency" lang=[lang.thai_data()] {} }
                td { span.badge data-slot="state" {} }
                td data-slot="seen" data-label=(lang.say("เข้าใช้ล่าสุด", "Last sign-in")) {}
                td.phones data-part="phones" {}
            }
        }))
    }
}

fn states(lang: Lang) -> Markup {
    let states: [(&str, Say); 4] = [
        ("", say("ทั้งหมด", "All")),
        ("none", say("ยังไม่มีบัญชี", "No account")),
        ("active", say("ใช้งานอยู่", "Active")),
        ("suspended", say("ระงับ", "Suspended")),
    ];
    html! {
        fieldset.chips {
            legend.unseen { (lang.say("บัญชี", "Account")) }
            @for (value, words) in states {
                label {
                    input type="radio" name="state" value=(value) checked[value.is_empty()];
                    span { (lang.pick(&words)) " " span.count data-count=(value) {} }
                }
            }
        }
    }
}
