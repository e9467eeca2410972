//! The names of labels, reasons and aspects as people call them.

use super::language::Language;
use crate::report::visible;

/// The name in machine formats and in the lexicon, in Indonesian, in English. Other names are shown as they are.
const NAMES: [(&str, &str, &str); 32] = [
    ("all", "semua", "all"),
    ("both", "keduanya", "both"),
    ("unknown", "tak diketahui", "unknown"),
    ("positive", "positif", "positive"),
    ("negative", "negatif", "negative"),
    ("neutral", "netral", "neutral"),
    ("no_target", "tak menyebut e-commerce", "names no target"),
    ("no_evidence", "menyebut, tetapi tak ada isyarat", "names a target, no sign of a lean"),
    ("balanced", "isyarat seimbang", "signs balance"),
    ("question", "pertanyaan", "question"),
    ("advert", "iklan", "advert"),
    ("quoted", "kutipan atau berita", "quotes others"),
    ("repeat", "salinan", "repeat"),
    ("price", "harga", "price"),
    ("shipping", "pengiriman", "shipping"),
    ("permit", "izin", "permit"),
    ("tax", "pajak", "tax"),
    ("imports", "impor", "imports"),
    ("jobs", "lapangan kerja", "jobs"),
    ("competition", "persaingan", "competition"),
    ("regulation", "aturan", "regulation"),
    ("market-traffic", "sepi-ramainya pasar", "market traffic"),
    ("fraud", "penipuan", "fraud"),
    ("convenience", "kemudahan", "convenience"),
    ("temptation", "godaan belanja", "temptation"),
    ("payment", "pembayaran", "payment"),
    ("quality", "mutu barang", "quality"),
    ("fees", "biaya penjual", "fees"),
    ("local-products", "produk lokal", "local products"),
    ("live", "siaran langsung", "live shopping"),
    ("data", "data pribadi", "data"),
    ("affiliate", "afiliasi", "affiliates"),
];

impl Language {
    /// A name of a machine format as people call it.
    pub(super) fn name(self, name: &str) -> String {
        let known = NAMES.iter().find(|(machine, ..)| *machine == name);
        known.map_or_else(|| visible(name), |(_, id, en)| self.pick(id, en).to_owned())
    }
}
