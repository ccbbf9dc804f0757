//! The codes of the official letters, hashed: one for each agency, used once.

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::audit::Event;
use palad_domain::claim::ClaimId;
use palad_domain::letter_code::LETTER_CODE_LIFE;
use palad_domain::life::stands;
use palad_domain::record::Office;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::codec::GRACE;
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, text};
use crate::table::{get, values};
use crate::transaction::Transaction;

/// The codes of the letters, for registration and for whoever prints a batch.
#[derive(Clone)]
pub struct LetterCodes {
    changes: Changes,
}

/// An agency's letter whose code can be used, or was by a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To whom it was written.
    pub agency: AgencyCode,
    /// The hash of its code.
    pub code_hash: String,
    /// The claim that used the code up.
    pub used_by: Option<ClaimId>,
}

impl LetterCodes {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Stores the code of a new letter, in the place of the one before. For whoever runs the system.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn issue(
        &self,
        code: &AgencyCode,
        code_hash: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let ends_at = now + LETTER_CODE_LIFE;
        let item = Builder::new(pk(code), LETTER)
            .text("code_hash", code_hash)
            .time("ends_at", ends_at)
            .expires(ends_at + GRACE)
            .build();
        let by_proof = NewLine::by_proof(Event::LetterCodeIssued, request_id, now);
        let line = NewLine { office: Some(Office::Central), ..by_proof };
        let is_written = self.changes.write(code, line, |transaction, accounts| {
            transaction.put(Write::Account, accounts, item.clone(), None);
            Ok(())
        });
        if is_written.await? { Ok(()) } else { Err(StoreError::UnderWay) }
    }

    /// The agency's letter, if there is one whose time has not ended.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(&self, code: &AgencyCode, now: Timestamp) -> Result<Option<Letter>, StoreError> {
        let Some(item) = get(&self.changes.client, self.changes.accounts.name(), letter_key(code)).await?
        else {
            return Ok(None);
        };
        let read = Reader(&item);
        let used_by =
            read.find_text(USED_BY).is_some().then(|| read.parse(USED_BY, ClaimId::parse)).transpose()?;
        let letter = Letter { agency: code.clone(), code_hash: read.text("code_hash")?, used_by };
        Ok(stands(read.time("ends_at")?, LETTER_CODE_LIFE, now).then_some(letter))
    }
}

const LETTER: &str = "LETTER";
const USED_BY: &str = "used_by";

fn pk(code: &AgencyCode) -> String {
    format!("LETTER#{code}")
}

fn letter_key(code: &AgencyCode) -> Attributes {
    key(pk(code), LETTER)
}

/// Uses the code up, in the transaction in which the account opens: not where a new letter has replaced it, or
/// another claim was first.
pub(super) fn use_up(transaction: &mut Transaction<Write>, accounts: &str, letter: &Letter, claim: &ClaimId) {
    transaction.update(
        Write::Account,
        accounts,
        letter_key(&letter.agency),
        "SET used_by = :claim",
        "code_hash = :seen AND attribute_not_exists(used_by)",
        values([(":claim", text(claim.as_str())), (":seen", text(&letter.code_hash))]),
    );
}
