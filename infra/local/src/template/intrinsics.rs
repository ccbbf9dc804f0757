//! CloudFormation's functions: !Ref, !Sub, !GetAtt, !If and their like, worked out.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{ACCOUNT, REGION};

/// Stands where the cloud names a stream by the time when it was switched on.
const STREAM_LABEL: &str = "2026-01-01T00:00:00.000";

/// What a name in a template may stand for.
pub(super) struct Scope {
    values: BTreeMap<String, Value>,
    conditions: Map<String, Value>,
    resources: Map<String, Value>,
    /// What the nested stacks give out, or why that cannot be worked out: it may be of no use here.
    outputs: BTreeMap<String, Outputs>,
}

/// What a stack gives out, by name.
pub(super) type Outputs = BTreeMap<String, Result<Value, String>>;

impl Scope {
    pub(super) fn new(values: BTreeMap<String, Value>, conditions: Map<String, Value>) -> Self {
        Self { values, conditions, resources: Map::new(), outputs: BTreeMap::new() }
    }

    /// The resources that !Ref and !GetAtt may name.
    pub(super) fn know(&mut self, resources: &Map<String, Value>) {
        self.resources = resources.clone();
    }

    /// What the nested stack called `stack` gives out, for `!GetAtt Stack.Outputs.Name`.
    pub(super) fn know_outputs(&mut self, stack: &str, outputs: Outputs) {
        self.outputs.insert(stack.to_owned(), outputs);
    }

    /// `value` with every function in it worked out, and what is `AWS::NoValue` left out.
    pub(super) fn resolve(&self, value: &Value) -> Result<Value, String> {
        match value {
            Value::Object(map) => match map.iter().next() {
                Some((name, argument)) if map.len() == 1 && (name == "Ref" || name.starts_with("Fn::")) => {
                    self.call(name, argument)
                }
                _ => {
                    let mut resolved = Map::new();
                    for (name, value) in map {
                        let value = self.resolve(value)?;
                        if !value.is_null() {
                            resolved.insert(name.clone(), value);
                        }
                    }
                    Ok(Value::Object(resolved))
                }
            },
            Value::Array(items) => {
                let items = items.iter().map(|item| self.resolve(item)).collect::<Result<Vec<_>, _>>()?;
                Ok(Value::Array(items.into_iter().filter(|item| !item.is_null()).collect()))
            }
            other => Ok(other.clone()),
        }
    }

    /// Whether the condition called `name` holds.
    pub(super) fn condition(&self, name: &str) -> Result<bool, String> {
        let condition =
            self.conditions.get(name).ok_or_else(|| format!("condition {name} is not declared"))?;
        self.holds(condition)
    }

