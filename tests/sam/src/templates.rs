//! template.yaml and what it nests, as JSON with CloudFormation's functions in their long form.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// The templates, by path from the root, as they stand in the working tree.
pub struct Templates {
    /// The root of the repository.
    pub root: PathBuf,
    /// Each template's text, for what only its text has: comments.
    pub texts: BTreeMap<String, String>,
    documents: BTreeMap<String, Value>,
}

impl Templates {
    /// Reads them.
    ///
    /// # Errors
    /// When one cannot be read; the message names it.
    pub fn read() -> Result<Self, String> {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let root = root.canonicalize().map_err(|error| error.to_string())?;
        let mut paths = vec!["template.yaml".to_owned()];
        for entry in std::fs::read_dir(root.join("infra")).map_err(|error| error.to_string())? {
            let name = entry.map_err(|error| error.to_string())?.file_name().to_string_lossy().into_owned();
            paths.extend(name.ends_with(".yaml").then(|| format!("infra/{name}")));
        }
        let (mut texts, mut documents) = (BTreeMap::new(), BTreeMap::new());
        for path in paths {
            let text =
                std::fs::read_to_string(root.join(&path)).map_err(|error| format!("{path}: {error}"))?;
            let yaml = yaml_serde::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
            documents.insert(path.clone(), long_form(yaml));
            texts.insert(path, text);
        }
        Ok(Self { root, texts, documents })
    }

    /// The root template.
    #[must_use]
    pub fn main(&self) -> &Value {
        &self.documents["template.yaml"]
    }

    /// All templates with their paths.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.documents.iter().map(|(path, document)| (path.as_str(), document))
    }

    /// The template that a resource of the root nests.
    #[must_use]
    pub fn nested(&self, stack: &str) -> Option<&Value> {
        self.documents.get(self.main()["Resources"][stack]["Properties"]["TemplateURL"].as_str()?)
    }

    /// The properties of what `!Ref X`, `!GetAtt X.Y` or `!GetAtt Stack.Outputs.Z` in the root stands for.
    #[must_use]
    pub fn target(&self, reference: &Value) -> Option<&Value> {
        self.target_in(self.main(), reference)
    }

    fn target_in<'a>(&'a self, document: &'a Value, reference: &Value) -> Option<&'a Value> {
        if let Some(name) = reference["Ref"].as_str() {
            return Some(&document["Resources"][name]["Properties"]);
        }
        let name = reference["Fn::GetAtt"][0].as_str()?;
        match reference["Fn::GetAtt"][1].as_str()?.strip_prefix("Outputs.") {
            None => Some(&document["Resources"][name]["Properties"]),
            Some(output) => {
                let nested = self.nested(name)?;
                self.target_in(nested, &nested["Outputs"][output]["Value"])
            }
        }
    }

    /// The functions by name (`clerks`), each with its properties and what `Globals` gives it.
    #[must_use]
    pub fn functions(&self) -> BTreeMap<String, Value> {
        let globals = &self.main()["Globals"]["Function"];
        resources_of(self.main(), "AWS::Serverless::Function")
            .map(|(name, body)| {
                let name = name.strip_suffix("Function").unwrap_or(name).to_lowercase();
                (name, merged(globals, &body["Properties"]))
            })
            .collect()
    }
}

/// The resources of one type, with their names.
pub fn resources_of<'a>(document: &'a Value, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let resources = document["Resources"].as_object().into_iter().flatten();
    resources.filter(move |(_, body)| body["Type"] == kind).map(|(name, body)| (name.as_str(), body))
}

fn merged(below: &Value, above: &Value) -> Value {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            let mut all = below.clone();
            for (name, value) in above {
                let under = below.get(name).unwrap_or(&Value::Null);
                all.insert(name.clone(), merged(under, value));
            }
            Value::Object(all)
        }
        (below, Value::Null) => below.clone(),
        (_, above) => above.clone(),
    }
}

fn long_form(yaml: yaml_serde::Value) -> Value {
    use yaml_serde::Value as Yaml;
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => json!(value),
        Yaml::Number(number) => number.as_i64().map_or_else(|| json!(number.as_f64()), |whole| json!(whole)),
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => items.into_iter().map(long_form).collect(),
        Yaml::Mapping(entries) => {
            let text = |key: Yaml| match long_form(key) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            let entries = entries.into_iter().map(|(key, value)| (text(key), long_form(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let tag = tag.trim_start_matches('!');
            let value = long_form(tagged.value);
            match (tag, value.as_str().and_then(|path| path.split_once('.'))) {
                ("Ref" | "Condition", _) => json!({ tag: value }),
                ("GetAtt", Some((resource, attribute))) => json!({ "Fn::GetAtt": [resource, attribute] }),
                _ => json!({ format!("Fn::{tag}"): value }),
            }
        }
    }
}
