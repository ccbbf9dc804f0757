//! What each letter says, in Thai and English.

use palad_domain::agency::AgencyView;
use palad_domain::say::{Say, say};

/// Agency with district and province, for names repeat.
fn place(agency: &AgencyView) -> String {
    let district = if agency.district.is_empty() {
        String::new()
    } else {
        format!(" อำเภอ{}", agency.district)
    };
    format!("{}{district} จังหวัด{}", agency.full_name, agency.province)
}

/// A letter before it is laid out.
pub(crate) struct Words {
    pub(crate) subject: Say,
    pub(crate) paragraphs: Vec<Say>,
    /// A code or an address, on a line of its own.
    pub(crate) highlight: Option<String>,
    /// What to do if one did not ask for it, and other closing words.
    pub(crate) closing: Vec<Say>,
}

pub(crate) fn registration_code(agency: &AgencyView, code: &str) -> Words {
    Words {
        subject: say("รหัสยืนยันการลงทะเบียน", "Your registration code"),
        paragraphs: vec![say(
            format!(
                "ท่านได้ลงทะเบียน {} ในระบบบันทึกข้อมูลปลัด อปท. กรอกรหัสยืนยันนี้ในหน้าลงทะเบียนภายใน 60 นาที",
                place(agency)
            ),
            format!(
                "You registered {}. Enter this code on the registration page within 60 minutes.",
                place(agency)
            ),
        )],
        highlight: Some(code.to_owned()),
        closing: vec![not_mine()],
    }
}

pub(crate) fn sign_in_code(agency: &AgencyView, code: &str) -> Words {
    Words {
        subject: say("รหัสยืนยันการเข้าสู่ระบบ", "Your sign-in code"),
        paragraphs: vec![say(
            format!("มีการเข้าสู่ระบบของ {} จากอุปกรณ์ใหม่ด้วยรหัสผ่านที่ถูกต้อง กรอกรหัสยืนยันนี้ภายใน 10 นาที", place(agency)),
            format!(
                "Somebody signed in to {} from a new device with the right password. Enter this code within 10 minutes.",
                place(agency)
            ),
        )],
        highlight: Some(code.to_owned()),
        closing: vec![say(
            "หากท่านไม่ได้เข้าสู่ระบบเอง อย่าบอกรหัสนี้แก่ผู้ใด และเปลี่ยนรหัสผ่านทันที",
            "If this was not you, give the code to nobody and change the password at once.",
        )],
    }
}

pub(crate) fn wrong_number(agency: &AgencyView, site: &str) -> Words {
    Words {
        subject: say("มีผู้กรอกรหัสผ่านไม่ถูกต้อง", "Somebody entered a wrong password"),
        paragraphs: vec![say(
            format!(
                "วันนี้มีผู้พยายามเข้าสู่ระบบของ {} จากอุปกรณ์ที่ระบบไม่รู้จัก ด้วยรหัสผ่านที่ไม่ถูกต้อง ไม่มีผู้ใดเข้าระบบได้ หากท่านลืมรหัสผ่าน ตั้งรหัสผ่านใหม่ได้ที่นี่",
                place(agency)
            ),
            format!(
                "Today somebody tried to sign in to {} from an unknown device with a wrong password. Nobody got in. If you have forgotten the password, set a new one here.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/reset")),
        closing: vec![say("ระบบแจ้งเรื่องนี้ไม่เกินวันละหนึ่งครั้ง", "We tell you of this once a day at most.")],
    }
}

pub(crate) fn password_reset(agency: &AgencyView, site: &str, token: &str) -> Words {
    Words {
        subject: say("ตั้งรหัสผ่านใหม่", "Set a new password"),
        paragraphs: vec![say(
            format!("เปิดลิงก์นี้ภายใน 60 นาที เพื่อตั้งรหัสผ่านใหม่ของ {}", place(agency)),
            format!("Open this link within 60 minutes to set a new password for {}.", place(agency)),
        )],
        // In the fragment, which no server and no log sees.
        highlight: Some(format!("{site}/reset/new#{token}")),
        closing: vec![not_mine()],
    }
}

pub(crate) fn password_changed(agency: &AgencyView, site: &str) -> Words {
    Words {
        subject: say("เปลี่ยนรหัสผ่านแล้ว", "The password was changed"),
        paragraphs: vec![say(
            format!(
                "รหัสผ่านของ {} เปลี่ยนแล้ว ทุกอุปกรณ์ต้องเข้าสู่ระบบใหม่ หากท่านไม่ได้เปลี่ยนเอง ให้ตั้งรหัสผ่านใหม่ทันที",
                place(agency)
            ),
            format!(
                "The password of {} was changed and every device must sign in again. If this was not you, set a new one at once.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/reset")),
        closing: vec![],
    }
}

pub(crate) fn account_opened(agency: &AgencyView, site: &str) -> Words {
    Words {
        subject: say("เปิดบัญชีหน่วยงานแล้ว", "Your agency's account is open"),
        paragraphs: vec![say(
            format!(
                "บัญชีของ {} ใช้งานได้แล้ว กลับไปที่หน้าหลัก เลือกหน่วยงาน กรอกรหัสผ่านที่ตั้งไว้ แล้วกดเข้าสู่ระบบ",
                place(agency)
            ),
            format!(
                "The account of {} can be used. Go to the main page, choose the agency, enter your password and sign in.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/")),
        closing: vec![],
    }
}

fn not_mine() -> Say {
    say("หากท่านไม่ได้ขอ ไม่ต้องทำอะไร", "If you did not ask for this, you need not do anything.")
}
