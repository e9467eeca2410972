//! A lexicon as bytes, which are read in a fraction of the time that its rows take.

use super::compile::Lexicon;

/// The lexicon as bytes; equal lexicons have equal bytes. Nothing where it has a table that is too large for that.
#[cfg_attr(not(test), allow(dead_code, reason = "only `build.rs` packs, and the test of what it made"))]
pub(super) fn pack(lexicon: &Lexicon) -> Option<Vec<u8>> {
    postcard::to_stdvec(lexicon).ok()
}

/// The lexicon of such bytes, if they are whole.
pub(super) fn unpack(bytes: &[u8]) -> Option<Lexicon> {
    postcard::from_bytes(bytes).ok()
}

/// Entries with their files named once.
pub(super) mod entries {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::lexicon::compile::{TermEntry, Weights};
    use crate::lexicon::layer::Layer;
    use crate::lexicon::modifier::Modifier;
    use crate::lexicon::row::Place;

    #[derive(Serialize, Deserialize)]
    struct Entry<'b> {
        text: &'b str,
        place: (usize, u64),
        places: Vec<(Layer, (usize, u64))>,
        weights: Vec<(Layer, Weights)>,
        words: Vec<(Layer, Weights)>,
        target: Option<(&'b str, &'b str)>,
        aspect: Option<&'b str>,
        modifiers: Vec<Modifier>,
    }

    pub(in crate::lexicon) fn serialize<S: Serializer>(
        entries: &[TermEntry],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let places =
            entries.iter().flat_map(|e| std::iter::once(&e.place).chain(e.places.iter().map(|(_, place)| place)));
        let mut files: Vec<&str> = places.map(|place| &*place.file).collect();
        files.sort_unstable();
        files.dedup();
        let at = |place: &Place| (files.partition_point(|file| *file < &*place.file), place.line);
        let packed = entries.iter().map(|entry| Entry {
            text: &entry.text,
            place: at(&entry.place),
            places: entry.places.iter().map(|(layer, place)| (*layer, at(place))).collect(),
            weights: entry.weights.clone(),
            words: entry.words.clone(),
            target: entry.target.as_ref().map(|(name, kind)| (name.as_str(), kind.as_str())),
            aspect: entry.aspect.as_deref(),
            modifiers: entry.modifiers.clone(),
        });
        (&files, packed.collect::<Vec<Entry>>()).serialize(serializer)
    }

    pub(in crate::lexicon) fn deserialize<'b, D: Deserializer<'b>>(
        deserializer: D,
    ) -> Result<Vec<TermEntry>, D::Error> {
        let (files, packed): (Vec<&str>, Vec<Entry>) = Deserialize::deserialize(deserializer)?;
        let files: Vec<Arc<str>> = files.into_iter().map(Arc::from).collect();
        let place = |(file, line): (usize, u64)| {
            let file = files.get(file).ok_or_else(|| serde::de::Error::custom("a place in no file"))?;
            Ok(Place { file: Arc::clone(file), line })
        };
        let entry = |packed: Entry| {
            let places = packed.places.into_iter().map(|(layer, at)| Ok((layer, place(at)?)));
            Ok(TermEntry {
                text: packed.text.to_owned(),
                place: place(packed.place)?,
                places: places.collect::<Result<_, _>>()?,
                weights: packed.weights,
                words: packed.words,
                target: packed.target.map(|(name, kind)| (name.to_owned(), kind.to_owned())),
                aspect: packed.aspect.map(str::to_owned),
                modifiers: packed.modifiers,
            })
        };
        packed.into_iter().map(entry).collect()
    }
}
