//! The progress line: on a terminal only, and only once a run takes longer than a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::error::{Error, Result};
use crate::ingest::stream::Watch;
use crate::progress::Progress;

/// A spinner on stderr that names the stage.
pub(super) struct Spinner(ProgressBar);

impl Spinner {
    /// Hidden off a terminal.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_secs(1));
        Self(bar)
    }
}

impl Progress for Spinner {
    fn stage(&self, name: &str) {
        self.0.set_message(name.to_owned());
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A bar of bytes read with rate and time left, and an ear for Ctrl-C.
pub(super) struct Meter {
    bar: ProgressBar,
    stopped: Arc<AtomicBool>,
}

impl Meter {
    /// Hidden off a terminal. The first Ctrl-C asks the run to stop and clean up, a second one ends it at once.
    ///
    /// # Errors
    /// [`Error::Bug`] when the signal cannot be heard.
    pub(super) fn new() -> Result<Self> {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
        let stopped = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&stopped);
        ctrlc::set_handler(move || {
            if heard.swap(true, Ordering::SeqCst) {
                // The second one does not wait.
                std::process::exit(i32::from(super::error::INTERRUPTED));
            }
        })
        .map_err(|error| Error::Bug(error.to_string()))?;
        bar.enable_steady_tick(Duration::from_secs(1));
        Ok(Self { bar, stopped })
    }

    /// A stage that follows the reading.
    pub(super) fn stage(&self, name: &'static str) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(name);
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// [`Error::Interrupted`] after a Ctrl-C.
    pub(super) fn check(&self) -> Result<()> {
        if self.stop() { Err(Error::Interrupted) } else { Ok(()) }
    }
}

impl Watch for Meter {
    fn read(&self, bytes: u64, of: u64) {
        if self.bar.length().is_none() {
            let template = "reading {bar:24} {percent}%  {bytes_per_sec}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.bar.set_length(of);
        }
        self.bar.set_position(bytes);
        if bytes >= of {
            self.stage("measuring");
        }
    }

    fn stop(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
