//! The public directory and the lists of the picker.

use palad_domain::rules::QUERY_MAX;
use serde_json::{Value, json};

use crate::parts::{Call, reference};

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    let words = json!({"type": "string", "maxLength": QUERY_MAX});
    let text = json!({"type": "string"});
    let cursor = "The next of the page before.";
    vec![
        (
            "/api/provinces",
            Call::new("provinces", "The provinces in Thai order.")
                .answers(200, "All 77.", "Provinces")
                .under("get"),
        ),
        (
            "/api/agencies",
            Call::new("agencies", "Agencies for the picker: of a province all, by words the best first.")
                .query("province", "A province's code.", reference("ProvinceCode"))
                .query("q", "Words, as in อบต แม่ยม แพร่.", words.clone())
                .query("cursor", cursor, text.clone())
                .answers(200, "A page.", "Agencies")
                .problems(&[422])
                .under("get"),
        ),
        (
            "/api/directory",
            Call::new("directory", "Searches the recorded posts.")
                .query("q", "A piece of a name, an agency, a place or a telephone number.", words)
                .query("province", "A province's code.", reference("ProvinceCode"))
                .query("district", "A district's Thai name.", text.clone())
                .query("kind", "A kind of agency.", reference("AgencyKind"))
                .query("state", "A state; without it, every state but none.", reference("State"))
                .query("cursor", cursor, text)
                .answers(200, "A page, with counts under each filter.", "Directory")
                .problems(&[422])
                .under("get"),
        ),
        (
            "/api/directory/{code}",
            Call::new("directoryEntry", "One agency's line of the directory.")
                .path("code", reference("AgencyCode"))
                .answers(200, "The line.", "Entry")
                .problems(&[404])
                .under("get"),
        ),
        (
            "/api/openapi.json",
            Call::new("description", "This document.")
                .answers(200, "An OpenAPI 3.1 document.", "Description")
                .under("get"),
        ),
    ]
}
