//! What must hold of every page, read as a browser would find it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{File, Lang, SiteConfig, files, pages};

fn site() -> Vec<File> {
    files(&SiteConfig {
        help_line_url: Some("https://line.me/ti/g2/example".to_owned()),
        ..SiteConfig::default()
    })
}

fn text(file: &File) -> &str {
    std::str::from_utf8(&file.body).expect("a text file is UTF-8")
}

fn pages_of(site: &[File]) -> impl Iterator<Item = (&str, &str)> {
    site.iter()
        .filter(|file| file.content_type.starts_with("text/html"))
        .map(|file| (file.path.as_str(), text(file)))
}

/// The values of an attribute, in their order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\""))
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(value, _)| value)
        .collect()
}

#[test]
fn every_page_is_whole_in_both_languages() {
    let site = site();
    let paths: BTreeSet<&str> = pages_of(&site).map(|(path, _)| path).collect();
    assert_eq!(paths.len(), pages::all().len() * 2);
    for (path, html) in pages_of(&site) {
        let english = path.starts_with("/en/");
        let lang = if english { "en" } else { "th" };
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{lang}\">")), "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one heading");
        assert_eq!(html.matches("<main").count(), 1, "{path}: one main part");
        for tag in [
            "div", "section", "form", "fieldset", "ul", "ol", "li", "p", "template", "span", "a", "button",
            "table",
        ] {
            let opened =
                html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(
                opened,
                html.matches(&format!("</{tag}>")).count(),
                "{path}: {tag} is opened and closed"
            );
        }
        let twin = if english { path[3..].to_owned() } else { format!("/en{path}") };
        assert!(paths.contains(twin.as_str()), "{path} has its twin {twin}");
    }
}

#[test]
fn nothing_is_inline() {
    let site = site();
    for (path, html) in pages_of(&site) {
        for script in html.split("<script").skip(1) {
            let kind = [" type=\"module\" src=\"/assets/", " src=\"/assets/first."];
            assert!(kind.iter().any(|start| script.starts_with(start)), "{path}");
            assert!(script.contains("\"></script>"), "{path}: a script is a file");
        }
        assert!(!html.contains("<style") && !html.contains(" style=\""), "{path}");
        assert!(!html.contains("javascript:") && !html.contains(" onclick"), "{path}");
    }
    for file in site.iter().filter(|file| file.path.ends_with(".js")) {
        for sink in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
        {
            assert!(!text(file).contains(sink), "{} in {}", sink, file.path);
        }
    }
}

#[test]
fn every_link_and_asset_is_there() {
    let site = site();
    let written: BTreeSet<&str> = site.iter().map(|file| file.path.as_str()).collect();
    for (path, html) in pages_of(&site) {
        for link in [attributes(html, "href"), attributes(html, "src"), attributes(html, "action")].concat() {
            let Some(inside) = link.strip_prefix('/') else {
                let fragment = link.strip_prefix('#');
                let known = fragment.is_some_and(|id| attributes(html, "id").contains(&id));
                assert!(known || link.starts_with("tel:") || link.starts_with("https://"), "{path}: {link}");
                continue;
            };
            let page = format!("/{inside}/index.html").replace("//", "/");
            assert!(written.contains(link) || written.contains(page.as_str()), "{path}: {link}");
        }
    }
    for file in site.iter().filter(|file| file.path.ends_with(".js")) {
        for import in text(file).split("'./").skip(1).filter_map(|rest| rest.split('\'').next()) {
            assert!(written.contains(format!("/assets/{import}").as_str()), "{}: {import}", file.path);
        }
    }
    for file in site.iter().filter(|file| file.path.ends_with(".css")) {
        for asset in text(file).split("url(").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(written.contains(asset), "{}: {asset}", file.path);
        }
    }
}

