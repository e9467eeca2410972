//! How often the 95 % intervals cover the truth when some authors post much: `cargo run --release --example coverage`.

#[path = "../tests/report/posts.rs"]
#[allow(dead_code)]
mod posts;

use condong::report::{Cluster, Difference, Estimate, Standing, bonett_price, wilson};
use posts::Dice;

/// Samples drawn of each design: a true coverage of 95 % is then measured to ± 0.7 points.
const SAMPLES: u32 = 4_000;

/// The normal quantile of the plain interval.
const Z: f64 = 1.96;

/// How posts come about.
struct Design {
    name: &'static str,
    authors: u64,
    /// The chance that an author who has posted posts again.
    again: f64,
    /// How much an author keeps to one side: 0 not at all, 1 always.
    loyal: f64,
    /// The chances of pro and kontra.
    sides: (f64, f64),
}

const DESIGNS: [Design; 7] = [
    Design { name: "one post each, 400 authors", authors: 400, again: 0.0, loyal: 0.0, sides: (0.4, 0.3) },
    Design { name: "some repeat, 400 authors", authors: 400, again: 0.5, loyal: 0.7, sides: (0.4, 0.3) },
    Design { name: "many repeat, 200 authors", authors: 200, again: 0.8, loyal: 0.8, sides: (0.3, 0.5) },
    Design { name: "many repeat, 60 authors", authors: 60, again: 0.8, loyal: 0.8, sides: (0.3, 0.5) },
    Design { name: "some repeat, 30 authors", authors: 30, again: 0.5, loyal: 0.7, sides: (0.4, 0.3) },
    Design { name: "some repeat, 12 authors", authors: 12, again: 0.5, loyal: 0.7, sides: (0.4, 0.3) },
    Design { name: "nearly all kontra, 60 authors", authors: 60, again: 0.5, loyal: 0.7, sides: (0.03, 0.9) },
];

/// How often each interval covered.
#[derive(Default)]
struct Hits {
    net: u32,
    pro: u32,
    polar: u32,
    difference: u32,
    change: u32,
    plain_net: u32,
    plain_pro: u32,
}

fn main() {
    println!(
        "{:<30} {:>6} {:>6} {:>6} {:>6} {:>6} | {:>9} {:>9}",
        "design", "net", "pro", "polar", "diff", "change", "plain net", "plain pro"
    );
    for design in &DESIGNS {
        let hits = run(design);
        let share = |hits: u32| format!("{:.1}", 100.0 * f64::from(hits) / f64::from(SAMPLES));
        println!(
            "{:<30} {:>6} {:>6} {:>6} {:>6} {:>6} | {:>9} {:>9}",
            design.name,
            share(hits.net),
            share(hits.pro),
            share(hits.polar),
            share(hits.difference),
            share(hits.change),
            share(hits.plain_net),
            share(hits.plain_pro)
        );
    }
}

fn run(design: &Design) -> Hits {
    let mut dice = Dice(2023);
    let mut hits = Hits::default();
    let (pro, kontra) = design.sides;
    let other = Design { sides: (kontra, pro), name: design.name, ..*design };
    let polar = (pro - kontra) / (pro + kontra);
    for _ in 0..SAMPLES {
        let sample = draw(design, &mut dice);
        let standing = Standing::of("sample", &sample);
        let figures = standing.figures.expect("more authors than are needed");
        hits.net += covers(&figures.net, pro - kontra);
        hits.pro += covers(&figures.pro, pro);
        hits.polar += figures.polar.as_ref().map_or(1, |found| covers(found, polar));
        let difference = Difference::of(("sample", &sample), ("other", &draw(&other, &mut dice)));
        // The same authors in a second window, a third of them with another side.
        let change = Difference::of(("after", &again(design, &sample, &mut dice)), ("before", &sample));
        hits.change += change.net.as_ref().map_or(0, |found| covers(found, 0.0));
        hits.difference += difference.net.as_ref().map_or(0, |found| covers(found, 2.0 * (pro - kontra)));
        let n = standing.posts as f64;
        let (middle, error) = bonett_price(standing.pro as f64 / n, standing.kontra as f64 / n, n);
        hits.plain_net += u32::from((middle - (pro - kontra)).abs() <= Z * error);
        hits.plain_pro += covers(&wilson(standing.pro as f64 / n, n), pro);
    }
    hits
}

fn draw(design: &Design, dice: &mut Dice) -> Vec<Cluster> {
    let mut clusters = Vec::new();
    for author in 0..design.authors {
        let mut cluster = Cluster { author, ..Cluster::default() };
        let own = side(design, dice);
        loop {
            let side = if dice.chance(design.loyal) { own } else { side(design, dice) };
            match side {
                0 => cluster.pro += 1,
                1 => cluster.kontra += 1,
                _ => cluster.netral += 1,
            }
            if !dice.chance(design.again) {
                break;
            }
        }
        clusters.push(cluster);
    }
    clusters
}

/// Further posts of the same authors: of those who leaned one way, two thirds still do.
fn again(design: &Design, before: &[Cluster], dice: &mut Dice) -> Vec<Cluster> {
    let fresh = draw(design, dice);
    let keeps = |(old, new): (&Cluster, Cluster)| if dice.chance(0.67) { *old } else { new };
    before.iter().zip(fresh).map(keeps).collect()
}

fn side(design: &Design, dice: &mut Dice) -> u8 {
    if dice.chance(design.sides.0) { 0 } else { u8::from(!dice.chance(design.sides.1 / (1.0 - design.sides.0))) + 1 }
}

fn covers(estimate: &Estimate, truth: f64) -> u32 {
    u32::from(estimate.low <= truth && truth <= estimate.high)
}
