//! Laying a letter out, as plain text and as HTML: Thai first, English below.

use maud::{DOCTYPE, html};
use palad_domain::email::Email;
use palad_domain::mail::Occasion;

use crate::words::{self, Words};
use crate::{account_words, staff_words};

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
            // The messages of rounds are looked at again, and written with what stands then.
            Occasion::Nothing | Occasion::Reminder(_) | Occasion::Digest(_) => return None,
            Occasion::StaffInvited { to, place, token } => (to, staff_words::invited(place, site, token)),
            Occasion::StaffNotice { to, place, notice } => (to, staff_words::notice(place, *notice, site)),
            Occasion::RegistrationCode { to, agency, code } => (to, words::registration_code(agency, code)),
            Occasion::SignInCode { to, agency, code } => (to, words::sign_in_code(agency, code)),
            Occasion::WrongNumber { to, agency } => (to, words::wrong_number(agency, site)),
            Occasion::PasswordReset { to, agency, token } => (to, words::password_reset(agency, site, token)),
            Occasion::PasswordChanged { to, agency } => (to, words::password_changed(agency, site)),
            Occasion::AccountOpened { to, agency } => (to, words::account_opened(agency, site)),
            Occasion::TakeOverBegun { to, agency, token, from } => {
                (to, words::take_over_begun(agency, site, token, *from))
            }
            Occasion::TakeOverNotice { to, agency, by, token, from } => {
                (to, words::take_over_notice(agency, by, (site, token), *from))
            }
            Occasion::TakeOverDisputed { to, agency } => (to, words::take_over_disputed(agency)),
            Occasion::AccountTakenOver { to, agency } => (to, words::account_taken_over(agency, site)),
            Occasion::EmailChangeLink { to, agency, token } => {
                (to, account_words::email_change_link(agency, site, token))
            }
            Occasion::EmailChangedAway { to, agency, by, token } => {
                (to, account_words::email_changed_away(agency, by, site, token))
            }
            Occasion::EmailRestored { to, agency, token } => {
                (to, account_words::email_restored(agency, site, token))
            }
            Occasion::HandOverOffer { to, agency, token } => {
                (to, account_words::hand_over_offer(agency, site, token))
            }
            Occasion::OfficeReset { to, agency, token } => {
                (to, account_words::office_reset(agency, site, token))
            }
            Occasion::AccountNotice { to, agency, notice } => {
                (to, account_words::notice(agency, notice, site))
            }
            Occasion::ClaimRefused { to, agency, reason } => (to, words::claim_refused(agency, *reason)),
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
    use palad_domain::claim::RefusalReason;
    use palad_domain::province::Province;
    use palad_domain::staff::StaffPlace;

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
    fn both_sides_of_a_take_over_are_told_when_and_given_their_own_link() {
        let from = "2026-11-30T04:05:00Z".parse().expect("a time");
        let (agency, token) = (agency(), "T0ken".to_owned());
        let letters = [
            Occasion::TakeOverBegun { to: to(), agency: agency.clone(), token: token.clone(), from },
            Occasion::TakeOverNotice {
                to: to(),
                agency: agency.clone(),
                by: "s…n@mail.test".into(),
                token,
                from,
            },
        ];
        for (occasion, link) in letters.iter().zip(["takeover#T0ken", "objection#T0ken"]) {
            let letter = Letter::write(occasion, "https://palad.test").expect("a letter");
            assert!(letter.text.lines().any(|line| line.trim() == format!("https://palad.test/{link}")));
            assert!(letter.text.contains("ตั้งแต่วันที่ 30 พฤศจิกายน 2569 เวลา 11.05 น."), "{}", letter.text);
            assert!(letter.text.contains("30 November 2026, 11:05 in Bangkok"));
        }
        for reason in RefusalReason::ALL {
            let occasion = Occasion::ClaimRefused { to: to(), agency: agency.clone(), reason };
            let letter = Letter::write(&occasion, "https://palad.test").expect("a letter");
            assert!(letter.text.contains(&*reason.words().th) && letter.text.contains(&*reason.words().en));
        }
        let occasion = Occasion::AccountTakenOver { to: to(), agency };
        assert!(Letter::write(&occasion, "https://palad.test").is_some());
    }

    #[test]
    fn the_token_of_a_link_is_in_its_fragment() {
        let occasion = Occasion::PasswordReset { to: to(), agency: agency(), token: "T0ken".into() };
        let letter = Letter::write(&occasion, "https://palad.test").expect("a letter");
        assert!(letter.text.contains("https://palad.test/reset/new#T0ken"));
        let place = StaffPlace::parse("province", Some("54"), None).expect("a place");
        let occasion = Occasion::StaffInvited { to: to(), place, token: "T0ken".into() };
        let letter = Letter::write(&occasion, "https://palad.test").expect("a letter");
        assert!(letter.text.contains("https://palad.test/staff/invitation#T0ken"));
        assert!(letter.text.contains("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่"));
        assert!(Letter::write(&Occasion::Nothing, "https://palad.test").is_none());
    }
}
