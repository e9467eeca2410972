//! A report for a terminal: no wider than asked, with bars.

use anstyle::{AnsiColor, Color, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::document::{Bar, Block, Document, Lines, Quote, Section, Table, Words};
use super::language::Language;
use crate::report::{Summary, visible};

/// The narrowest report: below it nothing lines up.
const NARROWEST: usize = 40;

/// The widest bar, in columns: a longer one is not read more exactly.
const WIDEST_BAR: usize = 60;

/// The shapes of a line of net stances, from −1 to 1.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Whether a terminal shows colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// It shows none.
    #[default]
    Plain,
    /// It understands ANSI escapes.
    Ansi,
}

/// Where a report is shown.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Its width in columns.
    pub width: usize,
    /// Whether it shows colours.
    pub colour: Colour,
    /// The reader's language.
    pub language: Language,
}

/// The report as text.
pub fn text(summary: &Summary, screen: &Screen) -> String {
    let screen = Screen { width: screen.width.max(NARROWEST), ..*screen };
    let document = Document::of(summary, screen.language);
    let mut out = Vec::new();
    screen.heading(&document.title, &mut out);
    out.push(String::new());
    for section in &document.sections {
        screen.section(section, &mut out);
    }
    let lines: Vec<&str> = out.iter().map(|line| line.trim_end()).collect();
    lines.join("\n") + "\n"
}

impl Screen {
    fn paint(&self, text: &str, style: Style) -> String {
        match self.colour {
            Colour::Plain => text.to_owned(),
            Colour::Ansi => format!("{style}{text}{style:#}"),
        }
    }

    fn section(&self, section: &Section, out: &mut Vec<String>) {
        self.heading(&section.title.to_uppercase(), out);
        for block in &section.blocks {
            match block {
                Block::Heading(text) | Block::Note(text) => self.wrapped(text, "", out),
                Block::List(lines) => lines.iter().for_each(|line| self.wrapped(line, "- ", out)),
                Block::Table(table) => self.table(table, &section.title, out),
                Block::Bars(bars) => self.bars(bars, out),
                Block::Lines(lines) => self.lines(lines, out),
                Block::Words(words) => self.words(words, out),
                Block::Quotes(quotes) => quotes.iter().for_each(|quote| self.quote(quote, out)),
            }
            out.push(String::new());
        }
    }

    fn heading(&self, title: &str, out: &mut Vec<String>) {
        let mut lines = Vec::new();
        self.wrapped(title, "", &mut lines);
        out.extend(lines.iter().map(|line| self.paint(line, Style::new().bold())));
    }

    fn wrapped(&self, text: &str, mark: &str, out: &mut Vec<String>) {
        let indent = " ".repeat(mark.width());
        let options = textwrap::Options::new(self.width).initial_indent(mark).subsequent_indent(&indent);
        out.extend(textwrap::wrap(&visible(text), options).into_iter().map(std::borrow::Cow::into_owned));
    }

    /// Columns that do not fit beside the names follow below them, as many at a time as fit.
    fn table(&self, table: &Table, title: &str, out: &mut Vec<String>) {
        if table.caption != title {
            self.wrapped(&table.caption, "", out);
        }
        let widths: Vec<usize> = (0..table.head.len()).map(|column| width_of(table, column)).collect();
        let widest = widths.iter().skip(1).max().copied().unwrap_or(0);
        let first = widths.first().copied().unwrap_or(0).min(self.width.saturating_sub(widest + 2).max(self.width / 4));
        let mut columns = 1..1;
        while columns.end < widths.len() {
            let start = columns.end;
            let mut used = first;
            let fits = |column: &usize| {
                used += widths[*column] + 2;
                used <= self.width || *column == start
            };
            columns = start..start + (start..widths.len()).take_while(fits).count();
            let line = |cells: &[String]| {
                let mut line = padded(&cells[0], first);
                for column in columns.clone() {
                    let cell = visible(cells.get(column).map_or("", String::as_str));
                    line.push_str(&" ".repeat(2 + widths[column].saturating_sub(cell.width())));
                    line.push_str(&cell);
                }
                line
            };
            out.push(self.paint(&line(&table.head), Style::new().dimmed()));
            out.extend(table.rows.iter().map(|row| line(row)));
        }
    }

