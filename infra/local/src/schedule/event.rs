//! What a function is sent when its schedule fires, and what is said of a firing that was given up.

use jiff::{Timestamp, Unit};
use palad_environment::Random;
use serde_json::{Value, json};

use crate::names;
use crate::template::{ACCOUNT, REGION};

/// The event of a firing, as EventBridge's scheduler makes it where the template gives no input.
pub(crate) fn build(schedule: &str, due: Timestamp, random: &Random) -> Value {
    json!({
        "version": "0",
        "id": names::uuid(random),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": ACCOUNT,
        "time": due.round(Unit::Second).unwrap_or(due).to_string(),
        "region": REGION,
        "resources": [format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{schedule}")],
        "detail": "{}",
    })
}

/// What Lambda tells the function's queue for failures.
pub(crate) fn given_up(function: &str, event: &Value, tries: u32, cause: &str, random: &Random) -> Value {
    json!({
        "version": "1.0",
        "timestamp": Timestamp::now().to_string(),
        "requestContext": {
            "requestId": names::uuid(random),
            "functionArn": format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:palad-local-{function}"),
            "condition": "RetriesExhausted",
            "approximateInvokeCount": tries,
        },
        "requestPayload": event,
        "responseContext": { "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled" },
        "responsePayload": { "errorType": "Unhandled", "errorMessage": cause },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_as_the_sample_for_sam_local() {
        let due = "2026-11-23T02:00:00Z".parse().expect("a time");
        let mut event = build("palad-local-reminders-plan", due, &Random::default());
        let sample: Value =
            serde_json::from_str(include_str!("../../../events/reminders.json")).expect("the sample");
        event["id"] = sample["id"].clone();
        assert_eq!(event, sample);
    }
}
