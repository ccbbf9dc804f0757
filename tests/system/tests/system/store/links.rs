//! What is done by the link of a mail: whether the agency still has its mailbox is a condition of the write, and
//! whether its round takes answers is looked at right before it.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::{Agency, AgencyKind};
use palad_domain::change::Change;
use palad_domain::policy::{CanConfirm, CanEdit, LinkLeave};
use palad_domain::post::Post;
use palad_domain::record::{ClerkId, Ledger};
use palad_domain::round::answer::AnswerKind;
use palad_domain::round::dates::{Dates, DatesInput};
use palad_domain::round::link::Mailbox;
use palad_domain::round::receipt::ReceiptNumber;
use palad_domain::round::{OpenRound, Scope};
use palad_environment::{Random, Variables};
use palad_store::{AgencyImport, Aws, Confirmations, Mailboxes, Records, StoreError};
use palad_system_tests::{Cut, PHRAE};

use super::{Stores, agency, at_once, code, now, session};
use crate::mailed::{account, link, link_key, official};

const ROUND: &str = "2569-1";
const LISTED: &str = "listed@phrae.test";
const STORE: &str = "AWS_ENDPOINT_URL_DYNAMODB";

/// A round for every town, as a save reads it.
fn a_round() -> OpenRound {
    let dates =
        DatesInput { opens: date(2026, 11, 1), deadline: date(2026, 12, 1), closes: date(2026, 12, 31) };
    OpenRound {
        id: ROUND.parse().expect("a round"),
        title: "สำรวจ".to_owned(),
        dates: Dates::parse(dates).expect("in order"),
        scope: Scope::new([AgencyKind::Town], [], []),
    }
}

/// An agency with a record, asked in an open round; its account's address is another than the one on the list.
struct Scene {
    stores: Stores,
    agency: Agency,
    records: Records,
    confirmations: Confirmations,
    mailboxes: Mailboxes,
    cut: Cut,
}

impl Scene {
    async fn start() -> Self {
        let stores = Stores::start().await;
        let cut = Cut::default();
        let url = cut.before(stores.variables().require(STORE).expect("a store").to_owned()).await;
        let led = Variables::of_map(BTreeMap::from([(STORE.to_owned(), url)])).or(stores.variables());
        let aws = Aws::from_environment(&led).expect("variables");
        let agency = Agency { official_email: LISTED.parse().ok(), ..agency(&code(1)) };
        let scene = Self {
            records: Records::from_environment(&aws, &led).expect("variables"),
            confirmations: Confirmations::from_environment(&aws, &led).expect("variables"),
            mailboxes: Mailboxes::from_environment(&aws, &led).expect("variables"),
            stores,
            agency,
            cut,
        };
        list(&scene.stores, &scene.agency).await;
        let opened = scene.stores.open_account(&scene.agency.code, None, now()).await;
        let session = session(&scene.agency.code, opened.session_version, now());
        let leave = CanEdit::ask(&session, &scene.agency, now()).expect("leave");
        let post = serde_json::from_str(HELD).expect("a post");
        let create = Change::Create { id: ClerkId::of_random(Random::default().id()), post };
        scene.records.change(&leave, &scene.agency, create, None, "r", now()).await.expect("made");
        scene.open(&[a_round()]).await;
        scene
    }

    /// These rounds are open from now on, and no others.
    async fn open(&self, open: &[OpenRound]) {
        let json = serde_json::to_string(open).expect("JSON");
        set(&self.stores, "REGISTRY_TABLE", ("ROUNDS", "OPEN"), "open_rounds", Some(&json)).await;
    }

    async fn ledger(&self) -> Ledger {
        self.records.ledger(&self.agency.code).await.expect("a ledger")
    }

    /// How many lines the audit of the agency has.
    async fn lines(&self) -> usize {
        let query = self.stores.aws().dynamodb().query();
        let query = query.table_name(self.stores.variables().get("AUDIT_TABLE").expect("a table"));
        let query = query.key_condition_expression("pk = :pk AND begins_with(sk, :line)");
        let query = query.expression_attribute_values(":pk", text(&format!("AGENCY#{}", self.agency.code)));
        let query = query.expression_attribute_values(":line", text("LINE#")).consistent_read(true);
        query.send().await.expect("the lines").items().len()
    }

    /// Leave by a link to this mailbox that was mailed for the record as it stands.
    async fn leave(&self, mailbox: Mailbox) -> LinkLeave {
        let key = link_key(&"A".repeat(43));
        let ends = now() + SignedDuration::from_hours(24 * 60);
        let version = self.ledger().await.version.0;
        let link = link(&key, &mailbox, &self.agency.code, ROUND, version, ends);
        let proven = key.open(&key.token(&link), now()).expect("a link");
        LinkLeave::ask(&proven, &self.agency, mailbox, &[a_round()], now()).expect("leave")
    }

