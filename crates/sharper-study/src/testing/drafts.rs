//! Drafts taken apart: their texts and quotes, and the faults that need no chance.

use sharper_domain::{CorrectAnswer, Draft, QuestionDraft, QuestionKind, Span};

/// The two texts of a draft: what it asks or says, and what it answers; a statement has one.
pub(super) fn sides(draft: &mut Draft) -> (&mut String, Option<&mut String>) {
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

/// Its quotes: which text, and where in it.
pub(super) fn places(draft: &mut Draft) -> Vec<(usize, &mut Span)> {
    match draft {
        Draft::Card(card) => vec![(card.text, &mut card.span)],
        Draft::Question(question) => vec![(question.text, &mut question.span)],
        Draft::Point(point) => point.sources.iter_mut().map(|one| (one.text, &mut one.span)).collect(),
        Draft::Term(term) => vec![(term.source.text, &mut term.source.span)],
        Draft::Statement(statement) => {
            statement.sources.iter_mut().map(|one| (one.text, &mut one.span)).collect()
        }
        Draft::Finding(finding) => finding.sources.iter_mut().map(|one| (one.text, &mut one.span)).collect(),
        Draft::Topic(topic) => vec![(topic.source.text, &mut topic.source.span)],
    }
}

/// Its first quote.
pub(super) fn place(draft: &mut Draft) -> Option<(usize, Span)> {
    places(draft).into_iter().next().map(|(text, span)| (text, *span))
}

/// The question, if it is one.
pub(super) fn question(draft: &mut Draft) -> Option<&mut QuestionDraft> {
    match draft {
        Draft::Question(question) => Some(question),
        _ => None,
    }
}

/// The multiple choice, if it is one.
pub(super) fn choice(draft: &mut Draft) -> Option<&mut QuestionDraft> {
    question(draft).filter(|question| question.kind == QuestionKind::MultipleChoice)
}

/// Puts "not" behind the first auxiliary, or takes the first denial out.
pub(super) fn flip(draft: &mut Draft) -> Option<()> {
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
    if matches!(draft, Draft::Question(q) if q.kind == QuestionKind::MultipleChoice && !q.options.iter().any(|o| o == q.correct_answer.as_str()))
    {
        return None;
    }
    Some(())
}

/// The same in a slightly other wording.
pub(super) fn reword(draft: &mut Draft) {
    let (one, _) = sides(draft);
    *one = match one.strip_prefix("What is ") {
        Some(rest) => format!("What exactly is {rest}"),
        None => format!("{}  ", one.replace(" a ", " the ")),
    };
}

/// Far longer than anyone studies.
pub(super) fn lengthen(draft: &mut Draft) {
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
pub(super) fn circle(draft: &mut Draft) -> Option<()> {
    match draft {
        Draft::Card(card) => {
            let term =
                ["What is ", "What are "].iter().find_map(|front| card.question.strip_prefix(front))?;
            let term = term.strip_suffix('?')?.to_owned();
            card.answer = format!("{} is the kind of thing that {term} is", term.trim_start_matches("the "));
        }
        Draft::Term(term) => term.definition = format!("The thing that is known as {}.", term.term),
        _ => return None,
    }
    Some(())
}
