//! Every variable that the template declares is read, and every one that is read is declared.

use std::collections::BTreeMap;
use std::time::Duration;

use palad_environment::{Clock, Random, Variables};
use palad_local::template::Template;
use palad_local::{Addresses, Surroundings, wiring};

use crate::{sources, templates};

/// What Lambda itself gives every function, and what the AWS SDKs agree on.
const GIVEN: [(&str, &str); 3] =
    [("AWS_REGION", "local"), ("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local")];
/// What may be absent: the SDK's endpoints, the CDN's secret, which one machine does not have.
const MAY_BE_ABSENT: [&str; 5] = [
    "AWS_ENDPOINT_URL_DYNAMODB",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT_URL_SESV2",
    "AWS_ENDPOINT_URL_SQS",
    "ORIGIN_SECRET",
];
/// What is read and comes from elsewhere than the template: from Lambda, or for a moment, by hand.
const NOT_DECLARED: [&str; 4] =
    ["AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LOG_LEVEL", "UPLOAD_ENDPOINT"];

type Maps = BTreeMap<String, BTreeMap<String, String>>;

fn declared() -> Maps {
    let template = Template::embedded(&BTreeMap::new()).expect("the templates");
    let key = "A".repeat(43);
    let mut all = Maps::new();
    for function in template.functions {
        let mut variables = function.environment;
        for (name, value) in &mut variables {
            if value.contains("{{resolve:") {
                let public = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik";
                *value = format!("k1:{}", if name == "SESSION_VERIFYING_KEYS" { public } else { &key });
            }
        }
        variables.extend(GIVEN.map(|(name, value)| (name.to_owned(), value.to_owned())));
        all.insert(function.name, variables);
    }
    all
}

fn built(maps: &Maps) -> Result<(), String> {
    let functions = maps
        .iter()
        .map(|(name, map)| (name.clone(), (Variables::of_map(map.clone()), Duration::from_secs(1))));
    let surroundings = Surroundings {
        functions: functions.collect(),
        clock: Clock::default(),
        random: Random::default(),
        addresses: Addresses { site: 1, dynamodb: 2, s3: 3, services: 4, process: 5 },
    };
    wiring(&surroundings).map(drop)
}

#[test]
fn what_is_declared_is_enough_and_all_of_it_is_read() {
    let whole = declared();
    built(&whole).expect("every function can be built from what the template gives it");
    for (function, map) in &whole {
        for name in map.keys().filter(|name| !MAY_BE_ABSENT.contains(&name.as_str())) {
            // All functions are given their stage; those that answer no calls have no use for it yet.
            if name == "STAGE" && !map.contains_key("SITE_ORIGIN") {
                continue;
            }
            let mut without = whole.clone();
            without.entry(function.clone()).or_default().remove(name);
            let message = built(&without).expect_err(&format!("{function} does not read {name}"));
            assert!(message.contains(function.as_str()) && message.contains(name.as_str()), "{message}");
            assert_eq!(message.lines().count(), 1, "{message}");
        }
    }
}

#[test]
fn what_may_be_absent_is_known() {
    let templates = templates();
    for folder in ["functions", "shared"] {
        for (path, text) in sources(&templates.root.join(folder)) {
            for call in text.split("variables.get(\"").skip(1).chain(text.split("variables\n.get(\"").skip(1))
            {
                let name = call.split('"').next().unwrap_or_default();
                let is_known = MAY_BE_ABSENT.contains(&name) || NOT_DECLARED.contains(&name);
                assert!(is_known, "{path} reads {name}, which may be absent: is it declared?");
            }
        }
    }
}
