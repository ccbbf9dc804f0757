//! Random sequences of changes, on the store and on the model, compared after every one.
//!
//! `PALAD_SEQUENCES=10000 cargo test -p palad-system-tests random_sequences` runs as many.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use palad_domain::account::Account;
use palad_domain::agency::{Agency, AgencyKind};
use palad_domain::change::Change;
use palad_domain::policy::{CanConfirm, CanEdit, CanRead, CanRestore};
use palad_domain::record::{Action, ClerkId, Ledger, Version};
use palad_domain::round::answer::{Answer, AnswerKind};
use palad_domain::round::dates::{Dates, DatesInput};
use palad_domain::round::receipt::ReceiptNumber;
use palad_domain::round::{OpenRound, Scope};
use palad_domain::session::SessionVersion;
use palad_environment::Random;
use palad_store::{Confirmations, Receipts, Records, RequestKey, Saved, StoreError};
use palad_system_tests::amount;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::model::{Answered, Asked, AskedRound, End, Line, Model, ROUNDS, Recorded};
use super::operations::{AGENCIES, Operation, What, Which, Who, sequence};
use super::{Stores, agency, code, now, session};

/// One agency: in the store, and as the model has it.
struct Subject {
    agency: Agency,
    account: Account,
    model: Model,
}

struct Run<'a> {
    stores: &'a Stores,
    records: Records,
    confirmations: Confirmations,
    receipts: Receipts,
    subjects: Vec<Subject>,
    now: Timestamp,
}

impl<'a> Run<'a> {
    async fn begin(stores: &'a Stores, number: usize) -> Self {
        let records = Records::from_environment(&stores.aws(), stores.variables()).expect("variables");
        let confirmations =
            Confirmations::from_environment(&stores.aws(), stores.variables()).expect("variables");
        let receipts = Receipts::from_environment(&stores.aws(), stores.variables()).expect("variables");
        let mut subjects = Vec::new();
        for place in 0..AGENCIES {
            let code = code(number * AGENCIES + place);
            let account = stores.open_account(&code, None, now()).await;
            subjects.push(Subject { agency: agency(&code), account, model: Model::default() });
        }
        Self { stores, records, confirmations, receipts, subjects, now: now() }
    }

    async fn step(&mut self, operation: &Operation) -> Result<(), String> {
        self.now += SignedDuration::from_secs(1);
        let (now, subject) = (self.now, &mut self.subjects[operation.agency]);
        let (asked, key, who) = match &operation.what {
            What::Wait(hours) => {
                self.now += SignedDuration::from_hours(*hours);
                return Ok(());
            }
            What::Revoke => {
                let code = subject.agency.code.clone();
                subject.account = self.stores.open_account(&code, Some(&subject.account), now).await;
                return Ok(());
            }
            What::Create { post, key, who } => {
                (Asked::Create { id: Random::default().id(), post: post.clone() }, *key, *who)
            }
            What::Edit { record, age, post, succession, key, who } => {
                let (id, expected) = (subject.id(*record), subject.model.version.saturating_sub(*age));
                (Asked::Edit { id, expected, post: post.clone(), succession: *succession }, *key, *who)
            }
            What::Delete { record, age, key, who } => {
                let expected = subject.model.version.saturating_sub(*age);
                (Asked::Delete { id: subject.id(*record), expected }, *key, *who)
            }
            What::Restore { record, who } => (Asked::Restore { id: subject.id(*record) }, None, *who),
            What::Confirm { age, who } => {
                (Asked::Confirm { expected: subject.model.version.saturating_sub(*age) }, None, *who)
            }
        };
        let is_revoked = who == Who::Earlier;
        let version = if is_revoked {
            SessionVersion(subject.account.session_version.0 - 1)
        } else {
            subject.account.session_version
        };
        let session = session(&subject.agency.code, version, now);
        // What makes two requests the same is what they ask; the new record's key is no part of it.
        let text = match &asked {
            Asked::Create { post, .. } => format!("create {post:?}"),
            other => format!("{other:?}"),
        };
        let key = key.map(|key| format!("key-{key}"));
        let keyed = key.as_deref().map(|key| (key, text.as_str()));
        let request = keyed.map(|(key, text)| RequestKey::new(key, text.as_bytes()));

        let leave = CanEdit::ask(&session, &subject.agency, now).ok_or("no leave")?;
        let got = match (change(&asked), &asked) {
            (Some(change), _) => {
                self.records.change(&leave, &subject.agency, change, request.as_ref(), "request-1", now).await
            }
            (None, Asked::Restore { id }) => {
                let leave = CanRestore::ask(&session, &subject.agency, now).ok_or("no leave")?;
                self.records.restore(&leave, &subject.agency, &clerk(id), None, "request-1", now).await
            }
            (None, Asked::Confirm { expected }) => {
                let agency = subject.agency.clone();
                self.confirm(&agency, leave, Version(*expected), now).await
            }
            (None, _) => return Err("these are no changes alone".to_owned()),
        };
        let subject = &mut self.subjects[operation.agency];
        let wanted = subject.model.ask(&asked, keyed, is_revoked, now);
        compare(&got, &wanted).map_err(|difference| format!("{asked:?} by {who:?}: {difference}"))?;
        self.look(operation.agency, false).await
    }

