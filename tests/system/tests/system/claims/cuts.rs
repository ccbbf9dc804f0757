//! Whatever opens an account, or gives it to somebody else, happens wholly or not at all: the way to the store is cut at
//! each of its calls in turn, on either side of the store, and nothing else is found than the state of before or of
//! after. Done again, it succeeds. A process that is killed at random hits few of these places; this hits them all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use palad_domain::claim::{ClaimId, ClaimState, TAKE_OVER_WAIT};
use palad_environment::Variables;
use palad_local::operations::verify_audit;
use palad_store::{Aws, Claims, LetterCodes};
use palad_system_tests::{Answer, Browser, Cut, House, Listed, NONG_BUA, Side, SignedInStaff};
use serde_json::{Value, json};

use super::{ANOTHER, begin, later, letters, prove_by_letter};

/// What a deed may need of the store at most, and so how many agencies a house has for it.
const CALLS_AT_MOST: usize = 20;
const PROVINCE: &str = "60";

/// What is done to an account, each by one call of a browser.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    /// The agency's own mailbox proves a claim.
    Mailbox,
    /// The letter's code does.
    Letter,
    /// An officer approves it.
    Approval,
    /// The letter's code takes an account over.
    LetterTakeOver,
    /// A take-over is completed after its wait.
    Completion,
    /// A successor accepts.
    HandOver,
    /// The new address says that it is one's own.
    NewAddress,
    /// A new password.
    Reset,
}

/// A call that is about to be made, and what it is about.
struct Prepared {
    agency: Listed,
    claim: Option<String>,
    browser: Browser,
    path: String,
    body: Value,
}

impl Prepared {
    async fn go(&self) -> Answer {
        self.browser.post(&self.path, &self.body).await
    }
}

/// What is found in the tables.
#[derive(Debug, PartialEq)]
struct Seen {
    claim: Option<&'static str>,
    owner: Option<String>,
    session_version: Option<String>,
    password_hash: Option<String>,
    letter_is_used: bool,
    lines: u64,
}

impl Seen {
    /// What two agencies have in common when the same was done to them.
    fn in_common(&self) -> (Option<&'static str>, Option<String>, Option<&str>, bool, u64) {
        let owner =
            self.owner.as_deref().and_then(|owner| owner.split_once('-')).map(|(who, _)| who.to_owned());
        (self.claim, owner, self.session_version.as_deref(), self.letter_is_used, self.lines)
    }
}

struct Scene {
    house: House,
    cut: Cut,
    variables: Variables,
    letters: BTreeMap<String, String>,
    officer: SignedInStaff,
}

fn agency(number: usize) -> Listed {
    Listed { code: format!("{PROVINCE}{:04}", 7000 + number).leak(), email: owner(number).leak(), ..NONG_BUA }
}

fn owner(number: usize) -> String {
    format!("owner-{number}@palad.test")
}

fn successor(number: usize) -> String {
    format!("successor-{number}@palad.test")
}

impl Scene {
    async fn set() -> Self {
        let cut = Cut::default();
        let house = House::start_with(async |surroundings| {
            cut.lead(surroundings, &["registration", "login", "accounts"]).await;
        })
        .await;
        let agencies: Vec<Listed> = (0..=2 * CALLS_AT_MOST).map(agency).collect();
        house.import(&agencies).await;
        let variables = house.variables().await;
        let letters = letters(&house, PROVINCE).await;
        let officer = house.province(PROVINCE).await;
        Self { house, cut, variables, letters, officer }
    }

