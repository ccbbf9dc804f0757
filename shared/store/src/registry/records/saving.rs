//! A save, from the look at what stands to the one transaction, and what its refusal means.

use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::audit::Head;
use palad_domain::change::{Applied, Change, Misfit};
use palad_domain::photo::{PhotoId, PhotoState};
use palad_domain::record::Ledger;
use palad_domain::round::OpenRound;
use palad_domain::round::answer::{answers_after, with_receipt};
use palad_domain::round::receipt::Receipt;

use super::author::Author;
use super::requests::{repeated, request_key};
use super::writes::{Save, Write};
use super::{Records, Reference, RequestKey, Saved};
use crate::StoreError;
use crate::audit;
use crate::item::{Attributes, Reader, key};
use crate::registry::photos::photo_state;
use crate::registry::rounds::codec::{OPEN, read_open};
use crate::registry::rounds::open_key;
use crate::registry::{POST, agency_pk, codec};
use crate::table::get_many_of;
use crate::tables::SK;
use crate::transaction::Outcome;

/// What stands before a save.
#[derive(Default)]
pub(super) struct Before {
    ledger: Ledger,
    open: Vec<OpenRound>,
    /// What became of the same request before.
    pub(super) earlier: Option<Attributes>,
    /// Where the audit of the agency ends.
    head: Head,
}

impl Records {
    pub(super) async fn save(
        &self,
        author: Author<'_>,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        reference: Reference<'_>,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        if *author.agency() != agency.code {
            return Err(StoreError::Failed("leave for one agency, change of another".into()));
        }
        // A photo may be settled or a line of the audit written between our look and our write; then we look
        // again. Who is stale is decided by the ledger's own version, every time.
        for _ in 0..audit::ATTEMPTS {
            let saved = self.try_save(author, agency, change.clone(), request, reference, now).await?;
            if let Some(saved) = saved {
                return Ok(saved);
            }
        }
        Err(audit::overrun())
    }

    /// One try; none where the photo's state or the audit's end was not the one seen any more.
    async fn try_save(
        &self,
        author: Author<'_>,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        reference: Reference<'_>,
        now: Timestamp,
    ) -> Result<Option<Saved>, StoreError> {
        let Before { ledger, open, earlier, head } = self.read_before(&agency.code, request).await?;
        if let Some(saved) =
            request.zip(earlier).and_then(|(request, item)| repeated(request, &item, now).transpose())
        {
            return saved.map(Some);
        }
        if !author.is_in_time(agency, &open, now) {
            return Err(StoreError::RoundOver);
        }
        let today = palad_thai::date::bangkok_day(now);
        let wants_none = matches!(change, Change::Create { .. } | Change::Restore { .. });
        let mut applied =
            change.apply(&ledger, author.office(), now, today).map_err(|misfit| match misfit {
                Misfit::AlreadyRecorded => StoreError::AlreadyRecorded,
                Misfit::NotFound => StoreError::NotFound,
                Misfit::Stale => StoreError::Stale { current: ledger.version },
            })?;
        let version = applied.ledger.version;
        let answers =
            answers_after(&ledger.answers, &open, agency, applied.happened(), author.office(), version, now);
        applied.ledger.answers = match reference.receipt {
            Some(number) => with_receipt(answers, number, now),
            None => answers,
        };
        let answers = &applied.ledger.answers;
        let receipt =
            reference.receipt.map(|number| Receipt::of(number.clone(), agency, version, &open, answers, now));
        // Only what a round takes is an answer.
        let receipt = receipt.filter(|receipt| !receipt.answers.is_empty());
        let photo = self.look_at_photo(&agency.code, &mut applied).await?;
        let save = Save {
            author,
            agency,
            before: &ledger,
            applied: &applied,
            receipt: receipt.as_ref(),
            photo: photo.as_ref(),
            request,
        };
        let transaction = self.writes(&save, &head, reference.request_id, now)?;
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(Some(Saved { ledger: applied.ledger, receipt, repeated: false })),
            Outcome::Refused(Write::Photo | Write::Audit, _) => Ok(None),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            // The record was confirmed meanwhile, which is no new version.
            Outcome::Refused(Write::Ledger, item) if is_at(&item, &ledger) => Ok(None),
            Outcome::Refused(Write::Ledger, item) => Err(overtaken(&item, wants_none)),
            // The same request went through between our look and our write, or does so right now.
            Outcome::Refused(Write::Request, item) => match request {
                Some(request) => {
                    repeated(request, &item, now)?.map_or(Err(StoreError::UnderWay), |saved| Ok(Some(saved)))
                }
                None => Err(StoreError::UnderWay),
            },
            Outcome::Refused(Write::Receipt, _) => {
                Err(StoreError::Failed("the number of a receipt was used before".into()))
            }
            Outcome::Refused(Write::Other, _) => Err(StoreError::NotFound),
        }
    }

    /// Finds out whether the photo that the new record names can be shown, and notes it in the record.
    async fn look_at_photo(
        &self,
        code: &AgencyCode,
        applied: &mut Applied,
    ) -> Result<Option<(PhotoId, PhotoState)>, StoreError> {
        let Some(current) = &mut applied.ledger.current else { return Ok(None) };
        let Some(id) = current.photo().cloned() else { return Ok(None) };
        let state =
            photo_state(&self.client, &self.registry, code, &id).await?.ok_or(StoreError::UnknownPhoto)?;
        current.photo_ready = state == PhotoState::Ready;
        Ok(Some((id, state)))
    }

    /// The ledger, the open rounds, the outcome of an earlier request with the same key, and the end of the audit, in
    /// one call: two at once would want a second way to the store, which a function that has just started does not have.
    pub(super) async fn read_before(
        &self,
        code: &AgencyCode,
        request: Option<&RequestKey>,
    ) -> Result<Before, StoreError> {
        let mut keys = vec![key(agency_pk(code), POST), open_key()];
        keys.extend(request.map(|request| request_key(code, request)));
        let wanted = [(self.registry.name(), keys), self.audit.wanted(code)];
        let [items, ends] = get_many_of(&self.client, wanted).await?;
        let mut before = Before { head: audit::found_head(&ends)?, ..Before::default() };
        for item in items {
            match Reader(&item).text(SK)?.as_str() {
                POST => before.ledger = codec::read_ledger(&item)?,
                OPEN => before.open = read_open(&item)?,
                _ => before.earlier = Some(item),
            }
        }
        Ok(before)
    }
}

/// Whether a ledger that was not as it was seen is at the same version all the same.
fn is_at(item: &Attributes, seen: &Ledger) -> bool {
    codec::read_ledger(item).is_ok_and(|ledger| ledger.version == seen.version)
}

/// Another writer was quicker: says at which version the record stands now, where that is known.
fn overtaken(item: &Attributes, wants_none: bool) -> StoreError {
    match codec::read_ledger(item) {
        Ok(ledger) if wants_none && ledger.current.is_some() => StoreError::AlreadyRecorded,
        Ok(ledger) => StoreError::Stale { current: ledger.version },
        Err(_) => StoreError::UnderWay,
    }
}