    /// Confirms, and holds the receipt against what was confirmed.
    async fn confirm(
        &self,
        agency: &Agency,
        leave: CanEdit,
        seen: Version,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let number = ReceiptNumber::of_random(Random::default().bytes());
        let done = self
            .confirmations
            .confirm(&CanConfirm::Session(leave), agency, seen, &number, "request-1", now)
            .await?;
        let kept = self.receipts.find(&number).await?;
        assert_eq!(kept.as_ref(), Some(&done.receipt));
        let taken = done.ledger.answers.values().filter(|answer| answer.changed_at == now).count();
        assert_eq!((done.receipt.answers.len(), done.receipt.version), (taken, seen));
        Ok(Saved { ledger: done.ledger, receipt: Some(done.receipt), repeated: false })
    }

    /// Reads an agency's record as the screen does, and holds it against the model; with `all`, the
    /// history to its end.
    async fn look(&self, place: usize, all: bool) -> Result<(), String> {
        let Subject { agency, account, model } = &self.subjects[place];
        let session = session(&agency.code, account.session_version, self.now);
        let leave = CanRead::ask(&session, agency, self.now).ok_or("no leave")?;
        let first = self.records.page(&leave, None).await.map_err(|error| error.to_string())?;
        equal("ledger", &plain(&first.ledger), &(model.version, model.current.clone()))?;
        equal("answers", &answers(&first.ledger), &model.answers)?;

        let (mut history, mut next) = (first.history, first.next);
        while let Some(before) = next.filter(|_| all) {
            let page = self.records.page(&leave, Some(before)).await.map_err(|error| error.to_string())?;
            history.extend(page.history);
            next = page.next;
        }
        let lines: Vec<Line> = history
            .iter()
            .map(|entry| Line {
                version: entry.version.0,
                action: word(entry.action),
                id: entry.id.as_str().to_owned(),
                post: entry.post.clone(),
                at: entry.at,
            })
            .collect();
        let wanted: Vec<Line> = model.history.iter().rev().take(lines.len().max(1)).cloned().collect();
        equal("history", &lines, &wanted)?;
        if next.is_none() {
            equal("length of the history", &lines.len(), &model.history.len())?;
        }

        // The screen shows twenty of each; sequences seldom have more.
        let tenures: Vec<_> = first
            .tenures
            .iter()
            .map(|one| {
                (
                    one.until,
                    format!("{} {}", one.person.first_name(), one.person.last_name()),
                    one.acting,
                    one.reason,
                )
            })
            .collect();
        let mut wanted = model.tenures.clone();
        wanted.sort_by_key(|left| std::cmp::Reverse((left.until, left.version)));
        let wanted: Vec<_> = wanted
            .into_iter()
            .take(20)
            .map(|left| (left.until, left.name, left.acting, left.reason))
            .collect();
        equal("tenures", &tenures, &wanted)?;

        let mut deleted: Vec<_> = first
            .deleted
            .iter()
            .map(|one| (one.id.as_str().to_owned(), one.post.clone(), one.deleted_at))
            .collect();
        let mut wanted: Vec<_> =
            model.deleted.iter().map(|(id, record, at)| (id.clone(), record.post.clone(), *at)).collect();
        if wanted.len() <= 20 {
            deleted.sort_by_key(|one| one.2);
            wanted.sort_by_key(|one| one.2);
            equal("deleted", &deleted, &wanted)?;
        }
        Ok(())
    }
}

impl Subject {
    fn id(&self, which: Which) -> String {
        let found = match which {
            Which::Current => self.model.current.as_ref().map(|current| current.id.clone()),
            Which::Deleted(place) => self.model.deleted.iter().rev().nth(place).map(|(id, ..)| id.clone()),
            Which::Unknown => None,
        };
        found.unwrap_or_else(|| Random::default().id())
    }
}

