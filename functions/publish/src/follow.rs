//! The directory in memory, followed from batch to batch.

use palad_index::Index;
use palad_store::{Directory, DirectoryChange, DirectoryCopy, Mark, StoreError};
use tokio::sync::Mutex;

/// The directory with the place up to which the changes were followed.
struct Followed {
    index: Index,
    mark: Mark,
}

/// Holds the directory.
pub(crate) struct Follower {
    directory: Directory,
    followed: Mutex<Option<Followed>>,
}

impl Follower {
    pub(crate) fn new(directory: Directory) -> Self {
        Self { directory, followed: Mutex::default() }
    }

    /// Asks the directory with every record in it that was saved before this call. `copy_again` where agencies
    /// themselves have changed, which only a new copy shows.
    pub(crate) async fn ask<T>(
        &self,
        copy_again: bool,
        question: impl FnOnce(&Index) -> T,
    ) -> Result<T, StoreError> {
        let mut held = self.followed.lock().await;
        let followed = match held.take().filter(|_| !copy_again) {
            Some(followed) => self.followed(followed).await?,
            None => self.copied().await?,
        };
        let answer = question(&followed.index);
        *held = Some(followed);
        Ok(answer)
    }

    async fn followed(&self, mut followed: Followed) -> Result<Followed, StoreError> {
        match self.directory.changes(followed.mark).await? {
            DirectoryChange::CopyAgain => self.copied().await,
            DirectoryChange::Posts(posts, mark) => {
                posts.into_iter().for_each(|post| followed.index.update(post));
                Ok(Followed { mark, ..followed })
            }
        }
    }

    /// A new copy, with what the table's index does not show yet laid over it.
    async fn copied(&self) -> Result<Followed, StoreError> {
        let DirectoryCopy { agencies, posts, mut mark } = self.directory.copy().await?;
        let mut index = Index::build(agencies, posts);
        if let DirectoryChange::Posts(posts, next) = self.directory.changes(mark).await? {
            posts.into_iter().for_each(|post| index.update(post));
            mark = next;
        }
        Ok(Followed { index, mark })
    }
}
