//! Labelled posts, from any export that [`crate::read`] reads.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use super::answer::Answer;
use super::error::GoldError;
use super::layout::{GoldOptions, Layout};
use crate::lexicon::{Place, Problem, fingerprint};
use crate::read::{Next, Posts, Row, text_of};

/// What a gold column says of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gold {
    /// The file has no such column.
    #[default]
    Unasked,
    /// The cell is empty.
    Missing,
    /// The place of the label among the answer's.
    Label(usize),
}

impl Gold {
    /// The label, where there is one.
    pub fn label(self) -> Option<usize> {
        if let Self::Label(label) = self { Some(label) } else { None }
    }
}

/// A post with its gold labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledPost {
    /// Where it stands.
    pub place: Place,
    /// What tells it from other posts: its id, or a fingerprint of its text where it has none.
    pub key: String,
    /// The text as its author wrote it.
    pub text: String,
    /// A fingerprint of its cell, which a better repair of the text leaves as it is.
    pub print: String,
    /// Its gold labels, in the order of [`Answer::ALL`].
    pub gold: [Gold; Answer::ALL.len()],
}

impl LabelledPost {
    /// Its gold label for an answer.
    pub fn gold(&self, answer: Answer) -> Gold {
        self.gold[answer as usize]
    }
}

/// The posts of one or several files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labelled {
    /// The posts, in the order of files and lines.
    pub posts: Vec<LabelledPost>,
    /// Rows that could not be read.
    pub rejected: Vec<Problem>,
    /// What a person should know, such as gold columns that are no answer.
    pub notes: Vec<String>,
}

/// The labelled posts of one input called `name`. Refuses what cannot be read, an input without a text or gold column, and
/// gold labels that are none.
pub fn labelled(input: Box<dyn Read + Send>, name: &str, options: &GoldOptions) -> Result<Labelled, GoldError> {
    let mut posts = Posts::open(input, name, &options.reading)?;
    let layout = Layout::of(&posts, options)?;
    let file: Arc<str> = name.into();
    let mut found = Labelled { notes: layout.notes.clone(), ..Labelled::default() };
    let (mut row, mut wrong) = (Row::default(), Vec::new());
    loop {
        match posts.read(&mut row)? {
            Next::End => break,
            Next::Row => {
                let place = Place { file: Arc::clone(&file), line: row.line };
                found.add(&row, place, &layout, &mut wrong);
            }
            Next::Reject(reject) => {
                let place = Place { file: Arc::clone(&file), line: reject.line };
                found.rejected.push(Problem { place, message: reject.reason });
            }
        }
    }
    if !wrong.is_empty() {
        return Err(GoldError::Labels(wrong));
    }
    Ok(found)
}

impl Labelled {
    fn add(&mut self, row: &Row, place: Place, layout: &Layout, wrong: &mut Vec<Problem>) {
        let cell = |at: usize| row.fields.get(at).unwrap_or_default();
        let id = layout.id.map_or("", |id| cell(id).trim());
        let print = fingerprint(cell(layout.columns.text).bytes());
        let key = if id.is_empty() { format!("#{print}") } else { id.to_owned() };
        let mut gold = [Gold::Unasked; Answer::ALL.len()];
        for (answer, column) in &layout.gold {
            match layout.label(*answer, cell(*column)) {
                Ok(label) => gold[*answer as usize] = label,
                Err(message) => wrong.push(Problem { place: place.clone(), message }),
            }
        }
        let text = text_of(row, &layout.columns).into_owned();
        self.posts.push(LabelledPost { place, key, text, print, gold });
    }

    /// Adds the posts of another file.
    pub fn append(&mut self, other: Self) {
        self.posts.extend(other.posts);
        self.rejected.extend(other.rejected);
        self.notes.extend(other.notes);
    }

    /// Makes keys unique. Refuses an id that stands twice; equal texts without ids are numbered.
    pub fn keyed(mut self) -> Result<Self, GoldError> {
        let mut seen: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for at in 0..self.posts.len() {
            let key = self.posts[at].key.clone();
            let (first, times) = seen.entry(key.clone()).or_insert((at, 0));
            *times += 1;
            if *times == 1 {
                continue;
            }
            if !key.starts_with('#') {
                let (first, second) = (self.posts[*first].place.clone(), self.posts[at].place.clone());
                return Err(GoldError::DuplicateId { id: key, first, second });
            }
            self.posts[at].key = format!("{key}-{times}");
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str) -> Result<Labelled, GoldError> {
        let input = Box::new(std::io::Cursor::new(csv.to_owned()));
        labelled(input, "gold.csv", &GoldOptions::default()).and_then(Labelled::keyed)
    }

    fn refusal(csv: &str) -> String {
        read(csv).unwrap_err().to_string()
    }

    #[test]
    fn reads_labels_and_tells_missing_from_unasked() {
        let found = read("id,text,gold_stance\n7,halo,Pro\n8,hai,\n").unwrap();
        assert_eq!(found.posts[0].gold(Answer::Stance), Gold::Label(0));
        assert_eq!(found.posts[1].gold(Answer::Stance), Gold::Missing);
        assert_eq!(found.posts[1].gold(Answer::Advert), Gold::Unasked);
        assert_eq!((found.posts[1].key.as_str(), found.posts[1].place.to_string().as_str()), ("8", "gold.csv:3"));
    }

    #[test]
    fn a_wrong_label_is_an_error_with_its_place_and_the_valid_ones() {
        let message = refusal("id,text,gold_stance\n1,a,pro\n2,b,against\n");
        assert!(
            message.starts_with("gold.csv:3: `against` is no stance; the labels are pro, kontra, netral"),
            "{message}"
        );
        assert!(message.contains("--labels FROM=TO"), "{message}");
    }

    #[test]
    fn an_id_may_stand_once_and_equal_texts_are_numbered() {
        assert!(refusal("id,text,gold_stance\n1,a,pro\n1,b,pro\n").contains("stands in gold.csv:2 already"));
        let found = read("text,gold_stance\na,pro\na,kontra\n").unwrap();
        assert_eq!(found.posts[1].key, format!("{}-2", found.posts[0].key));
    }

    #[test]
    fn a_short_row_is_rejected_with_its_line() {
        let found = read("id,text,gold_stance\n1,a\n2,b,pro\n").unwrap();
        assert_eq!(found.rejected[0].to_string(), "gold.csv:2: 2 cells where the header has 3");
        assert_eq!(found.posts.len(), 1);
    }
}
