//! What a handler answers when it cannot do what was asked.
//!
//! Handlers name the case in domain words and use `?`; [`table`] gives each case its status and
//! its words. What a client may know and what only the log may know are kept apart by type: the
//! cause of a 5xx never gets into a body.

mod table;
mod wait;
mod wire;

use std::borrow::Cow;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use palad_domain::fields::FieldErrors;
use palad_domain::record::Version;
use palad_domain::say::{Say, moment, say};
use palad_store::StoreError;

use table::Row;

/// After how long a client may try again when the store is away.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(3);

/// Why a call is answered with a problem. Made by its constructors, one for each case.
#[derive(Debug)]
pub struct ApiError(Box<Problem>);

#[derive(Debug)]
struct Problem {
    row: &'static Row,
    /// Where one case has names of its own, as `gone` does.
    slug: Cow<'static, str>,
    detail: Say,
    errors: FieldErrors,
    current_version: Option<Version>,
    retry_after: Option<SignedDuration>,
    /// For the log alone.
    cause: Option<String>,
}

impl ApiError {
    fn of(row: &'static Row) -> Self {
        Self(Box::new(Problem {
            row,
            slug: Cow::Borrowed(row.slug),
            detail: say(row.th, row.en),
            errors: FieldErrors::default(),
            current_version: None,
            retry_after: None,
            cause: None,
        }))
    }

    /// 400: the request as a whole cannot be read.
    #[must_use]
    pub fn malformed() -> Self {
        Self::of(&table::MALFORMED)
    }

    /// 400: the body is not JSON, or not UTF-8.
    #[must_use]
    pub fn not_json() -> Self {
        Self::of(&table::NOT_JSON)
    }

    /// 400: no usable Idempotency-Key where one is required.
    #[must_use]
    pub fn idempotency_key_missing() -> Self {
        Self::of(&table::KEY_MISSING)
    }

    /// 400: an If-Match that is not one of our ETags.
    #[must_use]
    pub fn precondition_malformed() -> Self {
        Self::of(&table::PRECONDITION_MALFORMED)
    }

    /// 401: no session, or one that has ended.
    #[must_use]
    pub fn not_signed_in() -> Self {
        Self::of(&table::NOT_SIGNED_IN)
    }

    /// 401: wrong password, on a known device.
    #[must_use]
    pub fn wrong_password() -> Self {
        Self::of(&table::WRONG_PASSWORD)
    }

    /// 401: staff: wrong address, passphrase or code; nobody learns which.
    #[must_use]
    pub fn wrong_sign_in() -> Self {
        Self::of(&table::WRONG_SIGN_IN)
    }

