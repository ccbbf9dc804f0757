//! What can happen to an agency's record and account, and how it is said to people.

use serde::{Deserialize, Serialize};

use crate::record::{Action, Version};
use crate::say::{Say, say};

/// What happened. Never a name, an address or a number: whoever reads the audit need not know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The record was added.
    RecordCreated {
        /// The record's version from then on.
        version: Version,
    },
    /// The record was changed.
    RecordEdited {
        /// The record's version from then on.
        version: Version,
    },
    /// The record was deleted.
    RecordDeleted {
        /// The record's version from then on.
        version: Version,
    },
    /// A deleted record was brought back.
    RecordRestored {
        /// The record's version from then on.
        version: Version,
    },
    /// The record was found right as it stands.
    RecordConfirmed {
        /// The record's version, which stays.
        version: Version,
    },
    /// The post was recorded as vacant through the link of a reminder.
    RecordVacatedByLink {
        /// The record's version from then on.
        version: Version,
    },
    /// Whoever reads the mailbox said through the link of a reminder that the record is not theirs to look after.
    MailboxDisowned,
    /// The account was opened, or opened anew for the same address.
    AccountOpened {
        /// By which proof.
        proof: Proof,
    },
    /// Somebody with another address proved the agency; a waiting time runs.
    TakeOverBegun {
        /// By which proof.
        proof: Proof,
    },
    /// The present owner objected to that.
    TakeOverObjected,
    /// The account went to another address.
    TakenOver {
        /// By which proof.
        proof: Proof,
    },
    /// A claim was refused.
    ClaimRefused,
    /// Somebody signed in from a device that was not known.
    NewDevice,
    /// A new password was set through a mailed link.
    PasswordReset,
    /// An office had the link for a new password sent.
    ResetSent,
    /// A change of the address was begun.
    EmailChangeBegun,
    /// The address was changed.
    EmailChanged,
    /// The change of the address was undone.
    EmailChangeUndone,
    /// The account was offered to a successor.
    HandOverBegun,
    /// The offer was withdrawn.
    HandOverEnded,
    /// The successor accepted.
    HandedOver,
    /// Every session was ended and every device forgotten.
    SignedOutEverywhere,
    /// The account was suspended.
    Suspended {
        /// Why.
        reason: SuspensionReason,
    },
    /// The suspension was lifted.
    Unsuspended,
    /// A one-time code was printed for the official letter.
    LetterCodeIssued,
    /// Somebody on a device that was not known gave a wrong number; told once a day, as the owner is told.
    WrongNumber,
    /// A wrong number was given on a known device.
    WrongNumberOnKnownDevice,
    /// Somebody gave a wrong code for the official letter's.
    WrongLetterCode,
    /// Somebody gave a mailed code that was wrong, used, over or meant for another browser; told once a day.
    WrongCode,
    /// An officer was invited, or invited anew.
    StaffInvited,
    /// The invitation was accepted.
    StaffAccepted,
    /// The officer went to another office.
    StaffMoved,
    /// The officer's account was suspended.
    StaffSuspended,
    /// That suspension was lifted.
    StaffUnsuspended,
    /// An officer signed in from a browser that was not known.
    StaffNewDevice,
    /// An officer signed in by a recovery code, which is used up.
    RecoveryCodeUsed,
    /// Somebody tried to sign in as an officer, to the second step, and was refused; told once a day, as the officer is.
    StaffWrongSignIn,
    /// An officer tried to decide a claim that is not in the office's care; told once a day.
    ClaimOutOfReach,
    /// An officer tried to decide a claim of their own; told once a day.
    OwnClaim,
    /// An officer took a list along as a file; which one, the line tells besides.
    ListExported,
}

/// How somebody showed that an agency is theirs to speak for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// By the agency's own mailbox on the official list.
    Mailbox,
    /// By the one-time code of the official letter.
    LetterCode,
    /// By an office that looked at the claim.
    Approval,
}

/// Why an account is suspended. A choice and no free text: the audit is kept for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionReason {
    /// Somebody else may be using it.
    Misused,
    /// It is in the hands of somebody who should not have it.
    WrongPerson,
    /// The agency asked for it.
    Asked,
    /// Another reason, told to the agency by telephone or letter.
    Other,
}

