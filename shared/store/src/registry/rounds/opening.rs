//! Opening a round: its list is frozen, in steps that can be broken off at any of them and gone on with.
//!
//! Each step writes some lines and moves the round's cursor behind them in one transaction, on condition that the
//! cursor is where it was seen. So a line is written once, whoever opens at the same time, and one who was killed
//! is followed by whoever calls next. The last step reads back what was written, and opens the round with totals,
//! hash, and what saves must know, all at once.

use std::time::Instant;

use jiff::Timestamp;
use palad_domain::agency::Agency;
use palad_domain::policy::CanManageRounds;
use palad_domain::province::ProvinceCode;
use palad_domain::round::list::{ListLine, frozen};
use palad_domain::round::tally::Tally;
use palad_domain::round::{Round, RoundState};

use super::Rounds;
use super::changing::{Write, overrun};
use super::codec::{
    CURSOR, ListCursor, ROUNDS, line_item, read_cursor, read_round, round_item, round_sk, total_item,
};
use crate::StoreError;
use crate::item::{Reader, key, number, text};
use crate::table::{get, values};
use crate::transaction::{Outcome, Transaction};

/// Lines of one step: a transaction takes a hundred writes, and two are the round's and the session's.
const LINES_A_STEP: usize = 98;
/// How often the last step looks again when another round was changed at the same moment.
const ATTEMPTS: usize = 8;

/// How far an opening came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The round is open.
    Done(Box<Round>),
    /// There was no more time, or somebody else is at it; the next call goes on.
    GoesOn(Box<Round>),
}

/// A round that is being opened, and how far its list is written.
struct UnderWay {
    round: Round,
    cursor: ListCursor,
    /// The cursor as it is stored, for conditions.
    stored: String,
}

impl Rounds {
    /// Opens a draft, or goes on with an opening, until it is done or `until` has come. Whether the round may be
    /// opened is for the caller to have looked at.
    ///
    /// # Errors
    /// `Stale` or `NotFound` when the round is not as it was seen; `SessionRevoked`; and the store's own. What was
    /// written stays, and the next call goes on.
    pub async fn open(
        &self,
        leave: &CanManageRounds,
        round: &Round,
        now: Timestamp,
        until: Option<Instant>,
    ) -> Result<Opened, StoreError> {
        if round.state == RoundState::Draft {
            self.change(leave, round, &round.opening()).await?;
        }
        for _ in 0..ATTEMPTS {
            let mut way = match self.under_way(round).await? {
                Ok(way) => way,
                Err(settled) => return Ok(Opened::Done(Box::new(settled))),
            };
            match self.write_list(leave, &mut way, until).await? {
                Written::All => {}
                // Or somebody else opens the same round at this moment, and needs no help.
                Written::OutOfTime | Written::Overtaken => {
                    return Ok(Opened::GoesOn(Box::new(way.round)));
                }
            }
            if let Some(opened) = self.finish(leave, &way, now).await? {
                return Ok(Opened::Done(Box::new(opened)));
            }
        }
        Err(overrun())
    }

