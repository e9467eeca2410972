//! What posts are read by while a scale is fitted.

use super::{Example, INNER_FOLDS, Labelled, Options, fit, folds, overlay, place};
use crate::lexicon::{Folder, Layer, LexiconError};

/// The folders that posts are read by while a scale is fitted.
///
/// A fitted tone is surer of the posts that it was fitted on than of any others. Terms that ask for the tone would be fitted
/// to trust it too much, so each post is read by a tone that was fitted without it (stacking: Wolpert 1992).
pub(super) struct Readings {
    /// The base and what was fitted so far; they differ in the tone alone.
    pub(super) folders: Vec<Vec<Folder>>,
    /// Which of them reads an example.
    of: Vec<usize>,
    /// How many folders are never replaced.
    lasting: usize,
}

impl Readings {
    /// Every example by the base.
    pub(super) fn alike(base: &[Folder], examples: usize) -> Self {
        Self { folders: vec![base.to_vec()], of: vec![0; examples], lasting: base.len() }
    }

    /// Each part of the examples by a tone fitted on the others. Examples that teach nothing but tone are in no part.
    pub(super) fn by_other_posts(
        base: &[Folder],
        examples: &[Example],
        options: &Options,
    ) -> Result<Self, LexiconError> {
        let alike = Self::alike(base, examples.len());
        let tone = place(Layer::Sentiment);
        let teaches_more = |example: &Example| {
            example.labels.iter().enumerate().any(|(at, label)| Some(at) != tone && label.is_some())
        };
        let parted: Vec<usize> = (0..examples.len()).filter(|at| teaches_more(&examples[*at])).collect();
        if parted.is_empty() {
            return Ok(alike);
        }
        let texts: Vec<&str> = parted.iter().map(|at| examples[*at].text).collect();
        let mut of = vec![None; examples.len()];
        for (at, part) in parted.into_iter().zip(folds(&texts, INNER_FOLDS, options.seed)) {
            of[at] = Some(part);
        }
        let folders = (0..INNER_FOLDS).map(|part| {
            let others = examples.iter().zip(&of).filter(|(_, of)| **of != Some(part));
            let others: Vec<Example> = others.map(|(example, _)| example.clone()).collect();
            let (fitted, _) =
                fit(&alike.folders, &alike.labelled(&others, Layer::Sentiment), Layer::Sentiment, options)?;
            let mut tone = Folder::named("tone");
            overlay::write(&fitted, Layer::Sentiment, &mut tone);
            Ok([base, &[tone]].concat())
        });
        let folders = folders.collect::<Result<_, _>>()?;
        Ok(Self { folders, of: of.into_iter().map(Option::unwrap_or_default).collect(), lasting: base.len() + 1 })
    }

    /// Lays what was fitted over all of them, in place of what this was called with before.
    pub(super) fn lay_over(&mut self, fitted: &Folder) {
        for folders in &mut self.folders {
            folders.truncate(self.lasting);
            folders.push(fitted.clone());
        }
    }

    /// The examples that a scale is fitted on.
    pub(super) fn labelled<'a>(&self, examples: &[Example<'a>], layer: Layer) -> Vec<Labelled<'a>> {
        let at = place(layer);
        let labelled = |(example, reading): (&Example<'a>, &usize)| {
            let label = example.labels[at?]?;
            Some(Labelled { text: example.text, label, weight: example.weight, reading: *reading })
        };
        examples.iter().zip(&self.of).filter_map(labelled).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::builtin;

    #[test]
    fn the_tone_that_reads_a_post_was_not_fitted_on_it() {
        // Near-duplicates are one part, so a word that only they have is unknown to the tone that reads them.
        let templates = ["cireng", "seblak", "batagor", "cilok", "rujak", "lontong"];
        let texts: Vec<String> = templates
            .iter()
            .flat_map(|food| {
                (0..6).map(move |at| format!("{food} {food}an enak dimakan bareng {food}mu di rumah {at}"))
            })
            .collect();
        let example = |at: usize| {
            let mut labels = [None; Layer::SCALES.len()];
            labels[Layer::Stance as usize] = Some(at % 2);
            labels[Layer::Sentiment as usize] = Some(at / 6 % 3);
            Example { text: &texts[at], labels, weight: 1.0 }
        };
        let examples: Vec<Example> = (0..texts.len()).map(example).collect();
        let options = Options { strength: [Some(0.1); Layer::SCALES.len()], ..Options::default() };
        let readings = Readings::by_other_posts(&builtin()[..1], &examples, &options).unwrap();
        let stance = readings.labelled(&examples, Layer::Stance);
        for (at, post) in stance.iter().enumerate() {
            let has_word = |reading: usize| {
                let words = readings.folders[reading][1].file("words/sentiment.csv").unwrap();
                words.lines().any(|row| row.starts_with(&format!("{},", templates[at / 6])))
            };
            let knowing: Vec<usize> = (0..INNER_FOLDS).filter(|reading| has_word(*reading)).collect();
            assert_eq!(knowing.len(), INNER_FOLDS - 1, "{} {knowing:?}", post.text);
            assert!(!knowing.contains(&post.reading));
        }
    }
}
