//! The public sees the photo that a record shows; a photo that was replaced or deleted is no longer reachable.

use std::collections::{BTreeMap, BTreeSet};

use palad_api::{QueueError, StreamChange};
use palad_domain::agency::AgencyCode;
use palad_domain::photo::PhotoId;
use palad_store::PhotoDesk;

use crate::App;

impl App {
    pub(crate) async fn follow(&self, changes: &[StreamChange]) -> Result<(), QueueError> {
        for (code, named) in named(changes) {
            // What the record names now decides, not what the change says: it may be an old one.
            let now = self.desk.named(&code).await?;
            // A photo that is named and being made safe is left alone: hiding it could overtake its arrival.
            let kept = now.as_ref().map(|(id, _)| id);
            for id in named.iter().filter(|id| Some(*id) != kept) {
                self.pictures.hide(id).await?;
            }
            if let Some((id, true)) = now {
                self.pictures.show(&id).await?;
            }
        }
        Ok(())
    }
}

/// Every photo that the changed records named before or name now, by agency.
fn named(changes: &[StreamChange]) -> BTreeMap<AgencyCode, BTreeSet<PhotoId>> {
    let images = changes.iter().flat_map(|change| [change.old.as_ref(), change.new.as_ref()]);
    let mut named: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (code, id) in images.flatten().filter_map(PhotoDesk::named_in) {
        named.entry(code).or_default().insert(id);
    }
    named
}
