//! `--jobs`: how many threads work.

/// How many threads work.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Jobs {
    /// How many threads work; one for each processor if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_JOBS))]
    jobs: Option<u16>,
}

/// More threads than any machine has processors are a slip of the hand.
const MOST_JOBS: i64 = 1024;

impl Jobs {
    /// So many threads; one for each processor if not given.
    #[cfg(feature = "arrow")]
    pub(crate) fn of(jobs: Option<u16>) -> Self {
        Self { jobs }
    }

    pub(crate) fn threads(self) -> usize {
        let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.jobs.map_or_else(processors, usize::from)
    }
}
