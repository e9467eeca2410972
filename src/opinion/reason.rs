//! Why a post is netral.

use super::verdict::{Opinion, Reason, Reported, Stance};
use crate::lexicon::{Cue, Found, Layer, Lexicon};

/// Both sides must weigh at least so much (log-odds) for a post to count as balanced.
const BALANCED: f32 = 0.4;

/// The first reason that holds, the most telling first.
pub(super) fn reason(lexicon: &Lexicon, found: &Found, opinion: &Opinion) -> Reason {
    let (pro, kontra) = sides(lexicon, found);
    let reports = opinion.reported_online != Reported::None || opinion.reported_offline != Reported::None;
    if opinion.advert {
        Reason::Advert
    } else if pro >= BALANCED && kontra >= BALANCED {
        Reason::Balanced
    } else if reports || found.has(Cue::Quote) {
        Reason::Quoted
    } else if found.has(Cue::Question) {
        Reason::Question
    } else if !found.has(Cue::Target) && opinion.evidence.iter().all(|evidence| evidence.label == Stance::Netral) {
        Reason::NoTarget
    } else {
        Reason::NoEvidence
    }
}

/// How much the post holds for pro and for kontra.
fn sides(lexicon: &Lexicon, found: &Found) -> (f32, f32) {
    let stance = found.hits.iter().filter(|hit| hit.layer == Layer::Stance && hit.end > hit.start);
    stance.fold((0.0, 0.0), |(pro, kontra), hit| {
        let own = if hit.word { lexicon.weights(hit.term, Layer::Stance) } else { hit.weights };
        let [for_pro, for_kontra, _] = own;
        let lean = (for_pro - for_kontra) * hit.factor;
        (pro + lean.max(0.0), kontra + (-lean).max(0.0))
    })
}
