//! How far a function has come in a stream.

use serde::{Deserialize, Serialize};

/// The place, and what is known of the batch that follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The last record that is done with.
    pub(crate) after: Option<String>,
    /// How often the batch that follows was tried in vain. A try that was cut off by the end of the whole system is
    /// not counted: that is not the batch's fault.
    pub(crate) tries: u32,
    /// How many records that batch may have, after it was halved.
    pub(crate) limit: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::Bookmark;

    #[test]
    fn a_position_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Bookmark::new(folder.path(), "publish", "Registry");
        assert_eq!(place.read().expect("nothing"), None);
        let position = Position { after: Some("1".repeat(21)), tries: 2, limit: Some(5) };
        place.write(&position).expect("written");
        assert_eq!(place.read().expect("read"), Some(position));
    }
}
