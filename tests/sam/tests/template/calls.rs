//! What a role allows is what its function's code calls: no less, or a call fails in the cloud alone; and no
//! more, or the role is not narrow.
//!
//! A store type is what one role may do, so that the types which a function builds say what it calls.
//! The table says so for each type, and is itself held against the sources of the types.

use std::collections::BTreeSet;
use std::path::Path;

use palad_sam_tests::statements;

use crate::{sources, templates};

/// A store type, the sources it is made of, and what it calls on what.
struct Type {
    name: &'static str,
    sources: &'static [&'static str],
    calls: &'static [(&'static str, &'static [&'static str])],
}

const GET: &str = "dynamodb:GetItem";
const BATCH: &str = "dynamodb:BatchGetItem";
const QUERY: &str = "dynamodb:Query";
const PUT: &str = "dynamodb:PutItem";
const UPDATE: &str = "dynamodb:UpdateItem";
const DELETE: &str = "dynamodb:DeleteItem";
const CHECK: &str = "dynamodb:ConditionCheckItem";
const READ: &str = "s3:GetObject";
const WRITE: &str = "s3:PutObject";
const REMOVE: &str = "s3:DeleteObject";

const REGISTRY: &str = "table registry";
const ACCOUNTS: &str = "table accounts";
const AUDIT: &str = "table audit";

