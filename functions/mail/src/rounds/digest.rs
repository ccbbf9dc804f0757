//! The letter to an officer of a province: who owes, by district, with telephone numbers.

use palad_domain::round::messages::Shift;
use palad_domain::round::reminder::{Digest, Owing};
use palad_domain::round::tally::{Standing, Tally};
use palad_domain::say::{Say, say};
use palad_thai::date::thai_day;

use super::frame::{Frame, Group};
use super::{About, Letter, places, subject};

/// Writes it.
pub(crate) fn digest(digest: &Digest, about: &About<'_>) -> Letter {
    let province = digest.province.province().full_name().th;
    let mut paragraphs = vec![summary(digest, about)];
    paragraphs.extend(about.shift(digest.of.step).map(|shift| moved(shift, about)));
    paragraphs.push(if about.is_late() { escalation() } else { request() });
    let mut shown = districts(&digest.owing);
    if about.is_late() {
        shown.push(draft(&digest.owing, about));
    }
    let frame = Frame {
        about: say(
            format!("รายชื่อหน่วยงานที่ยังไม่ตอบ {province}"),
            format!("Agencies that have not answered, {province}"),
        ),
        to: format!("สำนักงานส่งเสริมการปกครองท้องถิ่น{province}"),
        reference: about.reference(),
        enclosed: about.enclosed(),
        paragraphs,
        shown,
        after: vec![say(
            "รายชื่อล่าสุด การบันทึกผลการโทร และรายชื่อสำหรับพิมพ์ อยู่ที่",
            "The list as it is now, notes of calls, and the list to print:",
        )],
        link: Some(format!("{}/staff/home", about.site)),
        closing: vec![],
    };
    let owing = digest.tally.owing();
    let line = if about.is_late() {
        format!("พ้นกำหนดแล้ว: ยังไม่ตอบ {owing} แห่ง {province}")
    } else if about.shift(digest.of.step).is_some() {
        format!("เปลี่ยนวันครบกำหนด: ยังไม่ตอบ {owing} แห่ง {province} ({})", about.time_left())
    } else {
        format!("ยังไม่ตอบ {owing} แห่ง {province} ({})", about.time_left())
    };
    Letter { to: digest.to.clone(), subject: subject(&line), text: frame.text(), html: frame.html() }
}

fn summary(digest: &Digest, about: &About<'_>) -> Say {
    let (title, title_en) = (about.title(), about.title_en());
    let (deadline, deadline_en) = (about.deadline(), about.deadline_en());
    let tally: &Tally = &digest.tally;
    let at = |standing: Standing| tally.at(standing);
    let asked = tally.all() - at(Standing::Exempt);
    let [silent, unregistered, unreachable] =
        [Standing::Silent, Standing::NotRegistered, Standing::Unreachable].map(at);
    say(
        format!(
            "รอบ “{title}” ครบกำหนดวันที่ {deadline} หน่วยงานที่ต้องตอบ {} ตอบแล้ว {} ยังไม่ตอบ {} คือ มีบัญชีแต่ยังไม่ตอบ {} ยังไม่ลงทะเบียน {} ส่งอีเมลไม่ถึง {}",
            places(asked),
            places(tally.answered()),
            places(tally.owing()),
            places(silent),
            places(unregistered),
            places(unreachable),
        ),
        format!(
            "The round \"{title_en}\" is due on {deadline_en}. Agencies asked: {asked}; answered: {}; not answered: {} (silent {silent}, not registered {unregistered}, not reached by mail {unreachable}).",
            tally.answered(),
            tally.owing(),
        ),
    )
}

fn request() -> Say {
    say(
        "ขอความร่วมมือแจ้งและติดตามหน่วยงานตามรายชื่อต่อไปนี้ให้ตอบภายในกำหนด หน่วยงานที่ส่งอีเมลไม่ถึงให้ติดต่อทางโทรศัพท์",
        "Please see to it that these agencies answer in time. Call those that mail does not reach.",
    )
}

