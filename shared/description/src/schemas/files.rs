//! The shapes of files.

use palad_domain::round::attachment::{ATTACHMENT_BYTES_MAX, ATTACHMENT_NAME_MAX};
use serde_json::{Value, json};

use super::{object, text, text_to, with_optional};
use crate::parts::reference;

pub(super) fn files() -> Value {
    let length = json!({"type": "integer", "minimum": 1, "maximum": ATTACHMENT_BYTES_MAX});
    json!({
        "NewAttachment": object(json!({
            "name": text_to(ATTACHMENT_NAME_MAX),
            "length": length,
            "sha256": {"type": "string", "contentEncoding": "base64"},
        })),
        "PermittedAttachment": object(json!({
            "id": reference("Key"),
            "upload": object(json!({
                "method": {"const": "PUT"},
                "url": {"type": "string", "format": "uri"},
                "headers": {"type": "object", "additionalProperties": text()},
            })),
            "expires_at": reference("Moment"),
        })),
        "Attachment": object(json!({
            "id": reference("Key"),
            "name": text(),
            "length": length,
            "url": {"type": "string", "description": "On the site itself."},
        })),
        "ExportWish": with_optional(&["list"], json!({
            "list": {"enum": ["directory", "progress", "owing"]},
            "round": {"anyOf": [reference("RoundId"), {"type": "null"}], "description": "Of progress and owing; none of the directory."},
            "province": {"type": ["string", "null"], "description": "Of which province; what is in one's care where nothing is said."},
            "district": {"type": ["string", "null"], "description": "Of which district."},
        })),
        "Exported": object(json!({
            "url": {"type": "string", "format": "uri"},
            "name": text(),
            "rows": {"type": "integer", "minimum": 0, "description": "Without the heading."},
            "expires_at": reference("Moment"),
        })),
    })
}
