//! The description of the API: an OpenAPI 3.1 document, made from the domain's own rules.
//!
//! It is what others write their programs against, so it is a promise: the tests hold it against the routes of
//! template.yaml and against the answers of a running system.

mod parts;
mod paths;
mod policy;
mod schemas;

pub use policy::policy_page;

use serde_json::{Map, Value, json};

/// The whole document.
#[must_use]
pub fn document() -> Value {
    let mut all = Map::new();
    for (path, methods) in paths::all() {
        let entry = all.entry(path).or_insert_with(|| json!({}));
        if let (Value::Object(entry), Value::Object(methods)) = (entry, methods) {
            entry.extend(methods);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Palad: the register of the chief clerks of Thailand's local administrative organisations",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "JSON only. Changing calls are taken from the site's own origin alone. Errors are problem documents (RFC 9457) in Thai and English.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": all,
        "components": {
            "schemas": schemas::all(),
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-sid"},
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_call_is_named_once() {
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50);
        for reference in found {
            let pointer = reference.strip_prefix('#').expect("a reference into the document");
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
        let mut names = std::collections::BTreeSet::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, call) in methods.as_object().expect("methods") {
                let name = call["operationId"].as_str().unwrap_or_default();
                assert!(names.insert(name.to_owned()) && !name.is_empty(), "{method} {path}: {name}");
                for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                    let described = call["parameters"].as_array().is_some_and(|parameters| {
                        parameters
                            .iter()
                            .any(|parameter| parameter["name"] == part && parameter["in"] == "path")
                    });
                    assert!(described, "{method} {path}: {part}");
                }
            }
        }
    }
}
