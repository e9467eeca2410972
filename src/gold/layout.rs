//! Which columns of a gold file hold the id, the text and the labels.

use super::answer::Answer;
use super::error::GoldError;
use super::labelled::Gold;
use crate::read::{Columns, Options, Posts};

/// What a gold column is called: this, then the answer.
const GOLD: &str = "gold_";
/// Columns that tell posts apart. A link is none of them: comments under one video share it.
const IDS: [&str; 8] = ["id_str", "id", "tweet_id", "cid", "comment_id", "post_id", "reviewId", "post"];

/// How a gold file is to be read.
#[derive(Clone, Debug, Default)]
pub struct GoldOptions {
    /// How the file is read, with the columns of text and id where they are named.
    pub reading: Options,
    /// Columns of answers, beside those called `gold_…`.
    pub gold: Vec<(Answer, String)>,
    /// Other spellings of labels; nothing on the right side counts the label as missing.
    pub labels: Vec<(String, String)>,
    /// Whether a file may lack gold columns, also those named in `gold`.
    pub gold_is_optional: bool,
}

/// The columns of one file.
pub(super) struct Layout {
    header: Vec<String>,
    pub(super) columns: Columns,
    pub(super) id: Option<usize>,
    pub(super) gold: Vec<(Answer, usize)>,
    pub(super) notes: Vec<String>,
    labels: Vec<(String, String)>,
}

impl Layout {
    pub(super) fn of(posts: &Posts, options: &GoldOptions) -> Result<Self, GoldError> {
        let header: Vec<String> = posts.header().iter().map(|name| name.trim().to_owned()).collect();
        let columns = posts.columns().clone();
        let (gold, notes, labels) = (Vec::new(), Vec::new(), options.labels.clone());
        let mut layout = Self { header, columns, id: None, gold, notes, labels };
        layout.id = match &options.reading.named.id {
            Some(_) => layout.columns.id,
            None => IDS.iter().find_map(|id| layout.find(id)),
        };
        layout.gold = layout.gold_columns(posts.file(), options)?;
        Ok(layout)
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    fn named(&self, name: &str, file: &str) -> Result<usize, GoldError> {
        let missing =
            || GoldError::NoColumn { file: file.to_owned(), column: name.to_owned(), found: self.header.clone() };
        self.find(name).ok_or_else(missing)
    }

    fn gold_columns(&mut self, file: &str, options: &GoldOptions) -> Result<Vec<(Answer, usize)>, GoldError> {
        let mut columns = Vec::new();
        for (answer, name) in &options.gold {
            match self.find(name) {
                None if options.gold_is_optional => {}
                _ => columns.push((*answer, self.named(name, file)?)),
            }
        }
        for (at, column) in self.header.iter().enumerate() {
            let Some(name) = column.strip_prefix(GOLD) else { continue };
            match Answer::of(name) {
                Some(answer) if columns.iter().any(|(other, _)| *other == answer) => {}
                Some(answer) => columns.push((answer, at)),
                None if columns.iter().any(|(_, other)| *other == at) => {}
                None => self.notes.push(format!("{file}: `{column}` is not compared, since `{name}` is no answer")),
            }
        }
        if columns.is_empty() && !options.gold_is_optional {
            return Err(GoldError::NoGold { file: file.to_owned(), found: self.header.clone() });
        }
        Ok(columns)
    }

    /// The label that a cell stands for. A spelling that is mapped to a label of another answer stays as it is, so that
    /// one map serves all columns.
    pub(super) fn label(&self, answer: Answer, cell: &str) -> Result<Gold, String> {
        let cell = cell.trim();
        let mapped = self.labels.iter().find(|(from, _)| from.eq_ignore_ascii_case(cell)).map(|(_, to)| to.as_str());
        if cell.is_empty() || mapped == Some("") {
            return Ok(Gold::Missing);
        }
        let label = mapped.and_then(|to| answer.label(to)).or_else(|| answer.label(cell));
        let refusal = || format!("`{cell}` is no {}; the labels are {}", answer.name(), answer.labels().join(", "));
        label.map(Gold::Label).ok_or_else(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(header: &str, options: &GoldOptions) -> Result<Layout, GoldError> {
        let input = Box::new(std::io::Cursor::new(format!("{header}\n")));
        Layout::of(&Posts::open(input, "f.csv", &options.reading)?, options)
    }

    fn refusal(header: &str, options: &GoldOptions) -> String {
        layout(header, options).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn finds_columns_by_name_and_notes_gold_that_is_no_answer() {
        let found = layout("id_str,full_text,gold_stance,gold_sarcasm", &GoldOptions::default()).unwrap();
        assert_eq!((found.id, found.columns.text, found.gold), (Some(0), 1, vec![(Answer::Stance, 2)]));
        assert_eq!(found.notes, ["f.csv: `gold_sarcasm` is not compared, since `sarcasm` is no answer"]);
    }

    #[test]
    fn says_what_is_missing_and_how_to_name_it() {
        let options = GoldOptions::default();
        assert!(
            refusal("id,text", &options).contains("no gold column; name columns gold_ANSWER, or map them by --gold")
        );
        assert!(refusal("id,gold_stance", &options).contains("f.csv:1: no text column among id, gold_stance"));
        assert!(
            refusal("text,content,gold_stance", &options)
                .contains("column 1 (text) and column 2 (content) may each be the text column")
        );
        let options = GoldOptions { gold: vec![(Answer::Stance, "label".to_owned())], ..options };
        assert!(refusal("id,text", &options).contains("no column `label`"));
    }

    #[test]
    fn a_map_of_labels_serves_every_answer_it_fits() {
        let map = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let labels = vec![map("netral", "neutral"), map("positif", "pro"), map("unclear", "")];
        let found = layout("text,gold_stance", &GoldOptions { labels, ..GoldOptions::default() }).unwrap();
        assert_eq!(found.label(Answer::Sentiment, "netral"), Ok(Gold::Label(2)));
        assert_eq!(found.label(Answer::Stance, "netral"), Ok(Gold::Label(2)));
        assert_eq!(found.label(Answer::Stance, "positif"), Ok(Gold::Label(0)));
        assert_eq!(found.label(Answer::Stance, "unclear"), Ok(Gold::Missing));
        assert!(found.label(Answer::Stance, "positive").is_err());
    }
}
