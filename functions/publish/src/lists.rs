//! The lists that the picker is made of, as `GET /api/agencies` gives them, packed beforehand.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use palad_bucket::Object;
use palad_domain::agency::AgencyView;
use palad_domain::province::Province;
use serde::Serialize;

use crate::object::object;
use crate::row::Country;

/// Every agency of the country.
pub(crate) const WHOLE: &str = "lists/agencies.json";

/// The agencies of one province.
pub(crate) fn key(province: Province) -> String {
    format!("lists/province-{}.json", province.code().as_str())
}

#[derive(Serialize)]
struct Page<'a> {
    items: Vec<&'a AgencyView>,
    next: Option<()>,
}

pub(crate) fn whole(country: &Country) -> Object {
    packed(WHOLE.to_owned(), country.agencies().collect())
}

pub(crate) fn province(province: Province, country: &Country) -> Object {
    packed(key(province), country.rows(province).iter().map(|row| &row.agency).collect())
}

fn packed(key: String, items: Vec<&AgencyView>) -> Object {
    // Neither step can fail: the values are plain, and the writer is memory.
    let json = serde_json::to_vec(&Page { items, next: None }).unwrap_or_default();
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let packed = packer.write_all(&json).and_then(|()| packer.finish()).unwrap_or_default();
    object(key, "application/json", Some("gzip"), packed)
}
