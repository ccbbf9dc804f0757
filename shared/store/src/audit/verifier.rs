//! Looking through whole chains, for the operator who wants to know whether anything was tampered with.

use aws_sdk_dynamodb::Client;
use palad_domain::audit::{Chain, Fault, Head, LineHash, Stored, Verifier};
use palad_domain::record::Version;
use palad_environment::{Variables, VariablesError};

use super::trail::range;
use super::{EARLIER, HASH, HEAD, LINE, SEALED, chain_pk, line_sk, read_head, sha256};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Reader, key};
use crate::registry::{POST, agency_pk};
use crate::table::{get, sdk_error};
use crate::tables::{AuditTable, RegistryTable, SK};

/// Lines in one page.
const PAGE: i32 = 500;
/// How often an agency is looked at that is being changed meanwhile.
const LOOKS: usize = 3;

/// The chains, for the verifier.
#[derive(Clone)]
pub struct AuditVerifier {
    client: Client,
    audit: AuditTable,
    registry: RegistryTable,
}

impl AuditVerifier {
    /// Needs `AUDIT_TABLE` and `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            audit: AuditTable::from_environment(variables)?,
            registry: RegistryTable::from_environment(variables)?,
        })
    }

    /// Looks through a whole chain. Answers how many lines there are, and what is wrong.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn verify(&self, chain: &Chain) -> Result<(u64, Vec<Fault>), StoreError> {
        let mut found = self.look_through(chain).await?;
        for _ in 1..LOOKS {
            if found.1.is_empty() {
                break;
            }
            // Somebody may have written between two reads: what is really wrong stays wrong.
            let again = self.look_through(chain).await?;
            if again == found {
                break;
            }
            found = again;
        }
        Ok(found)
    }

    async fn look_through(&self, chain: &Chain) -> Result<(u64, Vec<Fault>), StoreError> {
        let (head, earlier) = tokio::try_join!(self.head(chain), self.earlier(chain))?;
        let mut verifier = Verifier::new(chain.clone(), earlier, sha256);
        let mut count = 0;
        let mut start = None;
        loop {
            let query = range(&self.client, &self.audit, chain, LINE, &format!("{LINE}~"));
            let page = query.limit(PAGE).set_exclusive_start_key(start).send().await;
            let page = page.map_err(|error| sdk_error("Query", error))?;
            for item in page.items() {
                match read_stored(item) {
                    Some(stored) => verifier.take(&stored),
                    None => verifier.stray(),
                }
                count += 1;
            }
            start = page.last_evaluated_key;
            if start.is_none() {
                break;
            }
        }
        Ok((count, verifier.finish(&head, self.record(chain).await?)))
    }

    async fn head(&self, chain: &Chain) -> Result<Head, StoreError> {
        let item = get(&self.client, self.audit.name(), key(chain_pk(chain), HEAD)).await?;
        item.as_ref().map_or_else(|| Ok(Head::default()), read_head)
    }

    /// The version at which the agency's record stands; staff have none.
    async fn record(&self, chain: &Chain) -> Result<Version, StoreError> {
        let Chain::Agency(code) = chain else { return Ok(Version::default()) };
        let item = get(&self.client, self.registry.name(), key(agency_pk(code), POST)).await?;
        item.map_or(Ok(Version::default()), |item| Reader(&item).number("version").map(Version))
    }

    /// The last version of the record that was noted before there was a chain.
    async fn earlier(&self, chain: &Chain) -> Result<Version, StoreError> {
        let query = range(&self.client, &self.audit, chain, EARLIER, &format!("{EARLIER}~"))
            .scan_index_forward(false)
            .limit(1);
        let page = query.send().await.map_err(|error| sdk_error("Query", error))?;
        page.items().first().map_or(Ok(Version::default()), |item| {
            Reader(item).parse(SK, |sk| sk.strip_prefix(EARLIER)?.parse().ok())
        })
    }
}

/// A line as it is there, whatever was done to it; none where it has no number as lines have.
fn read_stored(item: &Attributes) -> Option<Stored> {
    let read = Reader(item);
    let sk = read.find_text(SK)?;
    let number = sk.strip_prefix(LINE)?.parse().ok()?;
    (line_sk(number) == sk).then(|| Stored {
        number,
        text: read.find_text(SEALED).unwrap_or_default(),
        hash: LineHash::stored(read.find_text(HASH).unwrap_or_default()),
    })
}
