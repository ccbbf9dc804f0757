//! The shapes of rounds.

use palad_domain::agency::AgencyKind;
use palad_domain::round::holidays::HOLIDAYS_MAX;
use palad_domain::round::list::CallOutcome;
use palad_domain::round::terms::{EXCEPTIONS_MAX, STEP_DAYS_MAX, STEPS_MAX};
use palad_domain::round::words::{HOLIDAY_MAX, LETTER_NUMBER_MAX, NOTE_MAX, REASON_MAX, TEXT_MAX, TITLE_MAX};
use serde_json::{Value, json};

use super::{list, object, or_null, page, text, text_to, with_optional};
use crate::parts::reference;

pub(super) fn rounds() -> Value {
    let mut all = json!({});
    for part in [sent(), answered(), progress(), confirmed()] {
        if let (Value::Object(all), Value::Object(part)) = (&mut all, part) {
            all.extend(part);
        }
    }
    all
}

/// A day as it is typed: with Thai digits, in Buddhist years, or as an ISO day.
fn typed_day() -> Value {
    json!({"type": "string", "description": "A day as it is typed in Thailand, or an ISO day."})
}

fn kinds() -> Value {
    json!({"enum": AgencyKind::ALL.map(AgencyKind::abbreviation)})
}

fn step(text: Value) -> Value {
    with_optional(
        &["when"],
        json!({
            "when": {"enum": ["opening", "before", "after"]},
            "days": {"type": "integer", "minimum": 1, "maximum": STEP_DAYS_MAX},
            "text": text,
        }),
    )
}

fn scope(exceptions: Value) -> Value {
    with_optional(&[], json!({"kinds": list(kinds()), "provinces": list(text()), "exceptions": exceptions}))
}

fn sent() -> Value {
    let exception = object(json!({"agency": reference("AgencyCode"), "reason": text_to(REASON_MAX)}));
    json!({
        "RoundId": {"type": "string", "pattern": "^2[56][0-9]{2}-[1-9][0-9]?$", "description": "Buddhist year and number, as in 2569-1."},
        "RoundTerms": with_optional(&["title", "dates"], json!({
            "title": text_to(TITLE_MAX),
            "letter": or_null(object(json!({"number": text_to(LETTER_NUMBER_MAX), "date": typed_day()}))),
            "dates": object(json!({"opens": typed_day(), "deadline": typed_day(), "closes": typed_day()})),
            "scope": scope(json!({"type": "array", "maxItems": EXCEPTIONS_MAX, "items": exception})),
            "steps": {"type": "array", "maxItems": STEPS_MAX, "items": step(or_null(text_to(TEXT_MAX)))},
            "history": {"type": "boolean", "description": "A round that was over before there was this system."},
        })),
        "MovedDates": object(json!({"deadline": typed_day(), "closes": typed_day()})),
        "Holidays": object(json!({
            "items": {"type": "array", "maxItems": HOLIDAYS_MAX, "items": object(json!({"day": typed_day(), "name": text_to(HOLIDAY_MAX)}))},
        })),
        "NewCall": with_optional(&["agency", "outcome"], json!({
            "agency": reference("AgencyCode"),
            "outcome": {"enum": CallOutcome::ALL.map(CallOutcome::as_str)},
            "note": or_null(text_to(NOTE_MAX)),
        })),
        "LinkCall": object(json!({"token": text(), "action": {"enum": ["look", "confirm", "vacant", "not_mine"]}})),
    })
}

/// What everybody who is signed in may know of a round.
fn summary() -> Value {
    let count = json!({"type": "integer", "minimum": 0});
    let when = reference("Moment");
    json!({
        "id": reference("RoundId"),
        "title": text(),
        "letter": or_null(object(json!({"number": text(), "date": reference("Day")}))),
        "attachments": list(reference("Attachment")),
        "state": {"enum": ["draft", "opening", "open", "closed"]},
        "dates": object(json!({"opens": reference("Day"), "deadline": reference("Day"), "closes": reference("Day")})),
        "phase": {"enum": ["before", "on_time", "late", "over"]},
        "days_left": {"type": "integer"},
        "history": {"type": "boolean"},
        "frozen": or_null(object(json!({"expected": count, "excused": count, "hash": text()}))),
        "moves": list(object(json!({"from": reference("Day"), "to": reference("Day"), "at": when}))),
        "opened_at": or_null(when.clone()),
        "closed_at": or_null(when.clone()),
        "stopped_at": or_null(when),
    })
}

