//! Words and numbers in the reader's language.

use crate::report::Estimate;

/// The language of a report for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

impl Language {
    /// The language of that code.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "id" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The code of the language.
    pub fn code(self) -> &'static str {
        self.pick("id", "en")
    }

    /// The Indonesian or the English wording.
    pub(super) fn pick(self, id: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Id => id,
            Self::En => en,
        }
    }

    /// A whole number, thousands set apart.
    pub(super) fn count(self, number: u64) -> String {
        let digits = number.to_string();
        let mut shown = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                shown.push_str(self.pick(".", ","));
            }
            shown.push(digit);
        }
        shown
    }

    /// A number with so many decimals.
    pub(super) fn decimal(self, number: f64, digits: usize) -> String {
        let shown = format!("{:.digits$}", number.abs());
        let zero = shown.chars().all(|letter| matches!(letter, '0' | '.'));
        let sign = if number < 0.0 && !zero { "−" } else { "" };
        format!("{sign}{}", shown.replace('.', self.pick(",", ".")))
    }

    /// An effective number of posts.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of posts, rounded")]
    pub(super) fn size(self, number: f64) -> String {
        if number < 100.0 { self.decimal(number, 1) } else { self.count(number.round() as u64) }
    }

    /// A number with its sign, two decimals.
    pub(super) fn signed(self, number: f64) -> String {
        let shown = self.decimal(number, 2);
        if number > 0.0 && !shown.chars().all(|letter| matches!(letter, '0' | '.' | ',')) {
            format!("+{shown}")
        } else {
            shown
        }
    }

    /// A share as a percentage.
    pub(super) fn percent(self, share: f64) -> String {
        format!("{}%", self.decimal(share * 100.0, 1))
    }

    /// A share of a whole, where there is a whole.
    pub(super) fn part(self, part: u64, whole: u64) -> String {
        if whole == 0 { "–".to_owned() } else { self.percent(part as f64 / whole as f64) }
    }

    /// A share and its interval.
    pub(super) fn share(self, share: &Estimate) -> String {
        let ends = (self.decimal(share.low * 100.0, 1), self.decimal(share.high * 100.0, 1));
        format!("{} [{}–{}]", self.percent(share.value), ends.0, ends.1)
    }

    /// A net stance and its interval.
    pub(super) fn net(self, net: &Estimate) -> String {
        format!(
            "{} [{}{} {}]",
            self.signed(net.value),
            self.signed(net.low),
            self.pick(";", ","),
            self.signed(net.high)
        )
    }

    /// A p value, not smaller than anyone believes.
    pub(super) fn chance(self, p: f64) -> String {
        if p < 0.001 { format!("< {}", self.decimal(0.001, 3)) } else { format!("= {}", self.decimal(p, 3)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(Language::Id.count(1_234_567), "1.234.567");
        assert_eq!(Language::En.count(999), "999");
        assert_eq!(Language::Id.signed(0.126), "+0,13");
        assert_eq!(Language::Id.signed(-0.001), "0,00");
        assert_eq!(Language::En.percent(0.1234), "12.3%");
        assert_eq!(Language::Id.net(&Estimate { value: -0.5, low: -0.75, high: 0.0 }), "−0,50 [−0,75; 0,00]");
    }
}