impl Event {
    /// The event of a change of the record.
    #[must_use]
    pub fn of_record(action: Action, version: Version) -> Self {
        match action {
            Action::Created => Self::RecordCreated { version },
            Action::Edited => Self::RecordEdited { version },
            Action::Deleted => Self::RecordDeleted { version },
            Action::Restored => Self::RecordRestored { version },
        }
    }

    /// The version that the record got by it, where it is about the record.
    #[must_use]
    pub fn record_version(&self) -> Option<Version> {
        match self {
            Self::RecordCreated { version }
            | Self::RecordEdited { version }
            | Self::RecordDeleted { version }
            | Self::RecordRestored { version }
            | Self::RecordVacatedByLink { version } => Some(*version),
            _ => None,
        }
    }

    /// In plain words.
    #[must_use]
    pub fn words(&self) -> Say {
        match self {
            Self::RecordCreated { .. } => say("เพิ่มข้อมูลปลัด", "Added the chief clerk's record"),
            Self::RecordEdited { .. } => say("แก้ไขข้อมูลปลัด", "Edited the chief clerk's record"),
            Self::RecordDeleted { .. } => say("ลบข้อมูลปลัด", "Deleted the chief clerk's record"),
            Self::RecordRestored { .. } => say("กู้คืนข้อมูลปลัดที่ลบไป", "Restored the deleted record"),
            Self::RecordConfirmed { .. } => {
                say("ยืนยันว่าข้อมูลปลัดยังถูกต้อง", "Confirmed that the record is still right")
            }
            Self::RecordVacatedByLink { .. } => say(
                "บันทึกว่าตำแหน่งว่าง ผ่านลิงก์ในอีเมลแจ้งเตือน",
                "Recorded through the link of a reminder that the post is vacant",
            ),
            Self::MailboxDisowned => say(
                "ผู้รับอีเมลแจ้งเตือนแจ้งว่าไม่ได้ดูแลข้อมูลของหน่วยงานนี้แล้ว",
                "Whoever got the reminder said that the record is no longer theirs to look after",
            ),
            Self::AccountOpened { proof } => {
                with_proof(&say("เปิดบัญชีของหน่วยงาน", "Opened the agency's account"), *proof)
            }
            Self::TakeOverBegun { proof } => with_proof(
                &say(
                    "มีผู้ขอรับช่วงบัญชีด้วยอีเมลอื่น อยู่ระหว่างรอ",
                    "Somebody with another address asked to take the account over; the waiting time runs",
                ),
                *proof,
            ),
            Self::TakeOverObjected => {
                say("เจ้าของบัญชีคัดค้านการขอรับช่วงบัญชี", "The owner objected to the take-over")
            }
            Self::TakenOver { proof } => {
                with_proof(&say("บัญชีย้ายไปยังอีเมลอื่น", "The account went to another address"), *proof)
            }
            Self::ClaimRefused => say("ไม่อนุมัติคำขอลงทะเบียน", "Refused a registration"),
            Self::NewDevice => say("เข้าสู่ระบบจากอุปกรณ์ใหม่", "Signed in from a new device"),
            Self::PasswordReset => {
                say("ตั้งรหัสผ่านใหม่ผ่านลิงก์ทางอีเมล", "Set a new password through the mailed link")
            }
            Self::ResetSent => say(
                "ส่งลิงก์ตั้งรหัสผ่านใหม่ไปยังอีเมลของบัญชี",
                "Sent the link for a new password to the account's address",
            ),
            Self::EmailChangeBegun => say("ขอเปลี่ยนอีเมลของบัญชี", "Asked to change the account's address"),
            Self::EmailChanged => say("เปลี่ยนอีเมลของบัญชีแล้ว", "Changed the account's address"),
            Self::EmailChangeUndone => {
                say("ยกเลิกการเปลี่ยนอีเมล กลับไปใช้อีเมลเดิม", "Undid the change of the address")
            }
            Self::HandOverBegun => say("เสนอส่งมอบบัญชีให้ผู้รับช่วง", "Offered the account to a successor"),
            Self::HandOverEnded => say("ยกเลิกการส่งมอบบัญชี", "Withdrew the hand-over"),
            Self::HandedOver => say("ผู้รับช่วงรับมอบบัญชีแล้ว", "The successor accepted the account"),
            Self::SignedOutEverywhere => say("ออกจากระบบทุกอุปกรณ์", "Signed out on every device"),
            Self::Suspended { reason } => {
                let why = reason.words();
                say(format!("ระงับการใช้บัญชี เพราะ{}", why.th), format!("Suspended the account: {}", why.en))
            }
            Self::Unsuspended => say("ยกเลิกการระงับบัญชี", "Lifted the suspension"),
            Self::LetterCodeIssued => {
                say("ออกรหัสสำหรับหนังสือราชการ", "Made a one-time code for the official letter")
            }
            Self::WrongNumber => say(
                "มีผู้กรอกรหัสผ่านผิดจากอุปกรณ์ที่ไม่รู้จัก (บันทึกวันละครั้ง)",
                "Somebody gave a wrong number on an unknown device (noted once a day)",
            ),
            Self::WrongNumberOnKnownDevice => {
                say("กรอกรหัสผ่านผิดบนอุปกรณ์ที่เคยใช้", "Gave a wrong number on a known device")
            }
            Self::WrongLetterCode => {
                say("มีผู้กรอกรหัสจากหนังสือราชการผิด", "Somebody gave a wrong code for the official letter's")
            }
            Self::WrongCode => say(
                "มีผู้กรอกรหัสจากอีเมลที่ผิด ใช้ไปแล้ว หมดอายุ หรือเป็นของเบราว์เซอร์อื่น (บันทึกวันละครั้ง)",
                "Somebody gave a mailed code that was wrong, used, over or another browser's (noted once a day)",
            ),
            Self::StaffNewDevice => {
                say("เจ้าหน้าที่เข้าสู่ระบบจากอุปกรณ์ใหม่", "An officer signed in from a new device")
            }
            Self::RecoveryCodeUsed => {
                say("เจ้าหน้าที่เข้าสู่ระบบด้วยรหัสสำรอง", "An officer signed in by a recovery code")
            }
            Self::StaffWrongSignIn => say(
                "มีผู้พยายามเข้าสู่ระบบด้วยบัญชีเจ้าหน้าที่ แต่วลีรหัสผ่านหรือรหัสไม่ถูกต้อง (บันทึกวันละครั้ง)",
                "Somebody tried to sign in as an officer with a wrong passphrase or code (noted once a day)",
            ),
            Self::ClaimOutOfReach => say(
                "เจ้าหน้าที่พยายามตัดสินคำขอลงทะเบียนนอกพื้นที่ของตน ระบบไม่อนุญาต (บันทึกวันละครั้ง)",
                "An officer tried to decide a registration outside the office's area, and was refused (noted once a day)",
            ),
            Self::OwnClaim => say(
                "เจ้าหน้าที่พยายามตัดสินคำขอลงทะเบียนของตนเอง ระบบไม่อนุญาต (บันทึกวันละครั้ง)",
                "An officer tried to decide a registration of their own, and was refused (noted once a day)",
            ),
            Self::StaffInvited => say("เชิญเจ้าหน้าที่", "Invited an officer"),
            Self::StaffAccepted => say("เจ้าหน้าที่รับคำเชิญ", "An officer accepted the invitation"),
            Self::StaffMoved => say("เจ้าหน้าที่ย้ายไปสำนักงานอื่น", "An officer went to another office"),
            Self::StaffSuspended => say("ระงับบัญชีเจ้าหน้าที่", "Suspended an officer's account"),
            Self::StaffUnsuspended => {
                say("ยกเลิกการระงับบัญชีเจ้าหน้าที่", "Lifted the suspension of an officer's account")
            }
            Self::ListExported => say("ดาวน์โหลดรายการ", "Downloaded a list"),
        }
    }
}

