//! The personnel screen.

use serde_json::{Value, json};

use crate::parts::{Call, reference};

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    let of_agency =
        |name, summary| Call::new(name, summary).signed_in().path("code", reference("AgencyCode"));
    let of_record = |name, summary| of_agency(name, summary).path("id", reference("Key"));
    vec![
        (
            "/api/agencies/{code}/clerks",
            of_agency(
                "personnel",
                "The personnel screen: the current record, its history, past holders, deleted records.",
            )
            .query("cursor", "The next of the page before.", json!({"type": "string"}))
            .answers(200, "The screen; ETag is the current version.", "Personnel")
            .problems(&[422])
            .under("get"),
        ),
        (
            "/api/agencies/{code}/clerks",
            of_agency("addClerk", "Records the post, where nothing is recorded.")
                .idempotent(true)
                .body("NewRecord")
                .answers(201, "Recorded; with ETag and Location.", "Record")
                .under("post"),
        ),
        (
            "/api/agencies/{code}/clerks/{id}",
            of_record("viewClerk", "The current record.")
                .answers(200, "The record, with its ETag.", "Record")
                .under("get"),
        ),
        (
            "/api/agencies/{code}/clerks/{id}",
            of_record("editClerk", "Changes the record; with replaces, the post passes to somebody else.")
                .if_match()
                .idempotent(false)
                .body("EditedRecord")
                .answers(200, "Changed, with its new ETag.", "Record")
                .under("put"),
        ),
        (
            "/api/agencies/{code}/clerks/{id}",
            of_record("deleteClerk", "Deletes the record; what is left is no answer.")
                .if_match()
                .idempotent(false)
                .changing()
                .answers_nothing("Deleted; it can be restored.")
                .under("delete"),
        ),
        (
            "/api/agencies/{code}/clerks/{id}/restoration",
            of_record("restoreClerk", "Brings a deleted record back.")
                .idempotent(false)
                .changing()
                .answers(200, "Restored.", "Record")
                .problems(&[409])
                .under("post"),
        ),
        (
            "/api/agencies/{code}/confirmation",
            of_agency(
                "confirmRecord",
                "Says that the record is still right: an answer in every open round that asks.",
            )
            .if_match()
            .body("Nothing")
            .answers(201, "Confirmed; the record keeps its version.", "Receipt")
            .under("post"),
        ),
        (
            "/api/agencies/{code}/photos",
            of_agency("permitUpload", "Leave to upload exactly one file, by the request in the answer.")
                .body("Upload")
                .answers(201, "The photo's key, and the request to send the file with.", "PermittedUpload")
                .problems(&[429])
                .under("post"),
        ),
        (
            "/api/agencies/{code}/photos/{photo}",
            of_agency("photo", "What became of an upload.")
                .path("photo", reference("Key"))
                .answers(200, "Its state, and its addresses once it is ready.", "Photo")
                .under("get"),
        ),
    ]
}
