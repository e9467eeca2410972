//! Results as text, markdown, JSON and the formats of CI services.

pub mod check;
pub mod lint;
