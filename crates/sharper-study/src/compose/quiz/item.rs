//! An item: a card, its passage, and the stem and key that a question can be made of.

use sharper_domain::{CardDraft, CardForm, CorrectAnswer, Difficulty, QuestionDraft, QuestionKind};

use super::alone::{has_known_subject, stands_alone};
use super::choice::Options;
use super::definition::defined;
use super::order::Places;
use crate::compose::cloze::GAP;
use crate::compose::distractors::{Bank, Kind, kind_of, without_article};
use crate::compose::fronts::capital;
use crate::grammar::Line;
use crate::lexicon::{Class, base_of, classify, is_human_deed, is_person_noun};
use crate::text::{Language, key};

/// Most common (0 to 9) that the rarest word of a gap may be.
const RARE: f32 = 4.0;

/// Sentences that name a thing which notes take for known.
const NAMED: usize = 2;

/// A card about to be asked as a question.
#[derive(Debug)]
pub(super) struct Item<'b> {
    /// The card.
    pub(super) draft: CardDraft,
    /// The terms of its text.
    pub(super) bank: &'b Bank<'b>,
    /// The sentence it stands on, when it stands on one.
    pub(super) line: Option<&'b Line<'b>>,
    /// The term that it defines, as a definition's question names it.
    pub(super) term: Option<String>,
}

impl<'b> Item<'b> {
    pub(super) fn new(bank: &'b Bank<'b>, draft: CardDraft) -> Self {
        let line = bank.line_at(draft.span);
        let sound = defined(line, &draft);
        let term = sound.as_ref().map(|sound| sound.term.clone());
        let draft = match sound {
            Some(sound) => CardDraft { answer: sound.meaning, ..draft },
            None => draft,
        };
        Item { line, term, bank, draft }
    }

    /// The stem whose answer is a term: the card's own question, or the meaning turned into one.
    pub(super) fn stem(&self) -> Option<(String, String)> {
        let Some(term) = &self.term else {
            let asks = self.draft.form != CardForm::Definition
                && !leans(&self.draft.question)
                && !is_broken(&self.draft.question)
                && self.line.is_none_or(|line| self.is_told_apart(line))
                && self.is_familiar(&self.draft.answer)
                && !is_anyone(&self.draft.answer);
            return asks.then(|| {
                let stem = self.personal().replace(&format!(" a {GAP}"), &format!(" a(n) {GAP}"));
                let stem = stem.replace(&format!(" an {GAP}"), &format!(" a(n) {GAP}"));
                (stem, self.draft.answer.clone())
            });
        };
        let bare = without_article(term);
        if self.draft.question.starts_with("Who ") {
            let described = crate::grammar::lower_first(&self.draft.answer);
            let named = ["a ", "an ", "the ", "one "].iter().any(|article| described.starts_with(article));
            return named.then(|| (format!("Who was {described}?"), bare.to_owned()));
        }
        let what = if kind_of(bare) == Kind::Name { "name" } else { "term" };
        let stem = format!("Which {what} fits the description “{}”?", self.draft.answer);
        (describes(&self.draft.answer) && !tells(bare, &self.draft.answer)).then(|| (stem, capital(bare)))
    }

    /// Whether a question on a sentence says of what it asks: a gap needs a sentence that stands alone, a question a
    /// subject that is known, and one that describes its answer nothing more.
    fn is_told_apart(&self, line: &Line<'_>) -> bool {
        match self.draft.form {
            CardForm::Cloze => stands_alone(line, self.bank),
            CardForm::Term => true,
            _ => {
                self.draft.question.starts_with("What does ") && self.draft.question.ends_with(" stand for?")
                    || has_known_subject(line, self.bank)
            }
        }
    }

    /// The card's question, asking "Who" where the answer is a person or does what only people do.
    fn personal(&self) -> String {
        let question = &self.draft.question;
        let mut words = question.split_whitespace();
        let asks = words.next() == Some("What");
        let deed = words.next().and_then(base_of).is_some_and(|base| is_human_deed(&base));
        let bare = without_article(&self.draft.answer);
        let person = self.bank.is_person(bare)
            || bare.split(' ').any(|word| is_person_noun(&word.to_lowercase()))
            || words.next() == Some("that");
        // "Who argues that values are cognitive?" of a teaching.
        let taught = ["ism", "theory", "doctrine"].iter().any(|ending| bare.ends_with(ending));
        if taught && question.starts_with("Who ") {
            return question.replacen("Who", "What", 1);
        }
        if asks && deed && person { question.replacen("What", "Who", 1) } else { question.clone() }
    }

    /// The section it stands in.
    pub(super) fn section(&self) -> Option<usize> {
        self.line.map(|line| line.document.sentences[line.sentence].section)
    }

