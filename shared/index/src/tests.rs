//! The index asked as people ask.

use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::directory::PublicPost;
use palad_domain::person::{Person, PersonInput};
use palad_domain::post::PostState;
use palad_domain::province::Province;
use palad_domain::record::Version;

use super::*;

fn agency(code: &str, kind: &str, name: &str, district: &str, province: &str) -> Agency {
    Agency {
        code: code.parse().expect("a code"),
        kind: kind.parse().expect("a kind"),
        name: name.into(),
        district: district.into(),
        province: Province::by_name(province).expect("a province"),
        official_email: None,
        official_phone: None,
    }
}

fn post(code: &str, version: u64, name: Option<(&str, &str, &str)>) -> PublicPost {
    let person = name.map(|(first, last, phone)| {
        let text = |text: &str| Some(text.to_owned());
        let input = PersonInput {
            prefix: text("นาย"),
            first_name: text(first),
            last_name: text(last),
            position: text("ปลัด"),
            level: text("กลาง"),
            affiliation: text("สำนักปลัด"),
            phone: text(phone),
            mobile: None,
            photo: None,
        };
        Person::parse(&input).expect("a person")
    });
    let state = if person.is_some() { PostState::Held } else { PostState::Vacant };
    PublicPost {
        agency: code.parse().expect("a code"),
        version: Version(version),
        state,
        person,
        photo: None,
        updated_at: None,
        confirmed_at: None,
    }
}

fn index() -> Index {
    let agencies = vec![
        agency("540001", "ทม.", "แพร่", "เมืองแพร่", "แพร่"),
        agency("540002", "อบต.", "แม่ยม", "เมืองแพร่", "แพร่"),
        agency("540003", "อบต.", "แม่ใส", "เมืองแพร่", "แพร่"),
        agency("410001", "อบต.", "หนองบัว", "เมืองอุดรธานี", "อุดรธานี"),
        agency("420001", "อบต.", "หนองบัว", "ภูเรือ", "เลย"),
        agency("710001", "ทม.", "ปากแพรก", "เมืองกาญจนบุรี", "กาญจนบุรี"),
        agency("100001", "กทม.", "กรุงเทพมหานคร", "", "กรุงเทพมหานคร"),
    ];
    let posts = vec![
        post("540001", 3, Some(("สมชาย", "ใจดี", "0-5453-4119 ต่อ 203"))),
        post("540002", 1, Some(("กําพล", "น้ำใจ", "08-6586-2599"))),
        post("410001", 1, None),
    ];
    Index::build(agencies, posts)
}

fn ask(index: &Index, words: &str) -> Vec<String> {
    let query = Query { words: Words::parse(words), limit: 20, ..Query::default() };
    index.search(&query).items.iter().map(|entry| entry.agency.code.to_string()).collect()
}

#[test]
fn people_are_found_by_any_part_of_what_is_known() {
    let index = index();
    for words in [
        "สมชาย",
        "สมชายใจดี",
        "สมชาย ใจดี",
        "นายสมชาย",
        "ใจดี แพร่",
        "เทศบาลเมืองแพร่",
        "ทม แพร่",
        "๐๕๔๕๓๔๑๑๙",
        "0-5453-4119",
        "+66 5453 4119",
        "34119",
        "ใจดี สมชาย",
    ] {
        assert_eq!(ask(&index, words), ["540001"], "{words}");
    }
    assert_eq!(ask(&index, "กำพล"), ["540002"]);
    assert_eq!(ask(&index, "น้ําใจ"), ["540002"]);
    assert_eq!(ask(&index, "นำใจ"), ["540002"], "the tone mark is missing");
    assert!(ask(&index, "สมหญิง").is_empty());
}

#[test]
fn silence_is_listed_only_when_asked_for() {
    let index = index();
    assert_eq!(ask(&index, "").len(), 3);
    let silent = Query { state: Some(PostState::None), limit: 20, ..Query::default() };
    let found = index.search(&silent);
    assert_eq!((found.total, found.facets.state["none"], found.facets.state["held"]), (4, 4, 2));
}

#[test]
fn pages_follow_each_other_in_thai_order() {
    let index = index();
    let mut query = Query { limit: 1, ..Query::default() };
    let mut names = Vec::new();
    loop {
        let found = index.search(&query);
        assert_eq!(found.total, 3);
        names.extend(found.items.iter().map(|entry| entry.agency.name.clone()));
        query.after = found.items.last().map(|entry| entry.agency.code.clone());
        if !found.has_more {
            break;
        }
    }
    assert_eq!(names, ["แพร่", "แม่ยม", "หนองบัว"]);
}

#[test]
fn a_later_version_counts_and_an_earlier_one_does_not() {
    let mut index = index();
    index.update(post("540001", 2, Some(("มาลี", "รักไทย", "0-5453-4119"))));
    assert_eq!(ask(&index, "สมชาย"), ["540001"]);
    index.update(post("540001", 4, Some(("มาลี", "รักไทย", "0-5453-4119"))));
    assert_eq!((ask(&index, "สมชาย").len(), ask(&index, "มาลี").len()), (0, 1));
}

#[test]
fn within_a_version_a_photo_and_a_confirmation_stay_in_whatever_order_they_come() {
    let photo = palad_domain::photo::PhotoId::parse("AAAAAAAAAAAAAAAAAAAAAA").expect("a name");
    let at = |second: i64| jiff::Timestamp::from_second(second).ok();
    let plain = || post("540001", 4, Some(("มาลี", "รักไทย", "0-5453-4119")));
    let views = [
        plain(),
        PublicPost { photo: Some(photo.clone()), ..plain() },
        PublicPost { confirmed_at: at(5), ..plain() },
        PublicPost { confirmed_at: at(9), ..plain() },
    ];
    for first in 0..views.len() {
        let mut index = index();
        views.iter().cycle().skip(first).take(views.len()).for_each(|view| index.update(view.clone()));
        let entry = index.entry(&views[0].agency).expect("an entry");
        assert_eq!((entry.photo.is_some(), entry.confirmed_at), (true, at(9)), "from {first} on");
        index.update(post("540001", 5, None));
        let entry = index.entry(&views[0].agency).expect("an entry");
        assert_eq!(
            (entry.photo.is_some(), entry.confirmed_at),
            (false, None),
            "a new version has neither yet"
        );
    }
}

#[test]
fn the_picker_tells_namesakes_apart() {
    let index = index();
    let names = |words: &str| {
        let found = index.agencies(&Words::parse(words), None);
        found.iter().map(|view| format!("{} {}", view.full_name, view.province)).collect::<Vec<_>>()
    };
    assert_eq!(names("อบต แม่ยม แพร่"), ["องค์การบริหารส่วนตำบลแม่ยม แพร่"]);
    assert_eq!(names("อบต.หนองบัว"), ["องค์การบริหารส่วนตำบลหนองบัว เลย", "องค์การบริหารส่วนตำบลหนองบัว อุดรธานี"]);
    assert_eq!(names("แพร่")[0], "เทศบาลเมืองแพร่ แพร่");
    assert_eq!(names("เทศบาลเมืองแพร่"), ["เทศบาลเมืองแพร่ แพร่"], "ปากแพรก only sounds like it");
    assert_eq!(index.agencies(&Words::default(), Province::by_name("แพร่")).len(), 3);
    let code: AgencyCode = "100001".parse().expect("a code");
    assert_eq!(index.entry(&code).map(|entry| entry.state), Some(PostState::None));
}