    /// Kontra grows to the left, pro to the right.
    fn bars(&self, bars: &[Bar], out: &mut Vec<String>) {
        let names = bars.iter().map(|bar| bar.name.width()).max().unwrap_or(0).min(self.width / 4);
        let labels = bars.iter().map(|bar| bar.label.width()).max().unwrap_or(0);
        let half = (self.width.saturating_sub(names + labels + 4).min(WIDEST_BAR) / 2).max(2);
        for bar in bars {
            let (kontra, pro) = (columns(bar.kontra, half), columns(bar.pro, half));
            let left = self.paint(&"▒".repeat(kontra), ink(AnsiColor::Yellow));
            let right = self.paint(&"█".repeat(pro), ink(AnsiColor::Blue));
            let (before, after) = (" ".repeat(half - kontra), " ".repeat(half - pro));
            out.push(format!("{} {before}{left}│{right}{after}  {}", padded(&bar.name, names), bar.label));
        }
        let key = self.language.pick("angka: neto dengan selang 95%", "figures: net with 95% interval");
        self.wrapped(&format!("▒ kontra │ █ pro; {key}"), &" ".repeat(names + 1), out);
    }

    fn lines(&self, lines: &Lines, out: &mut Vec<String>) {
        let names = lines.groups.iter().map(|line| line.name.width()).max().unwrap_or(0);
        for line in lines.groups.iter().filter(|line| !line.points.is_empty()) {
            let shape: String = line.points.iter().map(|(_, net)| step(net.value)).collect();
            for (place, part) in shape.chars().collect::<Vec<_>>().chunks(self.width - names - 1).enumerate() {
                let name = if place == 0 { line.name.as_str() } else { "" };
                out.push(format!("{} {}", padded(name, names), part.iter().collect::<String>()));
            }
        }
        for (date, name) in &lines.events {
            self.wrapped(&format!("{date}: {name}"), "| ", out);
        }
    }

    fn words(&self, words: &Words, out: &mut Vec<String>) {
        self.wrapped(&words.title, "", out);
        for (name, sign) in [(&words.of, 1.0), (&words.from, -1.0)] {
            let shown: Vec<String> = words
                .entries
                .iter()
                .filter(|(_, z, _)| z * sign > 0.0)
                .map(|(word, z, counts)| format!("{word} ({counts}, z {})", self.language.decimal(z.abs(), 1)))
                .collect();
            let shown = if shown.is_empty() { "–".to_owned() } else { shown.join(", ") };
            self.wrapped(&format!("{name}: {shown}"), "- ", out);
        }
    }

    fn quote(&self, quote: &Quote, out: &mut Vec<String>) {
        self.wrapped(&quote.label, "- ", out);
        self.wrapped(&format!("“{}”", quote.text), "  ", out);
        if !quote.terms.is_empty() {
            self.wrapped(&format!("= {}", quote.terms), "  ", out);
        }
    }
}

fn width_of(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(column));
    cells.chain(table.head.get(column)).map(|cell| visible(cell).width()).max().unwrap_or(0)
}

/// The text in exactly so many columns, cut with an ellipsis where it is longer.
fn padded(text: &str, width: usize) -> String {
    let text = visible(text);
    if text.width() <= width {
        return format!("{text}{}", " ".repeat(width - text.width()));
    }
    let mut used = 0;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or(0);
        used < width
    };
    let cut: String = text.chars().take_while(fits).collect();
    let space = width.saturating_sub(cut.width() + 1);
    format!("{cut}…{}", " ".repeat(space))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is within 0..1")]
fn columns(share: f64, width: usize) -> usize {
    ((share * width as f64).round() as usize).min(width)
}

fn step(net: f64) -> char {
    STEPS[columns(f64::midpoint(net, 1.0), STEPS.len() - 1)]
}

fn ink(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(colour)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_their_column() {
        assert_eq!(padded("offline", 9), "offline  ");
        assert_eq!(padded("tak diketahui", 6), "tak d…");
        assert_eq!(padded("日本語", 4), "日… ");
    }
}