    /// Whether an answer is short and of a kind that has rivals: a term of the notes, a name, a number or a year.
    pub(super) fn is_short(&self, answer: &str) -> bool {
        let bare = without_article(answer);
        let ordinal =
            classify(&bare.split_whitespace().next().unwrap_or_default().to_lowercase()) == Class::Numeral;
        let known = self.bank.get(&key(bare, Language::English)).is_some();
        if self.draft.form == CardForm::Cloze && !self.is_worth_a_gap(bare) {
            return false;
        }
        match kind_of(answer) {
            Kind::Year => true,
            Kind::Number => matches!(self.draft.form, CardForm::Number | CardForm::Date | CardForm::Cloze),
            Kind::Name => known,
            Kind::Term | Kind::Adjective => {
                !ordinal && (known || self.term.is_some()) && bare.split(' ').count() <= 4
            }
            Kind::Phrase => false,
        }
    }

    /// Whether a gap asks for a term that the notes are about, not for any word of a sentence or part of a name.
    fn is_worth_a_gap(&self, bare: &str) -> bool {
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let known = self.bank.get(&key(bare, Language::English));
        // "Maryland, the _____, and elsewhere": any member of the list would do.
        let listed = self.draft.question.split_once(GAP).is_some_and(|(before, after)| {
            let before = before.trim_end();
            let before = [" the", " a", " an"]
                .iter()
                .find_map(|article| before.strip_suffix(article))
                .unwrap_or(before)
                .trim_end();
            before.ends_with(", and")
                || before.ends_with(", or")
                || before.ends_with(',') && after.starts_with([',', '.'])
        });
        let torn = listed
            || self.draft.question.split_once(GAP).is_some_and(|(before, after)| {
                let last = before.split_whitespace().last().unwrap_or_default();
                let next = after.split_whitespace().next().unwrap_or_default();
                bare.starts_with(char::is_uppercase)
                    && last.starts_with(char::is_uppercase)
                    && !before.trim_end().ends_with(',')
                    && before.split_whitespace().count() > 1
                    || last.ends_with('-')
                    || next.starts_with(char::is_uppercase) && !after.starts_with([',', '.', ';', ':'])
            });
        letters >= 3
            && !torn
            && known.is_some_and(|term| {
                term.key_term && term.commonness <= RARE && !term.adjective
                    || term.name && term.places.len() >= NAMED
            })
    }

    /// Whether an answer with "the" is known by that name, and not only on its page: no "the trait".
    fn is_familiar(&self, answer: &str) -> bool {
        let bare = without_article(answer);
        let lone = answer.to_lowercase().starts_with("the ") && !bare.contains(" of ");
        let term = self.bank.get(&key(bare, Language::English));
        !lone
            || term
                .is_none_or(|term| term.key_term || term.name || term.words > 1 && term.places.len() >= NAMED)
                && (term.is_some() || bare.contains(char::is_uppercase))
    }

    /// The passage that shows the right answer, as plain text.
    fn passage(&self) -> String {
        let document = self.bank.document;
        let span = self.draft.span;
        let parts: Vec<&str> = document
            .sentences
            .iter()
            .filter(|sentence| sentence.span.start < span.end && span.start < sentence.span.end)
            .map(|sentence| document.sentence_text(sentence).trim())
            .collect();
        if parts.is_empty() || self.draft.form == CardForm::Definition && self.line.is_none() {
            let subject = self.term.as_deref().unwrap_or(&self.draft.question);
            return format!("{}: {}", capital(subject), self.draft.answer);
        }
        parts.join(" ").replace(['\n', '\t'], " ")
    }

    /// A multiple choice with these options.
    pub(super) fn choice(&self, options: Options, places: &mut Places) -> QuestionDraft {
        let shuffled = places.shuffled(&options.key, options.wrong);
        let mut question =
            self.question(QuestionKind::MultipleChoice, options.stem, CorrectAnswer::Text(options.key));
        question.options = shuffled;
        question
    }

    /// A question on this item without options.
    pub(super) fn question(
        &self,
        kind: QuestionKind,
        question: String,
        answer: CorrectAnswer,
    ) -> QuestionDraft {
        let difficulty = match kind {
            QuestionKind::TrueFalse => Difficulty::Easy,
            QuestionKind::ShortAnswer if self.term.is_some() => Difficulty::Hard,
            QuestionKind::MultipleChoice if self.term.is_some() => Difficulty::Medium,
            _ => self.draft.difficulty,
        };
        QuestionDraft {
            kind,
            question,
            options: Vec::new(),
            correct_answer: answer,
            acceptable_answers: Vec::new(),
            explanation: self.passage(),
            points: match difficulty {
                Difficulty::Easy => 1,
                Difficulty::Medium => 2,
                Difficulty::Hard => 3,
            },
            rubric: Vec::new(),
            section: None,
            topic: self.draft.topic.clone(),
            difficulty,
            text: self.draft.text,
            span: self.draft.span,
        }
    }
}

/// Whether a question needs the page it stood on, or quotes a whole sentence as if it described something.
fn leans(question: &str) -> bool {
    const LINKS: [&str; 11] = [
        "on the other hand",
        "however",
        "nevertheless",
        "therefore",
        "recall",
        "moreover",
        "for instance",
        "as mentioned",
        "which term fits",
        "for example",
        "sometimes",
    ];
    let lower = question.to_lowercase();
    let torn = lower.ends_with(":.") || lower.ends_with(" v.") || lower.contains(".”");
    let hollow = ["what is that ", "what is when ", "what is often "];
    torn || lower.ends_with(",?")
        || hollow.iter().any(|start| lower.starts_with(start))
        || LINKS.iter().any(|link| lower.contains(link))
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "we" | "our" | "us" | "let" | "you"))
}

