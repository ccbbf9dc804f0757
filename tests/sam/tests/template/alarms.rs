//! The alarms see every function, and are such as the monitoring service takes.

use std::collections::BTreeSet;

use serde_json::Value;

use palad_sam_tests::resources_of;

use crate::templates;

/// What an alarm on a sum takes at most; a template with more passes every linter and fails when it is deployed.
const METRICS_AT_MOST: usize = 10;

fn alarms() -> Vec<(String, Value)> {
    let templates = templates();
    let all = templates.all().flat_map(|(_, document)| resources_of(document, "AWS::CloudWatch::Alarm"));
    all.map(|(name, alarm)| (name.to_owned(), alarm.clone())).collect()
}

/// The metrics that an alarm sums up.
fn metrics(alarm: &Value) -> Vec<&Value> {
    let all = alarm["Properties"]["Metrics"].as_array().into_iter().flatten();
    all.map(|metric| &metric["MetricStat"]["Metric"]).filter(|metric| !metric.is_null()).collect()
}

#[test]
fn no_alarm_sums_more_than_the_service_takes() {
    let alarms = alarms();
    assert!(alarms.len() > 10, "{}", alarms.len());
    for (name, alarm) in &alarms {
        let count = metrics(alarm).len();
        assert!(count <= METRICS_AT_MOST, "{name}: {count} metrics");
    }
}

#[test]
fn errors_and_throttles_of_every_function_are_told_once() {
    let templates = templates();
    let functions: BTreeSet<String> = std::fs::read_dir(templates.root.join("functions"))
        .expect("the functions")
        .map(|entry| entry.expect("a folder").file_name().to_string_lossy().into_owned())
        .collect();
    let alarms = alarms();
    for metric in ["Errors", "Throttles"] {
        let watched: Vec<String> = alarms
            .iter()
            .flat_map(|(_, alarm)| metrics(alarm))
            .filter(|watched| watched["Namespace"] == "AWS/Lambda" && watched["MetricName"] == metric)
            .filter_map(|watched| watched["Dimensions"][0]["Value"]["Fn::Sub"].as_str())
            .map(|name| name.trim_start_matches("palad-${Stage}-").to_owned())
            .collect();
        assert_eq!(watched.iter().cloned().collect::<BTreeSet<_>>(), functions, "{metric}");
        assert_eq!(watched.len(), functions.len(), "{metric}: told twice");
    }
}

/// An index is throttled by itself: its metrics are not among those of its table.
#[test]
fn refused_calls_of_every_table_and_index_are_told() {
    let templates = templates();
    let mut expected = BTreeSet::new();
    for (_, document) in templates.all() {
        for (_, table) in resources_of(document, "AWS::DynamoDB::Table") {
            let properties = &table["Properties"];
            let name = properties["TableName"]["Fn::Sub"].as_str().expect("a name").to_owned();
            expected.insert((name.clone(), String::new()));
            for index in properties["GlobalSecondaryIndexes"].as_array().into_iter().flatten() {
                expected.insert((name.clone(), index["IndexName"].as_str().expect("a name").to_owned()));
            }
        }
    }
    let alarms = alarms();
    for metric in ["ReadThrottleEvents", "WriteThrottleEvents"] {
        let watched = alarms.iter().flat_map(|(_, alarm)| metrics(alarm));
        let watched = watched.filter(|watched| watched["MetricName"] == metric).map(|watched| {
            let named = |name: &str| {
                let mut all = watched["Dimensions"].as_array().into_iter().flatten();
                all.find(|dimension| dimension["Name"] == name).map(|dimension| dimension["Value"].clone())
            };
            let table = named("TableName").expect("a table");
            let index = named("GlobalSecondaryIndexName").unwrap_or_default();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&table["Fn::Sub"]), text(&index))
        });
        assert_eq!(watched.collect::<BTreeSet<_>>(), expected, "{metric}");
    }
    assert!(expected.len() > 4, "{expected:?}");
}

#[test]
fn each_queue_of_what_was_given_up_has_an_alarm_and_each_alarm_its_line_for_operators() {
    let templates = templates();
    let names = |value: &Value| value["Fn::Sub"].as_str().map(|name| name.replace("palad-${Stage}-", ""));
    let queues: BTreeSet<String> = templates
        .all()
        .flat_map(|(_, document)| resources_of(document, "AWS::SQS::Queue"))
        .filter_map(|(_, queue)| names(&queue["Properties"]["QueueName"]))
        .filter(|name| name.ends_with("-dead"))
        .collect();
    let watched: BTreeSet<String> = alarms()
        .iter()
        .flat_map(|(_, alarm)| alarm["Properties"]["Dimensions"].as_array().cloned().unwrap_or_default())
        .filter(|dimension| dimension["Name"] == "QueueName")
        .filter_map(|dimension| names(&dimension["Value"]))
        .collect();
    assert!(queues.len() > 5, "{queues:?}");
    assert!(queues.is_subset(&watched), "{queues:?} but {watched:?}");

    let page = std::fs::read_to_string(templates.root.join("docs/operating.md")).expect("the page");
    for (resource, alarm) in alarms() {
        let name = names(&alarm["Properties"]["AlarmName"]).expect(&resource);
        assert!(
            page.contains(&format!("`{name}`")),
            "{resource}: docs/operating.md does not say what `{name}` means"
        );
    }
}
