//! Faults: a good draft made bad in one way, as a model might get it wrong. Seeded: the same seed, the same faults.

use sharper_domain::{CorrectAnswer, Draft, QuestionDraft, QuestionKind, Span};

use super::pool::{DANGLING, Dice, FOREIGN, ORDERS, OUTSIDE, UNSAFE, names_of};

/// A way in which an item can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultClass {
    /// A part is empty.
    MissingField,
    /// An option that is right as well.
    TwoKeys,
    /// Two options that say the same.
    IdenticalOptions,
    /// The key is none of the options.
    KeyNotAmongOptions,
    /// The stem says the answer.
    AnswerInStem,
    /// The quote is not in the notes.
    FabricatedQuote,
    /// Another number.
    ChangedNumber,
    /// Another name.
    ChangedName,
    /// A denial put in or taken out.
    NegationFlipped,
    /// Another language than the notes'.
    WrongLanguage,
    /// The same as an item before it, in other words.
    NearDuplicate,
    /// The same as what the student has.
    AlreadyKnown,
    /// Not fit for students.
    Unsafe,
    /// Tags, code, Markdown.
    Markup,
    /// An order in the place of a sentence.
    Instruction,
    /// It refers to a page that is not there.
    DanglingReference,
    /// Too long to study.
    TooLong,
    /// A claim that sounds right and does not stand in the notes.
    UnsupportedClaim,
    /// A word explained by itself.
    CircularDefinition,
    /// A true statement keyed false, or a false one keyed true.
    WrongTruth,
}

impl FaultClass {
    /// All of them.
    pub const ALL: [FaultClass; 20] = [
        FaultClass::MissingField,
        FaultClass::TwoKeys,
        FaultClass::IdenticalOptions,
        FaultClass::KeyNotAmongOptions,
        FaultClass::AnswerInStem,
        FaultClass::FabricatedQuote,
        FaultClass::ChangedNumber,
        FaultClass::ChangedName,
        FaultClass::NegationFlipped,
        FaultClass::WrongLanguage,
        FaultClass::NearDuplicate,
        FaultClass::AlreadyKnown,
        FaultClass::Unsafe,
        FaultClass::Markup,
        FaultClass::Instruction,
        FaultClass::DanglingReference,
        FaultClass::TooLong,
        FaultClass::UnsupportedClaim,
        FaultClass::CircularDefinition,
        FaultClass::WrongTruth,
    ];
}

/// A draft made bad.
#[derive(Debug, Clone, PartialEq)]
pub struct SpoiledDraft {
    /// In which way.
    pub class: FaultClass,
    /// The draft. Of a made-up quote, its span is empty: such a quote stands nowhere.
    pub draft: Draft,
    /// The quote as a model would give it, where it is made up.
    pub quote: Option<String>,
}

/// Spoils drafts that were made from some notes.
#[derive(Debug, Clone)]
pub struct Spoiler {
    dice: Dice,
    notes: Vec<String>,
    names: Vec<String>,
}

impl Spoiler {
    /// For drafts from these notes.
    pub fn new(notes: &[&str], seed: u64) -> Spoiler {
        Spoiler {
            dice: Dice(seed),
            notes: notes.iter().map(|&note| note.to_owned()).collect(),
            names: names_of(notes),
        }
    }

    /// The draft, bad in one way; `None` where such a draft cannot be bad in this way (a card has no options).
    ///
    /// A [`FaultClass::NearDuplicate`] and a [`FaultClass::AlreadyKnown`] are bad only after the draft itself was
    /// accepted, or is known.
    pub fn spoil(&mut self, draft: &Draft, class: FaultClass) -> Option<SpoiledDraft> {
        let mut bad = draft.clone();
        let mut quote = None;
        match class {
            FaultClass::MissingField => self.empty(&mut bad),
            FaultClass::TwoKeys => self.second_key(choice(&mut bad)?)?,
            FaultClass::IdenticalOptions => self.repeat_option(choice(&mut bad)?)?,
            FaultClass::KeyNotAmongOptions => self.lose_key(choice(&mut bad)?),
            FaultClass::AnswerInStem => self.tell(&mut bad)?,
            FaultClass::FabricatedQuote => quote = Some(self.make_up_quote(&mut bad)?),
            FaultClass::ChangedNumber => self.change(&mut bad, &|_, word| word.parse::<u32>().is_ok())?,
            FaultClass::ChangedName => self.change(&mut bad, &|names, word| names.iter().any(|one| one == word))?,
            FaultClass::NegationFlipped => flip(&mut bad)?,
            FaultClass::WrongLanguage => self.translate(&mut bad),
            FaultClass::NearDuplicate | FaultClass::AlreadyKnown => reword(&mut bad),
            FaultClass::Unsafe => self.append(&mut bad, UNSAFE),
            FaultClass::Markup => self.mark_up(&mut bad),
            FaultClass::Instruction => self.append(&mut bad, ORDERS),
            FaultClass::DanglingReference => self.dangle(&mut bad)?,
            FaultClass::TooLong => lengthen(&mut bad),
            FaultClass::UnsupportedClaim => self.claim(&mut bad),
            FaultClass::CircularDefinition => circle(&mut bad)?,
            FaultClass::WrongTruth => match question(&mut bad)?.correct_answer {
                CorrectAnswer::Truth(ref mut truth) => *truth = !*truth,
                CorrectAnswer::Text(_) => return None,
            },
        }
        (bad != *draft || quote.is_some()).then_some(SpoiledDraft { class, draft: bad, quote })
    }

