//! Which messages of a round go out on which day, and whose turn it is: the planned steps, and the notice that the
//! deadline was moved.
//!
//! A move is announced to all who owe by the next morning's run, in the place of whatever else was due on that day:
//! nobody is written to twice on a day. What was moved to and fro from one run to the next is one move, or none; a
//! deadline that is moved back after its announcement is announced again. Until the run comes, no step stands: what
//! waits from before names the old deadline. Who was not asked yet hears the new one with the first message.

use jiff::Timestamp;
use jiff::civil::Date;
use palad_thai::date::bangkok_day;

use super::calendar::Calendar;
use super::plan::{Due, Step, plan};
use super::reminder::StepOf;
use super::run::{has_come, run_after};
use super::state::{Round, RoundState};

/// A deadline that was moved, as those who owe hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Which move of the round it is, counted from one: of several, the last.
    pub number: u8,
    /// What the deadline was at the run before.
    pub from: Date,
    /// What it is now.
    pub to: Date,
    /// The day on which it is announced.
    pub day: Date,
}

impl Round {
    /// The moves of its deadline that are announced, in their order.
    #[must_use]
    pub fn shifts(&self, calendar: &Calendar) -> Vec<Shift> {
        let mut shifts: Vec<Shift> = Vec::new();
        for (at, moved) in self.moves.iter().enumerate() {
            let number = u8::try_from(at + 1).unwrap_or(u8::MAX);
            let shift = Shift { number, from: moved.from, to: moved.to, day: run_after(moved.at, calendar) };
            match shifts.last_mut().filter(|last| last.day == shift.day) {
                Some(last) => *last = Shift { from: last.from, ..shift },
                None => shifts.push(shift),
            }
        }
        let first = self.first_run(calendar);
        shifts.retain(|shift| shift.from != shift.to && shift.day > first);
        shifts
    }

    /// The day of the first run that finds it open.
    fn first_run(&self, calendar: &Calendar) -> Date {
        let opens = calendar.on_or_after(self.terms.dates.opens());
        self.opened_at.map_or(opens, |at| opens.max(run_after(at, calendar)))
    }

    /// Every message of the round, by day. A round without steps has none: whoever planned no messages announces moves
    /// of the deadline by another way.
    #[must_use]
    pub fn messages(&self, calendar: &Calendar) -> Vec<Due> {
        let mut due = plan(&self.terms.plan_steps(), &self.terms.dates, calendar);
        if due.is_empty() {
            return due;
        }
        let shifts = self.shifts(calendar);
        // What the new deadline would have had go out before anybody heard of it does not go out.
        if let Some(announced) = shifts.last() {
            due.retain(|due| due.day > announced.day);
        }
        due.extend(shifts.iter().map(|shift| Due { step: Step::Moved(shift.number), day: shift.day }));
        due.retain(|due| due.day <= self.terms.dates.closes());
        due.sort_by_key(|due| due.day);
        due
    }

    /// The messages that will still go out, each on the day of the run that orders it: of one that is opened late, what
    /// was due before is made up for by its latest message alone. A draft is seen as if it were opened now; of a round that
    /// is closed nothing goes out.
    #[must_use]
    pub fn to_come(&self, calendar: &Calendar, now: Timestamp) -> Vec<Due> {
        if self.state == RoundState::Closed {
            return Vec::new();
        }
        let opened = Self { opened_at: self.opened_at.or(Some(now)), ..self.clone() };
        let first = opened.first_run(calendar);
        let (missed, mut due): (Vec<Due>, Vec<Due>) =
            opened.messages(calendar).into_iter().partition(|due| due.day < first);
        let is_free = due.first().is_none_or(|due| due.day > first);
        if let Some(missed) = missed.last().filter(|_| is_free && first <= self.terms.dates.closes()) {
            due.insert(0, Due { day: first, ..*missed });
        }
        due.retain(|due| !has_come(due.day, now));
        due
    }

