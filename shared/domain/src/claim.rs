//! A registration: a claim to an agency, which a proof turns into its account.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::agency::{Agency, AgencyCode};
use crate::audit::Proof;
use crate::email::Email;
use crate::life::CLOCKS_DIFFER;
use crate::province::ProvinceCode;
use crate::say::{Say, say};

/// The key of a claim: 22 characters of base64url, known only to the browser that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(String);

impl ClaimId {
    /// A key made by a random source.
    #[must_use]
    pub fn of_random(id: String) -> Self {
        Self(id)
    }

    /// A key from an address or the command line, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        crate::record::ClerkId::parse(text).map(|id| Self(id.as_str().to_owned()))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How far a claim has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// Nothing is proved yet.
    Unproved,
    /// The address is proved, and somebody who knows the agency must look at it.
    AwaitingApproval,
    /// It is proved against an account that belongs to another address: a take-over, which its owner is told of.
    Waiting {
        /// From when on it can be completed.
        from: Timestamp,
        /// Against which account, and by what.
        against: Against,
    },
    /// The owner objected to the take-over: somebody who knows the agency must look at it.
    Disputed {
        /// Against which account, and by what.
        against: Against,
    },
    /// The claim became the account.
    Active {
        /// Whose account it was before, where that was another address.
        replaced: Option<Email>,
    },
    /// Somebody who knows the agency refused it.
    Refused,
}

/// What a take-over is directed against. An account that changed hands meanwhile is another one: its owner has not
/// been told, and the claim is judged anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Against {
    /// What was proved.
    pub proof: Proof,
    /// When the account was opened.
    pub opened_at: Timestamp,
}

impl ClaimState {
    /// Whether somebody who knows the agency can decide it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::AwaitingApproval | Self::Waiting { .. } | Self::Disputed { .. })
    }
}

/// How long the code of a claim can be used.
pub const CLAIM_CODE_LIFE: SignedDuration = SignedDuration::from_mins(60);
/// How long a proved claim waits for approval, or for its completion.
pub const CLAIM_LIFE: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How often a claim may be proved, right or wrong, by whichever code.
pub const CODE_TRIES: u32 = 5;
/// How long the owner of an account has to object before another address takes it over.
pub const TAKE_OVER_WAIT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A claim. Many may stand at once; none of them blocks another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its key.
    pub id: ClaimId,
    /// The agency that is claimed.
    pub agency: AgencyCode,
    /// The province whose office decides it.
    pub province: ProvinceCode,
    /// The address that is to be proved.
    pub email: Email,
    /// The password for the account, hashed.
    pub password_hash: String,
    /// The code's keyed hash.
    pub code_hash: String,
    /// The hash of the browser's device token: codes work nowhere else.
    pub device_hash: String,
    /// What that browser is called, such as `Chrome, Windows`; empty where nobody can tell.
    pub device_name: String,
    /// How far it has come.
    pub state: ClaimState,
    /// Tries that are left.
    pub tries_left: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Claim {
    /// Whether it was made by `now`, as far as clocks agree: a clock that was set back gives no code a longer life.
    #[must_use]
    pub fn was_made_by(&self, now: Timestamp) -> bool {
        self.created_at.duration_since(now) <= CLOCKS_DIFFER
    }
}

/// Why an office refuses a claim. A choice and no free text: nothing about a person is kept that nobody needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// Nobody at the agency knows who claims it.
    UnknownPerson,
    /// Whoever claims it belongs to another agency.
    WrongAgency,
    /// The agency has claimed it once more.
    Duplicate,
    /// Another reason, told by telephone or letter.
    Other,
}

impl RefusalReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::UnknownPerson, Self::WrongAgency, Self::Duplicate, Self::Other];

    /// The reason as it is told to who claimed.
    #[must_use]
    pub fn words(self) -> Say {
        match self {
            Self::UnknownPerson => say(
                "สอบถามหน่วยงานแล้ว ไม่พบผู้ลงทะเบียน",
                "The agency was asked and does not know who registered it.",
            ),
            Self::WrongAgency => {
                say("ผู้ลงทะเบียนสังกัดหน่วยงานอื่น", "Whoever registered it belongs to another agency.")
            }
            Self::Duplicate => say("หน่วยงานลงทะเบียนซ้ำ", "The agency has registered more than once."),
            Self::Other => say(
                "จังหวัดจะแจ้งเหตุผลทางโทรศัพท์หรือหนังสือ",
                "The province will tell the reason by telephone or letter.",
            ),
        }
    }
}

/// What a proof is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It opens the account at once.
    Opens,
    /// It opens the account after so long, unless the present owner objects.
    OpensAfter(SignedDuration),
    /// Somebody who knows the agency must look at it.
    NeedsApproval,
}

/// How the agency's account stands to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    Free,
    /// It belongs to the same address.
    Same,
    /// It belongs to another address.
    Other,
    /// It belongs to another address, whose owner objected to this very claim.
    Objected,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 4] = [Self::Free, Self::Same, Self::Other, Self::Objected];

    /// How the account stands to the claim.
    #[must_use]
    pub fn of(claim: &Claim, account: Option<&Account>) -> Self {
        let Some(account) = account else { return Self::Free };
        let objected =
            matches!(claim.state, ClaimState::Disputed { against } if against.opened_at == account.opened_at);
        match () {
            () if account.email == claim.email => Self::Same,
            () if objected => Self::Objected,
            () => Self::Other,
        }
    }
}

