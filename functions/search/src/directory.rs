//! The directory: searched, or one agency's line of it.

use std::str::FromStr;

use palad_api::{ApiError, Request, Response, page};
use palad_domain::agency::{AgencyCode, AgencyKind};
use palad_domain::directory::Entry;
use palad_domain::fields::FieldErrors;
use palad_domain::post::PostState;
use palad_domain::province::ProvinceCode;
use palad_domain::rules::QUERY_MAX;
use palad_domain::say::{Say, say};
use palad_index::{Facets, Query, Words};
use serde::Serialize;

use crate::App;

/// Lines on a page.
const PAGE: usize = 20;

#[derive(Serialize)]
struct Answer {
    items: Vec<Entry>,
    total: usize,
    facets: Facets,
    next: Option<String>,
}

impl App {
    pub(crate) async fn directory(&self, request: &Request) -> Result<Response, ApiError> {
        let after: Option<AgencyCode> =
            request.query("cursor").map(|cursor| page::decode(&cursor)).transpose()?;
        let query = Query {
            words: words(request)?,
            province: request.query_as::<ProvinceCode>("province")?.map(ProvinceCode::province),
            district: request.query("district").map(|name| name.trim().to_owned()),
            kind: request.query_as::<AgencyKind>("kind")?,
            state: request.query_as::<StateFilter>("state")?.map(|filter| filter.0),
            after,
            limit: PAGE,
        };
        let found = self.held.ask(|index| index.search(&query)).await?;
        let last = found.items.last().map(|entry| &entry.agency.code).filter(|_| found.has_more);
        let next = last.map(page::encode).transpose()?;
        let answer = Answer { items: found.items, total: found.total, facets: found.facets, next };
        Ok(Response::ok(&answer))
    }

    pub(crate) async fn entry(&self, request: &Request) -> Result<Response, ApiError> {
        let code = request.agency_code()?;
        let entry = self.held.ask(|index| index.entry(&code)).await?.ok_or_else(ApiError::not_found)?;
        Ok(Response::ok(&entry))
    }
}

struct StateFilter(PostState);

impl FromStr for StateFilter {
    type Err = Say;

    fn from_str(text: &str) -> Result<Self, Say> {
        PostState::ALL.into_iter().find(|state| state.as_str() == text).map(Self).ok_or_else(|| {
            say(
                "สถานะต้องเป็น held acting vacant หรือ none",
                "The state is one of held, acting, vacant and none.",
            )
        })
    }
}

/// What was typed into the search box.
pub(crate) fn words(request: &Request) -> Result<Words, ApiError> {
    let typed = request.query("q").unwrap_or_default();
    if typed.chars().count() > QUERY_MAX {
        let too_long = say("คำค้นยาวเกินไป กรอกได้ไม่เกิน 100 ตัวอักษร", "Search for at most 100 characters.");
        return Err(ApiError::invalid(FieldErrors::one("?q", too_long)));
    }
    Ok(Words::parse(&typed))
}