    fn empty(&mut self, draft: &mut Draft) {
        let first = self.dice.below(2) == 0;
        match draft {
            Draft::Question(question) if !first && question.kind == QuestionKind::TrueFalse => {
                question.explanation.clear();
            }
            _ => {
                let (one, two) = sides(draft);
                let text = match two {
                    Some(two) if !first => two,
                    _ => one,
                };
                *text = " ".to_owned();
            }
        }
    }

    fn second_key(&mut self, question: &mut QuestionDraft) -> Option<()> {
        let key = question.correct_answer.as_str().to_owned();
        let also = match self.dice.below(4) {
            0 => format!("a kind of {key}"),
            1 => "All of the above".to_owned(),
            2 => format!("{key} and its parts"),
            _ => format!("mostly {key}"),
        };
        *self.distractor(question)? = also;
        Some(())
    }

    fn repeat_option(&mut self, question: &mut QuestionDraft) -> Option<()> {
        let from = self.dice.pick(&question.options).clone();
        let said = match self.dice.below(3) {
            0 => format!("The {from}"),
            1 => format!("{from}."),
            _ => from.to_uppercase(),
        };
        let other = question.options.iter().position(|one| *one != from && one != question.correct_answer.as_str())?;
        question.options[other] = said;
        Some(())
    }

    fn lose_key(&mut self, question: &mut QuestionDraft) {
        let key = question.correct_answer.as_str();
        let other = match self.dice.below(3) {
            0 => format!("{key} "),
            1 => format!("The {key}"),
            _ => "Photolithography".to_owned(),
        };
        question.correct_answer = CorrectAnswer::Text(other);
    }

