//! What must be true of every installation: narrow roles, nothing public, nothing lost.

use palad_sam_tests::{Templates, resources_of};
use serde_json::{Value, json};

use crate::templates;

#[test]
fn each_function_has_a_role_of_its_own_made_of_its_own_statements() {
    for (name, function) in templates().functions() {
        assert!(function["Role"].is_null(), "{name}: SAM makes a role for it alone");
        let policies = function["Policies"].as_array().expect("policies");
        assert!(policies.iter().all(Value::is_object), "{name}: no policy that somebody else writes");
        for statement in palad_sam_tests::statements(&function) {
            assert!(!statement.why.is_empty(), "{name}: a statement says why it is there (Sid)");
            let is_named = |action: &String| !action.contains('*');
            assert!(
                statement.actions.iter().all(is_named),
                "{name}, {}: {:?}",
                statement.why,
                statement.actions
            );
        }
    }
}

/// A role that may touch only items whose keys begin so may touch nothing at all where the code writes the key otherwise;
/// and only the cloud would say so.
#[test]
fn keys_that_a_role_names_are_keys_of_the_store() {
    let templates = templates();
    let store = crate::sources(&templates.root.join("shared/store/src"));
    let mut named = 0;
    for (name, function) in templates.functions() {
        let policies = function["Policies"].as_array().cloned().unwrap_or_default();
        let all = policies.iter().flat_map(|policy| policy["Statement"].as_array().into_iter().flatten());
        for keys in
            all.map(|statement| &statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
        {
            for key in keys.as_array().into_iter().flatten().filter_map(Value::as_str) {
                let before = key.strip_suffix('*').expect("it ends with what may be anything");
                assert!(
                    store.iter().any(|(_, text)| text.contains(&format!("\"{before}{{"))),
                    "{name}: {key}"
                );
                named += 1;
            }
        }
    }
    assert!(named > 0, "no role names keys");
}

/// A star after a whole name (`bucket/*`) means what is in it; any other one needs its reason beside it.
#[test]
fn a_star_in_a_resource_has_its_reason_beside_it() {
    for (path, text) in templates().texts {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let (code, comment) = line.split_once(" #").unwrap_or((line, ""));
            let code = code.trim_start();
            let value = code.trim_start_matches("Resource:").trim_start_matches("- ").trim();
            let is_resource = code.starts_with("Resource:") || value.starts_with("!Sub arn:");
            if code.starts_with('#') || !is_resource || !value.contains('*') {
                continue;
            }
            let is_whole = |name: &str| {
                (name.contains("palad-${Stage}-") || name.ends_with(".Arn}")) && !name.contains('*')
            };
            let is_inside_one = value.strip_suffix("/*").is_some_and(is_whole);
            let before =
                lines[index.saturating_sub(3)..index].iter().any(|line| line.trim_start().starts_with('#'));
            assert!(is_inside_one || before || !comment.is_empty(), "{path}:{}: {line}", index + 1);
        }
    }
}

#[test]
fn every_log_is_kept_for_a_time_and_no_longer() {
    let templates = templates();
    for (path, document) in templates.all() {
        for (name, log) in resources_of(document, "AWS::Logs::LogGroup") {
            assert!(!log["Properties"]["RetentionInDays"].is_null(), "{path}, {name}");
        }
    }
    for (name, function) in templates.functions() {
        let log = templates.target(&function["LoggingConfig"]["LogGroup"]).expect(&name);
        assert_eq!(log["LogGroupName"]["Fn::Sub"], format!("/aws/lambda/palad-${{Stage}}-{name}"));
        assert_eq!(function["LoggingConfig"]["LogFormat"], "JSON", "{name}");
    }
    let api = &templates.main()["Resources"]["Api"]["Properties"];
    let format = api["AccessLogSettings"]["Format"].as_str().expect("a format");
    for personal in ["sourceIp", "userAgent", "path", "querystring", "header"] {
        assert!(!format.contains(personal), "the gateway's log has {personal}");
    }
}

/// Kept whatever happens later; but what a first deployment has made and then failed goes again, or its name would be in
/// the way of the next try.
fn kept(path: &str, name: &str, body: &Value) {
    assert_eq!(body["DeletionPolicy"], "RetainExceptOnCreate", "{path}, {name}");
    assert_eq!(body["UpdateReplacePolicy"], "Retain", "{path}, {name}");
}

#[test]
fn tables_can_be_recovered_and_are_not_deleted() {
    let templates = templates();
    let mut tables = 0;
    for (path, document) in templates.all() {
        for (name, table) in resources_of(document, "AWS::DynamoDB::Table") {
            let properties = &table["Properties"];
            kept(path, name, table);
            assert_eq!(
                properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], true,
                "{name}"
            );
            assert_eq!(properties["DeletionProtectionEnabled"], true, "{name}");
            assert_eq!(properties["SSESpecification"]["SSEEnabled"], true, "{name}");
            assert_eq!(properties["BillingMode"], "PAY_PER_REQUEST", "{name}");
            assert!(!properties["OnDemandThroughput"].is_null(), "{name}: a loop must not become a bill");
            let expires = properties["TimeToLiveSpecification"]["AttributeName"] == "expires_at";
            assert_eq!(expires, name != "AuditTable", "{name}: all but the audit forgets");
            tables += 1;
        }
        for (name, stack) in resources_of(document, "AWS::CloudFormation::Stack") {
            let nests = stack["Properties"]["TemplateURL"].as_str().unwrap_or_default();
            let holds = |kind| resources_of(&document_of(&templates, nests), kind).next().is_some();
            if holds("AWS::DynamoDB::Table") || holds("AWS::S3::Bucket") {
                kept(path, name, stack);
            }
        }
    }
    assert_eq!(tables, 4);
}

