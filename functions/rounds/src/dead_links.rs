//! Why a link does nothing, in words.

use palad_api::ApiError;
use palad_domain::round::link::LinkFault;
use palad_domain::say::say;
use palad_store::StoreError;

/// Here nobody has a session: what was lost is the mailbox.
pub(crate) fn by_link(error: StoreError) -> ApiError {
    match error {
        StoreError::SessionRevoked => given_up(),
        error => error.into(),
    }
}

pub(crate) fn given_up() -> ApiError {
    ApiError::gone(
        "link-given-up",
        say(
            "บัญชีของหน่วยงานเปลี่ยนอีเมล เปลี่ยนผู้ดูแล หรือถูกระงับ ลิงก์ที่ส่งมาที่อีเมลนี้จึงใช้ไม่ได้ ให้ใช้ลิงก์ในอีเมลใหม่ หรือเข้าสู่ระบบ",
            "The agency's account has another address or another owner now, or is suspended, so that links in this mailbox do nothing. Use the link in the new mailbox, or sign in.",
        ),
    )
}

pub(crate) fn not_a_link(fault: LinkFault) -> ApiError {
    match fault {
        LinkFault::Forged => ApiError::gone(
            "link-damaged",
            say(
                "ลิงก์ไม่สมบูรณ์หรือไม่ถูกต้อง ให้เปิดลิงก์จากอีเมลอีกครั้งโดยคัดลอกให้ครบทั้งบรรทัด หรือเข้าสู่ระบบแล้วกดยืนยัน",
                "This link is not whole, or not one of ours. Open it from the mail again, the whole line, or sign in and confirm there.",
            ),
        ),
        LinkFault::Expired => ApiError::gone(
            "link-expired",
            say(
                "ลิงก์หมดอายุแล้วเพราะรอบนี้สิ้นสุด หากข้อมูลเปลี่ยนไป ให้เข้าสู่ระบบแล้วแก้ไขได้ตลอดเวลา",
                "This link has ended with its round. If something has changed, sign in: the record can be corrected at any time.",
            ),
        ),
    }
}
