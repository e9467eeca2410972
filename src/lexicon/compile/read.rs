//! The rows of all folders as entries.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::Member;
use super::{TermEntry, Weights};
use crate::lexicon::layer::Layer;
use crate::lexicon::modifier::{LONGEST_REACH, Modifier, Reach, Side};
use crate::lexicon::problem::Problem;
use crate::lexicon::row::{Folder, Row};
use crate::lexicon::term::{Part, TermReader};
use crate::text::{Normaliser, Reading};

/// The class that stands for sellers of either kind, and the classes of the kinds.
const HOLDER: &str = "{holder}";
const HOLDERS: [(&str, Layer); 2] = [("{online}", Layer::ReportedOnline), ("{offline}", Layer::ReportedOffline)];

/// The largest weight that a row may have, in log-odds.
const LARGEST_WEIGHT: f32 = 6.0;

/// What the files hold.
pub(super) struct Rows {
    pub(super) normaliser: Normaliser,
    pub(super) entries: Vec<(Vec<Part>, TermEntry)>,
    pub(super) classes: Vec<Member>,
}

/// What a row says of its term.
enum Says {
    Words { layer: Layer, weights: Weights },
    Weight { layer: Layer, label: usize, weight: f32 },
    Target { name: String, kind: String },
    Aspect(String),
    Modifier(Modifier),
    Class(String),
}

impl Says {
    fn layer(&self) -> Option<Layer> {
        match self {
            Self::Weight { layer, .. } | Self::Words { layer, .. } => Some(*layer),
            Self::Target { .. } => Some(Layer::Target),
            Self::Aspect(_) => Some(Layer::Aspect),
            Self::Modifier(_) => Some(Layer::Modifier),
            Self::Class(_) => None,
        }
    }
}

pub(super) fn rows(folders: &[Folder], problems: &mut Vec<Problem>) -> Rows {
    let normaliser = normaliser(folders, problems);
    let said: Vec<(String, Row, Says)> = folders.iter().flat_map(|folder| said(folder, problems)).collect();
    let spelled = spelled(said.iter().map(|(term, ..)| term.as_str()));
    let known = |word: &str| spelled.contains(word);
    let reader = TermReader { normaliser: &normaliser, known: &known };
    let mut collected = Collected::default();
    for (term, row, says) in said {
        match reader.parts(&term) {
            Ok(parts) => collected.add(parts, term, &row, says, problems),
            Err(message) => problems.push(row.problem(message)),
        }
    }
    let Collected { entries, classes, .. } = collected;
    Rows { normaliser, entries, classes }
}

/// The words of terms as they spell them.
pub(in crate::lexicon) fn spelled<'t>(terms: impl Iterator<Item = &'t str>) -> FxHashSet<String> {
    terms.flat_map(words_of).collect()
}

/// The words of a term as it spells them, so that a hyphenated word that a row names stays one word.
fn words_of(term: &str) -> impl Iterator<Item = String> + use<'_> {
    let special = |piece: &&str| !piece.starts_with(['{', '<', '*', '&']);
    term.split_whitespace().filter(special).map(str::to_lowercase)
}

