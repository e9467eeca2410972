//! Who the author is where the export says more than the post: a column that the user names, or a profile.

use std::sync::Arc;

use condong::opinion::{Label, Opinion, Reader, Seller};
use condong::read::Row;

use super::pipeline::Source;

/// Takes the seller group from the seller column, or from the profile where the post itself tells nothing.
pub(crate) fn known_seller<'l>(opinion: &mut Arc<Opinion<'l>>, row: &Row, source: &Source, reader: &mut Reader<'l>) {
    let cell = |column: Option<usize>| column.and_then(|at| row.fields.get(at));
    tell_seller(opinion, cell(source.columns.seller), cell(source.columns.bio), reader);
}

/// The same from the cells of the seller column and of the profile.
pub(crate) fn tell_seller<'l>(
    opinion: &mut Arc<Opinion<'l>>,
    seller: Option<&str>,
    bio: Option<&str>,
    reader: &mut Reader<'l>,
) {
    if let Some(seller) = seller.and_then(|name| Seller::of(&name.trim().to_lowercase())) {
        let opinion = Arc::make_mut(opinion);
        (opinion.seller, opinion.seller_cue) = (seller, None);
        return;
    }
    let bio = bio.map(str::trim).filter(|bio| !bio.is_empty());
    if let (Seller::Unknown, Some(bio)) = (opinion.seller, bio) {
        let profile = reader.recall(bio);
        if profile.seller != Seller::Unknown {
            let opinion = Arc::make_mut(opinion);
            (opinion.seller, opinion.seller_cue) = (profile.seller, profile.seller_cue);
        }
    }
}
