//! An explained opinion for people and for machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::opinion::{Explanation, Label, Summand};
use crate::report::inert;

/// The version of the JSON form; it changes when a key changes its name or meaning.
const SCHEMA_VERSION: u32 = 1;

/// The width of the column of terms.
const HEAD: usize = 44;

/// The least that two decimals show.
const SHOWN: f64 = 0.005;

/// Everything that led to an opinion, a line each.
pub fn text(explanation: &Explanation) -> String {
    let mut out = String::new();
    words(explanation, &mut out);
    for (scale, sums) in &explanation.sums {
        let summands: Vec<&Summand> = explanation.summands.iter().filter(|summand| summand.scale == *scale).collect();
        // A scale on which nothing but its prior speaks has nothing to explain.
        if summands.iter().all(|summand| summand.text.is_empty()) {
            continue;
        }
        let _ = writeln!(out, "\n{scale}");
        scale_lines(&summands, sums, &mut out);
    }
    if !explanation.sentences.is_empty() {
        out.push_str("\nsentences read alone\n");
        for sentence in &explanation.sentences {
            let _ = writeln!(out, "  {:7} {:+.2}  {}", sentence.stance.name(), sentence.lean, sentence.text);
        }
    }
    verdict(explanation, &mut out);
    inert(&out)
}

fn words(explanation: &Explanation, out: &mut String) {
    out.push_str("words\n");
    for word in &explanation.words {
        let _ = writeln!(out, "  {:18} {:12} {}", word.token, word.kind, word.forms.join(" · "));
    }
}

fn scale_lines(summands: &[&Summand], sums: &[(&'static str, f64, f64)], out: &mut String) {
    let _ = write!(out, "  {:HEAD$}", "");
    for (label, ..) in sums {
        let _ = write!(out, "{label:>9}");
    }
    out.push('\n');
    let (words, terms): (Vec<&Summand>, Vec<&Summand>) = summands.iter().partition(|summand| summand.word);
    let (terms, slight): (Vec<&Summand>, Vec<&Summand>) = terms.into_iter().partition(|term| size(term) >= SHOWN);
    for summand in terms {
        line(&term_column(summand), &summand.added, sums, out);
        let _ = writeln!(out, "    {}{}", note(summand), summand.row);
    }
    if !slight.is_empty() {
        together(&format!("terms that add less than {SHOWN}: {}", slight.len()), &slight, sums, out);
    }
    if !words.is_empty() {
        together(&format!("{} words of the post together", words.len()), &words, sums, out);
        let mut strongest = words;
        strongest.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.term.cmp(&b.term)));
        for word in strongest {
            line(&format!("  {}", word.term), &word.added, sums, out);
        }
    }
    let total: Vec<(&'static str, f64)> = sums.iter().map(|(label, sum, _)| (*label, *sum)).collect();
    line("= score", &total, sums, out);
    let _ = write!(out, "  {:HEAD$}", "= probability");
    for (_, _, probability) in sums {
        let _ = write!(out, "{:>8.0}%", probability * 100.0);
    }
    out.push('\n');
}

/// One line for several summands.
fn together(head: &str, summands: &[&Summand], sums: &[(&'static str, f64, f64)], out: &mut String) {
    let added: Vec<(&'static str, f64)> = summands.iter().flat_map(|summand| summand.added.iter().copied()).collect();
    let total = |label| (label, added.iter().filter(|(of, _)| *of == label).map(|(_, weight)| weight).sum());
    let total: Vec<(&'static str, f64)> = sums.iter().map(|(label, ..)| total(*label)).collect();
    line(head, &total, sums, out);
}

fn size(summand: &Summand) -> f64 {
    summand.added.iter().map(|(_, weight)| weight.abs()).fold(0.0, f64::max)
}

fn line(head: &str, added: &[(&'static str, f64)], sums: &[(&'static str, f64, f64)], out: &mut String) {
    // A long head keeps its line, so that the numbers stay in their columns.
    if head.chars().count() > HEAD {
        let _ = writeln!(out, "  {head}");
        let _ = write!(out, "  {:HEAD$}", "└");
    } else {
        let _ = write!(out, "  {head:HEAD$}");
    }
    for (label, ..) in sums {
        let weight = added.iter().find(|(of, _)| of == label).map_or(0.0, |(_, weight)| *weight);
        if weight.abs() < SHOWN {
            let _ = write!(out, "{:>9}", "·");
        } else {
            let _ = write!(out, "{weight:>+9.2}");
        }
    }
    out.push('\n');
}

fn term_column(summand: &Summand) -> String {
    if summand.text.is_empty() { summand.term.clone() } else { format!("{} [{}]", summand.term, summand.text) }
}

fn note(summand: &Summand) -> String {
    let mut note = String::new();
    for modifier in &summand.modifiers {
        let _ = write!(note, "{modifier}, ");
    }
    note
}

fn verdict(explanation: &Explanation, out: &mut String) {
    let opinion = &explanation.opinion;
    let reason = opinion.reason.map_or(String::new(), |reason| format!(" ({})", reason.name()));
    let _ = writeln!(
        out,
        "\nstance {}{reason}, lean {:+.2}, confidence {:.2}; sentiment {}, polarity {:+.2}",
        opinion.stance.name(),
        opinion.lean,
        opinion.confidence,
        opinion.sentiment.name(),
        opinion.polarity
    );
    let cue = opinion.seller_cue.map_or(String::new(), |cue| format!(" ({cue})"));
    let _ = writeln!(
        out,
        "seller {}{cue}, reported online {}, reported offline {}, advert {}",
        opinion.seller.name(),
        opinion.reported_online.name(),
        opinion.reported_offline.name(),
        opinion.advert
    );
    let _ = writeln!(out, "platforms {}, aspects {}", list(&opinion.platforms), list(&opinion.aspects));
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(" | ") }
}

/// The same as one JSON object.
pub fn json(explanation: &Explanation, lexicon: &str) -> String {
    let sums: Vec<Value> = explanation
        .sums
        .iter()
        .map(|(scale, sums)| {
            let labels: Vec<Value> = sums
                .iter()
                .map(|(label, score, probability)| json!({"label": label, "score": score, "probability": probability}))
                .collect();
            json!({"scale": scale, "labels": labels})
        })
        .collect();
    let opinion = &explanation.opinion;
    let value = json!({
        "tool": concat!("condong ", env!("CARGO_PKG_VERSION")),
        "schema_version": SCHEMA_VERSION,
        "lexicon": lexicon,
        "words": explanation.words,
        "summands": explanation.summands,
        "sums": sums,
        "sentences": explanation.sentences,
        "stance": opinion.stance,
        "lean": opinion.lean,
        "confidence": opinion.confidence,
        "reason": opinion.reason,
        "sentiment": opinion.sentiment,
        "polarity": opinion.polarity,
        "seller": opinion.seller,
        "seller_cue": opinion.seller_cue,
        "reported_online": opinion.reported_online,
        "reported_offline": opinion.reported_offline,
        "platforms": opinion.platforms,
        "aspects": opinion.aspects,
        "advert": opinion.advert,
    });
    format!("{value:#}\n")
}
