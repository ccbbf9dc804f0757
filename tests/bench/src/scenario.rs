//! What functions are asked, and what the store answers: an agency with a recorded post, its officer signed
//! in, and a country of 7,850 agencies for the directory.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use jiff::{Span, Timestamp};
use palad_api::session::Signer;
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::Variables;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

/// The agency that functions are asked about, as in the sample events.
pub(crate) const CODE: &str = "549900";
/// Its clerk's record.
pub(crate) const CLERK: &str = "01JDBENCH0000000000000";
/// The photo of the sample event.
const PHOTO: &str = "AAAAAAAAAAAAAAAAAAAAAA";
/// The officer of the central office.
const STAFF: &str = "BBBBBBBBBBBBBBBBBBBBBB";
const SEED: [u8; 32] = [7; 32];
const PROVINCES: usize = 77;
const AGENCIES: usize = 7_850;

/// Everything that a run needs, made once.
pub(crate) struct Scenario {
    /// Items of the store, by their keys.
    pub(crate) items: BTreeMap<(String, String), Value>,
    /// Pages of the index by province, by the province's code.
    pub(crate) listing: BTreeMap<String, Value>,
    /// Partitions that are read whole.
    pub(crate) partitions: BTreeMap<String, Value>,
    signer: Signer,
    public: String,
}

impl Scenario {
    /// Makes it.
    pub(crate) fn new() -> Result<Self, String> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&SEED).map_err(|error| error.to_string())?;
        let public = format!("k1:{}", BASE64URL_NOPAD.encode(pair.public_key().as_ref()));
        let map = BTreeMap::from([
            ("STAGE".to_owned(), "local".to_owned()),
            ("SESSION_SIGNING_KEY".to_owned(), signing_key()),
            ("SESSION_VERIFYING_KEYS".to_owned(), public.clone()),
        ]);
        let signer = Signer::from_environment(&Variables::of_map(map)).map_err(|error| error.to_string())?;
        let items = BTreeMap::from([
            ((format!("AGENCY#{CODE}"), "AGENCY".to_owned()), agency_item(CODE, "54")),
            ((format!("AGENCY#{CODE}"), "POST".to_owned()), post_item(CODE, "54")),
            ((format!("ACCOUNT#{CODE}"), "ACCOUNT".to_owned()), account_item(CODE)),
            ((format!("AGENCY#{CODE}"), format!("PHOTO#{PHOTO}")), upload_item(CODE)),
        ]);
        let partitions = BTreeMap::from([(format!("ACCOUNT#{CODE}"), page(vec![account_item(CODE)]))]);
        Ok(Self { items, listing: listing(), partitions, signer, public })
    }

    /// The agency's officer.
    pub(crate) fn agency() -> Result<Actor, String> {
        Ok(Actor::Agency { agency: CODE.parse().map_err(|_| "the agency's code".to_owned())? })
    }

    /// An officer of the central office.
    pub(crate) fn central() -> Actor {
        Actor::Central { staff: STAFF.to_owned() }
    }

    /// The cookie of a session that begins now.
    pub(crate) fn cookie(&self, actor: Actor) -> Result<String, String> {
        let now = Timestamp::now();
        let expires_at = now.checked_add(Span::new().minutes(14)).map_err(|error| error.to_string())?;
        let session = Session { actor, version: SessionVersion(1), signed_in_at: now, expires_at };
        let token = self.signer.issue(&session, now).map_err(|_| "no token".to_owned())?;
        Ok(format!("__Host-sid={token}"))
    }

    /// The variables that are secrets in the cloud.
    pub(crate) fn secret(&self, name: &str) -> Option<String> {
        match name {
            "SESSION_SIGNING_KEY" => Some(signing_key()),
            "SESSION_VERIFYING_KEYS" => Some(self.public.clone()),
            "PASSWORD_PEPPER" | "LINK_KEY" => Some(format!("k1:{}", BASE64URL_NOPAD.encode(&SEED))),
            _ => None,
        }
    }
}

fn signing_key() -> String {
    format!("k1:{}", BASE64URL_NOPAD.encode(&SEED))
}

fn account_item(code: &str) -> Value {
    json!({
        "pk": {"S": format!("ACCOUNT#{code}")}, "sk": {"S": "ACCOUNT"}, "email": {"S": "a@b.test"},
        "password_hash": {"S": "none"}, "session_version": {"N": "1"}, "opened_at": {"S": "2026-11-01T00:00:00Z"}
    })
}

fn agency_item(code: &str, province: &str) -> Value {
    json!({
        "pk": {"S": format!("AGENCY#{code}")}, "sk": {"S": "AGENCY"}, "kind": {"S": "ทม."}, "name": {"S": "แพร่"},
        "district": {"S": "เมืองแพร่"}, "province": {"S": province}, "listing": {"S": format!("AGENCY#{code}")},
        "updated_at": {"S": "2026-11-01T00:00:00Z"}, "former_names": {"S": "[]"}
    })
}

fn post_item(code: &str, province: &str) -> Value {
    let post = json!({"state": "held", "person": {
        "prefix": "นาย", "first_name": "สมชาย", "last_name": "ทดสอบ", "position": "ปลัดเทศบาล (นักบริหารงานท้องถิ่น)",
        "level": "ระดับกลาง", "affiliation": "เทศบาลเมืองแพร่", "phone": "0-5453-4119 ต่อ 203"
    }});
    json!({
        "pk": {"S": format!("AGENCY#{code}")}, "sk": {"S": "POST"}, "province": {"S": province},
        "listing": {"S": format!("POST#{code}")}, "version": {"N": "3"}, "id": {"S": CLERK},
        "created_at": {"S": "2026-11-01T00:00:00Z"}, "updated_at": {"S": "2026-11-02T00:00:00Z"},
        "photo_ready": {"N": "0"}, "post": {"S": post.to_string()}
    })
}

/// An upload that nobody has looked at yet: the store is not changed by what is written to it, so it stays so.
fn upload_item(code: &str) -> Value {
    json!({
        "pk": {"S": format!("AGENCY#{code}")}, "sk": {"S": format!("PHOTO#{PHOTO}")},
        "upload": {"S": r#"{"state":"processing"}"#}, "begun_at": {"S": "2026-11-23T04:00:00Z"}
    })
}

/// A whole country in the index by province: an agency and its post for each.
fn listing() -> BTreeMap<String, Value> {
    let provinces: Vec<_> = palad_domain::province::Province::all().collect();
    let mut pages: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for number in 0..AGENCIES {
        let province = provinces[number % PROVINCES].code().as_str().to_owned();
        let code = format!("{province}{:04}", number / PROVINCES + 1);
        let page = pages.entry(province.clone()).or_default();
        page.push(agency_item(&code, &province));
        page.push(post_item(&code, &province));
    }
    pages.into_iter().map(|(province, items)| (province, page(items))).collect()
}

fn page(items: Vec<Value>) -> Value {
    json!({ "Count": items.len(), "ScannedCount": items.len(), "Items": items })
}
