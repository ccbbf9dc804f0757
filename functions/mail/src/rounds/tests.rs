use std::sync::LazyLock;

use palad_domain::agency::{Agency, AgencyKind};
use palad_domain::directory::PublicPost;
use palad_domain::person::{Person, PersonInput};
use palad_domain::post::PostState;
use palad_domain::province::Province;
use palad_domain::record::Version;
use palad_domain::round::attachment::AttachmentId;
use palad_domain::round::plan::Step;
use palad_domain::round::reminder::{Digest, Owing, Reminder, Way};
use palad_domain::round::tally::{Standing, Tally};
use palad_domain::round::terms::TermsInput;

use super::*;

const DURING: &str = "2026-11-23T02:00:00Z";
const NEXT: &str = "2026-11-24T02:00:00Z";
const AFTER: &str = "2026-12-01T02:00:00Z";

static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::default);

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn round() -> Round {
    let input: TermsInput = serde_json::from_value(serde_json::json!({
        "title": "สำรวจข้อมูลปลัด ประจำปี 2569",
        "letter": { "number": "มท 0809.4/ว 123", "date": "2026-10-25" },
        "dates": { "opens": "2026-11-02", "deadline": "2026-11-30", "closes": "2026-12-15" },
        "steps": [{ "when": "before", "days": 7, "text": "โปรดตรวจสอบเบอร์โทรศัพท์ด้วย" }, { "when": "after", "days": 1 }],
    }))
    .expect("an input");
    let terms = Terms::parse(&input).expect("terms");
    let draft = Round::draft("2569-1".parse().expect("a name"), terms, at("2026-10-01T00:00:00Z"));
    Round { state: RoundState::Open, ..draft }
}

/// What a letter of the round is written from at a moment.
fn as_of<'a>(round: &'a Round, now: &str) -> About<'a> {
    About::new(round, &CALENDAR, "https://palad.test", at(now))
}

fn agency() -> Agency {
    Agency {
        code: "540101".parse().expect("a code"),
        kind: AgencyKind::Subdistrict,
        name: "แม่ยม<b>".into(),
        district: "เมืองแพร่".into(),
        province: Province::by_name("แพร่").expect("a province"),
        official_email: None,
        official_phone: None,
    }
}

fn of(step: Step) -> StepOf {
    StepOf::new(round().id, step, &round().terms.dates)
}

fn asked(way: Way, step: Step) -> Reminder {
    let text = |text: &str| Some(text.to_owned());
    let person = Person::parse(&PersonInput {
        prefix: text("นาย"),
        first_name: text("สมชาย"),
        last_name: text("ใจดี"),
        position: text("ปลัด อบต."),
        level: text("กลาง"),
        affiliation: text("สำนักปลัด"),
        phone: text("0-5453-4119 ต่อ 203, 08-6586-2599"),
        mobile: text("08-1234-5678"),
        photo: None,
    })
    .expect("a person");
    let record = PublicPost {
        agency: agency().code,
        version: Version(3),
        state: PostState::Held,
        person: Some(person.public()),
        photo: None,
        updated_at: None,
        confirmed_at: None,
    };
    let has_record = matches!(way, Way::Confirm { .. });
    Reminder {
        to: "saraban@maeyom.test".parse().expect("an address"),
        agency: agency().view(),
        of: of(step),
        record: has_record.then_some(record),
        way,
    }
}

