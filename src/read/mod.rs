//! Bytes become rows of posts: compression, encoding, layout, dialect, header, columns, dates, and what cannot be read.
//!
//! [`Posts::open`] looks at the first bytes, decides what the input is and says so in [`Found`]; [`Posts::read`] then
//! gives one row after another. What people's exporters do is in tables (`dialect.csv`, `columns.csv`, `damage.csv`).

mod options;
mod error;
mod row;
mod names;
mod row_table;
mod found;
mod compression;
mod archive;
mod encoding;
mod source;
mod tape;
mod quotes;
mod fault;
mod delimited;
mod flatten;
mod objects;
mod compound;
mod workbook;
mod layout;
mod dialect;
mod header;
mod columns;
mod opening;
mod repair;
mod count;
mod damage;
mod date_word;
mod date_form;
mod dates;
mod posts;
#[cfg(feature = "arrow")]
mod table;

pub use columns::{Choice, Columns};
pub use count::count_of;
pub use damage::{Damage, Finding};
pub use date_word::offset_of;
pub use dates::{Dates, Moment, NoDate};
pub use error::ReadError;
pub use found::{Decision, Found};
pub use options::{DayOrder, Format, HeaderLine, Named, Options};
pub use posts::{Posts, text_of};
pub use repair::legible;
pub use row::{Next, Reject, Row};
#[cfg(feature = "arrow")]
pub use table::TableText;
