//! The end of a run, told to every part of it.

use tokio::sync::watch;

/// Says once to all its listeners that it is time to stop; also when it is dropped.
#[derive(Debug)]
pub(crate) struct Stop(watch::Sender<bool>);

/// Hears of the end.
#[derive(Debug, Clone)]
pub(crate) struct Stopped(watch::Receiver<bool>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(crate) fn listen(&self) -> Stopped {
        Stopped(self.0.subscribe())
    }

    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stopped {
    /// Whether it is time to stop.
    pub(crate) fn is_now(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Returns when it is time to stop.
    pub(crate) async fn wait(mut self) {
        // An error says that the sender is gone, which is an end too.
        let _ = self.0.wait_for(|stopped| *stopped).await;
    }
}
