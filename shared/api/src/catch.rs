//! A handler that panics costs one answer, not the process.
//!
//! Why not leave it to the runtime, which catches panics too: its answer is a 502 without a
//! problem body, and its log line has the panic's message, which may hold what a caller sent.
//! Only the place of a panic is kept. (So `panic = "abort"` must never be set.)

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::pin::pin;
use std::task::Poll;

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Runs `future` and answers with what the log is told when it panics.
pub(crate) async fn caught<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    poll_fn(|context| match caught_now(|| future.as_mut().poll(context)) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Err(cause) => Poll::Ready(Err(cause)),
    })
    .await
}

/// Runs `work` and answers with what the log is told when it panics.
pub(crate) fn caught_now<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CATCHING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work)).map_err(|_| place());
    CATCHING.set(outer);
    result
}

fn place() -> String {
    let place = PLACE.try_with(|place| place.take()).ok().flatten();
    format!("panicked at {}", place.as_deref().unwrap_or("an unknown place"))
}

/// From now on a panic notes its place, and its message is never written. One that nobody catches
/// writes a line of its own.
pub(crate) fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        if CATCHING.try_with(Cell::get).unwrap_or(false) {
            let _ = PLACE.try_with(|slot| slot.replace(place));
        } else {
            tracing::error!(cause = place, "panicked");
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_place_without_its_message() {
        // The hook is the whole test process's: kept for these few lines only.
        let before = std::panic::take_hook();
        keep_panics_quiet();
        let later = caught(async {
            tokio::task::yield_now().await;
            assert_eq!("canary", "", "canary");
        });
        let causes = [later.await, caught_now(|| assert_eq!("canary", "", "canary"))];
        std::panic::set_hook(before);
        for cause in causes {
            let cause = cause.expect_err("panicked");
            assert!(cause.contains("catch.rs:") && !cause.contains("canary"), "{cause}");
        }
        assert_eq!(caught(async { 1 }).await, Ok(1));
    }
}
