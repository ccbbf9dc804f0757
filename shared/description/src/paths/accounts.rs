//! One's own account, the audit, and the accounts in an office's care.

use serde_json::{Value, json};

use crate::parts::{Call, reference};

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    let mut calls = own();
    calls.extend(links());
    calls.extend(care());
    calls
}

fn own() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/account",
            Call::new("viewAccount", "One's own account: its address, its devices, what was begun.")
                .signed_in()
                .answers(200, "The account.", "Account")
                .under("get"),
        ),
        (
            "/api/account/sessions",
            Call::new("signOutEverywhere", "Ends every session, this one too, and forgets every device.")
                .signed_in()
                .changing()
                .answers_nothing("Signed out everywhere.")
                .under("delete"),
        ),
        (
            "/api/account/email",
            Call::new(
                "changeEmail",
                "Begins a change of the account's address, within ten minutes of giving the password.",
            )
            .signed_in()
            .body("NewEmail")
            .answers(202, "A link was mailed to the new address; the present one is told.", "Nothing")
            .problems(&[409, 429])
            .under("post"),
        ),
        (
            "/api/account/handover",
            Call::new(
                "handOver",
                "Offers the account to a successor, within ten minutes of giving the password.",
            )
            .signed_in()
            .body("NewEmail")
            .answers(202, "A link was mailed to the successor; the present owner is told.", "Nothing")
            .problems(&[429])
            .under("post"),
        ),
        (
            "/api/account/handover",
            Call::new("withdrawHandOver", "Withdraws the offer, if there is one.")
                .signed_in()
                .changing()
                .answers_nothing("There is no offer.")
                .under("delete"),
        ),
        (
            "/api/account/objection",
            Call::new("objectWhileSignedIn", "Objects to whatever waits to take the account over.")
                .signed_in()
                .body("Nothing")
                .answers_nothing("The province decides.")
                .under("post"),
        ),
        (
            "/api/agencies/{code}/audit",
            Call::new("readAudit", "Who did what to an agency's record and account, the latest first.")
                .signed_in()
                .path("code", reference("AgencyCode"))
                .query("cursor", "Where the list goes on.", json!({"type": "string"}))
                .answers(200, "A page of lines.", "Audit")
                .problems(&[422])
                .under("get"),
        ),
    ]
}

fn links() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/email-changes",
            Call::new("confirmEmail", "Confirms a new address by the mailed link's token.")
                .body("LinkToken")
                .answers_nothing("Changed; the old address can undo it for a week.")
                .problems(&[410])
                .under("post"),
        ),
        (
            "/api/email-changes/undo",
            Call::new("undoEmail", "Takes the account back to its old address by the mailed link's token.")
                .body("LinkToken")
                .answers_nothing("Undone; every session has ended, and a link for a new password was mailed.")
                .problems(&[410])
                .under("post"),
        ),
        (
            "/api/handovers/acceptance",
            Call::new("acceptHandOver", "A successor accepts an account, with a password of their own.")
                .body("HandOverAcceptance")
                .answers_nothing("The account is the successor's; every session has ended.")
                .problems(&[410])
                .under("post"),
        ),
    ]
}

fn care() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/accounts",
            Call::new("listAccounts", "The agencies of a province, each with how its account stands.")
                .signed_in()
                .query("province", "For the centre; other offices see their own.", reference("ProvinceCode"))
                .query("cursor", "Where the list goes on.", json!({"type": "string"}))
                .answers(200, "A page of agencies.", "Accounts")
                .problems(&[422])
                .under("get"),
        ),
        (
            "/api/accounts/{code}/suspension",
            Call::new("suspendAccount", "Suspends an account: every session ends and nobody can sign in.")
                .signed_in()
                .path("code", reference("AgencyCode"))
                .body("Suspension")
                .answers_nothing("Suspended.")
                .under("post"),
        ),
        (
            "/api/accounts/{code}/suspension",
            Call::new("liftSuspension", "Lets an account be used again.")
                .signed_in()
                .path("code", reference("AgencyCode"))
                .changing()
                .answers_nothing("Not suspended.")
                .under("delete"),
        ),
        (
            "/api/accounts/{code}/reset",
            Call::new("sendReset", "Mails the owner the link for a new password. The office never sees it.")
                .signed_in()
                .path("code", reference("AgencyCode"))
                .body("Nothing")
                .answers(202, "The link was mailed.", "Nothing")
                .problems(&[409, 429])
                .under("post"),
        ),
    ]
}
