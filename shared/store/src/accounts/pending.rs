//! What was begun at an account and waits for somebody to open a mailed link: a change of the address, a hand-over.
//!
//! Two items: one under the account, so that its owner sees it and a new one takes the place of the last; and one
//! under the hash of the link's token, which says whose it is. A link works while both agree, and while the
//! account's session version is what it was: whatever ends every session ends these too.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::account::{Account, EMAIL_CHANGE_LIFE, HAND_OVER_LIFE};
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use palad_domain::life::stands;
use palad_domain::session::SessionVersion;

use super::changes::Write;
use super::codec::read_account;
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::item::{Attributes, Builder, Reader, key, text};
use crate::table::{get, get_many, values};
use crate::tables::{AccountsTable, SK};
use crate::transaction::Transaction;

/// Items are kept a while after they end, so that a clock that is set back finds them still.
const GRACE: SignedDuration = SignedDuration::from_hours(1);

/// What waits. The kind is the sort key of both items and the beginning of the link's partition key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A change of the address.
    EmailChange,
    /// A hand-over.
    HandOver,
}

impl Kind {
    pub(super) fn sk(self) -> &'static str {
        match self {
            Self::EmailChange => "EMAIL-CHANGE",
            Self::HandOver => "HANDOVER",
        }
    }

    pub(super) fn life(self) -> SignedDuration {
        match self {
            Self::EmailChange => EMAIL_CHANGE_LIFE,
            Self::HandOver => HAND_OVER_LIFE,
        }
    }

    fn link_key(self, token_hash: &str) -> Attributes {
        key(format!("{}#{token_hash}", self.sk()), self.sk())
    }
}

/// Something that waits for a mailed link to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// To which address the link went.
    pub email: Email,
    /// Until when it can be opened.
    pub ends_at: Timestamp,
    pub(super) token_hash: String,
    pub(super) session_version: SessionVersion,
    /// The account's address when it was begun.
    pub(super) before: Email,
}

impl Pending {
    pub(super) fn read(item: &Attributes) -> Result<Self, StoreError> {
        let read = Reader(item);
        Ok(Self {
            email: read.parse("email", |text| text.parse().ok())?,
            ends_at: read.time("ends_at")?,
            token_hash: read.text("token_hash")?,
            session_version: read.number("session_version").map(SessionVersion)?,
            before: read.parse("before", |text| text.parse().ok())?,
        })
    }

    /// Whether it can still be carried out upon the account as it stands.
    pub(super) fn is_open(&self, kind: Kind, account: &Account, now: Timestamp) -> bool {
        stands(self.ends_at, kind.life(), now)
            && self.session_version == account.session_version
            && self.before == account.email
            && account.suspended.is_none()
    }

    /// Puts both items there; an earlier one of the same kind is over.
    pub(super) fn begin(
        &self,
        kind: Kind,
        code: &AgencyCode,
        transaction: &mut Transaction<Write>,
        accounts: &str,
    ) {
        let waiting = Builder::new(account_pk(code), kind.sk())
            .text("email", self.email.as_str())
            .text("before", self.before.as_str())
            .text("token_hash", &self.token_hash)
            .number("session_version", self.session_version.0)
            .time("ends_at", self.ends_at)
            .expires(self.ends_at + GRACE)
            .build();
        transaction.put(Write::Account, accounts, waiting, None);
        let link = Builder::new(format!("{}#{}", kind.sk(), self.token_hash), kind.sk())
            .text("agency", code.as_str())
            .expires(self.ends_at + GRACE)
            .build();
        transaction.put(Write::Account, accounts, link, None);
    }

    /// Takes both items away, if they are still there.
    pub(super) fn end(
        &self,
        kind: Kind,
        code: &AgencyCode,
        transaction: &mut Transaction<Write>,
        accounts: &str,
    ) {
        let waiting = key(account_pk(code), kind.sk());
        let same = values([(":token", text(&self.token_hash))]);
        transaction.delete_if(Write::Account, accounts, waiting, "token_hash = :token", same);
        let link = kind.link_key(&self.token_hash);
        transaction.delete(Write::Account, accounts, link, "attribute_exists(pk)");
    }
}

/// What waits under a link's token, with the account as it stands; none where the link can no longer be used.
pub(super) async fn find(
    client: &Client,
    accounts: &AccountsTable,
    kind: Kind,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(Account, Pending)>, StoreError> {
    let Some(link) = get(client, accounts.name(), kind.link_key(token_hash)).await? else { return Ok(None) };
    let code: AgencyCode = Reader(&link).parse("agency", |text| text.parse().ok())?;
    let (account, pending) = find_of(client, accounts, kind, &code).await?;
    Ok(account
        .zip(pending)
        .filter(|(account, pending)| pending.token_hash == token_hash && pending.is_open(kind, account, now)))
}

/// An account, and what waits there.
pub(super) async fn find_of(
    client: &Client,
    accounts: &AccountsTable,
    kind: Kind,
    code: &AgencyCode,
) -> Result<(Option<Account>, Option<Pending>), StoreError> {
    let keys = vec![key(account_pk(code), ACCOUNT), key(account_pk(code), kind.sk())];
    let (mut account, mut pending) = (None, None);
    for item in get_many(client, accounts.name(), keys).await? {
        if Reader(&item).text(SK)? == ACCOUNT {
            account = Some(read_account(&item)?);
        } else {
            pending = Some(Pending::read(&item)?);
        }
    }
    Ok((account, pending))
}
