//! The protocol of SESv2's SendEmail: REST with JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use http::StatusCode;
use palad_environment::Random;
use serde_json::{Value, json};

use super::faults::Fault;
use super::folder::{Draft, Mail, Mailbox};
use super::{mime, returned};
use crate::queue::Queue;

/// How long an answer takes that is lost: longer than anybody waits for one.
const LOST: Duration = Duration::from_secs(20);

/// The mail service: where mail is kept, and the queue that hears of mail that has come back.
#[derive(Clone)]
pub(crate) struct PostOffice {
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) returned: Option<Arc<Queue>>,
    pub(crate) random: Random,
}

impl PostOffice {
    /// Takes a mail; says so in the queue at once where its address is known to send it back.
    fn take(&self, draft: Draft) -> std::io::Result<Mail> {
        let mail = self.mailbox.send(draft)?;
        if let (Some(queue), Some(event)) = (&self.returned, returned::event(&mail, &self.random)) {
            queue.send(event.to_string(), json!({}), Duration::ZERO, &self.random)?;
        }
        Ok(mail)
    }
}

/// The answer to `POST /v2/email/outbound-emails`.
pub(crate) async fn answer(office: PostOffice, body: Vec<u8>) -> Response {
    let draft =
        match serde_json::from_slice(&body).map_err(|error| error.to_string()).and_then(|body| read(&body)) {
            Ok(draft) => draft,
            Err(message) => return refuse(StatusCode::BAD_REQUEST, "BadRequestException", &message),
        };
    let fault = office.mailbox.faults.next();
    match fault {
        Some(Fault::Throttled) => {
            let message = "Maximum sending rate exceeded.";
            return refuse(StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsException", message);
        }
        Some(Fault::Refused) => {
            return refuse(StatusCode::BAD_REQUEST, "MessageRejected", "The message was rejected.");
        }
        Some(Fault::NoAnswer) | None => {}
    }
    let taken = tokio::task::spawn_blocking(move || office.take(draft)).await;
    if fault == Some(Fault::NoAnswer) {
        tokio::time::sleep(LOST).await;
    }
    match taken {
        Ok(Ok(mail)) => json_answer(StatusCode::OK, &json!({ "MessageId": mail.id })),
        failed => {
            tracing::error!(?failed, "a mail could not be kept");
            refuse(
                StatusCode::INTERNAL_SERVER_ERROR,
                "InternalServiceErrorException",
                "the mail was not kept",
            )
        }
    }
}

fn read(request: &Value) -> Result<Draft, String> {
    let mut draft = Draft {
        from: request["FromEmailAddress"].as_str().unwrap_or_default().to_owned(),
        to: ["ToAddresses", "CcAddresses", "BccAddresses"]
            .iter()
            .filter_map(|kind| request["Destination"][kind].as_array())
            .flatten()
            .filter_map(|address| address.as_str().map(str::to_owned))
            .collect(),
        ..Draft::default()
    };
    let content = &request["Content"];
    if let Some(simple) = content.get("Simple") {
        let part = |part: &Value| part["Data"].as_str().map(str::to_owned);
        draft.subject = part(&simple["Subject"]).ok_or("Content.Simple.Subject.Data is missing")?;
        let body = &simple["Body"];
        draft.text =
            part(&body["Text"]).or_else(|| part(&body["Html"])).ok_or("Content.Simple.Body is empty")?;
    } else if let Some(raw) = content["Raw"]["Data"].as_str() {
        let raw = BASE64.decode(raw.as_bytes()).map_err(|_| "Content.Raw.Data is not base64")?;
        let message = mime::read(&raw);
        draft.subject = message.subject;
        draft.text = message.text;
        if draft.from.is_empty() {
            draft.from = message.from;
        }
        if draft.to.is_empty() {
            draft.to = message.to;
        }
    } else {
        return Err("Content has neither Simple nor Raw: templates are not offered on one machine".to_owned());
    }
    match (draft.from.is_empty(), draft.to.is_empty()) {
        (true, _) => Err("FromEmailAddress is missing".to_owned()),
        (_, true) => Err("Destination has no address".to_owned()),
        _ => Ok(draft),
    }
}

fn refuse(status: StatusCode, kind: &str, message: &str) -> Response {
    let mut response = json_answer(status, &json!({ "message": message }));
    if let Ok(kind) = kind.parse() {
        response.headers_mut().insert("x-amzn-errortype", kind);
    }
    response
}

fn json_answer(status: StatusCode, body: &Value) -> Response {
    (status, [("content-type", "application/json")], body.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_and_raw_content_are_read() {
        let draft = read(&json!({
            "FromEmailAddress": "palad@palad.test",
            "Destination": { "ToAddresses": ["a@b.test"] },
            "Content": { "Simple": { "Subject": { "Data": "รหัส" }, "Body": { "Text": { "Data": "12345678" } } } },
        }));
        let expected = Draft {
            from: "palad@palad.test".into(),
            to: vec!["a@b.test".into()],
            subject: "รหัส".into(),
            text: "12345678".into(),
        };
        assert_eq!(draft, Ok(expected));
        let raw = BASE64
            .encode(b"From: p@palad.test\r\nTo: a@b.test\r\nSubject: =?UTF-8?B?4Lij?=\r\n\r\nhello\r\n");
        let draft = read(&json!({ "Content": { "Raw": { "Data": raw } } })).expect("a mail");
        assert_eq!((draft.subject.as_str(), draft.text.as_str()), ("ร", "hello\n"));
        assert_eq!(draft.to, ["a@b.test"]);
    }

    #[test]
    fn a_mail_without_a_recipient_or_content_is_refused() {
        assert!(read(&json!({ "Content": {} })).is_err());
        let nobody = json!({ "FromEmailAddress": "a@b.test", "Content": { "Simple": {
            "Subject": { "Data": "x" }, "Body": { "Text": { "Data": "y" } } } } });
        assert_eq!(read(&nobody), Err("Destination has no address".to_owned()));
    }
}
