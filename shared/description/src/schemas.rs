//! The shapes of what is sent and answered.

mod accounts;
mod claims;
mod files;
mod rounds;
mod staff;

use palad_domain::agency::AgencyKind;
use palad_domain::photo::PHOTO_BYTES_MAX;
use palad_domain::post::{PostState, Reason};
use palad_domain::rules::{
    AFFILIATION_MAX, LEVEL_MAX, NAME_MAX, PASSWORD_MAX, PASSWORD_MIN, PHONE_MAX, POSITION_MAX, PREFIX_MAX,
};
use serde_json::{Value, json};

use crate::parts::reference;

/// Every schema by name.
pub(crate) fn all() -> Value {
    let mut all = json!({});
    for part in [
        basics(),
        people(),
        records(),
        accounts(),
        claims::claims(),
        staff::staff(),
        accounts::accounts(),
        rounds::rounds(),
        files::files(),
        directory(),
    ] {
        if let (Value::Object(all), Value::Object(part)) = (&mut all, part) {
            all.extend(part);
        }
    }
    all
}

/// An object whose fields are all there, and no others.
fn object(properties: Value) -> Value {
    let names: Vec<_> =
        properties.as_object().into_iter().flat_map(|fields| fields.keys().cloned()).collect();
    json!({"type": "object", "properties": properties, "required": names, "additionalProperties": false})
}