    fn distractor<'q>(&mut self, question: &'q mut QuestionDraft) -> Option<&'q mut String> {
        let key = question.correct_answer.as_str().to_owned();
        question.options.iter_mut().find(|option| **option != key)
    }

    fn tell(&mut self, draft: &mut Draft) -> Option<()> {
        let ways = ["(It is {}.)", "Remember: {}.", "Hint: {}."];
        let way = *self.dice.pick(&ways);
        let answers = match draft {
            Draft::Card(_) => true,
            Draft::Question(question) => {
                matches!(question.kind, QuestionKind::MultipleChoice | QuestionKind::ShortAnswer)
            }
            _ => false,
        };
        let (stem, Some(answer)) = sides(draft) else { return None };
        if !answers {
            return None;
        }
        let hint = way.replace("{}", answer);
        stem.push(' ');
        stem.push_str(&hint);
        Some(())
    }

    fn make_up_quote(&mut self, draft: &mut Draft) -> Option<String> {
        let (text, span) = place(draft)?;
        let said = self.notes.get(text)?.get(span.start..span.end)?;
        let words: Vec<&str> = said.split(' ').collect();
        let at = self.dice.below(words.len());
        let mut made = words.clone();
        made[at] = "certainly";
        let made = if self.dice.below(3) == 0 { (*self.dice.pick(OUTSIDE)).to_owned() } else { made.join(" ") };
        for (_, span) in places(draft) {
            *span = Span { start: 0, end: 0 };
        }
        Some(made)
    }

    /// Another number or name in the place of one.
    fn change(&mut self, draft: &mut Draft, is: &dyn Fn(&[String], &str) -> bool) -> Option<()> {
        if matches!(draft, Draft::Question(q) if q.correct_answer == CorrectAnswer::Truth(false))
            || matches!(draft, Draft::Finding(_) | Draft::Topic(_))
        {
            return None;
        }
        let quote = place(draft).and_then(|(text, span)| self.notes.get(text)?.get(span.start..span.end))?.to_owned();
        let whole = { let (one, two) = sides(draft); format!("{one} {}", two.map_or("", |two| two)) };
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("’s").to_owned();
        let found: Vec<String> =
            whole.split_whitespace().map(bare).filter(|word| is(&self.names, word) && quote.contains(word)).collect();
        if found.is_empty() {
            return None;
        }
        let old = self.dice.pick(&found).clone();
        let new = match old.parse::<u32>() {
            Ok(number) => match self.dice.below(3) {
                0 => (number + 1).to_string(),
                1 => (number + 10).to_string(),
                _ => (number * 10 + 3).to_string(),
            },
            Err(_) => {
                let others: Vec<&String> =
                    self.names.iter().filter(|name| !quote.contains(*name) && !whole.contains(*name)).collect();
                (*others.get(self.dice.below(others.len()))?).clone()
            }
        };
        if let Draft::Question(question) = draft {
            if question.kind == QuestionKind::MultipleChoice {
                let key = question.correct_answer.as_str().to_owned();
                question.options.iter_mut().filter(|option| **option == key).for_each(|option| *option = option.replace(&old, &new));
            }
            question.acceptable_answers.clear();
        }
        let (one, two) = sides(draft);
        *one = one.replace(&old, &new);
        if let Some(two) = two {
            *two = two.replace(&old, &new);
        }
        Some(())
    }

    fn translate(&mut self, draft: &mut Draft) {
        let &(asked, said) = self.dice.pick(FOREIGN);
        if let Draft::Question(question) = draft {
            question.acceptable_answers.clear();
            let key = question.correct_answer.as_str().to_owned();
            question.options.iter_mut().filter(|option| **option == key).for_each(|option| *option = said.to_owned());
        }
        let (one, two) = sides(draft);
        *one = asked.to_owned();
        if let Some(two) = two {
            *two = said.to_owned();
        }
    }

    fn append(&mut self, draft: &mut Draft, what: &[&str]) {
        let what = *self.dice.pick(what);
        let instead = self.dice.below(3) == 0;
        if let Draft::Question(question) = draft {
            question.explanation.push(' ');
            question.explanation.push_str(what);
            return;
        }
        let text = match (sides(draft), self.dice.below(2)) {
            ((_, Some(two)), 0) => two,
            ((one, _), _) => one,
        };
        *text = if instead { what.to_owned() } else { format!("{text} {what}") };
    }

    fn mark_up(&mut self, draft: &mut Draft) {
        let text = match (sides(draft), self.dice.below(2)) {
            ((_, Some(two)), 0) => two,
            ((one, _), _) => one,
        };
        let said = text.clone();
        *text = match self.dice.below(5) {
            0 => format!("<b>{said}</b>"),
            1 => format!("{said}<script>alert(1)</script>"),
            2 => format!("**{said}**"),
            3 => format!("```{said}```"),
            _ => format!("{said} <img src=x onerror=alert(1)>"),
        };
        if let Draft::Question(question) = draft
            && question.kind == QuestionKind::MultipleChoice
            && let CorrectAnswer::Text(key) = &question.correct_answer
            && let Some(option) = question.options.iter_mut().find(|option| **option == said)
        {
            option.clone_from(key);
        }
    }

    fn dangle(&mut self, draft: &mut Draft) -> Option<()> {
        let what = *self.dice.pick(DANGLING);
        match draft {
            Draft::Question(question) if question.kind == QuestionKind::TrueFalse => {
                question.question = format!("{} as shown in the figure above.", question.question.trim_end_matches('.'));
            }
            Draft::Card(_) | Draft::Question(_) => {
                let (stem, _) = sides(draft);
                *stem = if self.dice.below(2) == 0 {
                    what.to_owned()
                } else {
                    format!("According to the passage, {stem}")
                };
            }
            Draft::Finding(_) | Draft::Topic(_) => return None,
            _ => {
                let (one, two) = sides(draft);
                let text = match two {
                    Some(two) if matches!(self.dice.below(2), 0) && !two.is_empty() => two,
                    _ => one,
                };
                *text = format!("{} as shown in the figure above.", text.trim_end_matches('.'));
            }
        }
        Some(())
    }

    fn claim(&mut self, draft: &mut Draft) {
        let claim = *self.dice.pick(OUTSIDE);
        if let Draft::Question(question) = draft {
            let key = question.correct_answer.as_str().to_owned();
            question.options.iter_mut().filter(|option| **option == key).for_each(|option| *option = claim.to_owned());
        }
        let instead = self.dice.below(2) == 0;
        let (one, two) = sides(draft);
        let asks = two.is_some();
        let text = two.unwrap_or(one);
        *text = if instead || asks { claim.to_owned() } else { format!("{} because {claim}.", text.trim_end_matches('.')) };
    }
}