    /// Does this by the link.
    async fn act(&self, deed: Deed, leave: &LinkLeave, now: Timestamp) -> Result<(), StoreError> {
        let number = ReceiptNumber::of_random(Random::default().bytes());
        let agency = &self.agency;
        match deed {
            Deed::Confirm => {
                let by = CanConfirm::Link(leave.clone());
                let done = self.confirmations.confirm(&by, agency, leave.version(), &number, "r", now);
                done.await.map(drop)
            }
            Deed::Vacate => self.records.vacate(leave, agency, &number, "r", now).await.map(drop),
            Deed::Disown => self.mailboxes.disown(leave, "r", now).await,
        }
    }

    /// That this is refused so, and has changed nothing.
    async fn refuses(&self, deed: Deed, leave: &LinkLeave, now: Timestamp, meant: fn(&StoreError) -> bool) {
        let before = (self.ledger().await, self.lines().await);
        let end = self.act(deed, leave, now).await;
        assert!(end.as_ref().is_err_and(meant), "{deed:?} by {:?}: {end:?}", leave.mailbox());
        assert_eq!((self.ledger().await, self.lines().await), before, "{deed:?} by {:?}", leave.mailbox());
    }
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Confirm,
    Vacate,
    Disown,
}

const DEEDS: [Deed; 3] = [Deed::Confirm, Deed::Disown, Deed::Vacate];

const HELD: &str = r#"{"state":"held","person":{"prefix":"นาย","first_name":"สมชาย","last_name":"ใจดี","position":"ปลัดเทศบาล","level":"กลาง","affiliation":"เทศบาลเมืองแพร่","phone":"0-5451-1060"}}"#;

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

/// Puts the agency on the list as it is.
async fn list(stores: &Stores, agency: &Agency) {
    let import = AgencyImport::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let plan = import.plan(vec![agency.clone()], now()).await.expect("a plan");
    import.carry_out(&plan, now()).await.expect("an import");
}

/// Changes one attribute of an item, as another writer does.
async fn set(stores: &Stores, table: &str, (pk, sk): (&str, &str), name: &str, value: Option<&str>) {
    let update = stores.aws().dynamodb().update_item();
    let update = update.table_name(stores.variables().get(table).expect("a table"));
    let update = update.key("pk", text(pk)).key("sk", text(sk)).expression_attribute_names("#name", name);
    let update = match value {
        Some(value) => {
            update.update_expression("SET #name = :value").expression_attribute_values(":value", text(value))
        }
        None => update.update_expression("REMOVE #name"),
    };
    update.send().await.expect("changed");
}

fn is_lost(error: &StoreError) -> bool {
    matches!(error, StoreError::SessionRevoked)
}

