//! Changing rounds: each change is one transaction, with what a save must know of the open rounds in step.

use jiff::Timestamp;
use jiff::civil::Date;
use palad_domain::policy::CanManageRounds;
use palad_domain::record::Version;
use palad_domain::round::holidays::Holidays;
use palad_domain::round::{OpenRound, Round, RoundId, RoundState};

use super::codec::{
    CURSOR, ListCursor, OPEN_ROUNDS, ROUNDS, STOP, holidays_item, open_item, read_holidays, read_open,
    read_round, round_item, round_sk, stop_item,
};
use super::{Rounds, open_key};
use crate::StoreError;
use crate::item::{Attributes, Reader, key, number, text};
use crate::session_check::check_version;
use crate::table::{get, values};
use crate::transaction::{Outcome, Transaction};

/// How often a writer looks again when another round was changed at the same moment.
pub(super) const ATTEMPTS: usize = 8;

/// The writes of a change, by name.
#[derive(Clone, Copy)]
pub(super) enum Write {
    /// The round, or what else is changed: it is not as it was seen.
    Round,
    /// What a save must know of the open rounds: another round was opened or closed.
    Open,
    /// The session of who asks.
    Session,
}

impl Rounds {
    /// Makes a round under the next free name of the year in which it opens.
    ///
    /// # Errors
    /// `SessionRevoked`; `Unavailable` when names are taken faster than we look; and the store's own.
    pub async fn create(
        &self,
        leave: &CanManageRounds,
        opens: Date,
        make: impl Fn(RoundId) -> Round,
    ) -> Result<Round, StoreError> {
        for _ in 0..ATTEMPTS {
            let first = RoundId::first_of(opens);
            let last =
                self.all().await?.into_iter().map(|round| round.id).find(|id| id.year() == first.year());
            let id = last.map_or(Some(first), RoundId::next).ok_or_else(|| {
                StoreError::Failed("there are as many rounds in a year as can be named".into())
            })?;
            let round = make(id);
            let mut transaction = Transaction::new();
            let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
            transaction.put(Write::Round, self.registry.name(), round_item(&round)?.build(), absent);
            self.check(&mut transaction, leave);
            match transaction.run(&self.client).await? {
                Outcome::Done => return Ok(round),
                Outcome::Refused(Write::Session, _) => return Err(StoreError::SessionRevoked),
                Outcome::Refused(Write::Round | Write::Open, _) => {}
            }
        }
        Err(overrun())
    }

    /// Puts `after` in the place of `before`.
    ///
    /// # Errors
    /// `Stale` or `NotFound` when the round is not as it was seen; `SessionRevoked`; and the store's own.
    pub async fn change(
        &self,
        leave: &CanManageRounds,
        before: &Round,
        after: &Round,
    ) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let mut transaction = Transaction::new();
            let mut item = round_item(after)?;
            if after.state == RoundState::Opening {
                item = item.json(CURSOR, &ListCursor { province: None, code: None })?;
            }
            transaction.put(Write::Round, self.registry.name(), item.build(), Some(unchanged(before)));
            if before.state == RoundState::Open || after.state == RoundState::Open {
                self.put_open(&mut transaction, after).await?;
            }
            self.check(&mut transaction, leave);
            match transaction.run(&self.client).await? {
                Outcome::Done => return Ok(()),
                Outcome::Refused(Write::Session, _) => return Err(StoreError::SessionRevoked),
                Outcome::Refused(Write::Round, item) => return Err(overtaken(&item)),
                Outcome::Refused(Write::Open, _) => {}
            }
        }
        Err(overrun())
    }

    /// Deletes a round. Whether it may be is for the caller to have looked at.
    ///
    /// # Errors
    /// As [`Rounds::change`].
    pub async fn delete(&self, leave: &CanManageRounds, round: &Round) -> Result<(), StoreError> {
        let mut transaction = Transaction::new();
        let seen = values([(":seen", number(round.version))]);
        let key = key(ROUNDS, round_sk(round.id));
        transaction.delete_if(Write::Round, self.registry.name(), key, "version = :seen", seen);
        self.check(&mut transaction, leave);
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Open, item) => Err(overtaken(&item)),
        }
    }

    /// Puts other holidays in the place of those that were seen.
    ///
    /// # Errors
    /// `Stale` when they are not as they were seen; `SessionRevoked`; and the store's own.
    pub async fn change_holidays(
        &self,
        leave: &CanManageRounds,
        before: &Holidays,
        after: &Holidays,
    ) -> Result<(), StoreError> {
        let unchanged = if before.version == Version(0) {
            ("attribute_not_exists(pk)", Attributes::new())
        } else {
            ("version = :seen", values([(":seen", number(before.version))]))
        };
        let mut transaction = Transaction::new();
        transaction.put(Write::Round, self.registry.name(), holidays_item(after)?, Some(unchanged));
        self.check(&mut transaction, leave);
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Open, item) => {
                let current = read_holidays(&item).map_or(Version(0), |holidays| holidays.version);
                Err(StoreError::Stale { current })
            }
        }
    }

    /// Stops all reminders of all rounds, or lets them go on. Stopping what is stopped changes nothing.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn stop_all(
        &self,
        leave: &CanManageRounds,
        is_stopped: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let registry = self.registry.name();
        if get(&self.client, registry, key(ROUNDS, STOP)).await?.is_some() == is_stopped {
            return Ok(());
        }
        let mut transaction = Transaction::new();
        if is_stopped {
            let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
            transaction.put(Write::Round, registry, stop_item(now), absent);
        } else {
            transaction.delete(Write::Round, registry, key(ROUNDS, STOP), "attribute_exists(pk)");
        }
        self.check(&mut transaction, leave);
        match transaction.run(&self.client).await? {
            // Somebody else did the same a moment ago.
            Outcome::Done | Outcome::Refused(Write::Round | Write::Open, _) => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
        }
    }

    /// Adds what a save must know after `round` has changed, on condition that no other round changed meanwhile.
    pub(super) async fn put_open(
        &self,
        transaction: &mut Transaction<Write>,
        round: &Round,
    ) -> Result<(), StoreError> {
        let registry = self.registry.name();
        let seen = get(&self.client, registry, open_key()).await?;
        let mut open: Vec<OpenRound> = seen.as_ref().map_or_else(|| Ok(Vec::new()), read_open)?;
        open.retain(|other| other.id != round.id);
        open.extend(round.open_view());
        open.sort_by_key(|open| open.id);
        let unchanged = match &seen {
            None => ("attribute_not_exists(pk)", Attributes::new()),
            Some(item) => ("open_rounds = :open", values([(":open", text(Reader(item).text(OPEN_ROUNDS)?))])),
        };
        transaction.put(Write::Open, registry, open_item(&open)?, Some(unchanged));
        Ok(())
    }

    pub(super) fn check(&self, transaction: &mut Transaction<Write>, leave: &CanManageRounds) {
        let (actor, version) = (leave.actor(), leave.session_version());
        check_version(transaction, Write::Session, &self.accounts, actor, version);
    }
}

/// The round is as it was seen.
pub(super) fn unchanged(before: &Round) -> (&'static str, Attributes) {
    ("version = :seen", values([(":seen", number(before.version))]))
}

/// Another writer was quicker.
pub(super) fn overtaken(item: &Attributes) -> StoreError {
    match read_round(item) {
        Ok(round) => StoreError::Stale { current: round.version },
        Err(_) => StoreError::NotFound,
    }
}

pub(super) fn overrun() -> StoreError {
    StoreError::Unavailable("other rounds change faster than this one can be written".into())
}
