//! How the letters look: one file for the printer, an A4 page for each agency, and nothing in it from elsewhere.

use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use palad_domain::agency::Agency;
use palad_site::SiteConfig;
use palad_thai::digits::to_thai_digits;
use qrcodegen::{QrCode, QrCodeEcc};

use super::Letter;

/// The white border of a QR code, in modules.
const QUIET: i32 = 4;

/// What is the same on every page.
pub(super) struct Pages<'a> {
    /// The site's address.
    pub(super) site: &'a str,
    /// Whom to call.
    pub(super) telephone: &'a str,
    /// The last day of the codes.
    pub(super) valid_until: &'a str,
}

impl Pages<'_> {
    /// The file, or none where the site's address is too long for a QR code.
    pub(super) fn html(&self, letters: &[Letter]) -> Option<String> {
        let pages = letters.iter().map(|letter| self.page(letter)).collect::<Option<Vec<Markup>>>()?;
        let file = html! {
            (DOCTYPE)
            html lang="th" {
                head {
                    meta charset="utf-8";
                    meta name="robots" content="noindex";
                    title { "รหัสลงทะเบียนของหน่วยงาน" }
                    style { (PreEscaped(fonts())) (PreEscaped(STYLE)) }
                }
                body { @for page in pages { (page) } }
            }
        };
        Some(file.into_string())
    }

    fn page(&self, Letter { agency, code }: &Letter) -> Option<Markup> {
        let address = format!("{}/register", self.site);
        let short = address.split_once("://").map_or(address.as_str(), |(_, short)| short);
        let shown = code.shown();
        let qr = qr(&format!("{address}#{}.{shown}", agency.code))?;
        let telephone = to_thai_digits(self.telephone);
        Some(html! {
            section {
                header {
                    p.system { "ระบบบันทึกข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น" }
                    h1 { "รหัสลงทะเบียนของหน่วยงาน" }
                }
                p.agency { (agency.full_name()) }
                p.place { (place(agency)) span.number { "รหัสหน่วยงาน " (agency.code) } }
                div.code {
                    (qr)
                    div {
                        p { "รหัสลงทะเบียน" }
                        p.letters { (shown) }
                        p { "ใช้ได้ครั้งเดียว ถึงวันที่ " (self.valid_until) }
                    }
                }
                ol {
                    li { b { "๑" } span {
                        "สแกน QR code หรือพิมพ์ที่อยู่ " span.address { (short) } " แล้วเลือกหน่วยงานของท่าน"
                    } }
                    li { b { "๒" } span { "กรอกอีเมลของหน่วยงาน และตั้งรหัสผ่านเป็นตัวเลขไม่ต่ำกว่า ๖ หลัก แล้วกดยืนยัน" } }
                    li { b { "๓" } span {
                        "กรอกรหัสลงทะเบียน " span.address { (shown) } " ในช่อง รหัส 10 ตัวจากหนังสือ บัญชีใช้งานได้ทันที"
                    } }
                }
                p.care {
                    "ผู้ที่มีรหัสนี้เปิดบัญชีของหน่วยงานได้ทันที แม้มีผู้อื่นลงทะเบียนไว้แล้ว โปรดเก็บเป็นความลับ "
                    "และส่งให้เฉพาะผู้รับผิดชอบข้อมูลปลัดของหน่วยงาน"
                }
                footer { "สอบถามเพิ่มเติม โทร. " (telephone) }
            }
        })
    }
}

/// District and province, for names repeat.
fn place(agency: &Agency) -> String {
    let province = agency.province.name();
    if agency.district.is_empty() {
        province.to_owned()
    } else {
        format!("อำเภอ{} จังหวัด{province}", agency.district)
    }
}

