//! The figures as JSON, whose form `report.schema.json` describes.

use serde::Serialize;

use crate::report::Summary;

/// The version of the form: the first number changes when a reader of the old form could break.
pub const SCHEMA_VERSION: &str = "1.0";

/// The JSON Schema of the report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// A summary and the version of its form.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Report<'s> {
    /// The version of this form.
    schema_version: &'static str,
    #[serde(flatten)]
    summary: &'s Summary,
}

/// The report as indented JSON with a final line break.
pub fn json(summary: &Summary) -> String {
    let report = Report { schema_version: SCHEMA_VERSION, summary };
    // A summary has no map with keys that are not strings, the one thing that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_that_of_the_types() {
        let made = serde_json::to_string_pretty(&schemars::schema_for!(Report)).expect("a schema is JSON") + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/render/report.schema.json"), &made)
                .expect("written");
        }
        assert!(made == SCHEMA, "run UPDATE_SCHEMA=1 cargo test --lib schema, and raise SCHEMA_VERSION");
    }
}
