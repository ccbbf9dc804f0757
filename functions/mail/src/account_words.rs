//! What the letters about an account's owner, its address and its hand-over say.
//!
//! Each tells what happened, and what to do if it was not you: the way back is a link, a new password by mail, or
//! the province office, which knows the agency.

use palad_domain::agency::AgencyView;
use palad_domain::mail::AccountNotice;
use palad_domain::say::{Say, say};

use crate::words::{Words, not_mine, place};

/// For the new address, which is not the account's before it says so.
pub(crate) fn email_change_link(agency: &AgencyView, site: &str, token: &str) -> Words {
    Words {
        subject: say("ยืนยันอีเมลใหม่ของบัญชี", "Confirm the account's new address"),
        paragraphs: vec![say(
            format!("มีการขอให้บัญชีของ {} ใช้อีเมลนี้ เปิดลิงก์นี้แล้วกดปุ่มยืนยันภายใน 24 ชั่วโมง", place(agency)),
            format!(
                "The account of {} is to use this address. Open this link and press the button within 24 hours.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/email#{token}")),
        closing: vec![not_mine()],
    }
}

/// For the old address, which has a week to take it back.
pub(crate) fn email_changed_away(agency: &AgencyView, by: &str, site: &str, token: &str) -> Words {
    Words {
        subject: say("เปลี่ยนอีเมลของบัญชีแล้ว", "The account's address was changed"),
        paragraphs: vec![
            say(
                format!("บัญชีของ {} เปลี่ยนไปใช้อีเมล {by} แล้ว อีเมลนี้จะไม่ได้รับข่าวจากบัญชีอีก", place(agency)),
                format!(
                    "The account of {} now uses the address {by}. This address gets no more mail from it.",
                    place(agency)
                ),
            ),
            say(
                "หากท่านไม่ได้เปลี่ยน ให้เปิดลิงก์นี้แล้วกดปุ่มยกเลิกภายใน 7 วัน บัญชีจะกลับมาใช้อีเมลนี้ ทุกอุปกรณ์จะออกจากระบบ และท่านจะได้รับลิงก์ตั้งรหัสผ่านใหม่",
                "If this was not you, open this link and press the button within 7 days. The account comes back to this address, every device is signed out, and you get a link to set a new password.",
            ),
        ],
        highlight: Some(format!("{site}/email/undo#{token}")),
        closing: vec![say("หากท่านเปลี่ยนเอง ไม่ต้องทำอะไร", "If it was you, you need not do anything.")],
    }
}

/// For the old address, which is the account's again.
pub(crate) fn email_restored(agency: &AgencyView, site: &str, token: &str) -> Words {
    Words {
        subject: say("บัญชีกลับมาใช้อีเมลนี้แล้ว", "The account is back at this address"),
        paragraphs: vec![say(
            format!(
                "บัญชีของ {} กลับมาใช้อีเมลนี้แล้ว และทุกอุปกรณ์ออกจากระบบแล้ว เพื่อไม่ให้ผู้อื่นเข้าใช้อีก เปิดลิงก์นี้ภายใน 60 นาทีเพื่อตั้งรหัสผ่านใหม่",
                place(agency)
            ),
            format!(
                "The account of {} uses this address again, and every device is signed out. So that nobody else can use it, open this link within 60 minutes and set a new password.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/reset/new#{token}")),
        closing: vec![say(
            format!("หากลิงก์หมดอายุ ขอลิงก์ใหม่ได้ที่ {site}/reset"),
            format!("If the link has expired, ask for a new one at {site}/reset"),
        )],
    }
}

/// For the successor.
pub(crate) fn hand_over_offer(agency: &AgencyView, site: &str, token: &str) -> Words {
    Words {
        subject: say("รับมอบบัญชีหน่วยงาน", "An agency's account is handed over to you"),
        paragraphs: vec![say(
            format!(
                "ผู้ดูแลบัญชีของ {} ส่งมอบบัญชีให้ท่าน เปิดลิงก์นี้ภายใน 7 วัน แล้วตั้งรหัสผ่านของท่านเองเพื่อรับมอบ",
                place(agency)
            ),
            format!(
                "The officer who has the account of {} hands it over to you. Open this link within 7 days and set a password of your own to accept.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/handover#{token}")),
        closing: vec![say(
            "หากท่านไม่ได้รับผิดชอบหน่วยงานนี้ ไม่ต้องทำอะไร บัญชีจะยังเป็นของผู้ดูแลเดิม",
            "If this agency is not yours to look after, you need not do anything: the account stays where it is.",
        )],
    }
}

/// For an owner who asked an office for help.
pub(crate) fn office_reset(agency: &AgencyView, site: &str, token: &str) -> Words {
    Words {
        subject: say("ตั้งรหัสผ่านใหม่", "Set a new password"),
        paragraphs: vec![say(
            format!(
                "เจ้าหน้าที่ส่งลิงก์นี้ให้ท่านเพื่อตั้งรหัสผ่านใหม่ของ {} เปิดลิงก์นี้ภายใน 60 นาที เจ้าหน้าที่ไม่เห็นและไม่ทราบรหัสผ่านของท่าน",
                place(agency)
            ),
            format!(
                "The office sent you this link to set a new password for {}. Open it within 60 minutes. The office neither sees nor knows your password.",
                place(agency)
            ),
        )],
        highlight: Some(format!("{site}/reset/new#{token}")),
        closing: vec![not_mine()],
    }
}

/// What an owner, or who was one, must know.
pub(crate) fn notice(agency: &AgencyView, notice: &AccountNotice, site: &str) -> Words {
    match notice {
        AccountNotice::EmailChangeBegun { by } => Words {
            subject: say("มีการขอเปลี่ยนอีเมลของบัญชี", "A change of the account's address was begun"),
            paragraphs: vec![say(
                format!("มีการขอเปลี่ยนอีเมลของบัญชี {} เป็น {by} จากผู้ที่เข้าสู่ระบบอยู่", place(agency)),
                format!(
                    "Somebody who is signed in to the account of {} asked to change its address to {by}.",
                    place(agency)
                ),
            )],
            highlight: Some(format!("{site}/reset")),
            closing: vec![if_not_you_reset()],
        },
        AccountNotice::EmailChanged => Words {
            subject: say("อีเมลนี้เป็นอีเมลของบัญชีแล้ว", "This is the account's address now"),
            paragraphs: vec![say(
                format!("บัญชีของ {} ใช้อีเมลนี้แล้ว รหัสยืนยันและข่าวของบัญชีจะส่งมาที่นี่", place(agency)),
                format!(
                    "The account of {} uses this address now: its codes and notices come here.",
                    place(agency)
                ),
            )],
            highlight: Some(format!("{site}/")),
            closing: vec![see_take_overs()],
        },
        AccountNotice::EmailChangeUndone => Words {
            subject: say("ยกเลิกการเปลี่ยนอีเมลของบัญชี", "The change of the account's address was undone"),
            paragraphs: vec![say(
                format!(
                    "เจ้าของอีเมลเดิมยกเลิกการเปลี่ยนอีเมลของบัญชี {} บัญชีไม่ได้ใช้อีเมลนี้แล้ว และทุกอุปกรณ์ออกจากระบบแล้ว",
                    place(agency)
                ),
                format!(
                    "The owner of the former address undid the change for {}. The account uses this address no more, and every device is signed out.",
                    place(agency)
                ),
            )],
            highlight: None,
            closing: vec![call_the_province()],
        },
        AccountNotice::HandOverBegun { by } => Words {
            subject: say("มีการส่งมอบบัญชีให้ผู้รับช่วง", "The account was offered to a successor"),
            paragraphs: vec![say(
                format!(
                    "มีการส่งลิงก์รับมอบบัญชีของ {} ไปที่ {by} จากผู้ที่เข้าสู่ระบบอยู่ บัญชียังเป็นของท่านจนกว่าผู้รับช่วงจะรับมอบ และยกเลิกได้ในหน้าบัญชีของหน่วยงาน",
                    place(agency)
                ),
                format!(
                    "Somebody who is signed in to the account of {} sent the link to accept it to {by}. The account stays yours until it is accepted; the account page withdraws the offer.",
                    place(agency)
                ),
            )],
            highlight: Some(format!("{site}/reset")),
            closing: vec![if_not_you_reset()],
        },
        AccountNotice::HandedOver { by } => Words {
            subject: say("ส่งมอบบัญชีแล้ว", "The account was handed over"),
            paragraphs: vec![say(
                format!("{by} รับมอบบัญชีของ {} แล้ว ท่านเข้าใช้บัญชีนี้ไม่ได้อีก", place(agency)),
                format!("{by} accepted the account of {}. You can use it no more.", place(agency)),
            )],
            highlight: None,
            closing: vec![call_the_province()],
        },
        AccountNotice::HandOverAccepted => Words {
            subject: say("รับมอบบัญชีแล้ว", "The account is yours"),
            paragraphs: vec![say(
                format!("บัญชีของ {} เป็นของท่านแล้ว เข้าสู่ระบบด้วยรหัสผ่านที่ท่านตั้งไว้", place(agency)),
                format!("The account of {} is yours. Sign in with the password that you set.", place(agency)),
            )],
            highlight: Some(format!("{site}/")),
            closing: vec![see_take_overs()],
        },
        AccountNotice::OpenedSuspended => Words {
            subject: say("ยืนยันหน่วยงานแล้ว แต่บัญชีถูกระงับอยู่", "Proved, but the account is suspended"),
            paragraphs: vec![say(
                format!(
                    "ท่านยืนยันแล้วว่าเป็นผู้แทนของ {} แต่เจ้าหน้าที่ระงับการใช้บัญชีไว้ จึงยังเข้าสู่ระบบไม่ได้จนกว่าจะเปิดใช้งานอีกครั้ง แล้วใช้รหัสผ่านที่ท่านเพิ่งตั้ง",
                    place(agency)
                ),
                format!(
                    "You have proved that {} is yours, but the office has suspended its account: nobody can sign in until it is opened again, and then with the password that you have just set.",
                    place(agency)
                ),
            )],
            highlight: None,
            closing: vec![call_the_province()],
        },
        AccountNotice::Suspended { reason } => {
            let why = reason.words();
            Words {
                subject: say("บัญชีถูกระงับ", "The account is suspended"),
                paragraphs: vec![say(
                    format!(
                        "เจ้าหน้าที่ระงับการใช้บัญชีของ {} เพราะ{} ทุกอุปกรณ์ออกจากระบบแล้ว และยังเข้าสู่ระบบไม่ได้จนกว่าจะเปิดใช้งานอีกครั้ง",
                        place(agency),
                        why.th
                    ),
                    format!(
                        "The office suspended the account of {}, because {}. Every device is signed out, and nobody can sign in until it is opened again.",
                        place(agency),
                        why.en
                    ),
                )],
                highlight: None,
                closing: vec![call_the_province()],
            }
        }
        AccountNotice::Unsuspended => Words {
            subject: say("เปิดใช้บัญชีอีกครั้ง", "The account can be used again"),
            paragraphs: vec![say(
                format!(
                    "บัญชีของ {} ใช้งานได้อีกครั้งแล้ว หากไม่แน่ใจว่ามีผู้อื่นรู้รหัสผ่านหรือไม่ ให้ตั้งรหัสผ่านใหม่ก่อน",
                    place(agency)
                ),
                format!(
                    "The account of {} can be used again. If somebody else may know the password, set a new one first.",
                    place(agency)
                ),
            )],
            highlight: Some(format!("{site}/reset")),
            closing: vec![],
        },
    }
}

/// Whoever has the account now was not told of a take-over that began while it was another's.
fn see_take_overs() -> Say {
    say(
        "หากมีผู้อื่นขอรับช่วงบัญชีนี้อยู่ หน้าบัญชีจะแสดงไว้ พร้อมปุ่มคัดค้าน โปรดเข้าสู่ระบบเพื่อตรวจดู",
        "If somebody else is waiting to take this account over, the account page shows it, with a button to object: sign in and look.",
    )
}

/// The way back for who still has the mailbox: a new password ends whatever was begun.
fn if_not_you_reset() -> Say {
    say(
        "หากไม่ใช่ท่าน ให้ตั้งรหัสผ่านใหม่จากลิงก์ข้างต้นทันที ทุกอุปกรณ์จะออกจากระบบและสิ่งที่ขอไว้จะถูกยกเลิก หรือติดต่อสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด",
        "If this was not you, set a new password at the address above at once: every device is signed out and what was begun is over. Or call the province office.",
    )
}

/// The way back for who has not.
fn call_the_province() -> Say {
    say(
        "หากไม่ถูกต้อง ให้ติดต่อสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดทันที",
        "If this is not right, call the province office at once.",
    )
}

#[cfg(test)]
mod tests {
    use palad_domain::agency::{Agency, AgencyKind};
    use palad_domain::audit::SuspensionReason;
    use palad_domain::province::Province;

    use super::*;

    const SITE: &str = "https://palad.test";

    fn agency() -> AgencyView {
        Agency {
            code: "540001".parse().expect("a code"),
            kind: AgencyKind::Town,
            name: "แพร่".into(),
            district: "เมืองแพร่".into(),
            province: Province::by_name("แพร่").expect("a province"),
            official_email: None,
            official_phone: None,
        }
        .view()
    }

    fn all_of(words: &Words) -> String {
        let says = words.paragraphs.iter().chain(&words.closing).chain([&words.subject]);
        says.map(|say| format!("{} {} ", say.th, say.en)).collect()
    }

    #[test]
    fn each_link_has_its_token_in_the_fragment_and_nowhere_else() {
        let agency = agency();
        for (words, path) in [
            (email_change_link(&agency, SITE, "T0ken"), "/email#"),
            (email_changed_away(&agency, "n…w@mail.test", SITE, "T0ken"), "/email/undo#"),
            (email_restored(&agency, SITE, "T0ken"), "/reset/new#"),
            (hand_over_offer(&agency, SITE, "T0ken"), "/handover#"),
            (office_reset(&agency, SITE, "T0ken"), "/reset/new#"),
        ] {
            assert_eq!(words.highlight, Some(format!("{SITE}{path}T0ken")));
            assert!(!all_of(&words).contains("T0ken"));
            assert!(all_of(&words).contains("เทศบาลเมืองแพร่ อำเภอเมืองแพร่ จังหวัดแพร่"));
        }
    }

    #[test]
    fn whatever_may_not_have_been_the_owner_names_a_way_back() {
        let by = || "n…w@mail.test".to_owned();
        for (what, resets) in [
            (AccountNotice::EmailChangeBegun { by: by() }, true),
            (AccountNotice::HandOverBegun { by: by() }, true),
            (AccountNotice::EmailChangeUndone, false),
            (AccountNotice::HandedOver { by: by() }, false),
            (AccountNotice::Suspended { reason: SuspensionReason::Misused }, false),
        ] {
            let words = notice(&agency(), &what, SITE);
            assert!(all_of(&words).contains("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"), "{what:?}");
            assert_eq!(words.highlight, resets.then(|| format!("{SITE}/reset")), "{what:?}");
        }
    }
}