fn with(mut fields: Value, more: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut fields, more) {
        fields.extend(more);
    }
    object(fields)
}

fn answered() -> Value {
    let exception = object(json!({"agency": reference("AgencyCode"), "reason": text()}));
    let own = object(json!({
        "asked": {"enum": ["expected", "excused", "no"]}, "answer": or_null(reference("RoundAnswer")),
    }));
    json!({
        "RoundSummary": object(summary()),
        "RoundList": object(json!({
            "items": list(with(summary(), json!({"own": or_null(own)}))),
            "reminders_stopped_at": or_null(reference("Moment")),
        })),
        "Round": with(summary(), json!({
            "scope": scope(list(exception)),
            "steps": list(step(or_null(text()))),
            "created_at": reference("Moment"),
            "report": or_null(object(json!({
                "at": reference("Moment"), "tally": reference("Tally"), "provinces": list(reference("Area")),
            }))),
        })),
        "RoundAnswer": object(json!({
            "kind": {"enum": ["confirmed", "updated", "vacant"]},
            "answered_at": reference("Moment"),
            "changed_at": reference("Moment"),
            "late": {"type": "boolean"},
            "receipt": or_null(text()),
        })),
        "Rehearsal": object(json!({
            "expected": {"type": "integer"},
            "excused": {"type": "integer"},
            "unregistered": {"type": "integer"},
            "without_address": {"type": "integer"},
            "days": list(object(json!({
                "day": reference("Day"), "step": text(), "to": {"enum": ["agency", "province"]}, "number": {"type": "integer"},
            }))),
        })),
    })
}

fn standing() -> Value {
    json!({"enum": ["exempt", "not_registered", "silent", "unreachable", "confirmed", "updated", "vacant"]})
}

fn progress() -> Value {
    let count = json!({"type": "integer", "minimum": 0});
    let names = [
        "all",
        "answered",
        "owing",
        "exempt",
        "not_registered",
        "silent",
        "unreachable",
        "confirmed",
        "updated",
        "vacant",
        "late",
    ];
    let counts: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), count.clone())).collect();
    json!({
        "Tally": object(Value::Object(counts)),
        "Area": object(json!({"code": or_null(text()), "name": text(), "tally": reference("Tally")})),
        "Progress": object(json!({
            "round": reference("RoundSummary"),
            "level": {"enum": ["country", "province", "district"]},
            "province": or_null(text()),
            "district": or_null(text()),
            "tally": reference("Tally"),
            "areas": list(reference("Area")),
            "agencies": list(object(json!({
                "agency": reference("Agency"), "standing": standing(), "excused": or_null(text()),
                "answer": or_null(reference("RoundAnswer")),
            }))),
            "curve": list(object(json!({"day": reference("Day"), "answered": count, "all": count}))),
        })),
        "CallNote": object(json!({
            "at": reference("Moment"),
            "by": {"enum": ["province", "central"]},
            "outcome": {"enum": CallOutcome::ALL.map(CallOutcome::as_str)},
            "note": or_null(text()),
        })),
        "Owing": object(json!({
            "agency": reference("Agency"),
            "telephone": or_null(text()),
            "standing": standing(),
            "calls": list(reference("CallNote")),
        })),
        "OwingPage": page("Owing"),
    })
}

fn confirmed() -> Value {
    json!({
        "LinkView": object(json!({
            "round": object(json!({
                "id": reference("RoundId"),
                "title": text(),
                "dates": object(json!({"opens": reference("Day"), "deadline": reference("Day"), "closes": reference("Day")})),
                "phase": {"enum": ["before", "on_time", "late", "over"]},
                "days_left": {"type": "integer"},
            })),
            "entry": reference("Entry"),
            "version": reference("Version"),
            "changed": {"type": "boolean", "description": "Whether the record was changed after the mail was written."},
            "answer": or_null(reference("RoundAnswer")),
            "token": or_null(json!({"type": "string", "description": "With which to confirm what is shown here."})),
        })),
        "Receipt": object(json!({
            "number": text(),
            "agency": reference("Agency"),
            "at": reference("Moment"),
            "version": reference("Version"),
            "answers": list(object(json!({
                "round": reference("RoundId"), "title": text(), "kind": {"enum": ["confirmed", "updated", "vacant"]},
                "late": {"type": "boolean"},
            }))),
        })),
    })
}
