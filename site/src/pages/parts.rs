//! The look on one page: colours, letters and every part, for whoever builds a page. Nobody else is led here.

use maud::{Markup, html};
use palad_domain::post::PostState;
use palad_domain::say::say;

use crate::assets::colours;
use crate::frame::{Context, Page};
use crate::icons::Icon;
use crate::parts::{self, Field, choice, day, select};

pub(super) fn page() -> Page {
    Page {
        path: "/parts",
        title: say("ส่วนประกอบของหน้าเว็บ", "Parts of the pages"),
        module: "parts",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    html! {
        link rel="stylesheet" href=(context.assets.address("parts.css"));
        (look(context))
        (notices(context))
        (fields(context))
        (records(context))
    }
}

fn look(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section {
            h2 { (lang.say("สี", "Colours")) }
            ul.swatches {
                @for name in colours() { li { span class={ "swatch swatch-" (name) } {} code { (name) } } }
            }
        }
        section {
            h2 { (lang.say("ตัวอักษร", "Letters")) }
            p.lead { (lang.say("ข้อความนำ", "A leading paragraph")) }
            p { (lang.say("ข้อความปกติ กับ ", "Plain text with ")) strong { (lang.say("ตัวหนา", "bold")) } " " small { (lang.say("และตัวเล็ก", "and small")) } }
            h3 { (lang.say("หัวข้อย่อย", "A minor heading")) }
        }
        section {
            h2 { (lang.say("ปุ่ม", "Buttons")) }
            div.buttons {
                button.primary type="button" { (lang.say("บันทึก", "Save")) }
                button.secondary type="button" { (lang.say("ลองอีกครั้ง", "Try again")) }
                button.tools type="button" { (Icon::Spanner.draw()) "Tools" }
                button.link type="button" { (lang.say("ยกเลิก", "Cancel")) }
                button.act type="button" { (Icon::Person.draw()) span { b { (lang.say("คน", "View")) } small { (lang.say("ดูรายละเอียด", "all details")) } } }
                button.act.danger type="button" { (Icon::Bin.draw()) span { b { (lang.say("ถังขยะ", "Delete")) } small { (lang.say("ลบ", "can be undone")) } } }
            }
        }
    }
}

fn notices(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section {
            h2 { (lang.say("ข้อความแจ้ง", "Notices")) }
            p.notice { (lang.say("เรื่องที่ควรทราบ", "Something to know")) }
            p.notice.done { (lang.say("ทำเสร็จแล้ว", "Something is done")) }
            p.notice.warning { (lang.say("เรื่องที่ต้องระวัง", "Something to look at")) }
            div.error-summary {
                h3 { (lang.say("มีข้อมูลที่ต้องแก้ไข", "There is something to mend")) }
                ul { li { a href="#sample" { (lang.say("กรอกชื่อ", "Enter a name")) } } }
            }
        }
    }
}

fn fields(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    let options = [(String::new(), lang.say("เลือก", "Choose").to_owned())];
    html! {
        section.narrow {
            h2 { (lang.say("ช่องกรอก", "Fields")) }
            form #parts-form method="post" novalidate {
                (Field::text("sample", "/sample", say("ช่องข้อความ", "A text")).hint(say("คำอธิบาย", "A hint")).html(lang))
                (select(lang, ("list", "/list"), &say("รายการ", "A list"), None, true, &options))
                (choice(lang, ("choice", "/choice"), &say("ตัวเลือก", "A choice"), &[
                    ("one", lang.say("หนึ่ง", "One"), lang.say("คำอธิบาย", "A hint")),
                    ("two", lang.say("สอง", "Two"), ""),
                ]))
                (day(lang, ("when", "/when"), &html! { (lang.say("วันที่ในสามช่อง", "A day in three fields")) }))
                (parts::photo(lang))
            }
        }
    }
}

fn records(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section {
            h2 { (lang.say("สถานะ", "States")) }
            p {
                @for state in PostState::ALL {
                    span.badge data-state=(state.as_str()) { (lang.pick(&state.words())) } " "
                }
            }
            article.record {
                div.head {
                    div.face aria-hidden="true" { "สจ" }
                    div {
                        span.badge data-state="held" { (lang.pick(&PostState::Held.words())) }
                        h3 lang=[lang.thai_data()] { "นายสมชาย ใจดี" }
                        p lang=[lang.thai_data()] { "ปลัดเทศบาล" }
                    }
                }
            }
        }
    }
}