fn normaliser(folders: &[Folder], problems: &mut Vec<Problem>) -> Normaliser {
    let mut readings: FxHashMap<String, (usize, Vec<Reading>)> = FxHashMap::default();
    let mut order = Vec::new();
    let mut normaliser = Normaliser::default();
    for (index, folder) in folders.iter().enumerate() {
        for row in folder.rows("slang.csv", &["term", "standard", "weight"], problems) {
            let share = match row.number(2) {
                Ok(share) => share,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            let words: Vec<String> = row.cell(1).split_whitespace().map(str::to_lowercase).collect();
            if words.is_empty() || row.cell(0).is_empty() {
                problems.push(row.problem("a slang row wants a spelling and what it stands for".to_owned()));
                continue;
            }
            let (of, entry) = readings.entry(row.cell(0).to_lowercase()).or_insert_with(|| {
                order.push(row.cell(0).to_lowercase());
                (index, Vec::new())
            });
            if *of != index {
                entry.clear();
                *of = index;
            }
            entry.push(Reading { words, share });
        }
        for row in folder.rows("stem.csv", &["term", "stem"], problems) {
            normaliser.add_stem(row.cell(0), Some(row.cell(1)).filter(|stem| !stem.is_empty()));
        }
    }
    for spelling in order {
        for reading in readings.remove(&spelling).map(|(_, readings)| readings).unwrap_or_default() {
            normaliser.add_slang(&spelling, reading);
        }
    }
    normaliser
}

/// What the rows of one folder say, in a fixed order.
fn said(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<(String, Row, Says)> {
    let mut said = weights(folder, problems);
    said.extend(words(folder, problems));
    for row in folder.rows("target.csv", &["term", "target", "kind"], problems) {
        let (name, kind) = (row.cell(1).to_owned(), row.cell(2).to_owned());
        said.push((row.cell(0).to_owned(), row.clone(), Says::Class(kind.clone())));
        said.push((row.cell(0).to_owned(), row, Says::Target { name, kind }));
    }
    for row in folder.rows("aspect.csv", &["term", "aspect"], problems) {
        said.push((row.cell(0).to_owned(), row.clone(), Says::Aspect(row.cell(1).to_owned())));
    }
    for row in folder.rows("class.csv", &["class", "term"], problems) {
        said.push((row.cell(1).to_owned(), row.clone(), Says::Class(row.cell(0).to_owned())));
    }
    for row in folder.rows("modifier.csv", &["term", "factor", "reach", "side", "note"], problems) {
        match modifier(&row) {
            Ok(modifier) => said.push((row.cell(0).to_owned(), row.clone(), Says::Modifier(modifier))),
            Err(problem) => problems.push(problem),
        }
    }
    said
}

fn weights(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<(String, Row, Says)> {
    let mut said = Vec::new();
    let mut seen = BTreeSet::new();
    for scale in Layer::SCALES {
        for (label, file) in scale.files.iter().enumerate() {
            // The two reported scales share their files; the holder in the term says which one a row is for.
            if !seen.insert(*file) {
                continue;
            }
            for row in folder.rows(file, &["term", "weight", "note"], problems) {
                match row.number(1) {
                    Ok(weight) if weight.abs() <= LARGEST_WEIGHT => {
                        said.extend(weight_row(&row, scale.layer, label, weight, problems));
                    }
                    Ok(weight) => {
                        let message = format!("weight {weight} is out of range; write one within ±{LARGEST_WEIGHT}");
                        problems.push(row.problem(message));
                    }
                    Err(problem) => problems.push(problem),
                }
            }
        }
    }
    said
}

/// The rows of fitted words, with a column a label.
fn words(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<(String, Row, Says)> {
    let mut said = Vec::new();
    for scale in Layer::SCALES {
        let Some(file) = scale.words else { continue };
        let columns = [&["term"], scale.labels].concat();
        for row in folder.rows(file, &columns, problems) {
            let mut weights = [0.0; 3];
            for (label, weight) in weights.iter_mut().take(scale.labels.len()).enumerate() {
                match row.number(label + 1) {
                    Ok(number) => *weight = number,
                    Err(problem) => problems.push(problem),
                }
            }
            said.push((row.cell(0).to_owned(), row, Says::Words { layer: scale.layer, weights }));
        }
    }
    said
}

/// A weight row as what it says, for either kind of holder in the reported scales.
fn weight_row(
    row: &Row,
    layer: Layer,
    label: usize,
    weight: f32,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Row, Says)> {
    let term = row.cell(0);
    let says = |layer| Says::Weight { layer, label, weight };
    if layer != Layer::ReportedOnline {
        return vec![(term.to_owned(), row.clone(), says(layer))];
    }
    if term.starts_with('<') && !term.contains('&') {
        return HOLDERS.map(|(_, layer)| (term.to_owned(), row.clone(), says(layer))).into();
    }
    if term.contains(HOLDER) {
        return HOLDERS.map(|(class, layer)| (term.replace(HOLDER, class), row.clone(), says(layer))).into();
    }
    let named = HOLDERS.iter().filter_map(|(class, layer)| Some((term.find(class)?, layer))).min();
    if let Some((_, layer)) = named {
        vec![(term.to_owned(), row.clone(), says(*layer))]
    } else {
        problems.push(row.problem("a reported lean wants its holder: {online}, {offline} or {holder}".to_owned()));
        Vec::new()
    }
}

fn modifier(row: &Row) -> Result<Modifier, Problem> {
    let factor = row.number(1)?;
    let reach = match (row.cell(2), row.cell(2).parse()) {
        ("sentence", _) => Reach::Sentence,
        (_, Ok(words)) if words <= LONGEST_REACH => Reach::Words(words),
        (other, _) => {
            return Err(row.problem(format!("reach `{other}` is neither 0 to {LONGEST_REACH} nor `sentence`")));
        }
    };
    let side = match row.cell(3) {
        "before" => Side::Before,
        "after" => Side::After,
        other => return Err(row.problem(format!("side `{other}` is neither `before` nor `after`"))),
    };
    Ok(Modifier { factor, reach, side })
}

/// Entries as they come together from rows.
#[derive(Default)]
struct Collected {
    ids: FxHashMap<Vec<Part>, usize>,
    entries: Vec<(Vec<Part>, TermEntry)>,
    classes: Vec<Member>,
}

impl Collected {
    fn add(&mut self, parts: Vec<Part>, text: String, row: &Row, says: Says, problems: &mut Vec<Problem>) {
        if let Says::Class(class) = says {
            match parts.as_slice() {
                [Part::Pattern(elements)] => {
                    self.classes.push(Member { class, elements: elements.clone(), place: row.place.clone() });
                }
                _ => problems.push(row.problem("a member of a class is a word, phrase or construction".to_owned())),
            }
            return;
        }
        let entry = self.entry(parts, text, row);
        let layer = says.layer();
        entry.places.retain(|(other, _)| Some(*other) != layer);
        entry.places.extend(layer.map(|layer| (layer, row.place.clone())));
        match says {
            Says::Weight { layer, label, weight } => {
                let weights: &mut Weights = entry.weights_mut(layer);
                weights[label] = weight;
            }
            Says::Words { layer, weights } => {
                entry.words.retain(|(of, _)| *of != layer);
                entry.words.push((layer, weights));
            }
            Says::Target { name, kind } => entry.target = Some((name, kind)),
            Says::Aspect(aspect) => entry.aspect = Some(aspect),
            Says::Modifier(modifier) => {
                entry.modifiers.retain(|other| other.side != modifier.side);
                entry.modifiers.push(modifier);
            }
            Says::Class(_) => {}
        }
    }

    fn entry(&mut self, parts: Vec<Part>, text: String, row: &Row) -> &mut TermEntry {
        let next = self.entries.len();
        let at = *self.ids.entry(parts.clone()).or_insert(next);
        if at == next {
            let entry = TermEntry {
                text,
                place: row.place.clone(),
                places: Vec::new(),
                weights: Vec::new(),
                words: Vec::new(),
                target: None,
                aspect: None,
                modifiers: Vec::new(),
            };
            self.entries.push((parts, entry));
        }
        let entry = &mut self.entries[at].1;
        entry.place = row.place.clone();
        entry
    }
}
