//! The chapters of the officers' manuals: short steps, in which the words that stand on the screen are in brackets.

use maud::{Markup, html};
use palad_domain::say::Say;

use crate::Lang;
use crate::frame::{Context, help_ways};

/// A heading, and what is done below it in its order.
pub(super) struct Chapter {
    pub(super) id: &'static str,
    pub(super) title: Say,
    pub(super) steps: Vec<Say>,
}

/// Chapters with their contents on top and whom to ask at the end.
pub(super) fn written(context: &Context<'_>, chapters: &[Chapter]) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            p.where { a href=(lang.path("/manual")) { (lang.say("คู่มือ", "Manual")) } }
            nav.contents aria-label=(lang.say("สารบัญ", "Contents")) {
                ul {
                    @for chapter in chapters {
                        li { a href={ "#" (chapter.id) } { (lang.pick(&chapter.title)) } }
                    }
                }
            }
            @for chapter in chapters {
                section id=(chapter.id) {
                    h2 { (lang.pick(&chapter.title)) }
                    ol.steps { @for step in &chapter.steps { li { p { (marked(lang, step)) } } } }
                }
            }
            section {
                h2 { (lang.say("ติดต่อสอบถาม", "Ask us")) }
                (help_ways(context))
            }
        }
    }
}

/// A text in which `[words]` are those on a button, a link or a menu.
fn marked(lang: Lang, text: &Say) -> Markup {
    html! {
        @for (at, part) in lang.pick(text).split(['[', ']']).enumerate() {
            @if at % 2 == 1 { b { (part) } } @else { (part) }
        }
    }
}
