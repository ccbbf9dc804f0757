//! A claim moves on: each move is one transaction, together with what it means for the queue of the province, for
//! the account and for the audit. The first proof wins; one that comes second changes nothing.

use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::audit::{Event, Proof};
use palad_domain::claim::{Against, CLAIM_LIFE, Claim, ClaimState};
use palad_domain::policy::CanDecideClaim;
use palad_domain::record::Office;

use super::changes::Write;
use super::claim_queue::{queue_item, queue_key};
use super::claims::Claims;
use super::codec::{GRACE, claim_pk, state_text};
use super::letter_codes::{Letter, use_up};
use super::opening::{Opening, open_account};
use super::take_overs::{note_item, note_key};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::audit::NewLine;
use crate::item::{key, number, text};
use crate::session_check::check_session;
use crate::table::values;
use crate::transaction::{Outcome, Transaction};

/// On what grounds a claim is moved on.
#[derive(Clone, Copy, Debug)]
pub enum Grounds<'a> {
    /// Its address is proved.
    Mailbox,
    /// The code of the agency's letter is right; it is used up by this.
    Letter(&'a Letter),
    /// An officer looked at it.
    Officer(&'a CanDecideClaim),
    /// Whoever runs the system looked at it.
    Operator,
    /// The new owner opened the mailed link after the wait that this proof began.
    Completion(Proof),
}

impl<'a> Grounds<'a> {
    /// Which of the three proofs it is.
    #[must_use]
    pub fn proof(&self) -> Proof {
        match self {
            Self::Mailbox => Proof::Mailbox,
            Self::Letter(_) => Proof::LetterCode,
            Self::Officer(_) | Self::Operator => Proof::Approval,
            Self::Completion(proof) => *proof,
        }
    }

    /// The line for the audit.
    fn line(self, event: Event, request_id: &'a str, at: Timestamp) -> NewLine<'a> {
        match self {
            Self::Officer(leave) => NewLine::by(leave, event, request_id, at),
            Self::Operator => {
                NewLine { office: Some(Office::Central), ..NewLine::by_proof(event, request_id, at) }
            }
            Self::Mailbox | Self::Letter(_) | Self::Completion(_) => NewLine::by_proof(event, request_id, at),
        }
    }
}

/// Where a claim goes, why, and what the audit says of it.
struct Move<'a> {
    before: &'a Claim,
    after: &'a Claim,
    grounds: Grounds<'a>,
    event: Event,
    request_id: &'a str,
    now: Timestamp,
}

impl Claims {
    /// Notes that the address is proved and that the claim waits for approval. Answers whether it did: not where
    /// the claim went on meanwhile. It changes nothing of the agency's, so that the audit says nothing of it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn await_approval(&self, claim: &Claim, now: Timestamp) -> Result<bool, StoreError> {
        let after =
            Claim { state: ClaimState::AwaitingApproval, expires_at: now + CLAIM_LIFE, ..claim.clone() };
        let mut transaction = Transaction::new();
        move_claim(&mut transaction, self.changes.accounts.name(), claim, &after)?;
        Ok(matches!(transaction.run(&self.changes.client).await?, Outcome::Done))
    }

    /// Makes the claim the agency's account, with the claiming browser as its first device, if the account is
    /// still as `seen` and the claim still in its state. Of the account that was there nothing remains. None where
    /// another proof came first.
    ///
    /// # Errors
    /// `SessionRevoked`; and when the store fails.
    pub async fn open(
        &self,
        claim: &Claim,
        seen: Option<&Account>,
        grounds: Grounds<'_>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let opening = Opening::of(claim, seen, now);
        let proof = grounds.proof();
        let event = match opening.replaced {
            Some(_) => Event::TakenOver { proof },
            None => Event::AccountOpened { proof },
        };
        let after =
            Claim { state: ClaimState::Active { replaced: opening.replaced.clone() }, ..claim.clone() };
        let step = Move { before: claim, after: &after, grounds, event, request_id, now };
        let done = self
            .carry_out(&step, |transaction, accounts| {
                open_account(transaction, accounts, &opening, claim, now)
            })
            .await?;
        Ok(done.then_some(opening.account))
    }

    /// Begins to wait before the account of another address is taken over, if that is still as `seen`. None where
    /// another proof came first.
    ///
    /// # Errors
    /// `SessionRevoked`; and when the store fails.
    pub async fn wait(
        &self,
        claim: &Claim,
        seen: &Account,
        grounds: Grounds<'_>,
        from: Timestamp,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Option<Claim>, StoreError> {
        let against = Against { proof: grounds.proof(), opened_at: seen.opened_at };
        let state = ClaimState::Waiting { from, against };
        let after = Claim { state, expires_at: now + CLAIM_LIFE, ..claim.clone() };
        let event = Event::TakeOverBegun { proof: against.proof };
        let step = Move { before: claim, after: &after, grounds, event, request_id, now };
        let done = self
            .carry_out(&step, |transaction, accounts| {
                transaction.check(
                    Write::Account,
                    accounts,
                    key(account_pk(&seen.agency), ACCOUNT),
                    "opened_at = :opened AND email = :email",
                    values([
                        (":opened", text(seen.opened_at.to_string())),
                        (":email", text(seen.email.as_str())),
                    ]),
                );
                Ok(())
            })
            .await?;
        Ok(done.then_some(after))
    }

    /// Refuses the claim. Answers whether it did: not where the claim went on meanwhile.
    ///
    /// # Errors
    /// `SessionRevoked`; and when the store fails.
    pub async fn refuse(
        &self,
        leave: &CanDecideClaim,
        claim: &Claim,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let after = Claim { state: ClaimState::Refused, ..claim.clone() };
        let (grounds, event) = (Grounds::Officer(leave), Event::ClaimRefused);
        let step = Move { before: claim, after: &after, grounds, event, request_id, now };
        self.carry_out(&step, |_, _| Ok(())).await
    }

    /// Carries a move out, with `more` in the same transaction. Answers whether it was done: not where the claim,
    /// the letter or the account is not as it was seen.
    async fn carry_out(
        &self,
        step: &Move<'_>,
        more: impl Fn(&mut Transaction<Write>, &str) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let Move { before, after, grounds, event, request_id, now } = *step;
        let build = |transaction: &mut Transaction<Write>, accounts: &str| {
            move_claim(transaction, accounts, before, after)?;
            match grounds {
                Grounds::Officer(leave) if *leave.agency() != before.agency => {
                    return Err(StoreError::Failed("leave for one agency, claim to another".into()));
                }
                Grounds::Officer(leave) => {
                    check_session(transaction, Write::Session, &self.changes.accounts, leave);
                }
                Grounds::Letter(letter) => use_up(transaction, accounts, letter, &before.id),
                Grounds::Mailbox | Grounds::Operator | Grounds::Completion(_) => {}
            }
            more(transaction, accounts)
        };
        self.changes.write(&before.agency, grounds.line(event, request_id, now), build).await
    }
}

/// Moves a claim from the state in which it was seen, and its entries in the queue and beside the account with it.
/// Its tries are left alone: one may be charged at the same moment.
pub(super) fn move_claim(
    transaction: &mut Transaction<Write>,
    accounts: &str,
    before: &Claim,
    after: &Claim,
) -> Result<(), StoreError> {
    transaction.update(
        Write::Account,
        accounts,
        key(claim_pk(&before.id), "CLAIM"),
        "SET claim_state = :next, ends_at = :ends, expires_at = :forgotten",
        "claim_state = :seen",
        values([
            (":next", text(state_text(&after.state)?)),
            (":ends", text(after.expires_at.to_string())),
            (":forgotten", number((after.expires_at + GRACE).as_second())),
            (":seen", text(state_text(&before.state)?)),
        ]),
    );
    if after.state.is_open() {
        transaction.put(Write::Account, accounts, queue_item(after)?, None);
    } else if before.state.is_open() {
        transaction.delete(Write::Account, accounts, queue_key(before), "attribute_exists(pk)");
    }
    if let Some(item) = note_item(after) {
        transaction.put(Write::Account, accounts, item, None);
    } else if note_item(before).is_some() {
        transaction.delete(Write::Account, accounts, note_key(before), "attribute_exists(pk)");
    }
    Ok(())
}
