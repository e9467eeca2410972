//! A report as a tidy table: one figure a row.

use crate::report::{Difference, Estimate, Span, Standing, Summary};

/// The columns.
const HEAD: [&str; 8] = ["section", "part", "group", "measure", "value", "low", "high", "n"];

/// A table under construction.
struct Rows {
    writer: csv::Writer<Vec<u8>>,
}

/// Where a figure belongs: the section and the part of it.
type Place<'s> = (&'s str, &'s str);

/// The report as CSV, numbers with a decimal point.
pub fn csv(summary: &Summary) -> String {
    let mut rows = Rows { writer: csv::Writer::from_writer(Vec::new()) };
    rows.write(&HEAD.map(str::to_owned));
    rows.about(summary);
    let sections = [
        ("groups", &summary.groups),
        ("reported", &summary.reported),
        ("platforms", &summary.platforms),
        ("aspects", &summary.aspects),
        ("own_groups", &summary.own_groups),
    ];
    for (section, standings) in sections {
        for standing in standings {
            rows.standing((section, ""), standing);
        }
    }
    rows.difference(("groups", ""), &summary.difference);
    rows.correction(summary);
    if let Some(time) = &summary.time {
        time.periods.iter().for_each(|span| rows.span("periods", span));
        time.windows.iter().for_each(|span| rows.span("windows", span));
    }
    rows.why(summary);
    String::from_utf8(rows.writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

impl Rows {
    fn write(&mut self, cells: &[String; 8]) {
        // Writing to memory does not fail.
        let _ = self.writer.write_record(cells);
    }

    fn count(&mut self, place: Place, group: &str, measure: &str, count: u64) {
        let [section, part, group] = [place.0, place.1, group].map(harmless);
        let none = String::new();
        self.write(&[section, part, group, measure.into(), count.to_string(), none.clone(), none.clone(), none]);
    }

    fn estimate(&mut self, place: Place, group: &str, (measure, n): (&str, u64), estimate: &Estimate) {
        let [section, part, group] = [place.0, place.1, group].map(harmless);
        let [value, low, high] = [estimate.value, estimate.low, estimate.high].map(|number| number.to_string());
        self.write(&[section, part, group, measure.into(), value, low, high, n.to_string()]);
    }

    fn number(&mut self, place: Place, group: &str, (measure, n): (&str, u64), number: f64) {
        let [section, part, group] = [place.0, place.1, group].map(harmless);
        let none = String::new();
        self.write(&[section, part, group, measure.into(), number.to_string(), none.clone(), none, n.to_string()]);
    }

    fn about(&mut self, summary: &Summary) {
        let texts = [("tool", &summary.about.tool), ("lexicon", &summary.about.lexicon)];
        for (measure, value) in texts {
            let none = String::new();
            let cells = ["about".into(), none.clone(), none.clone(), measure.into(), harmless(value)];
            let [section, part, group, measure, value] = cells;
            self.write(&[section, part, group, measure, value, none.clone(), none.clone(), none]);
        }
        let intake = &summary.intake;
        for (measure, count) in [
            ("read", intake.read),
            ("rejected", summary.about.rejected),
            ("exported_twice", intake.exported_twice),
            ("retweets", intake.retweets),
            ("adverts", intake.adverts),
            ("exact_repeats", intake.exact_repeats),
            ("near_repeats", intake.near_repeats),
            ("counted", intake.counted),
            ("authors", intake.authors),
            ("without_term", summary.coverage.without_term),
        ] {
            self.count(("intake", ""), "", measure, count);
        }
        for reason in &summary.coverage.reasons {
            self.count(("reasons", ""), &reason.name, "posts", reason.posts);
        }
        for tone in &summary.tones {
            for (stance, count) in [("pro", tone.pro), ("kontra", tone.kontra), ("netral", tone.netral)] {
                self.count(("tones", ""), &tone.sentiment, stance, count);
            }
        }
    }

    fn standing(&mut self, place: Place, standing: &Standing) {
        let group = standing.name.as_str();
        for (measure, count) in [
            ("posts", standing.posts),
            ("authors", standing.authors),
            ("pro", standing.pro),
            ("kontra", standing.kontra),
            ("netral", standing.netral),
        ] {
            self.count(place, group, measure, count);
        }
        let Some(figures) = &standing.figures else { return };
        self.number(place, group, ("effective_n", standing.posts), figures.effective);
        let shares = [("share_pro", figures.pro), ("share_kontra", figures.kontra), ("share_netral", figures.netral)];
        for (measure, estimate) in shares.into_iter().chain([("net", figures.net)]) {
            self.estimate(place, group, (measure, standing.posts), &estimate);
        }
        if let Some(polar) = &figures.polar {
            self.estimate(place, group, ("polar_net", standing.pro + standing.kontra), polar);
        }
    }

    fn difference(&mut self, place: Place, difference: &Difference) {
        let (Some(net), Some(p), Some(detectable)) = (&difference.net, difference.p, difference.detectable) else {
            return;
        };
        let change = difference.of == difference.from;
        let group = if change { difference.of.clone() } else { format!("{}-{}", difference.of, difference.from) };
        let [section, part, group] = [place.0, place.1, &group].map(harmless);
        for (measure, value, low, high) in [
            ("net_difference", net.value, net.low.to_string(), net.high.to_string()),
            ("p", p, String::new(), String::new()),
            ("detectable", detectable, String::new(), String::new()),
        ] {
            let [section, part, group] = [&section, &part, &group].map(String::clone);
            self.write(&[section, part, group, measure.into(), value.to_string(), low, high, String::new()]);
        }
    }

    fn correction(&mut self, summary: &Summary) {
        for group in summary.correction.iter().flat_map(|correction| &correction.groups) {
            let Some(figures) = &group.figures else { continue };
            for (measure, estimate) in [
                ("share_pro", figures.pro),
                ("share_kontra", figures.kontra),
                ("share_netral", figures.netral),
                ("net", figures.net),
            ] {
                self.estimate(("corrected", ""), &group.name, (measure, group.labelled), &estimate);
            }
        }
    }

    fn span(&mut self, section: &str, span: &Span) {
        let part = format!("{}/{}", span.start, span.end);
        span.standings.iter().for_each(|standing| self.standing((section, &part), standing));
        span.changes.iter().for_each(|change| self.difference((section, &part), change));
        if let Some(movers) = &span.movers {
            for (measure, count) in [
                ("authors_in_both", movers.authors),
                ("stayed", movers.stayed),
                ("pro_to_kontra", movers.pro_to_kontra),
                ("kontra_to_pro", movers.kontra_to_pro),
                ("to_or_from_netral", movers.to_or_from_netral),
            ] {
                self.count((section, &part), "all", measure, count);
            }
        }
    }

    fn why(&mut self, summary: &Summary) {
        for carrier in &summary.terms.carriers {
            self.number(("carriers", &carrier.side), &carrier.term, ("weight", carrier.texts), carrier.weight);
        }
        for contrast in &summary.terms.contrasts {
            let part = format!("{}-{}", contrast.of, contrast.from);
            for word in &contrast.words {
                let measure = ("log_odds_z", word.texts_of + word.texts_from);
                self.number(("words", &part), &word.word, measure, word.z);
            }
        }
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    let cell = crate::report::visible(cell);
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }
}