    /// Brings an agency to the point where one call is left to do.
    async fn prepare(&self, deed: Deed, number: usize) -> Prepared {
        let agency = agency(number);
        let browser = self.house.browser();
        let prepared = |claim: Option<&str>, browser: Browser, path: String, body: Value| Prepared {
            agency,
            claim: claim.map(str::to_owned),
            browser,
            path,
            body,
        };
        let proof_path = |claim: &str| format!("/api/registrations/{claim}/proof");
        match deed {
            Deed::Mailbox => {
                let proof = begin(&self.house, &browser, agency, agency.email).await;
                let body = json!({ "code": proof.code });
                prepared(Some(&proof.claim), browser, proof_path(&proof.claim), body)
            }
            Deed::Letter => {
                let proof = begin(&self.house, &browser, agency, &successor(number)).await;
                let body = json!({ "letter_code": self.letters[agency.code] });
                prepared(Some(&proof.claim), browser, proof_path(&proof.claim), body)
            }
            Deed::Approval => {
                let proof = begin(&self.house, &browser, agency, &successor(number)).await;
                let proved = browser.prove(&proof.claim, &proof.code).await.expect(200);
                assert_eq!(proved.json(), json!({ "state": "awaiting_approval" }));
                let path = format!("/api/claims/{}/approval", proof.claim);
                prepared(Some(&proof.claim), self.officer.browser.copy(), path, json!({}))
            }
            Deed::LetterTakeOver => {
                let _ = self.house.sign_up(agency).await;
                let proof = begin(&self.house, &browser, agency, &successor(number)).await;
                let body = json!({ "letter_code": self.letters[agency.code] });
                prepared(Some(&proof.claim), browser, proof_path(&proof.claim), body)
            }
            Deed::Completion => self.taken_over(browser, agency, number).await,
            Deed::HandOver => {
                let office = self.house.sign_up(agency).await;
                let offer = json!({ "email": successor(number) });
                let _ = office.browser.post("/api/account/handover", &offer).await.expect(202);
                let mail = self.house.mailbox.next_about(&successor(number), "รับมอบบัญชีหน่วยงาน").await;
                let body = json!({ "token": mail.token(), "password": ANOTHER });
                prepared(None, browser, "/api/handovers/acceptance".to_owned(), body)
            }
            Deed::NewAddress => {
                let office = self.house.sign_up(agency).await;
                let address = json!({ "email": successor(number) });
                let _ = office.browser.post("/api/account/email", &address).await.expect(202);
                let mail = self.house.mailbox.next_about(&successor(number), "ยืนยันอีเมลใหม่").await;
                prepared(None, browser, "/api/email-changes".to_owned(), json!({ "token": mail.token() }))
            }
            Deed::Reset => {
                let _ = self.house.sign_up(agency).await;
                let asked = json!({ "agency": agency.code, "email": agency.email });
                let _ = browser.post("/api/password-resets", &asked).await.expect(202);
                let mail = self.house.mailbox.next_about(agency.email, "ตั้งรหัสผ่านใหม่").await;
                let path = format!("/api/password-resets/{}", mail.token());
                prepared(None, browser, path, json!({ "password": ANOTHER }))
            }
        }
    }

    /// The account belongs to a private address, the agency's own mailbox proves it anew, and the week is over.
    async fn taken_over(&self, browser: Browser, agency: Listed, number: usize) -> Prepared {
        let private = self.house.browser();
        let first = begin(&self.house, &private, agency, &successor(number)).await;
        let opened = prove_by_letter(&private, &first.claim, &self.letters[agency.code]).await;
        assert_eq!(opened.expect(200).json(), json!({ "state": "active" }));
        let proof = begin(&self.house, &browser, agency, agency.email).await;
        let proved = browser.prove(&proof.claim, &proof.code).await.expect(200).json();
        assert_eq!(proved["state"], "waiting");
        let mail = self.house.mailbox.next_about(agency.email, "ขอรับช่วงบัญชีหน่วยงาน").await;
        later(&self.house, TAKE_OVER_WAIT);
        Prepared {
            agency,
            claim: Some(proof.claim),
            browser,
            path: "/api/registrations/completions".to_owned(),
            body: json!({ "token": mail.token() }),
        }
    }

