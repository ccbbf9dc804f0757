//! What a batch of changes asks for: the provinces that occur in it, and whether agencies themselves have changed.

use std::collections::BTreeSet;

use palad_api::StreamChange;
use palad_bucket::Object;
use palad_domain::province::{Province, ProvinceCode};
use serde_json::Value;

use crate::row::Country;
use crate::{lists, open_data, page};

/// What is to be published anew.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Triggers {
    pub(crate) provinces: BTreeSet<Province>,
    /// Whether the lists of agencies are among it.
    pub(crate) lists: bool,
}

impl Triggers {
    /// Of thousands of changes each province is named once.
    pub(crate) fn of(changes: &[StreamChange]) -> Self {
        let mut triggers = Self::default();
        for change in changes {
            match change.keys["sk"]["S"].as_str() {
                Some("AGENCY") => triggers.lists = true,
                Some("POST") => {}
                _ => continue,
            }
            // An agency that was moved is shown no longer where it was.
            let images = [change.old.as_ref(), change.new.as_ref()];
            triggers.provinces.extend(images.into_iter().flatten().filter_map(province));
        }
        triggers
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.provinces.is_empty()
    }

    /// The keys of all objects that may have to be written.
    pub(crate) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<_> = open_data::KEYS
            .iter()
            .chain([&page::STYLE_KEY, &page::MARK_KEY])
            .map(ToString::to_string)
            .collect();
        keys.extend(self.provinces.iter().map(|province| page::key(*province)));
        if self.lists {
            keys.push(lists::WHOLE.to_owned());
            keys.extend(self.provinces.iter().map(|province| lists::key(*province)));
        }
        keys
    }

    /// The objects as they ought to be.
    pub(crate) fn objects(&self, country: &Country) -> Vec<Object> {
        let mut objects =
            vec![open_data::csv(country), open_data::json(country), page::style(), page::mark()];
        objects
            .extend(self.provinces.iter().map(|province| page::province(*province, country.rows(*province))));
        if self.lists {
            objects.push(lists::whole(country));
            objects.extend(self.provinces.iter().map(|province| lists::province(*province, country)));
        }
        objects
    }
}

fn province(image: &Value) -> Option<Province> {
    let code = image.get("province")?.get("S")?.as_str()?;
    code.parse::<ProvinceCode>().ok().map(ProvinceCode::province)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn change(sk: &str, old: Option<&str>, new: Option<&str>) -> StreamChange {
        let image = |province: &str| json!({ "province": { "S": province } });
        StreamChange {
            sequence: "1".into(),
            keys: json!({ "pk": { "S": "AGENCY#540001" }, "sk": { "S": sk } }),
            old: old.map(image),
            new: new.map(image),
        }
    }

    #[test]
    fn each_province_of_a_batch_is_named_once_and_other_changes_not_at_all() {
        let codes = |triggers: &Triggers| {
            triggers.provinces.iter().map(|province| province.code().as_str()).collect::<Vec<_>>()
        };
        let batch = [
            change("POST", Some("54"), Some("54")),
            change("POST", None, Some("54")),
            change("X", None, Some("10")),
        ];
        let triggers = Triggers::of(&batch);
        assert_eq!((codes(&triggers), triggers.lists), (vec!["54"], false));
        let triggers = Triggers::of(&[change("AGENCY", Some("54"), Some("55"))]);
        assert_eq!((codes(&triggers), triggers.lists), (vec!["54", "55"], true));
        assert_eq!(triggers.keys().len(), 4 + 2 + 1 + 2);
        assert!(Triggers::of(&[change("POST", None, Some("00")), change("POST", None, None)]).is_empty());
    }
}
