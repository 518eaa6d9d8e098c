//! The check of one question of a quiz or an exam.

use sharper_domain::{
    CardDraft, CardForm, CorrectAnswer, Draft, Fault, Passage as Place, QuestionDraft, QuestionKind, Scores,
    Verdict,
};

use super::card::Read;
use super::cited::Cited;
use super::item::{ItemJudge, among};
use super::options::options;
use super::prose::is_not_prose;
use super::quality::{self, Seen};
use super::structure::{self, ANSWER_WORDS, EXPLANATION_WORDS, QUESTION_WORDS, is_blank, is_too_long};
use super::words::{Role, Word};
use crate::lexicon::is_asking;
use crate::text::key;

/// How many options a multiple choice may have.
const OPTIONS: std::ops::RangeInclusive<usize> = 3..=6;
/// Longest model answer of an essay, in words.
const ESSAY_WORDS: usize = 300;
/// Share of a question's content words that, in one sentence with an option, make the option right as well.
const ALSO_RIGHT: f64 = 0.7;
/// Stems that ask, beside those that ask everywhere.
const ASKING: [&str; 2] = ["defin", "stand"];

/// Whether a stem of a question only asks.
fn asks(stem: &str) -> bool {
    is_asking(stem) || ASKING.contains(&stem)
}

