//! The files that a lexicon is read from, with their columns.

use crate::lexicon::layer::{Layer, Scale};

/// One file of a lexicon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct File {
    /// Its columns.
    pub columns: &'static [&'static str],
    /// The column that holds the term.
    pub term: usize,
    /// The columns by which rows are sorted; readings of one spelling keep their order, the likeliest first.
    pub sorted_by: &'static [usize],
    /// The columns that may stand once.
    pub key: &'static [usize],
    /// The column that holds a number, and its bounds.
    pub number: Option<(usize, f32, f32)>,
    /// The scale and label that it holds evidence for.
    pub scale: Option<(&'static Scale, usize)>,
}

/// Beyond ±6 log-odds one row decides whatever else a post says.
const WEIGHTS: Option<(usize, f32, f32)> = Some((1, -6.0, 6.0));
/// What the finder clamps the product of modifiers to.
const FACTORS: Option<(usize, f32, f32)> = Some((1, -3.0, 3.0));
/// A share of readings.
const SHARES: Option<(usize, f32, f32)> = Some((2, 0.0, 1.0));

const PLAIN: File = File { columns: &[], term: 0, sorted_by: &[0], key: &[0], number: None, scale: None };

/// The file of that path inside a lexicon folder, if a lexicon has one.
pub fn file_of(path: &str) -> Option<File> {
    let file = match path {
        "class.csv" => File { columns: &["class", "term"], term: 1, sorted_by: &[0, 1], key: &[0, 1], ..PLAIN },
        "modifier.csv" => File {
            columns: &["term", "factor", "reach", "side", "note"],
            sorted_by: &[0, 3],
            key: &[0, 3],
            number: FACTORS,
            ..PLAIN
        },
        "slang.csv" => File { columns: &["term", "standard", "weight"], key: &[0, 1], number: SHARES, ..PLAIN },
        "stem.csv" => File { columns: &["term", "stem"], ..PLAIN },
        "target.csv" => File { columns: &["term", "target", "kind"], key: &[0, 2], ..PLAIN },
        "aspect.csv" => File { columns: &["term", "aspect"], ..PLAIN },
        "words/stance.csv" => File { columns: &["term", "pro", "kontra", "netral"], ..PLAIN },
        "words/sentiment.csv" => File { columns: &["term", "positive", "negative", "neutral"], ..PLAIN },
        "words/online.csv" => File { columns: &["term", "online"], ..PLAIN },
        "words/advert.csv" => File { columns: &["term", "advert"], ..PLAIN },
        "event.csv" => File { columns: &["date", "name"], sorted_by: &[0, 1], key: &[0, 1], ..PLAIN },
        _ => {
            let scale = Layer::SCALES
                .iter()
                .find_map(|scale| Some((scale, scale.files.iter().position(|file| *file == path)?)));
            File { columns: &["term", "weight", "note"], number: WEIGHTS, scale: Some(scale?), ..PLAIN }
        }
    };
    Some(file)
}