const TYPES: &[Type] = &[
    Type { name: "Agencies", sources: &["registry/agencies"], calls: &[(REGISTRY, &[GET])] },
    Type {
        name: "Records",
        sources: &[
            "registry/records",
            "registry/records/author",
            "registry/records/requests",
            "registry/records/saving",
            "registry/records/writes",
            "registry/page",
            "session_check",
            "mailbox_check",
            "audit",
        ],
        calls: &[
            (REGISTRY, &[GET, BATCH, QUERY, PUT, DELETE, CHECK]),
            (ACCOUNTS, &[CHECK]),
            (AUDIT, &[BATCH, PUT]),
        ],
    },
    Type {
        name: "Rounds",
        sources: &[
            "registry/rounds/calls",
            "registry/rounds/changing",
            "registry/rounds/list",
            "registry/rounds/mod",
            "registry/rounds/opening",
            "registry/rounds/progress",
            "registry/rounds/report",
            "session_check",
        ],
        calls: &[
            (REGISTRY, &[GET, BATCH, QUERY, PUT, UPDATE, DELETE, CHECK]),
            // Reading agencies by province, and whether there is an account, stand elsewhere.
            ("table registry/index/by_province", &[QUERY]),
            (ACCOUNTS, &[BATCH, CHECK]),
        ],
    },
    Type {
        name: "Endings",
        sources: &["registry/rounds/ending", "registry/rounds/list", "registry/rounds/report"],
        calls: &[(REGISTRY, &[GET, BATCH, QUERY, PUT])],
    },
    Type {
        name: "Confirmations",
        sources: &["registry/confirmations", "session_check", "mailbox_check", "audit"],
        calls: &[(REGISTRY, &[BATCH, PUT, UPDATE, CHECK]), (ACCOUNTS, &[CHECK]), (AUDIT, &[BATCH, PUT])],
    },
    Type {
        name: "Mailboxes",
        sources: &["registry/mailboxes", "mailbox_check", "audit", "audit/head"],
        calls: &[(REGISTRY, &[GET, UPDATE]), (ACCOUNTS, &[BATCH, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "Attachments",
        sources: &["registry/rounds/attachments", "session_check"],
        calls: &[(REGISTRY, &[GET, PUT]), (ACCOUNTS, &[CHECK])],
    },
    Type {
        name: "Exports",
        sources: &["registry/exports"],
        // Reading agencies by province stands elsewhere.
        calls: &[(REGISTRY, &[GET, QUERY]), ("table registry/index/by_province", &[QUERY])],
    },
    Type { name: "Receipts", sources: &["registry/receipts"], calls: &[(REGISTRY, &[GET])] },
    Type {
        name: "Photos",
        sources: &["registry/photos", "session_check"],
        calls: &[(REGISTRY, &[GET, PUT, UPDATE]), (ACCOUNTS, &[CHECK])],
    },
    Type {
        name: "PhotoDesk",
        sources: &["registry/photo_desk"],
        calls: &[(REGISTRY, &[GET, PUT, UPDATE, CHECK])],
    },
    Type {
        name: "Directory",
        sources: &["registry/directory"],
        calls: &[(REGISTRY, &[QUERY]), ("table registry/index/by_province", &[QUERY])],
    },
    Type {
        name: "Claims",
        sources: &[
            "accounts/claims",
            "accounts/claim_moves",
            "accounts/claim_queue",
            "accounts/opening",
            "accounts/code_tries",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, BATCH, QUERY, PUT, UPDATE, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "TakeOvers",
        sources: &["accounts/take_overs", "accounts/claim_moves", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, QUERY, PUT, UPDATE, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "LetterCodes",
        sources: &["accounts/letter_codes", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, PUT, UPDATE]), (AUDIT, &[GET, PUT])],
    },
    Type { name: "SignIn", sources: &["accounts/sign_in"], calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE])] },
    Type {
        name: "Challenges",
        sources: &["accounts/challenges", "accounts/code_tries", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[PUT, UPDATE, DELETE]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "Resets",
        sources: &["accounts/resets", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, PUT, UPDATE, DELETE]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "OwnAccount",
        sources: &["accounts/own", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[QUERY, UPDATE]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "EmailChanges",
        sources: &[
            "accounts/email_changes",
            "accounts/pending",
            "accounts/opening",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "HandOvers",
        sources: &["accounts/hand_overs", "accounts/pending", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "HandOverAcceptance",
        sources: &["accounts/hand_over_acceptance", "accounts/pending", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE, DELETE]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "AccountCare",
        sources: &["accounts/care", "accounts/opening", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "ExportLog",
        sources: &["audit/exports", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "GuessLog",
        sources: &["audit/guesses", "audit", "audit/head"],
        calls: &[(AUDIT, &[GET, PUT])],
    },
    Type { name: "AuditTrail", sources: &["audit/trail"], calls: &[(AUDIT, &[QUERY]), (ACCOUNTS, &[BATCH])] },
    Type { name: "StaffSessions", sources: &["accounts/staff/sessions"], calls: &[(ACCOUNTS, &[UPDATE])] },
    Type { name: "Guards", sources: &["accounts/guards"], calls: &[(ACCOUNTS, &[UPDATE])] },
    Type { name: "Tries", sources: &["accounts/tries"], calls: &[(ACCOUNTS, &[GET, PUT])] },
    Type {
        name: "AgencyList",
        sources: &["registry/agency_list", "registry/directory"],
        calls: &[("table registry/index/by_province", &[QUERY])],
    },
    Type {
        name: "StaffSignIn",
        sources: &["accounts/staff/sign_in"],
        calls: &[(ACCOUNTS, &[GET, BATCH, UPDATE])],
    },
    Type {
        name: "StaffChallenges",
        sources: &["accounts/staff/challenges", "accounts/code_tries"],
        calls: &[(ACCOUNTS, &[PUT, UPDATE, DELETE])],
    },
    Type {
        name: "StaffAcceptance",
        sources: &[
            "accounts/staff/acceptance",
            "accounts/staff/changes",
            "accounts/changes",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, PUT, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "StaffDesk",
        sources: &[
            "accounts/staff/desk",
            "accounts/staff/list",
            "accounts/staff/changes",
            "accounts/changes",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, BATCH, QUERY, UPDATE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "StaffInvitations",
        sources: &[
            "accounts/staff/invitations",
            "accounts/staff/changes",
            "accounts/changes",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, PUT, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "OperatorInvitations",
        sources: &[
            "accounts/staff/invitations",
            "accounts/staff/changes",
            "accounts/changes",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, PUT]), (AUDIT, &[GET, PUT])],
    },
    Type { name: "MailLedger", sources: &["mail_ledger"], calls: &[("table mail", &[GET, PUT, UPDATE])] },
    Type { name: "MailQueue", sources: &["queue"], calls: &[("MailQueue", &["sqs:SendMessage"])] },
    Type { name: "RoundMail", sources: &["queue"], calls: &[("RoundMailQueue", &["sqs:SendMessage"])] },
    Type { name: "Addresses", sources: &["mail/addresses"], calls: &[("table mail", &[GET, PUT])] },
    Type { name: "Plans", sources: &["mail/plans"], calls: &[("table mail", &[QUERY, PUT])] },
    Type { name: "RoundLook", sources: &["registry/round_look"], calls: &[(REGISTRY, &[BATCH])] },
    Type { name: "Roster", sources: &["registry/roster"], calls: &[(REGISTRY, &[GET, BATCH, QUERY])] },
    Type { name: "Counting", sources: &["registry/counting"], calls: &[(REGISTRY, &[GET, PUT])] },
    Type { name: "Officers", sources: &["accounts/officers"], calls: &[(ACCOUNTS, &[BATCH, QUERY])] },
    Type {
        name: "Reaches",
        sources: &["reaches"],
        calls: &[(REGISTRY, &[BATCH]), (ACCOUNTS, &[BATCH]), ("table mail", &[BATCH])],
    },
    Type {
        name: "Pictures",
        sources: &["bucket/pictures"],
        calls: &[
            ("bucket intake/*", &[READ, REMOVE]),
            ("bucket photos/*", &[READ, WRITE]),
            ("bucket public/photos/*", &[READ, WRITE, REMOVE]),
        ],
    },
    Type {
        name: "Published",
        sources: &["bucket/published"],
        calls: &[("bucket public/lists/*", &[READ, WRITE]), ("bucket public/open/*", &[READ, WRITE])],
    },
    Type {
        name: "ExportFiles",
        sources: &["bucket/exports"],
        calls: &[("bucket exports/*", &[READ, WRITE])],
    },
    Type {
        name: "AttachmentFiles",
        sources: &["bucket/attachments", "bucket/signing"],
        calls: &[
            ("bucket intake/attachments/*", &[READ, WRITE, REMOVE]),
            ("bucket public/files/*", &[WRITE, REMOVE]),
        ],
    },
    Type { name: "Uploads", sources: &["bucket/signing"], calls: &[("bucket intake/*", &[WRITE])] },
];

/// Types that keep to the items of some keys, so that a role may be held to these; tests of safety hold them to it.
const KEEP_TO_KEYS: &[&str] = &["Tries", "ExportLog"];

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