fn document_of(templates: &Templates, path: &str) -> Value {
    templates.all().find(|(found, _)| *found == path).map_or(Value::Null, |(_, document)| document.clone())
}

#[test]
fn no_bucket_is_public_and_all_are_encrypted() {
    let templates = templates();
    for (path, document) in templates.all() {
        for (name, bucket) in resources_of(document, "AWS::S3::Bucket") {
            kept(path, name, bucket);
            let properties = &bucket["Properties"];
            let block = json!({
                "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "RestrictPublicBuckets": true,
            });
            assert_eq!(properties["PublicAccessBlockConfiguration"], block, "{path}, {name}");
            assert!(!properties["BucketEncryption"].is_null(), "{path}, {name}");
            assert!(properties["AccessControl"].is_null(), "{path}, {name}");
            let over_tls = resources_of(document, "AWS::S3::BucketPolicy").any(|(_, policy)| {
                policy["Properties"]["Bucket"]["Ref"] == name
                    && statements(policy).iter().any(|statement| {
                        statement["Effect"] == "Deny"
                            && statement["Condition"]["Bool"]["aws:SecureTransport"] == false
                    })
            });
            assert!(over_tls, "{path}, {name}: TLS only");
        }
        for (name, policy) in resources_of(document, "AWS::S3::BucketPolicy") {
            for statement in statements(policy).iter().filter(|statement| statement["Effect"] == "Allow") {
                let who = &statement["Principal"];
                assert!(
                    who["Service"].is_string() && !statement["Condition"].is_null(),
                    "{path}, {name}: {who}"
                );
            }
        }
        for (name, queue) in resources_of(document, "AWS::SQS::Queue") {
            assert_eq!(queue["Properties"]["SqsManagedSseEnabled"], true, "{path}, {name}");
        }
    }
}

fn statements(policy: &Value) -> Vec<Value> {
    policy["Properties"]["PolicyDocument"]["Statement"].as_array().cloned().unwrap_or_default()
}

#[test]
fn every_parameter_says_what_it_is_and_refuses_what_it_is_not() {
    for (path, document) in templates().all() {
        for (name, parameter) in document["Parameters"].as_object().into_iter().flatten() {
            assert!(parameter["Description"].is_string(), "{path}, {name}: what is it?");
            let bounds = ["AllowedPattern", "AllowedValues", "MinValue", "MaxValue"];
            // What a parent passes on was checked there, and an ARN is made by the cloud.
            let is_bound = bounds.iter().any(|bound| !parameter[*bound].is_null());
            assert!(is_bound || path != "template.yaml", "{path}, {name} takes anything");
        }
    }
}

/// The cloud looks a secret up only when the resource changes that names it.
#[test]
fn whatever_is_given_a_secret_changes_with_the_generation() {
    let templates = templates();
    let mut given = 0;
    for (path, document) in templates.all() {
        let globals = document["Globals"]["Function"].to_string();
        for (name, body) in document["Resources"].as_object().into_iter().flatten() {
            let mut text = body.to_string();
            if !text.contains("{{resolve:secretsmanager:") {
                continue;
            }
            if body["Type"] == "AWS::Serverless::Function" {
                assert!(body["Properties"]["Description"].is_null(), "{path}, {name}: hides the generation");
                text.push_str(&globals);
            }
            assert!(text.contains("${SecretsGeneration}"), "{path}, {name}: keeps the old secret");
            given += 1;
        }
        if path != "template.yaml" && document.to_string().contains("${SecretsGeneration}") {
            assert!(
                resources_of(templates.main(), "AWS::CloudFormation::Stack").any(|(_, stack)| {
                    stack["Properties"]["TemplateURL"] == path
                        && stack["Properties"]["Parameters"]["SecretsGeneration"]["Ref"]
                            == "SecretsGeneration"
                }),
                "{path} is not told the generation"
            );
        }
    }
    assert!(given > 5, "{given} resources are given secrets");
}

/// Those that hash passwords are what a flood would keep busy; a share of their own is for whoever has an account large
/// enough, and nothing is set aside unasked.
#[test]
fn sign_in_can_be_given_a_share_and_has_none_unless_asked() {
    let templates = templates();
    let main = templates.main();
    assert_eq!(main["Parameters"]["ReservedConcurrency"]["Default"], 0);
    let is_asked = json!({ "Fn::Not": [{ "Fn::Equals": [{ "Ref": "ReservedConcurrency" }, 0] }] });
    assert_eq!(main["Conditions"]["HasShare"], is_asked);
    let share =
        json!({ "Fn::If": ["HasShare", { "Ref": "ReservedConcurrency" }, { "Ref": "AWS::NoValue" }] });
    for (name, function) in templates.functions() {
        let has_one = ["registration", "login", "accounts"].contains(&name.as_str());
        let expected = if has_one { &share } else { &Value::Null };
        assert_eq!(&function["ReservedConcurrentExecutions"], expected, "{name}");
    }
}
