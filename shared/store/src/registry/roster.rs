//! The lists of the rounds, page by page, with what stands in the ledgers: for the function that orders messages and
//! counts everything anew at night. Memory holds a page, however long the lists are.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::record::Ledger;
use palad_domain::round::answer::Answer;
use palad_domain::round::calendar::Calendar;
use palad_domain::round::list::ListLine;
use palad_domain::round::tally::Tally;
use palad_domain::round::{Round, RoundId};
use palad_environment::{Variables, VariablesError};

use super::rounds::codec::{self, CALENDAR, ListItem, OPEN, ROUNDS, STOP, list_pk, round_pk};
use super::{POST, agency_pk, codec as registry_codec};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Reader, key, text};
use crate::many::read_many;
use crate::table::{get, query_all, sdk_error, values};
use crate::tables::{RegistryTable, SK};

/// Lines of one page: most provinces are one.
const PAGE: i32 = 200;
/// What a count reads of a ledger.
const READ: &str = "pk, answers";
/// The key that is greater than any code.
const FIRST: &str = "!";

/// The lists of the rounds, for those who go through them.
#[derive(Clone)]
pub struct Roster {
    client: Client,
    registry: RegistryTable,
}

/// What is to be known of all rounds before messages of one are ordered.
#[derive(Clone, Debug, Default)]
pub struct RoundsOverview {
    /// Every round.
    pub rounds: Vec<Round>,
    /// On which days offices work.
    pub calendar: Calendar,
    /// Whether no message of any round goes out.
    pub is_stopped: bool,
}

/// A line with the agency's ledger as it stands.
#[derive(Clone, Debug)]
pub struct RosterLine {
    /// The line.
    pub line: ListLine,
    /// The ledger; empty where nothing was ever recorded.
    pub ledger: Ledger,
}

/// A page of a province's list, with what was answered.
#[derive(Clone, Debug, Default)]
pub struct AnsweredPage {
    /// In the order of their codes.
    pub lines: Vec<(ListLine, Option<Answer>)>,
    /// After which code the list goes on, if it does.
    pub next: Option<AgencyCode>,
}

/// A page of a province's list.
#[derive(Clone, Debug, Default)]
pub struct RosterPage {
    /// Its lines, by code.
    pub lines: Vec<RosterLine>,
    /// After which agency the next page begins; none at the end.
    pub next: Option<AgencyCode>,
}

impl Roster {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// Reads an item that is never there, so that the way to the store is open.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn warm_up(&self) -> Result<(), StoreError> {
        get(&self.client, self.registry.name(), key("WARM-UP", ROUNDS)).await.map(drop)
    }

    /// All rounds with the calendar and the switch.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn overview(&self) -> Result<RoundsOverview, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk")
            .set_expression_attribute_values(Some(values([(":pk", text(ROUNDS))])))
            .consistent_read(true);
        let mut overview = RoundsOverview::default();
        for item in query_all(query).await? {
            match Reader(&item).text(SK)?.as_str() {
                OPEN => {}
                CALENDAR => overview.calendar = codec::read_holidays(&item)?.calendar(),
                STOP => overview.is_stopped = true,
                _ => overview.rounds.push(codec::read_round(&item)?),
            }
        }
        Ok(overview)
    }

    /// One page of a province's list, from after an agency on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn page(
        &self,
        round: RoundId,
        province: ProvinceCode,
        after: Option<&AgencyCode>,
    ) -> Result<RosterPage, StoreError> {
        let (lines, next) = self.lines(round, province, after).await?;
        let keys = lines.iter().map(|line| key(agency_pk(&line.code), POST)).collect();
        let mut ledgers = BTreeMap::new();
        for item in read_many(&self.client, self.registry.name(), keys, None).await? {
            ledgers.insert(registry_codec::read_code(&Reader(&item))?, registry_codec::read_ledger(&item)?);
        }
        let with_ledger = |line: ListLine| {
            let ledger = ledgers.remove(&line.code).unwrap_or_default();
            RosterLine { line, ledger }
        };
        Ok(RosterPage { lines: lines.into_iter().map(with_ledger).collect(), next })
    }

    /// One page of a province's list with what each agency has answered, and nothing else of their ledgers: for whoever
    /// counts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn answered(
        &self,
        round: RoundId,
        province: ProvinceCode,
        after: Option<&AgencyCode>,
    ) -> Result<AnsweredPage, StoreError> {
        let (lines, next) = self.lines(round, province, after).await?;
        let keys = lines.iter().map(|line| key(agency_pk(&line.code), POST)).collect();
        let mut answers = BTreeMap::new();
        for item in read_many(&self.client, self.registry.name(), keys, Some(READ)).await? {
            if let Some(answer) = registry_codec::read_answers(&item)?.remove(&round) {
                answers.insert(registry_codec::read_code(&Reader(&item))?, answer);
            }
        }
        let with_answer = |line: ListLine| {
            let answer = answers.remove(&line.code);
            (line, answer)
        };
        Ok(AnsweredPage { lines: lines.into_iter().map(with_answer).collect(), next })
    }

    /// One page of lines alone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn lines(
        &self,
        round: RoundId,
        province: ProvinceCode,
        after: Option<&AgencyCode>,
    ) -> Result<(Vec<ListLine>, Option<AgencyCode>), StoreError> {
        let pk = list_pk(round, province);
        let mut start = after.map_or_else(|| FIRST.to_owned(), ToString::to_string);
        loop {
            let bounds = [(":pk", text(&pk)), (":start", text(&start))];
            let output = self
                .client
                .query()
                .table_name(self.registry.name())
                .key_condition_expression("pk = :pk AND sk > :start")
                .set_expression_attribute_values(Some(values(bounds)))
                .limit(PAGE)
                .consistent_read(true)
                .send()
                .await
                .map_err(|error| sdk_error("Query", error))?;
            let mut lines = Vec::new();
            for item in output.items.unwrap_or_default() {
                if let ListItem::Line(line) = codec::read_list_item(&item)? {
                    lines.push(line);
                }
            }
            let Some(last) = output.last_evaluated_key.as_ref().map(last_sk).transpose()? else {
                return Ok((lines, None));
            };
            // A page that holds notes of calls alone is passed over.
            if let Some(line) = lines.last() {
                let next = line.code.clone();
                return Ok((lines, Some(next)));
            }
            start = last;
        }
    }

    /// The totals of all provinces together.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn country(&self, round: RoundId) -> Result<Tally, StoreError> {
        let bounds = [(":pk", text(round_pk(round))), (":total", text("TOTAL#"))];
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk AND begins_with(sk, :total)")
            .set_expression_attribute_values(Some(values(bounds)))
            .consistent_read(true);
        let mut all = Tally::default();
        for item in query_all(query).await? {
            all += codec::read_total(&item)?.1;
        }
        Ok(all)
    }
}

fn last_sk(key: &Attributes) -> Result<String, StoreError> {
    let sk = key.get(SK).and_then(|value: &AttributeValue| value.as_s().ok());
    sk.cloned().ok_or_else(|| StoreError::Failed("Query: a last key without its sort key".into()))
}
