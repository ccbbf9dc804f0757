//! Registration.

use serde_json::Value;

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
            Call::new("prove", "Proves the address of a claim by the mailed code.")
                .path("claim", reference("Key"))
                .body("Proof")
                .answers(200, "The account is open, or the claim waits for approval.", "Proved")
                .problems(&[409, 410])
                .under("post"),
        ),
    ]
}
