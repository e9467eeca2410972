//! A JSON object as cells: one for each path to a value, with dots between the names on the way.

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Objects nested deeper stay JSON in a cell.
const DEEPEST: usize = 12;

/// More paths than this are no header.
const MOST_PATHS: usize = 4096;

/// The cells of the object last flattened, by path.
#[derive(Default)]
pub(super) struct Cells {
    pub(super) values: Vec<String>,
    /// The values under paths without a cell, with their paths.
    pub(super) unlisted: Vec<(String, String)>,
    places: FxHashMap<String, usize>,
    path: String,
    growing: bool,
}

impl Cells {
    /// Cells for the paths of these objects, in the order in which they come up, and the paths.
    pub(super) fn over(objects: &[Vec<u8>]) -> (Cells, Vec<String>) {
        let mut cells = Cells { growing: true, ..Cells::default() };
        for text in objects.iter().filter_map(|object| std::str::from_utf8(object).ok()) {
            // An object that does not parse is rejected when its turn comes.
            let _ = flatten(text, &mut cells);
        }
        cells.growing = false;
        let mut paths: Vec<(&String, &usize)> = cells.places.iter().collect();
        paths.sort_by_key(|(_, at)| **at);
        let paths = paths.into_iter().map(|(path, _)| path.clone()).collect();
        (cells, paths)
    }

    fn put(&mut self, value: &str) {
        if let Some(&at) = self.places.get(&self.path) {
            value.clone_into(&mut self.values[at]);
        } else if self.growing && self.values.len() < MOST_PATHS {
            self.places.insert(self.path.clone(), self.values.len());
            self.values.push(value.to_owned());
        } else if !value.is_empty() {
            self.unlisted.push((self.path.clone(), value.to_owned()));
        }
    }
}

/// Reads the object in `text` into `cells`; a cell without a value is empty.
pub(super) fn flatten(text: &str, cells: &mut Cells) -> Result<(), serde_json::Error> {
    cells.values.iter_mut().for_each(String::clear);
    cells.unlisted.clear();
    cells.path.clear();
    let members: Members = serde_json::from_str(text)?;
    put_members(members, cells, 0)
}

fn put_members(members: Members, cells: &mut Cells, depth: usize) -> Result<(), serde_json::Error> {
    let length = cells.path.len();
    for (name, value) in members.0 {
        if length > 0 {
            cells.path.push('.');
        }
        cells.path.push_str(&name);
        put_value(value.get(), cells, depth)?;
        cells.path.truncate(length);
    }
    Ok(())
}

fn put_value(value: &str, cells: &mut Cells, depth: usize) -> Result<(), serde_json::Error> {
    match value.as_bytes().first() {
        Some(b'{') if depth < DEEPEST => return put_members(serde_json::from_str(value)?, cells, depth + 1),
        Some(b'"') => cells.put(&serde_json::from_str::<Text>(value)?.0),
        Some(b'[') => match serde_json::from_str::<Items>(value) {
            Ok(items) => cells.put(&items.0.join("|")),
            // A list of objects stays as it is.
            Err(_) => cells.put(value),
        },
        _ if value == "null" => cells.put(""),
        _ => cells.put(value),
    }
    Ok(())
}

/// The members of an object in order, values unread.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// A list of values that are neither lists nor objects.
struct Items<'a>(Vec<Cow<'a, str>>);

#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Text, &RawValue>()? {
                    members.push((name.0, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Plain;
        impl<'de> Visitor<'de> for Plain {
            type Value = Items<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items<'de>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element::<&RawValue>()? {
                    items.push(match item.get().as_bytes().first() {
                        Some(b'{' | b'[') => return Err(A::Error::custom("nested")),
                        Some(b'"') => serde_json::from_str::<Text>(item.get()).map_err(A::Error::custom)?.0,
                        _ => Cow::Borrowed(item.get()),
                    });
                }
                Ok(Items(items))
            }
        }
        deserializer.deserialize_seq(Plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_values_as_they_are_written() {
        let object = br#"{"id": 1712345678901234567, "user": {"username": "sari", "badge": null},
            "hashtags": ["umkm", "lapak"], "score": 1.50, "text": "satu\ndua"}"#;
        let (mut cells, paths) = Cells::over(&[object.to_vec()]);
        assert_eq!(paths, ["id", "user.username", "user.badge", "hashtags", "score", "text"]);
        flatten(std::str::from_utf8(object).unwrap(), &mut cells).unwrap();
        assert_eq!(cells.values, ["1712345678901234567", "sari", "", "umkm|lapak", "1.50", "satu\ndua"]);
    }

    #[test]
    fn what_the_header_lacks_is_kept_apart() {
        let (mut cells, _) = Cells::over(&[br#"{"text": "a"}"#.to_vec()]);
        flatten(r#"{"text": "b", "edited": true}"#, &mut cells).unwrap();
        assert_eq!(cells.values, ["b"]);
        assert_eq!(cells.unlisted, [("edited".to_owned(), "true".to_owned())]);
    }
}