fn is_over(error: &StoreError) -> bool {
    matches!(error, StoreError::RoundOver)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mailbox_that_is_given_up_between_look_and_write_changes_nothing() {
    let scene = Scene::start().await;
    let stores = &scene.stores;
    let (agency_pk, account_pk) = (format!("AGENCY#{}", scene.agency.code), "ACCOUNT#".to_owned());
    let the_account = (&*format!("{account_pk}{}", scene.agency.code), "ACCOUNT");
    let the_agency = (&*agency_pk, "AGENCY");
    let [to_account, to_listed] =
        [scene.leave(account(PHRAE.email)).await, scene.leave(official(LISTED)).await];
    let moves = async |email: &str| set(stores, "ACCOUNTS_TABLE", the_account, "email", Some(email)).await;
    let lists =
        async |email: Option<&str>| set(stores, "REGISTRY_TABLE", the_agency, "official_email", email).await;

    for deed in DEEDS {
        // The account moves, also to the mailbox of the list, and the list drops the mailbox or names another: each time
        // the other link lives.
        moves("new@phrae.test").await;
        scene.refuses(deed, &to_account, now(), is_lost).await;
        moves(LISTED).await;
        scene.refuses(deed, &to_account, now(), is_lost).await;
        moves(PHRAE.email).await;
        lists(None).await;
        scene.refuses(deed, &to_listed, now(), is_lost).await;
        lists(Some(PHRAE.email)).await;
        scene.refuses(deed, &to_listed, now(), is_lost).await;
        lists(Some(LISTED)).await;
        set(stores, "ACCOUNTS_TABLE", the_account, "suspended_at", Some("2026-11-23T04:05:06Z")).await;
        for leave in [&to_account, &to_listed] {
            scene.refuses(deed, leave, now(), is_lost).await;
        }
        set(stores, "ACCOUNTS_TABLE", the_account, "suspended_at", None).await;
    }
    // With everything as it was, each does what it is for.
    scene.act(Deed::Confirm, &to_account, now()).await.expect("confirmed");
    scene.act(Deed::Disown, &to_account, now()).await.expect("disowned");
    scene.act(Deed::Disown, &to_listed, now()).await.expect("disowned");
    scene.act(Deed::Vacate, &to_listed, now()).await.expect("vacant");
    scene.stores.stop().await;
}

/// What the store itself looks at before it writes: the mailbox is given up right before the write, whichever call that is.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_look_of_the_store_stands_in_for_the_condition_of_the_write() {
    /// More than any of them makes.
    const CALLS: usize = 6;
    let scene = Scene::start().await;
    let agency_pk = format!("AGENCY#{}", scene.agency.code);
    let to_listed = scene.leave(official(LISTED)).await;
    for deed in DEEDS {
        let before = scene.lines().await;
        // From the last call on it is too late: then the deed is done.
        let mut at = 1;
        loop {
            assert!(at < CALLS, "{deed:?} is never done");
            let table = scene.stores.variables().get("REGISTRY_TABLE").expect("a table").to_owned();
            let (client, pk) = (scene.stores.aws().dynamodb(), agency_pk.clone());
            scene.cut.before_call(at, async move {
                let update =
                    client.update_item().table_name(table).key("pk", text(&pk)).key("sk", text("AGENCY"));
                update.update_expression("REMOVE official_email").send().await.expect("dropped");
            });
            let end = scene.act(deed, &to_listed, now()).await;
            scene.cut.mend();
            set(&scene.stores, "REGISTRY_TABLE", (&agency_pk, "AGENCY"), "official_email", Some(LISTED))
                .await;
            match end {
                Err(error) => assert!(is_lost(&error), "{deed:?}, before call {at}: {error:?}"),
                Ok(()) => break,
            }
            assert_eq!(scene.lines().await, before, "{deed:?}, before call {at}");
            at += 1;
        }
        assert!(at > 2, "{deed:?}: looked at, and then written");
        assert_eq!(scene.lines().await, before + 1, "{deed:?}");
    }
    scene.stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_that_is_over_between_look_and_write_leaves_the_record_as_it_was() {
    let scene = Scene::start().await;
    let leave = scene.leave(account(PHRAE.email)).await;
    let other = OpenRound { id: "2569-2".parse().expect("a round"), ..a_round() };
    for deed in [Deed::Confirm, Deed::Vacate] {
        scene.open(std::slice::from_ref(&other)).await;
        scene.refuses(deed, &leave, now(), is_over).await;
        scene.open(&[OpenRound { scope: Scope::new([AgencyKind::City], [], []), ..a_round() }]).await;
        scene.refuses(deed, &leave, now(), is_over).await;
        scene.open(&[a_round()]).await;
        // Its last day has passed, and no night's run has closed it yet.
        scene.refuses(deed, &leave, "2026-12-31T17:00:00Z".parse().expect("a time"), is_over).await;
    }
    // On its last day it takes the answer, beside another round that is open.
    scene.open(&[a_round(), other]).await;
    let last = "2026-12-31T16:59:59Z".parse().expect("a time");
    scene.act(Deed::Vacate, &leave, last).await.expect("vacant");
    let ledger = scene.ledger().await;
    assert_eq!(ledger.answers[&leave.round()].kind, AnswerKind::Vacant);
    assert_eq!(ledger.current.expect("a record").post, Post::Vacant { since: None, reason: None });
    scene.stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mailbox_that_is_disowned_again_is_no_second_line_of_the_audit() {
    let scene = Scene::start().await;
    let before = scene.lines().await;
    let leave = scene.leave(account(PHRAE.email)).await;
    let ends = at_once(8, |_| {
        let (mailboxes, leave) = (scene.mailboxes.clone(), leave.clone());
        async move { mailboxes.disown(&leave, "r", now()).await }
    })
    .await;
    assert!(ends.iter().all(Result::is_ok), "{ends:?}");
    assert_eq!(scene.lines().await, before + 1);
    scene.act(Deed::Disown, &leave, now() + SignedDuration::from_hours(24)).await.expect("heard before");
    assert_eq!(scene.lines().await, before + 1);
    // Another mailbox is another matter; and after half a year it is news again.
    scene.act(Deed::Disown, &scene.leave(official(LISTED)).await, now()).await.expect("disowned");
    assert_eq!(scene.lines().await, before + 2);
    scene.act(Deed::Disown, &leave, now() + SignedDuration::from_hours(24 * 180)).await.expect("disowned");
    assert_eq!(scene.lines().await, before + 3);
    scene.stores.stop().await;
}
