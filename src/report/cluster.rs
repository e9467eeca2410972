//! Posts counted by author: the unit that an interval may treat as independent.

use super::record::Record;
use crate::opinion::Stance;

/// How often one author took each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// Tells authors apart.
    pub author: u64,
    /// Posts for.
    pub pro: u32,
    /// Posts against.
    pub kontra: u32,
    /// Posts without a lean.
    pub netral: u32,
}

impl Cluster {
    /// All posts.
    pub fn posts(&self) -> f64 {
        f64::from(self.pro) + f64::from(self.kontra) + f64::from(self.netral)
    }
}

/// The posts of each author, by author.
pub(super) fn clusters<'t>(posts: impl Iterator<Item = (&'t Record, Stance)>) -> Vec<Cluster> {
    let mut sides: Vec<(u64, Stance)> = posts.map(|(post, stance)| (post.author, stance)).collect();
    sides.sort_unstable();
    sides
        .chunk_by(|one, next| one.0 == next.0)
        .map(|posts| {
            let mut cluster = Cluster { author: posts[0].0, ..Cluster::default() };
            for (_, stance) in posts {
                match stance {
                    Stance::Pro => cluster.pro += 1,
                    Stance::Kontra => cluster.kontra += 1,
                    Stance::Netral => cluster.netral += 1,
                }
            }
            cluster
        })
        .collect()
}
