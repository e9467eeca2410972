//! Folds for cross-validation that keep near-duplicates together: a template in two folds would be tested on itself.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::gold::random::{STEP, mixed};
use crate::text::{Kind, Tokens};

/// The words of a shingle.
const SHINGLE: usize = 3;
/// Posts that share at least this part of their shingles (Jaccard) are near-duplicates.
const NEAR: f64 = 0.5;
/// A shingle that stands in more posts than this says nothing about duplicates.
const COMMON: usize = 200;

/// The fold of each text, below `count`, the same for the same texts and seed.
pub fn folds(texts: &[&str], count: usize, seed: u64) -> Vec<usize> {
    let groups = groups(texts);
    let mut order: Vec<usize> = groups.clone();
    order.sort_unstable();
    order.dedup();
    // Groups are dealt in an order that only the seed decides.
    order.sort_by_key(|group| scrambled(*group as u64, seed));
    let fold_of: FxHashMap<usize, usize> =
        order.into_iter().enumerate().map(|(at, group)| (group, at % count)).collect();
    groups.iter().map(|group| fold_of[group]).collect()
}

/// A number that looks random and that only the value and the seed decide.
fn scrambled(value: u64, seed: u64) -> u64 {
    mixed(value.wrapping_add(seed.wrapping_mul(STEP)).wrapping_add(STEP))
}

/// For each text the first text of its group of near-duplicates.
fn groups(texts: &[&str]) -> Vec<usize> {
    let shingles: Vec<FxHashSet<u64>> = texts.iter().map(|text| shingles(text)).collect();
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, shingles) in shingles.iter().enumerate() {
        for shingle in shingles {
            holders.entry(*shingle).or_default().push(at);
        }
    }
    let mut parent: Vec<usize> = (0..texts.len()).collect();
    for (at, own) in shingles.iter().enumerate() {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        let holders = own.iter().map(|shingle| &holders[shingle]).filter(|holders| holders.len() <= COMMON);
        for other in holders.flatten().filter(|other| **other < at) {
            *shared.entry(*other).or_default() += 1;
        }
        for (other, common) in shared {
            let either = own.len() + shingles[other].len() - common;
            if common as f64 >= NEAR * either as f64 {
                let (a, b) = (root(&mut parent, at), root(&mut parent, other));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    (0..texts.len()).map(|at| root(&mut parent, at)).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// The shingles of a text's words; of a shorter text, the text itself.
fn shingles(text: &str) -> FxHashSet<u64> {
    let tokens = Tokens::of(text).filter(|token| matches!(token.kind, Kind::Word | Kind::Hashtag | Kind::Emoji));
    let words: Vec<u64> = tokens.map(|token| hash(&text[token.start..token.end].to_lowercase())).collect();
    let mix = |words: &[u64]| words.iter().fold(0, |mixed, word| scrambled(mixed ^ word, 0));
    if words.len() < SHINGLE { FxHashSet::from_iter([mix(&words)]) } else { words.windows(SHINGLE).map(mix).collect() }
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(0, |hash, byte| scrambled(hash ^ u64::from(byte), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_duplicates_share_a_fold() {
        let texts = [
            "dukung umkm kita dengan belanja di pasar setiap hari",
            "kapan buka lagi ya",
            "dukung umkm kita dengan belanja di pasar setiap minggu",
            "murah sekali harganya di sana",
        ];
        for seed in 0..8 {
            let folds = folds(&texts, 3, seed);
            assert_eq!(folds[0], folds[2]);
            assert!(folds.iter().all(|fold| *fold < 3));
        }
    }
}
