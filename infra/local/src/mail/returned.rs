//! Mail that comes back: some addresses are known to, so that what happens then can be tried out on one machine.
//!
//! `bounce@…test` and `bounce-7@…test` do not exist; whoever reads `complaint@…test` calls every mail unwanted. As in
//! the cloud, the mail service takes such a mail, and says so afterwards, in a queue.

use jiff::Timestamp;
use palad_environment::Random;
use serde_json::{Value, json};

use super::folder::Mail;
use crate::names;
use crate::template::{ACCOUNT, REGION};

/// What is said of a mail that has come back, in the form in which SES publishes events; none of most mails.
pub(crate) fn event(mail: &Mail, random: &Random) -> Option<Value> {
    let to: Vec<&str> = mail.to.split(", ").collect();
    let of = |word: &str| to.iter().filter(|address| is_known(address, word)).copied().collect::<Vec<_>>();
    let (bounced, complained) = (of("bounce"), of("complaint"));
    let at = Timestamp::now().to_string();
    let (kind, name, details) = if !bounced.is_empty() {
        let recipients: Vec<Value> = bounced
            .iter()
            .map(|address| {
                json!({ "emailAddress": address, "action": "failed", "status": "5.1.1",
                        "diagnosticCode": "smtp; 550 5.1.1 user unknown" })
            })
            .collect();
        let details = json!({
            "feedbackId": names::uuid(random), "bounceType": "Permanent", "bounceSubType": "General",
            "bouncedRecipients": recipients, "timestamp": at, "reportingMTA": "dsn; local",
        });
        ("Bounce", "bounce", details)
    } else if !complained.is_empty() {
        let recipients: Vec<Value> =
            complained.iter().map(|address| json!({ "emailAddress": address })).collect();
        let details = json!({
            "feedbackId": names::uuid(random), "complaintSubType": null, "complainedRecipients": recipients,
            "timestamp": at, "complaintFeedbackType": "abuse", "arrivalDate": at,
        });
        ("Complaint", "complaint", details)
    } else {
        return None;
    };
    Some(json!({
        "eventType": kind,
        name: details,
        "mail": {
            "timestamp": at,
            "source": mail.from,
            "sourceArn": format!("arn:aws:ses:{REGION}:{ACCOUNT}:identity/palad.test"),
            "sendingAccountId": ACCOUNT,
            "messageId": mail.id,
            "destination": to,
            "headersTruncated": false,
            "tags": { "ses:configuration-set": ["palad-local"] },
        },
    }))
}

fn is_known(address: &str, word: &str) -> bool {
    let Some((local, host)) = address.split_once('@') else { return false };
    let rest = local.strip_prefix(word);
    host.ends_with(".test") && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(address: &str) -> Option<Value> {
        let mail = Mail {
            id: "1".into(),
            from: "p@palad.test".into(),
            to: address.into(),
            subject: String::new(),
            text: String::new(),
            at: Timestamp::UNIX_EPOCH,
        };
        event(&mail, &Random::default())
    }

    #[test]
    fn some_addresses_are_known_to_send_mail_back() {
        let event = to("bounce-7@phrae.test").expect("an event");
        assert_eq!(event["eventType"], "Bounce");
        assert_eq!(event["bounce"]["bouncedRecipients"][0]["emailAddress"], "bounce-7@phrae.test");
        assert_eq!(event["mail"]["messageId"], "1");
        assert_eq!(to("complaint@phrae.test").expect("an event")["eventType"], "Complaint");
        for address in ["saraban@phrae.test", "bouncer@phrae.test", "bounce@phrae.example", ""] {
            assert_eq!(to(address), None, "{address}");
        }
    }

    #[test]
    fn an_event_has_the_form_of_the_sample_for_sam_local() {
        let sample: Value =
            serde_json::from_str(include_str!("../../../events/bounce.json")).expect("the sample");
        let body = sample["Records"][0]["body"].as_str().expect("a body");
        let sample: Value = serde_json::from_str(body).expect("an event");
        let places = |value: &Value| -> Vec<String> {
            let map = value.as_object().expect("an object");
            map.iter()
                .flat_map(|(name, value)| match value {
                    Value::Object(inner) => inner.keys().map(|key| format!("{name}/{key}")).collect(),
                    _ => vec![name.clone()],
                })
                .collect()
        };
        assert_eq!(places(&to("bounce@phrae.test").expect("an event")), places(&sample));
    }
}
