//! Choosing one agency out of 7,850: the province first, or by name from the whole country.
//!
//! Hundreds of names repeat, so the district and the province stand beside every name.

use maud::{Markup, html};

use super::template;
use crate::Lang;
use crate::icons::Icon;
use crate::rules::{QUERY_MAX, provinces};

/// The picker; its value stands at `/agency`.
pub(crate) fn agency_picker(lang: Lang) -> Markup {
    html! {
        fieldset.field.picker data-part="picker" {
            legend { (lang.say("หน่วยงาน", "Agency")) }
            input type="text" name="username" autocomplete="username" data-part="username" hidden;
            p.hint id="agency-hint" { (lang.say("เลือกหน่วยงานของท่าน", "Choose your agency")) }
            div.pair {
                div {
                    label for="province" { (lang.say("จังหวัด", "Province")) }
                    select id="province" name="province" autocomplete="off" {
                        option value="" { (lang.say("เลือกจังหวัด", "Choose a province")) }
                        @for (value, words) in provinces(lang) { option value=(value) { (words) } }
                    }
                }
                div {
                    label for="agency" { (lang.say("ชื่อหน่วยงาน", "Name of the agency")) }
                    p.error id="agency-error" hidden {}
                    select id="agency" name="agency" data-pointer="/agency" autocomplete="off" required
                        aria-describedby="agency-hint" lang=[lang.thai_data()] {
                        option value="" { (lang.say("เลือกจังหวัดก่อน", "Choose a province first")) }
                    }
                }
            }
            details data-part="country" {
                summary { (lang.say("ค้นหาจากชื่อ ทั้งประเทศ", "Search the whole country by name")) }
                label for="agency-search" { (lang.say("พิมพ์ชื่อหน่วยงาน อำเภอ หรือจังหวัด", "Type a name, district or province")) }
                p.hint id="agency-search-hint" { (lang.mixed(lang.say("เช่น อบต แม่ยม แพร่", "For example อบต แม่ยม แพร่"))) }
                div.combobox {
                    (Icon::Glass.draw())
                    input id="agency-search" type="text" role="combobox" autocomplete="off" spellcheck="false"
                        maxlength=(QUERY_MAX) aria-autocomplete="list" aria-expanded="false" aria-controls="agency-options"
                        aria-describedby="agency-search-hint" lang=[lang.thai_data()];
                    ul #agency-options role="listbox" hidden aria-label=(lang.say("หน่วยงานที่พบ", "Agencies found")) {}
                }
                p.hint data-part="found" role="status" {}
            }
            p.chosen data-part="chosen" role="status" {}
            (template("agency-option", &html! {
                li role="option" aria-selected="false" lang=[lang.thai_data()] {
                    strong data-slot="name" {}
                    span data-slot="place" {}
                }
            }))
        }
    }
}