fn moved(shift: Shift, about: &About<'_>) -> Say {
    let (deadline, deadline_en) = (about.deadline(), about.deadline_en());
    say(
        format!("ได้เปลี่ยนวันครบกำหนดจากวันที่ {} เป็นวันที่ {deadline}", thai_day(shift.from)),
        format!("The deadline has been moved from {} to {deadline_en}.", shift.from),
    )
}

/// A letter to the districts, ready to be copied and printed.
fn draft(owing: &[Owing], about: &About<'_>) -> Group {
    let title = about.title();
    let letter = about.reference().unwrap_or_else(|| format!("รอบ “{title}”"));
    let count = places(owing.len());
    let lines = [
        "ที่ ....................................................".to_owned(),
        "วันที่ ................................................".to_owned(),
        "เรื่อง  ขอให้แจ้งหน่วยงานที่ยังไม่ยืนยันข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น".to_owned(),
        "เรียน  นายอำเภอทุกอำเภอ".to_owned(),
        format!("อ้างถึง  {letter}"),
        "สิ่งที่ส่งมาด้วย  รายชื่อหน่วยงานที่ยังไม่ตอบ จำนวน ๑ ชุด".to_owned(),
        format!(
            "ตามที่ได้ขอความร่วมมือองค์กรปกครองส่วนท้องถิ่นดำเนินการ “{title}” ภายในวันที่ {} นั้น บัดนี้พ้นกำหนดแล้ว ปรากฏว่ามีหน่วยงานที่ยังไม่ตอบ {count} ตามรายชื่อที่ส่งมาด้วย",
            about.deadline(),
        ),
        format!(
            "จึงขอให้อำเภอแจ้งหน่วยงานในพื้นที่ตามรายชื่อดังกล่าวให้ตรวจสอบและยืนยันข้อมูลที่ {} โดยด่วน คำตอบหลังกำหนดยังรับไว้และบันทึกว่าหลังกำหนด",
            about.site,
        ),
        "จึงเรียนมาเพื่อพิจารณาดำเนินการ".to_owned(),
    ];
    Group {
        heading: "ร่างหนังสือถึงอำเภอ สำหรับคัดลอกและพิมพ์".to_owned(), lines: lines.into()
    }
}

/// After the deadline it is a matter for the province, not for another mail to the agencies alone.
fn escalation() -> Say {
    say(
        "บัดนี้พ้นกำหนดแล้ว ขอความร่วมมือจังหวัดมีหนังสือแจ้งหน่วยงานตามรายชื่อต่อไปนี้ผ่านอำเภอ (มีร่างหนังสือท้ายรายชื่อ) และติดตามทางโทรศัพท์เป็นรายแห่ง คำตอบหลังกำหนดยังรับไว้และบันทึกว่าหลังกำหนด",
        "The deadline has passed. Please write to these agencies through their districts (a draft follows the list) and call each of them. Late answers are taken and marked as late.",
    )
}

/// The lines of each district, in the order in which they come.
fn districts(owing: &[Owing]) -> Vec<Group> {
    let mut districts: Vec<(&str, Vec<String>)> = Vec::new();
    for agency in owing {
        let telephone = agency.telephone.as_deref().unwrap_or("ไม่มีหมายเลขโทรศัพท์");
        let why = match agency.standing {
            Standing::NotRegistered => " · ยังไม่ลงทะเบียน",
            Standing::Unreachable => " · ส่งอีเมลไม่ถึง",
            _ => "",
        };
        let line = format!("{} · {telephone}{why}", agency.name);
        match districts.last_mut().filter(|(district, _)| *district == agency.district) {
            Some((_, lines)) => lines.push(line),
            None => districts.push((&agency.district, vec![line])),
        }
    }
    let heading = |district: &str, count: usize| {
        if district.is_empty() {
            places(count)
        } else {
            format!("อำเภอ{district} ({})", places(count))
        }
    };
    districts
        .into_iter()
        .map(|(district, lines)| Group { heading: heading(district, lines.len()), lines })
        .collect()
}
