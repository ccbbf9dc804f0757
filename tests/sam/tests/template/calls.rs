//! What a role allows is what its function's code calls: no less, or a call fails in the cloud alone; and no
//! more, or the role is not narrow.
//!
//! A store type is what one role may do, so that the types which a function builds say what it calls.
//! The table says so for each type, and is itself held against the sources of the types.

mod table;

use std::collections::BTreeSet;
use std::path::Path;

use palad_sam_tests::statements;

use table::{BATCH, CHECK, DELETE, GET, KEEP_TO_KEYS, PUT, QUERY, READ, REMOVE, TYPES, Type, UPDATE, WRITE};

use crate::{sources, templates};

/// How calls look in the sources.
const LOOKS: &[(&str, &str)] = &[
    (".get_item()", GET),
    (" get(&self.client", GET),
    (" get(&self.0.client", GET),
    (" get(&self.changes.client", GET),
    (" get(client", GET),
    ("table::get(", GET),
    (".batch_get_item()", BATCH),
    (" get_many(", BATCH),
    (" get_many_of(", BATCH),
    (".query()", QUERY),
    (".scan()", "dynamodb:Scan"),
    (" put(&self.client", PUT),
    (" put(&self.0.client", PUT),
    (" put(&self.changes.client", PUT),
    ("put_if(&self.client", PUT),
    ("transaction.put(", PUT),
    (".update_item()", UPDATE),
    ("transaction.update(", UPDATE),
    ("transaction.delete(", DELETE),
    ("transaction.delete_if(", DELETE),
    ("transaction.check(", CHECK),
    (" read_many(", BATCH),
    (".send_message()", "sqs:SendMessage"),
    (".send_message_batch()", "sqs:SendMessage"),
    (".get_object()", READ),
    (".head_object()", READ),
    (".put_object()", WRITE),
    (".delete_object()", REMOVE),
    (".list_objects_v2()", "s3:ListBucket"),
    (".send_email()", "ses:SendEmail"),
];

fn looks_like(text: &str) -> BTreeSet<String> {
    LOOKS.iter().filter(|(look, _)| text.contains(look)).map(|(_, action)| (*action).to_owned()).collect()
}

#[test]
fn the_table_says_what_the_sources_of_each_type_call() {
    let root = templates().root;
    for Type { name, sources, calls } in TYPES {
        let mut found = BTreeSet::new();
        for source in *sources {
            let path = match source.strip_prefix("bucket/") {
                Some(file) => format!("shared/bucket/src/{file}.rs"),
                None => format!("shared/store/src/{source}.rs"),
            };
            found.extend(looks_like(&std::fs::read_to_string(root.join(&path)).expect(&path)));
        }
        let said = calls.iter().flat_map(|(_, actions)| actions.iter()).map(|action| (*action).to_owned());
        assert_eq!(found, said.collect(), "{name}: what its sources call, and what the table says");
    }
}

#[test]
fn each_role_allows_what_its_function_calls_and_nothing_else() {
    let templates = templates();
    for (name, function) in templates.functions() {
        let folder = templates.root.join("functions").join(&name).join("src");
        let mut needed = calls_of(&folder, |_| true);
        for (_, event) in function["Events"].as_object().into_iter().flatten() {
            needed.extend(calls_for_event(event));
        }
        // What a schedule started, and was given up, is reported by the function's own role.
        let given_up = &function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"];
        needed.extend(target_of(given_up).map(|queue| (queue, "sqs:SendMessage".to_owned())));
        let (mut allowed, mut of_any_key) = (BTreeSet::new(), BTreeSet::new());
        for statement in statements(&function) {
            for about in &statement.about {
                let pairs = statement.actions.iter().map(|action| (about.clone(), action.clone()));
                of_any_key.extend(pairs.clone().filter(|_| !statement.is_held_to_keys));
                allowed.extend(pairs);
            }
        }
        // What is held to some keys is enough for those types alone that keep to them.
        let others = calls_of(&folder, |kind| !KEEP_TO_KEYS.contains(&kind));
        let held: Vec<_> = others.difference(&of_any_key).collect();
        assert!(
            held.is_empty(),
            "{name} is held to some keys in {held:?}, which others of its types call too"
        );
        // Whether a file is missing or forbidden can be told only by who may list the bucket; who reads from
        // one may therefore list it.
        let lists = |(about, action): &(String, String)| {
            action == "s3:ListBucket"
                && needed.iter().any(|(other, read)| read == READ && other.starts_with(&format!("{about}/")))
        };
        allowed.retain(|pair| !lists(pair));
        let lacks: Vec<_> = needed.difference(&allowed).collect();
        let excess: Vec<_> = allowed.difference(&needed).collect();
        assert!(lacks.is_empty() && excess.is_empty(), "{name} lacks {lacks:?} and has in excess {excess:?}");
    }
}

