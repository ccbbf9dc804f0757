//! The calls, function by function.

mod accounts;
mod clerks;
mod files;
mod login;
mod registration;
mod rounds;
mod search;
mod staff;

use serde_json::Value;

/// Every call: its path, and its method with the description.
pub(crate) fn all() -> impl Iterator<Item = (String, Value)> {
    let calls = [
        registration::calls(),
        login::calls(),
        clerks::calls(),
        rounds::calls(),
        files::calls(),
        search::calls(),
        staff::calls(),
        accounts::calls(),
    ];
    calls.into_iter().flatten().map(|(path, call)| (path.to_owned(), call))
}
