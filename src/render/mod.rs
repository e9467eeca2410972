//! Results for people (text, markdown, HTML) and for machines (JSON, CSV, the formats of CI services).

mod basis;
mod chart;
mod correction;
mod csv;
mod document;
mod html;
mod json;
mod language;
mod markdown;
mod names;
mod section;
mod text;
mod time;
mod why;

pub mod check;
pub mod explanation;
pub mod lint;

pub use csv::csv;
pub use html::html;
pub use json::{SCHEMA, SCHEMA_VERSION, json};
pub use language::Language;
pub use markdown::markdown;
pub use text::{Colour, Screen, text};
