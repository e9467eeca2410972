//! How tables by word are written.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use serde::{Serialize, Serializer};

/// Writes a table in the order of its keys, so that equal tables are written equally.
pub(crate) fn in_order<V: Serialize, H: BuildHasher, S: Serializer>(
    table: &HashMap<String, V, H>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    table.iter().collect::<BTreeMap<_, _>>().serialize(serializer)
}
