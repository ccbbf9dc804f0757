//! Whatever a function takes without anybody waiting for the answer is tried again, and laid aside at last.

use palad_sam_tests::{Templates, resources_of};
use serde_json::Value;

use crate::templates;

/// Each event that is no call, with the function's name and properties.
fn asynchronous(templates: &Templates) -> Vec<(String, Value, Value)> {
    let mut all = Vec::new();
    for (name, function) in templates.functions() {
        let events = function["Events"].as_object().cloned().unwrap_or_default();
        for (event, body) in events.into_iter().filter(|(_, body)| body["Type"] != "HttpApi") {
            all.push((format!("{name}, {event}"), function.clone(), body));
        }
    }
    assert!(!all.is_empty(), "no function takes events");
    all
}

#[test]
fn every_asynchronous_path_ends_in_a_queue_for_the_dead() {
    let templates = templates();
    for (place, function, event) in asynchronous(&templates) {
        let properties = &event["Properties"];
        match event["Type"].as_str() {
            Some("SQS") => {
                let queue = templates.target(&properties["Queue"]).expect(&place);
                let tries = queue["RedrivePolicy"]["maxReceiveCount"].as_u64();
                assert!(tries.is_some_and(|tries| (2..=10).contains(&tries)), "{place}: tries");
                assert!(!queue["RedrivePolicy"]["deadLetterTargetArn"].is_null(), "{place}");
                let hidden = queue["VisibilityTimeout"].as_u64().expect("a time");
                let longest = function["Timeout"].as_u64().expect("a time");
                assert!(
                    hidden >= 6 * longest,
                    "{place}: hidden for {hidden} s, while it may take {longest} s"
                );
            }
            Some("DynamoDB") => {
                let target = &properties["DestinationConfig"]["OnFailure"];
                assert_eq!(target["Type"], "SQS", "{place}");
                assert!(templates.target(&target["Destination"]).is_some(), "{place}: where to?");
                let tries = properties["MaximumRetryAttempts"].as_u64();
                assert!(tries.is_some_and(|tries| tries <= 100), "{place}: a stream must not stand still");
            }
            Some("ScheduleV2") => {
                assert!(!properties["DeadLetterConfig"].is_null(), "{place}");
                assert!(!properties["RetryPolicy"]["MaximumRetryAttempts"].is_null(), "{place}");
                // That is for what does not reach the function. What it breaks off is tried again by Lambda.
                let invoke = &function["EventInvokeConfig"];
                assert!(invoke["MaximumRetryAttempts"].as_u64().is_some_and(|tries| tries >= 1), "{place}");
                let target = &invoke["DestinationConfig"]["OnFailure"];
                assert_eq!(target["Type"], "SQS", "{place}");
                assert!(templates.target(&target["Destination"]).is_some(), "{place}: where to?");
                let dead = templates.target(&properties["DeadLetterConfig"]["Arn"]);
                assert!(dead.is_some(), "{place}: where to, if it cannot be reached?");
                let name = properties["Name"]["Fn::Sub"].as_str().expect("a name");
                assert!(
                    name.starts_with("palad-${Stage}-"),
                    "{place}: its last word says what is to be done"
                );
            }
            other => panic!("{place}: where do lost events of the type {other:?} end?"),
        }
        if event["Type"] != "ScheduleV2" {
            let types = &properties["FunctionResponseTypes"];
            assert_eq!(types, &serde_json::json!(["ReportBatchItemFailures"]), "{place}: one bad, all bad");
        }
    }
}

#[test]
fn what_is_dead_is_kept_for_a_fortnight() {
    let templates = templates();
    let mut dead = 0;
    for (path, document) in templates.all() {
        for (name, queue) in
            resources_of(document, "AWS::SQS::Queue").filter(|(name, _)| name.contains("Dead"))
        {
            assert_eq!(queue["Properties"]["MessageRetentionPeriod"], 1_209_600, "{path}, {name}");
            assert!(queue["Properties"]["RedrivePolicy"].is_null(), "{path}, {name}: dead once");
            dead += 1;
        }
    }
    assert!(dead >= 2, "{dead} queues for the dead");
}
