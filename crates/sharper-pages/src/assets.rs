//! The stylesheet, scripts, fonts and icon, embedded in the binary and named by their content.

/// A file of the pages, as it is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// The bytes.
    pub bytes: &'static [u8],
    /// The same, packed with Brotli (`Content-Encoding: br`); `None` where that would not make it smaller.
    pub brotli: Option<&'static [u8]>,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// A strong tag with its quotation marks: the first half of the SHA-256 of `bytes`, in hex.
    /// A packed answer is another representation: give it a tag of its own (or `Vary` and none).
    pub etag: &'static str,
    /// Whether the address names this very content, so that it may be kept for a year without asking again.
    pub immutable: bool,
}

/// Changes whenever any file changes.
const EDITION: &str = env!("ASSETS_EDITION");

static TABLE: &[(&str, Asset)] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address to put on a page: `url("app.css")` is `/assets/3f2a91c04b7d/app.css`.
///
/// Fonts carry their version in the file name, and are not loaded anew when a stylesheet changes.
pub fn url(name: &str) -> String {
    debug_assert!(find(name).is_some(), "no asset is called {name}");
    if is_font(name) { format!("/assets/{name}") } else { format!("/assets/{EDITION}/{name}") }
}

/// The file at `/assets/{path}`, with or without the edition in front.
///
/// An address of another edition (a page that was open while the server changed) gets today's file, not immutable.
pub fn get(path: &str) -> Option<Asset> {
    if let Some(found) = find(path) {
        return Some(Asset { immutable: is_font(path), ..found });
    }
    let (edition, name) = path.split_once('/')?;
    let looks_like_edition = edition.len() == EDITION.len() && edition.bytes().all(|b| b.is_ascii_hexdigit());
    let found = find(name).filter(|_| looks_like_edition)?;
    Some(Asset { immutable: edition == EDITION, ..found })
}

/// Every name there is, for a test or a service worker.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

fn is_font(name: &str) -> bool {
    name.starts_with("fonts/")
}

fn find(name: &str) -> Option<Asset> {
    let index = TABLE.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    TABLE.get(index).map(|(_, asset)| *asset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_of(name: &str) -> String {
        url(name).trim_start_matches("/assets/").to_owned()
    }

    #[test]
    fn every_asset_is_found_at_the_address_that_pages_use_and_may_be_kept() {
        assert!(names().count() > 5);
        for name in names() {
            assert!(get(&path_of(name)).is_some_and(|asset| asset.immutable), "{name}");
        }
    }

    #[test]
    fn an_address_of_another_edition_gets_the_file_but_may_not_be_kept() {
        let asset = get("0123456789ab/app.css").expect("served all the same");
        assert!(!asset.immutable);
        assert!(!get("app.css").unwrap().immutable);
        assert_eq!(get("other/app.css"), None);
        assert_eq!(get("0123456789ab/none.css"), None);
        assert_eq!(get("../Cargo.toml"), None);
    }

    #[test]
    fn content_types_and_tags_are_right() {
        let css = get("app.css").unwrap();
        assert_eq!(css.content_type, "text/css; charset=utf-8");
        assert!(css.etag.starts_with('"') && css.etag.ends_with('"') && css.etag.len() == 34);
        assert!(css.brotli.is_some_and(|packed| packed.len() < css.bytes.len() / 2));
        let font = get("fonts/literata-5.3.0-latin.woff2").unwrap();
        assert_eq!((font.content_type, font.brotli), ("font/woff2", None));
        assert_ne!(css.etag, font.etag);
    }

    #[test]
    fn a_first_load_stays_under_a_hundred_kilobytes_packed() {
        let size = |asset: Asset| asset.brotli.map_or(asset.bytes.len(), <[u8]>::len);
        let sum = |names: &[&str]| names.iter().map(|name| size(get(name).expect("exists"))).sum::<usize>();
        let shared = [
            "app.css",
            "favicon.svg",
            "fonts/literata-5.3.0-latin.woff2",
            "fonts/source-sans-3-5.3.0-latin.woff2",
            "js/theme.js",
        ];
        let today = sum(&["js/today.js", "js/upload.js", "js/words.js"]);
        let making = sum(&["js/making.js", "js/item.js", "js/words.js"]);
        let study = sum(&["studying.css", "js/study.js", "js/words.js", "js/outbox.js", "js/session.js"]);
        let practising = sum(&["js/quiz.js", "js/words.js"])
            .max(sum(&["js/tutor.js", "js/words.js"]))
            .max(sum(&["attempt.css", "js/attempt.js", "js/words.js"]));
        let library = sum(&["library.css", "js/library.js", "js/upload.js", "js/words.js"]);
        let writing =
            sum(&["library.css", "js/edit.js", "js/words.js"]).max(sum(&["library.css", "js/note.js"]));
        let heaviest = today.max(making).max(study).max(practising).max(library).max(writing);
        // 6 kB are left for the page itself.
        assert!(sum(&shared) + heaviest < 94_000, "{} + {heaviest}", sum(&shared));
    }
}
