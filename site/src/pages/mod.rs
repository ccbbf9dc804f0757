//! The pages, each written once for both languages.

mod account;
mod agency_account;
mod confirm;
mod directory;
mod home;
mod links;
mod manual;
mod office;
mod parts;
mod personnel;
mod plain;
mod receipt;
mod record_form;
mod register;
mod reset;
mod sign_in;
mod staff;

use crate::frame::Page;

/// All pages, in the order in which the site map would name them.
pub(crate) fn all() -> Vec<Page> {
    let mut all = vec![
        home::page(),
        register::page(),
        sign_in::page(),
        reset::page(),
        reset::new_password_page(),
        links::take_over(),
        links::objection(),
        links::hand_over(),
        links::email(),
        links::email_undo(),
        confirm::page(),
        receipt::page(),
        office::page(),
        agency_account::page(),
        personnel::page(),
        personnel::view_page(),
        record_form::page(),
        directory::page(),
        directory::agency_page(),
        plain::privacy(),
        plain::problems(),
        parts::page(),
        plain::not_found(),
    ];
    all.extend(manual::pages());
    all.extend(staff::pages());
    all
}