    /// 403: signed in, but not for this.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::of(&table::FORBIDDEN)
    }

    /// 403: signed in and of the right office, but this one case is refused. The slug names it, as `own-account`.
    #[must_use]
    pub fn refused(slug: &'static str, detail: Say) -> Self {
        let mut error = Self::of(&table::FORBIDDEN);
        error.0.slug = Cow::Borrowed(slug);
        error.0.detail = detail;
        error
    }

    /// 403: what gives the account away needs a password that was given a moment ago.
    #[must_use]
    pub fn sign_in_again() -> Self {
        Self::of(&table::SIGN_IN_AGAIN)
    }

    /// 403: an office has suspended the account.
    #[must_use]
    pub fn account_suspended() -> Self {
        Self::of(&table::ACCOUNT_SUSPENDED)
    }

    /// 403: the claim is the officer's own.
    #[must_use]
    pub fn own_claim() -> Self {
        Self::of(&table::OWN_CLAIM)
    }

    /// 403: a changing call that did not come from our site, or a call around the CDN.
    #[must_use]
    pub fn not_our_origin() -> Self {
        Self::of(&table::NOT_OUR_ORIGIN)
    }

    /// 404: there is no such thing, or the caller may not know that there is.
    #[must_use]
    pub fn not_found() -> Self {
        Self::of(&table::NOT_FOUND)
    }

    /// 409: the agency already has a current record.
    #[must_use]
    pub fn already_recorded() -> Self {
        Self::of(&table::ALREADY_RECORDED)
    }

    /// 409: the claim was decided or went on meanwhile.
    #[must_use]
    pub fn overtaken() -> Self {
        Self::of(&table::OVERTAKEN)
    }

    /// 409: it can be done from `from` on.
    #[must_use]
    pub fn too_early(from: Timestamp) -> Self {
        let from = moment(from);
        let mut error = Self::of(&table::TOO_EARLY);
        error.0.detail = say(
            format!("ทำรายการนี้ได้ตั้งแต่{} เป็นต้นไป กรุณารอแล้วเปิดลิงก์เดิมอีกครั้ง", from.th),
            format!("This can be done from {} on. Wait, then open the same link again.", from.en),
        );
        error
    }

    /// 409: the address was changed lately, and can be changed again from `until` on.
    #[must_use]
    pub fn email_changed_lately(until: Timestamp) -> Self {
        let until = moment(until);
        let mut error = Self::of(&table::CHANGED_LATELY);
        error.0.detail = say(
            format!(
                "เพิ่งเปลี่ยนอีเมลของบัญชีไป เปลี่ยนอีกได้ตั้งแต่{} เป็นต้นไป หากเปลี่ยนผิด ให้เปิดลิงก์ยกเลิกในอีเมลเดิม",
                until.th
            ),
            format!(
                "The address was changed lately. It can be changed again from {} on. If it was a mistake, use the link in the mail to the old address.",
                until.en
            ),
        );
        error
    }

    /// 409: the account is suspended, and that has to be lifted first.
    #[must_use]
    pub fn suspended() -> Self {
        Self::of(&table::SUSPENDED)
    }

    /// 409: the round is in a state in which this is not done.
    #[must_use]
    pub fn round_state(detail: Say) -> Self {
        let mut error = Self::of(&table::ROUND_STATE);
        error.0.detail = detail;
        error
    }

    /// 409: a file that was to be sent has not arrived.
    #[must_use]
    pub fn not_arrived() -> Self {
        Self::of(&table::NOT_ARRIVED)
    }

    /// 409: the same request, by its Idempotency-Key, is being carried out.
    #[must_use]
    pub fn under_way() -> Self {
        Self::of(&table::UNDER_WAY)
    }

    /// 410: it was there and can no longer be used. The slug names what it was, as `claim-expired`.
    #[must_use]
    pub fn gone(slug: &'static str, detail: Say) -> Self {
        let mut error = Self::of(&table::GONE);
        error.0.slug = Cow::Borrowed(slug);
        error.0.detail = detail;
        error
    }

    /// 410: the round that a link answers takes no answer any more.
    #[must_use]
    pub fn round_over() -> Self {
        Self::gone(
            "round-over",
            say(
                "รอบนี้ไม่เปิดรับคำตอบแล้ว หากข้อมูลเปลี่ยนไป ให้เข้าสู่ระบบแล้วแก้ไขได้ตลอดเวลา",
                "This round takes no answers any more. If something has changed, sign in: the record can be corrected at any time.",
            ),
        )
    }

    /// 412: the record is at `current`, not at the version that the caller read.
    #[must_use]
    pub fn stale(current: Version) -> Self {
        let mut error = Self::of(&table::STALE);
        error.0.current_version = Some(current);
        error
    }

    /// 413: more than 64 KiB.
    #[must_use]
    pub fn too_large() -> Self {
        Self::of(&table::TOO_LARGE)
    }

    /// 415: the content type is not `application/json`.
    #[must_use]
    pub fn not_json_type() -> Self {
        Self::of(&table::NOT_JSON_TYPE)
    }

    /// 422: fields to mend.
    #[must_use]
    pub fn invalid(errors: FieldErrors) -> Self {
        let mut error = Self::of(&table::INVALID);
        error.0.errors = errors;
        error
    }

    /// 422: the agency at `pointer` is not on the list, which is public.
    #[must_use]
    pub fn agency_not_listed(pointer: &str) -> Self {
        Self::invalid(FieldErrors::one(
            pointer,
            say(
                "ไม่มีหน่วยงานนี้ในบัญชีรายชื่อ กรุณาเลือกหน่วยงานจากรายการ",
                "This agency is not on the list. Choose the agency from the list.",
            ),
        ))
    }

    /// 422: the record names a photo that the agency never uploaded.
    #[must_use]
    pub fn unknown_photo() -> Self {
        Self::invalid(FieldErrors::one(
            "/post/person/photo",
            say("ไม่พบรูปนี้ ให้เลือกรูปใหม่", "There is no such photo. Choose it again."),
        ))
    }

    /// 422: the Idempotency-Key belongs to a different request.
    #[must_use]
    pub fn key_reused() -> Self {
        Self::of(&table::KEY_REUSED)
    }

    /// 428: a change without If-Match.
    #[must_use]
    pub fn precondition_missing() -> Self {
        Self::of(&table::PRECONDITION_MISSING)
    }

    /// 429: to be tried again after `wait`.
    #[must_use]
    pub fn too_many_tries(wait: SignedDuration) -> Self {
        let words = wait::words(wait);
        let mut error = Self::of(&table::TOO_MANY_TRIES);
        error.0.retry_after = Some(wait);
        error.0.detail = say(
            format!("ลองหลายครั้งเกินไป กรุณารอ{}แล้วลองใหม่", spaced(&words.th)),
            format!("Too many tries. Wait {} and try again.", words.en),
        );
        error
    }

    /// 429: signing in to an agency's account, to be tried again after `wait`; and what works meanwhile.
    #[must_use]
    pub fn too_many_sign_ins(wait: SignedDuration) -> Self {
        let words = wait::words(wait);
        let mut error = Self::too_many_tries(wait);
        error.0.detail = say(
            format!(
                "ลองเข้าสู่ระบบหลายครั้งเกินไป กรุณารอ{}แล้วลองใหม่ ระหว่างนี้ยังเข้าสู่ระบบจากเครื่องที่เคยยืนยันแล้วได้ ตั้งรหัสผ่านใหม่ทางอีเมลได้ หรือติดต่อสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด",
                spaced(&words.th)
            ),
            format!(
                "Too many tries to sign in. Wait {} and try again. Meanwhile you can sign in from a device that gave its code before, set a new password by e-mail, or ask the province office.",
                words.en
            ),
        );
        error
    }

    /// 500: a fault of ours. The cause is logged and not told.
    #[must_use]
    pub fn internal(cause: impl fmt::Display) -> Self {
        let mut error = Self::of(&table::INTERNAL);
        error.0.cause = Some(cause.to_string());
        error
    }

    /// 503: the same call may succeed in a moment. The cause is logged and not told.
    #[must_use]
    pub fn unavailable(cause: impl fmt::Display) -> Self {
        let mut error = Self::of(&table::UNAVAILABLE);
        error.0.retry_after = Some(RETRY_AFTER);
        error.0.cause = Some(cause.to_string());
        error
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.row.status
    }

    /// The name of the problem: the last part of its `type`.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The fields to mend.
    #[must_use]
    pub fn errors(&self) -> &FieldErrors {
        &self.0.errors
    }

    /// What the log, and only the log, is told.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

/// A number in a Thai sentence stands between spaces.
fn spaced(words: &str) -> String {
    format!(" {words} ")
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status(), self.slug())
    }
}

impl std::error::Error for ApiError {}

impl From<FieldErrors> for ApiError {
    fn from(errors: FieldErrors) -> Self {
        Self::invalid(errors)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found(),
            StoreError::Stale { current } => Self::stale(current),
            StoreError::AlreadyRecorded => Self::already_recorded(),
            StoreError::SessionRevoked => Self::not_signed_in(),
            StoreError::RoundOver => Self::round_over(),
            StoreError::KeyReused => Self::key_reused(),
            StoreError::UnknownPhoto => Self::unknown_photo(),
            StoreError::UnderWay => Self::under_way(),
            StoreError::Unavailable(_) => Self::unavailable(error),
            StoreError::Failed(_) => Self::internal(error),
        }
    }
}
