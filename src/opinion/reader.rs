//! Reads posts into opinions, one after the other. One reader serves one thread.

use std::sync::Arc;

use super::known::Known;
use super::reason::reason;
use super::score::{Scores, softmax};
use super::verdict::{Evidence, Label, Opinion, Reported, Seller, Sentiment, Stance};
use crate::lexicon::{Finder, Found, Layer, Lexicon, TermId};

/// How many terms `evidence` names.
const MOST_EVIDENCE: usize = 4;
/// How many different terms are looked at for it, which bounds the work on a very long post.
const MOST_COLLECTED: usize = 64;
/// A term that moves a label by less is not named as evidence.
const LEAST_EVIDENCE: f64 = 0.05;
/// The kind of target that counts as a platform.
const PLATFORM: &str = "platform";

/// Reads posts; its buffers are used again from post to post.
pub struct Reader<'l> {
    pub(super) finder: Finder<'l>,
    known: Known<'l>,
}

impl<'l> Reader<'l> {
    /// A reader by a lexicon.
    pub fn of(lexicon: &'l Lexicon) -> Self {
        Self { finder: Finder::of(lexicon), known: Known::default() }
    }

    /// What `post` says.
    pub fn opinion(&mut self, post: &str) -> Opinion<'l> {
        let lexicon = self.finder.lexicon();
        let found = self.finder.find(post);
        let scores = Scores::of(&found);
        opinion(lexicon, &found, &scores)
    }

    /// The same, which is found faster where the same post was read lately.
    pub fn recall(&mut self, post: &str) -> Arc<Opinion<'l>> {
        if let Some(known) = self.known.get(post) {
            return known;
        }
        let opinion = Arc::new(self.opinion(post));
        self.known.keep(post, &opinion);
        opinion
    }

    /// What was found in `post`, and the scores that it adds up to.
    pub fn scored<'p>(&mut self, post: &'p str) -> (Found<'_, 'p>, Scores) {
        let found = self.finder.find(post);
        let scores = Scores::of(&found);
        (found, scores)
    }
}

/// The verdicts that scores lead to.
pub fn opinion<'l>(lexicon: &'l Lexicon, found: &Found, scores: &Scores) -> Opinion<'l> {
    let (stance, [pro, kontra, netral]) = likeliest(Stance::ALL, scores.on(Layer::Stance));
    let (sentiment, [positive, negative, _]) = likeliest(Sentiment::ALL, scores.on(Layer::Sentiment));
    let advert = scores.on(Layer::Advert)[0] > 0.0;
    let reported = |layer| likeliest_only(Reported::ALL, scores.on(layer));
    let seller = seller(scores);
    let evidence = evidence(lexicon, found, scores);
    let mut opinion = Opinion {
        stance,
        lean: pro - kontra,
        confidence: pro.max(kontra).max(netral),
        reason: None,
        sentiment,
        polarity: positive - negative,
        seller,
        seller_cue: seller_cue(lexicon, found, scores, seller),
        reported_online: reported(Layer::ReportedOnline),
        reported_offline: reported(Layer::ReportedOffline),
        platforms: names(found, Layer::Target, |term| {
            let target = lexicon.entry(term).target.as_ref();
            target.filter(|(_, kind)| kind == PLATFORM).map(|(name, _)| name.as_str())
        }),
        aspects: names(found, Layer::Aspect, |term| lexicon.entry(term).aspect.as_deref()),
        advert,
        covered: found
            .hits
            .iter()
            .any(|hit| matches!(hit.layer, Layer::Stance | Layer::Sentiment) && hit.end > hit.start),
        evidence,
    };
    if stance == Stance::Netral {
        opinion.reason = Some(reason(lexicon, found, &opinion));
    }
    opinion
}

/// The label with the highest score, the first of them where two are equal.
fn likeliest_only<L: Label>(labels: &[L], scores: [f64; 3]) -> L {
    /// Scores that are farther apart than this have different probabilities, however these are rounded.
    const APART: f64 = 1e-9;
    let ahead = |label: &usize| (0..3).all(|other| other == *label || scores[*label] > scores[other] + APART);
    (0..3).find(ahead).map_or_else(|| likeliest(labels, scores).0, |label| labels[label])
}