impl ItemJudge<'_> {
    /// Checks a question.
    pub(super) fn question(&self, question: &QuestionDraft) -> Verdict {
        let mut scores = Scores { safety: 0.0, quality: 0.0, accuracy: 0.0 };
        let mut faults = shape(question);
        if !faults.is_empty() {
            return Verdict { scores, faults };
        }
        let card = as_card(question);
        let mut read = self.cards.read(&card);
        faults.extend(self.choices(question));
        let seen = self.seen(question, &card, &read);
        faults.extend(self.cards.structure(&card, &read, seen));
        scores.quality = quality_of(question, &read, seen);
        read.question.retain(|word| !asks(&word.stem));
        let (accuracy, ungrounded) = self.ground(question, &card, &read);
        scores.accuracy = accuracy;
        faults.extend(ungrounded);
        let draft = Draft::Question(question.clone());
        faults.extend(self.repeats(&draft));
        if self.told.as_ref().is_some_and(|told| told.clashes(question, self.source)) {
            faults.push(Fault::GivesAwayAnother);
        }
        let safety = self.safety(&texts(question));
        scores.safety = safety.score;
        faults.extend((!safety.is_safe).then_some(Fault::Unsafe));
        self.cards.verdict(scores, faults)
    }

    fn seen(&self, question: &QuestionDraft, card: &CardDraft, read: &Read) -> Seen {
        let mut seen = self.cards.see(card, read);
        let asks = matches!(question.kind, QuestionKind::MultipleChoice | QuestionKind::ShortAnswer);
        seen.gives_away = asks && (seen.gives_away || structure::tells(&read.question, &read.answer));
        seen.not_prose |= texts(question).into_iter().any(is_not_prose);
        seen
    }

    /// What is wrong with the options, or with the other ways to write an answer.
    fn choices(&self, question: &QuestionDraft) -> Vec<Fault> {
        let CorrectAnswer::Text(right) = &question.correct_answer else { return Vec::new() };
        match question.kind {
            QuestionKind::MultipleChoice => {
                let texts: Vec<&str> = question.options.iter().map(String::as_str).collect();
                let keys: Vec<bool> = texts.iter().map(|text| text == right).collect();
                let mut faults = options(&texts, &keys, self.source.language());
                let wrong = texts.iter().filter(|text| *text != right);
                if wrong.clone().any(|text| is_evasive(text) || self.is_also_right(text, question, right)) {
                    faults.push(Fault::NotOneKey);
                }
                faults
            }
            QuestionKind::ShortAnswer => {
                let other = question.acceptable_answers.iter().any(|way| self.is_another_answer(way, right));
                other.then_some(Fault::NotOneKey).into_iter().collect()
            }
            QuestionKind::TrueFalse | QuestionKind::Essay => Vec::new(),
        }
    }

    /// Whether an option says the key in other words, or the notes say of it what is asked.
    fn is_also_right(&self, option: &str, question: &QuestionDraft, right: &str) -> bool {
        let language = self.source.language();
        let (one, two) = (key(option, language), key(right, language));
        if !one.is_empty() && !two.is_empty() && (holds(&one, &two) || holds(&two, &one)) {
            return true;
        }
        let (option, right) = (self.source.read(option), self.source.read(right));
        let content = |word: &&Word| word.role == Role::Content;
        let alike = |one: &Word, two: &Word| {
            one.stem == two.stem
                || one.value.is_some() && one.value.map(|v| v.amount) == two.value.map(|v| v.amount)
        };
        let same = |one: &[Word], two: &[Word]| {
            one.iter().filter(content).all(|word| two.iter().any(|other| alike(word, other)))
        };
        if same(&option, &right) && same(&right, &option) && option.iter().any(|word| content(&word)) {
            return true;
        }
        let asked = self.source.read(&question.question);
        let asked: Vec<&Word> =
            asked.iter().filter(content).filter(|word| !asks(&word.stem) && !among(&right, word)).collect();
        self.is_said_of(&option, &asked)
    }

    /// Whether one sentence of the notes holds an option and most of what is asked.
    fn is_said_of(&self, option: &[Word], asked: &[&Word]) -> bool {
        let stems = |words: &mut dyn Iterator<Item = &Word>| -> Vec<Option<u32>> {
            words.map(|word| self.source.stem(&word.stem)).collect()
        };
        let option = stems(&mut option.iter().filter(|word| word.role == Role::Content));
        let Some(option) = option.into_iter().collect::<Option<Vec<u32>>>().filter(|all| !all.is_empty())
        else {
            return false;
        };
        let asked = stems(&mut asked.iter().copied());
        !asked.is_empty()
            && self.source.holding(option[0]).iter().any(|&at| {
                let sentence = &self.source.sentences()[at as usize];
                let said = asked.iter().flatten().filter(|&&stem| sentence.holds(stem)).count();
                sentence.holds_in_a_row(&option) && said as f64 >= ALSO_RIGHT * asked.len() as f64
            })
    }

    /// Whether a way to write the answer says something else: another number, or words that the notes do not join to it.
    fn is_another_answer(&self, way: &str, right: &str) -> bool {
        let (way_words, key_words) = (self.source.read(way), self.source.read(right));
        let figures = |words: &[Word]| -> Vec<f64> {
            words.iter().filter_map(|word| word.value).map(|v| v.amount).collect()
        };
        let (one, two) = (figures(&way_words), figures(&key_words));
        if one != two && !(one.is_empty() || two.is_empty()) {
            return true;
        }
        let denies = |words: &[Word]| words.iter().any(|word| word.role == Role::Negation);
        if denies(&way_words) != denies(&key_words) {
            return true;
        }
        let shared = way_words.iter().any(|word| word.role == Role::Content && among(&key_words, word));
        let initials: String = key_words.iter().filter_map(|word| word.lower.chars().next()).collect();
        let short: String = way_words.iter().filter_map(|word| word.lower.chars().next()).collect();
        let acronym = way.to_lowercase().contains(&initials)
            || right.to_lowercase().contains(&short) && short.len() > 1;
        !shared && !acronym && one.is_empty() && !self.are_joined(&way_words, &key_words)
    }

    /// Whether some word of the one stands beside some word of the other in the notes: "X, also called Y".
    fn are_joined(&self, one: &[Word], two: &[Word]) -> bool {
        let near = |a: &Word, b: &Word| matches!((self.source.stem(&a.stem), self.source.stem(&b.stem)), (Some(a), Some(b)) if self.source.near(a, b));
        one.iter().any(|a| two.iter().any(|b| near(a, b)))
    }

    fn ground(&self, question: &QuestionDraft, card: &CardDraft, read: &Read) -> (f64, Vec<Fault>) {
        let mut places = vec![Place { text: question.text, span: question.span }];
        let mut faults = Vec::new();
        for criterion in &question.rubric {
            match self.source.locate(&criterion.quote) {
                Some((text, span)) => places.push(Place { text, span }),
                None => faults.push(Fault::QuoteNotFound),
            }
        }
        let Some(cited) = Cited::of(self.source, &places) else { return (0.0, vec![Fault::QuoteNotFound]) };
        faults.extend(cited.bears_out(&question.explanation).faults);
        let (accuracy, more) = match &question.correct_answer {
            CorrectAnswer::Truth(truth) => self.truth(*truth, &question.question, &cited),
            CorrectAnswer::Text(answer) if question.kind == QuestionKind::Essay => {
                let mut ground = cited.bears_out(answer);
                let criteria = question.rubric.iter().flat_map(|one| cited.bears_out(&one.criterion).faults);
                ground.faults.extend(criteria);
                (ground.accuracy, ground.faults)
            }
            CorrectAnswer::Text(_) => {
                let (accuracy, mut faults) = self.cards.grounding(card, read);
                let read = self.cards.read(card);
                faults.extend(cited.renames(&read.answer).then_some(Fault::NameDiffers));
                faults.extend(cited.sides((&card.question, &read.question), (&card.answer, &read.answer)));
                (accuracy, faults)
            }
        };
        faults.extend(more);
        (accuracy, faults)
    }

    /// A true statement must be borne out; a false one must differ from the quote in one thing and agree in the rest.
    fn truth(&self, truth: bool, statement: &str, cited: &Cited<'_>) -> (f64, Vec<Fault>) {
        if truth {
            let mut ground = cited.bears_out(statement);
            if cited.swaps_a_term(statement) {
                ground.faults.push(Fault::Unsupported);
            }
            return (ground.accuracy, ground.faults);
        }
        if cited.says(statement) {
            (0.0, vec![Fault::NegationDiffers])
        } else if cited.contradicts(statement) {
            (1.0, Vec::new())
        } else {
            (0.0, vec![Fault::Unsupported])
        }
    }
}

