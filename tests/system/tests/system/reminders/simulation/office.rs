//! What the central office does: it opens the round, mends its title while messages go out, and moves its deadline.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use palad_domain::policy::{Area, CanManageRounds, CanReadProgress};
use palad_domain::province::Province;
use palad_domain::round::terms::{Terms, TermsInput};
use palad_domain::round::{Round, RoundState};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_store::{Opened, Parts};
use palad_thai::date::bangkok_day;
use serde_json::json;

use super::world::World;

/// The first day of the round, a Monday.
pub(super) const OPENS: Date = date(2027, 2, 1);
/// On which day it is due at first, for a moment, and after its deadline was moved; and its last day.
const DUE_AT_FIRST: i64 = 49;
const DUE_FOR_A_MOMENT: i64 = 60;
pub(super) const DUE: i64 = 56;
pub(super) const LAST: i64 = 63;
/// On which day the round is edited while messages go out, and on which its deadline is moved.
pub(super) const EDITED: usize = 35;
pub(super) const MOVED: usize = 37;
/// The officer of the centre.
pub(super) const CENTRAL: &str = "central";

impl World {
    fn leave(&self) -> CanManageRounds {
        let now = self.clock.now();
        CanManageRounds::ask(&session(centre(), now), now).expect("the centre may")
    }

    /// Opens the round.
    pub(super) async fn open(&mut self) {
        let draft = self.round.clone();
        let leave = self.leave();
        let made = self.rounds.create(&leave, OPENS, |id| Round { id, ..draft.clone() }).await;
        let made = made.expect("a round");
        match self.rounds.open(&leave, &made, self.clock.now(), None).await.expect("opened") {
            Opened::Done(round) => self.round = *round,
            Opened::GoesOn(_) => panic!("there was time enough"),
        }
    }

    /// Mends the title, and adds a word to a step.
    pub(super) async fn edit_round(&mut self) {
        let mut terms = self.round.terms.clone();
        terms.title.push_str(" (แก้ไข)");
        terms.steps[1].text = Some("โปรดตอบภายในกำหนด".to_owned());
        let after = self.round.edited(terms, self.clock.now()).expect("fits");
        self.change(after).await;
    }

    /// Gives everybody a week more; at first, for a moment, some days more than that. It is announced once.
    pub(super) async fn move_deadline(&mut self) {
        for due in [DUE_FOR_A_MOMENT, DUE] {
            let after = self.round.moved(day(due), day(LAST), self.clock.now()).expect("fits");
            self.change(after).await;
        }
    }

    async fn change(&mut self, after: Round) {
        self.rounds.change(&self.leave(), &self.round, &after).await.expect("changed");
        self.round = after;
    }

    /// Holds the totals against the agencies' own books; and that the page of the country is one call.
    pub(super) async fn check_totals(&self, day: usize) {
        let now = self.clock.now();
        let leave =
            CanReadProgress::ask(&session(centre(), now), &Area::Country, now).expect("the centre may");
        let progress = self.rounds.progress(&leave, self.round.id).await.expect("the store");
        let Parts::Provinces(provinces) = progress.expect("a round").parts else { panic!("the country") };
        let expected = self.expected();
        assert_eq!(provinces.len(), self.provinces.len());
        for (province, total) in provinces {
            assert_eq!(Some(&total), expected.get(&province), "{province} after day {day}");
        }
    }

    /// The round has closed by itself, in the night after its last day, with a report that the agencies' own books bear
    /// out.
    pub(super) async fn check_end(&self) {
        let round = self.rounds.find(self.round.id).await.expect("the store").expect("a round");
        assert_eq!(round.state, RoundState::Closed);
        assert_eq!(round.closed_at.map(bangkok_day), Some(day(LAST + 1)));
        let report = self.rounds.report(round.id).await.expect("the store").expect("a report");
        assert_eq!(report.provinces, self.expected());
    }
}

fn centre() -> Actor {
    Actor::Central { staff: CENTRAL.to_owned() }
}

/// The round as it is planned.
pub(super) fn draft(provinces: &[Province], now: Timestamp) -> Round {
    let step = |when: &str, days: u8| json!({ "when": when, "days": days });
    let provinces: Vec<_> = provinces.iter().map(|province| province.code()).collect();
    let input: TermsInput = serde_json::from_value(json!({
        "title": "สำรวจข้อมูลปลัด", "letter": { "number": "ว 1", "date": "2027-01-25" },
        "dates": { "opens": day(0).to_string(), "deadline": day(DUE_AT_FIRST).to_string(), "closes": day(LAST).to_string() },
        "scope": { "provinces": provinces },
        "steps": [{ "when": "opening" }, step("before", 14), step("before", 7), step("before", 1), step("after", 1)],
    }))
    .expect("an input");
    Round::draft("2570-1".parse().expect("a name"), Terms::parse(&input).expect("terms"), now)
}

/// A day of the round, counted from its first.
pub(super) fn day(number: i64) -> Date {
    OPENS.saturating_add(number.days())
}

pub(super) fn session(actor: Actor, now: Timestamp) -> Session {
    Session { actor, version: SessionVersion(1), signed_in_at: now, expires_at: now + 1.hour() }
}