/// The two texts of a draft: what it asks or says, and what it answers; a statement has one.
fn sides(draft: &mut Draft) -> (&mut String, Option<&mut String>) {
    match draft {
        Draft::Card(card) => (&mut card.question, Some(&mut card.answer)),
        Draft::Question(question) => match &mut question.correct_answer {
            CorrectAnswer::Text(text) => (&mut question.question, Some(text)),
            CorrectAnswer::Truth(_) => (&mut question.question, None),
        },
        Draft::Point(point) => (&mut point.point, None),
        Draft::Term(term) => (&mut term.term, Some(&mut term.definition)),
        Draft::Statement(statement) => (&mut statement.text, None),
        Draft::Finding(finding) => (&mut finding.point, None),
        Draft::Topic(topic) => (&mut topic.why, None),
    }
}

fn places(draft: &mut Draft) -> Vec<(usize, &mut Span)> {
    match draft {
        Draft::Card(card) => vec![(card.text, &mut card.span)],
        Draft::Question(question) => vec![(question.text, &mut question.span)],
        Draft::Point(point) => point.sources.iter_mut().map(|one| (one.text, &mut one.span)).collect(),
        Draft::Term(term) => vec![(term.source.text, &mut term.source.span)],
        Draft::Statement(statement) => statement.sources.iter_mut().map(|one| (one.text, &mut one.span)).collect(),
        Draft::Finding(finding) => finding.sources.iter_mut().map(|one| (one.text, &mut one.span)).collect(),
        Draft::Topic(topic) => vec![(topic.source.text, &mut topic.source.span)],
    }
}

fn place(draft: &mut Draft) -> Option<(usize, Span)> {
    places(draft).into_iter().next().map(|(text, span)| (text, *span))
}

fn question(draft: &mut Draft) -> Option<&mut QuestionDraft> {
    match draft {
        Draft::Question(question) => Some(question),
        _ => None,
    }
}

fn choice(draft: &mut Draft) -> Option<&mut QuestionDraft> {
    question(draft).filter(|question| question.kind == QuestionKind::MultipleChoice)
}

/// Puts "not" behind the first auxiliary, or takes the first denial out.
fn flip(draft: &mut Draft) -> Option<()> {
    const AUXILIARIES: &[&str] =
        &["is", "are", "was", "were", "can", "has", "have", "had", "will", "may", "must", "should", "could"];
    if matches!(draft, Draft::Question(q) if q.correct_answer == CorrectAnswer::Truth(false))
        || matches!(draft, Draft::Finding(_) | Draft::Topic(_))
    {
        return None;
    }
    let (one, two) = sides(draft);
    let text = two.filter(|two| two.split(' ').count() > 4).unwrap_or(one);
    let mut words: Vec<&str> = text.split(' ').collect();
    if let Some(at) = words.iter().position(|word| matches!(*word, "not" | "no" | "never" | "cannot")) {
        if words[at] == "cannot" {
            words[at] = "can";
        } else {
            words.remove(at);
        }
    } else {
        let at = words.iter().skip(1).position(|word| AUXILIARIES.contains(word))? + 1;
        words.insert(at + 1, "not");
    }
    *text = words.join(" ");
    if matches!(draft, Draft::Question(q) if q.kind == QuestionKind::MultipleChoice && !q.options.iter().any(|o| o == q.correct_answer.as_str())) {
        return None;
    }
    Some(())
}

/// The same in a slightly other wording.
fn reword(draft: &mut Draft) {
    let (one, _) = sides(draft);
    *one = match one.strip_prefix("What is ") {
        Some(rest) => format!("What exactly is {rest}"),
        None => format!("{}  ", one.replace(" a ", " the ")),
    };
}

fn lengthen(draft: &mut Draft) {
    let (one, two) = sides(draft);
    let text = two.unwrap_or(one);
    *text = vec![text.as_str(); 200].join(" and ");
    if let Draft::Question(question) = draft
        && question.kind == QuestionKind::MultipleChoice
    {
        question.options[0] = question.correct_answer.as_str().to_owned();
    }
}

/// "What is X?" answered with X.
fn circle(draft: &mut Draft) -> Option<()> {
    match draft {
        Draft::Card(card) => {
            let term = ["What is ", "What are "].iter().find_map(|front| card.question.strip_prefix(front))?;
            let term = term.strip_suffix('?')?.to_owned();
            card.answer = format!("{} is the kind of thing that {term} is", term.trim_start_matches("the "));
        }
        Draft::Term(term) => term.definition = format!("The thing that is known as {}.", term.term),
        _ => return None,
    }
    Some(())
}
