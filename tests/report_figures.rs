//! Figures of small groups, as statsmodels and scipy compute them by the formulas in `tests/figures.py`.

use condong::report::{Cluster, Difference, Distinctive, Estimate, MIN_AUTHORS, Standing};

const OURS: [(u32, u32, u32); 12] = [
    (3, 0, 1),
    (1, 0, 0),
    (0, 2, 0),
    (1, 1, 1),
    (5, 0, 0),
    (0, 0, 2),
    (1, 0, 0),
    (0, 1, 0),
    (2, 0, 1),
    (1, 0, 3),
    (0, 1, 0),
    (4, 1, 0),
];

const THEIRS: [(u32, u32, u32); 11] = [
    (0, 3, 1),
    (0, 1, 0),
    (1, 2, 0),
    (0, 1, 1),
    (0, 4, 0),
    (0, 0, 2),
    (1, 0, 0),
    (0, 1, 0),
    (0, 2, 1),
    (1, 0, 1),
    (0, 1, 0),
];

fn clusters(posts: &[(u32, u32, u32)], first: u64) -> Vec<Cluster> {
    let authors = (first..).zip(posts);
    authors.map(|(author, &(pro, kontra, netral))| Cluster { author, pro, kontra, netral }).collect()
}

fn same(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

fn is(found: &Estimate, expected: [f64; 3]) {
    same(found.value, expected[0]);
    same(found.low, expected[1]);
    same(found.high, expected[2]);
}

#[test]
fn the_figures_of_a_group() {
    let standing = Standing::of("ours", &clusters(&OURS, 0));
    assert_eq!((standing.posts, standing.authors), (32, 12));
    assert_eq!((standing.pro, standing.kontra, standing.netral), (18, 6, 8));
    let figures = standing.figures.expect("enough authors");
    same(figures.effective, 17.073_253_478_686_89);
    is(&figures.net, [0.375, -0.029_889_628_585, 0.701_245_468_496]);
    is(&figures.kontra, [0.1875, 0.071_437_120_686, 0.409_059_752_315]);
    is(&figures.polar.expect("enough lean"), [0.5, -0.016_468_643_333, 0.885_818_120_582]);
}

#[test]
fn the_difference_of_groups_that_share_authors() {
    let found = Difference::of(("ours", &clusters(&OURS, 0)), ("theirs", &clusters(&THEIRS, 2)));
    is(&found.net.expect("enough authors"), [0.875, 0.355_918_294_349, 1.208_444_085_149]);
    same(found.p.expect("enough authors"), 0.000_322_549_512);
    same(found.detectable.expect("enough authors"), 0.609_302_944_443);
}

#[test]
fn a_unanimous_group_is_not_certain() {
    let posts: Vec<(u32, u32, u32)> = (0..12).map(|author| (0, author % 3 + 1, 0)).collect();
    let figures = Standing::of("all kontra", &clusters(&posts, 0)).figures.expect("enough authors");
    same(figures.effective, 10.285_714_285_714);
    is(&figures.net, [-1.0, -1.0, -0.531_406_123_581]);
    assert!(figures.pro.high > 0.2 && figures.pro.low == 0.0);
}

#[test]
fn one_author_less_is_too_few() {
    let enough = clusters(&THEIRS[..MIN_AUTHORS], 0);
    assert!(Standing::of("enough", &enough).figures.is_some());
    assert!(Standing::of("few", &enough[1..]).figures.is_none());
    let difference = Difference::of(("enough", &enough), ("few", &enough[1..]));
    assert_eq!((difference.net, difference.p, difference.detectable), (None, None, None));
}

#[test]
fn a_word_of_one_set_is_distinctive_of_it() {
    let word = Distinctive::of("kios", (30, 5), (1_000, 1_000), 0.02);
    let mirrored = Distinctive::of("kios", (5, 30), (1_000, 1_000), 0.02);
    // ln((40/1460) / (15/1485)) and that over √(1/40 + 1/15).
    same(word.log_odds, 0.997_807_590);
    same(word.z, 3.295_650_002);
    same(mirrored.z, -word.z);
}
