//! What each letter says, in Thai and English.

use jiff::Timestamp;
use palad_domain::agency::AgencyView;
use palad_domain::claim::RefusalReason;
use palad_domain::say::{Say, moment, say};

/// Agency with district and province, for names repeat.
pub(crate) fn place(agency: &AgencyView) -> String {
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

pub(crate) fn take_over_begun(agency: &AgencyView, site: &str, token: &str, from: Timestamp) -> Words {
    let from = moment(from);
    Words {
        subject: say("ขอรับช่วงบัญชีหน่วยงาน", "Taking over your agency's account"),
        paragraphs: vec![
            say(
                format!(
                    "บัญชีของ {} เป็นของอีเมลอื่นอยู่ ระบบแจ้งเจ้าของบัญชีแล้ว หากไม่มีผู้คัดค้าน ท่านรับช่วงบัญชีได้ตั้งแต่{} เป็นต้นไป",
                    place(agency),
                    from.th
                ),
                format!(
                    "The account of {} belongs to another address, whose owner has been told. Unless the owner objects, you can take it over from {} on.",
                    place(agency),
                    from.en
                ),
            ),
            say(
                "เก็บอีเมลนี้ไว้ เมื่อถึงเวลาแล้วเปิดลิงก์นี้และกดปุ่มยืนยัน",
                "Keep this mail. When the time has come, open this link and press the button.",
            ),
        ],
        highlight: Some(format!("{site}/takeover#{token}")),
        closing: vec![
            say(
                "หากมีรหัสจากหนังสือราชการ กรอกในหน้าลงทะเบียนเพื่อรับช่วงบัญชีได้ทันทีโดยไม่ต้องรอ",
                "With the code of the official letter, given on the registration page, there is no need to wait.",
            ),
            not_mine(),
        ],
    }
}

pub(crate) fn take_over_notice(
    agency: &AgencyView,
    by: &str,
    (site, token): (&str, &str),
    from: Timestamp,
) -> Words {
    let from = moment(from);
    Words {
        subject: say("มีผู้ขอรับช่วงบัญชีหน่วยงานของท่าน", "Somebody wants to take over your agency's account"),
        paragraphs: vec![
            say(
                format!(
                    "ผู้ใช้อีเมล {by} ยืนยันตนแล้ว และขอรับช่วงบัญชีของ {} จากท่าน ตั้งแต่{} เป็นต้นไป บัญชีจะเป็นของผู้นั้นและท่านจะเข้าใช้ไม่ได้อีก",
                    place(agency),
                    from.th
                ),
                format!(
                    "The owner of {by} has given a proof and wants to take over the account of {} from you. From {} on it can go to them, and you can use it no more.",
                    place(agency),
                    from.en
                ),
            ),
            say(
                "หากถูกต้องแล้ว เช่น ท่านย้ายไปแล้ว ไม่ต้องทำอะไร หากไม่ถูกต้อง ให้เปิดลิงก์นี้แล้วกดปุ่มคัดค้าน จังหวัดจะเป็นผู้พิจารณา",
                "If that is right, for you have moved on, you need not do anything. If it is not, open this link and press the button to object; the province will decide.",
            ),
        ],
        highlight: Some(format!("{site}/objection#{token}")),
        closing: vec![],
    }
}

pub(crate) fn take_over_disputed(agency: &AgencyView) -> Words {
    Words {
        subject: say("มีผู้คัดค้านการขอรับช่วงบัญชี", "The owner objected to your take-over"),
        paragraphs: vec![say(
            format!(
                "เจ้าของบัญชีของ {} คัดค้านการขอรับช่วงบัญชีของท่าน จังหวัดจะสอบถามหน่วยงานและพิจารณา แล้วระบบจะแจ้งผลให้ท่านทราบทางอีเมล",
                place(agency)
            ),
            format!(
                "The owner of the account of {} objected to your take-over. The province will call the agency and decide; you will be told by mail.",
                place(agency)
            ),
        )],
        highlight: None,
        closing: vec![say(
            "หากมีรหัสจากหนังสือราชการ ให้ลงทะเบียนใหม่ด้วยรหัสนั้น จะใช้บัญชีได้ทันที",
            "If you have the code of the official letter, register again with it: the account is yours at once.",
        )],
    }
}

pub(crate) fn account_taken_over(agency: &AgencyView, site: &str) -> Words {
    Words {
        subject: say("บัญชีหน่วยงานเปลี่ยนผู้ดูแลแล้ว", "Your agency's account has a new owner"),
        paragraphs: vec![say(
            format!(
                "บัญชีของ {} เป็นของอีเมลอื่นแล้ว ท่านเข้าใช้บัญชีนี้ไม่ได้อีก หากไม่ถูกต้อง ให้ติดต่อสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดทันที หรือลงทะเบียนใหม่ที่นี่",
                place(agency)
            ),
            format!(
                "The account of {} now belongs to another address; you can use it no more. If that is not right, call the province office at once, or register again here.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/register")),
        closing: vec![],
    }
}

pub(crate) fn claim_refused(agency: &AgencyView, reason: RefusalReason) -> Words {
    Words {
        subject: say("คำขอบัญชีหน่วยงานไม่ได้รับอนุมัติ", "Your registration was refused"),
        paragraphs: vec![
            say(
                format!("จังหวัดพิจารณาแล้ว ไม่อนุมัติการลงทะเบียน {} ของท่าน", place(agency)),
                format!("The province has looked at your registration of {} and refused it.", place(agency)),
            ),
            reason.words(),
        ],
        highlight: None,
        closing: vec![say(
            "หากเห็นว่าไม่ถูกต้อง ให้ติดต่อสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด",
            "If you think that this is wrong, call the province office.",
        )],
    }
}

pub(crate) fn not_mine() -> Say {
    say("หากท่านไม่ได้ขอ ไม่ต้องทำอะไร", "If you did not ask for this, you need not do anything.")
}
