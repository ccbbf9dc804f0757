//! Claims and what proves them: a try is charged first, the first proof wins, and time ends both.

use jiff::SignedDuration;
use palad_domain::claim::{CLAIM_CODE_LIFE, CODE_TRIES, Claim, ClaimState};
use palad_domain::session::SessionVersion;

use super::{Stores, at_once, claim, code, now};

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
        async move { claims.open_account(&rival, None, now()).await.expect("the store") }
    })
    .await;
    let winners: Vec<_> = ends.iter().flatten().collect();
    assert_eq!(winners.len(), 1);
    let stands = claims.account(&code).await.expect("the store").expect("an account");
    assert_eq!(&stands, winners[0]);
    assert_eq!(stands.session_version, SessionVersion(1));

    let winner = ends.iter().position(Option::is_some).expect("the winner");
    let state = claims.find(&rivals[winner].id).await.expect("the store").expect("the claim").state;
    assert_eq!(state, ClaimState::Active);
    // The same proof again opens nothing, for the claim is used.
    assert_eq!(claims.open_account(&rivals[winner], Some(&stands), now()).await.expect("the store"), None);
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
    claims.await_approval(one.clone(), now()).await.expect("the store");
    let waiting = claims.find(&one.id).await.expect("the store").expect("the claim");
    assert_eq!(waiting.state, ClaimState::AwaitingApproval);
    assert!(waiting.expires_at > one.expires_at);
    // The claim as it was before is not there any more, and opens nothing.
    assert_eq!(claims.open_account(&one, None, now()).await.expect("the store"), None);
    assert!(claims.open_account(&waiting, None, now()).await.expect("the store").is_some());
    stores.stop().await;
}