fn clerk(id: &str) -> ClerkId {
    ClerkId::parse(id).expect("a key")
}

fn change(asked: &Asked) -> Option<Change> {
    Some(match asked.clone() {
        Asked::Create { id, post } => Change::Create { id: clerk(&id), post },
        Asked::Edit { id, expected, post, succession } => {
            Change::Edit { id: clerk(&id), expected: Version(expected), post, succession }
        }
        Asked::Delete { id, expected } => Change::Delete { id: clerk(&id), expected: Version(expected) },
        Asked::Restore { .. } | Asked::Confirm { .. } => return None,
    })
}

fn plain(ledger: &Ledger) -> (u64, Option<Recorded>) {
    let current = ledger.current.clone().map(|current| Recorded {
        id: current.id.as_str().to_owned(),
        post: current.post,
        created_at: current.created_at,
        updated_at: current.updated_at,
        confirmed_at: current.confirmed_at,
    });
    (ledger.version.0, current)
}

fn answers(ledger: &Ledger) -> BTreeMap<String, Answered> {
    let answered = |answer: &Answer| Answered {
        word: match answer.kind {
            AnswerKind::Confirmed => "confirmed",
            AnswerKind::Updated => "updated",
            AnswerKind::Vacant => "vacant",
        },
        first_at: answer.answered_at,
        last_at: answer.changed_at,
        late: answer.late,
        version: answer.version.0,
    };
    ledger.answers.iter().map(|(round, answer)| (round.to_string(), answered(answer))).collect()
}

/// Opens the rounds of the model, as a save reads them.
async fn open_rounds(stores: &Stores) {
    let open = ROUNDS.map(|round| {
        let AskedRound { id, opens, deadline, closes, asks } = round;
        let kind = if asks { AgencyKind::Town } else { AgencyKind::City };
        OpenRound {
            id: id.parse().expect("a round"),
            title: "สำรวจ".to_owned(),
            dates: Dates::parse(DatesInput { opens, deadline, closes }).expect("in order"),
            scope: Scope::new([kind], [], []),
        }
    });
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let table = stores.variables().get("REGISTRY_TABLE").expect("a table");
    let put = stores.aws().dynamodb().put_item().table_name(table);
    let put = put.item("pk", text("ROUNDS")).item("sk", text("OPEN"));
    let json = serde_json::to_string(&open).expect("JSON");
    put.item("open_rounds", text(&json)).send().await.expect("put");
}

fn compare(got: &Result<Saved, StoreError>, wanted: &End) -> Result<(), String> {
    let got = match got {
        Ok(saved) => {
            let (version, current) = plain(&saved.ledger);
            End::Done { version, current, repeated: saved.repeated }
        }
        Err(error) => End::Refused(vec![match error {
            StoreError::NotFound => "not found",
            StoreError::Stale { .. } => "stale",
            StoreError::AlreadyRecorded => "already recorded",
            StoreError::SessionRevoked => "session revoked",
            StoreError::KeyReused => "key reused",
            other => return Err(format!("the store: {other}")),
        }]),
    };
    match (&got, wanted) {
        (End::Refused(reason), End::Refused(reasons)) if reasons.contains(&reason[0]) => Ok(()),
        _ => equal("outcome", &got, wanted),
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, got: &T, wanted: &T) -> Result<(), String> {
    if got == wanted { Ok(()) } else { Err(format!("{what}: got {got:#?}, wanted {wanted:#?}")) }
}

fn word(action: Action) -> &'static str {
    match action {
        Action::Created => "created",
        Action::Edited => "edited",
        Action::Deleted => "deleted",
        Action::Restored => "restored",
    }
}

#[test]
fn random_sequences_come_to_what_the_model_says() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let stores = runtime.block_on(Stores::start());
    runtime.block_on(open_rounds(&stores));
    let cases = u32::try_from(amount("PALAD_SEQUENCES", 60, 10)).expect("a number of sequences");
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let number = std::sync::atomic::AtomicUsize::new(0);
    let outcome = TestRunner::new(config).run(&sequence(), |operations| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        runtime.block_on(async {
            let mut run = Run::begin(&stores, number).await;
            for operation in &operations {
                run.step(operation).await.map_err(TestCaseError::fail)?;
            }
            for place in 0..AGENCIES {
                run.look(place, true).await.map_err(TestCaseError::fail)?;
            }
            Ok(())
        })
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    runtime.block_on(stores.stop());
}
