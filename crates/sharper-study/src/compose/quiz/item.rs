//! An item: a card, its passage, and the stem and key that a question can be made of.

use sharper_domain::{CardDraft, CardForm, CorrectAnswer, Difficulty, QuestionDraft, QuestionKind};

use super::choice::Options;
use super::order::Places;
use crate::compose::cloze::GAP;
use crate::compose::distractors::{Bank, without_article};
use crate::compose::fronts::capital;
use crate::grammar::Line;
use crate::text::{Language, key};

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
        let term = defined(&draft);
        let at = bank.document.sentences.iter().position(|sentence| sentence.span == draft.span);
        Item { line: at.and_then(|at| bank.lines.get(at)), term, bank, draft }
    }

    /// The stem whose answer is a term: the card's own question, or the meaning turned into one.
    pub(super) fn stem(&self) -> Option<(String, String)> {
        let Some(term) = &self.term else {
            return (self.draft.form != CardForm::Definition).then(|| {
                let stem = self.draft.question.replace(&format!(" a {GAP}"), &format!(" a(n) {GAP}"));
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
        let stem = format!("Which term fits the description “{}”?", self.draft.answer);
        (!shares_words(bare, &self.draft.answer)).then(|| (stem, capital(bare)))
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
        let mut question = self.question(QuestionKind::MultipleChoice, options.stem, CorrectAnswer::Text(options.key));
        question.options = shuffled;
        question
    }

    /// A question on this item without options.
    pub(super) fn question(&self, kind: QuestionKind, question: String, answer: CorrectAnswer) -> QuestionDraft {
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
            topic: self.draft.topic.clone(),
            difficulty,
            text: self.draft.text,
            span: self.draft.span,
        }
    }
}

/// The term of a definition's question: "What is a membrane?" asks about "a membrane".
pub(super) fn defined(draft: &CardDraft) -> Option<String> {
    if draft.form != CardForm::Definition {
        return None;
    }
    const FRONTS: [&str; 8] =
        ["What is ", "What are ", "What was ", "What were ", "Who is ", "Who are ", "Who was ", "Who were "];
    let rest = FRONTS.iter().find_map(|front| draft.question.strip_prefix(front));
    let term = match rest {
        Some(rest) => rest.strip_suffix('?')?,
        None if draft.question.contains('?') => return None,
        None => &draft.question,
    };
    (!term.trim().is_empty()).then(|| term.trim().to_owned())
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