    /// The round that is being opened; or, as an error, as it is when it is not being opened any more.
    async fn under_way(&self, round: &Round) -> Result<Result<UnderWay, Round>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(ROUNDS, round_sk(round.id))).await?;
        let item = item.ok_or(StoreError::NotFound)?;
        let round = read_round(&item)?;
        match (round.state, read_cursor(&item)?) {
            (RoundState::Opening, Some(cursor)) => {
                Ok(Ok(UnderWay { round, cursor, stored: Reader(&item).text(CURSOR)? }))
            }
            (RoundState::Open, _) => Ok(Err(round)),
            _ => Err(StoreError::Stale { current: round.version }),
        }
    }

    async fn write_list(
        &self,
        leave: &CanManageRounds,
        way: &mut UnderWay,
        until: Option<Instant>,
    ) -> Result<Written, StoreError> {
        for province in way.round.terms.scope.provinces() {
            if way.cursor.province.is_some_and(|at| province < at) {
                continue;
            }
            let mut agencies = self.agencies(province).await?;
            if way.cursor.province == Some(province)
                && let Some(last) = &way.cursor.code
            {
                agencies.retain(|agency| agency.code > *last);
            }
            let lines = self.lines_for(&way.round, &agencies).await?;
            for lines in lines.chunks(LINES_A_STEP) {
                if until.is_some_and(|until| Instant::now() >= until) {
                    return Ok(Written::OutOfTime);
                }
                if !self.write_step(leave, way, province, lines).await? {
                    return Ok(Written::Overtaken);
                }
            }
        }
        Ok(Written::All)
    }

    async fn lines_for(&self, round: &Round, agencies: &[Agency]) -> Result<Vec<ListLine>, StoreError> {
        let registered = self.registered_of(agencies).await?;
        let line = |agency: &Agency| {
            ListLine::of(agency, &round.terms.scope.asks(agency), registered.contains(&agency.code))
        };
        Ok(agencies.iter().filter_map(line).collect())
    }

    /// Writes some lines and moves the cursor behind them; answers whether the cursor was where it was seen.
    async fn write_step(
        &self,
        leave: &CanManageRounds,
        way: &mut UnderWay,
        province: ProvinceCode,
        lines: &[ListLine],
    ) -> Result<bool, StoreError> {
        let registry = self.registry.name();
        let cursor =
            ListCursor { province: Some(province), code: lines.last().map(|line| line.code.clone()) };
        let stored = serde_json::to_string(&cursor)
            .map_err(|error| StoreError::Failed(format!("a cursor cannot be written: {error}")))?;
        let mut transaction = Transaction::new();
        transaction.update(
            Write::Round,
            registry,
            key(ROUNDS, round_sk(way.round.id)),
            "SET list_cursor = :next",
            "list_cursor = :seen",
            values([(":next", text(&stored)), (":seen", text(&way.stored))]),
        );
        for line in lines {
            transaction.put(Write::Round, registry, line_item(way.round.id, line)?, None);
        }
        self.check(&mut transaction, leave);
        match transaction.run(&self.client).await? {
            Outcome::Done => {
                (way.cursor, way.stored) = (cursor, stored);
                Ok(true)
            }
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Open, _) => Ok(false),
        }
    }

    /// Opens the round whose list is whole; none where another round, or this one, changed meanwhile.
    async fn finish(
        &self,
        leave: &CanManageRounds,
        way: &UnderWay,
        now: Timestamp,
    ) -> Result<Option<Round>, StoreError> {
        let id = way.round.id;
        let read = self.by_province(way.round.terms.scope.provinces(), move |rounds, province| async move {
            Ok((province, rounds.lines(id, province).await?))
        });
        let (mut lines, mut totals) = (Vec::new(), Vec::new());
        for (province, read) in read.await? {
            let mut total = Tally::default();
            read.iter().for_each(|line| total += line.tally());
            totals.push((province, total));
            lines.extend(read);
        }
        let opened = way.round.opened(frozen(&lines, sha256), now);
        let registry = self.registry.name();
        let mut transaction = Transaction::new();
        let unchanged = (
            "version = :seen AND list_cursor = :cursor",
            values([(":seen", number(way.round.version)), (":cursor", text(&way.stored))]),
        );
        transaction.put(Write::Round, registry, round_item(&opened)?.build(), Some(unchanged));
        for (province, total) in &totals {
            transaction.put(Write::Round, registry, total_item(id, *province, total)?, None);
        }
        self.put_open(&mut transaction, &opened).await?;
        self.check(&mut transaction, leave);
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(Some(opened)),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Open, _) => Ok(None),
        }
    }
}

/// How far a list was written.
enum Written {
    All,
    OutOfTime,
    Overtaken,
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref());
    hash
}
