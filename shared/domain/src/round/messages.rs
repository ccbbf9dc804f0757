//! Which messages of a round go out on which day, and whose turn it is: the planned steps, and the notice that the
//! deadline was moved.
//!
//! A move is announced to all who owe, on the working day of the move or the first one after it, in the place of
//! whatever else was due on that day: nobody is written to twice on a day. Moved to and fro on one day it is one move,
//! or none. Who was not asked yet hears the new deadline with the opening.

use jiff::Timestamp;
use jiff::civil::Date;
use palad_thai::date::bangkok_day;

use super::calendar::Calendar;
use super::dates::Phase;
use super::plan::{Due, Step, plan};
use super::reminder::StepOf;
use super::state::Round;

/// A deadline that was moved, as those who owe hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Which move of the round it is, counted from one.
    pub number: u8,
    /// What the deadline was on the morning of that day.
    pub from: Date,
    /// What it was in the evening.
    pub to: Date,
    /// The day.
    pub day: Date,
}

impl Round {
    /// The moves of its deadline that are announced, in their order.
    #[must_use]
    pub fn shifts(&self) -> Vec<Shift> {
        let opens = self.terms.dates.opens();
        let mut shifts: Vec<Shift> = Vec::new();
        for (at, moved) in self.moves.iter().enumerate() {
            let number = u8::try_from(at + 1).unwrap_or(u8::MAX);
            let shift = Shift { number, from: moved.from, to: moved.to, day: bangkok_day(moved.at) };
            match shifts.last_mut().filter(|last| last.day == shift.day) {
                Some(last) => *last = Shift { from: last.from, ..shift },
                None => shifts.push(shift),
            }
        }
        shifts.retain(|shift| shift.from != shift.to && shift.day >= opens);
        shifts
    }

    /// Every message of the round, by day. A round without steps has none: whoever planned no messages announces moves
    /// of the deadline by another way.
    #[must_use]
    pub fn messages(&self, calendar: &Calendar) -> Vec<Due> {
        let mut due = plan(&self.terms.plan_steps(), &self.terms.dates, calendar);
        if due.is_empty() {
            return due;
        }
        for shift in self.shifts() {
            let day = calendar.on_or_after(shift.day);
            due.retain(|other| other.day != day);
            due.push(Due { step: Step::Moved(shift.number), day });
        }
        due.sort_by_key(|due| due.day);
        due
    }

