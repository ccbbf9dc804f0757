use std::collections::BTreeMap;
use std::time::Duration;

use super::*;

fn own() -> Template {
    Template::embedded(&BTreeMap::from([("SiteOrigin".to_owned(), "http://localhost:9000".to_owned())]))
        .expect("the project's own templates")
}

#[test]
fn functions_are_named_as_their_folders_and_get_their_variables() {
    let template = own();
    let names: Vec<&str> = template.functions.iter().map(|function| function.name.as_str()).collect();
    let folders =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions")).expect("functions");
    let folders = folders.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut folders: Vec<String> = folders.collect();
    folders.sort();
    assert_eq!(names, folders);
    let find =
        |name: &str| template.functions.iter().find(|function| function.name == name).expect("declared");
    let clerks = find("clerks");
    assert_eq!(clerks.environment["STAGE"], "local");
    assert_eq!(clerks.environment["SITE_ORIGIN"], "http://localhost:9000");
    assert_eq!(clerks.environment["REGISTRY_TABLE"], "palad-local-registry");
    assert_eq!((clerks.memory, clerks.timeout), (256, Duration::from_secs(10)));
    assert!(!clerks.environment.contains_key("SESSION_SIGNING_KEY"), "only login signs");
    let login = find("login");
    let queue = "https://sqs.ap-southeast-7.amazonaws.com/000000000000/palad-local-mail";
    assert_eq!(login.environment["MAIL_QUEUE_URL"], queue);
    let reference = "{{resolve:secretsmanager:palad/local/session:SecretString:signing_key}}";
    assert_eq!(login.environment["SESSION_SIGNING_KEY"], reference);
}

#[test]
fn each_route_belongs_to_one_function() {
    let template = own();
    let mut routes: Vec<_> = template.functions.iter().flat_map(|function| function.routes.clone()).collect();
    assert!(
        routes.contains(&Route { method: "PUT".into(), path: "/api/agencies/{code}/clerks/{id}".into() })
    );
    let count = routes.len();
    routes.sort();
    routes.dedup();
    assert_eq!(routes.len(), count);
}

#[test]
fn nested_templates_give_tables_and_buckets() {
    let template = own();
    let tables: Vec<&str> = template.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(
        tables,
        ["palad-local-accounts", "palad-local-audit", "palad-local-mail", "palad-local-registry"]
    );
    let registry = &template.tables[3];
    assert_eq!(registry.keys, ["pk", "sk"]);
    assert_eq!(registry.indexes[0].keys, ["province", "listing"]);
    assert_eq!(registry.stream.as_deref(), Some("NEW_AND_OLD_IMAGES"));
    assert_eq!(registry.expiry.as_deref(), Some("expires_at"));
    assert_eq!(template.tables[1].expiry, None, "the audit does not expire");
    let names: Vec<&str> = template.buckets.iter().map(|bucket| bucket.name.as_str()).collect();
    assert!(names.contains(&"palad-local-public-000000000000"), "{names:?}");
    let intake = template.buckets.iter().find(|bucket| bucket.name.contains("-intake-")).expect("the intake");
    assert_eq!(intake.cors[0].origins, ["http://localhost:9000"]);
    assert_eq!(intake.cors[0].methods, ["PUT"]);
    assert_eq!(intake.notifications[0].queue, "palad-local-photos");
}

#[test]
fn the_mail_queue_feeds_mail_and_has_dead_letters() {
    let template = own();
    let queue =
        template.queues.iter().find(|queue| queue.name == "palad-local-mail").expect("the mail queue");
    assert_eq!(queue.dead_letters, Some(DeadLetters { queue: "palad-local-mail-dead".into(), after: 5 }));
    let mail = template.functions.iter().find(|function| function.name == "mail").expect("mail");
    let queues: Vec<(&str, usize)> =
        mail.queues.iter().map(|source| (source.queue.as_str(), source.batch)).collect();
    let expected =
        ["palad-local-mail", "palad-local-returned", "palad-local-round-mail"].map(|name| (name, 10));
    assert_eq!(queues, expected);
}

fn error_of(text: &str) -> String {
    Template::read(&[("t.yaml", text)], &BTreeMap::new()).expect_err("a wrong template").to_string()
}

#[test]
fn an_error_names_the_resource() {
    let message =
        error_of("Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub 'a-${Stge}'}}}");
    assert_eq!(message, "t.yaml, Q: QueueName: nothing is called Stge");
    let message = error_of("Resources: {X: {Type: AWS::SNS::Topic}}");
    assert_eq!(message, "t.yaml, X: the local runner does not know the type AWS::SNS::Topic");
    let message = error_of(
        "Resources: {AFunction: {Type: AWS::Serverless::Function, Properties: {CodeUri: functions/b}}}",
    );
    assert!(message.starts_with("t.yaml, AFunction: its CodeUri is functions/b"), "{message}");
    assert!(error_of("Parameters: {P: {Type: String}}").contains("parameter P has no default"));
    assert!(error_of("a: [").starts_with("t.yaml: not YAML"));
    let message =
        error_of("Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: gone.yaml}}}");
    assert_eq!(message, "gone.yaml: this template is not built into the runner");
}

