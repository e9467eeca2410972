//! What links and emoji are for the lexicon, without what carries no meaning.

/// The host of an address, which tells a shop from a newspaper.
pub(super) fn host(link: &str) -> String {
    let address = link.split_once("://").map_or(link, |(_, address)| address);
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or(address).to_lowercase();
    host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
}

/// The emoji without skin tone, sex or presentation marks, which carry no stance.
pub(super) fn emoji(token: &str) -> String {
    let kept: String =
        token.chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')).collect();
    if kept.is_empty() { token.to_owned() } else { kept }
}
