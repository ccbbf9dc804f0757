//! Officers, their sign-in and their invitations.

use palad_domain::rules::{PASSPHRASE_MAX, PASSPHRASE_MIN, STAFF_NAME_MAX};
use palad_domain::staff::RECOVERY_CODES;
use serde_json::{Value, json};

use super::{object, or_null, text, text_to, with_optional};
use crate::parts::reference;

pub(super) fn staff() -> Value {
    let email = json!({"type": "string", "format": "email"});
    let role = json!({"enum": ["central", "province", "district"]});
    let token = json!({"type": "string", "description": "From the fragment of the mailed link."});
    let place =
        json!({"role": role, "province": or_null(reference("ProvinceCode")), "district": or_null(text())});
    let qr = object(json!({"side": {"type": "integer", "minimum": 1}, "path": text()}));
    let totp = object(json!({"secret": text(), "uri": {"type": "string", "format": "uri"}, "qr": qr}));
    let mut invited = place.clone();
    invited["email"] = email.clone();
    invited["totp"] = totp;
    let officer = json!({"name": text_to(STAFF_NAME_MAX), "email": email, "place": object(place)});
    let mut item = officer.clone();
    item["id"] = reference("Key");
    item["state"] = json!({"enum": ["active", "suspended"]});
    item["last_sign_in_at"] = or_null(reference("Moment"));
    let recovery_code = json!({"type": "string", "pattern": "^[0-9A-Z]{5}-[0-9A-Z]{5}$"});
    json!({
        "Officer": object(officer),
        "Staff": object(json!({"items": {"type": "array", "items": object(item)}})),
        "StaffSignIn": object(json!({
            "email": email, "passphrase": {"type": "string", "minLength": 1, "maxLength": PASSPHRASE_MAX},
        })),
        "StaffSecondFactor": object(json!({
            "challenge": reference("Key"),
            "code": {"type": "string", "description": "Six digits of the app, or a recovery code."},
        })),
        "StaffInvitation": with_optional(&["email", "role"], json!({
            "email": email, "role": role, "province": reference("ProvinceCode"), "district": text(),
        })),
        "InvitationToken": object(json!({"token": token})),
        "InvitedStaff": object(invited),
        "Acceptance": object(json!({
            "token": token,
            "name": text_to(STAFF_NAME_MAX),
            "passphrase": {"type": "string", "minLength": PASSPHRASE_MIN, "maxLength": PASSPHRASE_MAX},
            "code": {"type": "string", "description": "Six digits that the app shows now."},
        })),
        "Accepted": object(json!({
            "recovery_codes": {"type": "array", "items": recovery_code, "minItems": RECOVERY_CODES},
        })),
    })
}
