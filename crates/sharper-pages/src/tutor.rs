//! `GET /tutor` and `GET /tutor/{session_id}`: a conversation in which every statement names its passages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use sharper_domain::{Choice, Citation, NoteId, SessionId, Source, Statement, Timestamp};

use crate::making::item_words;
use crate::{End, Frame, Locale, Making, ProblemPage, kind};

/// The page of the tutor.
#[derive(Debug, Clone, Template)]
#[template(path = "tutor.html")]
pub struct TutorPage {
    /// What is around it.
    pub frame: Frame,
    /// The conversation; `None` before the first question.
    pub session: Option<SessionId>,
    /// What was said, in order.
    pub turns: Vec<Turn>,
    /// A question that is being answered, or was not answered by a reply.
    pub pending: Option<Pending>,
    /// Other conversations, the last first; those that hold what is looked for, where something is.
    pub others: Vec<Conversation>,
    /// What is looked for among them.
    pub search: String,
    /// The name of this conversation, and whether it was ended.
    pub about: Option<(String, bool)>,
    /// What was typed and could not be taken, and why.
    pub refused: Option<(String, sharper_domain::Problem)>,
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// By the student.
    Student(String),
    /// By the tutor.
    Tutor(Reply),
}

/// A reply: its paragraphs with the numbers of the passages they stand on, and the passages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// The statements; none where the notes do not hold the answer.
    pub paragraphs: Vec<(String, Vec<u32>)>,
    /// What the numbers refer to.
    pub citations: Vec<Citation>,
    /// What it answers.
    pub question: String,
}

/// A question that is being answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// What was asked.
    pub question: String,
    /// What has happened so far.
    pub making: Making,
}

/// A conversation to go back to.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// Which.
    pub session: SessionId,
    /// Its first words.
    pub title: String,
    /// When something was last said.
    pub when: Timestamp,
}

impl Reply {
    /// The statements of a reply, their passages numbered in the order of their first mention.
    pub fn of(question: &str, statements: &[Statement], title_of: impl Fn(&Source) -> String) -> Self {
        let mut citations: Vec<Citation> = Vec::new();
        let mut number = |source: &Source| {
            if let Some(known) = citations.iter().find(|citation| citation.source == *source) {
                return known.number;
            }
            let number = u32::try_from(citations.len()).map_or(u32::MAX, |count| count + 1);
            citations.push(Citation { number, title: title_of(source), source: source.clone() });
            number
        };
        let paragraphs = statements
            .iter()
            .map(|statement| {
                let mut numbers: Vec<u32> = statement.sources.iter().map(&mut number).collect();
                numbers.dedup();
                (statement.text.clone(), numbers)
            })
            .collect();
        Self { paragraphs, citations, question: question.to_owned() }
    }

    /// Words whose passages are not known any more.
    pub fn plain(text: &str) -> Self {
        let paragraphs = text.split("\n\n").map(|part| (part.to_owned(), Vec::new())).collect();
        Self { paragraphs, ..Self::default() }
    }
}

impl Reply {
    /// The notes that it stands on, each once.
    fn notes(&self) -> Vec<NoteId> {
        let mut notes: Vec<NoteId> = Vec::new();
        for citation in &self.citations {
            if !notes.contains(&citation.source.note_id) {
                notes.push(citation.source.note_id);
            }
        }
        notes
    }
}

impl Conversation {
    fn href(&self) -> String {
        kind::conversation(&self.session)
    }
}

impl TutorPage {
    fn running(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.making.end.is_none())
    }

    fn citation(&self, number: &u32) -> Cow<'static, str> {
        self.frame.locale.with("tutor-citation", &[("number", (*number).into())])
    }

    /// What a message that asked for something else has led to.
    fn made(&self) -> Option<(String, Cow<'static, str>)> {
        let session = self.session.as_ref()?;
        match self.pending.as_ref()?.making.end {
            Some(End::Done { kind, id, .. }) => {
                Some((kind::address(kind, id, session), self.frame.locale.of_kind("making-open", kind)))
            }
            _ => None,
        }
    }

    /// What went wrong with the last question: as the event says it in English, else by its code.
    fn failure(&self) -> Option<Cow<'_, str>> {
        match &self.pending.as_ref()?.making.end {
            Some(End::Failed { message, .. }) if self.frame.locale == Locale::En => Some(message.into()),
            Some(End::Failed { code, .. }) => {
                let (title, advice) = ProblemPage::keys(*code);
                Some(format!("{}. {}", self.frame.t(title), self.frame.t(advice)).into())
            }
            _ => None,
        }
    }

    /// What the student is asked before anything is made, and the answers to choose from.
    fn asked(&self) -> Option<&[Choice]> {
        match &self.pending.as_ref()?.making.end {
            Some(End::Asked(asked)) => Some(&asked.options),
            _ => None,
        }
    }

    /// "Osmosis (14 notes)", "All 40 notes".
    fn choice(&self, choice: &Choice) -> Cow<'static, str> {
        match choice.label.as_str() {
            "" => self.frame.locale.n("tutor-choice-all", choice.notes),
            label => {
                let values = [("title", label.into()), ("count", choice.notes.into())];
                self.frame.locale.with("tutor-choice", &values)
            }
        }
    }

    /// The address of this conversation, to do something with it.
    fn here(&self, what: &str) -> String {
        let session = self.session.as_ref().map(kind::conversation).unwrap_or_default();
        format!("{session}/{what}")
    }

    fn typed(&self) -> &str {
        self.refused.as_ref().map_or("", |(typed, _)| typed)
    }

    fn refusal(&self) -> Option<String> {
        let (_, problem) = self.refused.as_ref()?;
        let (title, advice) = ProblemPage::keys(problem.code);
        Some(format!("{}. {}", self.frame.t(title), self.frame.t(advice)))
    }

    fn blank(&self) -> Reply {
        Reply::default()
    }

    fn words(&self) -> BTreeMap<String, String> {
        let locale = self.frame.locale;
        let mut words = item_words(locale);
        let citation = locale.with("tutor-citation", &[("number", "{number}".into())]);
        words.insert("citation".into(), citation.into_owned());
        for (word, key) in
            [("thinking", "tutor-thinking"), ("failed", "making-failed"), ("open", "tutor-open-passage")]
        {
            words.insert(word.into(), locale.t(key).into_owned());
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_has_one_number_however_often_it_is_named() {
        let note_id = NoteId::new(Timestamp::UNIX_EPOCH);
        let source =
            |start: usize| Source { note_id, note_version: 1, start, end: start + 2, quote: "It".into() };
        let said = |text: &str, starts: &[usize]| Statement {
            text: text.into(),
            sources: starts.iter().map(|&start| source(start)).collect(),
            verdict: None,
        };
        let reply = Reply::of("What?", &[said("One.", &[0, 9]), said("Two.", &[9])], |_| "Bio".into());
        assert_eq!(reply.paragraphs, [("One.".into(), vec![1, 2]), ("Two.".into(), vec![2])]);
        assert_eq!((reply.citations.len(), reply.citations[1].title.as_str()), (2, "Bio"));
    }
}
