//! How an official letter is laid out: what it is about, to whom, what it refers to, what it says, how it closes. In
//! Thai first, and below a line the same in English.

use maud::{DOCTYPE, Markup, html};
use palad_domain::say::Say;

/// A letter in its parts.
pub(crate) struct Frame {
    /// เรื่อง.
    pub(crate) about: Say,
    /// เรียน.
    pub(crate) to: String,
    /// อ้างถึง.
    pub(crate) reference: Option<String>,
    /// สิ่งที่ส่งมาด้วย: what belongs to it, and where it can be fetched.
    pub(crate) enclosed: Vec<Enclosure>,
    /// What it says.
    pub(crate) paragraphs: Vec<Say>,
    /// What it shows: each group a heading and its lines, the same in both languages.
    pub(crate) shown: Vec<Group>,
    /// What comes after that.
    pub(crate) after: Vec<Say>,
    /// The one link, on a line of its own.
    pub(crate) link: Option<String>,
    /// What follows the link.
    pub(crate) closing: Vec<Say>,
}

/// A file that belongs to a letter.
pub(crate) struct Enclosure {
    pub(crate) name: String,
    pub(crate) url: String,
}

/// Lines under a heading.
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) lines: Vec<String>,
}

/// What stands above the files that belong to a letter.
const ENCLOSED: &str = "สิ่งที่ส่งมาด้วย / Enclosed";
/// How every letter ends.
const FORMULA: &str = "จึงเรียนมาเพื่อพิจารณาดำเนินการ";
const FAREWELL: &str = "ขอแสดงความนับถือ";
const SIGNED: &str = "ระบบบันทึกข้อมูลปลัด อปท.";

impl Frame {
    /// As plain text.
    pub(crate) fn text(&self) -> String {
        let mut parts = vec![self.head()];
        parts.extend(self.paragraphs.iter().map(|say| say.th.to_string()));
        parts.extend(self.shown.iter().map(|group| {
            let lines = group.lines.iter().map(|line| format!("    {line}"));
            std::iter::once(group.heading.clone()).chain(lines).collect::<Vec<_>>().join("\n")
        }));
        parts.extend(self.after.iter().map(|say| say.th.to_string()));
        parts.extend(self.link.iter().map(|link| format!("    {link}")));
        parts.extend(self.closing.iter().map(|say| say.th.to_string()));
        parts.push(FORMULA.to_owned());
        parts.push(format!("{FAREWELL}\n{SIGNED}"));
        parts.push("---".to_owned());
        parts.push(self.about.en.to_string());
        let english = self.paragraphs.iter().chain(&self.after).chain(&self.closing);
        parts.extend(english.map(|say| say.en.to_string()));
        parts.join("\n\n") + "\n"
    }

    fn head(&self) -> String {
        let mut lines = vec![format!("เรื่อง  {}", self.about.th), format!("เรียน  {}", self.to)];
        lines.extend(self.reference.iter().map(|reference| format!("อ้างถึง  {reference}")));
        if !self.enclosed.is_empty() {
            lines.push(ENCLOSED.to_owned());
        }
        lines.extend(self.enclosed.iter().map(|file| format!("    {}\n    {}", file.name, file.url)));
        lines.join("\n")
    }

    /// As HTML.
    pub(crate) fn html(&self) -> String {
        let page: Markup = html! {
            (DOCTYPE)
            html lang="th" {
                head { meta charset="utf-8"; title { (self.about.th) } }
                body style="font-family:Sarabun,Tahoma,sans-serif;font-size:18px;line-height:1.6;max-width:36em" {
                    h1 style="font-size:24px" { (self.about.th) }
                    p {
                        "เรียน  " (self.to)
                        @if let Some(reference) = &self.reference { br; "อ้างถึง  " (reference) }
                    }
                    @if !self.enclosed.is_empty() {
                        p style="margin-bottom:0" { (ENCLOSED) }
                        ul style="margin-top:0" {
                            @for file in &self.enclosed { li { a href=(file.url) { (file.name) } } }
                        }
                    }
                    @for say in &self.paragraphs { (paragraph(&say.th)) }
                    @for group in &self.shown {
                        h2 style="font-size:18px;margin-bottom:0" { (group.heading) }
                        ul style="margin-top:0" { @for line in &group.lines { li { (line) } } }
                    }
                    @for say in &self.after { (paragraph(&say.th)) }
                    @if let Some(link) = &self.link { p { a href=(link) { (link) } } }
                    @for say in &self.closing { (paragraph(&say.th)) }
                    p { (FORMULA) }
                    p { (FAREWELL) br; (SIGNED) }
                    hr;
                    div lang="en" {
                        @for say in self.paragraphs.iter().chain(&self.after).chain(&self.closing) {
                            (paragraph(&say.en))
                        }
                    }
                }
            }
        };
        page.into_string()
    }
}

/// What the office wrote may have several lines.
fn paragraph(text: &str) -> Markup {
    html! {
        p { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
    }
}
