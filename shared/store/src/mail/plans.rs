//! How far the messages of a step were ordered, province by province: whoever goes on after a run that was killed
//! begins where it stopped, and forgets nobody.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Builder, Reader, text};
use crate::table::{put, query_all, values};
use crate::tables::{MailTable, SK};

/// How long it is remembered: longer than a round.
const PLAN_LIFE: SignedDuration = SignedDuration::from_hours(24 * 400);

/// How far a step was ordered in a province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanProgress {
    /// Every agency up to this one, in the order of codes.
    Upto(AgencyCode),
    /// Every agency; the offices have yet to hear of it.
    Agencies,
    /// All of it.
    Done,
}

/// The progress of steps, for the function that orders their messages.
#[derive(Clone)]
pub struct Plans {
    client: Client,
    mail: MailTable,
}

impl Plans {
    /// Needs `MAIL_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), mail: MailTable::from_environment(variables)? })
    }

    /// How far a step has come in each province in which it was begun.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn progress(&self, step: &str) -> Result<BTreeMap<ProvinceCode, PlanProgress>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.mail.name())
            .key_condition_expression("pk = :pk")
            .set_expression_attribute_values(Some(values([(":pk", text(plan_pk(step)))])))
            .consistent_read(true);
        let mut progress = BTreeMap::new();
        for item in query_all(query).await? {
            let read = Reader(&item);
            let province = read.parse(SK, |text| text.parse().ok())?;
            let reached = read.parse("reached", |text| match text {
                "agencies" => Some(PlanProgress::Agencies),
                "done" => Some(PlanProgress::Done),
                code => code.parse().ok().map(PlanProgress::Upto),
            })?;
            progress.insert(province, reached);
        }
        Ok(progress)
    }

    /// Notes how far a step has come in a province. Of two runs at the same time the slower one may set it back: then
    /// some is ordered twice, which the markers of the mails make good.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn reached(
        &self,
        step: &str,
        province: ProvinceCode,
        progress: &PlanProgress,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let reached = match progress {
            PlanProgress::Upto(code) => code.to_string(),
            PlanProgress::Agencies => "agencies".to_owned(),
            PlanProgress::Done => "done".to_owned(),
        };
        let item = Builder::new(plan_pk(step), province.as_str())
            .text("reached", reached)
            .expires(now + PLAN_LIFE)
            .build();
        put(&self.client, self.mail.name(), item).await
    }
}

fn plan_pk(step: &str) -> String {
    format!("PLAN#{step}")
}
