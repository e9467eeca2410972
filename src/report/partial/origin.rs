//! How posts were counted and where they come from.

use serde::{Deserialize, Serialize};

use super::PartialError;
use crate::read::Damage;
use crate::report::options::About;

/// How posts were counted, in which parts of a report have to agree, and where they come from, which adds up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The version of condong.
    pub tool: String,
    /// The fingerprint of the lexicon.
    pub lexicon: String,
    /// The column of labels that people gave.
    pub gold: String,
    /// The column of the user's own grouping.
    pub group_by: Option<String>,
    /// The zone in which days begin and end.
    pub zone: String,
    /// The events of the lexicon, as its file event.csv writes them.
    pub events: String,
    /// The names of the files that were read, in order.
    pub sources: Vec<String>,
    /// Rows that could not be read.
    pub rejected: u64,
    /// What was wrong with the files.
    pub damage: Vec<(String, Damage)>,
}

impl Origin {
    /// Notes that the next posts are from that file.
    pub fn add_source(&mut self, source: &str) {
        if self.sources.last().is_none_or(|last| last != source) {
            self.sources.push(source.to_owned());
        }
    }

    /// Notes what is wrong with a file, or with another stretch of it.
    pub fn add_damage(&mut self, source: &str, damage: &Damage) {
        match self.damage.iter_mut().find(|(name, _)| name == source) {
            Some((_, known)) => *known += damage,
            None => self.damage.push((source.to_owned(), damage.clone())),
        }
    }

    /// What a report says of where its figures come from; `options` are those that were given for it.
    pub fn about(&self, options: Vec<String>) -> About {
        let findings = self.damage.iter().flat_map(|(file, damage)| {
            damage.findings().into_iter().map(move |found| format!("{file}: {} ({} rows)", found.about, found.rows))
        });
        About {
            tool: self.tool.clone(),
            lexicon: self.lexicon.clone(),
            sources: self.sources.clone(),
            rejected: self.rejected,
            warnings: findings.collect(),
            options,
        }
    }

    /// Refuses the origin of a part that was counted in another way.
    pub fn agrees(&self, other: &Self, file: &str) -> Result<(), PartialError> {
        let grouping = |origin: &Self| origin.group_by.clone().unwrap_or_else(|| "none".to_owned());
        let pairs = [
            ("the lexicon", other.lexicon.clone(), self.lexicon.clone()),
            ("--group-by", grouping(other), grouping(self)),
            ("--gold", other.gold.clone(), self.gold.clone()),
            ("--timezone", other.zone.clone(), self.zone.clone()),
        ];
        for (what, found, expected) in pairs {
            if found != expected {
                return Err(PartialError::Differs { file: file.to_owned(), what, found, expected });
            }
        }
        Ok(())
    }
}
