//! The letter to an agency that owes: its record as it stands, and one link.

use palad_domain::directory::PublicPost;
use palad_domain::round::messages::Shift;
use palad_domain::round::reminder::{Reminder, Way};
use palad_domain::say::{Say, say};
use palad_thai::date::thai_day;
use palad_thai::digits::to_thai_digits;

use super::frame::{Frame, Group};
use super::{About, Letter, subject};
use crate::words::place;

/// Writes it.
pub(crate) fn reminder(reminder: &Reminder, about: &About<'_>) -> Letter {
    let site = about.site;
    let link = match &reminder.way {
        // In the fragment, which no server and no log sees.
        Way::Confirm { token } => format!("{site}/confirm#{token}"),
        Way::SignIn => format!("{site}/sign-in"),
        Way::Register => format!("{site}/register"),
    };
    let shift = about.shift(reminder.of.step);
    let office = about.terms().text_of(reminder.of.step).map(|text| say(text.to_owned(), text.to_owned()));
    let frame = Frame {
        about: say(
            "ขอความร่วมมือตรวจสอบและยืนยันข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น",
            "Please look at your chief clerk's record and confirm it",
        ),
        to: format!("ผู้บริหาร{}", place(&reminder.agency)),
        reference: about.reference(),
        enclosed: about.enclosed(),
        paragraphs: std::iter::once(request(about, shift)).chain(office).collect(),
        shown: reminder.record.as_ref().map(record).into_iter().collect(),
        after: vec![how(&reminder.way)],
        link: Some(link),
        closing: vec![closing(&reminder.way)],
    };
    Letter {
        to: reminder.to.clone(),
        subject: subject(&line(about, shift)),
        text: frame.text(),
        html: frame.html(),
    }
}

fn line(about: &About<'_>, shift: Option<Shift>) -> String {
    let moved = shift.map_or("", |_| "เปลี่ยนวันครบกำหนด: ");
    format!("{moved}ขอความร่วมมือยืนยันข้อมูลปลัด ({})", about.time_left())
}

fn request(about: &About<'_>, shift: Option<Shift>) -> Say {
    let (title, title_en) = (about.title(), about.title_en());
    let (deadline, deadline_en) = (about.deadline(), about.deadline_en());
    if let Some(Shift { from, .. }) = shift.filter(|_| about.is_late()) {
        // Moved to a day that had passed when the next run came.
        return say(
            format!(
                "ตามที่ได้ขอความร่วมมือหน่วยงานของท่านดำเนินการ “{title}” ภายในวันที่ {} นั้น ได้เปลี่ยนวันครบกำหนดเป็นวันที่ {deadline} ซึ่งพ้นมาแล้ว ขณะนี้ยังไม่ได้รับคำตอบจากหน่วยงานของท่าน จึงขอความร่วมมือตรวจสอบข้อมูลปลัดและตอบโดยด่วน คำตอบหลังกำหนดยังรับไว้",
                thai_day(from),
            ),
            format!(
                "Your agency was asked to answer \"{title_en}\" by {from}. The deadline has been moved to {deadline_en}, which has passed. There is no answer yet. Please answer as soon as you can; late answers are taken."
            ),
        );
    }
    if about.is_late() {
        return say(
            format!(
                "ตามที่ได้ขอความร่วมมือหน่วยงานของท่านดำเนินการ “{title}” ภายในวันที่ {deadline} นั้น บัดนี้พ้นกำหนดแล้ว และยังไม่ได้รับคำตอบจากหน่วยงานของท่าน จึงขอความร่วมมือตรวจสอบข้อมูลปลัดและตอบโดยด่วน คำตอบหลังกำหนดยังรับไว้"
            ),
            format!(
                "Your agency was asked to answer \"{title_en}\" by {deadline_en}. That day has passed and there is no answer yet. Please answer as soon as you can; late answers are taken."
            ),
        );
    }
    let left = to_thai_digits(&about.days_left.to_string());
    let (time, time_en) = if about.days_left == 0 {
        ("วันนี้เป็นวันครบกำหนด".to_owned(), about.time_left_en())
    } else {
        (format!("เหลือเวลาอีก {left} วัน"), about.time_left_en())
    };
    if let Some(Shift { from, .. }) = shift {
        return say(
            format!(
                "ตามที่ได้ขอความร่วมมือหน่วยงานของท่านดำเนินการ “{title}” ภายในวันที่ {} นั้น ได้เปลี่ยนวันครบกำหนดเป็นวันที่ {deadline} ({time}) ขณะนี้ยังไม่ได้รับคำตอบจากหน่วยงานของท่าน จึงขอความร่วมมือตรวจสอบข้อมูลปลัดและตอบภายในกำหนดใหม่",
                thai_day(from),
            ),
            format!(
                "Your agency was asked to answer \"{title_en}\" by {from}. The deadline has been moved: please answer by {deadline_en} ({time_en}). There is no answer yet."
            ),
        );
    }
    say(
        format!(
            "ด้วยมีการดำเนินการ “{title}” จึงขอความร่วมมือหน่วยงานของท่านตรวจสอบข้อมูลปลัดและตอบภายในวันที่ {deadline} ({time}) ขณะนี้ยังไม่ได้รับคำตอบจากหน่วยงานของท่าน"
        ),
        format!(
            "Your agency is asked to look at its chief clerk's record for \"{title_en}\" and to answer by {deadline_en} ({time_en}). There is no answer yet."
        ),
    )
}

