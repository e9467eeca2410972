//! How often each slot of a term was found in the present post, without clearing a table a post.

#[derive(Clone, Debug)]
pub(super) struct Counts {
    /// The post in which the slot was last found, and how often.
    seen: Vec<(u32, u32)>,
    post: u32,
}

impl Counts {
    pub(super) fn of(slots: usize) -> Self {
        Self { seen: vec![(0, 0); slots], post: 0 }
    }

    pub(super) fn next_post(&mut self) {
        self.post = self.post.wrapping_add(1);
        if self.post == 0 {
            self.seen.fill((0, 0));
            self.post = 1;
        }
    }

    /// Counts the slot once more; how often it was found so far in this post.
    pub(super) fn count(&mut self, slot: usize) -> u32 {
        let seen = &mut self.seen[slot];
        *seen = if seen.0 == self.post { (self.post, seen.1 + 1) } else { (self.post, 1) };
        seen.1
    }
}
