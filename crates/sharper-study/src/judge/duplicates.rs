//! Duplicates: an index of items by what they ask and answer, so that each new one is compared with few.

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::{Role, Word};

/// Least Jaccard similarity of the questions of two items that have the same answer.
const SAME_QUESTION: f64 = 0.6;
/// The same where the answer is too short to tell items apart: yes, no, a number.
const SAME_QUESTION_SHORT: f64 = 0.85;
/// Least Jaccard similarity of all words of two items that are one item.
const SAME_WORDS: f64 = 0.8;

/// What an item says, as sorted stems.
#[derive(Debug, Clone)]
pub(super) struct Gist {
    question: Vec<String>,
    answer: Vec<String>,
    all: Vec<String>,
    figures: Vec<String>,
}

impl Gist {
    /// Of a question's and an answer's words.
    pub(super) fn of(question: &[Word], answer: &[Word]) -> Gist {
        let (question_stems, answer_stems) = (stems(question), stems(answer));
        let mut all = question_stems.clone();
        all.extend(answer_stems.iter().cloned());
        all.sort_unstable();
        all.dedup();
        let figures =
            question.iter().chain(answer).filter(|word| word.value.is_some() || word.role == Role::Negation);
        let mut figures: Vec<String> = figures.map(|word| word.stem.clone()).collect();
        figures.sort_unstable();
        figures.dedup();
        Gist { question: question_stems, answer: answer_stems, all, figures }
    }

    /// Whether the two ask for the same and answer the same. The mirror image of an item is another item:
    /// from term to meaning and from meaning to term are two things to know.
    fn is_same(&self, other: &Gist) -> bool {
        if self.figures != other.figures {
            return false;
        }
        let questions = jaccard(&self.question, &other.question);
        let answers = jaccard(&self.answer, &other.answer);
        let short = self.answer.len() < 2
            && self.answer.iter().all(|stem| stem.len() <= 3 || stem.parse::<f64>().is_ok());
        if self.question == other.question && (answers > 0.0 || short && self.answer == other.answer) {
            return true;
        }
        let enough = if short { SAME_QUESTION_SHORT } else { SAME_QUESTION };
        if answers >= 0.99 && questions >= enough {
            return true;
        }
        // Nearly the same words, and each where it was: the answer in the answer.
        jaccard(&self.all, &other.all) >= SAME_WORDS && answers >= 0.5 && questions >= 0.5
    }
}

fn stems(words: &[Word]) -> Vec<String> {
    let content = words.iter().filter(|word| word.role != Role::Function && !asks(&word.lower));
    let mut stems: Vec<String> = content.map(|word| word.stem.clone()).collect();
    if stems.is_empty() {
        stems = words.iter().map(|word| word.stem.clone()).collect();
    }
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Words that ask rather than say what about.
fn asks(lower: &str) -> bool {
    matches!(
        lower,
        "define"
            | "definition"
            | "describe"
            | "explain"
            | "term"
            | "name"
            | "mean"
            | "means"
            | "meaning"
            | "called"
            | "refer"
            | "refers"
            | "call"
            | "exactly"
            | "precisely"
    )
}

fn jaccard(one: &[String], two: &[String]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0usize);
    while i < one.len() && j < two.len() {
        match one[i].cmp(&two[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let union = one.len() + two.len() - both;
    if union == 0 { 1.0 } else { both as f64 / union as f64 }
}

/// Items by their rarest stems.
///
/// Two sets whose Jaccard similarity is at least t share one of the first `n - ceil(t·n) + 1` stems of either in any
/// common order (prefix filtering), so only items that share such a stem are compared.
#[derive(Debug, Default)]
pub(super) struct Index {
    items: Vec<Gist>,
    by_answer: FxHashMap<Vec<String>, Vec<u32>>,
    by_question: FxHashMap<Vec<String>, Vec<u32>>,
    by_stem: FxHashMap<String, Vec<u32>>,
}

impl Index {
    /// Remembers an item.
    pub(super) fn insert(&mut self, gist: Gist) {
        let id = self.items.len() as u32;
        self.by_answer.entry(gist.answer.clone()).or_default().push(id);
        self.by_question.entry(gist.question.clone()).or_default().push(id);
        for stem in prefix(&gist.all) {
            self.by_stem.entry(stem.clone()).or_default().push(id);
        }
        self.items.push(gist);
    }

    /// Whether an item that says the same is remembered.
    pub(super) fn holds(&self, gist: &Gist) -> bool {
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let near = prefix(&gist.all).into_iter().filter_map(|stem| self.by_stem.get(stem)).flatten();
        let asked = self.by_question.get(&gist.question).into_iter().flatten();
        let answered = self.by_answer.get(&gist.answer).into_iter().flatten();
        let mut candidates = asked.chain(answered).chain(near);
        candidates.any(|&id| seen.insert(id) && self.items[id as usize].is_same(gist))
    }
}

/// The stems that must be shared, the longest first: long words are rare.
fn prefix(all: &[String]) -> Vec<&String> {
    let mut order: Vec<&String> = all.iter().collect();
    order.sort_unstable_by(|one, two| two.len().cmp(&one.len()).then_with(|| one.cmp(two)));
    let needed = (SAME_WORDS * order.len() as f64).ceil() as usize;
    order.truncate(order.len() - needed.min(order.len()) + 1);
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::words::{Stems, words};
    use crate::text::Language;

    fn gist(question: &str, answer: &str) -> Gist {
        let read = |text| words(text, Language::English, &mut Stems::default());
        Gist::of(&read(question), &read(answer))
    }

    fn check(one: (&str, &str), two: (&str, &str), same: bool) {
        let mut index = Index::default();
        index.insert(gist("What is the capital of France?", "Paris"));
        index.insert(gist(one.0, one.1));
        assert_eq!(index.holds(&gist(two.0, two.1)), same, "{one:?} {two:?}");
    }

    #[test]
    fn the_same_item_in_other_words_is_the_same() {
        check(("What is osmosis?", "The movement of water"), ("Define osmosis.", "Movement of water"), true);
        check(("What do ribosomes make?", "Proteins"), ("What does a ribosome make?", "protein"), true);
        check(
            ("Which organelle makes proteins in the cell?", "The ribosome"),
            ("Which organelle in a cell makes proteins?", "Ribosomes"),
            true,
        );
    }

    #[test]
    fn a_mirror_image_is_another_item() {
        check(
            ("What is osmosis?", "The movement of water"),
            ("What is the movement of water?", "Osmosis"),
            false,
        );
    }

    #[test]
    fn items_that_differ_in_a_number_a_name_or_a_denial_are_different() {
        check(
            ("What happened in 1945?", "The war ended"),
            ("What happened in 1946?", "The war ended"),
            false,
        );
        check(("Is a virus alive?", "No"), ("Is a prion alive?", "No"), false);
        check(
            ("Which cells have a nucleus?", "Eukaryotes"),
            ("Which cells do not have a nucleus?", "Eukaryotes"),
            false,
        );
        check(
            ("What is mitosis?", "Division of a nucleus"),
            ("What is meiosis?", "Division of a nucleus"),
            false,
        );
    }
}
