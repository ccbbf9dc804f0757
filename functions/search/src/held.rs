//! The index in memory, brought up to date before every answer.

use palad_index::Index;
use palad_store::{Directory, DirectoryChange, Mark, StoreError};
use tokio::sync::{Mutex, RwLock, RwLockReadGuard};

/// The index with the place up to which it has followed the changes.
struct Followed {
    index: Index,
    mark: Mark,
}

/// The index that this function's process holds.
pub(crate) struct Held {
    directory: Directory,
    followed: RwLock<Option<Followed>>,
    /// Held while a copy is made, so that many first calls make one copy.
    copying: Mutex<()>,
}

impl Held {
    pub(crate) fn new(directory: Directory) -> Self {
        Self { directory, followed: RwLock::default(), copying: Mutex::default() }
    }

    /// Asks the index, with everything in it that was saved before this call.
    pub(crate) async fn ask<T>(&self, question: impl FnOnce(&Index) -> T) -> Result<T, StoreError> {
        let mark = self.followed.read().await.as_ref().map(|followed| followed.mark);
        let followed = match mark {
            None => self.copied(None).await?,
            Some(mark) => match self.directory.changes(mark).await? {
                DirectoryChange::CopyAgain => self.copied(Some(mark)).await?,
                DirectoryChange::Posts(posts, next) => {
                    if !posts.is_empty() {
                        let mut followed = self.followed.write().await;
                        if let Some(followed) = followed.as_mut() {
                            posts.into_iter().for_each(|post| followed.index.update(post));
                            // Only a mark that goes on from the same copy may be moved forward.
                            followed.mark = followed.mark.later_of(next);
                        }
                    }
                    self.followed.read().await
                }
            },
        };
        match followed.as_ref() {
            Some(followed) => Ok(question(&followed.index)),
            None => Err(StoreError::Unavailable("the index is not there yet".into())),
        }
    }

    /// Makes a new copy, unless another call has made one since `seen`.
    async fn copied(&self, seen: Option<Mark>) -> Result<RwLockReadGuard<'_, Option<Followed>>, StoreError> {
        let _copying = self.copying.lock().await;
        let now = self.followed.read().await;
        if now.as_ref().is_some_and(|followed| seen.is_none_or(|seen| seen.is_other_copy(followed.mark))) {
            return Ok(now);
        }
        drop(now);
        let copy = self.directory.copy().await?;
        // Changes that the index of the table did not show yet are laid over at once.
        let mut index = Index::build(copy.agencies, copy.posts);
        let mut mark = copy.mark;
        if let DirectoryChange::Posts(posts, next) = self.directory.changes(mark).await? {
            posts.into_iter().for_each(|post| index.update(post));
            mark = next;
        }
        *self.followed.write().await = Some(Followed { index, mark });
        Ok(self.followed.read().await)
    }
}
