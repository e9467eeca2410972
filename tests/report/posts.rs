//! Invented posts with opinions, always the same for the same seed.

use condong::opinion::{Evidence, Opinion, Reason, Reported, Seller, Sentiment, Stance};
use condong::report::{Post, Tally};
use jiff::ToSpan;
use jiff::civil::Date;

/// A post that owns what it says.
#[derive(Clone, Debug)]
pub(crate) struct Invented {
    /// The post.
    pub(crate) text: String,
    /// The day.
    pub(crate) date: Option<Date>,
    /// The account.
    pub(crate) author: Option<String>,
    /// The id.
    pub(crate) id: Option<String>,
    /// The user's own grouping.
    pub(crate) group: Option<String>,
    /// What a person says it says.
    pub(crate) gold: Option<Stance>,
    /// What it says.
    pub(crate) opinion: Opinion<'static>,
}

/// A small generator, so that no test depends on a crate's stream of numbers (`SplitMix64`: Steele et al. 2014).
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

const PRO: [&str; 4] = ["jangan * {tutup}", "murah", "membantu", "gratis ongkir"];
const KONTRA: [&str; 4] = ["setuju * {tutup}", "mematikan", "predator harga", "sepi"];
const WORDS: [&str; 24] = [
    "toko", "pasar", "jualan", "online", "harga", "barang", "pembeli", "pedagang", "ongkir", "live", "pajak", "impor",
    "umkm", "izin", "aplikasi", "lapak", "grosir", "omzet", "karyawan", "sewa", "kios", "promo", "produk", "lokal",
];
const PLATFORMS: [&str; 3] = ["TikTok Shop", "Shopee", "Tokopedia"];
const ASPECTS: [&str; 3] = ["price", "jobs", "permit"];

impl Dice {
    /// The next number.
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut roll = self.0;
        roll = (roll ^ (roll >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        roll = (roll ^ (roll >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        roll ^ (roll >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end as u64).expect("below a usize")
    }

    /// Whether something of this chance happens.
    pub(crate) fn chance(&mut self, chance: f64) -> bool {
        (self.roll() >> 11) as f64 / ((1u64 << 53) as f64) < chance
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// So many posts by a third as many authors, a few of whom post a lot.
pub(crate) fn invented(count: usize, seed: u64) -> Vec<Invented> {
    let mut dice = Dice(seed);
    let mut posts: Vec<Invented> = Vec::new();
    for number in 0..count {
        let copied = number > 0 && dice.chance(0.08);
        let mut post = invent(&mut dice, number, count);
        if copied {
            let original = posts[dice.below(posts.len())].clone();
            let mark = ["", "RT @akun: ", "", "@teman "][dice.below(4)];
            post.text = format!("{mark}{}", original.text);
            post.opinion = original.opinion;
        }
        posts.push(post);
    }
    posts
}

fn invent(dice: &mut Dice, number: usize, count: usize) -> Invented {
    // The square favours low numbers: some accounts post much.
    let author = dice.below(1000) * dice.below(1000) * count / 3_000_000;
    let seller =
        [Seller::Online, Seller::Offline, Seller::Unknown, Seller::Both][[0, 0, 0, 1, 1, 1, 2, 2, 2, 3][author % 10]];
    let day = dice.below(120);
    let chance_pro = if seller == Seller::Online { 0.55 } else { 0.3 } + if day > 70 { 0.1 } else { 0.0 };
    let stance = match (dice.chance(0.25), dice.chance(chance_pro)) {
        (true, _) => Stance::Netral,
        (_, true) => Stance::Pro,
        _ => Stance::Kontra,
    };
    let words: Vec<&str> = (0..6 + dice.below(12)).map(|_| dice.pick(&WORDS)).collect();
    let own = if seller == Seller::Online { "keranjang kuning" } else { "kios sepi" };
    Invented {
        text: format!("{} {own} {}", words.join(" "), if stance == Stance::Pro { "dukung" } else { "tolak" }),
        date: (!dice.chance(0.03)).then(|| {
            "2023-09-01".parse::<Date>().expect("a date") + i64::try_from(day).expect("a small number").days()
        }),
        author: (!dice.chance(0.02)).then(|| format!("akun{author}")),
        id: (!dice.chance(0.01)).then(|| format!("{}", 1_700_000_000_000_u64 + number as u64)),
        group: Some(dice.pick(&["Jakarta", "Bandung", "Medan"]).to_owned()),
        gold: dice.chance(0.2).then(|| if dice.chance(0.8) { stance } else { Stance::Netral }),
        opinion: opinion(dice, stance, seller),
    }
}

fn opinion(dice: &mut Dice, stance: Stance, seller: Seller) -> Opinion<'static> {
    let size = 0.3 + dice.below(600) as f64 / 1000.0;
    let (lean, terms) = match stance {
        Stance::Pro => (size, &PRO),
        Stance::Kontra => (-size, &KONTRA),
        Stance::Netral => (0.0, &PRO),
    };
    let evidence = (0..if stance == Stance::Netral { 0 } else { 1 + dice.below(2) })
        .map(|_| Evidence { term: dice.pick(terms), label: stance, weight: 0.5 + dice.below(2000) as f64 / 1000.0 })
        .collect();
    Opinion {
        stance,
        lean,
        confidence: 0.6,
        reason: (stance == Stance::Netral)
            .then(|| dice.pick(&[Reason::NoTarget, Reason::NoEvidence, Reason::Question])),
        sentiment: dice.pick(&[Sentiment::Positive, Sentiment::Negative, Sentiment::Neutral]),
        polarity: 0.0,
        seller,
        seller_cue: None,
        reported_online: dice.pick(&[Reported::None, Reported::None, Reported::Pro]),
        reported_offline: dice.pick(&[Reported::None, Reported::Kontra, Reported::Kontra, Reported::Pro]),
        platforms: if dice.chance(0.6) { vec![dice.pick(&PLATFORMS)] } else { Vec::new() },
        aspects: if dice.chance(0.5) { vec![dice.pick(&ASPECTS)] } else { Vec::new() },
        advert: dice.chance(0.05),
        evidence,
        covered: stance != Stance::Netral || dice.chance(0.5),
    }
}

/// The tally of these posts.
pub(crate) fn tally<'p>(posts: impl IntoIterator<Item = &'p Invented>) -> Tally {
    let mut tally = Tally::default();
    for invented in posts {
        tally.add(&invented.post(), &invented.opinion);
    }
    tally
}

impl Invented {
    /// The post as the report takes it.
    pub(crate) fn post(&self) -> Post<'_> {
        Post {
            text: &self.text,
            date: self.date,
            author: self.author.as_deref(),
            id: self.id.as_deref(),
            group: self.group.as_deref(),
            gold: self.gold,
        }
    }
}
