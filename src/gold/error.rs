//! What a gold file can be refused for.

use super::answer::Answer;
use crate::lexicon::{Place, Problem};
use crate::read::ReadError;

/// Why labelled posts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A column that was asked for is not there.
    #[error("{file}: no column `{column}`; there are: {}", .found.join(", "))]
    NoColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The columns that are there.
        found: Vec<String>,
    },
    /// No column holds gold labels.
    #[error(
        "{file}: no gold column; name columns gold_ANSWER, or map them by --gold ANSWER=COLUMN ({}); there are: {}",
        Answer::ALL.map(Answer::name).join(", "), .found.join(", ")
    )]
    NoGold {
        /// The file.
        file: String,
        /// The columns that are there.
        found: Vec<String>,
    },
    /// Gold labels that are none of the answer's.
    #[error("{}\nmap other spellings by --labels FROM=TO,…; `--labels FROM=` counts one as missing", lines(.0))]
    Labels(Vec<Problem>),
    /// Two posts have the same id.
    #[error(
        "{second}: id `{id}` stands in {first} already; ids tell posts apart, so each may stand once (or name another column by --id)"
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// Where it stands first.
        first: Place,
        /// Where it stands again.
        second: Place,
    },
    /// There is no post with a gold label.
    #[error("{0}: no post with a gold label, so there is nothing to check")]
    Empty(String),
}

/// So many bad labels show what is wrong; more would hide it.
const MOST_SHOWN: usize = 20;

fn lines(problems: &[Problem]) -> String {
    let mut lines: Vec<String> = problems.iter().take(MOST_SHOWN).map(Problem::to_string).collect();
    if problems.len() > MOST_SHOWN {
        lines.push(format!("… and {} more", problems.len() - MOST_SHOWN));
    }
    lines.join("\n")
}