    fn call(&self, name: &str, argument: &Value) -> Result<Value, String> {
        match (name, argument) {
            ("Ref", Value::String(name)) => self.reference(name),
            ("Fn::Sub", Value::String(text)) => self.substitute(text, &Map::new()),
            ("Fn::Sub", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(text), Value::Object(names)] => self.substitute(text, names),
                _ => Err("!Sub takes a text, or a text and a mapping".to_owned()),
            },
            ("Fn::GetAtt", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(resource), Value::String(attribute)] => self.attribute(resource, attribute),
                _ => Err("!GetAtt takes a resource and an attribute".to_owned()),
            },
            ("Fn::If", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(condition), yes, no] => {
                    self.resolve(if self.condition(condition)? { yes } else { no })
                }
                _ => Err("!If takes a condition and two values".to_owned()),
            },
            ("Fn::Join", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(between), list] => {
                    let list = self.resolve(list)?;
                    let texts = list.as_array().and_then(|items| items.iter().map(Value::as_str).collect());
                    let texts: Vec<&str> = texts.ok_or("!Join joins texts only")?;
                    Ok(Value::String(texts.join(between)))
                }
                _ => Err("!Join takes a text and a list".to_owned()),
            },
            ("Fn::Split", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(at), text] => {
                    let text = self.resolve(text)?;
                    let text = text.as_str().ok_or("!Split splits a text")?;
                    Ok(text.split(at.as_str()).map(Value::from).collect())
                }
                _ => Err("!Split takes a text and a text".to_owned()),
            },
            _ => Err(format!("the local runner cannot work out {name} of {argument}")),
        }
    }

    fn reference(&self, name: &str) -> Result<Value, String> {
        if let Some(value) = self.values.get(name) {
            return Ok(value.clone());
        }
        let resource = self.resources.get(name).ok_or_else(|| format!("nothing is called {name}"))?;
        let property = match resource["Type"].as_str() {
            Some("AWS::DynamoDB::Table") => "TableName",
            Some("AWS::S3::Bucket") => "BucketName",
            Some("AWS::Serverless::Function") => "FunctionName",
            Some("AWS::Logs::LogGroup") => "LogGroupName",
            Some("AWS::SQS::Queue") => {
                let queue = self.named(name, "QueueName")?;
                return Ok(Value::String(format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{queue}")));
            }
            _ => return Err(format!("!Ref {name} means nothing on one machine")),
        };
        self.named(name, property).map(Value::String)
    }

    fn attribute(&self, resource: &str, attribute: &str) -> Result<Value, String> {
        let kind = self.resources.get(resource).and_then(|resource| resource["Type"].as_str());
        let (service, name) = match (kind, attribute) {
            (Some("AWS::SQS::Queue"), "Arn") => ("sqs", self.named(resource, "QueueName")?),
            (Some("AWS::DynamoDB::Table"), "Arn") => {
                ("dynamodb", format!("table/{}", self.named(resource, "TableName")?))
            }
            (Some("AWS::DynamoDB::Table"), "StreamArn") => {
                ("dynamodb", format!("table/{}/stream/{STREAM_LABEL}", self.named(resource, "TableName")?))
            }
            (Some("AWS::S3::Bucket"), "Arn") => {
                return Ok(Value::String(format!("arn:aws:s3:::{}", self.named(resource, "BucketName")?)));
            }
            (Some("AWS::CloudFormation::Stack"), _) => {
                let outputs = self.outputs.get(resource);
                let output =
                    outputs.zip(attribute.strip_prefix("Outputs.")).and_then(|(all, name)| all.get(name));
                return output
                    .cloned()
                    .unwrap_or_else(|| Err(format!("{resource} gives out no {attribute}")));
            }
            _ => return Err(format!("!GetAtt {resource}.{attribute} means nothing on one machine")),
        };
        Ok(Value::String(format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{name}")))
    }

    fn named(&self, resource: &str, property: &str) -> Result<String, String> {
        let name = self.resolve(&self.resources[resource]["Properties"][property])?;
        name.as_str().map(str::to_owned).ok_or_else(|| format!("{resource} has no {property}"))
    }

    fn substitute(&self, text: &str, names: &Map<String, Value>) -> Result<Value, String> {
        let mut result = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) =
                after.split_once('}').ok_or_else(|| format!("${{ is not closed in {text}"))?;
            result.push_str(before);
            rest = after;
            if let Some(literal) = name.strip_prefix('!') {
                result.push_str(&format!("${{{literal}}}"));
                continue;
            }
            let value = match (names.get(name), name.split_once('.')) {
                (Some(value), _) => self.resolve(value)?,
                (None, Some((resource, attribute))) => self.attribute(resource, attribute)?,
                (None, None) => self.reference(name)?,
            };
            match value {
                Value::String(value) => result.push_str(&value),
                Value::Number(value) => result.push_str(&value.to_string()),
                _ => return Err(format!("${{{name}}} is no text")),
            }
        }
        result.push_str(rest);
        Ok(Value::String(result))
    }

    fn holds(&self, condition: &Value) -> Result<bool, String> {
        let all = |parts: &Value| -> Result<Vec<bool>, String> {
            parts.as_array().into_iter().flatten().map(|part| self.holds(part)).collect()
        };
        match condition.as_object().and_then(|map| map.iter().next()) {
            Some((name, Value::String(other))) if name == "Condition" => self.condition(other),
            Some((name, Value::Array(sides))) if name == "Fn::Equals" && sides.len() == 2 => {
                Ok(self.resolve(&sides[0])? == self.resolve(&sides[1])?)
            }
            Some((name, parts)) if name == "Fn::Not" => Ok(!all(parts)?.contains(&true)),
            Some((name, parts)) if name == "Fn::And" => Ok(!all(parts)?.contains(&false)),
            Some((name, parts)) if name == "Fn::Or" => Ok(all(parts)?.contains(&true)),
            _ => Err(format!("the local runner cannot work out the condition {condition}")),
        }
    }
}
