//! The report of a pile of posts is the report of its parts, merged in any order.

#[path = "report/posts.rs"]
mod posts;

use condong::report::{Event, Options, Summary, Tally};
use posts::{Dice, invented, tally};
use proptest::prelude::*;

fn options() -> Options {
    let event = |date: &str, name: &str| Event { date: date.parse().expect("a date"), name: name.to_owned() };
    Options {
        events: vec![event("2023-10-04", "ditutup"), event("2023-12-12", "dibuka lagi")],
        group_by: Some("kota".to_owned()),
        ..Options::default()
    }
}

fn report(tally: &Tally) -> String {
    serde_json::to_string(&Summary::of(tally, &options())).expect("a summary is JSON")
}

#[test]
fn ten_parts_in_any_order_make_the_same_report() {
    let posts = invented(2_000, 7);
    let whole = report(&tally(&posts));
    let mut parts: Vec<Tally> = posts.chunks(200).map(tally).collect();
    let mut dice = Dice(11);
    let mut merged = Tally::default();
    while !parts.is_empty() {
        merged.merge(parts.swap_remove(dice.below(parts.len())));
    }
    assert_eq!(report(&merged), whole);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn splitting_and_shuffling_change_nothing(seed in 0u64..1_000, parts in 1usize..7, count in 0usize..120) {
        let mut posts = invented(count, seed);
        let whole = report(&tally(&posts));
        let mut dice = Dice(seed);
        for last in (1..posts.len()).rev() {
            posts.swap(last, dice.below(last + 1));
        }
        let mut merged = tally(&[]);
        // A tree of merges instead of a chain: the operation is associative.
        for pair in posts.chunks(posts.len() / parts + 1).collect::<Vec<_>>().chunks(2) {
            let mut one = tally(pair[0]);
            if let Some(other) = pair.get(1) {
                let mut other = tally(*other);
                std::mem::swap(&mut one, &mut other);
                one.merge(other);
            }
            merged.merge(one);
        }
        prop_assert_eq!(report(&merged), whole);
    }
}
