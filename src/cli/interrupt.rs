//! A run that is interrupted removes what it was writing, and then ends as any other would.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

/// The files that are not whole yet. A signal reaches the process, not a value, so this is the one place for them.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static WATCH: Once = Once::new();

/// From now on, an interrupt removes the file.
pub(crate) fn removes(path: &Path) {
    change(|unfinished| unfinished.push(path.to_owned()));
    WATCH.call_once(watch);
}

/// The file is whole, or gone.
pub(crate) fn keeps(path: &Path) {
    change(|unfinished| unfinished.retain(|other| other != path));
}

fn change(change: impl FnOnce(&mut Vec<PathBuf>)) {
    change(&mut UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner));
}

/// Waits for a signal in a thread of its own.
#[cfg(unix)]
fn watch() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // Where signals cannot be waited for, an interrupted run leaves a file whose name ends in `.part`.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            change(|unfinished| unfinished.drain(..).for_each(|path| drop(fs::remove_file(path))));
            let _ = emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
fn watch() {}
