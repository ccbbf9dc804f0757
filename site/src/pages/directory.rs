//! ค้นหา: the public directory, and the public view of one agency's post.

use maud::{Markup, html};
use palad_domain::post::PostState;
use palad_domain::say::{Say, say};

use crate::Lang;
use crate::frame::{Context, Page};
use crate::icons::Icon;
use crate::parts::{self, slot_row, template};
use crate::rules;

pub(super) fn page() -> Page {
    Page {
        path: "/directory",
        title: say("ค้นหาปลัด อปท.", "Find a clerk"),
        module: "directory",
        listed: true,
        main,
    }
}

pub(super) fn agency_page() -> Page {
    Page {
        path: "/directory/agency",
        title: say("ข้อมูลปลัดของหน่วยงาน", "The agency's clerk"),
        module: "agency",
        listed: true,
        main: agency_main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (parts::needs_script(lang))
        form #search role="search" method="get" action=(lang.path("/directory")) {
            label for="q" { (lang.say("ชื่อปลัด หน่วยงาน อำเภอ จังหวัด หรือเบอร์โทรศัพท์", "Name, agency, district, province or telephone")) }
            div.search {
                input id="q" name="q" type="search" maxlength=(rules::QUERY_MAX) autocomplete="off" spellcheck="false";
                button.primary type="submit" { (Icon::Glass.draw()) (lang.say("ค้นหา", "Search")) }
            }
            (states(lang))
            details #filters {
                summary { (lang.say("กรองตามจังหวัด อำเภอ หรือประเภท", "Filter by province, district or kind")) }
                div.filters {
                    (filter(lang, "province", &say("จังหวัด", "Province"), &say("ทุกจังหวัด", "All provinces"), &rules::provinces(lang)))
                    (filter(lang, "district", &say("อำเภอ", "District"), &say("ทุกอำเภอ", "All districts"), &[]))
                    (filter(lang, "kind", &say("ประเภท", "Kind"), &say("ทุกประเภท", "All kinds"), &rules::kinds(lang)))
                }
                button.link #clear type="button" { (lang.say("ล้างตัวกรอง", "Clear the filters")) }
            }
        }
        p #count role="status" {}
        ul #results.entries {}
        p { button.secondary #more type="button" hidden { (lang.say("แสดงเพิ่ม", "Show more")) } }
        (template("entry", &html! { li { (entry(lang, true)) } }))
    }
}

fn states(lang: Lang) -> Markup {
    let states = PostState::ALL.map(|state| (state.as_str(), state.words()));
    let all = ("", say("บันทึกแล้วทั้งหมด", "All recorded"));
    html! {
        fieldset.chips {
            legend.unseen { (lang.say("สถานะ", "State")) }
            @for (value, words) in std::iter::once(all).chain(states) {
                label {
                    input type="radio" name="state" value=(value) checked[value.is_empty()];
                    span { (lang.pick(&words)) " " span.count data-count=(value) {} }
                }
            }
        }
    }
}

fn filter(lang: Lang, name: &str, label: &Say, all: &Say, options: &[(String, String)]) -> Markup {
    html! {
        div.field {
            label for=(name) { (lang.pick(label)) }
            select id=(name) name=(name) {
                option value="" { (lang.pick(all)) }
                @for (value, words) in options { option value=(value) { (words) } }
            }
        }
    }
}

/// One agency's post; in a list it links to its own page.
fn entry(lang: Lang, listed: bool) -> Markup {
    html! {
        article.entry {
            (parts::face())
            div.what {
                p.agency { @if listed { a data-part="agency" data-slot="agency" lang=[lang.thai_data()] {} } @else { strong data-slot="agency" lang=[lang.thai_data()] {} } }
                p.place data-slot="place" lang=[lang.thai_data()] {}
                h2 data-slot="title" lang=[lang.thai_data()] {}
                p data-slot="position" lang=[lang.thai_data()] {}
            }
            div.reach {
                span.badge data-slot="state" {}
                p.phones data-part="phones" {}
            }
        }
    }
}

fn agency_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        p.where { a href=(lang.path("/directory")) { (lang.say("ค้นหาปลัด อปท.", "Find a clerk")) } }
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #agency hidden {
            (entry(lang, false))
            dl.details {
                (slot_row(lang, "level", "ระดับ", "Level"))
                (slot_row(lang, "affiliation", "สังกัด", "Affiliation"))
                (slot_row(lang, "updated", "ปรับปรุงเมื่อ", "Updated"))
            }
            p { (lang.say(
                "พบข้อมูลไม่ถูกต้อง? กรุณาแจ้งหน่วยงานนั้น หรือโทรตามหมายเลขด้านล่าง",
                "Something wrong? Please tell the agency, or call the number below.",
            )) }
        }
        section #unknown hidden {
            h2 { (lang.say("ไม่พบหน่วยงานนี้", "There is no such agency")) }
            p { a href=(lang.path("/directory")) { (lang.say("ค้นหาหน่วยงาน", "Search for an agency")) } }
        }
    }
}
