//! Registration.

use serde_json::{Value, json};

use crate::parts::{Call, reference};

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/registrations",
            Call::new(
                "register",
                "Claims an agency; a code is mailed. Never tells whether the agency is free.",
            )
            .body("Registration")
            .answers(202, "The claim waits for its code.", "Claim")
            .problems(&[429])
            .under("post"),
        ),
        (
            "/api/registrations/{claim}/proof",
            Call::new(
                "prove",
                "Proves a claim by the mailed code or by the code of the official letter, in the browser that made it.",
            )
            .path("claim", reference("Key"))
            .body("Proof")
            .answers(200, "The account is open, or the claim waits for approval or for the owner.", "Proved")
            .problems(&[409, 410, 429])
            .under("post"),
        ),
        (
            "/api/registrations/completions",
            Call::new("completeTakeOver", "Completes a take-over by the link that was mailed, when its wait is over.")
                .body("LinkToken")
                .answers(200, "The account is the new owner's.", "Proved")
                .problems(&[409, 410])
                .under("post"),
        ),
        (
            "/api/registrations/objections",
            Call::new("objectToTakeOver", "Objects to a take-over by the link that was mailed to the owner.")
                .body("LinkToken")
                .answers_nothing("The province decides.")
                .problems(&[410])
                .under("post"),
        ),
        (
            "/api/claims",
            Call::new("listClaims", "What waits for a decision of the caller's office, the oldest first.")
                .signed_in()
                .query("province", "One province only.", reference("ProvinceCode"))
                .query("cursor", "Where the list goes on.", json!({"type": "string"}))
                .answers(200, "A page of the list.", "Claims")
                .problems(&[422])
                .under("get"),
        ),
        (
            "/api/claims/{id}/approval",
            Call::new("approveClaim", "Approves a claim, after the agency was called back.")
                .signed_in()
                .path("id", reference("Key"))
                .body("Nothing")
                .answers(200, "The account is open, or waits for the owner of the present one.", "Proved")
                .problems(&[409, 410])
                .under("post"),
        ),
        (
            "/api/claims/{id}/refusal",
            Call::new("refuseClaim", "Refuses a claim; who made it is told by mail.")
                .signed_in()
                .path("id", reference("Key"))
                .body("Refusal")
                .answers_nothing("Refused.")
                .problems(&[409, 410])
                .under("post"),
        ),
    ]
}