#[test]
fn a_reminder_shows_the_record_and_one_link_in_the_words_of_an_office() {
    let (round, way) = (round(), Way::Confirm { token: "T0ken".into() });
    let letter = reminder(&asked(way, Step::Before(7)), &as_of(&round, DURING));
    for part in [
        "ด้วยมีการดำเนินการ “สำรวจข้อมูลปลัด ประจำปี ๒๕๖๙” จึงขอความร่วมมือหน่วยงานของท่าน",
        "อ้างถึง  หนังสือ ที่ มท ๐๘๐๙.๔/ว ๑๒๓ ลงวันที่ ๒๕ ตุลาคม ๒๕๖๙",
        "ภายในวันที่ ๓๐ พฤศจิกายน ๒๕๖๙ (เหลือเวลาอีก ๗ วัน)",
        "โปรดตรวจสอบเบอร์โทรศัพท์ด้วย",
        "อำเภอเมืองแพร่ จังหวัดแพร่",
        "นายสมชาย ใจดี",
        "0-5453-4119 ต่อ 203",
        "https://palad.test/confirm#T0ken",
        "จึงเรียนมาเพื่อพิจารณาดำเนินการ",
        "ขอแสดงความนับถือ",
        "2026-11-30 (7 days left)",
    ] {
        assert!(letter.text.contains(part), "{part} in {}", letter.text);
    }
    assert_eq!(letter.text.matches("https://").count(), 1, "one link and no other");
    assert!(
        !letter.text.contains("08-1234-5678") && !letter.text.contains("08-6586-2599"),
        "no mobile numbers"
    );
    assert!(letter.subject.contains("เหลือเวลาอีก 7 วัน"));
    assert!(letter.html.contains("แม่ยม&lt;b&gt;") && !letter.html.contains("แม่ยม<b>"));
    assert!(letter.html.contains(r#"<a href="https://palad.test/confirm#T0ken">"#));
}

#[test]
fn a_letter_names_the_files_of_its_round_with_their_links() {
    let file = |id: &str, name: &str| Attachment {
        id: AttachmentId::parse(&id.repeat(22)).expect("a name"),
        name: name.into(),
        length: 7,
    };
    let attachments = vec![file("a", "หนังสือ ว 123.pdf"), file("b", "คู่มือ <b>.pdf")];
    let round = Round { attachments, ..round() };
    let about = as_of(&round, DURING);
    let way = Way::Confirm { token: "T0ken".into() };
    for letter in [reminder(&asked(way, Step::Before(7)), &about), digest(&listed(), &about)] {
        for part in [
            "สิ่งที่ส่งมาด้วย / Enclosed",
            "    หนังสือ ว 123.pdf\n    https://palad.test/files/aaaaaaaaaaaaaaaaaaaaaa.pdf\n",
            "    คู่มือ <b>.pdf\n    https://palad.test/files/bbbbbbbbbbbbbbbbbbbbbb.pdf\n",
        ] {
            assert!(letter.text.contains(part), "{part} in {}", letter.text);
        }
        let link = r#"<a href="https://palad.test/files/bbbbbbbbbbbbbbbbbbbbbb.pdf">คู่มือ &lt;b&gt;.pdf</a>"#;
        assert!(letter.html.contains(link), "{}", letter.html);
    }
}

#[test]
fn who_has_no_record_or_no_account_is_led_to_where_it_is_made() {
    let round = round();
    let about = as_of(&round, AFTER);
    let silent = reminder(&asked(Way::SignIn, Step::After(1)), &about);
    assert!(silent.text.contains("https://palad.test/sign-in") && silent.text.contains("พ้นกำหนดแล้ว"));
    assert!(silent.subject.contains("พ้นกำหนดเมื่อ 30 พฤศจิกายน 2569"));
    let unknown = reminder(&asked(Way::Register, Step::After(1)), &about);
    assert!(unknown.text.contains("https://palad.test/register") && unknown.text.contains("ยังไม่ได้ลงทะเบียน"));
}

fn listed() -> Digest {
    let owing = |district: &str, name: &str, standing: Standing, telephone: Option<&str>| Owing {
        district: district.into(),
        name: name.into(),
        standing,
        telephone: telephone.map(str::to_owned),
    };
    let mut tally = Tally::default();
    for standing in [
        Standing::Silent,
        Standing::NotRegistered,
        Standing::Unreachable,
        Standing::Updated,
        Standing::Exempt,
    ] {
        tally += Tally::one(standing, false);
    }
    Digest {
        to: "somsri@phrae.test".parse().expect("an address"),
        province: Province::by_name("แพร่").expect("a province").code(),
        of: of(Step::Before(7)),
        tally,
        owing: vec![
            owing("เมืองแพร่", "อบต.แม่ยม", Standing::Silent, Some("0-5453-4119")),
            owing("เมืองแพร่", "อบต.ป่าแมต", Standing::NotRegistered, None),
            owing("สอง", "ทต.สอง", Standing::Unreachable, Some("0-5459-1111")),
        ],
    }
}

#[test]
fn a_digest_names_who_owes_by_district_with_telephones() {
    let round = round();
    let letter = digest(&listed(), &as_of(&round, DURING));
    for part in [
        "รอบ “สำรวจข้อมูลปลัด ประจำปี ๒๕๖๙” ครบกำหนดวันที่ ๓๐ พฤศจิกายน ๒๕๖๙ หน่วยงานที่ต้องตอบ ๔ แห่ง ตอบแล้ว ๑ แห่ง ยังไม่ตอบ ๓ แห่ง",
        "อำเภอเมืองแพร่ (๒ แห่ง)\n    อบต.แม่ยม · 0-5453-4119\n    อบต.ป่าแมต · ไม่มีหมายเลขโทรศัพท์ · ยังไม่ลงทะเบียน",
        "อำเภอสอง (๑ แห่ง)\n    ทต.สอง · 0-5459-1111 · ส่งอีเมลไม่ถึง",
        "2026-11-30. Agencies asked: 4; answered: 1; not answered: 3 (silent 1, not registered 1, not reached by mail 1).",
    ] {
        assert!(letter.text.contains(part), "{part} in {}", letter.text);
    }
    assert!(letter.subject.contains("ยังไม่ตอบ 3 แห่ง จังหวัดแพร่ (เหลือเวลาอีก 7 วัน)"), "{}", letter.subject);
    assert!(!letter.text.contains("มีหนังสือแจ้ง"), "nothing is escalated before the deadline");
    let late = digest(&listed(), &as_of(&round, AFTER));
    assert!(late.text.contains("มีหนังสือแจ้งหน่วยงานตามรายชื่อต่อไปนี้ผ่านอำเภอ"));
    assert!(late.subject.starts_with("พ้นกำหนดแล้ว"));
    // With a letter to the districts that can be printed.
    for part in ["เรียน  นายอำเภอทุกอำเภอ", "ยังไม่ตอบ ๓ แห่ง ตามรายชื่อที่ส่งมาด้วย"]
    {
        assert!(late.text.contains(part) && !letter.text.contains(part), "{part} in {}", late.text);
    }
}

#[test]
fn a_message_is_sent_on_its_step_alone_and_never_of_a_round_that_is_stopped_or_over() {
    let looked = |round: Round| RoundLooked { round: Some(round), ..RoundLooked::default() };
    let is_sent = |of: StepOf, looked: &RoundLooked, now: &str| is_current(&of, looked, at(now)).is_some();
    let seven = of(Step::Before(7));
    assert!(is_sent(seven, &looked(round()), DURING));
    assert!(!is_sent(seven, &looked(round()), AFTER), "overtaken by the next step");
    assert!(!is_sent(of(Step::After(1)), &looked(round()), DURING), "not yet");
    assert!(!is_sent(of(Step::Before(3)), &looked(round()), DURING), "not in the plan any more");
    assert!(!is_sent(seven, &RoundLooked::default(), DURING), "no such round");
    assert!(!is_sent(seven, &RoundLooked { is_stopped: true, ..looked(round()) }, DURING));
    let stopped = Round { stopped_at: Some(at(DURING)), ..round() };
    let closed = Round { state: RoundState::Closed, ..round() };
    assert!(!is_sent(seven, &looked(stopped), DURING) && !is_sent(seven, &looked(closed), DURING));
    let day = |text: &str| text.parse().expect("a day");
    let moved = round().moved(day("2026-12-07"), day("2026-12-20"), at(DURING)).expect("moved");
    assert!(!is_sent(seven, &looked(moved.clone()), DURING), "seven days before another deadline");
    let notice = StepOf::new(moved.id, Step::Moved(1), &moved.terms.dates);
    assert!(!is_sent(notice, &looked(moved.clone()), DURING), "nobody orders it before the next morning");
    assert!(is_sent(notice, &looked(moved), NEXT) && !is_sent(notice, &looked(round()), NEXT));
}

#[test]
fn a_moved_deadline_is_announced_with_the_old_day_and_the_new_one() {
    let day = |text: &str| text.parse().expect("a day");
    let moved = round().moved(day("2026-12-07"), day("2026-12-20"), at(DURING)).expect("moved");
    let of = StepOf::new(moved.id, Step::Moved(1), &moved.terms.dates);
    let about = as_of(&moved, NEXT);
    let letter = reminder(&Reminder { of, ..asked(Way::SignIn, Step::Before(7)) }, &about);
    for part in [
        "ภายในวันที่ ๓๐ พฤศจิกายน ๒๕๖๙ นั้น ได้เปลี่ยนวันครบกำหนดเป็นวันที่ ๗ ธันวาคม ๒๕๖๙ (เหลือเวลาอีก ๑๓ วัน)",
        "by 2026-11-30. The deadline has been moved: please answer by 2026-12-07 (13 days left)",
    ] {
        assert!(letter.text.contains(part), "{part} in {}", letter.text);
    }
    assert!(letter.subject.starts_with("เปลี่ยนวันครบกำหนด: "), "{}", letter.subject);
    let letter = digest(&Digest { of, ..listed() }, &about);
    assert!(letter.text.contains("จากวันที่ ๓๐ พฤศจิกายน ๒๕๖๙ เป็นวันที่ ๗ ธันวาคม ๒๕๖๙"), "{}", letter.text);
    assert!(letter.subject.starts_with("เปลี่ยนวันครบกำหนด: "), "{}", letter.subject);
    // The next step is a reminder like any other.
    let letter = reminder(&asked(Way::SignIn, Step::Before(7)), &about);
    assert!(!letter.text.contains("เปลี่ยนวันครบกำหนด"));
}

/// Numbers in a Thai sentence are written as letters of offices write them; what is copied stays as it is typed.
#[test]
fn the_thai_of_a_digest_has_thai_digits_but_for_what_is_copied() {
    let round = round();
    for now in [DURING, AFTER] {
        let letter = digest(&listed(), &as_of(&round, now));
        let (thai, _) = letter.text.split_once("---").expect("Thai first");
        for line in thai.lines() {
            let said = line.replace("0-5453-4119", "").replace("0-5459-1111", "");
            assert!(!said.contains(|sign: char| sign.is_ascii_digit()), "{line}");
        }
        assert!(thai.contains("0-5453-4119"), "{thai}");
    }
}

#[test]
fn a_letter_is_quoted_with_its_number_once_however_that_was_typed() {
    for number in ["มท 0809.4/ว 123", "ที่ มท 0809.4/ว 123", "ที่มท 0809.4/ว 123"]
    {
        let mut round = round();
        round.terms.letter.as_mut().expect("a letter").number = number.into();
        let quoted = as_of(&round, DURING).reference();
        assert_eq!(quoted.as_deref(), Some("หนังสือ ที่ มท ๐๘๐๙.๔/ว ๑๒๓ ลงวันที่ ๒๕ ตุลาคม ๒๕๖๙"));
    }
}

#[test]
fn a_deadline_that_was_moved_to_a_day_that_has_passed_since_is_told_as_that() {
    let today = "2026-11-23".parse().expect("a day");
    let moved = round().moved(today, "2026-12-20".parse().expect("a day"), at(DURING)).expect("moved");
    let of = StepOf::new(moved.id, Step::Moved(1), &moved.terms.dates);
    let letter = reminder(&Reminder { of, ..asked(Way::SignIn, Step::Before(7)) }, &as_of(&moved, NEXT));
    for part in [
        "ภายในวันที่ ๓๐ พฤศจิกายน ๒๕๖๙ นั้น ได้เปลี่ยนวันครบกำหนดเป็นวันที่ ๒๓ พฤศจิกายน ๒๕๖๙ ซึ่งพ้นมาแล้ว",
        "by 2026-11-30. The deadline has been moved to 2026-11-23, which has passed.",
    ] {
        assert!(letter.text.contains(part), "{part} in {}", letter.text);
    }
}
