//! How often each term was found in the present post, without clearing a table a post.

use super::{Layer, TermId};

const LAYERS: usize = 10;

#[derive(Clone, Debug)]
pub(super) struct Counts {
    /// The post in which the term was last found for a layer, and how often.
    seen: Vec<(u32, u32)>,
    post: u32,
}

impl Counts {
    pub(super) fn of(terms: usize) -> Self {
        Self { seen: vec![(0, 0); terms * LAYERS], post: 0 }
    }

    pub(super) fn next_post(&mut self) {
        self.post = self.post.wrapping_add(1);
        if self.post == 0 {
            self.seen.fill((0, 0));
            self.post = 1;
        }
    }

    /// Counts the term once more; how often it was found so far in this post.
    pub(super) fn count(&mut self, term: TermId, layer: Layer) -> u32 {
        let seen = &mut self.seen[term as usize * LAYERS + layer as usize];
        *seen = if seen.0 == self.post { (self.post, seen.1 + 1) } else { (self.post, 1) };
        seen.1
    }
}
