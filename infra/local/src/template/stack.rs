//! One template with its parameters: gives resources, and their properties with everything resolved.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::intrinsics::{Outputs, Scope};
use super::{ACCOUNT, REGION, TemplateError};

/// A template whose parameters have values.
pub(super) struct Stack {
    file: String,
    resources: Map<String, Value>,
    outputs: Map<String, Value>,
    scope: Scope,
}

/// One resource of a template, its properties not yet resolved.
pub(super) struct Resource {
    place: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) properties: Value,
}

impl Resource {
    pub(super) fn error(&self, message: &str) -> TemplateError {
        TemplateError::new(&self.place, message)
    }
}

impl Stack {
    pub(super) fn new(
        file: &str,
        mut document: Value,
        parameters: &BTreeMap<String, String>,
    ) -> Result<Self, TemplateError> {
        let section = |document: &mut Value, name: &str| match document.get_mut(name).map(Value::take) {
            Some(Value::Object(map)) => Ok(map),
            None => Ok(Map::new()),
            Some(_) => Err(TemplateError::new(file, format!("{name} is not a mapping"))),
        };
        let mut values = pseudo_parameters();
        for (name, declared) in section(&mut document, "Parameters")? {
            let value = parameters
                .get(&name)
                .cloned()
                .map(Value::String)
                .or_else(|| declared.get("Default").cloned());
            let value = value.ok_or_else(|| {
                TemplateError::new(file, format!("parameter {name} has no default and was given no value"))
            })?;
            values.insert(name, value);
        }
        let resources = section(&mut document, "Resources")?;
        let globals = section(&mut document, "Globals")?;
        let outputs = section(&mut document, "Outputs")?;
        let conditions = section(&mut document, "Conditions")?;
        let scope = Scope::new(values, conditions);
        let mut stack = Self { file: file.to_owned(), resources, outputs, scope };
        stack.inherit(globals.get("Function"));
        stack.scope.know(&stack.resources);
        Ok(stack)
    }

    /// Gives every function what `Globals` says, where it does not say otherwise itself.
    fn inherit(&mut self, globals: Option<&Value>) {
        let Some(globals) = globals else { return };
        for resource in self.resources.values_mut() {
            if resource["Type"] == "AWS::Serverless::Function" {
                let own = resource["Properties"].take();
                resource["Properties"] = merged(globals.clone(), own);
            }
        }
    }

    /// The resources whose condition holds, in the order of their names.
    pub(super) fn resources(&self) -> Result<Vec<Resource>, TemplateError> {
        let mut resources = Vec::new();
        for (name, body) in &self.resources {
            let place = format!("{}, {name}", self.file);
            if let Some(condition) = body.get("Condition").and_then(Value::as_str) {
                let holds = self.scope.condition(condition).map_err(|m| TemplateError::new(&place, m))?;
                if !holds {
                    continue;
                }
            }
            let kind = body.get("Type").and_then(Value::as_str);
            let kind = kind.ok_or_else(|| TemplateError::new(&place, "has no Type"))?.to_owned();
            let properties = body.get("Properties").cloned().unwrap_or(Value::Object(Map::new()));
            resources.push(Resource { place, name: name.clone(), kind, properties });
        }
        Ok(resources)
    }

    /// Takes what the nested stack called `name` gives out.
    pub(super) fn nests(&mut self, name: &str, outputs: Outputs) {
        self.scope.know_outputs(name, outputs);
    }

    /// What this stack gives out.
    pub(super) fn outputs(&self) -> Outputs {
        let value = |output: &Value| self.scope.resolve(&output["Value"]);
        self.outputs.iter().map(|(name, output)| (name.clone(), value(output))).collect()
    }

    /// The property at `path` (`A.B`) resolved, or null where it is absent.
    pub(super) fn get(&self, resource: &Resource, path: &str) -> Result<Value, TemplateError> {
        let mut value = &resource.properties;
        for step in path.split('.') {
            match value.get(step) {
                Some(next) => value = next,
                None => return Ok(Value::Null),
            }
        }
        self.scope.resolve(value).map_err(|message| resource.error(&format!("{path}: {message}")))
    }

    /// The property at `path`, which must be there and be a text or a number.
    pub(super) fn text(&self, resource: &Resource, path: &str) -> Result<String, TemplateError> {
        plain_text(&self.get(resource, path)?)
            .ok_or_else(|| resource.error(&format!("{path} is missing or no text")))
    }

    /// The property at `path` as a whole number, or `default` where it is absent.
    pub(super) fn number(&self, resource: &Resource, path: &str, default: u32) -> Result<u32, TemplateError> {
        match self.get(resource, path)? {
            Value::Null => Ok(default),
            value => plain_text(&value)
                .and_then(|text| text.parse().ok())
                .ok_or_else(|| resource.error(&format!("{path} is not a whole number"))),
        }
    }

    /// The mapping at `path` with texts as values; empty where it is absent.
    pub(super) fn texts(
        &self,
        resource: &Resource,
        path: &str,
    ) -> Result<BTreeMap<String, String>, TemplateError> {
        let mut texts = BTreeMap::new();
        if let Value::Object(map) = self.get(resource, path)? {
            for (name, value) in map {
                let text = plain_text(&value);
                let text = text.ok_or_else(|| resource.error(&format!("{path}.{name} is no text")))?;
                texts.insert(name, text);
            }
        }
        Ok(texts)
    }
}

fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn merged(below: Value, above: Value) -> Value {
    match (below, above) {
        (Value::Object(mut below), Value::Object(above)) => {
            for (name, value) in above {
                let lower = below.remove(&name).unwrap_or(Value::Null);
                below.insert(name, merged(lower, value));
            }
            Value::Object(below)
        }
        (below, Value::Null) => below,
        (_, above) => above,
    }
}

fn pseudo_parameters() -> BTreeMap<String, Value> {
    [
        ("AWS::AccountId", ACCOUNT),
        ("AWS::Region", REGION),
        ("AWS::Partition", "aws"),
        ("AWS::URLSuffix", "amazonaws.com"),
        ("AWS::StackName", "palad"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), Value::String(value.to_owned())))
    .chain([("AWS::NoValue".to_owned(), Value::Null)])
    .collect()
}
