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

const CODE: &str = "549900";
const CLERK: &str = "01JDBENCH0000000000000";
const SEED: [u8; 32] = [7; 32];
const PROVINCES: usize = 77;
const AGENCIES: usize = 7_850;

/// Everything that a run needs, made once.
pub(crate) struct Scenario {
    /// Items of the store, by their keys.
    pub(crate) items: BTreeMap<(String, String), Value>,
    /// Pages of the index by province, by the province's code.
    pub(crate) listing: BTreeMap<String, Value>,
    cookie: String,
    public: String,
}

impl Scenario {
    /// Makes it; the session begins now.
    pub(crate) fn new() -> Result<Self, String> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&SEED).map_err(|error| error.to_string())?;
        let public = format!("k1:{}", BASE64URL_NOPAD.encode(pair.public_key().as_ref()));
        let map = BTreeMap::from([
            ("STAGE".to_owned(), "local".to_owned()),
            ("SESSION_SIGNING_KEY".to_owned(), signing_key()),
            ("SESSION_VERIFYING_KEYS".to_owned(), public.clone()),
        ]);
        let signer = Signer::from_environment(&Variables::of_map(map)).map_err(|error| error.to_string())?;
        let now = Timestamp::now();
        let later = now.checked_add(Span::new().minutes(29)).map_err(|error| error.to_string())?;
        let agency = CODE.parse().map_err(|_| "the agency's code".to_owned())?;
        let session = Session {
            actor: Actor::Agency { agency },
            version: SessionVersion(1),
            signed_in_at: now,
            expires_at: later,
        };
        let token = signer.issue(&session, now).map_err(|_| "no token".to_owned())?;
        let items = BTreeMap::from([
            ((format!("AGENCY#{CODE}"), "AGENCY".to_owned()), agency_item(CODE, "54")),
            ((format!("AGENCY#{CODE}"), "POST".to_owned()), post_item(CODE, "54")),
            ((format!("ACCOUNT#{CODE}"), "ACCOUNT".to_owned()), account_item(CODE)),
        ]);
        Ok(Self { items, listing: listing(), cookie: format!("__Host-sid={token}"), public })
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

    /// The event that a function is measured with, and what has to be in its answer. Some have none that costs
    /// the same each time.
    pub(crate) fn event(&self, function: &str) -> Option<(Vec<u8>, &'static str)> {
        let (event, expected) = match function {
            "clerks" => (self.read(), "\"statusCode\":200"),
            "login" => (self.call("GET", "/api/session", "/api/session", Value::Null), "\"statusCode\":200"),
            "registration" => {
                let body = json!({"agency": "990001", "email": "a@b.test", "password": "83920471"});
                (self.call("POST", "/api/registrations", "/api/registrations", body), "\"statusCode\":422")
            }
            "search" => {
                let route = "/api/directory/{code}";
                (self.call("GET", route, "/api/directory/540001", Value::Null), "\"statusCode\":200")
            }
            "mail" => {
                let agency = json!({"code": CODE, "kind": "ทม.", "name": "แพร่", "full_name": "เทศบาลเมืองแพร่", "district": "เมืองแพร่", "province": "แพร่"});
                let order = json!({"key": "BENCH#1", "occasion": {"occasion": "registration_code", "to": "a@b.test", "agency": agency, "code": "12345678"}});
                let record = json!({"messageId": "m-1", "eventSource": "aws:sqs", "body": order.to_string(), "attributes": {"ApproximateReceiveCount": "1"}});
                (json!({ "Records": [record] }), "\"batchItemFailures\":[]")
            }
            _ => return None,
        };
        Some((event.to_string().into_bytes(), expected))
    }

    /// The read that peers answer too: whose session, which agency, its record.
    pub(crate) fn read(&self) -> Value {
        self.call(
            "GET",
            "/api/agencies/{code}/clerks/{id}",
            &format!("/api/agencies/{CODE}/clerks/{CLERK}"),
            Value::Null,
        )
    }

    /// The write that peers answer too: the same, and one transaction.
    pub(crate) fn write(&self) -> (Vec<u8>, &'static str) {
        let path = format!("/api/agencies/{CODE}/clerks/{CLERK}");
        let body = json!({ "post": {"state": "vacant", "reason": "retired"} });
        (
            self.call("PUT", "/api/agencies/{code}/clerks/{id}", &path, body).to_string().into_bytes(),
            "\"statusCode\":200",
        )
    }

    fn call(&self, method: &str, route: &str, path: &str, body: Value) -> Value {
        let route = format!("{method} {route}");
        let mut parameters = json!({});
        if route.contains("{code}") {
            parameters["code"] = json!(path.split('/').nth(3));
        }
        if route.contains("{id}") {
            parameters["id"] = json!(CLERK);
        }
        let mut event = json!({
            "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "", "cookies": [self.cookie],
            "headers": {
                "accept": "application/json", "content-type": "application/json", "host": "palad.test",
                "sec-fetch-site": "same-origin", "if-match": "\"3\"", "user-agent": "bench", "x-forwarded-for": "192.0.2.1"
            },
            "pathParameters": parameters,
            "requestContext": {
                "accountId": "000000000000", "apiId": "bench", "domainName": "palad.test", "domainPrefix": "palad",
                "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "bench"},
                "requestId": "bench", "routeKey": route, "stage": "$default",
                "time": "23/Nov/2026:04:05:06 +0000", "timeEpoch": 1_795_406_706_000_u64
            },
            "isBase64Encoded": false
        });
        if !body.is_null() {
            event["body"] = json!(body.to_string());
        }
        event
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
    let page =
        |items: Vec<Value>| json!({ "Count": items.len(), "ScannedCount": items.len(), "Items": items });
    pages.into_iter().map(|(province, items)| (province, page(items))).collect()
}
