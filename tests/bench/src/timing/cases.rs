//! What is asked: the same question where different things are true.

use std::collections::BTreeMap;

use palad_environment::Variables;
use palad_local::template::Template;
use palad_system_tests::{House, MAE_YOM, NONG_BUA, PASSPHRASE, PASSWORD, PHRAE, WITHOUT_MAILBOX};
use serde_json::{Value, json};

const WRONG: &str = "60418273";

/// One thing that is true, and the question that must not tell it.
pub(crate) struct Case {
    about: &'static str,
    truth: &'static str,
    path: &'static str,
    body: fn(&str, usize) -> Value,
    /// The agency, or the address, that is asked about.
    whom: String,
}

/// A question that is about to be asked.
pub(crate) struct Question {
    path: &'static str,
    body: Value,
}

impl Case {
    /// What is asked, and what is true.
    pub(crate) fn name(&self) -> (&'static str, &'static str) {
        (self.about, self.truth)
    }

    /// The question of a round.
    pub(crate) fn question(&self, round: usize) -> Question {
        Question { path: self.path, body: (self.body)(&self.whom, round) }
    }
}

impl Question {
    /// Where it is asked.
    pub(crate) fn path(&self) -> &'static str {
        self.path
    }

    /// Whether this function answers it.
    pub(crate) fn is_for(&self, function: &str) -> bool {
        (function == "registration") == (self.path == "/api/registrations")
    }

    /// As the gateway brings it.
    pub(crate) fn event(&self) -> Value {
        let route = format!("POST {}", self.path);
        json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": self.path,
            "rawQueryString": "",
            "headers": { "content-type": "application/json", "sec-fetch-site": "same-origin" },
            "body": self.body.to_string(),
            "isBase64Encoded": false,
            "requestContext": {
                "routeKey": route,
                "requestId": "timing",
                "stage": "$default",
                "http": { "method": "POST", "path": self.path, "sourceIp": "203.0.113.7" },
            },
        })
    }
}

/// Makes the cases true: one agency with an account, one with a claim that waits, one with nothing.
pub(crate) async fn prepare(house: &House) -> Vec<Case> {
    let _ = house.sign_up(PHRAE).await;
    let browser = house.browser();
    let proof = house.mailbox.begin(&browser, WITHOUT_MAILBOX.code, "clerk@mail.test", PASSWORD).await;
    let _ = browser.prove(&proof.claim, &proof.code).await.expect(200);
    let officer = house.central().await.officer;

    let sign_in =
        |truth, agency: &str, body| case("sign in, new device", truth, "/api/session", body, agency);
    let register = |truth, agency: &str| case("register", truth, "/api/registrations", registration, agency);
    let reset =
        |truth, agency: &str, body| case("ask for a reset", truth, "/api/password-resets", body, agency);
    let staff = |truth, email: &str, body| case("sign in as staff", truth, "/api/staff/session", body, email);
    vec![
        sign_in("no account", MAE_YOM.code, right),
        sign_in("a claim waits", WITHOUT_MAILBOX.code, right),
        sign_in("wrong number", PHRAE.code, wrong),
        sign_in("right number", PHRAE.code, right),
        register("no account", MAE_YOM.code),
        register("a claim waits", WITHOUT_MAILBOX.code),
        register("an account", PHRAE.code),
        reset("no account", NONG_BUA.code, reset_by_owner),
        reset("another address", PHRAE.code, reset_by_stranger),
        reset("the owner's address", PHRAE.code, reset_by_owner),
        staff("no account", "nobody@mail.test", right_passphrase),
        staff("wrong passphrase", &officer.email, wrong_passphrase),
        staff("right passphrase", &officer.email, right_passphrase),
    ]
}

fn case(
    about: &'static str,
    truth: &'static str,
    path: &'static str,
    body: fn(&str, usize) -> Value,
    whom: &str,
) -> Case {
    Case { about, truth, path, body, whom: whom.to_owned() }
}

fn right(agency: &str, _: usize) -> Value {
    json!({ "agency": agency, "password": PASSWORD })
}

fn wrong(agency: &str, _: usize) -> Value {
    json!({ "agency": agency, "password": WRONG })
}

/// From another address each time, for each has an allowance.
fn registration(agency: &str, round: usize) -> Value {
    json!({ "agency": agency, "email": format!("{agency}.{round:05}@mail.test"), "password": PASSWORD })
}

fn reset_by_owner(agency: &str, _: usize) -> Value {
    json!({ "agency": agency, "email": PHRAE.email })
}

fn reset_by_stranger(agency: &str, _: usize) -> Value {
    json!({ "agency": agency, "email": "stranger@mail.test" })
}

fn right_passphrase(email: &str, _: usize) -> Value {
    json!({ "email": email, "passphrase": PASSPHRASE })
}

fn wrong_passphrase(email: &str, _: usize) -> Value {
    json!({ "email": email, "passphrase": "หมาสามตัว กินปลาทูทอด" })
}

/// The variables of the functions, with a queue that nobody works on in the place of the mail queue.
pub(crate) async fn without_mail(house: &House) -> Result<Variables, String> {
    let variables = house.variables().await;
    let template = Template::embedded(&BTreeMap::new()).map_err(|error| error.to_string())?;
    let names = template.functions.iter().flat_map(|function| function.environment.keys().cloned());
    let of_the_sdk = [
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_ENDPOINT_URL_SQS",
    ];
    let names = names.chain(of_the_sdk.map(str::to_owned));
    let mut map: BTreeMap<String, String> =
        names.filter_map(|name| variables.get(&name).map(|value| (name, value))).collect();
    if let Some(queue) = map.get_mut("MAIL_QUEUE_URL") {
        queue.push_str("-dead");
    }
    Ok(Variables::of_map(map))
}
