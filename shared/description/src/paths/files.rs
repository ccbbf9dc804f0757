//! Files: what belongs to a round, and lists to take along.

use serde_json::Value;

use crate::parts::{Call, reference};

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    let of_round = |name, summary| Call::new(name, summary).signed_in().path("id", reference("RoundId"));
    let of_file = |name, summary| of_round(name, summary).path("attachment", reference("Key"));
    vec![
        (
            "/api/rounds/{id}/attachments",
            of_round("permitAttachment", "Leave to send exactly one PDF, by the request in the answer.")
                .body("NewAttachment")
                .answers(201, "The file's key, and the request to send it with.", "PermittedAttachment")
                .problems(&[409])
                .under("post"),
        ),
        (
            "/api/rounds/{id}/attachments/{attachment}/completion",
            of_file(
                "completeAttachment",
                "Says that the file was sent: it is looked at, and belongs to the round.",
            )
            .body("Nothing")
            .answers(201, "It belongs to the round; with the round's new ETag.", "Attachment")
            .problems(&[409, 412])
            .under("post"),
        ),
        (
            "/api/rounds/{id}/attachments/{attachment}",
            of_file("removeAttachment", "Takes a file away from the round, and from the site.")
                .changing()
                .answers_nothing("Gone; with the round's new ETag.")
                .problems(&[409, 412])
                .under("delete"),
        ),
        (
            "/api/exports",
            Call::new(
                "exportList",
                "Writes a list as a table (CSV), notes in the office's audit who takes it along, and says where it can be fetched; for the offices.",
            )
            .signed_in()
            .body("ExportWish")
            .answers(201, "Written; the address works for a quarter of an hour.", "Exported")
            .under("post"),
        ),
    ]
}