/// The table: what a proof is worth.
///
/// The letter's code was sent to the agency on paper, and opens at once whatever stands there. The agency's own
/// mailbox on the official list and an approval open at once what belongs to nobody else; otherwise the owner is
/// told, and has time to object. Where the owner has objected, the office that approves has heard both. Any other
/// mailbox shows only that mail arrives there.
#[must_use]
pub fn worth(proof: Proof, is_official: bool, standing: Standing) -> Worth {
    match (proof, standing) {
        (Proof::LetterCode, _) => Worth::Opens,
        (Proof::Mailbox, _) if !is_official => Worth::NeedsApproval,
        (Proof::Mailbox | Proof::Approval, Standing::Free | Standing::Same)
        | (Proof::Approval, Standing::Objected) => Worth::Opens,
        (Proof::Mailbox | Proof::Approval, Standing::Other) => Worth::OpensAfter(TAKE_OVER_WAIT),
        // What was objected to is for a person to decide, however often the mailbox is proved.
        (Proof::Mailbox, Standing::Objected) => Worth::NeedsApproval,
    }
}

/// Whether an address is the agency's own mailbox on the official list.
#[must_use]
pub fn is_official(agency: &Agency, email: &Email) -> bool {
    agency.official_email.as_ref() == Some(email)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::SessionVersion;

    /// The whole table as it is meant, written out by hand: a row for each proof, a cell for each standing in the
    /// order of `Standing::ALL`: opens (+), opens after the wait (w), needs approval (a).
    const MEANT: [(Proof, bool, &str); 6] = [
        (Proof::Mailbox, true, "++wa"),
        (Proof::Mailbox, false, "aaaa"),
        (Proof::LetterCode, true, "++++"),
        (Proof::LetterCode, false, "++++"),
        (Proof::Approval, true, "++w+"),
        (Proof::Approval, false, "++w+"),
    ];

    #[test]
    fn every_cell_is_as_meant() {
        assert_eq!(MEANT.len(), Proof::ALL.len() * 2);
        for (proof, is_official, cells) in MEANT {
            assert_eq!(cells.len(), Standing::ALL.len());
            for (standing, cell) in Standing::ALL.into_iter().zip(cells.chars()) {
                let got = match worth(proof, is_official, standing) {
                    Worth::Opens => '+',
                    Worth::OpensAfter(TAKE_OVER_WAIT) => 'w',
                    Worth::OpensAfter(other) => panic!("a wait of {other}"),
                    Worth::NeedsApproval => 'a',
                };
                assert_eq!(got, cell, "{proof:?}, official: {is_official}, {standing:?}");
            }
        }
    }

    fn email(text: &str) -> Email {
        text.parse().expect("an address")
    }

    fn claim(state: ClaimState) -> Claim {
        Claim {
            id: ClaimId::of_random("A".repeat(22)),
            agency: "549900".parse().expect("a code"),
            province: "54".parse().expect("a province"),
            email: email("saraban@phrae.test"),
            password_hash: String::new(),
            code_hash: String::new(),
            device_hash: String::new(),
            device_name: String::new(),
            state,
            tries_left: 0,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn account(address: &str, opened_at: Timestamp) -> Account {
        Account {
            agency: "549900".parse().expect("a code"),
            email: email(address),
            password_hash: String::new(),
            session_version: SessionVersion(1),
            opened_at,
            email_changed_at: None,
            suspended: None,
            signed_in_at: None,
        }
    }

    #[test]
    fn an_objection_counts_against_the_account_that_objected() {
        let opened_at = Timestamp::UNIX_EPOCH;
        let later = opened_at + SignedDuration::from_hours(1);
        let against = Against { proof: Proof::Approval, opened_at };
        let disputed = claim(ClaimState::Disputed { against });
        let waiting = claim(ClaimState::Waiting { from: later, against });
        let other = account("somchai@mail.test", opened_at);
        assert_eq!(Standing::of(&disputed, None), Standing::Free);
        assert_eq!(Standing::of(&disputed, Some(&account("saraban@phrae.test", opened_at))), Standing::Same);
        assert_eq!(Standing::of(&disputed, Some(&other)), Standing::Objected);
        assert_eq!(Standing::of(&disputed, Some(&account("somchai@mail.test", later))), Standing::Other);
        assert_eq!(Standing::of(&waiting, Some(&other)), Standing::Other);
    }

    #[test]
    fn a_claim_that_is_yet_to_be_made_is_none() {
        let claim = claim(ClaimState::Unproved);
        for (seconds, is_made) in [(0, true), (3600, true), (-5, true), (-6, false)] {
            assert_eq!(claim.was_made_by(claim.created_at + SignedDuration::from_secs(seconds)), is_made);
        }
    }

    #[test]
    fn what_waits_for_a_person_is_open() {
        let against = Against { proof: Proof::Mailbox, opened_at: Timestamp::UNIX_EPOCH };
        for (state, is_open) in [
            (ClaimState::Unproved, false),
            (ClaimState::AwaitingApproval, true),
            (ClaimState::Waiting { from: Timestamp::UNIX_EPOCH, against }, true),
            (ClaimState::Disputed { against }, true),
            (ClaimState::Active { replaced: None }, false),
            (ClaimState::Refused, false),
        ] {
            assert_eq!(state.is_open(), is_open, "{state:?}");
            let json = serde_json::to_string(&state).expect("writes");
            assert_eq!(serde_json::from_str::<ClaimState>(&json).expect("reads"), state, "{json}");
        }
    }
}
