//! Posts as the form sends them. All names are invented.

use serde_json::{Value, json};

/// A person.
#[must_use]
pub fn person(first_name: &str, last_name: &str) -> Value {
    json!({
        "prefix": "นาย",
        "first_name": first_name,
        "last_name": last_name,
        "position": "ปลัดเทศบาล (นักบริหารงานท้องถิ่น)",
        "level": "ระดับกลาง",
        "affiliation": "เทศบาลเมืองแพร่",
        "phone": "๐-๕๔๕๓-๔๑๑๙ ต่อ ๒๐๓",
        "mobile": "086-586-2599",
    })
}

/// A post that is held.
#[must_use]
pub fn held(first_name: &str, last_name: &str) -> Value {
    json!({ "state": "held", "person": person(first_name, last_name) })
}

/// A post in which somebody acts.
#[must_use]
pub fn acting(first_name: &str, last_name: &str) -> Value {
    json!({ "state": "acting", "acting": person(first_name, last_name), "reason": "transferred" })
}

/// A post that nobody holds.
#[must_use]
pub fn vacant() -> Value {
    json!({ "state": "vacant", "reason": "retired" })
}
