//! The directory: a save is seen by the very next look, and an import asks for a new copy.

use palad_domain::agency::AgencyCode;
use palad_domain::change::Change;
use palad_domain::directory::PublicPost;
use palad_domain::policy::CanEdit;
use palad_domain::post::{Post, PostState};
use palad_domain::record::{ClerkId, Version};
use palad_environment::Random;
use palad_store::{AgencyImport, Directory, DirectoryChange, Mark, Records};
use palad_system_tests::listed;

use super::{Stores, now, session};

struct Scene {
    stores: Stores,
    directory: Directory,
    import: AgencyImport,
    records: Records,
}

impl Scene {
    async fn start() -> Self {
        let stores = Stores::start().await;
        let (aws, variables) = (stores.aws(), stores.variables());
        let directory = Directory::from_environment(&aws, variables).expect("variables");
        let import = AgencyImport::from_environment(&aws, variables).expect("variables");
        let records = Records::from_environment(&aws, variables).expect("variables");
        let plan =
            import.plan(listed().iter().map(palad_system_tests::Listed::agency).collect(), now()).await;
        import.carry_out(&plan.expect("a plan"), now()).await.expect("an import");
        Self { stores, directory, import, records }
    }

    async fn save(&self, code: &AgencyCode) {
        let listed = listed().into_iter().find(|one| one.code == code.as_str()).expect("listed").agency();
        let before = self.stores.claims().account(code).await.expect("the store");
        let account = self.stores.open_account(code, before.as_ref(), now()).await;
        let leave =
            CanEdit::ask(&session(code, account.session_version, now()), &listed, now()).expect("leave");
        let post = Post::Vacant { since: None, reason: None };
        let ledger = self.records.ledger(code).await.expect("a ledger");
        let change = match ledger.current {
            None => Change::Create { id: ClerkId::of_random(Random::default().id()), post },
            Some(current) => {
                Change::Edit { id: current.id, expected: ledger.version, post, succession: None }
            }
        };
        self.records.change(&leave, &listed, change, None, "r", now()).await.expect("saved");
    }

    async fn posts(&self, mark: Mark) -> (Vec<PublicPost>, Mark) {
        match self.directory.changes(mark).await.expect("the store") {
            DirectoryChange::Posts(posts, mark) => (posts, mark),
            DirectoryChange::CopyAgain => panic!("a new copy is asked for"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_saved_is_seen_by_the_very_next_look() {
    let scene = Scene::start().await;
    let copy = scene.directory.copy().await.expect("a copy");
    assert_eq!((copy.agencies.len(), copy.posts.len()), (listed().len(), 0));
    let mut mark = copy.mark;
    for (round, agency) in listed().iter().enumerate() {
        let code: AgencyCode = agency.code.parse().expect("a code");
        scene.save(&code).await;
        let (posts, next) = scene.posts(mark).await;
        let seen = posts.iter().find(|post| post.agency == code).expect("the post just saved");
        assert_eq!((seen.state, seen.version), (PostState::Vacant, Version(1)), "round {round}");
        mark = next;
    }
    let code: AgencyCode = listed()[0].code.parse().expect("a code");
    scene.save(&code).await;
    let (posts, _) = scene.posts(mark).await;
    assert_eq!(
        posts.iter().filter(|post| post.agency == code).map(|post| post.version).max(),
        Some(Version(2))
    );
    let copy = scene.directory.copy().await.expect("a copy");
    assert_eq!(copy.posts.len(), listed().len());
    scene.stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_import_asks_for_a_new_copy_and_keeps_records_and_former_names() {
    let scene = Scene::start().await;
    let code: AgencyCode = listed()[0].code.parse().expect("a code");
    scene.save(&code).await;
    let copy = scene.directory.copy().await.expect("a copy");

    let mut agencies: Vec<_> = listed().iter().map(palad_system_tests::Listed::agency).collect();
    let same = scene.import.plan(agencies.clone(), now()).await.expect("a plan");
    assert!(same.is_empty() && same.unchanged == agencies.len() && same.absent.is_empty());
    scene.import.carry_out(&same, now()).await.expect("nothing to do");
    let _ = scene.posts(copy.mark).await;

    agencies[0].kind = "ทน.".parse().expect("a kind");
    let absent = agencies.pop().expect("the last");
    let plan = scene.import.plan(agencies, now()).await.expect("a plan");
    assert_eq!((plan.added.len(), plan.changed.len()), (0, 1));
    assert_eq!(plan.absent, [absent.code]);
    scene.import.carry_out(&plan, now()).await.expect("an import");
    let changes = scene.directory.changes(copy.mark).await.expect("the store");
    assert!(matches!(changes, DirectoryChange::CopyAgain));
    let copy = scene.directory.copy().await.expect("a copy");
    let upgraded = copy.agencies.iter().find(|agency| agency.code == code).expect("the agency");
    assert_eq!(upgraded.full_name(), "เทศบาลนครแพร่");
    assert!(copy.posts.iter().any(|post| post.agency == code), "its record is still there");
    assert!(scene.stores.claims().account(&code).await.expect("the store").is_some(), "and its account");
    scene.stores.stop().await;
}
