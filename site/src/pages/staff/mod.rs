//! The pages of the staff: officers of the provinces, the districts and the central office.

mod agencies;
mod agency;
mod home;
mod invitation;
mod people;
mod rounds;
mod sign_in;

use maud::{Markup, html};
use palad_domain::say::Say;

use crate::Lang;
use crate::frame::{Context, Page};
use crate::rules;

/// All of them.
pub(super) fn pages() -> Vec<Page> {
    let mut all = vec![
        sign_in::page(),
        invitation::page(),
        home::page(),
        agencies::page(),
        agency::page(),
        people::page(),
    ];
    all.extend(rounds::pages());
    all
}

/// The links between the pages of an officer; which of them are for whom is in the roles.
fn menu(context: &Context<'_>, here: &str) -> Markup {
    let lang = context.lang;
    let link = |target: &str, words: &'static str| {
        html! { a href=(lang.path(target)) aria-current=[(target == here).then_some("page")] { (words) } }
    };
    html! {
        nav.contents aria-label=(lang.say("เมนูเจ้าหน้าที่", "Staff")) {
            ul {
                li { (link("/staff/home", lang.say("คำขอลงทะเบียน", "Registrations"))) }
                li { (link("/staff/rounds", lang.say("รอบสำรวจ", "Rounds"))) }
                li { (link("/staff/agencies", lang.say("บัญชีของหน่วยงาน", "Accounts of agencies"))) }
                li data-roles="province central" hidden { (link("/staff/people", lang.say("เจ้าหน้าที่", "Officers"))) }
                li data-roles="province district" hidden { (link("/manual/province", lang.say("วิธีใช้", "How it is done"))) }
                li data-roles="central" hidden { (link("/manual/central", lang.say("วิธีใช้", "How it is done"))) }
            }
        }
        p.lead data-slot="place" {}
    }
}

/// The province that a page is about: chosen by the centre, given for everybody else. `none` says what it is about
/// while none is chosen.
fn province(lang: Lang, none: &str) -> Markup {
    html! {
        div #choose.field hidden {
            label for="of-province" { (lang.say("จังหวัด", "Province")) }
            select id="of-province" autocomplete="off" {
                option value="" { (none) }
                @for (value, words) in rules::provinces(lang) { option value=(value) { (words) } }
            }
        }
    }
}

/// Reasons as options, after a first one that chooses none.
fn reasons(lang: Lang, all: &[(&str, Say)]) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), lang.say("เลือกเหตุผล", "Choose a reason").to_owned())];
    options.extend(all.iter().map(|(value, words)| ((*value).to_owned(), lang.pick(words).to_owned())));
    options
}
