//! One agency with its post, made ready for comparing.

use palad_domain::agency::{Agency, AgencyCode, AgencyView};
use palad_domain::directory::{Entry, PublicPost};
use palad_domain::person::Person;
use palad_domain::photo::{PhotoState, PhotoView};
use palad_domain::post::PostState;
use palad_domain::province::Province;
use palad_domain::record::Version;
use palad_thai::key::{loose_key, strict_key};

use crate::query::{Term, Tier, Words};

/// Stands between two texts, so that no word is found across them.
const GAP: &str = "\n";

pub(crate) struct Row {
    view: AgencyView,
    pub(crate) province: Province,
    agency_text: Text,
    post: Option<PublicPost>,
    person_text: Text,
    phones: Vec<String>,
}

/// Several texts under their keys.
#[derive(Default)]
struct Text {
    strict: String,
    loose: String,
}

impl Text {
    fn of(parts: &[&str]) -> Self {
        let join = |key: fn(&str) -> String| parts.iter().map(|part| key(part)).collect::<Vec<_>>().join(GAP);
        Self { strict: join(strict_key), loose: join(loose_key) }
    }

    fn has(&self, term: &Term, tier: Tier) -> bool {
        match tier {
            Tier::Strict => self.strict.contains(&term.strict),
            Tier::Loose => !term.loose.is_empty() && self.loose.contains(&term.loose),
        }
    }
}

impl Row {
    pub(crate) fn new(agency: Agency) -> Self {
        let view = agency.view();
        let agency_text = Text::of(&[
            &view.full_name,
            view.kind.abbreviation(),
            &view.district,
            &view.province,
            view.code.as_str(),
        ]);
        Self {
            province: agency.province,
            view,
            agency_text,
            post: None,
            person_text: Text::default(),
            phones: Vec::new(),
        }
    }

    pub(crate) fn code(&self) -> &AgencyCode {
        &self.view.code
    }

    pub(crate) fn view(&self) -> &AgencyView {
        &self.view
    }

    pub(crate) fn state(&self) -> PostState {
        self.post.as_ref().map_or(PostState::None, |post| post.state)
    }

    pub(crate) fn update(&mut self, post: PublicPost) {
        if post.version == Version(0) || self.post.as_ref().is_some_and(|known| known.version > post.version)
        {
            return;
        }
        let post = self.within_version(post);
        let person = post.person.as_ref();
        self.phones = person.map(Person::phone_digits).unwrap_or_default();
        self.person_text = person.map(person_text).unwrap_or_default();
        self.post = Some(post);
    }

    /// A photo becomes ready, and a record is found right, without a new version; within one version neither goes
    /// away again. In whatever order views of it come, they end in the same.
    fn within_version(&self, post: PublicPost) -> PublicPost {
        match &self.post {
            Some(known) if known.version == post.version => PublicPost {
                photo: post.photo.or_else(|| known.photo.clone()),
                confirmed_at: post.confirmed_at.max(known.confirmed_at),
                ..post
            },
            _ => post,
        }
    }

    pub(crate) fn entry(&self) -> Entry {
        let post = self.post.as_ref();
        Entry {
            agency: self.view.clone(),
            state: self.state(),
            person: post.and_then(|post| post.person.clone()),
            photo: post.and_then(|post| post.photo.as_ref()).map(|id| PhotoView::of(id, PhotoState::Ready)),
            updated_at: post.and_then(|post| post.updated_at),
            confirmed_at: post.and_then(|post| post.confirmed_at),
        }
    }

    /// Whether every word is found in the agency or in the person.
    pub(crate) fn matches(&self, words: &Words, tier: Tier) -> bool {
        words.kind.is_none_or(|kind| kind == self.view.kind)
            && words.terms.iter().all(|term| self.has(term, tier))
    }

    /// Whether every word is found in the agency alone, and how well: 0 is best.
    pub(crate) fn agency_rank(&self, words: &Words, tier: Tier) -> Option<u8> {
        let is_kind = words.kind.is_none_or(|kind| kind == self.view.kind);
        if !is_kind || !words.terms.iter().all(|term| self.agency_text.has(term, tier)) {
            return None;
        }
        let name = strict_key(&self.view.name);
        let rank = |term: &Term| {
            if name == term.strict {
                0
            } else if name.starts_with(&term.strict) {
                1
            } else {
                2
            }
        };
        Some(words.terms.first().map_or(0, rank))
    }

    fn has(&self, term: &Term, tier: Tier) -> bool {
        match &term.digits {
            Some(digits) => {
                self.phones.iter().any(|phone| phone.contains(digits.as_str()))
                    || self.view.code.as_str() == digits
            }
            None => self.agency_text.has(term, tier) || self.person_text.has(term, tier),
        }
    }
}

/// Names stand apart and joined, for they are typed with and without the space.
fn person_text(person: &Person) -> Text {
    let joined = format!("{}{}", person.first_name(), person.last_name());
    let full = format!("{}{}", person.prefix(), joined);
    Text::of(&[&full, &joined, person.first_name(), person.last_name(), person.position()])
}
