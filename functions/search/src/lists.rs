//! The lists that the picker is made of: provinces, and agencies by province or by name.

use palad_api::{ApiError, Request, Response, page};
use palad_domain::agency::AgencyView;
use palad_domain::province::{Province, ProvinceCode};
use palad_thai::order::ThaiOrder;
use serde::Serialize;

use crate::App;
use crate::directory::words;

/// Agencies on a page when they are searched by name; a province always comes whole.
const PAGE: usize = 20;

#[derive(Serialize)]
struct ProvinceLine {
    code: ProvinceCode,
    name: &'static str,
    name_en: &'static str,
}

#[derive(Serialize)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

/// The provinces in Thai order; they change once in a generation.
pub(crate) fn provinces() -> Response {
    let order = ThaiOrder::new();
    let mut items: Vec<_> = Province::all()
        .map(|province| ProvinceLine {
            code: province.code(),
            name: province.name(),
            name_en: province.name_en(),
        })
        .collect();
    items.sort_by(|a, b| order.compare(a.name, b.name));
    Response::ok(&Page { items, next: None }).cache("public, max-age=86400")
}

impl App {
    pub(crate) async fn agencies(&self, request: &Request) -> Result<Response, ApiError> {
        let province = request.query_as::<ProvinceCode>("province")?.map(ProvinceCode::province);
        let words = words(request)?;
        let skip: usize =
            request.query("cursor").map(|cursor| page::decode(&cursor)).transpose()?.unwrap_or(0);
        // A province is a few hundred lines at most, and the picker wants them all.
        let limit = if province.is_some() && words.is_empty() { usize::MAX } else { PAGE };
        let (items, has_more) =
            self.held.ask(|index| pick(index.agencies(&words, province), skip, limit)).await?;
        let next = has_more.then(|| page::encode(&(skip + items.len()))).transpose()?;
        Ok(Response::ok(&Page { items, next }).cache("public, max-age=60"))
    }
}

fn pick(views: Vec<&AgencyView>, skip: usize, limit: usize) -> (Vec<AgencyView>, bool) {
    let total = views.len();
    let items: Vec<_> = views.into_iter().skip(skip).take(limit).cloned().collect();
    let has_more = skip.saturating_add(items.len()) < total;
    (items, has_more)
}
