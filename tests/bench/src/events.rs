//! What each function is asked: over and over, and for the same answer each time.

use serde_json::{Value, json};

use crate::scenario::{CLERK, CODE, Scenario};

/// An event, and what has to be in its answer.
pub(crate) type Asked = (Vec<u8>, &'static str);

/// How a function answers that was asked by a call.
const OK: &str = "\"statusCode\":200";
/// How a function answers that did what a batch asked for.
const ALL_DONE: &str = "\"batchItemFailures\":[]";

impl Scenario {
    /// The event that a function is measured with. Functions that are woken get the sample events of `sam local`.
    pub(crate) fn event(&self, function: &str) -> Result<Option<Asked>, String> {
        let (agency, central) = (self.cookie(Self::agency()?)?, self.cookie(Self::central())?);
        let (event, expected) = match function {
            // An officer looks at the own account.
            "accounts" => (call(&agency, "GET", "/api/account", "/api/account", Value::Null), OK),
            "clerks" => (self.read()?, OK),
            // An officer of the centre takes the directory of a province along: about a hundred agencies.
            "files" => {
                let wish = json!({"list": "directory", "province": "54"});
                let event = call(&central, "POST", "/api/exports", "/api/exports", wish);
                (event, "\"statusCode\":201")
            }
            // Who am I?
            "login" => (call(&agency, "GET", "/api/session", "/api/session", Value::Null), OK),
            "mail" => (sign_in_code(), ALL_DONE),
            // A photo has arrived.
            "photos" => (sample(include_str!("../../../infra/events/photos.json")), ALL_DONE),
            // A record was saved: no round is open, as for most of the year.
            "progress" => (sample(include_str!("../../../infra/events/progress.json")), ALL_DONE),
            // A record was saved.
            "publish" => (saved(), ALL_DONE),
            // An agency that is not on the list.
            "registration" => {
                let body = json!({"agency": "990001", "email": "a@b.test", "password": "83920471"});
                let event = call(&agency, "POST", "/api/registrations", "/api/registrations", body);
                (event, "\"statusCode\":422")
            }
            // Nine in the morning: no round is open.
            "reminders" => (sample(include_str!("../../../infra/events/reminders.json")), ""),
            // The list of rounds.
            "rounds" => (call(&central, "GET", "/api/rounds", "/api/rounds", Value::Null), OK),
            // The public view of one agency.
            "search" => {
                let route = "/api/directory/{code}";
                (call(&agency, "GET", route, "/api/directory/540001", Value::Null), OK)
            }
            _ => return Ok(None),
        };
        Ok(Some((event.to_string().into_bytes(), expected)))
    }

    /// The read that peers answer too: whose session, which agency, its record.
    pub(crate) fn read(&self) -> Result<Value, String> {
        let (agency, path) = (self.cookie(Self::agency()?)?, format!("/api/agencies/{CODE}/clerks/{CLERK}"));
        Ok(call(&agency, "GET", "/api/agencies/{code}/clerks/{id}", &path, Value::Null))
    }

    /// The write that peers answer too: the same, and one transaction.
    pub(crate) fn write(&self) -> Result<Asked, String> {
        let (agency, path) = (self.cookie(Self::agency()?)?, format!("/api/agencies/{CODE}/clerks/{CLERK}"));
        let body = json!({ "post": {"state": "vacant", "reason": "retired"} });
        let event = call(&agency, "PUT", "/api/agencies/{code}/clerks/{id}", &path, body);
        Ok((event.to_string().into_bytes(), OK))
    }
}

/// An order for a mail with a code.
fn sign_in_code() -> Value {
    let agency = json!({"code": CODE, "kind": "ทม.", "name": "แพร่", "full_name": "เทศบาลเมืองแพร่", "district": "เมืองแพร่", "province": "แพร่"});
    let order = json!({"key": "BENCH#1", "occasion": {"occasion": "registration_code", "to": "a@b.test", "agency": agency, "code": "12345678"}});
    let record = json!({"messageId": "m-1", "eventSource": "aws:sqs", "body": order.to_string(), "attributes": {"ApproximateReceiveCount": "1"}});
    json!({ "Records": [record] })
}

/// The sample event is the change of an agency, after which the whole directory is read anew; a record's is far more
/// frequent.
fn saved() -> Value {
    sample(include_str!("../../../infra/events/progress.json"))
}

fn sample(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// A call as the gateway hands it over.
fn call(cookie: &str, method: &str, route: &str, path: &str, body: Value) -> Value {
    let route = format!("{method} {route}");
    let mut parameters = json!({});
    if route.contains("{code}") {
        parameters["code"] = json!(path.split('/').nth(3));
    }
    if route.contains("{id}") {
        parameters["id"] = json!(CLERK);
    }
    let mut event = json!({
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "", "cookies": [cookie],
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use palad_local::template::Template;

    use super::*;

    #[test]
    fn every_function_is_asked_something() {
        let scenario = Scenario::new().expect("a scenario");
        let template = Template::embedded(&BTreeMap::new()).expect("the template");
        assert!(!template.functions.is_empty(), "no function in the template");
        for function in template.functions {
            let asked = scenario.event(&function.name).expect("sessions");
            let (event, _) = asked.unwrap_or_else(|| panic!("{} is asked nothing", function.name));
            let event: Value = serde_json::from_slice(&event).expect("an event");
            assert!(event.is_object(), "{} is asked {event}", function.name);
        }
    }
}
