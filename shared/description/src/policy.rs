//! The page that says who may do what: made from the domain's table, so that it cannot say anything else.

use std::fmt::Write as _;

use palad_domain::policy::{Deed, Relation, Role, allows};

/// The page in Markdown. A test holds docs/policy.md against it.
#[must_use]
pub fn policy_page() -> String {
    let mut page = String::from(
        "# Who may do what\n\nMade from the table in `shared/domain/src/policy.rs` by `cargo run -p palad-description --example policy`; a test holds this \
         page against the table, and another one every route against every caller.\n\nA cell says for whose agency: *any*, *own* (one's own agency; for an \
         office those of its district or province, for the centre all), or – for nobody's.\n\n| |",
    );
    for role in Role::ALL {
        let _ = write!(page, " {} |", role_words(role));
    }
    page.push_str("\n|---|");
    page.push_str(&"---|".repeat(Role::ALL.len()));
    for deed in Deed::ALL {
        let _ = write!(page, "\n| {} |", deed_words(deed));
        for role in Role::ALL {
            let cell = match [Relation::Own, Relation::Other].map(|relation| allows(role, deed, relation)) {
                [_, true] => "any",
                [true, false] => "own",
                [false, false] => "–",
            };
            let _ = write!(page, " {cell} |");
        }
    }
    page.push_str(
        "\n\nStaff is looked after by staff: the central office invites and suspends any officer, a province office those of its own province and its \
         districts (`shared/domain/src/policy/staff.rs`). Nobody suspends himself, and nobody decides a claim that he made.\n\nRounds are made, changed, opened and closed by the central office alone. How far one is, and who owes, a \
         province office sees for its province, a district office for its district, the centre for all, and each may take these lists and the directory of \
         its area along as a file (`shared/domain/src/policy/exports.rs`); calls are noted by the province and the centre. Confirming \
         a record is as editing it; the link of a reminder lets its holder confirm the one version that it names, record of it that the \
         post is vacant, and say that the record is not his to look after, until its round ends and as long as the agency has the mailbox \
         that it was sent to \
         (`shared/domain/src/policy/rounds.rs`).\n",
    );
    page
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Public => "public",
        Role::Agency => "agency",
        Role::District => "district office",
        Role::Province => "province office",
        Role::Central => "central office",
    }
}

fn deed_words(deed: Deed) -> &'static str {
    match deed {
        Deed::ReadPublic => "read the public directory",
        Deed::ReadInternal => "read the personnel screen, with mobile numbers and history",
        Deed::Edit => "add, edit or delete the record",
        Deed::Restore => "undo a deletion",
        Deed::ReadAudit => "read who changed what, and when",
        Deed::ReadAccount => "see whether there is an account, and how it stands",
        Deed::ManageAccount => "change the account: its address, its devices, to whom it is handed over",
        Deed::HelpAccount => "suspend an account, lift that, send the way to a new password",
        Deed::DecideClaim => "approve or refuse a claim to the agency",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_as_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/policy.md");
        let written = std::fs::read_to_string(path).unwrap_or_default();
        let how = "docs/policy.md is old: cargo run -p palad-description --example policy > docs/policy.md";
        assert!(written == super::policy_page(), "{how}");
    }
}
