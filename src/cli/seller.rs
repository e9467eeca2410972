//! Who the author is where the export says more than the post: a column that the user names, or a profile.

use condong::opinion::{Label, Opinion, Reader, Seller};
use condong::read::Row;

use super::pipeline::Source;

/// Takes the seller group from the seller column, or from the profile where the post itself tells nothing.
pub(crate) fn known_seller<'l>(opinion: &mut Opinion<'l>, row: &Row, source: &Source, reader: &mut Reader<'l>) {
    let cell = |column: Option<usize>| column.and_then(|at| row.fields.get(at)).map(str::trim);
    if let Some(seller) = cell(source.columns.seller).and_then(|name| Seller::of(&name.to_lowercase())) {
        opinion.seller = seller;
        opinion.seller_cue = None;
        return;
    }
    if let (Seller::Unknown, Some(bio)) = (opinion.seller, cell(source.columns.bio).filter(|bio| !bio.is_empty())) {
        (opinion.seller, opinion.seller_cue) = reader.seller(bio);
    }
}
