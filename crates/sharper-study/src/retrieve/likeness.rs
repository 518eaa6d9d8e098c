//! Likeness: the words of a text that best lead to others like it.

use rustc_hash::FxHashMap;
use sharper_domain::Span;

use super::index::Index;
use super::terms;
use crate::text::guess;

impl Index {
    /// The `most` words of a text that say most about it (often here, rarely elsewhere), of those that other passages hold
    /// too. As a query they lead to texts like it.
    pub fn telling_words(&self, text: &str, most: usize) -> Vec<String> {
        let language = guess(text);
        let mut found: FxHashMap<u32, (u32, &str)> = FxHashMap::default();
        terms::pieces(text, |piece| {
            if !terms::is_stop(&piece.text.to_lowercase(), language)
                && let Some(term) = self.vocabulary.find(piece.text, language)
            {
                found.entry(term).or_insert((0, piece.text)).0 += 1;
            }
        });
        let all = self.live_chunks as f32;
        let worth = |(term, (often, word)): (u32, (u32, &str))| {
            let live = self.postings.get(term as usize)?.live;
            let rare = (all / live.max(1) as f32).ln();
            (live > 1).then(|| ((often as f32).ln_1p() * rare, word.to_owned()))
        };
        let mut words: Vec<(f32, String)> = found.into_iter().filter_map(worth).collect();
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        words.into_iter().take(most).map(|(_, word)| word).collect()
    }

    /// Where the `place`th passage of a note stands in it, and the headings above.
    pub fn stands_at(&self, note: usize, place: usize) -> Option<(Span, Vec<String>)> {
        let chunk = self.chunks.get(self.chunk(note, place)? as usize)?;
        Some((Span { start: chunk.span.start, end: chunk.span.end }, self.path(chunk).to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Query;
    use super::*;

    #[test]
    fn the_words_of_a_text_lead_to_one_like_it() {
        let mut index = Index::default();
        let text = "Osmosis is the movement of water across a membrane. Osmosis needs no energy.";
        index.add("", text);
        index.add("", "Money is a medium of exchange, and the movement of prices is watched.");
        let like = index.add("", "A membrane lets the water through, and that is what is called osmosis.");
        let words = index.telling_words(text, 3);
        assert_eq!(words[0].to_lowercase(), "osmosis");
        assert!(!words.iter().any(|word| word == "energy"), "no other passage holds it: {words:?}");
        let found = index.search(&Query::new(&words.join(" "))).passages;
        assert!(found.iter().take(2).any(|passage| passage.note == like));
        assert_eq!(index.stands_at(like, 0).unwrap().0.start, 0);
        assert_eq!(index.stands_at(like, 1), None);
    }
}