    /// The step whose messages stand now: the last one that has come. One whose day was missed is made up for until the
    /// next one comes. None before the round opens and when it is over.
    #[must_use]
    pub fn step_at(&self, calendar: &Calendar, now: Timestamp) -> Option<StepOf> {
        if matches!(self.terms.dates.phase(now), Phase::Before | Phase::Over) {
            return None;
        }
        let today = bangkok_day(now);
        let due = self.messages(calendar).into_iter().rev().find(|due| due.day <= today)?;
        Some(StepOf::new(self.id, due.step, &self.terms.dates))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::round::state::RoundState;
    use crate::round::terms::{Terms, TermsInput};

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn open() -> Round {
        let input: TermsInput = serde_json::from_value(json!({
            "title": "สำรวจ", "letter": { "number": "ว 1", "date": "2026-10-25" },
            "dates": { "opens": "2026-11-02", "deadline": "2026-11-30", "closes": "2026-12-15" },
        }))
        .expect("an input");
        let terms = Terms::parse(&input).expect("terms");
        let draft = Round::draft("2569-1".parse().expect("a name"), terms, at("2026-10-01T00:00:00Z"));
        Round { state: RoundState::Open, ..draft }
    }

    fn moved(round: &Round, deadline: Date, now: &str) -> Round {
        round.moved(deadline, date(2026, 12, 31), at(now)).expect("moved")
    }

    fn mark(round: &Round, now: &str) -> Option<String> {
        round.step_at(&Calendar::default(), at(now)).map(|of| of.mark())
    }

    #[test]
    fn a_step_stands_until_the_next_one_comes() {
        let mark = |now: &str| mark(&open(), now);
        assert_eq!(mark("2026-11-01T16:59:59Z"), None, "the day before it opens");
        // Thirty days before the deadline would be before the opening: it goes out on it.
        assert_eq!(mark("2026-11-02T02:00:00Z").as_deref(), Some("2569-1#before-30@2026-11-30"));
        assert_eq!(mark("2026-11-13T02:00:00Z").as_deref(), Some("2569-1#before-30@2026-11-30"));
        assert_eq!(mark("2026-11-16T02:00:00Z").as_deref(), Some("2569-1#before-14@2026-11-30"));
        // The twenty-ninth is a Sunday, and so one day before is the Friday.
        assert_eq!(mark("2026-11-27T02:00:00Z").as_deref(), Some("2569-1#before-1@2026-11-30"));
        assert_eq!(mark("2026-12-01T02:00:00Z").as_deref(), Some("2569-1#after-1@2026-11-30"));
        assert_eq!(mark("2026-12-15T16:00:00Z").as_deref(), Some("2569-1#after-1@2026-11-30"));
        assert_eq!(mark("2026-12-15T17:00:00Z"), None, "it is over");
    }

    #[test]
    fn a_moved_deadline_is_announced_and_then_the_steps_go_on_towards_the_new_one() {
        // On the afternoon of the day whose step has gone out in the morning: by the next run it is announced.
        let round = moved(&open(), date(2026, 12, 14), "2026-11-23T08:00:00Z");
        let mark = |now: &str| mark(&round, now);
        assert_eq!(mark("2026-11-24T02:00:00Z").as_deref(), Some("2569-1#moved-1@2026-12-14"));
        assert_eq!(mark("2026-11-27T02:00:00Z").as_deref(), Some("2569-1#moved-1@2026-12-14"));
        // The thirtieth, once the deadline, is two weeks before the new one.
        assert_eq!(mark("2026-11-30T02:00:00Z").as_deref(), Some("2569-1#before-14@2026-12-14"));
        assert_eq!(mark("2026-12-15T02:00:00Z").as_deref(), Some("2569-1#after-1@2026-12-14"));
        // After the deadline it can still be moved, and on a Saturday: it is announced on Monday.
        let late = moved(&open(), date(2026, 12, 14), "2026-12-05T03:00:00Z");
        let day = late.messages(&Calendar::default());
        let announced = day.iter().find(|due| due.step == Step::Moved(1)).expect("announced");
        // The fifth is a holiday that falls on a Saturday, and Monday stands in for it. Of the seven days before the
        // new deadline that Monday would have been one, and the Friday before it the day.
        assert_eq!(announced.day, date(2026, 12, 8));
    }

    #[test]
    fn to_and_fro_on_one_day_is_one_move_or_none_and_nobody_hears_of_two_on_a_day() {
        let morning = moved(&open(), date(2026, 12, 14), "2026-11-16T01:00:00Z");
        let noon = moved(&morning, date(2026, 12, 7), "2026-11-16T05:00:00Z");
        let shift =
            Shift { number: 2, from: date(2026, 11, 30), to: date(2026, 12, 7), day: date(2026, 11, 16) };
        assert_eq!(noon.shifts(), [shift]);
        assert_eq!(moved(&noon, date(2026, 11, 30), "2026-11-16T09:00:00Z").shifts(), []);
        let again = moved(&noon, date(2026, 12, 14), "2026-11-18T05:00:00Z");
        assert_eq!(again.shifts().len(), 2);
        let messages = again.messages(&Calendar::default());
        assert!(messages.windows(2).all(|pair| pair[0].day < pair[1].day), "{messages:?}");
        // Before anybody was asked there is nothing to announce; and nothing where no message was planned.
        assert_eq!(moved(&open(), date(2026, 12, 14), "2026-11-01T10:00:00Z").shifts(), []);
        let mut quiet = noon;
        quiet.terms.steps.clear();
        assert_eq!(quiet.messages(&Calendar::default()), []);
    }
}
