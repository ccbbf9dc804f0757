//! What a sequence is made of: changes by agencies of which some have several sessions, with keys that
//! come again, versions that are old and records that were never there.

use jiff::civil::date;
use palad_domain::person::{Person, PersonInput};
use palad_domain::post::{Post, Reason, Succession};
use proptest::prelude::*;

/// How many agencies a sequence is about.
pub(super) const AGENCIES: usize = 2;
/// How many changes it has.
const LENGTH: usize = 50;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// To which agency.
    pub(super) agency: usize,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Create {
        post: Post,
        key: Option<usize>,
        who: Who,
    },
    Edit {
        record: Which,
        age: u64,
        post: Post,
        succession: Option<Succession>,
        key: Option<usize>,
        who: Who,
    },
    Delete {
        record: Which,
        age: u64,
        key: Option<usize>,
        who: Who,
    },
    Restore {
        record: Which,
        who: Who,
    },
    Confirm {
        age: u64,
        who: Who,
    },
    /// Every session that there is ends, and a new one begins.
    Revoke,
    /// So many hours pass.
    Wait(i64),
}

/// Which session asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Who {
    Current,
    /// One that was ended, if there is one.
    Earlier,
}

/// Which record is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    Current,
    /// Of those that were deleted, counted from the latest.
    Deleted(usize),
    Unknown,
}

/// A whole sequence.
pub(super) fn sequence() -> impl Strategy<Value = Vec<Operation>> {
    let operation = (0..AGENCIES, what()).prop_map(|(agency, what)| Operation { agency, what });
    prop::collection::vec(operation, 1..=LENGTH)
}

fn what() -> impl Strategy<Value = What> {
    let create = (post(), key(), who()).prop_map(|(post, key, who)| What::Create { post, key, who });
    let edit = (which(), age(), post(), succession(), key(), who()).prop_map(
        |(record, age, post, succession, key, who)| What::Edit { record, age, post, succession, key, who },
    );
    let delete = (which(), age(), key(), who()).prop_map(|(record, age, key, who)| What::Delete {
        record,
        age,
        key,
        who,
    });
    let confirm = (age(), who()).prop_map(|(age, who)| What::Confirm { age, who });
    let restore = (which(), who()).prop_map(|(record, who)| What::Restore { record, who });
    prop_oneof![
        5 => create,
        8 => edit,
        4 => delete,
        3 => restore,
        4 => confirm,
        1 => Just(What::Revoke),
        1 => prop_oneof![Just(1_i64), Just(25), Just(400)].prop_map(What::Wait),
    ]
}

/// How many versions ago the record was read; mostly none.
fn age() -> impl Strategy<Value = u64> {
    prop_oneof![5 => Just(0_u64), 1 => 1_u64..4]
}

fn key() -> impl Strategy<Value = Option<usize>> {
    prop_oneof![2 => Just(None), 3 => (0..4_usize).prop_map(Some)]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![6 => Just(Who::Current), 1 => Just(Who::Earlier)]
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![8 => Just(Which::Current), 3 => (0..2_usize).prop_map(Which::Deleted), 1 => Just(Which::Unknown)]
}

fn succession() -> impl Strategy<Value = Option<Succession>> {
    let until = prop_oneof![Just(None), Just(Some(date(2026, 9, 30)))];
    let told = (prop_oneof![Just(Reason::Transferred), Just(Reason::Died)], until);
    prop_oneof![4 => Just(None), 1 => told.prop_map(|(reason, until)| Some(Succession { reason, until }))]
}

fn post() -> impl Strategy<Value = Post> {
    let since = prop_oneof![Just(None), Just(Some(date(2026, 10, 1)))];
    let reason = prop_oneof![Just(None), Just(Some(Reason::Retired))];
    // The second is the first with a mended spelling; the third is somebody else.
    let names =
        [("สมชาย", "ใจดี"), ("สมชัย", "ใจดี"), ("มาลี", "รักไทย")].map(|(first, last)| person(first, last));
    (0..5_usize, prop::sample::select(names.to_vec()), since, reason).prop_map(
        |(state, person, since, reason)| match state {
            0..3 => Post::Held { person, since },
            3 => Post::Acting { acting: person, since, reason },
            _ => Post::Vacant { since, reason },
        },
    )
}

fn person(first_name: &str, last_name: &str) -> Person {
    let some = |text: &str| Some(text.to_owned());
    let input = PersonInput {
        prefix: some("นาง"),
        first_name: some(first_name),
        last_name: some(last_name),
        position: some("ปลัดเทศบาล"),
        level: some("กลาง"),
        affiliation: some("เทศบาลเมืองแพร่"),
        phone: some("0-5453-4119"),
        ..PersonInput::default()
    };
    Person::parse(&input).expect("a person")
}