/// Whether an answer names people who could be said to think or say anything.
fn is_anyone(answer: &str) -> bool {
    const ANYONE: &str = "scholars researchers scientists historians critics people experts authors observers others many \
                          some writers students individuals proponents opponents supporters advocates respondents";
    ANYONE.split_whitespace().any(|anyone| answer.eq_ignore_ascii_case(anyone))
}

/// Whether a question is no English one: it asks in the middle, or has no subject to its verb.
fn is_broken(question: &str) -> bool {
    let words: Vec<String> = question
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect();
    let class = |i: usize| words.get(i).map_or(Class::Noun, |word| classify(word));
    let says = |i: usize| matches!(class(i), Class::Be | Class::Have | Class::Modal | Class::Do);
    let asks = |word: &str| matches!(word, "what" | "who");
    let inside = words.iter().skip(1).any(|word| asks(word)) && !words.iter().any(|word| word == "during");
    let lead = question.find(", what ").or_else(|| question.find(", who "));
    let first = words.first().is_some_and(|word| asks(word));
    // "What demanded has fallen", "What what"
    let denied = [
        ", of course",
        " then ",
        " these ",
        " those ",
        " also ",
        " the other ",
        " another ",
        ", and",
        "; ",
        " is one ",
        " are one ",
        " what is where ",
    ];
    let dated = words[0] == "when" && matches!(words.get(1).map(String::as_str), Some("do" | "does"));
    inside && lead.is_none()
        || dated
        || words.iter().any(|word| word == "hads" || word == "dids")
        // "Who emerges in crises and offer solutions?"
        || first && (3..words.len()).any(|i| words[i - 1] == "and" && class(i) == Class::VerbBase && class(1) == Class::VerbThird)
        || first && class(1) == Class::VerbPast && says(2)
        || denied.iter().any(|word| question.contains(word))
        || lead.is_some_and(|at| leads_back(&question[..at]))
}

/// Whether a question opens in a case that only the page knows.
fn leads_back(lead: &str) -> bool {
    let lower = lead.to_lowercase();
    [
        "each", "both", "either", "second", "this", "that", "such", "these", "other", "fact", "case", "turn",
        "response",
    ]
    .iter()
    .any(|word| lower.split(' ').any(|other| other == *word))
}

/// Whether a meaning is enough to tell its term by: it opens like a description and is not true of many things.
fn describes(meaning: &str) -> bool {
    const MANY: [&str; 18] = [
        "a component of ",
        "a member of ",
        "a source of ",
        "the result of ",
        "the most ",
        "a term ",
        "one of ",
        "an example",
        "a type of ",
        "a form of ",
        "a kind of ",
        "part of ",
        "among ",
        "an important ",
        "a unique ",
        "an ideal ",
        "a major ",
        "a good ",
    ];
    let lower = meaning.to_lowercase();
    let words = lower.split_whitespace().count();
    let opens = match classify(lower.split_whitespace().next().unwrap_or_default()) {
        Class::Determiner => true,
        Class::Adverb | Class::Wh | Class::Subordinator | Class::Preposition | Class::Pronoun | Class::To => {
            false
        }
        Class::Be | Class::Have | Class::Do | Class::Modal | Class::Negation | Class::Conjunction => false,
        Class::VerbPast | Class::VerbThird | Class::VerbBase => false,
        _ => !meaning.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase)),
    };
    // A whole clause says something of its own subject, not of the term.
    let clause = lower
        .split_whitespace()
        .map(classify)
        .take_while(|class| *class != Class::Wh && *class != Class::Subordinator)
        .any(|class| matches!(class, Class::Be | Class::Modal));
    opens
        && !clause
        && words >= 4
        && !leans(meaning)
        && !lower.starts_with("also ")
        && (words >= 10 || !MANY.iter().any(|many| lower.starts_with(many)))
}

/// Whether a meaning tells its term: it has one of its words, other than the noun that all of its kind end in
/// ("marginal cost", "the cost of one more unit").
pub(super) fn tells(term: &str, meaning: &str) -> bool {
    match term.rsplit_once(' ') {
        Some((front, head)) if !head.ends_with("ing") => shares_words(front, meaning),
        _ => shares_words(term, meaning),
    }
}

/// Whether a term shares a content word with a text, or begins with the same five letters as one of its words.
pub(super) fn shares_words(term: &str, text: &str) -> bool {
    let words = key(text, Language::English);
    key(term, Language::English).split(' ').filter(|word| word.len() > 2).any(|word| {
        words.split(' ').any(|other| {
            let root = |text: &str| text.chars().take(5).collect::<String>();
            other == word || word.chars().count() >= 5 && root(other) == root(word)
        })
    })
}
