//! Challenges and resets: each works once, and only for the account as it was.

use jiff::SignedDuration;
use palad_domain::account::{Account, CHALLENGE_LIFE, Challenge, RESET_LIFE};
use palad_domain::agency::AgencyCode;
use palad_domain::claim::CODE_TRIES;
use palad_domain::guessing::DeviceTries;
use palad_domain::session::SessionVersion;
use palad_environment::Random;
use palad_store::{Challenges, NewDevice, Reset, Resets, SignIn};

use super::{Stores, at_once, code, now};

fn challenge(code: &AgencyCode, version: SessionVersion) -> Challenge {
    Challenge {
        id: Random::default().id(),
        agency: code.clone(),
        code_hash: "the hash of the code".to_owned(),
        device_hash: Random::default().token(),
        tries_left: CODE_TRIES,
        session_version: version,
        guards: Vec::new(),
        expires_at: now() + CHALLENGE_LIFE,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_challenge_is_completed_once_and_makes_its_device_known() {
    let stores = Stores::start().await;
    let challenges = Challenges::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let sign_in = SignIn::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let code = code(1);
    let account = stores.open_account(&code, None, now()).await;
    let one = challenge(&code, account.session_version);
    challenges.open(&one).await.expect("opened");
    let view = sign_in.view(&code, &one.device_hash, now()).await.expect("a view");
    assert!(view.account.is_some() && view.device.is_none());

    let ends = at_once(10, |_| {
        let (challenges, one) = (challenges.clone(), one.clone());
        async move { challenges.complete(&one, "", "test", now()).await.expect("the store") }
    })
    .await;
    assert_eq!(ends.into_iter().filter(|end| *end).count(), 1);
    assert!(sign_in.view(&code, &one.device_hash, now()).await.expect("a view").device.is_some());
    assert_eq!(challenges.take_try(&one.id, now()).await.expect("the store"), None);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_challenge_has_five_tries_ten_minutes_and_one_version_of_the_account() {
    let stores = Stores::start().await;
    let challenges = Challenges::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let code = code(1);
    let account = stores.open_account(&code, None, now()).await;
    let one = challenge(&code, account.session_version);
    challenges.open(&one).await.expect("opened");
    for _ in 0..CODE_TRIES {
        assert!(challenges.take_try(&one.id, now()).await.expect("the store").is_some());
    }
    assert!(challenges.take_try(&one.id, now()).await.expect("the store").is_none());

    let late = challenge(&code, account.session_version);
    challenges.open(&late).await.expect("opened");
    assert!(challenges.take_try(&late.id, now() + CHALLENGE_LIFE).await.expect("the store").is_none());

    let bound = challenge(&code, account.session_version);
    challenges.open(&bound).await.expect("opened");
    stores.open_account(&code, Some(&account), now()).await;
    assert!(
        !challenges.complete(&bound, "", "test", now()).await.expect("the store"),
        "the account is another one now"
    );
    let nobodys = challenge(&code, SessionVersion(0));
    challenges.open(&nobodys).await.expect("opened");
    assert!(
        !challenges.complete(&nobodys, "", "test", now()).await.expect("the store"),
        "no account was ever at version 0"
    );
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reset_works_once_and_forgets_every_device_but_one() {
    let stores = Stores::start().await;
    let resets = Resets::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let sign_in = SignIn::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let challenges = Challenges::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let code = code(1);
    let account = stores.open_account(&code, None, now()).await;
    let old_device = challenge(&code, account.session_version);
    challenges.open(&old_device).await.expect("opened");
    assert!(challenges.complete(&old_device, "", "test", now()).await.expect("the store"));

    let open = async |hash: &str, version| {
        let reset = Reset { token_hash: hash.to_owned(), agency: code.clone(), session_version: version };
        resets.open(&reset, now()).await.expect("opened");
    };
    open("one", account.session_version).await;
    open("two", account.session_version).await;
    open("nobody's", SessionVersion(0)).await;
    assert!(resets.find("nobody's", now()).await.expect("the store").is_none());
    assert!(resets.find("unknown", now()).await.expect("the store").is_none());
    assert!(resets.find("one", now() + RESET_LIFE).await.expect("the store").is_none());
    let (reset, seen) = resets.find("one", now()).await.expect("the store").expect("a link");
    assert_eq!(seen, Account { signed_in_at: Some(now()), ..account.clone() });

    let ends = at_once(8, |number| {
        let (resets, reset) = (resets.clone(), reset.clone());
        async move {
            let (device, hash) = (format!("device {number}"), format!("hash {number}"));
            let device = NewDevice { hash: &device, name: "Firefox, Linux" };
            resets.use_up(&reset, &hash, device, "test", now()).await.expect("the store")
        }
    })
    .await;
    let used: Vec<usize> = (0..8).filter(|number| ends[*number]).collect();
    assert_eq!(used.len(), 1);
    let renewed = sign_in.account(&code).await.expect("the store").expect("an account");
    assert_eq!(renewed.session_version, SessionVersion(account.session_version.0 + 1));
    assert_eq!(renewed.password_hash, format!("hash {}", used[0]));
    // The other link was made for the account as it was, and so was the device.
    assert!(resets.find("two", now()).await.expect("the store").is_none());
    let known = async |hash: &str| sign_in.view(&code, hash, now()).await.expect("a view").device.is_some();
    assert!(!known(&old_device.device_hash).await);
    assert!(known(&format!("device {}", used[0])).await);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_forty_tries_of_one_device_one_is_let_through() {
    let stores = Stores::start().await;
    let sign_in = SignIn::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let challenges = Challenges::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let code = code(1);
    let account = stores.open_account(&code, None, now()).await;
    let known = challenge(&code, account.session_version);
    challenges.open(&known).await.expect("opened");
    assert!(challenges.complete(&known, "", "test", now()).await.expect("the store"));
    let device = sign_in.view(&code, &known.device_hash, now()).await.expect("a view").device.expect("known");
    let charged = device.tries.charge(now()).expect("the first");
    let ends = at_once(40, |_| {
        let (sign_in, account, device) = (sign_in.clone(), account.clone(), device.clone());
        async move { sign_in.charge_device(&account, &device, charged).await.expect("the store") }
    })
    .await;
    assert_eq!(ends.into_iter().filter(|end| *end).count(), 1);
    let view = sign_in.view(&code, &known.device_hash, now()).await.expect("a view");
    assert_eq!(view.device.expect("known").tries, charged);
    let later = now() + SignedDuration::from_hours(1);
    sign_in.signed_in(&account, &device, "Chrome, Windows", later).await.expect("the store");
    let view = sign_in.view(&code, &known.device_hash, later).await.expect("a view");
    let device = view.device.expect("known");
    assert_eq!(
        (device.tries, device.name(), device.seen_at()),
        (DeviceTries::default(), "Chrome, Windows", later)
    );
    assert_eq!(view.account.expect("an account").signed_in_at, Some(later));
    stores.stop().await;
}
