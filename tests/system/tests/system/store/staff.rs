//! Staff accounts: every write stands on what it was judged upon.

use jiff::SignedDuration;
use palad_domain::policy::CanManageStaff;
use palad_domain::session::{Session, SessionVersion};
use palad_domain::staff::{Invitation, StaffAccount, StaffChallenge, StaffPlace};
use palad_environment::Random;
use palad_store::{
    OperatorInvitations, StaffAcceptance, StaffChallenges, StaffDesk, StaffInvitations, StaffSignIn,
    StoreError, staff_id,
};

use super::{Stores, at_once, now};

/// The request that the audit names.
const REQUEST: &str = "request";
const DEVICE: &str = "device";

fn phrae() -> StaffPlace {
    StaffPlace::parse("province", Some("54"), None).expect("a place")
}

fn account(email: &str, place: StaffPlace, version: u64) -> StaffAccount {
    let email = email.parse().expect("an address");
    StaffAccount {
        id: staff_id(&email).expect("a key"),
        email,
        name: "สมศรี ใจดี".into(),
        place,
        passphrase_hash: "hash".into(),
        totp_sealed: "a.sealed".into(),
        totp_step: 100,
        recovery_sealed: vec!["a.1".into(), "a.2".into()],
        session_version: SessionVersion(version),
        opened_at: now(),
        suspended_at: None,
        signed_in_at: None,
    }
}

fn invitation(to: &StaffAccount, by: Option<&StaffAccount>, replaces: Option<u64>) -> Invitation {
    Invitation {
        token_hash: Random::default().token(),
        email: to.email.clone(),
        place: to.place.clone(),
        by: by.map(|account| account.id.clone()),
        replaces: replaces.map(SessionVersion),
        expires_at: now() + SignedDuration::from_hours(1),
    }
}

fn session(account: &StaffAccount) -> Session {
    let (actor, version) = (account.place.actor(&account.id), account.session_version);
    Session { actor, version, signed_in_at: now(), expires_at: now() + SignedDuration::from_hours(1) }
}

fn leave(by: &StaffAccount, place: &StaffPlace) -> CanManageStaff {
    CanManageStaff::ask(&session(by), place, now()).expect("the table allows it")
}

/// An officer of the centre, signed in.
pub(super) async fn signed_in_centre(stores: &Stores) -> Session {
    session(&Staff::of(stores).open(account("centre@office.test", StaffPlace::Central, 1)).await)
}

/// The parts of the store that are about staff.
struct Staff {
    operator: OperatorInvitations,
    invitations: StaffInvitations,
    acceptance: StaffAcceptance,
    challenges: StaffChallenges,
    sign_in: StaffSignIn,
    desk: StaffDesk,
}

impl Staff {
    fn of(stores: &Stores) -> Self {
        let (aws, variables) = (stores.aws(), stores.variables());
        Self {
            operator: OperatorInvitations::from_environment(&aws, variables).expect("variables"),
            invitations: StaffInvitations::from_environment(&aws, variables).expect("variables"),
            acceptance: StaffAcceptance::from_environment(&aws, variables).expect("variables"),
            challenges: StaffChallenges::from_environment(&aws, variables).expect("variables"),
            sign_in: StaffSignIn::from_environment(&aws, variables).expect("variables"),
            desk: StaffDesk::from_environment(&aws, variables).expect("variables"),
        }
    }

    /// An officer who was invited by the operator and accepted.
    async fn open(&self, account: StaffAccount) -> StaffAccount {
        let invitation = invitation(&account, None, None);
        self.operator.open(&invitation, REQUEST, now()).await.expect("the store");
        let invited = self.acceptance.find(&invitation.token_hash, now()).await.expect("the store");
        assert!(
            self.acceptance
                .accept(&invited.expect("invited"), &account, DEVICE, REQUEST, now())
                .await
                .expect("the store")
        );
        account
    }

    async fn challenge(&self, account: &StaffAccount, version: u64) -> StaffChallenge {
        let challenge = StaffChallenge {
            id: Random::default().id(),
            staff: account.id.clone(),
            device_hash: Random::default().token(),
            tries_left: 5,
            session_version: SessionVersion(version),
            guards: Vec::new(),
            expires_at: now() + SignedDuration::from_mins(10),
        };
        self.challenges.open(&challenge).await.expect("the store");
        challenge
    }

