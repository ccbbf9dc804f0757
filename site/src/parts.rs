//! The parts that pages are made of: fields, notices, buttons.
//!
//! A field carries the JSON pointer that its value has in the request. The form module builds the body from
//! these pointers, and puts an answer's errors back at the field of the same pointer.

mod date;
mod deadline;
mod field;
mod photo;
mod picker;
mod receipt;

use maud::{Markup, PreEscaped, html};
use palad_domain::say::Say;

pub(crate) use date::{day, needed_day};
pub(crate) use deadline::deadlines;
pub(crate) use field::{Field, choice, select};
pub(crate) use photo::{face, figure, photo};
pub(crate) use picker::agency_picker;
pub(crate) use receipt::receipt;

use crate::Lang;

/// What stands at the top of a form when something is to be mended; filled by the form module.
pub(crate) fn error_summary(lang: Lang) -> Markup {
    html! {
        div.error-summary data-part="summary" role="alert" tabindex="-1" hidden {
            h2 data-slot="title" { (lang.say("มีข้อมูลที่ต้องแก้ไข", "There is something to mend")) }
            p data-slot="detail" {}
            ul data-part="list" {}
            p.small data-slot="reference" {}
        }
    }
}

/// The one button that a form is for. Without the module nothing would happen, so it waits for it.
pub(crate) fn submit(words: &str) -> Markup {
    html! { button.primary type="submit" disabled { (words) } }
}

/// What is said where JavaScript is off.
pub(crate) fn needs_script(lang: Lang) -> Markup {
    html! {
        noscript {
            p.notice.warning { (lang.say(
                "ส่วนนี้ต้องใช้ JavaScript กรุณาเปิดใช้ในเบราว์เซอร์แล้วโหลดหน้านี้ใหม่ หรือโทรสอบถามตามหมายเลขด้านล่าง",
                "This part needs JavaScript. Please switch it on and load the page again, or call the number below.",
            )) }
        }
    }
}

/// A piece of markup that a module copies; it is in the language of its page.
pub(crate) fn template(id: &str, inside: &Markup) -> Markup {
    html! { template id=(id) { (PreEscaped(&inside.0)) } }
}

/// A line of a list that a module fills: a title, a note below it, and what can be done at its end.
pub(crate) fn row() -> Markup {
    template(
        "row",
        &html! {
            li { div { strong data-slot="title" {} span data-slot="note" {} } div.end {} }
        },
    )
}

/// A question that is answered before something is done. It has a form of its own, so that what is refused is said
/// where it was asked.
pub(crate) fn dialog(lang: Lang, id: &str, title: &str, inside: &Markup, yes: &str) -> Markup {
    html! {
        dialog id=(id) aria-labelledby={ (id) "-title" } {
            form method="post" novalidate {
                h2 id={ (id) "-title" } tabindex="-1" autofocus { (title) }
                (error_summary(lang))
                (inside)
                div.actions {
                    (submit(yes))
                    button.link type="button" data-part="cancel" { (lang.say("ยกเลิก", "Cancel")) }
                }
            }
        }
    }
}

/// A box that shows or hides passwords.
pub(crate) fn show_password(lang: Lang) -> Markup {
    html! {
        label.tick {
            input type="checkbox" data-part="show-password";
            span { (lang.say("แสดงรหัสผ่าน", "Show the password")) }
        }
    }
}

/// While something is fetched; said to screen readers too.
pub(crate) fn waiting(lang: Lang) -> Markup {
    html! {
        p.waiting data-part="waiting" role="status" { (lang.say("กำลังโหลดข้อมูล…", "Loading…")) }
    }
}

/// The field for a mailed code.
pub(crate) fn code_field(lang: Lang, hint: Say) -> Markup {
    Field::text("code", "/code", palad_domain::say::say("รหัส 8 หลักจากอีเมล", "8-digit code from the e-mail"))
        .hint(hint)
        .numeric()
        .autocomplete("one-time-code")
        .max(crate::rules::CODE_MAX)
        .class("short")
        .html(lang)
}

/// A term and its value in a list of details; the value is a slot that a module fills, which marks what is Thai.
pub(crate) fn slot_row(lang: Lang, slot: &str, th: &'static str, en: &'static str) -> Markup {
    html! {
        div data-row=(slot) {
            dt { (lang.say(th, en)) }
            dd data-slot=(slot) {}
        }
    }
}
