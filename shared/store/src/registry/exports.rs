//! What an office takes along as a file: the directory, and the list of a round. One province is read after the other,
//! each in the order of its codes: the whole country is a matter of seconds, and of nobody who waits for a page.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::directory::PublicPost;
use palad_domain::policy::{Area, CanExport};
use palad_domain::province::{Province, ProvinceCode};
use palad_domain::round::list::{CallNote, ListLine};
use palad_domain::round::{Round, RoundId};
use palad_environment::{Variables, VariablesError};

use super::directory::province_items;
use super::rounds::codec::{ListItem, ROUNDS, list_pk, read_list_item, read_round, round_sk};
use super::{AGENCY, codec};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Reader, key, text};
use crate::table::{get, query_all, values};
use crate::tables::{RegistryTable, SK};

/// Lists for those who take them along.
#[derive(Clone)]
pub struct Exports {
    client: Client,
    registry: RegistryTable,
}

/// A line of the directory.
#[derive(Clone, Debug)]
pub struct ExportedEntry {
    /// The agency.
    pub agency: Agency,
    /// Its post as anybody may see it; none where nothing was ever recorded.
    pub post: Option<PublicPost>,
}

/// A line of a round's list.
#[derive(Clone, Debug)]
pub struct ExportedLine {
    /// The line.
    pub line: ListLine,
    /// Where the agency can be called today, if that is known.
    pub telephone: Option<String>,
    /// The calls that were noted, the earliest first.
    pub calls: Vec<CallNote>,
}

impl Exports {
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

    /// The round, if there is one of this name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn round(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(ROUNDS, round_sk(id))).await?;
        item.as_ref().map(read_round).transpose()
    }

    /// The directory of the area, by code.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn directory(&self, leave: &CanExport) -> Result<Vec<ExportedEntry>, StoreError> {
        let area = leave.area();
        let mut all = Vec::new();
        for province in provinces(area) {
            let entries = self.entries(province).await?;
            all.extend(entries.into_iter().filter(|entry| is_within(area, &entry.agency.district)));
        }
        Ok(all)
    }

    /// The list of a round in the area, by code.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn lines(&self, leave: &CanExport, id: RoundId) -> Result<Vec<ExportedLine>, StoreError> {
        let area = leave.area();
        let mut all = Vec::new();
        for province in provinces(area) {
            let lines = self.lines_of(id, province).await?;
            all.extend(lines.into_iter().filter(|exported| is_within(area, &exported.line.district)));
        }
        Ok(all)
    }

    async fn entries(&self, province: ProvinceCode) -> Result<Vec<ExportedEntry>, StoreError> {
        let (mut agencies, mut posts) = (Vec::new(), BTreeMap::new());
        for item in province_items(&self.client, &self.registry, province, "").await? {
            if Reader(&item).text(SK)? == AGENCY {
                agencies.push(codec::read_agency(&item)?);
            } else {
                let code = codec::read_code(&Reader(&item))?;
                let post = PublicPost::of(&code, &codec::read_ledger(&item)?);
                posts.insert(code, post);
            }
        }
        let with_post = |agency: Agency| ExportedEntry { post: posts.remove(&agency.code), agency };
        Ok(agencies.into_iter().map(with_post).collect())
    }

    async fn lines_of(&self, id: RoundId, province: ProvinceCode) -> Result<Vec<ExportedLine>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk")
            .set_expression_attribute_values(Some(values([(":pk", text(list_pk(id, province)))])))
            .consistent_read(true);
        let items = query_all(query).await?;
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let mut telephones: BTreeMap<AgencyCode, String> = BTreeMap::new();
        let prefix = format!("{AGENCY}#");
        for agency in province_items(&self.client, &self.registry, province, &prefix).await? {
            let agency = codec::read_agency(&agency)?;
            telephones.extend(agency.official_phone.map(|phone| (agency.code, phone.to_string())));
        }
        let mut lines: Vec<ExportedLine> = Vec::new();
        for item in &items {
            match read_list_item(item)? {
                ListItem::Line(line) => {
                    let telephone = telephones.remove(&line.code);
                    lines.push(ExportedLine { line, telephone, calls: Vec::new() });
                }
                // Calls stand behind the line of their agency, the earliest first.
                ListItem::Call(code, call) => {
                    if let Some(exported) = lines.last_mut().filter(|exported| exported.line.code == code) {
                        exported.calls.push(call);
                    }
                }
            }
        }
        Ok(lines)
    }
}

/// The provinces of an area, by code.
fn provinces(area: &Area) -> Vec<ProvinceCode> {
    match area.province() {
        Some(province) => vec![province],
        None => {
            let mut all: Vec<ProvinceCode> = Province::all().map(Province::code).collect();
            all.sort_unstable();
            all
        }
    }
}

fn is_within(area: &Area, district: &str) -> bool {
    area.district().is_none_or(|wanted| wanted == district)
}
