//! What letters to staff say, in Thai and English.

use palad_domain::mail::StaffNotice;
use palad_domain::say::{Say, say};
use palad_domain::staff::StaffPlace;

use crate::words::Words;

pub(crate) fn invited(place: &StaffPlace, site: &str, token: &str) -> Words {
    let office = place.office();
    Words {
        subject: say("คำเชิญเป็นเจ้าหน้าที่", "You are invited as an officer"),
        paragraphs: vec![
            say(
                format!(
                    "ท่านได้รับเชิญให้ใช้ระบบบันทึกข้อมูลปลัด อปท. ในฐานะเจ้าหน้าที่ของ{} เปิดลิงก์นี้ภายใน 7 วัน เพื่อตั้งวลีรหัสผ่านและแอปยืนยันตัวตน",
                    office.th
                ),
                format!(
                    "You are invited to the register of chief clerks as an officer of {}. Open this link within 7 days to set a passphrase and an authenticator app.",
                    office.en
                ),
            ),
            say(
                "หากท่านมีบัญชีเจ้าหน้าที่อยู่แล้ว การรับคำเชิญจะตั้งวลีรหัสผ่านและแอปใหม่ และทุกอุปกรณ์ต้องเข้าสู่ระบบใหม่",
                "If you have an account already, accepting sets passphrase and app anew, and every device must sign in again.",
            ),
        ],
        // In the fragment, which no server and no log sees.
        highlight: Some(format!("{site}/staff/invitation#{token}")),
        closing: vec![say(
            "ลิงก์นี้ใช้ได้ครั้งเดียวและเป็นของท่านเท่านั้น อย่าส่งต่อ หากท่านไม่เกี่ยวข้อง ไม่ต้องทำอะไร",
            "The link works once and is for you alone: do not pass it on. If this is not for you, you need not do anything.",
        )],
    }
}

pub(crate) fn notice(place: &StaffPlace, notice: StaffNotice, site: &str) -> Words {
    let office = place.office();
    let (subject, what) = match notice {
        StaffNotice::Opened => (
            say("บัญชีเจ้าหน้าที่ใช้งานได้แล้ว", "Your officer's account is open"),
            say(
                format!("บัญชีเจ้าหน้าที่ของ{} ใช้งานได้แล้ว", office.th),
                format!("Your account as an officer of {} can be used.", office.en),
            ),
        ),
        StaffNotice::Renewed => (
            say("ตั้งบัญชีเจ้าหน้าที่ใหม่แล้ว", "Your officer's account was set up anew"),
            say(
                format!(
                    "วลีรหัสผ่าน แอปยืนยันตัวตน และรหัสสำรองของบัญชีเจ้าหน้าที่ {} ถูกตั้งใหม่ด้วยลิงก์คำเชิญ ทุกอุปกรณ์ต้องเข้าสู่ระบบใหม่",
                    office.th
                ),
                format!(
                    "Passphrase, authenticator app and recovery codes of your account at {} were set anew by an invitation's link. Every device must sign in again.",
                    office.en
                ),
            ),
        ),
        StaffNotice::RecoveryCodeUsed { left } => (
            say("มีการเข้าสู่ระบบด้วยรหัสสำรอง", "Somebody signed in with a recovery code"),
            say(
                format!(
                    "มีการเข้าสู่ระบบด้วยรหัสสำรองของท่าน เหลือรหัสสำรอง {left} รหัส หากแอปหายหรือรหัสใกล้หมด ขอคำเชิญใหม่จากเพื่อนร่วมงาน"
                ),
                format!(
                    "Somebody signed in with one of your recovery codes; {left} are left. If the app is lost, ask a colleague to invite you again."
                ),
            ),
        ),
        StaffNotice::WrongSignIn => (
            say("มีผู้พยายามเข้าสู่ระบบไม่สำเร็จ", "A sign-in with your address was refused"),
            say(
                format!(
                    "มีผู้พยายามเข้าสู่ระบบด้วยบัญชีเจ้าหน้าที่ของ{} แต่วลีรหัสผ่านหรือรหัสไม่ถูกต้อง จึงเข้าไม่ได้ หากเป็นท่านเอง ไม่ต้องทำอะไร หากลืมวลีรหัสผ่านหรือแอปหาย ขอคำเชิญใหม่จากเพื่อนร่วมงาน ระบบแจ้งเรื่องนี้ไม่เกินวันละครั้ง",
                    office.th
                ),
                format!(
                    "Somebody tried to sign in to your account as an officer of {} with a wrong passphrase or code, and was not let in. If it was you, you need not do anything; if the passphrase or the app is lost, ask a colleague to invite you again. You are told of this once a day at most.",
                    office.en
                ),
            ),
        ),
        StaffNotice::Suspended => (
            say("ระงับบัญชีเจ้าหน้าที่", "Your officer's account is suspended"),
            say(
                format!("บัญชีเจ้าหน้าที่ของ{} ถูกระงับ เข้าสู่ระบบไม่ได้จนกว่าจะยกเลิกการระงับ", office.th),
                format!(
                    "Your account at {} is suspended and cannot sign in until that is lifted.",
                    office.en
                ),
            ),
        ),
        StaffNotice::SuspensionLifted => (
            say("ยกเลิกการระงับบัญชีเจ้าหน้าที่", "Your officer's account is no longer suspended"),
            say(
                format!("บัญชีเจ้าหน้าที่ของ{} เข้าสู่ระบบได้อีกครั้ง", office.th),
                format!("Your account at {} can sign in again.", office.en),
            ),
        ),
    };
    Words {
        subject,
        paragraphs: vec![what],
        highlight: Some(format!("{site}/staff")),
        closing: vec![not_me()],
    }
}

fn not_me() -> Say {
    say(
        "หากท่านไม่ทราบเรื่องนี้ แจ้งสำนักงาน ก.ถ. หรือสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดทันที",
        "If you know nothing of this, tell the central office or the province office at once.",
    )
}
