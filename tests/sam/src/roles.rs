//! What each function may do, as its role says.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::Templates;

/// One statement of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Why it is there: `LookUpTheAgency`.
    pub why: String,
    /// `dynamodb:GetItem` and so on.
    pub actions: BTreeSet<String>,
    /// What it is about, in short: `table registry`, `queue mail`.
    pub about: BTreeSet<String>,
    /// Whether it is held to the items of some keys of a table.
    pub is_held_to_keys: bool,
}

/// The statements of a function's role, as SAM makes it from `Policies`.
#[must_use]
pub fn statements(function: &Value) -> Vec<Statement> {
    let policies = function["Policies"].as_array().cloned().unwrap_or_default();
    let all = policies.iter().flat_map(|policy| policy["Statement"].as_array().cloned().unwrap_or_default());
    all.map(|statement| Statement {
        why: statement["Sid"].as_str().unwrap_or_default().to_owned(),
        actions: one_or_more(&statement["Action"]).iter().map(|action| text(action)).collect(),
        about: one_or_more(&statement["Resource"]).iter().map(|resource| short(&text(resource))).collect(),
        is_held_to_keys: statement["Condition"].to_string().contains("dynamodb:LeadingKeys"),
    })
    .collect()
}

/// The table of all roles, as Markdown.
#[must_use]
pub fn table(templates: &Templates) -> String {
    let mut page = String::from(
        "# Roles\n\nWhat each function may do. Made from template.yaml by `cargo run -p palad-sam-tests -- roles`; \
         a test holds it against the template, and the template against the calls that the code makes. What SAM \
         adds to these stands [below](#what-sam-adds).\n\n\
         | function | may | on | so that it can |\n|---|---|---|---|\n",
    );
    for (name, function) in templates.functions() {
        for Statement { why, actions, about, .. } in statements(&function) {
            let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
            let words = words(&why);
            page.push_str(&format!("| {name} | {} | {} | {words} |\n", list(&actions), list(&about)));
        }
    }
    page.push_str(
        "\nNone may read a secret while it runs: their values are put into the variables of the functions that need \
         them when the stack is deployed.\n\n\
         ## What SAM adds\n\n\
         To each role SAM adds policies of AWS's own, and these are not narrow: they name no queue, no stream and no \
         log, but hold for all of the account. So a function that takes from one queue may take from any other, \
         and one that follows the registry may follow any table that has a stream (no other has). `cargo xtask test` \
         holds this table against SAM's transform.\n\n\
         | function | policy | may, on everything of that kind |\n|---|---|---|\n",
    );
    for (name, function) in templates.functions() {
        for (policy, may) in added_by_sam(&function) {
            page.push_str(&format!("| {name} | {policy} | {may} |\n"));
        }
    }
    page
}

/// The policies of AWS's own that SAM adds to a function's role, and what they allow.
fn added_by_sam(function: &Value) -> Vec<(&'static str, &'static str)> {
    let events = function["Events"].as_object();
    let takes = |kind: &str| events.is_some_and(|events| events.values().any(|event| event["Type"] == kind));
    let mut added =
        vec![("AWSLambdaBasicExecutionRole", "logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents")];
    if takes("SQS") {
        added.push((
            "AWSLambdaSQSQueueExecutionRole",
            "sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage; the same on logs",
        ));
    }
    if takes("DynamoDB") {
        added.push((
            "AWSLambdaDynamoDBExecutionRole",
            "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams; the same \
             on logs",
        ));
    }
    added
}

/// `arn:…:table/palad-${Stage}-registry` is `table registry`; a resource by name stays that name.
fn short(resource: &str) -> String {
    let mut arn = resource.to_owned();
    for pseudo in
        ["${AWS::Partition}", "${AWS::Region}", "${MailRegion}", "-${AWS::AccountId}", "${AWS::AccountId}"]
    {
        arn = arn.replace(pseudo, "");
    }
    let mut parts = arn.splitn(6, ':');
    let (Some("arn"), Some(service), Some(name)) = (parts.next(), parts.nth(1), parts.nth(2)) else {
        return resource.to_owned();
    };
    let name = name.replace("palad-${Stage}-", "");
    match service {
        "s3" => format!("bucket {name}"),
        "sqs" => format!("queue {name}"),
        _ => name.replacen('/', " ", 1),
    }
}

/// `LookUpTheAgency` is `look up the agency`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn one_or_more(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    }
}

fn text(value: &Value) -> String {
    if let Some(text) = value.as_str().or_else(|| value["Fn::Sub"].as_str()) {
        return text.to_owned();
    }
    let attribute = value["Fn::GetAtt"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let path: Vec<&str> = attribute.collect();
    // `MailQueue.Arn`, or `BucketsStack.Outputs.PhotoQueueArn`.
    let name = path.join(".").trim_end_matches("Arn").trim_end_matches('.').to_owned();
    name.rsplit('.').next().unwrap_or_default().to_owned()
}
