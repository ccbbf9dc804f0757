//! A problem as `application/problem+json` (RFC 9457).

use palad_domain::record::Version;
use serde::Serialize;

use super::ApiError;
use crate::respond::Response;

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    detail_en: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Field<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current_version: Option<Version>,
}

#[derive(Serialize)]
struct Field<'a> {
    pointer: &'a str,
    detail: &'a str,
    detail_en: &'a str,
}

impl ApiError {
    /// The response that a client sees; the cause stays behind.
    #[must_use]
    pub fn into_response(self, request_id: &str) -> Response {
        let problem = &self.0;
        let body = Body {
            r#type: format!("/problems/{}", problem.slug),
            title: problem.row.title,
            status: problem.row.status,
            detail: &problem.detail.th,
            detail_en: &problem.detail.en,
            request_id,
            errors: problem
                .errors
                .iter()
                .map(|error| Field {
                    pointer: &error.pointer,
                    detail: &error.say.th,
                    detail_en: &error.say.en,
                })
                .collect(),
            current_version: problem.current_version,
        };
        let response = Response::problem(problem.row.status, &body);
        match problem.retry_after {
            // Rounded up, so that whoever waits as told is not refused again.
            Some(wait) => {
                response.header("retry-after", &(wait.as_millis().max(1) + 999).div_euclid(1000).to_string())
            }
            None => response,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use palad_domain::fields::FieldErrors;
    use palad_domain::say::say;
    use palad_store::StoreError;
    use serde_json::Value;

    use super::super::table;
    use super::*;

    fn every_case() -> Vec<(u16, ApiError)> {
        vec![
            (400, ApiError::malformed()),
            (400, ApiError::not_json()),
            (400, ApiError::idempotency_key_missing()),
            (400, ApiError::precondition_malformed()),
            (401, ApiError::not_signed_in()),
            (401, ApiError::wrong_password()),
            (401, ApiError::wrong_sign_in()),
            (403, ApiError::forbidden()),
            (403, ApiError::refused("own-account", say("ก", "A."))),
            (403, ApiError::sign_in_again()),
            (403, ApiError::account_suspended()),
            (403, ApiError::own_claim()),
            (403, ApiError::not_our_origin()),
            (404, ApiError::not_found()),
            (409, ApiError::already_recorded()),
            (409, ApiError::overtaken()),
            (409, ApiError::too_early(jiff::Timestamp::UNIX_EPOCH)),
            (409, ApiError::email_changed_lately(jiff::Timestamp::UNIX_EPOCH)),
            (409, ApiError::suspended()),
            (409, ApiError::round_state(say("รอบปิดแล้ว", "The round is over."))),
            (409, ApiError::not_arrived()),
            (409, ApiError::under_way()),
            (410, ApiError::gone("claim-expired", say("หมดอายุ", "Expired."))),
            (412, ApiError::stale(Version(7))),
            (413, ApiError::too_large()),
            (415, ApiError::not_json_type()),
            (422, ApiError::invalid(FieldErrors::one("/a", say("แก้ไข", "Mend.")))),
            (422, ApiError::agency_not_listed("/agency")),
            (422, ApiError::key_reused()),
            (428, ApiError::precondition_missing()),
            (429, ApiError::too_many_tries(SignedDuration::from_millis(60_001))),
            (429, ApiError::too_many_sign_ins(SignedDuration::from_hours(2))),
            (500, ApiError::internal("canary")),
            (503, ApiError::unavailable("canary")),
        ]
    }

    fn thai(text: &str) -> bool {
        text.chars().any(|c| ('\u{0e00}'..='\u{0e7f}').contains(&c))
    }

    #[test]
    fn every_case_has_its_status_and_both_languages_and_hides_its_cause() {
        let mut slugs = std::collections::BTreeSet::new();
        for (status, error) in every_case() {
            slugs.insert(error.0.row.slug);
            let (shown, body) = error.into_response("req-1").into_parts_for_test();
            let body: Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!((shown, body["status"].as_u64()), (status, Some(u64::from(status))), "{body}");
            assert!(thai(body["title"].as_str().expect("title")), "{body}");
            assert!(thai(body["detail"].as_str().expect("detail")), "{body}");
            let english = body["detail_en"].as_str().expect("detail_en");
            assert!(!thai(english) && english.ends_with('.'), "{body}");
            assert_eq!(body["request_id"], "req-1");
            assert!(!body.to_string().contains("canary"));
        }
        assert_eq!(slugs.len(), table::ALL.len(), "every row of the table has a constructor");
    }

    #[test]
    fn the_extra_members_are_there_where_they_are_due() {
        let body = |error: ApiError| -> Value {
            serde_json::from_str(&error.into_response("r").into_parts_for_test().1).expect("JSON")
        };
        assert_eq!(body(ApiError::stale(Version(7)))["current_version"], 7);
        assert_eq!(body(ApiError::agency_not_listed("/agency"))["errors"][0]["pointer"], "/agency");
        let gone = body(ApiError::gone("claim-expired", say("หมดอายุ", "Expired.")));
        assert_eq!(
            (gone["type"].as_str(), gone["detail_en"].as_str()),
            (Some("/problems/claim-expired"), Some("Expired."))
        );
        assert!(gone.get("errors").is_none() && gone.get("current_version").is_none());
        let wait = ApiError::too_many_tries(SignedDuration::from_millis(60_001)).into_response("r");
        assert_eq!(wait.header_for_test("retry-after").as_deref(), Some("61"));
        let refused = body(ApiError::too_many_sign_ins(SignedDuration::from_mins(72)));
        for (member, words) in [
            ("detail", ["รอ 1 ชั่วโมง 12 นาที แล้ว", "ตั้งรหัสผ่านใหม่ทางอีเมล"]),
            ("detail_en", ["Wait 1 hour 12 minutes and", "set a new password by e-mail"]),
        ] {
            let told = refused[member].as_str().expect("words");
            assert!(words.iter().all(|words| told.contains(words)), "{told}");
        }
        assert_eq!(wait.header_for_test("cache-control").as_deref(), Some("no-store"));
        assert_eq!(wait.header_for_test("content-type").as_deref(), Some("application/problem+json"));
    }

    #[test]
    fn the_store_speaks_through_the_same_table() {
        let status = |error: StoreError| ApiError::from(error).status();
        assert_eq!(status(StoreError::NotFound), 404);
        assert_eq!(status(StoreError::Stale { current: Version(2) }), 412);
        assert_eq!(status(StoreError::AlreadyRecorded), 409);
        assert_eq!(status(StoreError::SessionRevoked), 401);
        assert_eq!(status(StoreError::RoundOver), 410);
        assert_eq!(status(StoreError::KeyReused), 422);
        assert_eq!(status(StoreError::UnderWay), 409);
        assert_eq!(status(StoreError::Unavailable("x".to_owned())), 503);
        assert_eq!(status(StoreError::Failed("x".to_owned())), 500);
        let error = ApiError::from(StoreError::Failed("item unreadable".to_owned()));
        assert!(error.cause().is_some_and(|cause| cause.contains("item unreadable")));
    }
}
