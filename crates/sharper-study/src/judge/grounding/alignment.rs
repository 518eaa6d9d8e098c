//! Alignment: an item laid word by word along its quote, to see what was put in the place of what.
//! A passage that holds every word somewhere does not show a swap; the quote's own order does.

use sharper_domain::Fault;

use super::polarity::opposites;
use crate::judge::words::{Role, Word};

/// Letters that two words of one family share at the start.
const PREFIX: usize = 5;
/// Most letters by which such words may end differently.
const ENDING: usize = 3;
/// Most letters by which two forms of one word differ in length, their endings counted: "electron" is no form of
/// "electronegativity", though their stems end alike.
const LONGER: usize = 5;
/// Words after "not" with which it affirms.
const AFFIRMING: &[&str] = &["just", "merely", "only", "simply", "until"];

/// Whether two words are forms of one word, or one number.
pub(in crate::judge) fn alike(one: &Word, two: &Word) -> bool {
    if let (Some(a), Some(b)) = (one.value, two.value) {
        return a.amount == b.amount;
    }
    if one.stem == two.stem {
        return true;
    }
    let shared: usize = one.stem.chars().zip(two.stem.chars()).take_while(|(a, b)| a == b).count();
    let long = one.stem.chars().count().max(two.stem.chars().count());
    let length = |word: &Word| word.lower.chars().count();
    shared >= PREFIX
        && long - shared <= ENDING
        && length(one).abs_diff(length(two)) <= LONGER
        && !denies_the_other(&one.stem, &two.stem)
}

fn denies_the_other(one: &str, two: &str) -> bool {
    opposites(one).iter().any(|opposite| opposite == two)
}

/// An item along its quote.
#[derive(Debug)]
pub(in crate::judge) struct Alignment<'w> {
    item: Vec<&'w Word>,
    quote: Vec<&'w Word>,
    /// Pairs of places in `item` and `quote` that are alike, both ascending.
    pairs: Vec<(usize, usize)>,
}

/// A word that the quote does not have, in the place of words that the item does not have.
#[derive(Debug)]
pub(in crate::judge) struct Swap<'w> {
    /// The item's word.
    pub(in crate::judge) word: &'w Word,
    /// The quote's words in its place.
    pub(in crate::judge) instead: Vec<&'w Word>,
}

