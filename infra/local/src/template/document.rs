//! YAML with CloudFormation's short tags, as the JSON that CloudFormation itself would take.

use serde_json::{Map, Value, json};

use super::TemplateError;

/// The text of `file`, with `!Sub x` and its like in their long form `{"Fn::Sub": x}`.
pub(super) fn parse(file: &str, text: &str) -> Result<Value, TemplateError> {
    let yaml: yaml_serde::Value =
        yaml_serde::from_str(text).map_err(|error| TemplateError::new(file, format!("not YAML: {error}")))?;
    long_form(yaml).map_err(|message| TemplateError::new(file, message))
}

fn long_form(yaml: yaml_serde::Value) -> Result<Value, String> {
    use yaml_serde::Value as Yaml;
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => json!(value),
        Yaml::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => json!(whole),
            (None, float) => json!(float),
        },
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(long_form).collect::<Result<_, _>>()?),
        Yaml::Mapping(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                map.insert(key_text(&key)?, long_form(value)?);
            }
            Value::Object(map)
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let tag = tag.trim_start_matches('!');
            let name = match tag {
                "Ref" | "Condition" => tag.to_owned(),
                _ => format!("Fn::{tag}"),
            };
            let value = match (tag, long_form(tagged.value)?) {
                // `!GetAtt A.B` is short for `Fn::GetAtt: [A, B]`.
                ("GetAtt", Value::String(path)) => match path.split_once('.') {
                    Some((resource, attribute)) => json!([resource, attribute]),
                    None => return Err(format!("!GetAtt {path} names no attribute")),
                },
                (_, value) => value,
            };
            json!({ name: value })
        }
    })
}

fn key_text(key: &yaml_serde::Value) -> Result<String, String> {
    match key {
        yaml_serde::Value::String(text) => Ok(text.clone()),
        yaml_serde::Value::Number(number) => Ok(number.to_string()),
        other => Err(format!("a key is neither text nor a number: {other:?}")),
    }
}
