//! The public directory as search holds it: a copy in memory, and what has changed since.
//!
//! Neither the index nor the stream can promise that a record just saved is found by the next search,
//! for both follow the table with a delay. So each save also puts a small change item into one
//! partition of the base table, and a search reads what is newer than its copy with one consistent
//! query.
//!
//! A change item is named by the machine's time when it was sent (never the movable clock), and may
//! become visible some seconds after that time: clocks differ, and a transaction may be tried again.
//! So every query looks back over [`OVERLAP`], longer than a save may take, and whoever applies the
//! changes keeps the higher version of each record. A copy older than [`COPY_LIFE`] is made anew, well
//! before the change items are forgotten.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::Agency;
use palad_domain::directory::PublicPost;
use palad_domain::province::{Province, ProvinceCode};
use palad_environment::{Variables, VariablesError};
use tokio::task::JoinSet;

use super::{AGENCY, CHANGES, codec};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, text};
use crate::table::{put, query_all, values};
use crate::tables::{BY_PROVINCE, RegistryTable};

/// How far each query looks back: longer than the slowest save and any difference of clocks.
const OVERLAP: SignedDuration = SignedDuration::from_secs(60);
/// How old a copy may become.
const COPY_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long a change item is kept.
const CHANGE_LIFE: SignedDuration = SignedDuration::from_hours(48);
/// Provinces read at the same time.
const AT_ONCE: usize = 8;

/// The directory, for those who search it.
#[derive(Clone)]
pub struct Directory {
    client: Client,
    registry: RegistryTable,
}

/// The whole directory at one moment.
#[derive(Clone, Debug)]
pub struct DirectoryCopy {
    /// Every agency.
    pub agencies: Vec<Agency>,
    /// The post of every agency that ever recorded one.
    pub posts: Vec<PublicPost>,
    /// Where the changes go on.
    pub mark: Mark,
}

/// How far a copy has followed the changes.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    copied_at: Timestamp,
    read_at: Timestamp,
}

impl Mark {
    /// Whether it belongs to another copy.
    #[must_use]
    pub fn is_other_copy(self, other: Self) -> bool {
        self.copied_at != other.copied_at
    }

    /// The one that has followed further, if both belong to the same copy; otherwise this one.
    #[must_use]
    pub fn later_of(self, other: Self) -> Self {
        if self.is_other_copy(other) || self.read_at >= other.read_at { self } else { other }
    }
}

/// What has changed since a mark.
#[derive(Clone, Debug)]
pub enum DirectoryChange {
    /// These posts, some of them perhaps known already: the higher version counts.
    Posts(Vec<PublicPost>, Mark),
    /// So much (the list of agencies was imported), or so long ago, that a new copy is due.
    CopyAgain,
}

impl Directory {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// Reads the whole directory, province by province.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn copy(&self) -> Result<DirectoryCopy, StoreError> {
        let started = Timestamp::now();
        let mut copy = DirectoryCopy {
            agencies: Vec::new(),
            posts: Vec::new(),
            mark: Mark { copied_at: started, read_at: started },
        };
        let mut waiting = Province::all();
        let mut running = JoinSet::new();
        loop {
            while running.len() < AT_ONCE {
                let Some(province) = waiting.next() else { break };
                let directory = self.clone();
                running.spawn(async move { directory.province(province.code()).await });
            }
            let Some(read) = running.join_next().await else { return Ok(copy) };
            let items =
                read.map_err(|error| StoreError::Failed(format!("reading a province: {error}")))??;
            for item in items {
                if Reader(&item).text("sk")? == AGENCY {
                    copy.agencies.push(codec::read_agency(&item)?);
                } else {
                    let code = codec::read_code(&Reader(&item))?;
                    copy.posts.push(PublicPost::of(&code, &codec::read_ledger(&item)?));
                }
            }
        }
    }

    /// What has changed since `mark`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn changes(&self, mark: Mark) -> Result<DirectoryChange, StoreError> {
        let now = Timestamp::now();
        if now.duration_since(mark.copied_at) > COPY_LIFE {
            return Ok(DirectoryChange::CopyAgain);
        }
        let bounds = [(":pk", text(CHANGES)), (":since", text(stamp(mark.read_at - OVERLAP)))];
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk AND sk >= :since")
            .set_expression_attribute_values(Some(values(bounds)))
            .consistent_read(true);
        let mut posts = Vec::new();
        for item in query_all(query).await? {
            let read = Reader(&item);
            match read.find_text("post") {
                Some(_) => posts.push(read.json("post")?),
                None if read.text("sk")? > stamp(mark.copied_at) => return Ok(DirectoryChange::CopyAgain),
                None => {}
            }
        }
        Ok(DirectoryChange::Posts(posts, Mark { read_at: now, ..mark }))
    }

    /// The agencies and posts of one province, from the index.
    async fn province(&self, code: ProvinceCode) -> Result<Vec<Attributes>, StoreError> {
        province_items(&self.client, &self.registry, code, "").await
    }
}

/// The items of one province in the index whose listing begins with `prefix`.
pub(super) async fn province_items(
    client: &Client,
    registry: &RegistryTable,
    code: ProvinceCode,
    prefix: &str,
) -> Result<Vec<Attributes>, StoreError> {
    let query = client
        .query()
        .table_name(registry.name())
        .index_name(BY_PROVINCE)
        .key_condition_expression("province = :province AND listing BETWEEN :first AND :last")
        .set_expression_attribute_values(Some(values([
            (":province", text(code.as_str())),
            (":first", text(if prefix.is_empty() { "A" } else { prefix })),
            (":last", text(format!("{prefix}~"))),
        ])));
    query_all(query).await
}

/// The change item of a record just saved.
pub(super) fn change_item(post: &PublicPost) -> Result<Attributes, StoreError> {
    let now = Timestamp::now();
    Ok(Builder::new(CHANGES, format!("{}#{}", stamp(now), post.agency))
        .json("post", post)?
        .expires(now + CHANGE_LIFE)
        .build())
}

/// Tells every copy that it is out of date.
pub(super) async fn put_copy_again(client: &Client, registry: &RegistryTable) -> Result<(), StoreError> {
    let now = Timestamp::now();
    let item = Builder::new(CHANGES, format!("{}#ALL", stamp(now))).expires(now + CHANGE_LIFE).build();
    put(client, registry.name(), item).await
}

/// A moment as text whose order is the order of time.
fn stamp(at: Timestamp) -> String {
    format!("{at:.6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_sort_by_time() {
        let at = |text: &str| stamp(text.parse().expect("a timestamp"));
        let sorted =
            [at("2026-11-23T06:59:59.999Z"), at("2026-11-23T07:00:00Z"), at("2026-11-23T07:00:00.000001Z")];
        assert!(sorted.is_sorted(), "{sorted:?}");
        assert!(sorted.iter().all(|stamp| stamp.len() == sorted[0].len()), "{sorted:?}");
    }
}