/// The QR code of a link, as a drawing in the page: each run of dark modules is one stroke.
fn qr(link: &str) -> Option<Markup> {
    let code = QrCode::encode_text(link, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    let side = code.size() + 2 * QUIET;
    Some(html! {
        svg viewBox={ "0 0 " (side) " " (side) } role="img" aria-label="QR code" shape-rendering="crispEdges" {
            path d=(path) {}
        }
    })
}

/// The site's own typeface, inside the file.
fn fonts() -> String {
    let files = palad_site::files(&SiteConfig::default());
    let mut faces = String::new();
    for (name, weight, range) in [
        ("sarabun-thai-400", 400, "U+0E01-0E5B"),
        ("sarabun-thai-700", 700, "U+0E01-0E5B"),
        ("sarabun-latin-400", 400, "U+0020-00FF"),
        ("sarabun-latin-700", 700, "U+0020-00FF"),
    ] {
        if let Some(file) = files.iter().find(|file| file.path.contains(name)) {
            let body = BASE64.encode(&file.body);
            faces.push_str(&format!(
                "@font-face{{font-family:Sarabun;font-weight:{weight};src:url(data:font/woff2;base64,{body}) format(\"woff2\");unicode-range:{range}}}"
            ));
        }
    }
    faces
}

const STYLE: &str = "
@page{size:A4;margin:20mm}
*{box-sizing:border-box;margin:0}
body{font:16pt/1.5 Sarabun,'TH Sarabun New',Tahoma,sans-serif;color:#000;background:#fff}
section{break-after:page;min-height:250mm;display:flex;flex-direction:column;gap:6mm}
section:last-child{break-after:auto}
header{text-align:center}
h1{font-size:24pt}
.agency{font-size:22pt;font-weight:700;text-align:center}
.place{display:flex;flex-wrap:wrap;justify-content:center;gap:0 8mm}
.code{display:flex;align-items:center;gap:8mm;border:1pt solid #000;border-radius:3mm;padding:6mm}
.code svg{width:52mm;height:52mm;flex:none}
.code div{flex:1;text-align:center}
.letters{font-size:34pt;font-weight:700;letter-spacing:.06em;white-space:nowrap}
ol{list-style:none;padding:0;display:grid;gap:4mm}
li{display:flex;gap:5mm}
li b{font-size:20pt;line-height:1.2}
.address{font-weight:700;overflow-wrap:anywhere}
.care{border-left:2mm solid #000;padding-left:4mm}
footer{margin-top:auto;text-align:center}
";

#[cfg(test)]
mod tests {
    use palad_domain::agency::AgencyKind;
    use palad_domain::letter_code::LetterCode;
    use palad_domain::province::Province;

    use super::*;

    fn letter(name: &str) -> Letter {
        Letter {
            agency: Agency {
                code: "540101".parse().expect("a code"),
                kind: AgencyKind::Subdistrict,
                name: name.into(),
                district: "เมืองแพร่".into(),
                province: Province::by_name("แพร่").expect("a province"),
                official_email: None,
                official_phone: None,
            },
            code: LetterCode::parse("K7P2M-90X1T").expect("a code"),
        }
    }

    fn html(site: &str) -> Option<String> {
        let pages =
            Pages { site, telephone: "0 2225 8965", valid_until: "๓๑ มีนาคม ๒๕๗๐" };
        pages.html(&[letter("แม่ยม"), letter("<script>")])
    }

    #[test]
    fn a_page_has_all_that_is_needed_and_nothing_from_elsewhere() {
        let html = html("https://palad.example.go.th").expect("pages");
        assert_eq!(html.matches("<section>").count(), 2);
        for words in [
            "องค์การบริหารส่วนตำบลแม่ยม",
            "อำเภอเมืองแพร่ จังหวัดแพร่",
            "รหัสหน่วยงาน 540101",
            "K7P2M-90X1T",
            ">palad.example.go.th/register<",
            "<b>๑</b>",
            "<b>๓</b>",
            "ถึงวันที่ ๓๑ มีนาคม ๒๕๗๐",
            "โทร. ๐ ๒๒๒๕ ๘๙๖๕",
            "<svg viewBox=",
        ] {
            assert!(html.contains(words), "{words}");
        }
        assert!(!html.contains("<script>") && !html.contains("http://") && !html.contains("https://"));
        assert!(!html.contains("<link") && !html.contains("<img") && !html.contains("@import"));
        assert_eq!(html.matches("url(").count(), html.matches("url(data:font/woff2;base64,").count());
        assert_eq!(html.matches("url(").count(), 4);
    }

    #[test]
    fn a_qr_code_has_every_module_of_its_link() {
        let link = "https://palad.example.go.th/register#540101.K7P2M-90X1T";
        let drawn = qr(link).expect("a drawing").into_string();
        let code = QrCode::encode_text(link, QrCodeEcc::Medium).expect("a code");
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let path = drawn.split("d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
        let strokes = path.split('M').skip(1);
        let runs = strokes.map(|stroke| {
            let run = stroke.split('h').nth(1).and_then(|rest| rest.split('v').next());
            run.and_then(|run| run.parse::<usize>().ok()).expect("a run")
        });
        assert_eq!(runs.sum::<usize>(), dark);
        assert!(html(&format!("https://{}.test", "long".repeat(1000))).is_none());
    }
}
