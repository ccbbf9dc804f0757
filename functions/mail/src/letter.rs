//! Laying a letter out, as plain text and as HTML: Thai first, English below.

use maud::{DOCTYPE, html};
use palad_domain::email::Email;
use palad_domain::mail::Occasion;

use crate::words::{self, Words};

/// A letter that can be sent.
pub(crate) struct Letter {
    pub(crate) to: Email,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

impl Letter {
    /// Writes the letter for an occasion; none where nothing is to be sent.
    pub(crate) fn write(occasion: &Occasion, site: &str) -> Option<Self> {
        let (to, words) = match occasion {
            Occasion::Nothing => return None,
            Occasion::RegistrationCode { to, agency, code } => (to, words::registration_code(agency, code)),
            Occasion::SignInCode { to, agency, code } => (to, words::sign_in_code(agency, code)),
            Occasion::WrongNumber { to, agency } => (to, words::wrong_number(agency, site)),
            Occasion::PasswordReset { to, agency, token } => (to, words::password_reset(agency, site, token)),
            Occasion::PasswordChanged { to, agency } => (to, words::password_changed(agency, site)),
            Occasion::AccountOpened { to, agency } => (to, words::account_opened(agency, site)),
        };
        Some(Self {
            to: to.clone(),
            subject: format!("{} - ระบบบันทึกข้อมูลปลัด อปท.", words.subject.th),
            text: text(&words),
            html: layout(&words),
        })
    }
}

fn text(words: &Words) -> String {
    let mut parts: Vec<String> = words.paragraphs.iter().map(|say| say.th.to_string()).collect();
    parts.extend(words.highlight.iter().map(|line| format!("    {line}")));
    parts.extend(words.closing.iter().map(|say| say.th.to_string()));
    parts.push("---".to_owned());
    parts.push(words.subject.en.to_string());
    parts.extend(words.paragraphs.iter().chain(&words.closing).map(|say| say.en.to_string()));
    parts.join("\n\n") + "\n"
}

fn layout(words: &Words) -> String {
    let is_link = words.highlight.as_ref().is_some_and(|line| line.starts_with("http"));
    let page = html! {
        (DOCTYPE)
        html lang="th" {
            head { meta charset="utf-8"; title { (words.subject.th) } }
            body style="font-family:Sarabun,Tahoma,sans-serif;font-size:18px;line-height:1.6;max-width:36em" {
                h1 style="font-size:24px" { (words.subject.th) }
                @for say in &words.paragraphs { p { (say.th) } }
                @if let Some(line) = &words.highlight {
                    @if is_link {
                        p { a href=(line) { (line) } }
                    } @else {
                        p style="font-size:28px;font-weight:bold" { (line) }
                    }
                }
                @for say in &words.closing { p { (say.th) } }
                hr;
                div lang="en" {
                    @for say in words.paragraphs.iter().chain(&words.closing) { p { (say.en) } }
                }
            }
        }
    };
    page.into_string()
}

#[cfg(test)]
mod tests {
    use palad_domain::agency::{Agency, AgencyKind};
    use palad_domain::province::Province;

    use super::*;

    fn agency() -> palad_domain::agency::AgencyView {
        Agency {
            code: "540001".parse().expect("a code"),
            kind: AgencyKind::Town,
            name: "แพร่<b>".into(),
            district: "เมืองแพร่".into(),
            province: Province::by_name("แพร่").expect("a province"),
            official_email: None,
            official_phone: None,
        }
        .view()
    }

    fn to() -> Email {
        "saraban@phrae.test".parse().expect("an address")
    }

    #[test]
    fn a_code_stands_on_its_own_line_and_markup_is_escaped() {
        let occasion = Occasion::SignInCode { to: to(), agency: agency(), code: "01234567".into() };
        let letter = Letter::write(&occasion, "https://palad.test").expect("a letter");
        assert!(letter.text.lines().any(|line| line.trim() == "01234567"));
        assert!(letter.html.contains("01234567") && !letter.html.contains("แพร่<b>"));
        assert!(letter.text.contains("อำเภอเมืองแพร่ จังหวัดแพร่"));
    }

    #[test]
    fn the_token_of_a_link_is_in_its_fragment() {
        let occasion = Occasion::PasswordReset { to: to(), agency: agency(), token: "T0ken".into() };
        let letter = Letter::write(&occasion, "https://palad.test").expect("a letter");
        assert!(letter.text.contains("https://palad.test/reset/new#T0ken"));
        assert!(Letter::write(&Occasion::Nothing, "https://palad.test").is_none());
    }
}