/// The record as it stands.
fn record(post: &PublicPost) -> Group {
    let mut lines = vec![format!("สถานะ: {}", post.state.words().th)];
    if let Some(person) = &post.person {
        let of_person = [
            ("ชื่อ", person.full_name()),
            ("ตำแหน่ง", person.position().to_owned()),
            ("ระดับ", person.level().to_owned()),
            ("สังกัด", person.affiliation().to_owned()),
            ("โทรศัพท์", person.office_phones()),
        ];
        let said = of_person.into_iter().filter(|(_, text)| !text.is_empty());
        lines.extend(said.map(|(name, text)| format!("{name}: {text}")));
    }
    Group {
        heading: "ข้อมูลที่บันทึกไว้ / The record as it stands".to_owned(), lines
    }
}

fn how(way: &Way) -> Say {
    match way {
        Way::Confirm { .. } => say(
            "เปิดลิงก์นี้ แล้วกดปุ่ม “ยังถูกต้อง” หากข้อมูลข้างต้นถูกต้อง หรือกด “แก้ไข” หรือ “ตำแหน่งว่าง” หากไม่ตรง",
            "Open this link and press \"ยังถูกต้อง\" (still right) if the record above is right, or \"แก้ไข\" (change) or \"ตำแหน่งว่าง\" (vacant) if it is not.",
        ),
        Way::SignIn => say(
            "หน่วยงานของท่านยังไม่ได้บันทึกข้อมูลปลัด เข้าสู่ระบบที่ลิงก์นี้ แล้วบันทึกข้อมูล หรือบันทึกว่าตำแหน่งว่าง",
            "Your agency has recorded nothing yet. Sign in at this link and enter the record, or that the post is vacant.",
        ),
        Way::Register => say(
            "หน่วยงานของท่านยังไม่ได้ลงทะเบียน ลงทะเบียนที่ลิงก์นี้ แล้วบันทึกข้อมูลปลัด",
            "Your agency has not registered yet. Register at this link and enter the record.",
        ),
    }
}

fn closing(way: &Way) -> Say {
    match way {
        Way::Confirm { .. } => say(
            "ลิงก์นี้เป็นของหน่วยงานท่านเท่านั้น อย่าส่งต่อให้ผู้อื่น การเปิดลิงก์อย่างเดียวไม่ถือเป็นการตอบ",
            "The link is for your agency alone: do not pass it on. Opening it is not an answer yet.",
        ),
        Way::SignIn | Way::Register => say(
            "หากตอบแล้ว ขออภัยที่รบกวน ไม่ต้องดำเนินการใด",
            "If you have answered already, you need not do anything.",
        ),
    }
}