    /// The step whose messages stand now: the last one that has come. One whose day was missed is made up for until the
    /// next one comes. None before the first run that finds the round open, while a move of the deadline waits for its
    /// announcement, and when it is over.
    #[must_use]
    pub fn step_at(&self, calendar: &Calendar, now: Timestamp) -> Option<StepOf> {
        let waits = |day: Date| !has_come(day, now);
        let is_waiting = waits(self.first_run(calendar))
            || self.shifts(calendar).last().is_some_and(|shift| waits(shift.day));
        if is_waiting || !self.terms.dates.phase(now).takes_answers() {
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
        assert_eq!(mark("2026-11-23T08:00:00Z"), None, "what waits from the morning names the old deadline");
        assert_eq!(mark("2026-11-24T01:58:59Z"), None, "until nine it may be moved again");
        assert_eq!(mark("2026-11-24T02:00:00Z").as_deref(), Some("2569-1#moved-1@2026-12-14"));
        assert_eq!(mark("2026-11-27T02:00:00Z").as_deref(), Some("2569-1#moved-1@2026-12-14"));
        // The thirtieth, once the deadline, is two weeks before the new one.
        assert_eq!(mark("2026-11-30T02:00:00Z").as_deref(), Some("2569-1#before-14@2026-12-14"));
        assert_eq!(mark("2026-12-15T02:00:00Z").as_deref(), Some("2569-1#after-1@2026-12-14"));
        // After the deadline it can still be moved, and on a Saturday: it is announced on Monday.
        let late = moved(&open(), date(2026, 12, 14), "2026-12-05T03:00:00Z");
        // The fifth is a holiday that falls on a Saturday, and Monday stands in for it. Of the seven days before the
        // new deadline that Monday would have been one, and the Friday before it the day.
        assert_eq!(days(&late), [(Step::Moved(1), date(2026, 12, 8)), later(11), later(15)]);
    }

    /// What goes out after an announcement in a round that was moved to the fourteenth of December.
    fn later(day: i8) -> (Step, Date) {
        let step = match day {
            11 => Step::Before(1),
            _ => Step::After(1),
        };
        (step, date(2026, 12, day))
    }

    fn days(round: &Round) -> Vec<(Step, Date)> {
        round.messages(&Calendar::default()).into_iter().map(|due| (due.step, due.day)).collect()
    }

    fn shifts(round: &Round) -> Vec<(u8, Date, Date)> {
        round.shifts(&Calendar::default()).iter().map(|shift| (shift.number, shift.from, shift.to)).collect()
    }

    const FIRST: Date = date(2026, 11, 30);
    const SECOND: Date = date(2026, 12, 14);
    const THIRD: Date = date(2026, 12, 7);

    #[test]
    fn a_move_before_nine_is_announced_on_the_same_day_and_one_after_it_on_the_next_working_day() {
        let announced = |now: &str| moved(&open(), SECOND, now).shifts(&Calendar::default())[0].day;
        assert_eq!(announced("2026-11-16T01:58:59Z"), date(2026, 11, 16));
        assert_eq!(announced("2026-11-16T02:00:00Z"), date(2026, 11, 17));
        assert_eq!(announced("2026-11-20T03:00:00Z"), date(2026, 11, 23), "a Friday after nine");
    }

    #[test]
    fn to_and_fro_between_two_runs_is_one_move_or_none() {
        // From the afternoon of the sixteenth to the morning of the seventeenth.
        let there = moved(&open(), SECOND, "2026-11-16T08:00:00Z");
        let on = moved(&there, THIRD, "2026-11-17T01:00:00Z");
        assert_eq!(shifts(&on), [(2, FIRST, THIRD)], "once, from what was said to what is meant");
        let back = moved(&there, FIRST, "2026-11-17T01:00:00Z");
        assert_eq!(shifts(&back), []);
        let standing = mark(&back, "2026-11-17T02:00:00Z");
        assert_eq!(standing.as_deref(), Some("2569-1#before-14@2026-11-30"), "as if nothing had been");
        // Over a weekend there is no run.
        let friday = moved(&open(), SECOND, "2026-11-20T08:00:00Z");
        assert_eq!(shifts(&moved(&friday, FIRST, "2026-11-22T08:00:00Z")), []);
    }

    #[test]
    fn what_was_announced_and_is_moved_back_on_the_same_day_is_announced_again() {
        let morning = moved(&open(), SECOND, "2026-11-16T01:00:00Z");
        assert_eq!(mark(&morning, "2026-11-16T02:00:00Z").as_deref(), Some("2569-1#moved-1@2026-12-14"));
        let back = moved(&morning, FIRST, "2026-11-16T05:00:00Z");
        assert_eq!(shifts(&back), [(1, FIRST, SECOND), (2, SECOND, FIRST)]);
        assert_eq!(mark(&back, "2026-11-16T05:00:00Z"), None, "one message a day");
        assert_eq!(mark(&back, "2026-11-17T02:00:00Z").as_deref(), Some("2569-1#moved-2@2026-11-30"));
        let after = mark(&back, "2026-11-23T02:00:00Z");
        assert_eq!(after.as_deref(), Some("2569-1#before-7@2026-11-30"), "and the steps go on");
    }

    #[test]
    fn a_planned_step_gives_way_to_the_announcement_of_its_day_and_one_message_goes_out_a_day() {
        // The seventh day before the new deadline is the thirtieth: the day of the announcement.
        let round = moved(&open(), THIRD, "2026-11-27T08:00:00Z");
        let days = days(&round);
        assert_eq!(days[0], (Step::Moved(1), date(2026, 11, 30)));
        assert!(days.iter().all(|(step, _)| *step != Step::Before(7)), "{days:?}");
        assert!(days.windows(2).all(|pair| pair[0].1 < pair[1].1), "{days:?}");
        // And of those that the new deadline puts on a day that has begun already, none goes out behind it.
        let round = moved(&open(), THIRD, "2026-11-23T03:00:00Z");
        assert_eq!(mark(&round, "2026-11-23T03:00:00Z"), None, "two weeks before it, but after nine");
    }

    #[test]
    fn who_was_not_asked_yet_hears_the_new_deadline_with_the_first_message() {
        assert_eq!(shifts(&moved(&open(), SECOND, "2026-11-01T10:00:00Z")), []);
        assert_eq!(
            shifts(&moved(&open(), SECOND, "2026-11-02T01:00:00Z")),
            [],
            "on the morning of the opening"
        );
        assert_eq!(shifts(&moved(&open(), SECOND, "2026-11-02T02:00:00Z")).len(), 1, "after its messages");
        // Opened in the afternoon, its first messages go out on the next working day.
        let late = Round { opened_at: Some(at("2026-11-02T07:00:00Z")), ..open() };
        assert_eq!(shifts(&moved(&late, SECOND, "2026-11-02T08:00:00Z")), []);
        assert_eq!(shifts(&moved(&late, SECOND, "2026-11-03T08:00:00Z")).len(), 1);
    }

    #[test]
    fn a_run_that_comes_before_the_first_one_orders_nothing() {
        // Opened after what the run of the day sees, and run all the same: late, again, or by hand.
        let round = Round { opened_at: Some(at("2026-11-16T01:59:30Z")), ..open() };
        assert_eq!(mark(&round, "2026-11-16T02:00:00Z"), None);
        assert_eq!(mark(&round, "2026-11-17T02:00:00Z").as_deref(), Some("2569-1#before-14@2026-11-30"));
        // So nobody has heard of a deadline that is moved meanwhile.
        assert_eq!(shifts(&moved(&round, SECOND, "2026-11-16T08:00:00Z")), []);
    }

    #[test]
    fn what_is_to_come_is_named_with_the_day_on_which_it_really_goes_out() {
        let calendar = Calendar::default();
        let to_come = |round: &Round, now: &str| -> Vec<(Step, Date)> {
            round.to_come(&calendar, at(now)).into_iter().map(|due| (due.step, due.day)).collect()
        };
        let november = |day: i8| date(2026, 11, day);
        let opened = Round { opened_at: Some(at("2026-11-02T01:00:00Z")), ..open() };
        assert_eq!(to_come(&opened, "2026-11-16T01:58:59Z")[0], (Step::Before(14), november(16)));
        let next = to_come(&opened, "2026-11-16T02:00:00Z");
        assert_eq!(next[0], (Step::Before(7), november(23)), "that of today has gone out at nine");
        // Opened in the afternoon, on the day of its first messages or on a later one.
        let first = |now: &str| to_come(&open(), now)[0];
        assert_eq!(first("2026-11-02T01:00:00Z"), (Step::Before(30), november(2)));
        assert_eq!(first("2026-11-02T07:00:00Z"), (Step::Before(30), november(3)));
        assert_eq!(first("2026-11-16T07:00:00Z"), (Step::Before(14), november(17)));
        assert_eq!(
            first("2026-11-20T07:00:00Z"),
            (Step::Before(7), november(23)),
            "in place of the older one"
        );
        // Moved in the afternoon, it is announced by the next run, and that is what is named.
        let moved = moved(&opened, SECOND, "2026-11-16T05:00:00Z");
        assert_eq!(to_come(&moved, "2026-11-16T05:00:00Z")[0], (Step::Moved(1), november(17)));
        assert_eq!(to_come(&moved, "2026-12-15T17:00:00Z"), [], "it is over");
        let closed = Round { state: RoundState::Closed, ..moved };
        assert_eq!(to_come(&closed, "2026-11-16T05:00:00Z"), []);
    }

    #[test]
    fn nothing_is_announced_where_no_message_was_planned_or_when_the_round_is_over() {
        let mut quiet = moved(&open(), SECOND, "2026-11-16T05:00:00Z");
        quiet.terms.steps.clear();
        assert_eq!(quiet.messages(&Calendar::default()), []);
        assert_eq!(mark(&quiet, "2026-11-17T02:00:00Z"), None);
        // In the afternoon of its last day: the next run finds it closed.
        let last = open().moved(date(2026, 12, 15), date(2026, 12, 15), at("2026-12-15T05:00:00Z"));
        assert_eq!(days(&last.expect("moved")), []);
    }
}
