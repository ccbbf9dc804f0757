//! The mail service stands in a region of its own, and every name that leads there or back is the same on both sides.

use std::collections::BTreeSet;

use palad_sam_tests::resources_of;
use serde_json::{Value, json};

use crate::templates;

const OF_MAIL: &str = "infra/mail.yaml";

fn document() -> Value {
    let templates = templates();
    let (_, document) = templates.all().find(|(path, _)| *path == OF_MAIL).expect("the mail's template");
    document.clone()
}

#[test]
fn what_the_mail_service_has_stands_in_a_stack_of_its_own() {
    for (path, document) in templates().all() {
        for (name, body) in document["Resources"].as_object().into_iter().flatten() {
            let kind = body["Type"].as_str().expect("a type");
            let is_of_mail = kind.starts_with("AWS::SES::") || body["Properties"]["Namespace"] == "AWS/SES";
            assert!(!is_of_mail || path == OF_MAIL, "{path}, {name}: there is no mail service");
            let nests = &body["Properties"]["TemplateURL"];
            assert!(nests != OF_MAIL, "{path}, {name}: a nested stack stands in the region of its parent");
        }
    }
    let alarms = resources_of(&document(), "AWS::CloudWatch::Alarm").count();
    assert_eq!(alarms, 2, "mail that comes back, and readers who want none");
}

#[test]
fn no_name_stands_in_two_stacks_for_their_regions_may_be_one() {
    const NAMES: [&str; 6] =
        ["TopicName", "QueueName", "AlarmName", "DashboardName", "BucketName", "TableName"];
    let mut taken = BTreeSet::new();
    for (path, document) in templates().all() {
        for (name, body) in document["Resources"].as_object().into_iter().flatten() {
            for called in NAMES.iter().filter_map(|key| body["Properties"].get(key)) {
                let called = (body["Type"].to_string(), called.to_string());
                assert!(taken.insert(called.clone()), "{path}, {name}: {called:?} is another's name");
            }
        }
    }
    assert!(taken.len() > 20, "names are read: {taken:?}");
}

#[test]
fn mail_is_sent_where_the_mail_service_is() {
    let mail = templates().functions().remove("mail").expect("the function");
    let variables = &mail["Environment"]["Variables"];
    assert_eq!(variables["MAIL_REGION"], json!({ "Ref": "MailRegion" }));
    let set = document()["Resources"]["MailConfiguration"]["Properties"]["Name"].clone();
    assert_eq!(variables["MAIL_CONFIGURATION"], set);
    let name = set["Fn::Sub"].as_str().expect("a name");
    let arn =
        format!("arn:${{AWS::Partition}}:ses:${{MailRegion}}:${{AWS::AccountId}}:configuration-set/{name}");
    assert!(mail["Policies"].to_string().contains(&arn), "it may not send under {arn}");
}

#[test]
fn what_comes_back_reaches_the_queue_in_the_other_region() {
    let templates = templates();
    let policy = &templates.main()["Resources"]["ReturnedQueuePolicy"]["Properties"];
    assert_eq!(policy["Queues"], json!([{ "Ref": "ReturnedQueue" }]));
    let statement = &policy["PolicyDocument"]["Statement"][0];
    let topic = document()["Resources"]["Returned"]["Properties"]["TopicName"].clone();
    let topic = topic["Fn::Sub"].as_str().expect("a name");
    let arn = format!("arn:${{AWS::Partition}}:sns:${{MailRegion}}:${{AWS::AccountId}}:{topic}");
    assert_eq!(statement["Condition"]["ArnEquals"]["aws:SourceArn"]["Fn::Sub"], arn);
    let services = statement["Principal"]["Service"].as_array().expect("services");
    assert!(services.contains(&json!({ "Fn::Sub": "sns.${AWS::Region}.amazonaws.com" })), "{services:?}");
    let told = &document()["Resources"]["ToTheQueue"]["Properties"]["Endpoint"];
    assert_eq!(told, &json!({ "Ref": "ReturnedQueueArn" }));
    assert!(!templates.main()["Outputs"]["ReturnedQueueArn"].is_null(), "nobody says which queue that is");
}
