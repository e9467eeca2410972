//! The tables compiled into the reader.

use super::delimited::reader_of;
use serde::de::DeserializeOwned;

/// The rows of a table compiled in. One that does not parse would be missing, which the table's test notices.
pub(super) fn rows_of<T: DeserializeOwned>(table: &'static str) -> Vec<T> {
    reader_of(b',').has_headers(true).from_reader(table.as_bytes()).into_deserialize().flatten().collect()
}
