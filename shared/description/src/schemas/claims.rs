//! Claims and their proofs.

use palad_domain::claim::RefusalReason;
use serde_json::{Value, json};

use super::{object, or_null, page, text, with_optional};
use crate::parts::reference;

pub(super) fn claims() -> Value {
    let code =
        json!({"type": "string", "description": "Eight digits; Thai digits, spaces and dashes are welcome."});
    let letter_code = json!({
        "type": "string",
        "description": "Ten characters of the official letter, as in XXXXX-XXXXX; any case, spaces and dashes are welcome.",
    });
    json!({
        "Proof": {"oneOf": [object(json!({"code": code})), object(json!({"letter_code": letter_code}))]},
        "Proved": with_optional(&["state"], json!({
            "state": {"enum": ["active", "awaiting_approval", "waiting"]},
            "from": reference("Moment"),
        })),
        "LinkToken": object(json!({"token": text()})),
        "OpenClaim": with_optional(
            &["id", "agency", "email", "state", "created_at", "expires_at", "telephone", "has_account", "others", "other_claims"],
            json!({
                "id": reference("Key"),
                "agency": reference("Agency"),
                "email": {"type": "string", "format": "email"},
                "state": {"enum": ["awaiting_approval", "disputed", "waiting"]},
                "created_at": reference("Moment"),
                "expires_at": reference("Moment"),
                "from": reference("Moment"),
                "telephone": or_null(text()),
                "has_account": {"type": "boolean"},
                "others": {"type": "integer", "minimum": 0},
                "other_claims": {"type": "array", "maxItems": 10, "items": object(json!({
                    "email": {"type": "string", "format": "email"},
                    "state": {"enum": ["awaiting_approval", "disputed", "waiting"]},
                    "created_at": reference("Moment"),
                }))},
            }),
        ),
        "Claims": page("OpenClaim"),
        "Refusal": object(json!({"reason": {"enum": RefusalReason::ALL}})),
    })
}