/// The label with the highest score, the first of them where two are equal, and the probabilities of all.
fn likeliest<L: Label>(labels: &[L], scores: [f64; 3]) -> (L, [f64; 3]) {
    let probabilities = softmax(scores);
    let mut best = 0;
    for label in 1..labels.len() {
        if probabilities[label] > probabilities[best] {
            best = label;
        }
    }
    (labels[best], probabilities)
}

fn seller(scores: &Scores) -> Seller {
    let online = scores.on(Layer::SellerOnline)[0] > 0.0;
    let offline = scores.on(Layer::SellerOffline)[0] > 0.0;
    match (online, offline) {
        (true, true) => Seller::Both,
        (true, false) => Seller::Online,
        (false, true) => Seller::Offline,
        (false, false) => Seller::Unknown,
    }
}

/// The strongest cue for the group that the author was found to be of.
fn seller_cue<'l>(lexicon: &'l Lexicon, found: &Found, scores: &Scores, seller: Seller) -> Option<&'l str> {
    if seller == Seller::Unknown {
        return None;
    }
    let speaks = |layer| match layer {
        Layer::SellerOnline => matches!(seller, Seller::Online | Seller::Both),
        Layer::SellerOffline => matches!(seller, Seller::Offline | Seller::Both),
        _ => false,
    };
    let cues = found.hits.iter().filter(|hit| speaks(hit.layer) && hit.end > hit.start);
    let weighed = cues.map(|hit| (scores.added(hit)[0], hit.term));
    let best = weighed.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    best.map(|(_, term)| lexicon.entry(term).text.as_str())
}

fn evidence<'l>(lexicon: &'l Lexicon, found: &Found, scores: &Scores) -> Vec<Evidence<'l>> {
    let mut collected: Vec<(TermId, Stance, f64)> = Vec::with_capacity(MOST_COLLECTED / 4);
    for hit in found.hits.iter().filter(|hit| hit.layer == Layer::Stance && hit.end > hit.start) {
        let added = scores.added(hit);
        // A term may speak for several labels; it is named for the one that it moves most.
        let largest = (0..3).max_by(|a, b| added[*a].abs().total_cmp(&added[*b].abs())).unwrap_or(0);
        let (label, weight) = (Stance::ALL[largest], added[largest]);
        match collected.iter().position(|(term, of, _)| *term == hit.term && *of == label) {
            Some(at) => collected[at].2 += weight,
            None if weight.abs() >= LEAST_EVIDENCE && collected.len() < MOST_COLLECTED => {
                collected.push((hit.term, label, weight));
            }
            None => {}
        }
    }
    strongest(lexicon, &collected)
}

/// The few strongest of what was collected; of equals the first by the alphabet, then by place.
fn strongest<'l>(lexicon: &'l Lexicon, collected: &[(TermId, Stance, f64)]) -> Vec<Evidence<'l>> {
    let mut evidence: Vec<Evidence> = Vec::with_capacity((MOST_EVIDENCE + 1).min(collected.len()));
    for &(term, label, weight) in collected {
        let weaker = |other: &Evidence| {
            let order = weight.abs().total_cmp(&other.weight.abs());
            order.then_with(|| other.term.cmp(&lexicon.entry(term).text)).is_gt()
        };
        let at = evidence.iter().position(weaker).unwrap_or(evidence.len());
        if at < MOST_EVIDENCE {
            evidence.truncate(MOST_EVIDENCE - 1);
            evidence.insert(at, Evidence { term: &lexicon.entry(term).text, label, weight });
        }
    }
    evidence
}

/// The distinct names that hits of a layer stand for, in the order of the text.
fn names<'l>(found: &Found, layer: Layer, name: impl Fn(u32) -> Option<&'l str>) -> Vec<&'l str> {
    let mut named: Vec<(u32, &str)> = Vec::new();
    for hit in found.hits.iter().filter(|hit| hit.layer == layer) {
        let Some(name) = name(hit.term) else { continue };
        match named.iter_mut().find(|(_, other)| *other == name) {
            Some((start, _)) => *start = hit.start.min(*start),
            None => named.push((hit.start, name)),
        }
    }
    named.sort_unstable();
    named.into_iter().map(|(_, name)| name).collect()
}