/// What those store types call that a function builds and that count, and what it calls itself.
fn calls_of(folder: &Path, counts: impl Fn(&str) -> bool) -> BTreeSet<(String, String)> {
    let mut calls = BTreeSet::new();
    let text: String = sources(folder).into_iter().map(|(_, text)| text).collect();
    for kind in TYPES.iter().filter(|kind| builds(&text, kind.name) && counts(kind.name)) {
        for (about, actions) in kind.calls {
            calls.extend(actions.iter().map(|action| ((*about).to_owned(), (*action).to_owned())));
        }
    }
    if text.contains(".send_email()") {
        calls.insert(("identity *".to_owned(), "ses:SendEmail".to_owned()));
        // Every mail is sent under a name by which we hear what becomes of it.
        calls.insert(("configuration-set palad-${Stage}".to_owned(), "ses:SendEmail".to_owned()));
    }
    // The names that stand before it, each once: a crate may build a type in more than one place.
    let before = text.match_indices("::from_environment(&aws").map(|(at, _)| &text[..at]);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let known: BTreeSet<&str> = before.filter_map(|before| before.rsplit(|c| !is_part(c)).next()).collect();
    let listed = TYPES.iter().filter(|kind| builds(&text, kind.name)).count();
    assert_eq!(known.len(), listed, "{}: it builds a type that the table does not have", folder.display());
    calls
}

fn builds(text: &str, name: &str) -> bool {
    text.match_indices(&format!("{name}::from_environment(&aws"))
        .any(|(at, _)| !text[..at].ends_with(|before: char| before.is_alphanumeric()))
}

/// The resource that an attribute is of, such as `MailQueue` of `MailQueue.Arn`.
fn target_of(reference: &serde_json::Value) -> Option<String> {
    let path = reference["Fn::GetAtt"].as_array()?.first()?.as_str()?;
    Some(path.to_owned())
}

/// What Lambda does in the function's name to bring it its events.
fn calls_for_event(event: &serde_json::Value) -> Vec<(String, String)> {
    let of = |about: &str, actions: &[&str]| {
        actions.iter().map(|action| (about.to_owned(), (*action).to_owned())).collect::<Vec<_>>()
    };
    let name = |reference: &serde_json::Value| {
        let path = reference["Fn::GetAtt"].as_array().into_iter().flatten().filter_map(|part| part.as_str());
        let path =
            path.collect::<Vec<_>>().join(".").trim_end_matches("Arn").trim_end_matches('.').to_owned();
        path.rsplit('.').next().unwrap_or_default().to_owned()
    };
    let properties = &event["Properties"];
    match event["Type"].as_str() {
        Some("SQS") => of(
            &name(&properties["Queue"]),
            &["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        ),
        Some("DynamoDB") => {
            let dead = name(&properties["DestinationConfig"]["OnFailure"]["Destination"]);
            let stream = [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ];
            [of("table registry/stream/*", &stream), of(&dead, &["sqs:SendMessage"])].concat()
        }
        _ => Vec::new(),
    }
}