impl<'w> Alignment<'w> {
    /// The longest common sequence of the content words and denials of both.
    pub(in crate::judge) fn of(item: &[&'w Word], quote: &[&'w Word]) -> Alignment<'w> {
        let telling = |words: &[&'w Word]| -> Vec<&'w Word> {
            words.iter().copied().filter(|word| word.role == Role::Content).collect()
        };
        let (item, quote) = (telling(item), telling(quote));
        let width = quote.len() + 1;
        let mut length = vec![0u16; (item.len() + 1) * width];
        for i in (0..item.len()).rev() {
            for j in (0..quote.len()).rev() {
                length[i * width + j] = if alike(item[i], quote[j]) {
                    length[(i + 1) * width + j + 1] + 1
                } else {
                    length[(i + 1) * width + j].max(length[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
        while i < item.len() && j < quote.len() {
            if alike(item[i], quote[j]) {
                pairs.push((i, j));
                i += 1;
                j += 1;
            } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
        Alignment { item, quote, pairs }
    }

    /// The share of the item's content words that stand in the quote, in any order.
    pub(in crate::judge) fn cover(&self) -> f64 {
        let held = self.item.iter().filter(|word| self.quoted(word)).count();
        if self.item.is_empty() { 1.0 } else { held as f64 / self.item.len() as f64 }
    }

    /// The share of the item's content words that stand in the quote in the same order.
    pub(in crate::judge) fn in_order(&self) -> f64 {
        if self.item.is_empty() { 1.0 } else { self.pairs.len() as f64 / self.item.len() as f64 }
    }

    /// The words that the quote does not have.
    pub(in crate::judge) fn strange(&self) -> impl Iterator<Item = &'w Word> {
        self.item.iter().copied().filter(|word| !self.quoted(word))
    }

    fn quoted(&self, word: &Word) -> bool {
        self.quote.iter().any(|other| alike(word, other))
    }

    /// What stands in the place of something else, between words that agree.
    pub(in crate::judge) fn swaps(&self) -> Vec<Swap<'w>> {
        let mut ends = self.pairs.clone();
        ends.push((self.item.len(), self.quote.len()));
        let (mut i, mut j, mut found) = (0, 0, Vec::new());
        for (to_i, to_j) in ends {
            let missing = |word: &&&Word| !same_among(word, &self.item);
            let instead: Vec<&Word> = self.quote[j..to_j].iter().filter(missing).copied().collect();
            if !instead.is_empty() {
                let strange = self.item[i..to_i].iter().filter(|word| !same_among(word, &self.quote));
                found.extend(strange.map(|&word| Swap { word, instead: instead.clone() }));
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
        found
    }
}

/// Whether a word stands among others; a name only letter for letter, for names that begin alike are many.
fn same_among(word: &Word, others: &[&Word]) -> bool {
    others
        .iter()
        .any(|other| if word.capital && other.capital { other.stem == word.stem } else { alike(word, other) })
}

/// What the item says otherwise than its quote, where both say nearly the same: another number or name in its place,
/// an opposite.
pub(in crate::judge) fn replaced(alignment: &Alignment<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for swap in alignment.swaps() {
        let figures = swap.instead.iter().any(|word| is_figure(word));
        let names = swap.instead.iter().any(|word| word.capital && !is_figure(word));
        if is_figure(swap.word) && figures {
            faults.push(Fault::NumberDiffers);
        } else if swap.word.capital && !is_figure(swap.word) && names {
            faults.push(Fault::NameDiffers);
        }
        if swap.instead.iter().any(|word| denies_the_other(&swap.word.stem, &word.stem)) {
            faults.push(Fault::NegationDiffers);
        }
    }
    faults
}

/// Whether the item has a word, be it as small as "before", where the quote has only its opposite.
pub(in crate::judge) fn turned(item: &[&Word], quote: &[&Word]) -> bool {
    let lacks = |words: &[&Word], stem: &str| words.iter().all(|word| word.stem != stem);
    item.iter().filter(|word| lacks(quote, &word.stem)).any(|word| {
        opposites(&word.stem).iter().any(|opposite| !lacks(quote, opposite) && lacks(item, opposite))
    })
}

/// Whether the word is a number in digits, or in letters above one.
pub(in crate::judge) fn is_figure(word: &Word) -> bool {
    let loose = matches!(word.lower.as_str(), "second" | "double" | "twice");
    word.value.is_some_and(|value| value.digits || value.amount >= 2.0 && !loose)
}

/// Whether a denial was put in or taken out: the words on both sides of it agree, and it does not.
pub(in crate::judge) fn flips(item: &[&Word], quote: &[&Word]) -> bool {
    let (ours, theirs) = (denials(item), denials(quote));
    let matched = |sides: &Sides<'_>, others: &[Sides<'_>]| {
        let near =
            |other: &Sides<'_>| sides.iter().flatten().any(|a| other.iter().flatten().any(|b| alike(a, b)));
        others.iter().any(near)
    };
    let put_in = ours.iter().any(|sides| agree(sides, quote) && !matched(sides, &theirs));
    let content: Vec<&Word> = item.iter().copied().filter(|word| word.role == Role::Content).collect();
    let side_by_side = |sides: &Sides<'_>| match sides {
        [Some(one), Some(two)] => content.windows(2).any(|pair| alike(pair[0], one) && alike(pair[1], two)),
        _ => false,
    };
    let affirmed = |sides: &Sides<'_>| side_by_side(sides) && !matched(sides, &ours);
    // "had not failed": a denial of a denial.
    let doubled = ours.len() > theirs.len() && ours.len() > 1 && agree_throughout(item, quote);
    put_in || doubled || theirs.iter().any(affirmed) && !item.iter().any(|word| denies_by_itself(word, quote))
}

/// "inactive" or "absent" in the item for "not active", "not present" in the quote.
fn denies_by_itself(word: &Word, quote: &[&Word]) -> bool {
    const PREFIXES: &[&str] = &["un", "in", "im", "ir", "il", "non", "dis", "a"];
    word.role == Role::Content
        && !quote.iter().any(|other| alike(word, other))
        && quote.iter().any(|other| {
            denies_the_other(&word.stem, &other.stem)
                || PREFIXES.iter().any(|prefix| word.stem.strip_prefix(prefix) == Some(other.stem.as_str()))
        })
}

/// Whether every content word of the item stands in the quote.
fn agree_throughout(item: &[&Word], quote: &[&Word]) -> bool {
    let content = |word: &&&Word| word.role == Role::Content;
    item.iter().filter(content).all(|word| quote.iter().any(|other| alike(word, other)))
}

/// The content words before and after a denial.
type Sides<'w> = [Option<&'w Word>; 2];

/// What stands on both sides of each denial; "not only" is none.
fn denials<'w>(words: &[&'w Word]) -> Vec<Sides<'w>> {
    let content = |word: &&&'w Word| word.role == Role::Content;
    let places = words.iter().enumerate().filter(|(at, word)| {
        let affirmed = words.get(at + 1).is_some_and(|next| AFFIRMING.contains(&next.lower.as_str()));
        word.role == Role::Negation && !affirmed
    });
    let sides = |at: usize| {
        let before = words[..at].iter().rev().find(content).copied();
        [before, words[at + 1..].iter().find(content).copied()]
    };
    places.map(|(at, _)| sides(at)).collect()
}

fn agree(sides: &Sides<'_>, words: &[&Word]) -> bool {
    let holds = |side: &Option<&Word>| side.is_none_or(|side| words.iter().any(|other| alike(side, other)));
    sides.iter().any(Option::is_some) && sides.iter().all(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::words::{Stems, words};
    use crate::text::Language;

    fn check(quote: &str, item: &str, wanted: &[Fault]) {
        let mut stems = Stems::default();
        let (quote, read) =
            (words(quote, Language::English, &mut stems), words(item, Language::English, &mut stems));
        let (quote, read): (Vec<&Word>, Vec<&Word>) = (quote.iter().collect(), read.iter().collect());
        let mut faults = replaced(&Alignment::of(&read, &quote));
        if flips(&read, &quote) {
            faults.push(Fault::NegationDiffers);
        }
        assert_eq!(faults, wanted, "{item}");
    }

    #[test]
    fn what_stands_in_the_place_of_something_else_is_found() {
        let quote = "Robert Hooke described cells in 1665, and plants make their own food.";
        check(quote, "Robert Boyle described cells in 1665.", &[Fault::NameDiffers]);
        check(quote, "Robert Hooke described cells in 1675 and plants.", &[Fault::NumberDiffers]);
        check(quote, "Cells were described by Robert Hooke.", &[]);
        check("The rate increases with heat.", "The rate decreases with heat.", &[Fault::NegationDiffers]);
    }

    #[test]
    fn a_denial_put_in_or_taken_out_is_found() {
        check("Plants make their own food.", "Plants do not make their own food.", &[Fault::NegationDiffers]);
        check("Prions have no genes at all.", "Prions have genes at all.", &[Fault::NegationDiffers]);
        check("Prions have no genes.", "Prions lack genes.", &[]);
        check("It is not only plants that respire.", "Plants respire.", &[]);
    }
}
