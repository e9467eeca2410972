//! Numbers with a fixed count of decimals, written as `format!` writes them and faster.

use std::fmt::Write;

/// Writes `number` with so many decimals.
pub(super) fn write<const DECIMALS: u32>(number: f64, out: &mut String) {
    /// Numbers below this are counted in decimals without loss.
    const LARGEST: f64 = 1e9;
    /// Nearer to the middle of two decimals than this, which of them is meant has to be found out exactly.
    const DOUBT: f64 = 1e-4;
    let scale = 10_u32.pow(DECIMALS);
    let scaled = number.abs() * f64::from(scale);
    let (whole, rest) = (scaled.floor(), scaled.fract());
    if !(scaled < LARGEST && (rest - 0.5).abs() > DOUBT) {
        let _ = write!(out, "{number:.*}", DECIMALS as usize);
        return;
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was found to be small and is no less than 0"
    )]
    let counted = whole as u32 + u32::from(rest > 0.5);
    if number.is_sign_negative() {
        out.push('-');
    }
    digits(counted / scale, 1, out);
    out.push('.');
    digits(counted % scale, DECIMALS, out);
}

/// Writes a number with at least so many digits.
fn digits(number: u32, least: u32, out: &mut String) {
    if number >= 10 || least > 1 {
        digits(number / 10, least.saturating_sub(1), out);
    }
    out.push(char::from_digit(number % 10, 10).unwrap_or('0'));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_format_writes() {
        let mut numbers =
            vec![0.0, -0.0, 0.0005, -0.0005, 0.0625, 0.5, 0.9995, 1.0, -1.0, 12.25, 1e8, 1e12, 0.05, 0.25, 0.35];
        let mut state = 1_u64;
        numbers.extend((0..20_000).map(|at| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let share = (state >> 11) as f64 / (1_u64 << 53) as f64;
            (share - 0.5) * [1.0, 2.0, 20.0, 0.01][at % 4]
        }));
        numbers.extend((-4000..4000).map(|at| f64::from(at) / 2000.0));
        for number in numbers {
            let (mut three, mut one) = (String::new(), String::new());
            write::<3>(number, &mut three);
            write::<1>(number, &mut one);
            assert_eq!((three, one), (format!("{number:.3}"), format!("{number:.1}")), "{number:?}");
        }
    }
}
