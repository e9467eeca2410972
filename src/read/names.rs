//! Column names compared the way people vary them: `Comment Text`, `comment_text` and `commentText` are one name.

/// A column name in the form in which names are compared: letters and digits in lower case, and `@`.
pub(super) fn plain(name: &str) -> String {
    let kept = name.chars().filter(|&letter| letter.is_alphanumeric() || letter == '@');
    kept.flat_map(char::to_lowercase).collect()
}

/// The names of a header, ready to be looked up.
pub(super) struct Names {
    whole: Vec<String>,
    /// What follows the last dot of a path into nested objects.
    last: Vec<Option<String>>,
}

impl Names {
    pub(super) fn of<'a>(header: impl IntoIterator<Item = &'a str>) -> Names {
        let (whole, last) =
            header.into_iter().map(|name| (plain(name), name.rsplit_once('.').map(|(_, last)| plain(last)))).unzip();
        Names { whole, last }
    }

    /// The columns with this name.
    pub(super) fn all(&self, name: &str) -> Vec<usize> {
        let name = plain(name);
        (0..self.whole.len()).filter(|&at| self.whole[at] == name).collect()
    }

    /// The first column with this name, or else the first whose path ends in it.
    pub(super) fn first(&self, name: &str) -> Option<usize> {
        let name = plain(name);
        let whole = self.whole.iter().position(|other| *other == name);
        whole.or_else(|| self.last.iter().position(|other| other.as_deref() == Some(&name)))
    }

    /// The columns whose path ends in this name.
    pub(super) fn ending(&self, name: &str) -> Vec<usize> {
        let name = plain(name);
        (0..self.last.len()).filter(|&at| self.last[at].as_deref() == Some(&name)).collect()
    }
}
