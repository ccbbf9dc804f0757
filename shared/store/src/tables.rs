//! The names of the four tables, and of their keys.

use palad_environment::{Variables, VariablesError};

/// The key attributes of every table.
pub(crate) const PK: &str = "pk";
/// The sort key.
pub(crate) const SK: &str = "sk";
/// When an item may be forgotten, in seconds since 1970. Always checked in code too: the table's
/// own deletion comes late.
pub(crate) const EXPIRES_AT: &str = "expires_at";
/// The registry's index by province: its partition key.
pub(crate) const PROVINCE: &str = "province";
/// The registry's index by province: its sort key.
pub(crate) const LISTING: &str = "listing";
/// The registry's index by province.
pub(crate) const BY_PROVINCE: &str = "by_province";

macro_rules! table {
    ($(#[$doc:meta])* $name:ident, $variable:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name(String);

        impl $name {
            pub(crate) fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
                variables.require($variable).map(Self)
            }

            pub(crate) fn name(&self) -> &str {
                &self.0
            }
        }
    };
}

table!(
    /// Agencies, records, histories and changes.
    RegistryTable, "REGISTRY_TABLE"
);
table!(
    /// Accounts, claims, devices, counters and codes.
    AccountsTable, "ACCOUNTS_TABLE"
);
table!(
    /// Who did what when.
    AuditTable, "AUDIT_TABLE"
);
table!(
    /// What was mailed.
    MailTable, "MAIL_TABLE"
);
