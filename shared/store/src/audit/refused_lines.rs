//! Lines about what was refused, and so changed nothing: each in a transaction of its own.

use aws_sdk_dynamodb::Client;
use palad_domain::audit::Chain;
use palad_environment::{Variables, VariablesError};

use super::{ATTEMPTS, AuditLog, NewLine, chain_pk, overrun};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, key};
use crate::table::get;
use crate::transaction::{Outcome, Transaction};

/// Adds such lines.
#[derive(Clone)]
pub(super) struct RefusedLines {
    client: Client,
    audit: AuditLog,
}

/// The writes of a line, by name.
#[derive(Clone, Copy)]
enum Write {
    /// What keeps it from being written twice.
    Marker,
    /// The line: another one came first.
    Audit,
}

impl RefusedLines {
    /// Needs `AUDIT_TABLE`.
    pub(super) fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), audit: AuditLog::from_environment(variables)? })
    }

    /// Writes the line; where a marker is named, once for each marker.
    ///
    /// A marker that is there is seen without a transaction: whoever is refused over and over must not be in the way
    /// of those who write to the same chain.
    pub(super) async fn write(
        &self,
        chain: Chain,
        once_for: Option<&str>,
        line: NewLine<'_>,
    ) -> Result<(), StoreError> {
        let (table, pk) = (self.audit.table.name(), chain_pk(&chain));
        if let Some(marker) = once_for
            && get(&self.client, table, key(pk.clone(), marker)).await?.is_some()
        {
            return Ok(());
        }
        for _ in 0..ATTEMPTS {
            let head = self.audit.head(&self.client, chain.clone()).await?;
            let mut transaction = Transaction::new();
            if let Some(marker) = once_for {
                let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
                transaction.put(Write::Marker, table, Builder::new(pk.clone(), marker).build(), absent);
            }
            self.audit.append(&mut transaction, Write::Audit, &head, chain.clone(), line)?;
            match transaction.run(&self.client).await? {
                Outcome::Done | Outcome::Refused(Write::Marker, _) => return Ok(()),
                Outcome::Refused(Write::Audit, _) => {}
            }
        }
        Err(overrun())
    }
}