impl Proof {
    /// Every proof.
    pub const ALL: [Self; 3] = [Self::Mailbox, Self::LetterCode, Self::Approval];

    /// In plain words, to stand in brackets after what happened.
    #[must_use]
    pub fn words(self) -> Say {
        match self {
            Self::Mailbox => say("ยืนยันด้วยอีเมลทางการของหน่วยงาน", "proved by the agency's own mailbox"),
            Self::LetterCode => say("ยืนยันด้วยรหัสในหนังสือราชการ", "proved by the code of the official letter"),
            Self::Approval => say("อนุมัติโดยสำนักงาน", "approved by the office"),
        }
    }
}

impl SuspensionReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Misused, Self::WrongPerson, Self::Asked, Self::Other];

    /// In plain words, to stand after "because".
    #[must_use]
    pub fn words(self) -> Say {
        match self {
            Self::Misused => say("อาจมีผู้อื่นใช้บัญชีอยู่", "somebody else may be using it"),
            Self::WrongPerson => {
                say("บัญชีอยู่กับผู้ที่ไม่เกี่ยวข้อง", "it is in the hands of somebody who should not have it")
            }
            Self::Asked => say("หน่วยงานขอให้ระงับ", "the agency asked for it"),
            Self::Other => say("เหตุอื่นที่แจ้งหน่วยงานแล้ว", "another reason that the agency was told"),
        }
    }
}