    async fn complete(&self, challenge: &StaffChallenge, account: &StaffAccount, step: u64) -> bool {
        self.challenges
            .complete_by_totp(challenge, account, step, false, REQUEST, now())
            .await
            .expect("the store")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_an_acceptance_was_judged_upon_must_still_stand() {
    let stores = Stores::start().await;
    let staff = Staff::of(&stores);
    let (chief, other) = (
        staff.open(account("chief@office.test", StaffPlace::Central, 1)).await,
        staff.open(account("other@office.test", StaffPlace::Central, 1)).await,
    );
    let new = account("new@office.test", phrae(), 1);
    let find = async |invitation: &Invitation| {
        staff.acceptance.find(&invitation.token_hash, now()).await.expect("the store")
    };
    let (first, second) = (invitation(&new, Some(&chief), None), invitation(&new, Some(&other), None));
    for (by, invitation) in [(&chief, &first), (&other, &second)] {
        staff.invitations.open(&leave(by, &phrae()), invitation, REQUEST, now()).await.expect("invited");
    }
    let (first, second) = (find(&first).await.expect("good"), find(&second).await.expect("good"));

    // The inviter is suspended between the look and the acceptance.
    assert!(
        staff.desk.suspend(&leave(&other, &chief.place), &chief, REQUEST, now()).await.expect("the store")
    );
    assert!(!staff.acceptance.accept(&first, &new, DEVICE, REQUEST, now()).await.expect("the store"));
    assert!(find(&first.invitation).await.is_none());
    assert!(staff.sign_in.account(&new.id).await.expect("the store").is_none(), "no half account");
    assert!(staff.acceptance.accept(&second, &new, DEVICE, REQUEST, now()).await.expect("the store"));
    assert!(
        !staff.acceptance.accept(&second, &new, DEVICE, REQUEST, now()).await.expect("the store"),
        "used up"
    );

    // Of two that renew the account, the first one ends the other.
    let renewals = [Some(1), Some(1)].map(|version| invitation(&new, Some(&other), version));
    let mut found = Vec::new();
    for invitation in &renewals {
        staff.invitations.open(&leave(&other, &phrae()), invitation, REQUEST, now()).await.expect("invited");
        found.push(find(invitation).await.expect("good"));
    }
    let renewed = account("new@office.test", StaffPlace::Central, 2);
    let acceptance = staff.acceptance.clone();
    let accepted = at_once(2, move |number| {
        let (acceptance, found, renewed) = (acceptance.clone(), found[number].clone(), renewed.clone());
        async move { acceptance.accept(&found, &renewed, DEVICE, REQUEST, now()).await.expect("the store") }
    });
    assert_eq!(accepted.await.into_iter().filter(|done| *done).count(), 1);
    let listed = async |place: &StaffPlace| {
        let list = staff.desk.list(&leave(&other, place)).await.expect("the store");
        list.into_iter().map(|account| account.email.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert!(listed(&phrae()).await.is_empty(), "it moved to the centre");
    assert_eq!(listed(&StaffPlace::Central).await.len(), 3);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_step_and_a_recovery_code_count_once() {
    let stores = Stores::start().await;
    let staff = Staff::of(&stores);
    let own = staff.open(account("own@office.test", phrae(), 1)).await;
    let refused_or_not = [(1, 100, false), (0, 101, false), (2, 101, false), (1, 101, true), (1, 101, false)];
    for (version, step, wanted) in refused_or_not {
        let challenge = staff.challenge(&own, version).await;
        assert_eq!(staff.complete(&challenge, &own, step).await, wanted, "{version} {step}");
        if wanted {
            assert!(!staff.complete(&challenge, &own, step + 50).await, "the challenge is used up");
        }
    }
    let known = staff.challenge(&own, 1).await;
    let seen = async || staff.sign_in.view(&own.id, &known.device_hash, now()).await.expect("the store");
    assert!(!seen().await.knows_device);
    assert!(staff.complete(&known, &own, 300).await);
    assert!(seen().await.knows_device);

    let mut waiting = Vec::new();
    for _ in 0..8 {
        waiting.push(staff.challenge(&own, 1).await);
    }
    let (challenges, account) = (staff.challenges.clone(), own.clone());
    let used = at_once(8, move |number| {
        let (challenges, account, challenge) = (challenges.clone(), account.clone(), waiting[number].clone());
        async move {
            let left = [account.recovery_sealed[1].clone()];
            challenges
                .complete_by_recovery_code(&challenge, &account, &left, REQUEST, now())
                .await
                .expect("the store")
        }
    });
    assert_eq!(used.await.into_iter().filter(|done| *done).count(), 1);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_a_session_that_stands_changes_staff() {
    let stores = Stores::start().await;
    let staff = Staff::of(&stores);
    let (one, two) = (
        staff.open(account("one@office.test", StaffPlace::Central, 1)).await,
        staff.open(account("two@office.test", phrae(), 1)).await,
    );
    let stale = StaffAccount { session_version: SessionVersion(7), ..one.clone() };
    let refused = staff.desk.suspend(&leave(&stale, &two.place), &two, REQUEST, now()).await;
    assert!(matches!(refused, Err(StoreError::SessionRevoked)));
    let new = account("new@office.test", phrae(), 1);
    let invitation = invitation(&new, Some(&stale), None);
    let refused = staff.invitations.open(&leave(&stale, &phrae()), &invitation, REQUEST, now()).await;
    assert!(matches!(refused, Err(StoreError::SessionRevoked)));
    assert!(staff.acceptance.find(&invitation.token_hash, now()).await.expect("the store").is_none());
    // Leave for one place is none for another.
    let central = leave(&one, &StaffPlace::Central);
    assert!(staff.invitations.open(&central, &invitation, REQUEST, now()).await.is_err());
    assert!(staff.desk.suspend(&central, &two, REQUEST, now()).await.is_err());

    let own = leave(&one, &phrae());
    let outdated = StaffAccount { session_version: SessionVersion(3), ..two.clone() };
    assert!(!staff.desk.suspend(&own, &outdated, REQUEST, now()).await.expect("the store"));
    assert!(staff.desk.suspend(&own, &two, REQUEST, now()).await.expect("the store"));
    let challenge = staff.challenge(&two, 2).await;
    assert!(!staff.complete(&challenge, &two, 500).await, "a suspended account");
    let suspended = staff.desk.find(&two.id).await.expect("the store").expect("it is there");
    assert_eq!((suspended.suspended_at, suspended.session_version), (Some(now()), SessionVersion(2)));
    assert!(staff.desk.lift_suspension(&own, &suspended, REQUEST, now()).await.expect("the store"));
    assert!(staff.complete(&challenge, &two, 500).await);
    stores.stop().await;
}

#[test]
fn an_address_has_one_key() {
    let id = |text: &str| staff_id(&text.parse().expect("an address")).expect("a key");
    assert_eq!(id("Somsri@Office.test"), id("somsri@office.test"));
    assert_ne!(id("somsri@office.test"), id("somsri@office2.test"));
}