#[test]
fn conditions_joins_and_no_value_are_worked_out() {
    let text = "
Parameters: {Stage: {Type: String, Default: prod}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Not [!Condition IsProd]
Resources:
  A:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Join ['-', [a, !If [IsTest, x, !Ref AWS::NoValue], !Ref Stage]]
      VisibilityTimeout: !If [IsProd, 60, 5]
  B: {Type: AWS::SQS::Queue, Condition: IsTest, Properties: {QueueName: b}}
";
    let template = Template::read(&[("t.yaml", text)], &BTreeMap::new()).expect("a template");
    let expected = Queue { name: "a-prod".into(), visibility: Duration::from_secs(60), dead_letters: None };
    assert_eq!(template.queues, [expected]);
}

const STREAMING: &str = "
Resources:
  Data: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: data.yaml}}
  PublishFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/publish
      Events:
        Registry:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Data.Outputs.Stream
            StartingPosition: TRIM_HORIZON
            BatchSize: 7
            MaximumBatchingWindowInSeconds: 5
            MaximumRetryAttempts: 3
            BisectBatchOnFunctionError: true
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria: {Filters: [{Pattern: '{\"eventName\":[\"INSERT\"]}'}]}
            DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Dead.Arn}}
  Dead: {Type: AWS::SQS::Queue, Properties: {QueueName: dead}}
";

#[test]
fn a_stream_of_a_nested_template_is_followed() {
    let data = |stream: &str| {
        format!(
            "Resources: {{T: {{Type: AWS::DynamoDB::Table, Properties: {{TableName: t, {stream}
             AttributeDefinitions: [{{AttributeName: pk, AttributeType: S}}],
             KeySchema: [{{AttributeName: pk, KeyType: HASH}}]}}}}}}\n\
             Outputs: {{Stream: {{Value: !GetAtt T.StreamArn}}, Useless: {{Value: !GetAtt T.Nothing}}}}"
        )
    };
    let read =
        |data: &str| Template::read(&[("template.yaml", STREAMING), ("data.yaml", data)], &BTreeMap::new());
    let template =
        read(&data("StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES},")).expect("a template");
    let source = &template.functions[0].streams[0];
    assert_eq!((source.event.as_str(), source.table.as_str(), source.batch), ("Registry", "t", 7));
    assert_eq!((source.begin, source.window), (Begin::TrimHorizon, Duration::from_secs(5)));
    assert_eq!((source.retries, source.bisect, source.reports), (Some(3), true, true));
    assert_eq!((source.filters.len(), source.failures.as_deref()), (1, Some("dead")));
    assert!(source.arn.starts_with("arn:aws:dynamodb:ap-southeast-7:000000000000:table/t/stream/"));
    let error = read(&data("")).expect_err("no stream").to_string();
    assert_eq!(error, "PublishFunction: table t has no stream");
}

#[test]
fn schedules_are_understood_with_what_becomes_of_a_firing_that_fails() {
    let template = own();
    let reminders =
        template.functions.iter().find(|function| function.name == "reminders").expect("reminders");
    let plan = &reminders.schedules[0];
    assert_eq!((plan.event.as_str(), plan.name.as_str()), ("Plan", "palad-local-reminders-plan"));
    assert_eq!((plan.retries, plan.failures.as_deref()), (2, Some("palad-local-reminders-dead")));
    let morning = "2026-11-23T00:00:00Z".parse().expect("a time");
    let next = plan.expression.next_after(morning).expect("a time");
    assert_eq!(next.to_string(), "2026-11-23T02:00:00Z", "nine in Bangkok");
    assert_eq!(reminders.schedules[1].name, "palad-local-reminders-recount");

    let scheduled = |properties: &str| {
        error_of(&format!(
            "Resources: {{AFunction: {{Type: AWS::Serverless::Function, Properties: {{CodeUri: functions/a, \
             Events: {{E: {{Type: ScheduleV2, Properties: {{{properties}}}}}}}}}}}}}"
        ))
    };
    assert!(scheduled("Name: a-b, ScheduleExpression: daily").contains("event E: daily is neither"));
    assert!(scheduled("ScheduleExpression: rate(1 day)").contains("Name is missing"));
    let zone = "Name: a-b, ScheduleExpression: rate(1 day), ScheduleExpressionTimezone: Asia/Bangkok";
    assert!(scheduled(zone).contains("knows UTC alone"));
}
