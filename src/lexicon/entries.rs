//! The entries of a lexicon. Those of a compiled one are unpacked when they are first asked for: a run asks for few.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::compile::{TermEntry, TermId, Weights};
use super::layer::Layer;
use super::modifier::Modifier;
use super::row::Place;

/// Entries by the number of their term.
#[derive(Default)]
pub(super) struct Entries {
    all: Vec<OnceLock<Box<TermEntry>>>,
    packed: Packed,
}

/// Entries as bytes.
#[derive(Default)]
struct Packed {
    /// The files of the lexicon, which places give by number.
    files: Vec<Arc<str>>,
    bytes: Vec<u8>,
    /// Where the bytes of each entry end.
    ends: Vec<u32>,
}

impl From<Vec<TermEntry>> for Entries {
    fn from(all: Vec<TermEntry>) -> Self {
        let all = all.into_iter().map(|entry| OnceLock::from(Box::new(entry))).collect();
        Self { all, packed: Packed::default() }
    }
}

impl Entries {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, term: TermId) -> &TermEntry {
        // What was packed unpacks: the test of the built-in lexicon's bytes unpacks every entry.
        self.all[term as usize].get_or_init(|| Box::new(self.packed.get(term as usize).unwrap_or_default()))
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &TermEntry> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(|term| self.get(term))
    }
}

impl Packed {
    fn get(&self, at: usize) -> Option<TermEntry> {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let bytes = self.bytes.get(from as usize..*self.ends.get(at)? as usize)?;
        let packed: Entry = postcard::from_bytes(bytes).ok()?;
        let place = |(file, line): (usize, u64)| Some(Place { file: Arc::clone(self.files.get(file)?), line });
        let places = packed.places.into_iter().map(|(layer, at)| Some((layer, place(at)?)));
        Some(TermEntry {
            text: packed.text.to_owned(),
            place: place(packed.place)?,
            places: places.collect::<Option<_>>()?,
            weights: packed.weights,
            words: packed.words,
            target: packed.target.map(|(name, kind)| (name.to_owned(), kind.to_owned())),
            aspect: packed.aspect.map(str::to_owned),
            modifiers: packed.modifiers,
        })
    }
}

/// An entry as it is packed.
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

/// What stands in a compiled lexicon: the files, where entries end, and their bytes.
type Written<'b> = (Vec<&'b str>, Vec<u32>, &'b [u8]);

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let places = self.iter().flat_map(|e| std::iter::once(&e.place).chain(e.places.iter().map(|(_, place)| place)));
        let mut files: Vec<&str> = places.map(|place| &*place.file).collect();
        files.sort_unstable();
        files.dedup();
        let at = |place: &Place| (files.partition_point(|file| *file < &*place.file), place.line);
        let (mut ends, mut bytes) = (Vec::with_capacity(self.len()), Vec::new());
        for entry in self.iter() {
            let entry = Entry {
                text: &entry.text,
                place: at(&entry.place),
                places: entry.places.iter().map(|(layer, place)| (*layer, at(place))).collect(),
                weights: entry.weights.clone(),
                words: entry.words.clone(),
                target: entry.target.as_ref().map(|(name, kind)| (name.as_str(), kind.as_str())),
                aspect: entry.aspect.as_deref(),
                modifiers: entry.modifiers.clone(),
            };
            bytes = postcard::to_extend(&entry, bytes).map_err(serde::ser::Error::custom)?;
            ends.push(u32::try_from(bytes.len()).map_err(serde::ser::Error::custom)?);
        }
        (&files, &ends, &*bytes).serialize(serializer)
    }
}

impl<'b> Deserialize<'b> for Entries {
    fn deserialize<D: Deserializer<'b>>(deserializer: D) -> Result<Self, D::Error> {
        let (files, ends, bytes): Written = Deserialize::deserialize(deserializer)?;
        let all = ends.iter().map(|_| OnceLock::new()).collect();
        let files = files.into_iter().map(Arc::from).collect();
        Ok(Self { all, packed: Packed { files, bytes: bytes.to_vec(), ends } })
    }
}