#[test]
fn names_on_a_page_are_its_own() {
    let site = site();
    for (path, html) in pages_of(&site) {
        let ids = attributes(html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: an id stands twice");
        for reference in [
            attributes(html, "for"),
            attributes(html, "aria-labelledby"),
            attributes(html, "aria-controls"),
            attributes(html, "list"),
        ]
        .concat()
        {
            assert!(ids.contains(&reference), "{path}: nothing is called {reference}");
        }
        for reference in attributes(html, "aria-describedby").iter().flat_map(|all| all.split(' ')) {
            assert!(ids.contains(&reference), "{path}: nothing is called {reference}");
        }
        let mut pointers: BTreeMap<&str, usize> = BTreeMap::new();
        for field in html.split("<input").skip(1).chain(html.split("<select").skip(1)) {
            let field = field.split('>').next().unwrap_or_default();
            if field.contains("type=\"radio\"") {
                continue;
            }
            for pointer in attributes(field, "data-pointer") {
                *pointers.entry(pointer).or_default() += 1;
            }
        }
        for (pointer, times) in pointers {
            assert!(pointer.starts_with('/') && times == 1, "{path}: {pointer} {times} times");
        }
    }
}

#[test]
fn every_field_has_its_label_and_the_place_of_its_error() {
    let site = site();
    for (path, html) in pages_of(&site) {
        let ids = attributes(html, "id");
        for field in html.split("data-pointer=\"").skip(1) {
            let pointer = field.split('"').next().unwrap_or_default();
            let error = match pointer {
                "/replaces/reason" => "replaces-reason-error".to_owned(),
                other => format!("{}-error", other.rsplit('/').next().unwrap_or_default()),
            };
            assert!(ids.contains(&error.as_str()), "{path}: {error}");
        }
    }
}

#[test]
fn what_the_letters_name_is_on_the_screen() {
    let site = site();
    let says = |path: &str, words: &[&str]| {
        let (_, html) = pages_of(&site).find(|(each, _)| *each == path).expect("the page is written");
        for word in words {
            assert!(html.contains(word), "{path}: {word}");
        }
    };
    says(
        "/index.html",
        &[
            "ระบบบันทึก - ค้นหา ข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น ทุกแห่ง",
            "บันทึกข้อมูลปลัด อปท.",
            "ลงทะเบียน",
            "หน่วยงาน",
            "เลือกหน่วยงานของท่าน",
            "รหัสผ่าน (Password)",
            "เข้าสู่ระบบ",
            "คู่มือการกรอกข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น",
            "สอบถามข้อมูลเพิ่มเติม",
        ],
    );
    says(
        "/register/index.html",
        &["Email", "รหัสผ่าน (Password)", "เป็นตัวเลขไม่ต่ำกว่า 6 หลัก", "กรุณากรอกรหัสผ่านอีกครั้ง", "ลงทะเบียน", "ยืนยัน"],
    );
    says("/office/index.html", &["Tools", "class=\"button tools\""]);
    says("/office/personnel/index.html", &["<h1>บุคลากร</h1>", "เพิ่มปลัด", "คน", "ดินสอ", "ถังขยะ"]);
    says(
        "/office/personnel/edit/index.html",
        &[
            "ชื่อ",
            "นามสกุล",
            "เบอร์โทรศัพท์",
            "ตำแหน่ง",
            "ระดับ",
            "สังกัด",
            "ตำแหน่งว่าง (ไม่มีผู้ดำรงตำแหน่ง)",
            "รักษาราชการแทน",
            "บันทึก",
        ],
    );
    says("/manual/index.html", &["คิวอาร์โค้ด", "/assets/line.", "/assets/tools-th.", "ขั้นตอนการกรอกข้อมูล"]);
}

/// What the officers' manuals put in bold stands on the screen, in the same language.
#[test]
fn the_manuals_of_officers_name_what_is_on_their_screens() {
    let site = site();
    let modules: String = site.iter().filter(|file| file.path.ends_with(".js")).map(text).collect();
    for lang in Lang::ALL {
        let staff = format!("{}/", lang.path("/staff"));
        let screens: String =
            pages_of(&site).filter(|(path, _)| path.starts_with(&staff)).map(|(_, html)| html).collect();
        for path in ["/manual/province", "/manual/central"] {
            let file = format!("{}/index.html", lang.path(path));
            let (_, html) = pages_of(&site).find(|(each, _)| *each == file).expect("the page is written");
            let named: BTreeSet<&str> = html
                .split("<main")
                .nth(1)
                .into_iter()
                .flat_map(|main| main.split("<b>").skip(1))
                .filter_map(|rest| rest.split("</b>").next())
                .collect();
            assert!(named.len() > 20, "{file}: {named:?}");
            for words in named {
                // A chip has its count behind its words.
                let shown =
                    [format!(">{words}<"), format!(">{words} <")].iter().any(|each| screens.contains(each));
                let shown = shown || modules.contains(&format!("'{words}'"));
                assert!(shown, "{file}: nothing on the screens is called {words}");
            }
        }
    }
}

#[test]
fn a_mailed_link_waits_for_its_button_and_tells_the_way_on() {
    let site = site();
    for path in [
        "/takeover",
        "/objection",
        "/handover",
        "/email",
        "/email/undo",
        "/staff/invitation",
        "/reset/new",
        "/confirm",
    ] {
        for lang in Lang::ALL {
            let file = format!("{}/index.html", lang.path(path));
            let (_, html) = pages_of(&site).find(|(each, _)| *each == file).expect("the page is written");
            assert!(html.contains("<button class=\"primary\" type=\"submit\" disabled>"), "{file}: a button");
            assert!(html.contains("<section id=\"spent\" hidden>"), "{file}: a way on");
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{file}: not to be listed");
            assert!(!html.contains(" method=\"get\""), "{file}: nothing goes into an address");
        }
    }
}

#[test]
fn what_staff_may_not_do_is_not_in_sight_before_their_role_is_known() {
    let site = site();
    for (path, html) in pages_of(&site).filter(|(path, _)| path.contains("/staff/")) {
        for part in html.split(" data-roles=\"").skip(1) {
            let (roles, rest) = part.split_once('"').expect("the attribute ends");
            assert!(
                roles.split(' ').all(|role| ["province", "district", "central"].contains(&role)),
                "{path}"
            );
            assert!(rest.starts_with(" hidden>"), "{path}: {roles}");
        }
    }
}

#[test]
fn the_same_settings_give_the_same_bytes_and_names_follow_content() {
    let (one, two) = (site(), site());
    assert!(one.iter().zip(&two).all(|(a, b)| a.path == b.path && a.body == b.body));
    let other = files(&SiteConfig { help_telephone: "0 2000 0000".to_owned(), ..SiteConfig::default() });
    let assets = |site: &[File]| -> BTreeSet<String> {
        site.iter()
            .map(|file| file.path.clone())
            .filter(|path| path.starts_with("/assets/") && !path.contains("/line."))
            .collect()
    };
    assert_eq!(assets(&one), assets(&other), "a telephone number is in no asset");
}

#[test]
fn pages_stay_light() {
    let site = site();
    let size: BTreeMap<&str, usize> = site.iter().map(|file| (file.path.as_str(), file.body.len())).collect();
    // What every page has, and what only the pages of the rounds have besides.
    for (path, css) in size.iter().filter(|(path, _)| path.ends_with(".css")) {
        let most = if path.starts_with("/assets/site.") { 28_000 } else { 8_000 };
        assert!(*css <= most, "{path}: {css} bytes before compression");
    }
    let fonts: usize = size.iter().filter(|(path, _)| path.ends_with(".woff2")).map(|(_, size)| size).sum();
    assert!(fonts <= 43_000, "fonts: {fonts} bytes");
    for (path, html) in pages_of(&site) {
        let scripts: usize = attributes(html, "href")
            .iter()
            .chain(&attributes(html, "src"))
            .filter(|address| address.ends_with(".js"))
            .map(|address| size[address])
            .sum();
        // Both languages are in a module; brotli makes a quarter of it.
        assert!(scripts <= 40_000, "{path}: {scripts} bytes of script before compression");
        assert!(html.len() <= 48_000, "{path}: {} bytes", html.len());
    }
}

#[test]
fn addresses_of_both_languages() {
    assert_eq!(Lang::English.path("/"), "/en");
    assert_eq!(Lang::English.path("/register"), "/en/register");
    assert_eq!(Lang::Thai.path("/register"), "/register");
}
