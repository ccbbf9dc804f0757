//! How far rounds are: the lists and totals of open rounds follow what agencies answer.
//!
//! The table's stream says only whose record has changed. What is counted follows from what stands in the ledger now,
//! and a line changes together with the total of its province, once: so changes that are repeated, late or out of order
//! end in the same state. No save waits for a counter.
//!
//! The opening of an account is no change of a record: the next step of the round, and the count at night, bring lines
//! up to date with accounts, and with addresses that mail does not reach.

use std::collections::BTreeSet;

use palad_api::{QueueError, StreamChange, StreamFunction};
use palad_domain::agency::AgencyCode;
use palad_domain::round::OpenRound;
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Aws, Counting, Reaches};

/// How often a line is looked at again that others change at the same time.
const ATTEMPTS: usize = 5;

/// What the function works with, made once when it starts.
pub struct App {
    counting: Counting,
    reaches: Reaches,
    clock: Clock,
}

impl App {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(variables: &Variables, clock: Clock, _: Random) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            counting: Counting::from_environment(&aws, variables)?,
            reaches: Reaches::from_environment(&aws, variables)?,
            clock,
        })
    }

    /// Brings an agency's line in a round up to what its ledger says now.
    async fn follow(&self, code: &AgencyCode, round: &OpenRound) -> Result<(), QueueError> {
        for _ in 0..ATTEMPTS {
            let Some((province, ledger)) = self.counting.ledger(code).await? else { return Ok(()) };
            let Some(line) = self.counting.line(round.id, province, code).await? else { return Ok(()) };
            let answer = ledger.answers.get(&round.id);
            let reach = match answer {
                // Who has answered is asked nothing else.
                Some(_) => Default::default(),
                None => self.reaches.of(std::slice::from_ref(code), self.clock.now()).await?,
            };
            let reach = reach.get(code).map(|reached| &reached.reach);
            let after = line.recounted(
                reach.is_some_and(|reach| reach.has_account),
                reach.is_some_and(|reach| reach.is_unreachable),
                answer,
                round.dates.deadline(),
            );
            if after.says_the_same(&line) || self.counting.settle(round.id, &line, &after).await? {
                return Ok(());
            }
        }
        Err(QueueError::new("others change the same line all the time"))
    }
}

impl StreamFunction for App {
    const NAME: &'static str = "progress";

    async fn changes(&self, changes: &[StreamChange]) -> Result<(), QueueError> {
        let changed = changed(changes);
        if changed.is_empty() {
            return Ok(());
        }
        for round in self.counting.open_rounds().await? {
            for code in &changed {
                self.follow(code, &round).await?;
            }
        }
        Ok(())
    }
}

/// The agencies whose ledgers are among the changes, each once.
fn changed(changes: &[StreamChange]) -> BTreeSet<AgencyCode> {
    let text = |change: &StreamChange, name: &str| change.keys[name]["S"].as_str().map(str::to_owned);
    let ledgers = changes.iter().filter(|change| text(change, "sk").as_deref() == Some("POST"));
    ledgers.filter_map(|change| text(change, "pk")?.strip_prefix("AGENCY#")?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_agency_of_a_batch_is_named_once_and_other_items_not_at_all() {
        let change = |pk: &str, sk: &str| StreamChange {
            sequence: "1".into(),
            keys: json!({ "pk": { "S": pk }, "sk": { "S": sk } }),
            old: None,
            new: None,
        };
        let batch = [
            change("AGENCY#540101", "POST"),
            change("AGENCY#540101", "POST"),
            change("AGENCY#540102", "VERSION#0000000001"),
            change("ROUND#2569-1#54", "540103"),
            change("AGENCY#no-code", "POST"),
        ];
        let codes: Vec<String> = changed(&batch).iter().map(ToString::to_string).collect();
        assert_eq!(codes, ["540101"]);
    }
}
