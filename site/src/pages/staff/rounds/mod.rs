//! Rounds for the offices: made and followed by the centre, chased by the provinces, seen by the districts.

mod edit;
mod holidays;
mod letters;
mod list;
mod owing;
mod rehearsal;
mod round;
mod round_parts;

use maud::{Markup, html};

use crate::Lang;
use crate::frame::{Context, Page};

/// All of them.
pub(super) fn pages() -> [Page; 7] {
    [
        list::page(),
        round::page(),
        edit::page(),
        rehearsal::page(),
        owing::page(),
        letters::page(),
        holidays::page(),
    ]
}

/// The styles that these pages have besides, and the links between the pages of an officer.
pub(super) fn menu(context: &Context<'_>, here: &str) -> Markup {
    html! {
        link rel="stylesheet" href=(context.assets.address("rounds.css"));
        (super::menu(context, here))
    }
}

/// A round in short; its module fills it.
pub(super) fn round_card(lang: Lang) -> Markup {
    html! {
        article.card.round {
            h3 { a data-slot="title" lang=[lang.thai_data()] {} }
            p { span.badge data-slot="state" {} " " span data-slot="due" {} }
            p.small data-slot="letter" {}
            div data-part="progress" hidden {
                p { strong data-slot="answered" {} }
                div data-part="bar" {}
                div.buttons {
                    a.button.primary data-part="owing" data-slot="owing" {}
                    a data-part="open" { (lang.say("ดูความคืบหน้า", "See how far it is")) }
                }
            }
        }
    }
}

/// The way back to the round that a page is about; its module knows which.
fn back(lang: Lang) -> Markup {
    html! {
        p.where { a data-part="back" href=(lang.path("/staff/rounds")) data-slot="round" lang=[lang.thai_data()] { (lang.say("รอบสำรวจ", "Rounds")) } }
    }
}

/// What is said in place of a round that is not there.
fn unknown(lang: Lang) -> Markup {
    html! {
        section #unknown hidden {
            h2 { (lang.say("ไม่พบรอบนี้", "There is no such round")) }
            p { a href=(lang.path("/staff/rounds")) { (lang.say("ดูรอบทั้งหมด", "See all rounds")) } }
        }
    }
}
