//! One's own account, the audit, and the accounts in an office's care.

use palad_domain::audit::SuspensionReason;
use palad_domain::rules::{PASSWORD_MAX, PASSWORD_MIN};
use serde_json::{Value, json};

use super::{list, object, or_null, page, text};
use crate::parts::reference;

pub(super) fn accounts() -> Value {
    let email = || json!({"type": "string", "format": "email"});
    let moment = || reference("Moment");
    let pending = object(json!({"email": email(), "expires_at": moment()}));
    let device =
        json!({"id": reference("Key"), "name": text(), "seen_at": moment(), "this": {"type": "boolean"}});
    let office = json!({"enum": ["agency", "district", "province", "central", null]});
    let what = object(json!({"th": text(), "en": text()}));
    let token = json!({"type": "string", "description": "From the fragment of the mailed link."});
    let password = json!({"type": "string", "minLength": PASSWORD_MIN, "maxLength": PASSWORD_MAX});
    json!({
        "Account": object(json!({
            "agency": or_null(reference("Agency")),
            "email": or_null(email()),
            "opened_at": or_null(moment()),
            "devices": list(object(device)),
            "handover": or_null(pending.clone()),
            "email_change": or_null(pending),
            "take_over": or_null(object(json!({"from": moment(), "email_hint": text()}))),
            "staff": or_null(reference("Officer")),
        })),
        "NewEmail": object(json!({"email": email()})),
        "LinkToken": object(json!({"token": token})),
        "HandOverAcceptance": object(json!({"token": token, "password": password})),
        "AuditLine": object(json!({
            "number": {"type": "integer", "minimum": 1},
            "at": moment(),
            "who": object(json!({"office": office, "hint": or_null(text())})),
            "what": what,
            "about": or_null(text()),
        })),
        "Audit": page("AuditLine"),
        "AccountStanding": object(json!({
            "agency": reference("Agency"),
            "state": {"enum": ["none", "active", "suspended"]},
            "email_hint": or_null(text()),
            "opened_at": or_null(moment()),
            "last_sign_in_at": or_null(moment()),
            "telephone": or_null(text()),
        })),
        "Accounts": page("AccountStanding"),
        "Suspension": object(json!({"reason": {"enum": SuspensionReason::ALL}})),
    })
}
