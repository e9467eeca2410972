//! One post as the report sees it, beside its opinion.

/// What the report needs to know about a post besides its opinion.
#[derive(Clone, Copy, Debug, Default)]
pub struct Post<'a> {
    /// The post as it was given.
    pub text: &'a str,
    /// The day it was written.
    pub date: Option<jiff::civil::Date>,
    /// The account that wrote it.
    pub author: Option<&'a str>,
    /// Its id: a second post of the same id is the same post, exported twice.
    pub id: Option<&'a str>,
    /// The value of the user's own grouping.
    pub group: Option<&'a str>,
    /// The stance a person gave it, where it is part of a labelled sample.
    pub gold: Option<crate::opinion::Stance>,
}