    async fn look(&self, prepared: &Prepared) -> Seen {
        let aws = Aws::from_environment(&self.variables).expect("variables");
        let claims = Claims::from_environment(&aws, &self.variables).expect("variables");
        let letters = LetterCodes::from_environment(&aws, &self.variables).expect("variables");
        let code = prepared.agency.code.parse().expect("a code");
        let account = claims.account(&code).await.expect("the store");
        let letter = letters.find(&code, Timestamp::now()).await.expect("the store").expect("a letter");
        let claim = match &prepared.claim {
            Some(id) => {
                let id = ClaimId::parse(id).expect("a claim");
                Some(word(&claims.find(&id).await.expect("the store").expect("the claim").state))
            }
            None => None,
        };
        let audit = verify_audit(&self.variables, Some(code)).await.expect("the audit");
        assert_eq!(audit.faults, [], "{}", prepared.agency.code);
        Seen {
            claim,
            owner: account.as_ref().map(|account| account.email.as_str().to_owned()),
            session_version: account.as_ref().map(|account| format!("{:?}", account.session_version)),
            password_hash: account.map(|account| account.password_hash),
            letter_is_used: letter.used_by.is_some(),
            lines: audit.lines,
        }
    }
}

fn word(state: &ClaimState) -> &'static str {
    match state {
        ClaimState::Unproved => "unproved",
        ClaimState::AwaitingApproval => "awaiting approval",
        ClaimState::Waiting { .. } => "waiting",
        ClaimState::Disputed { .. } => "disputed",
        ClaimState::Active { .. } => "active",
        ClaimState::Refused => "refused",
    }
}

async fn is_done_wholly_or_not_at_all(deed: Deed) {
    let scene = Scene::set().await;
    // Once without a cut: what it looks like before and after, and how often the store is asked.
    let whole = scene.prepare(deed, 0).await;
    let before = scene.look(&whole).await;
    let _ = scene.cut.mend();
    let answer = whole.go().await;
    let calls = scene.cut.mend();
    assert!(answer.status < 300, "{deed:?}: {}", answer.status);
    let after = scene.look(&whole).await;
    assert_ne!(before, after, "{deed:?}");
    assert!((2..=CALLS_AT_MOST).contains(&calls), "{deed:?}: {calls} calls");

    let (mut undone, mut done) = (0, 0);
    for (place, side) in (1..=calls).flat_map(|call| [(call, Side::Before), (call, Side::After)]).enumerate()
    {
        let (call, side) = side;
        let prepared = scene.prepare(deed, place + 1).await;
        let was = scene.look(&prepared).await;
        assert_eq!(was.in_common(), before.in_common(), "{deed:?}: begun alike");
        scene.cut.arm(call, side);
        let answer = prepared.go().await;
        let _ = scene.cut.mend();
        let cut = format!("{deed:?} cut {side:?} call {call} of {calls}, answered {}", answer.status);
        let is = scene.look(&prepared).await;
        if is.in_common() == after.in_common() && is.password_hash.is_some() {
            done += 1;
        } else {
            assert_eq!(is, was, "{cut}: neither before nor after");
            assert!(answer.status >= 500, "{cut}: nothing was done");
            undone += 1;
            // Whoever is told that it did not work does it again.
            let again = prepared.go().await;
            assert!(again.status < 300, "{cut}: then {} {:?}", again.status, again.json());
            assert_eq!(scene.look(&prepared).await.in_common(), after.in_common(), "{cut}: done again");
        }
    }
    assert!(undone > 0 && done > 0, "{deed:?}: {undone} undone, {done} done");
    scene.house.stop().await;
}

macro_rules! deeds {
    ($($name:ident: $deed:ident;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $name() {
            is_done_wholly_or_not_at_all(Deed::$deed).await;
        }
    )*};
}

deeds! {
    a_proof_by_mailbox_is_done_wholly_or_not_at_all: Mailbox;
    a_proof_by_letter_is_done_wholly_or_not_at_all: Letter;
    an_approval_is_done_wholly_or_not_at_all: Approval;
    a_take_over_by_letter_is_done_wholly_or_not_at_all: LetterTakeOver;
    a_take_over_is_completed_wholly_or_not_at_all: Completion;
    a_hand_over_is_accepted_wholly_or_not_at_all: HandOver;
    a_change_of_address_is_done_wholly_or_not_at_all: NewAddress;
    a_reset_is_done_wholly_or_not_at_all: Reset;
}
