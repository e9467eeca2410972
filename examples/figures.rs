//! Prints invented posts and their report as JSON, for `tests/figures.py` to compute the figures again.

#[path = "../tests/report/posts.rs"]
mod posts;

use condong::opinion::Label;
use condong::render;
use condong::report::{Event, Options, Summary};
use posts::{Invented, invented, tally};
use serde_json::{Value, json};

fn main() {
    let posts = invented(3_000, 5);
    let event = |date: &str| Event { date: date.parse().expect("a date"), name: date.to_owned() };
    let options = Options { events: vec![event("2023-10-04"), event("2023-12-12")], ..Options::default() };
    let report: Value =
        serde_json::from_str(&render::json(&Summary::of(&tally(&posts), &options))).expect("the report is JSON");
    println!("{}", json!({ "posts": posts.iter().map(row).collect::<Vec<_>>(), "report": report }));
}

fn row(post: &Invented) -> Value {
    let opinion = &post.opinion;
    let evidence: Vec<Value> = opinion
        .evidence
        .iter()
        .map(|found| json!({ "term": found.term, "label": found.label.name(), "weight": found.weight }))
        .collect();
    json!({
        "text": post.text,
        "date": post.date,
        "author": post.author,
        "id": post.id,
        "stance": opinion.stance.name(),
        "gold": post.gold.map(Label::name),
        "seller": opinion.seller.name(),
        "sentiment": opinion.sentiment.name(),
        "reported_offline": opinion.reported_offline.name(),
        "platforms": opinion.platforms,
        "advert": opinion.advert,
        "evidence": evidence,
    })
}
