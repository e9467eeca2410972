//! What posts said that were read lately: exports are full of retweets, and of templates that many people post.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;

use super::verdict::Opinion;

/// How many posts are remembered; the one that was not met for longest makes room.
const MOST_POSTS: NonZeroUsize = NonZeroUsize::new(4096).unwrap();
/// Longer posts, in bytes, are read anew each time, so that a reader's memory stays within a few megabytes.
const LONGEST_POST: usize = 1024;
/// How many posts are known to have been met, by their hash alone.
const MOST_MET: usize = 1 << 16;

/// Opinions by the post that they are of. Only a post that comes a second time is remembered, so that an export without
/// any copies pays next to nothing for it.
pub(super) struct Known<'l> {
    opinions: LruCache<Box<str>, Arc<Opinion<'l>>>,
    /// The hashes of posts met once, each in the place that its lowest bits say.
    met: Vec<u64>,
    hashes: RandomState,
}

impl Default for Known<'_> {
    fn default() -> Self {
        Self { opinions: LruCache::new(MOST_POSTS), met: vec![0; MOST_MET], hashes: RandomState::new() }
    }
}

impl<'l> Known<'l> {
    /// What `post` says, if it is remembered.
    pub(super) fn get(&mut self, post: &str) -> Option<Arc<Opinion<'l>>> {
        // A longer post was not kept, so there is no need to hash it.
        (post.len() <= LONGEST_POST).then(|| self.opinions.get(post).map(Arc::clone))?
    }

    /// Remembers what `post` says, if it was met before.
    pub(super) fn keep(&mut self, post: &str, opinion: &Arc<Opinion<'l>>) {
        if post.len() > LONGEST_POST {
            return;
        }
        let hash = self.hashes.hash_one(post);
        let met = &mut self.met[usize::try_from(hash % MOST_MET as u64).unwrap_or_default()];
        if *met == hash {
            self.opinions.put(post.into(), Arc::clone(opinion));
        }
        *met = hash;
    }
}
