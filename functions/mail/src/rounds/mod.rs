//! Messages of a round: looked at again before they are sent, each sent once and never twice.

mod digest;
mod frame;
mod reminder;

use jiff::Timestamp;
use palad_api::{QueueError, QueueFunction, in_doubt};
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::round::attachment::Attachment;
use palad_domain::round::calendar::Calendar;
use palad_domain::round::messages::Shift;
use palad_domain::round::plan::Step;
use palad_domain::round::reminder::StepOf;
use palad_domain::round::terms::Terms;
use palad_domain::round::{Round, RoundState};
use palad_store::{Lease, RoundLooked, StoreError};
use palad_thai::date::{thai_day, thai_day_plain};
use palad_thai::digits::to_thai_digits;

use crate::App;
use crate::letter::Letter;
use digest::digest;
use frame::Enclosure;
use reminder::reminder;

/// What the letters of a round have in common.
pub(crate) struct About<'a> {
    round: &'a Round,
    /// On which days offices work.
    calendar: &'a Calendar,
    site: &'a str,
    /// How many days are left with today; less than 0 after the deadline.
    days_left: i32,
}

impl<'a> About<'a> {
    pub(crate) fn new(round: &'a Round, calendar: &'a Calendar, site: &'a str, now: Timestamp) -> Self {
        Self { round, calendar, site, days_left: round.terms.dates.days_left(now) }
    }

    fn terms(&self) -> &Terms {
        &self.round.terms
    }

    fn is_late(&self) -> bool {
        self.days_left < 0
    }

    /// What the round is called, in a Thai sentence.
    fn title(&self) -> String {
        to_thai_digits(&self.terms().title)
    }

    /// What it is called, for readers of English.
    fn title_en(&self) -> &str {
        &self.terms().title
    }

    /// `หนังสือ ที่ มท ๐๘๐๙.๔/ว ๑๒๓ ลงวันที่ ๒๕ ตุลาคม ๒๕๖๙`; none where the round has no letter.
    fn reference(&self) -> Option<String> {
        let letter = self.terms().letter.as_ref()?;
        // Some type it with its first word.
        let number = letter.number.trim_start_matches("ที่").trim_start();
        Some(format!("หนังสือ ที่ {} ลงวันที่ {}", to_thai_digits(number), thai_day(letter.date)))
    }

    /// The files of the round, each with its address.
    fn enclosed(&self) -> Vec<Enclosure> {
        let enclosure = |file: &Attachment| Enclosure {
            name: file.name.clone(),
            url: format!("{}{}", self.site, file.id.path()),
        };
        self.round.attachments.iter().map(enclosure).collect()
    }

    /// The deadline in a letter, in Thai digits.
    fn deadline(&self) -> String {
        thai_day(self.terms().dates.deadline())
    }

    /// The deadline in a subject line, which is read on a telephone.
    fn deadline_plain(&self) -> String {
        thai_day_plain(self.terms().dates.deadline())
    }

    /// The deadline for readers of English.
    fn deadline_en(&self) -> String {
        self.terms().dates.deadline().to_string()
    }

    /// The move of the deadline that a step announces, if it is the notice of one.
    fn shift(&self, step: Step) -> Option<Shift> {
        let Step::Moved(number) = step else { return None };
        self.round.shifts(self.calendar).into_iter().find(|shift| shift.number == number)
    }

    /// How much time there is, at the end of a subject line.
    fn time_left(&self) -> String {
        match self.days_left {
            0 => "ครบกำหนดวันนี้".to_owned(),
            days if days > 0 => format!("เหลือเวลาอีก {days} วัน"),
            _ => format!("พ้นกำหนดเมื่อ {}", self.deadline_plain()),
        }
    }

    /// The same for readers of English.
    fn time_left_en(&self) -> String {
        match self.days_left {
            0 => "due today".to_owned(),
            1 => "1 day left".to_owned(),
            days if days > 0 => format!("{days} days left"),
            _ => format!("overdue since {}", self.deadline_en()),
        }
    }
}

impl App {
    /// Claims a message, looks again whether it is still to be sent, and sends it. Killed before it is handed to the
    /// mail service, it is claimed anew when the lease has ended; killed after that, it is never sent again.
    pub(crate) async fn remind(&self, order: &MailOrder) -> Result<(), QueueError> {
        let claimed_at = self.clock.now();
        match self.ledger.claim(&order.key, claimed_at).await? {
            Lease::Sent => return Ok(()),
            // The mail service has no way to be told that it is the same mail, nor to be asked whether it has had it:
            // twice would be worse than once too few. The next step reaches the agency; after the last one the
            // province, which has it on its list.
            Lease::InDoubt => {
                in_doubt(Self::NAME);
                return Ok(());
            }
            Lease::Taken => return Err(QueueError::new("another sender has this order")),
            Lease::Ours => {}
        }
        // Whoever has answered by now is seen here: the look comes after the claim, and is consistent.
        let Some(letter) = self.still_to_be_sent(&order.occasion).await? else {
            self.ledger.release(&order.key).await?;
            return Ok(());
        };
        if !self.ledger.hand_over(&order.key, claimed_at).await? {
            return Err(QueueError::new("the claim has ended before the letter was written"));
        }
        match self.send(letter).await {
            Ok(()) => self.ledger.sent(&order.key).await.map_err(QueueError::from),
            Err(error) => {
                if error.was_refused {
                    self.ledger.release(&order.key).await?;
                }
                Err(QueueError::new(error.cause))
            }
        }
    }

    /// The letter, unless it is not to be sent any more.
    async fn still_to_be_sent(&self, occasion: &Occasion) -> Result<Option<Letter>, StoreError> {
        let now = self.clock.now();
        let (of, agency, to): (&StepOf, Option<&AgencyCode>, &Email) = match occasion {
            Occasion::Reminder(reminder) => (&reminder.of, Some(&reminder.agency.code), &reminder.to),
            Occasion::Digest(digest) => (&digest.of, None, &digest.to),
            _ => return Ok(None),
        };
        let (looked, address) =
            tokio::try_join!(self.rounds.look(of.round, agency), self.addresses.state(to, now))?;
        let Some(round) = is_current(of, &looked, now).filter(|_| address.is_none()) else {
            return Ok(None);
        };
        let about = About::new(round, &looked.calendar, self.edge.site(), now);
        Ok(match occasion {
            Occasion::Reminder(_) if looked.ledger.answers.contains_key(&of.round) => None,
            Occasion::Reminder(ordered) if looked.disowned.holds(&ordered.to, now) => None,
            Occasion::Reminder(ordered) => Some(reminder(ordered, &about)),
            Occasion::Digest(ordered) => Some(digest(ordered, &about)),
            _ => None,
        })
    }
}

/// The round, if messages of it go out and this step is still the one of the day: one that was held up until the next
/// has come, or until the deadline was moved, is overtaken.
fn is_current<'a>(of: &StepOf, looked: &'a RoundLooked, now: Timestamp) -> Option<&'a Round> {
    let round = looked.round.as_ref()?;
    let goes_out = round.state == RoundState::Open && round.stopped_at.is_none() && !looked.is_stopped;
    (goes_out && round.step_at(&looked.calendar, now).as_ref() == Some(of)).then_some(round)
}

/// So many agencies, in a Thai sentence: `๑๒ แห่ง`.
fn places(count: impl ToString) -> String {
    format!("{} แห่ง", to_thai_digits(&count.to_string()))
}

fn subject(text: &str) -> String {
    format!("{text} - ระบบบันทึกข้อมูลปลัด อปท.")
}

#[cfg(test)]
mod tests;
