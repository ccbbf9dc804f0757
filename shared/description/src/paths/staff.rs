//! Staff: signing in, invitations, and who looks after whom.

use serde_json::{Value, json};

use crate::parts::{Call, reference};

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    [sign_in(), invitations(), desk()].concat()
}

fn sign_in() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/staff/session",
            Call::new("staffSignIn", "The first step of an officer's sign-in: address and passphrase.")
                .body("StaffSignIn")
                .answers(202, "Always: nothing tells whether they are right.", "Challenge")
                .problems(&[429])
                .under("post"),
        ),
        (
            "/api/staff/session/totp",
            Call::new("staffSecondFactor", "The second step, from the same browser.")
                .body("StaffSecondFactor")
                .answers(201, "Signed in.", "Session")
                .problems(&[401, 410])
                .under("post"),
        ),
    ]
}

fn invitations() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/staff/invitations",
            Call::new("inviteStaff", "Invites an officer, or one with an account to set it up anew.")
                .signed_in()
                .body("StaffInvitation")
                .answers(202, "A link was mailed.", "Nothing")
                .under("post"),
        ),
        (
            "/api/staff/invitations/accept",
            Call::new(
                "lookAtInvitation",
                "What an invitation is for, and the secret for the app. Changes nothing.",
            )
            .body("InvitationToken")
            .answers(200, "The invitation.", "InvitedStaff")
            .problems(&[410])
            .under("post"),
        ),
        (
            "/api/staff/invitations/acceptance",
            Call::new("acceptInvitation", "Accepts an invitation: name, passphrase and a code of the app.")
                .body("Acceptance")
                .answers(201, "The account can be used; the recovery codes are shown this once.", "Accepted")
                .problems(&[410])
                .under("post"),
        ),
    ]
}

fn desk() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/staff",
            Call::new("listStaff", "The officers of a province with its districts, or of the centre.")
                .signed_in()
                .query("province", "Without it, the caller's own office.", reference("ProvinceCode"))
                .answers(200, "The officers, by name.", "Staff")
                .problems(&[422])
                .under("get"),
        ),
        (
            "/api/staff/audit",
            Call::new(
                "readStaffAudit",
                "Who invited, accepted and suspended whom, and who took which list along, the latest first.",
            )
            .signed_in()
            .query("province", "Without it, the caller's own office.", reference("ProvinceCode"))
            .query("cursor", "Where the list goes on.", json!({"type": "string"}))
            .answers(200, "A page of lines.", "Audit")
            .problems(&[422])
            .under("get"),
        ),
        (
            "/api/staff/{id}/suspension",
            Call::new("suspendStaff", "Suspends an officer: every session ends, and none begins.")
                .path("id", reference("Key"))
                .signed_in()
                .body("Nothing")
                .answers_nothing("Suspended.")
                .problems(&[409])
                .under("post"),
        ),
        (
            "/api/staff/{id}/suspension",
            Call::new("liftStaffSuspension", "Lets an officer sign in again.")
                .path("id", reference("Key"))
                .signed_in()
                .changing()
                .answers_nothing("Lifted.")
                .problems(&[409])
                .under("delete"),
        ),
    ]
}