fn with_proof(what: &Say, proof: Proof) -> Say {
    let how = proof.words();
    say(format!("{} ({})", what.th, how.th), format!("{} ({})", what.en, how.en))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Every kind of event, each once.
    fn examples() -> Vec<Event> {
        let version = Version(1);
        let mut all = vec![
            Event::RecordCreated { version },
            Event::RecordEdited { version },
            Event::RecordDeleted { version },
            Event::RecordRestored { version },
            Event::RecordConfirmed { version },
            Event::RecordVacatedByLink { version },
            Event::MailboxDisowned,
            Event::TakeOverObjected,
            Event::ClaimRefused,
            Event::NewDevice,
            Event::PasswordReset,
            Event::ResetSent,
            Event::EmailChangeBegun,
            Event::EmailChanged,
            Event::EmailChangeUndone,
            Event::HandOverBegun,
            Event::HandOverEnded,
            Event::HandedOver,
            Event::SignedOutEverywhere,
            Event::Unsuspended,
            Event::LetterCodeIssued,
            Event::WrongNumber,
            Event::WrongNumberOnKnownDevice,
            Event::WrongLetterCode,
            Event::WrongCode,
            Event::StaffNewDevice,
            Event::RecoveryCodeUsed,
            Event::StaffWrongSignIn,
            Event::ClaimOutOfReach,
            Event::OwnClaim,
            Event::StaffInvited,
            Event::StaffAccepted,
            Event::StaffMoved,
            Event::StaffSuspended,
            Event::StaffUnsuspended,
            Event::ListExported,
        ];
        for proof in Proof::ALL {
            all.extend([
                Event::AccountOpened { proof },
                Event::TakeOverBegun { proof },
                Event::TakenOver { proof },
            ]);
        }
        all.extend(SuspensionReason::ALL.map(|reason| Event::Suspended { reason }));
        all
    }

    #[test]
    fn every_event_has_words_of_its_own_and_one_form_in_store() {
        let events = examples();
        let words: HashSet<_> = events.iter().map(|event| event.words().th).collect();
        assert_eq!(words.len(), events.len(), "two events with the same words");
        for event in &events {
            let stored = serde_json::to_string(event).expect("an event");
            assert_eq!(serde_json::from_str::<Event>(&stored).expect("the same event"), *event, "{stored}");
        }
    }

    #[test]
    fn the_stored_form_does_not_drift() {
        let stored = |event: Event| serde_json::to_string(&event).expect("an event");
        assert_eq!(
            stored(Event::of_record(Action::Edited, Version(7))),
            r#"{"event":"record_edited","version":7}"#
        );
        assert_eq!(
            stored(Event::AccountOpened { proof: Proof::LetterCode }),
            r#"{"event":"account_opened","proof":"letter_code"}"#
        );
        assert_eq!(
            stored(Event::Suspended { reason: SuspensionReason::WrongPerson }),
            r#"{"event":"suspended","reason":"wrong_person"}"#
        );
    }
}
