//! The public directory: what anybody may see of every agency's post.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::agency::{AgencyCode, AgencyView};
use crate::person::Person;
use crate::photo::{PhotoId, PhotoView};
use crate::post::PostState;
use crate::record::{Current, Ledger, Version};

/// The public view of one agency's post, without the agency itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPost {
    /// Which agency.
    pub agency: AgencyCode,
    /// The record's version: of two views of one agency the higher is the later.
    pub version: Version,
    /// Its state.
    pub state: PostState,
    /// Who holds it or acts, without the mobile number.
    pub person: Option<Person>,
    /// The photo, once it is ready.
    #[serde(default)]
    pub photo: Option<PhotoId>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// When it was last found right, as it stands.
    #[serde(default)]
    pub confirmed_at: Option<Timestamp>,
}

impl PublicPost {
    /// What the public sees of a record.
    #[must_use]
    pub fn of(agency: &AgencyCode, ledger: &Ledger) -> Self {
        let current = ledger.current.as_ref();
        Self {
            agency: agency.clone(),
            version: ledger.version,
            state: current.map_or(PostState::None, |current| current.post.state()),
            person: current.and_then(|current| current.post.person()).map(Person::public),
            photo: current.filter(|current| current.photo_ready).and_then(Current::photo).cloned(),
            updated_at: current.map(|current| current.updated_at),
            confirmed_at: current.and_then(|current| current.confirmed_at),
        }
    }
}

/// One line of the directory on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The agency.
    pub agency: AgencyView,
    /// The state of its post.
    pub state: PostState,
    /// Who holds it or acts.
    pub person: Option<Person>,
    /// The photo, once it is ready.
    pub photo: Option<PhotoView>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// When it was last found right, as it stands.
    pub confirmed_at: Option<Timestamp>,
}
