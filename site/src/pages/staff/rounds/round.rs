//! One round: how far it is, from the country down to the agency, and what the centre does with it.

use maud::{Markup, html};
use palad_domain::say::say;

use super::round_parts::{acts, facts, files, questions};
use super::{menu, unknown};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::parts::{self, template};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/round", title: say("รอบสำรวจ", "Round"), module: "staff-round", listed: false, main
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/round"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #round hidden {
            h2 data-slot="title" tabindex="-1" lang=[lang.thai_data()] {}
            p { span.badge data-slot="state" {} " " span data-slot="due" {} }
            p.notice.warning data-slot="stopped" hidden {}
            p.notice data-slot="moved" hidden {}
            (dashboard(lang))
            (acts(lang))
            (facts(lang))
            (files(lang))
        }
        (unknown(lang))
        (templates(lang))
        (parts::row())
        (questions(lang))
    }
}

fn dashboard(lang: Lang) -> Markup {
    html! {
        section #dashboard hidden {
            nav.trail aria-label=(lang.say("พื้นที่", "Area")) { ol #trail {} }
            p.answered { strong data-slot="answered" {} " " span data-slot="share" {} }
            div #bar {}
            p.small data-slot="reckoned" {}
            div.buttons {
                a.button.primary #chase hidden { (lang.say("โทรตามที่ยังไม่ตอบ", "Call those who owe")) }
                button.secondary #csv type="button" { (lang.say("ดาวน์โหลด CSV", "Download CSV")) }
            }
            div.tallies {
                ul #counts-owing.counts {}
                ul #counts-answered.counts {}
            }
            (curve(lang))
            section #behind {
                h3 #behind-heading tabindex="-1" data-slot="behind" {}
                p { a #everything hidden { (lang.say("แสดงทั้งหมด", "Show all")) } }
                table #areas.areas hidden {
                    thead { tr { th scope="col" { (lang.say("พื้นที่", "Area")) } } }
                    tbody {}
                }
                table #agencies.agencies.by-district hidden {
                    thead { tr {
                        th scope="col" { (lang.say("หน่วยงาน", "Agency")) }
                        th scope="col" { (lang.say("สถานะ", "State")) }
                        th scope="col" { (lang.say("ตอบเมื่อ", "Answered")) }
                    } }
                }
                p #nobody hidden { (lang.say("ไม่มีหน่วยงานในรายการนี้", "There is no agency in this list.")) }
            }
        }
    }
}

fn curve(lang: Lang) -> Markup {
    html! {
        figure #curve.curve hidden {
            figcaption { (lang.say("จำนวนที่ตอบแล้ว วันต่อวัน", "Answered, day by day")) }
            div data-part="drawing" {}
            div.ends { span data-part="from" {} span data-part="until" {} }
            details {
                summary { (lang.say("ดูเป็นตาราง", "As a table")) }
                table.days {
                    thead { tr {
                        th scope="col" { (lang.say("วันที่", "Day")) }
                        th scope="col" { (lang.say("ตอบแล้ว", "Answered")) }
                        th scope="col" { (lang.say("ทั้งหมด", "All")) }
                    } }
                    tbody {}
                }
            }
        }
    }
}

fn templates(lang: Lang) -> Markup {
    html! {
        (template("count", &html! {
            li { a { span data-slot="words" {} strong data-slot="number" {} } }
        }))
        (template("district", &html! {
            tbody { tr { th colspan="3" scope="rowgroup" data-slot="district" lang=[lang.thai_data()] {} } }
        }))
        (template("agency", &html! {
            tr {
                th scope="row" { a data-slot="agency" lang=[lang.thai_data()] {} }
                td { span.badge data-slot="standing" {} " " span.badge data-slot="late" data-state="silent" {} }
                td data-slot="when" {}
            }
        }))
    }
}
