//! The writes of a save: all of them or none.

use jiff::Timestamp;
use palad_domain::agency::Agency;
use palad_domain::audit::Head;
use palad_domain::change::Applied;
use palad_domain::directory::PublicPost;
use palad_domain::photo::{PhotoId, PhotoState};
use palad_domain::record::Ledger;
use palad_domain::round::receipt::Receipt;

use super::author::Author;
use super::requests::request_item;
use super::{Records, RequestKey};
use crate::StoreError;
use crate::item::{Attributes, key, number, text};
use crate::registry::agency_pk;
use crate::registry::codec::{self, deleted_sk};
use crate::registry::directory::change_item;
use crate::registry::photo_desk::upload;
use crate::registry::photos::photo_sk;
use crate::registry::receipts::receipt_item;
use crate::table::values;
use crate::transaction::Transaction;

/// The writes of a save, by name.
#[derive(Clone, Copy)]
pub(super) enum Write {
    Ledger,
    Session,
    Request,
    Receipt,
    Photo,
    Audit,
    Other,
}

/// What is to be written.
#[derive(Clone, Copy)]
pub(super) struct Save<'a> {
    pub(super) author: Author<'a>,
    pub(super) agency: &'a Agency,
    /// The ledger as it was seen, and as it shall be.
    pub(super) before: &'a Ledger,
    pub(super) applied: &'a Applied,
    /// Where a round takes it as an answer.
    pub(super) receipt: Option<&'a Receipt>,
    /// The photo that the record names, in the state in which it was seen.
    pub(super) photo: Option<&'a (PhotoId, PhotoState)>,
    /// Where it is not to be carried out twice.
    pub(super) request: Option<&'a RequestKey>,
}

impl Records {
    /// The transaction of a save. The order says which refusal is told where there are several: the record's own first,
    /// and the audit's line last.
    pub(super) fn writes(
        &self,
        save: &Save<'_>,
        head: &Head,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Transaction<Write>, StoreError> {
        let Save { author, agency, before, applied, receipt, photo, request } = *save;
        let code = &agency.code;
        let registry = self.registry.name();
        let absent = || Some(("attribute_not_exists(pk)", Attributes::new()));
        let mut transaction = Transaction::new();

        let seen = values([(":seen", number(before.version))]);
        let unchanged = if before.version.0 == 0 {
            ("attribute_not_exists(pk)", Attributes::new())
        } else if before.answers.is_empty() {
            ("version = :seen AND attribute_not_exists(answers)", seen)
        } else {
            let answers = text(codec::answers_text(&before.answers)?);
            let seen = seen.into_iter().chain([(":answers".to_owned(), answers)]).collect();
            ("version = :seen AND answers = :answers", seen)
        };
        transaction.put(
            Write::Ledger,
            registry,
            codec::ledger_item(agency, &applied.ledger)?,
            Some(unchanged),
        );
        transaction.put(Write::Ledger, registry, codec::history_item(code, &applied.entry)?, absent());
        if let Some(tenure) = &applied.tenure {
            let item = codec::tenure_item(code, applied.ledger.version, tenure)?;
            transaction.put(Write::Other, registry, item, absent());
        }
        if let Some(deleted) = &applied.deleted {
            transaction.put(Write::Other, registry, codec::deleted_item(code, deleted)?, None);
        }
        if let Some(deleted) = &applied.restored {
            let key = key(agency_pk(code), deleted_sk(deleted.version));
            transaction.delete(Write::Other, registry, key, "attribute_exists(pk)");
        }
        transaction.put(Write::Other, registry, change_item(&PublicPost::of(code, &applied.ledger))?, None);

        author.check(&mut transaction, Write::Session, (&self.accounts, &self.registry));
        if let Some(request) = request {
            let item = request_item(code, request, &applied.ledger, now)?;
            let free = (
                "attribute_not_exists(pk) OR expires_at < :now",
                values([(":now", number(now.as_second()))]),
            );
            transaction.put(Write::Request, registry, item, Some(free));
        }
        if let Some(receipt) = receipt {
            transaction.put(Write::Receipt, registry, receipt_item(receipt)?, absent());
        }
        if let Some((id, seen)) = photo {
            let key = key(agency_pk(code), photo_sk(id));
            let seen = values([(":upload", text(upload(seen)?))]);
            transaction.check(Write::Photo, registry, key, "upload = :upload", seen);
        }
        let line = author.line(applied, request_id);
        self.audit.append(&mut transaction, Write::Audit, head, code, line)?;
        Ok(transaction)
    }
}
