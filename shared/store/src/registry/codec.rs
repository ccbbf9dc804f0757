//! Domain values as items of the registry, and back.

use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode, FormerName};
use palad_domain::email::Email;
use palad_domain::province::{Province, ProvinceCode};
use palad_domain::record::{ClerkId, Current, Deleted, HistoryEntry, Ledger, Tenure, Version};
use palad_domain::round::answer::Answers;
use palad_thai::phone::Phones;

use super::{AGENCY, ANSWERS, CONFIRMED_AT, PHOTO_READY, POST, agency_pk};
use crate::StoreError;
use crate::item::{Attributes, Builder, Reader};
use crate::tables::{LISTING, PK, PROVINCE};

pub(super) fn agency_item(
    agency: &Agency,
    former: &[FormerName],
    now: Timestamp,
) -> Result<Attributes, StoreError> {
    let mut item = Builder::new(agency_pk(&agency.code), AGENCY)
        .text("kind", agency.kind.abbreviation())
        .text("name", &agency.name)
        .text("district", &agency.district)
        .text(PROVINCE, agency.province.code().as_str())
        .text(LISTING, format!("{AGENCY}#{}", agency.code))
        .time("updated_at", now)
        .json("former_names", &former)?;
    if let Some(email) = &agency.official_email {
        item = item.text("official_email", email.as_str());
    }
    if let Some(phones) = &agency.official_phone {
        item = item.text("official_phone", phones.to_string());
    }
    Ok(item.build())
}

pub(crate) fn read_agency(item: &Attributes) -> Result<Agency, StoreError> {
    let read = Reader(item);
    let email = read
        .find_text("official_email")
        .map(|_| read.parse("official_email", |text| text.parse::<Email>().ok()));
    let phone = read
        .find_text("official_phone")
        .map(|_| read.parse("official_phone", |text| Phones::parse(text).ok()));
    Ok(Agency {
        code: read_code(&read)?,
        kind: read.parse("kind", |text| text.parse().ok())?,
        name: read.text("name")?,
        district: read.text("district")?,
        province: read_province(&read)?,
        official_email: email.transpose()?,
        official_phone: phone.transpose()?,
    })
}

pub(super) fn read_former_names(item: &Attributes) -> Result<Vec<FormerName>, StoreError> {
    Reader(item).json("former_names")
}

pub(super) fn read_code(read: &Reader<'_>) -> Result<AgencyCode, StoreError> {
    read.parse(PK, |pk| pk.strip_prefix("AGENCY#")?.parse().ok())
}

fn read_province(read: &Reader<'_>) -> Result<Province, StoreError> {
    read.parse(PROVINCE, |text| text.parse::<ProvinceCode>().ok()).map(ProvinceCode::province)
}

pub(super) fn ledger_item(agency: &Agency, ledger: &Ledger) -> Result<Attributes, StoreError> {
    let item = Builder::new(agency_pk(&agency.code), POST)
        .text(PROVINCE, agency.province.code().as_str())
        .text(LISTING, format!("{POST}#{}", agency.code));
    Ok(with_ledger(item, ledger)?.build())
}

/// The attributes of a ledger, on whichever item.
pub(super) fn with_ledger(item: Builder, ledger: &Ledger) -> Result<Builder, StoreError> {
    let mut item = item.number("version", ledger.version);
    if !ledger.answers.is_empty() {
        item = item.json(ANSWERS, &ledger.answers)?;
    }
    let Some(current) = &ledger.current else { return Ok(item) };
    if let Some(at) = current.confirmed_at {
        item = item.time(CONFIRMED_AT, at);
    }
    item.text("id", current.id.as_str())
        .time("created_at", current.created_at)
        .time("updated_at", current.updated_at)
        .number(PHOTO_READY, u8::from(current.photo_ready))
        .json("post", &current.post)
}

/// The stored form of an agency's answers.
pub(super) fn answers_text(answers: &Answers) -> Result<String, StoreError> {
    Reader(&Builder::new("", "").json(ANSWERS, answers)?.build()).text(ANSWERS)
}

pub(super) fn read_ledger(item: &Attributes) -> Result<Ledger, StoreError> {
    let read = Reader(item);
    let current = match read.find_text("id") {
        None => None,
        Some(_) => Some(Current {
            id: read_id(&read)?,
            post: read.json("post")?,
            // Records from before there were photos have none that is ready.
            photo_ready: read.number(PHOTO_READY).unwrap_or(0) == 1,
            created_at: read.time("created_at")?,
            updated_at: read.time("updated_at")?,
            confirmed_at: read.find_time(CONFIRMED_AT)?,
        }),
    };
    Ok(Ledger { version: read.number("version").map(Version)?, current, answers: read_answers(item)? })
}

/// What the agency of a ledger has answered; an agency that was never asked has answered nothing.
pub(super) fn read_answers(item: &Attributes) -> Result<Answers, StoreError> {
    let read = Reader(item);
    read.find_text(ANSWERS).map_or_else(|| Ok(Answers::new()), |_| read.json(ANSWERS))
}

pub(super) fn history_item(code: &AgencyCode, entry: &HistoryEntry) -> Result<Attributes, StoreError> {
    let mut item = Builder::new(agency_pk(code), version_sk(entry.version))
        .number("version", entry.version)
        .time("at", entry.at)
        .json("action", &entry.action)?
        .json("by", &entry.by)?
        .text("id", entry.id.as_str());
    if let Some(post) = &entry.post {
        item = item.json("post", post)?;
    }
    Ok(item.build())
}

pub(super) fn read_history(item: &Attributes) -> Result<HistoryEntry, StoreError> {
    let read = Reader(item);
    Ok(HistoryEntry {
        version: read.number("version").map(Version)?,
        at: read.time("at")?,
        action: read.json("action")?,
        by: read.json("by")?,
        id: read_id(&read)?,
        post: read.find_text("post").map(|_| read.json("post")).transpose()?,
    })
}

/// The sort key of a version; ten digits, so that text order is number order.
pub(super) fn version_sk(version: Version) -> String {
    format!("VERSION#{:010}", version.0)
}

pub(super) fn tenure_item(
    code: &AgencyCode,
    version: Version,
    tenure: &Tenure,
) -> Result<Attributes, StoreError> {
    let sk = format!("TENURE#{}#{:010}", tenure.until, version.0);
    Ok(Builder::new(agency_pk(code), sk).json("tenure", tenure)?.build())
}

pub(super) fn read_tenure(item: &Attributes) -> Result<Tenure, StoreError> {
    Reader(item).json("tenure")
}

/// The sort key of a deleted record: by the version of the deletion, so that the last ones come first.
pub(super) fn deleted_sk(version: Version) -> String {
    format!("DELETED#{:010}", version.0)
}

pub(super) fn deleted_item(code: &AgencyCode, deleted: &Deleted) -> Result<Attributes, StoreError> {
    Ok(Builder::new(agency_pk(code), deleted_sk(deleted.version))
        .number("version", deleted.version)
        .text("id", deleted.id.as_str())
        .time("created_at", deleted.created_at)
        .time("deleted_at", deleted.deleted_at)
        .json("post", &deleted.post)?
        .build())
}

pub(super) fn read_deleted(item: &Attributes) -> Result<Deleted, StoreError> {
    let read = Reader(item);
    Ok(Deleted {
        id: read_id(&read)?,
        version: read.number("version").map(Version)?,
        post: read.json("post")?,
        created_at: read.time("created_at")?,
        deleted_at: read.time("deleted_at")?,
    })
}

fn read_id(read: &Reader<'_>) -> Result<ClerkId, StoreError> {
    read.parse("id", ClerkId::parse)
}
