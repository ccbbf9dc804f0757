//! What the gateway itself answers when a request does not reach a function, or gets no answer.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::{Value, json};

/// A problem document with fixed words.
pub(crate) struct Problem {
    status: StatusCode,
    slug: &'static str,
    title: &'static str,
    th: &'static str,
    en: &'static str,
}

impl Problem {
    /// No route, no function, no file.
    pub(crate) const NOT_FOUND: Self = Self {
        status: StatusCode::NOT_FOUND,
        slug: "not-found",
        title: "ไม่พบข้อมูล",
        th: "ไม่มีสิ่งที่ขอตามที่อยู่และวิธีเรียกนี้",
        en: "There is nothing at this address for this method.",
    };
    /// More than the gateway takes.
    pub(crate) const TOO_LARGE: Self = Self {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        slug: "too-large",
        title: "ข้อมูลใหญ่เกินไป",
        th: "เนื้อความของคำขอใหญ่เกินกว่าที่ระบบรับได้ กรุณาลดขนาดแล้วส่งใหม่",
        en: "The body is larger than the system takes. Make it smaller and send it again.",
    };
    /// The body broke off.
    pub(crate) const BROKEN: Self = Self {
        status: StatusCode::BAD_REQUEST,
        slug: "malformed",
        title: "อ่านคำขอไม่ได้",
        th: "เนื้อความของคำขอมาไม่ครบ กรุณาส่งใหม่",
        en: "The body of the request broke off. Send it again.",
    };
    /// Not even a request.
    pub(crate) const UNREADABLE: Self = Self {
        status: StatusCode::BAD_REQUEST,
        slug: "malformed",
        title: "อ่านคำขอไม่ได้",
        th: "คำขอไม่เป็นไปตามรูปแบบของ HTTP เช่น มีช่องว่างหรืออักษรไทยในที่อยู่โดยไม่ได้เข้ารหัส ให้เขียนช่องว่างเป็น %20",
        en: "This is not HTTP as it should be: perhaps a space in the address that is not written as %20.",
    };
    /// A function failed.
    pub(crate) const INTERNAL: Self = Self {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        slug: "internal",
        title: "ระบบขัดข้อง",
        th: "ระบบขัดข้องและยังทำรายการไม่สำเร็จ กรุณาลองอีกครั้ง หากยังพบปัญหาให้แจ้งผู้ดูแลพร้อมรหัสคำขอ (request_id)",
        en: "Something failed on our side. Try again; if it keeps failing, tell the office the request_id.",
    };
    /// A call from another site to what is for this machine only.
    pub(crate) const NOT_FROM_HERE: Self = Self {
        status: StatusCode::FORBIDDEN,
        slug: "not-our-origin",
        title: "ไม่อนุญาต",
        th: "หน้านี้ใช้ได้จากเครื่องนี้เท่านั้น",
        en: "This is for this machine only.",
    };
    /// A body that is not what is asked for.
    pub(crate) const NOT_JSON: Self = Self {
        status: StatusCode::BAD_REQUEST,
        slug: "not-json",
        title: "อ่านข้อมูลไม่ได้",
        th: "ข้อมูลที่ส่งมาไม่ใช่ JSON ที่ถูกต้อง",
        en: "The body is not the JSON that is asked for here.",
    };

    /// The response to the request of this identifier.
    pub(crate) fn response(&self, request_id: &str) -> Response {
        let headers = [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")];
        (self.status, headers, self.body(request_id).to_string()).into_response()
    }

    /// The document itself.
    pub(super) fn body(&self, request_id: &str) -> Value {
        json!({
            "type": format!("/problems/{}", self.slug),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.th,
            "detail_en": self.en,
            "request_id": request_id,
        })
    }
}
