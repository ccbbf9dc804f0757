//! Claims and what proves them: a try is charged first, the first proof wins, and time ends both.

use jiff::{SignedDuration, Timestamp};
use palad_domain::claim::{CLAIM_CODE_LIFE, CLAIM_LIFE, CODE_TRIES, Claim, ClaimState, TAKE_OVER_WAIT};
use palad_domain::letter_code::LETTER_CODE_LIFE;
use palad_domain::policy::{CanDecideClaim, CanSeeClaims};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_store::{Grounds, LetterCodes, QueuedClaim, StoreError, TakeOverLink, TakeOvers};

use super::{Stores, agency, at_once, claim, code, now};

const MAILBOX: Grounds<'static> = Grounds::Mailbox;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_has_five_tries_however_they_come() {
    let stores = Stores::start().await;
    let claims = stores.claims();
    let one = claim(&code(1), now());
    claims.begin(&one).await.expect("begun");
    for left in (0..CODE_TRIES).rev() {
        let tried = claims.take_try(&one.id, now()).await.expect("the store").expect("a try");
        assert_eq!(tried, Claim { tries_left: left, ..one.clone() });
    }
    assert_eq!(claims.take_try(&one.id, now()).await.expect("the store"), None, "the sixth");

    let two = claim(&code(1), now());
    claims.begin(&two).await.expect("begun");
    let taken = at_once(20, |_| {
        let (claims, id) = (claims.clone(), two.id.clone());
        async move { claims.take_try(&id, now()).await.expect("the store") }
    })
    .await;
    let mut left: Vec<u32> = taken.into_iter().flatten().map(|claim| claim.tries_left).collect();
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_ends_with_its_hour() {
    let stores = Stores::start().await;
    let claims = stores.claims();
    let one = claim(&code(1), now());
    claims.begin(&one).await.expect("begun");
    let just_before = now() + CLAIM_CODE_LIFE - SignedDuration::from_secs(1);
    assert!(claims.take_try(&one.id, just_before).await.expect("the store").is_some());
    assert!(claims.take_try(&one.id, now() + CLAIM_CODE_LIFE).await.expect("the store").is_none());
    let unknown = claim(&code(1), now()).id;
    assert!(claims.take_try(&unknown, now()).await.expect("the store").is_none());
    assert!(claims.find(&unknown).await.expect("the store").is_none());
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_proofs_the_first_wins_and_a_later_owner_ends_all_sessions() {
    let stores = Stores::start().await;
    let claims = stores.claims();
    let code = code(1);
    let rivals: Vec<Claim> = (0..8).map(|_| claim(&code, now())).collect();
    for rival in &rivals {
        claims.begin(rival).await.expect("begun");
    }
    let ends = at_once(rivals.len(), |place| {
        let (claims, rival) = (claims.clone(), rivals[place].clone());
        async move { claims.open(&rival, None, MAILBOX, "test", now()).await.expect("the store") }
    })
    .await;
    let winners: Vec<_> = ends.iter().flatten().collect();
    assert_eq!(winners.len(), 1);
    let stands = claims.account(&code).await.expect("the store").expect("an account");
    assert_eq!(&stands, winners[0]);
    assert_eq!(stands.session_version, SessionVersion(1));

    let winner = ends.iter().position(Option::is_some).expect("the winner");
    let state = claims.find(&rivals[winner].id).await.expect("the store").expect("the claim").state;
    assert_eq!(state, ClaimState::Active { replaced: None });
    // The same proof again opens nothing, for the claim is used.
    assert_eq!(
        claims.open(&rivals[winner], Some(&stands), MAILBOX, "test", now()).await.expect("the store"),
        None
    );
    let next = stores.open_account(&code, Some(&stands), now()).await;
    assert_eq!(next.session_version, SessionVersion(2));
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_proved_claim_waits_for_approval_and_then_opens() {
    let stores = Stores::start().await;
    let claims = stores.claims();
    let one = claim(&code(1), now());
    claims.begin(&one).await.expect("begun");
    assert!(claims.await_approval(&one, now()).await.expect("the store"));
    let waiting = claims.find(&one.id).await.expect("the store").expect("the claim");
    assert_eq!(waiting.state, ClaimState::AwaitingApproval);
    assert!(waiting.expires_at > one.expires_at);
    // The claim as it was before is not there any more, and opens nothing.
    assert_eq!(claims.open(&one, None, MAILBOX, "test", now()).await.expect("the store"), None);
    assert!(
        claims.open(&waiting, None, Grounds::Operator, "test", now()).await.expect("the store").is_some()
    );
    stores.stop().await;
}

/// A session of an officer of the province of every test agency.
fn officer() -> Session {
    Session {
        actor: Actor::Province { province: agency(&code(1)).province.code(), staff: "A".repeat(22) },
        version: SessionVersion(1),
        signed_in_at: now(),
        expires_at: now() + SignedDuration::from_hours(1),
    }
}

async fn queue(stores: &Stores, at: Timestamp) -> Vec<QueuedClaim> {
    let leaves = CanSeeClaims::all(&officer(), now());
    let [leave] = leaves.as_slice() else { panic!("one province") };
    stores.claims().queue(leave, None, at).await.expect("the store").items
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_waits_is_in_the_queue_and_beside_the_account_and_goes_with_its_claim() {
    let stores = Stores::start().await;
    let claims = stores.claims();
    let take_overs = TakeOvers::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let owner = stores.open_account(&code(1), None, now()).await;
    let rivals: Vec<Claim> = (0..2)
        .map(|number| Claim {
            email: format!("rival{number}@mail.test").parse().expect("an address"),
            ..claim(&code(1), now() + SignedDuration::from_secs(number))
        })
        .collect();
    let from = now() + TAKE_OVER_WAIT;
    let mut waiting = Vec::new();
    for rival in &rivals {
        claims.begin(rival).await.expect("begun");
        let waits = claims.wait(rival, &owner, MAILBOX, from, "test", now()).await.expect("the store");
        waiting.push(waits.expect("the account is as it was seen"));
    }
    let listed = queue(&stores, now()).await;
    assert_eq!(listed.iter().map(|entry| &entry.id).collect::<Vec<_>>(), [&rivals[0].id, &rivals[1].id]);
    assert!(listed.iter().all(|entry| entry.has_account && entry.others.len() == 1 && entry.state.is_open()));
    let beside = take_overs.waiting(&code(1), now()).await.expect("the store");
    assert_eq!(beside.len(), 2);
    assert!(beside.iter().all(|waiting| waiting.from == from));
    assert!(take_overs.waiting(&code(2), now()).await.expect("the store").is_empty());

    // A claim that was seen before it waited does not move any more.
    assert_eq!(claims.wait(&rivals[0], &owner, MAILBOX, from, "test", now()).await.expect("the store"), None);
    assert!(take_overs.object(&waiting[0], "test", now()).await.expect("the store"));
    assert!(!take_overs.object(&waiting[0], "test", now()).await.expect("the store"), "only once");
    assert_eq!(take_overs.waiting(&code(1), now()).await.expect("the store").len(), 1);
    assert!(matches!(queue(&stores, now()).await[0].state, ClaimState::Disputed { .. }));

    let grounds = Grounds::Completion(palad_domain::audit::Proof::Mailbox);
    let opened = claims.open(&waiting[1], Some(&owner), grounds, "test", from).await.expect("the store");
    let opened = opened.expect("the only proof");
    assert_eq!((opened.session_version, opened.opened_at), (SessionVersion(2), from));
    assert_eq!(opened.password_hash, rivals[1].password_hash, "nothing of the owner's is left");
    let state = claims.find(&rivals[1].id).await.expect("the store").expect("the claim").state;
    assert_eq!(state, ClaimState::Active { replaced: Some(owner.email.clone()) });
    assert!(take_overs.waiting(&code(1), now()).await.expect("the store").is_empty());
    assert_eq!(queue(&stores, now()).await.len(), 1);
    assert!(queue(&stores, now() + CLAIM_LIFE).await.is_empty(), "what has expired is not shown");

    // The account is another one now: what was seen of it is no ground to wait upon.
    let third = Claim { email: "third@mail.test".parse().expect("an address"), ..claim(&code(1), now()) };
    claims.begin(&third).await.expect("begun");
    assert_eq!(claims.wait(&third, &owner, MAILBOX, from, "test", now()).await.expect("the store"), None);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_letter_is_used_up_by_the_first_claim_and_replaced_by_the_next_batch() {
    let stores = Stores::start().await;
    let claims = stores.claims();
    let letters = LetterCodes::from_environment(&stores.aws(), stores.variables()).expect("variables");
    assert_eq!(letters.find(&code(1), now()).await.expect("the store"), None);
    letters.issue(&code(1), "the first hash", "test", now()).await.expect("issued");
    let letter = letters.find(&code(1), now()).await.expect("the store").expect("a letter");
    assert_eq!((letter.code_hash.as_str(), &letter.used_by), ("the first hash", &None));
    assert_eq!(letters.find(&code(1), now() + LETTER_CODE_LIFE).await.expect("the store"), None);

    let rivals: Vec<Claim> = (0..8).map(|_| claim(&code(1), now())).collect();
    for rival in &rivals {
        claims.begin(rival).await.expect("begun");
    }
    let ends = at_once(rivals.len(), |place| {
        let (claims, rival, letter) = (claims.clone(), rivals[place].clone(), letter.clone());
        async move {
            let seen = claims.account(&rival.agency).await.expect("the store");
            claims
                .open(&rival, seen.as_ref(), Grounds::Letter(&letter), "test", now())
                .await
                .expect("the store")
        }
    })
    .await;
    let winner = ends.iter().position(Option::is_some).expect("one of them");
    assert_eq!(ends.iter().flatten().count(), 1);
    let used = letters.find(&code(1), now()).await.expect("the store").expect("a letter");
    assert_eq!(used.used_by.as_ref(), Some(&rivals[winner].id));

    // A letter that was looked at before the next batch came is none any more.
    letters.issue(&code(1), "the second hash", "test", now()).await.expect("issued");
    let second = letters.find(&code(1), now()).await.expect("the store").expect("a letter");
    letters.issue(&code(1), "the third hash", "test", now()).await.expect("issued");
    let late = claim(&code(1), now());
    claims.begin(&late).await.expect("begun");
    let seen = claims.account(&code(1)).await.expect("the store");
    let opened = claims.open(&late, seen.as_ref(), Grounds::Letter(&second), "test", now()).await;
    assert_eq!(opened.expect("the store"), None);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_officer_whose_session_was_revoked_decides_nothing() {
    let stores = Stores::start().await;
    let claims = stores.claims();
    let one = claim(&code(1), now());
    claims.begin(&one).await.expect("begun");
    assert!(claims.await_approval(&one, now()).await.expect("the store"));
    let waiting = claims.find(&one.id).await.expect("the store").expect("the claim");
    // There is no staff account behind this session; a raised version is refused in the same way.
    let leave = CanDecideClaim::ask(&officer(), &agency(&code(1)), now()).expect("leave");
    let opened = claims.open(&waiting, None, Grounds::Officer(&leave), "test", now()).await;
    assert!(matches!(opened, Err(StoreError::SessionRevoked)), "{opened:?}");
    let refused = claims.refuse(&leave, &waiting, "test", now()).await;
    assert!(matches!(refused, Err(StoreError::SessionRevoked)), "{refused:?}");
    assert_eq!(claims.find(&one.id).await.expect("the store"), Some(waiting.clone()), "nothing was changed");
    assert_eq!(claims.account(&code(1)).await.expect("the store"), None);

    // Leave for one agency moves no claim to another.
    let other = CanDecideClaim::ask(&officer(), &agency(&code(2)), now()).expect("leave");
    let opened = claims.open(&waiting, None, Grounds::Officer(&other), "test", now()).await;
    assert!(matches!(opened, Err(StoreError::Failed(_))), "{opened:?}");
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_links_of_a_take_over_lead_to_its_claim_alone() {
    let stores = Stores::start().await;
    let take_overs = TakeOvers::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let one = claim(&code(1), now());
    stores.claims().begin(&one).await.expect("begun");
    take_overs.put_link(TakeOverLink::Completion, "a hash", &one).await.expect("stored");
    let find = async |link, hash| take_overs.find(link, hash).await.expect("the store");
    assert_eq!(find(TakeOverLink::Completion, "a hash").await, Some(one));
    assert_eq!(find(TakeOverLink::Objection, "a hash").await, None, "the new owner cannot object with it");
    assert_eq!(find(TakeOverLink::Completion, "another").await, None);
    stores.stop().await;
}
