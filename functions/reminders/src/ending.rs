//! The end of a round: in the night after its last day it is closed, and how it ended is written down. A run that is
//! killed between the two is followed by the next night's.

use jiff::Timestamp;
use palad_domain::round::ending::Ended;
use palad_domain::round::{Round, RoundState};
use palad_store::StoreError;

use crate::App;

impl App {
    /// Closes a round whose last day has passed; any other one goes on. One that was changed at the same moment, as by
    /// an officer who puts its closing off, is left to the next night.
    pub(crate) async fn end(&self, round: &Round, now: Timestamp) -> Result<(), StoreError> {
        let Some(ended) = Ended::of(round, now) else { return Ok(()) };
        if self.endings.close_ended(&ended).await? {
            self.endings.write_report(ended.after(), now).await?;
        }
        Ok(())
    }

    /// Writes how a closed round ended, where whoever closed it did not come to that.
    pub(crate) async fn report_on(&self, round: &Round, now: Timestamp) -> Result<(), StoreError> {
        if round.state == RoundState::Closed && !round.history {
            self.endings.write_report(round, now).await?;
        }
        Ok(())
    }
}