/// An object of which only some fields must be there, and no others may.
fn with_optional(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

fn list(schema: Value) -> Value {
    json!({"type": "array", "items": schema})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn text_to(max: usize) -> Value {
    json!({"type": "string", "maxLength": max})
}

fn page(item: &str) -> Value {
    object(json!({"items": list(reference(item)), "next": or_null(text())}))
}

fn basics() -> Value {
    let error = object(json!({"pointer": text(), "detail": text(), "detail_en": text()}));
    json!({
        "AgencyCode": {"type": "string", "pattern": "^[0-9]{6}$"},
        "AgencyKind": {"enum": AgencyKind::ALL.map(AgencyKind::abbreviation)},
        "ProvinceCode": {"type": "string", "pattern": "^[0-9]{2}$"},
        "Key": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"},
        "Moment": {"type": "string", "format": "date-time"},
        "Day": {"type": "string", "format": "date"},
        "Version": {"type": "integer", "minimum": 1},
        "Problem": with_optional(
            &["type", "title", "status", "detail", "detail_en", "request_id"],
            json!({
                "type": {"type": "string", "pattern": "^/problems/"},
                "title": text(),
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": text(),
                "detail_en": text(),
                "request_id": text(),
                "errors": list(error),
                "current_version": {"type": "integer", "minimum": 0},
            }),
        ),
        "Agency": object(json!({
            "code": reference("AgencyCode"),
            "kind": reference("AgencyKind"),
            "name": text(),
            "full_name": text(),
            "district": text(),
            "province": text(),
        })),
        "Province": object(json!({"code": reference("ProvinceCode"), "name": text(), "name_en": text()})),
        "Provinces": page("Province"),
        "Agencies": page("Agency"),
    })
}

fn people() -> Value {
    let person = json!({
        "prefix": text_to(PREFIX_MAX),
        "first_name": text_to(NAME_MAX),
        "last_name": text_to(NAME_MAX),
        "position": text_to(POSITION_MAX),
        "level": text_to(LEVEL_MAX),
        "affiliation": text_to(AFFILIATION_MAX),
        "phone": text_to(PHONE_MAX),
    });
    let mut internal = person.clone();
    internal["mobile"] = text_to(PHONE_MAX);
    internal["photo"] = reference("Key");
    let required = ["prefix", "first_name", "last_name", "position", "level", "affiliation", "phone"];
    json!({
        "PublicPerson": with_optional(&required, person),
        "Person": with_optional(&required, internal),
        "Reason": {"enum": Reason::ALL.map(Reason::as_str)},
        "Post": {"oneOf": [
            with_optional(&["state", "person"], json!({
                "state": {"const": "held"}, "person": reference("Person"), "since": reference("Day"),
            })),
            with_optional(&["state", "acting"], json!({
                "state": {"const": "acting"}, "acting": reference("Person"), "since": reference("Day"),
                "reason": reference("Reason"),
            })),
            with_optional(&["state"], json!({
                "state": {"const": "vacant"}, "since": reference("Day"), "reason": reference("Reason"),
            })),
        ]},
        "Photo": with_optional(&["id", "state", "large", "small"], json!({
            "id": reference("Key"),
            "state": {"enum": ["processing", "ready", "refused"]},
            "reason": text(),
            "reason_en": text(),
            "large": or_null(text()),
            "small": or_null(text()),
        })),
    })
}

fn records() -> Value {
    let office = json!({"enum": ["agency", "district", "province", "central"]});
    json!({
        "NewRecord": object(json!({"post": reference("Post")})),
        "EditedRecord": with_optional(&["post"], json!({
            "post": reference("Post"),
            "replaces": with_optional(&["reason"], json!({"reason": reference("Reason"), "until": reference("Day")})),
        })),
        "Record": object(json!({
            "id": reference("Key"),
            "version": reference("Version"),
            "post": reference("Post"),
            "photo": or_null(reference("Photo")),
            "missing": list(json!({"enum": ["photo"]})),
            "created_at": reference("Moment"),
            "updated_at": reference("Moment"),
            "confirmed_at": or_null(reference("Moment")),
        })),
        "HistoryLine": object(json!({
            "version": reference("Version"),
            "at": reference("Moment"),
            "action": {"enum": ["created", "edited", "deleted", "restored"]},
            "by": office,
            "post": or_null(reference("Post")),
        })),
        "Tenure": object(json!({
            "person": reference("Person"),
            "acting": {"type": "boolean"},
            "from": or_null(reference("Day")),
            "until": reference("Day"),
            "reason": reference("Reason"),
        })),
        "Deleted": object(json!({
            "id": reference("Key"), "deleted_at": reference("Moment"), "post": reference("Post"),
        })),
        "Personnel": object(json!({
            "agency": reference("Agency"),
            "current": or_null(reference("Record")),
            "history": list(reference("HistoryLine")),
            "tenures": list(reference("Tenure")),
            "deleted": list(reference("Deleted")),
            "next": or_null(text()),
        })),
        "Nothing": {"type": "object", "maxProperties": 0},
        "Upload": object(json!({
            "length": {"type": "integer", "minimum": 1, "maximum": PHOTO_BYTES_MAX},
            "type": {"enum": ["image/jpeg", "image/png"]},
            "sha256": {"type": "string", "contentEncoding": "base64"},
        })),
        "PermittedUpload": object(json!({
            "photo": reference("Key"),
            "upload": object(json!({
                "method": {"const": "PUT"},
                "url": {"type": "string", "format": "uri"},
                "headers": {"type": "object", "additionalProperties": text()},
            })),
        })),
    })
}

fn accounts() -> Value {
    let password = json!({
        "type": "string", "minLength": PASSWORD_MIN, "maxLength": PASSWORD_MAX,
        "description": "Digits; Thai digits are welcome.",
    });
    let code =
        json!({"type": "string", "description": "Eight digits; Thai digits, spaces and dashes are welcome."});
    let email = json!({"type": "string", "format": "email"});
    json!({
        "Registration": object(json!({
            "agency": reference("AgencyCode"), "email": email, "password": password,
        })),
        "Claim": object(json!({"claim": reference("Key")})),
        "SignIn": object(json!({"agency": reference("AgencyCode"), "password": password})),
        "Challenge": object(json!({"challenge": reference("Key")})),
        "SignInCode": object(json!({"challenge": reference("Key"), "code": code})),
        "Session": object(json!({
            "role": {"enum": ["agency", "district", "province", "central"]},
            "agency": or_null(reference("Agency")),
            "staff": or_null(reference("Officer")),
            "expires_at": reference("Moment"),
            "ends_at": reference("Moment"),
        })),
        "ResetQuestion": object(json!({"agency": reference("AgencyCode"), "email": email})),
        "NewPassword": object(json!({"password": password})),
    })
}

fn directory() -> Value {
    let counts = json!({"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}});
    json!({
        "Description": {"type": "object", "required": ["openapi", "paths"]},
        "State": {"enum": PostState::ALL.map(PostState::as_str)},
        "Entry": object(json!({
            "agency": reference("Agency"),
            "state": reference("State"),
            "person": or_null(reference("PublicPerson")),
            "photo": or_null(reference("Photo")),
            "updated_at": or_null(reference("Moment")),
            "confirmed_at": or_null(reference("Moment")),
        })),
        "Directory": object(json!({
            "items": list(reference("Entry")),
            "total": {"type": "integer", "minimum": 0},
            "facets": object(json!({"state": counts, "kind": counts, "province": counts})),
            "next": or_null(text()),
        })),
    })
}
