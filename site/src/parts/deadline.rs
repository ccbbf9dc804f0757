//! The deadlines of the open rounds, in sight on every page of an agency that is signed in.

use maud::{Markup, html};

use crate::Lang;

/// The strip below the header; the module `due` fills it. Nobody else ever sees it.
pub(crate) fn deadlines(lang: Lang) -> Markup {
    html! {
        aside #due aria-label=(lang.say("กำหนดส่งของหน่วยงาน", "The agency's deadlines")) {
            ul.inner {}
        }
    }
}
