//! Rounds: made, opened and closed by the central office; followed by the offices; answered by agencies.

use serde_json::{Value, json};

use crate::parts::{Call, reference};

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    [making(), way(), following(), answering()].concat()
}

fn of_round(name: &str, summary: &str) -> Call {
    Call::new(name, summary).signed_in().path("id", reference("RoundId"))
}

fn in_area(call: Call) -> Call {
    call.query("province", "Of which province; one's own where nothing is said.", json!({"type": "string"}))
        .query("district", "Of which district.", json!({"type": "string"}))
        .problems(&[422])
}

fn making() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/rounds",
            Call::new("rounds", "The rounds, the latest first; drafts for the central office alone.")
                .signed_in()
                .answers(200, "The rounds; for an agency with how it stands to each.", "RoundList")
                .under("get"),
        ),
        (
            "/api/rounds",
            Call::new("makeRound", "Makes a draft; or, as history, a round that is over.")
                .signed_in()
                .body("RoundTerms")
                .answers(201, "Made; with ETag and Location.", "Round")
                .under("post"),
        ),
        (
            "/api/rounds/{id}",
            of_round("viewRound", "One round whole; for the offices.")
                .answers(200, "The round, with its ETag.", "Round")
                .under("get"),
        ),
        (
            "/api/rounds/{id}",
            of_round("editRound", "Changes a round. Of an open one, who is asked and the dates stay.")
                .if_match()
                .body("RoundTerms")
                .answers(200, "Changed, with its new ETag.", "Round")
                .problems(&[409])
                .under("put"),
        ),
        (
            "/api/rounds/{id}",
            of_round("deleteRound", "Deletes a draft, or a round of the past.")
                .if_match()
                .changing()
                .answers_nothing("Deleted.")
                .problems(&[409])
                .under("delete"),
        ),
        (
            "/api/holidays",
            Call::new("holidays", "The holidays that the central office entered.")
                .signed_in()
                .answers(200, "The holidays, with their ETag.", "Holidays")
                .under("get"),
        ),
        (
            "/api/holidays",
            Call::new("changeHolidays", "Puts these holidays in the place of all that were entered.")
                .signed_in()
                .if_match()
                .body("Holidays")
                .answers(200, "Changed, with their new ETag.", "Holidays")
                .under("put"),
        ),
        (
            "/api/reminders/stop",
            Call::new("stopReminders", "Stops every reminder of every round.")
                .signed_in()
                .body("Nothing")
                .answers_nothing("Stopped.")
                .under("post"),
        ),
        (
            "/api/reminders/stop",
            Call::new("resumeReminders", "Lets reminders go out again.")
                .signed_in()
                .changing()
                .answers_nothing("They go on.")
                .under("delete"),
        ),
    ]
}

fn way() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/rounds/{id}/rehearsal",
            of_round(
                "rehearseRound",
                "Every message that will still go out, with day and number. Sends nothing.",
            )
            .answers(200, "The rehearsal.", "Rehearsal")
            .under("get"),
        ),
        (
            "/api/rounds/{id}/opening",
            of_round("openRound", "Freezes the list of who is asked and opens the round.")
                .body("Nothing")
                .answers(200, "Open.", "Round")
                .answers(202, "The list is not whole yet: call again to go on.", "Round")
                .problems(&[409, 412])
                .under("post"),
        ),
        (
            "/api/rounds/{id}/deadline",
            of_round("moveDeadline", "Moves the deadline and the closing.")
                .if_match()
                .body("MovedDates")
                .answers(200, "Moved, with its new ETag.", "Round")
                .problems(&[409])
                .under("put"),
        ),
        (
            "/api/rounds/{id}/closing",
            of_round("closeRound", "Closes an open round and writes how it ended.")
                .body("Nothing")
                .answers(200, "Closed, with the report.", "Round")
                .problems(&[409, 412])
                .under("post"),
        ),
        (
            "/api/rounds/{id}/stop",
            of_round("stopRound", "Stops the reminders of this round.")
                .body("Nothing")
                .answers(200, "Stopped.", "Round")
                .problems(&[409, 412])
                .under("post"),
        ),
        (
            "/api/rounds/{id}/stop",
            of_round("resumeRound", "Lets the reminders of this round go out again.")
                .changing()
                .answers(200, "They go on.", "Round")
                .problems(&[409, 412])
                .under("delete"),
        ),
    ]
}

fn following() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/rounds/{id}/progress",
            in_area(of_round("progress", "How far a round is, in what is in the caller's care."))
                .query(
                    "standing",
                    "Names the agencies of a province or district that this count is made of.",
                    json!({"enum": [
                        "all", "answered", "owing", "late", "exempt", "not_registered", "silent", "unreachable",
                        "confirmed", "updated", "vacant",
                    ]}),
                )
                .answers(200, "The numbers, and what they are made of one level deeper.", "Progress")
                .under("get"),
        ),
        (
            "/api/rounds/{id}/owing",
            in_area(of_round(
                "owing",
                "Who owes an answer in a province or district, with telephone and calls.",
            ))
            .query("cursor", "The next of the page before.", json!({"type": "string"}))
            .answers(200, "A page of the list.", "OwingPage")
            .under("get"),
        ),
        (
            "/api/rounds/{id}/calls",
            of_round("noteCall", "Notes a call to an agency that is asked.")
                .body("NewCall")
                .answers(201, "Noted.", "CallNote")
                .problems(&[409])
                .under("post"),
        ),
    ]
}

fn answering() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/confirmations",
            Call::new(
                "answerByLink",
                "By the link of a reminder: shows the record (look), confirms it (confirm), records that the post is vacant \
                 (vacant), or says that the record is not the reader's to look after (not_mine).",
            )
            .body("LinkCall")
            .answers(200, "What the link is about; nothing has changed.", "LinkView")
            .answers(201, "Answered, with its receipt.", "Receipt")
            .answers_nothing("Noted that the record is not the reader's; also where that was said before.")
            .problems(&[404, 410, 412, 429])
            .under("post"),
        ),
        (
            "/api/receipts/{number}",
            Call::new("receipt", "A receipt by its number; dashes and small letters are welcome.")
                .path("number", json!({"type": "string"}))
                .answers(200, "The receipt.", "Receipt")
                .problems(&[404])
                .under("get"),
        ),
    ]
}