/// Fields, lengths, and the parts that each kind must and must not have.
fn shape(question: &QuestionDraft) -> Vec<Fault> {
    let answer = question.correct_answer.as_str();
    let essay = question.kind == QuestionKind::Essay;
    let criteria = || question.rubric.iter();
    let blank = [&question.question, &question.explanation].into_iter().any(|text| is_blank(text))
        || is_blank(answer)
        || question.points == 0
        || question.acceptable_answers.iter().any(|way| is_blank(way))
        || essay == question.rubric.is_empty()
        || criteria().any(|one| is_blank(&one.criterion) || is_blank(&one.quote))
        || question.kind == QuestionKind::MultipleChoice && !OPTIONS.contains(&question.options.len());
    let limit = if essay { ESSAY_WORDS } else { ANSWER_WORDS };
    let long = is_too_long(&question.question, QUESTION_WORDS)
        || is_too_long(answer, limit)
        || is_too_long(&question.explanation, EXPLANATION_WORDS)
        || is_too_long(&question.topic, QUESTION_WORDS)
        || question
            .options
            .iter()
            .chain(&question.acceptable_answers)
            .any(|text| is_too_long(text, ANSWER_WORDS))
        || criteria().any(|one| is_too_long(&one.criterion, EXPLANATION_WORDS));
    let points: u64 = criteria().map(|one| u64::from(one.points)).sum();
    let truth = matches!(question.correct_answer, CorrectAnswer::Truth(_));
    let choices = match question.kind {
        QuestionKind::MultipleChoice => true,
        QuestionKind::TrueFalse => question.options.is_empty() || question.options == ["True", "False"],
        QuestionKind::ShortAnswer | QuestionKind::Essay => question.options.is_empty(),
    };
    let unkeyed = truth != (question.kind == QuestionKind::TrueFalse)
        || !choices
        || essay && points != u64::from(question.points);
    let found = [(blank, Fault::MissingField), (long, Fault::TooLong), (unkeyed, Fault::NotOneKey)];
    found.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault).collect()
}

/// The two sides of a question as those of a card.
fn as_card(question: &QuestionDraft) -> CardDraft {
    let answer = match &question.correct_answer {
        CorrectAnswer::Text(text) => text.clone(),
        CorrectAnswer::Truth(_) => String::new(),
    };
    // The student chooses the article, and sees the options.
    let mut asked = question.question.replace("a(n)", "a");
    if question.kind == QuestionKind::MultipleChoice {
        asked = asked.replace(" of these ", " ").replace(" of the following ", " ");
    }
    CardDraft {
        question: asked,
        answer,
        explanation: Some(question.explanation.clone()),
        topic: question.topic.clone(),
        difficulty: question.difficulty,
        form: CardForm::Fact,
        text: question.text,
        span: question.span,
    }
}

/// Everything that a student may read of it.
fn texts(question: &QuestionDraft) -> Vec<&str> {
    let mut all = vec![question.question.as_str(), &question.explanation, &question.topic];
    all.extend(question.options.iter().chain(&question.acceptable_answers).map(String::as_str));
    if let CorrectAnswer::Text(text) = &question.correct_answer {
        all.push(text);
    }
    all.extend(question.rubric.iter().map(|one| one.criterion.as_str()));
    all.extend(question.section.as_deref());
    all
}

/// How good it is as an item: a statement is not asked, and a model answer may be long.
fn quality_of(question: &QuestionDraft, read: &Read, seen: Seen) -> f64 {
    let answer = question.correct_answer.as_str();
    match question.kind {
        QuestionKind::MultipleChoice | QuestionKind::ShortAnswer => {
            quality::of_item(&question.question, &read.question, answer, &read.answer, seen).score
        }
        QuestionKind::Essay => {
            let said = &read.answer[..read.answer.len().min(ANSWER_WORDS / 2)];
            quality::of_item(&question.question, &read.question, answer, said, seen).score
        }
        QuestionKind::TrueFalse => {
            let broken = if seen.dangles || seen.not_prose { 0.5 } else { 0.0 };
            let denials = read.question.iter().filter(|word| word.role == Role::Negation).count();
            let long = if read.question.len() > structure::ANSWER_WORDS { 0.2 } else { 0.0 };
            1.0 - broken - long - if denials > 1 { 0.15 } else { 0.0 }
        }
    }
}

/// "All of the above", "none of these", "both A and B".
fn is_evasive(option: &str) -> bool {
    let lower = option.trim().to_lowercase();
    let lower = lower.trim_end_matches(['.', '!']);
    let starts = ["all of", "none of", "both of", "any of", "neither of", "either of", "all the", "none the"];
    let ends = ["above", "these", "those", "them", "options", "answers", "below", "choices"];
    let points =
        starts.iter().any(|one| lower.starts_with(one)) && ends.iter().any(|one| lower.ends_with(one));
    let letters = |word: &str| word.len() == 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let named = lower.split(' ').filter(|word| letters(word)).count() >= 2 && lower.starts_with("both ");
    points || named || matches!(lower, "all" | "none" | "both" | "all above" | "none above" | "i don't know")
}

/// Whether the words of `part` stand in a row in `whole`.
fn holds(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}
