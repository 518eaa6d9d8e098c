//! Lists under a lead-in: "The causes of the war were:" and its items.

use sharper_domain::{CardForm, Difficulty, Span};

use super::fronts::capital;
use super::lines::LineCard;
use crate::grammar::{Line, Tag, clause, lower_first, noun_phrase};
use crate::lexicon::is_plural_noun;
use crate::read::{BlockKind, Document};

/// Most words of all items together.
const LONGEST: usize = 45;

/// A card for each list whose lead-in says what its items are. English only: it needs a question word.
pub(crate) fn find(document: &Document<'_>) -> Vec<LineCard> {
    let leads = (0..document.sentences.len())
        .filter(|&i| document.sentence_text(&document.sentences[i]).ends_with(':'));
    leads.filter_map(|lead| list_card(document, lead)).collect()
}

fn list_card(document: &Document<'_>, lead: usize) -> Option<LineCard> {
    let sentence = &document.sentences[lead];
    let first = document.blocks.get(sentence.block + 1).filter(|block| block.kind == BlockKind::Item)?;
    let items: Vec<_> = document.blocks[sentence.block + 1..]
        .iter()
        .take_while(|block| block.kind == BlockKind::Item && block.list == first.list)
        .collect();
    let texts: Vec<&str> =
        items.iter().map(|block| document.block_text(block).trim_end_matches(['.', ';', ','])).collect();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    if !(2..=8).contains(&texts.len())
        || words > LONGEST
        || texts.iter().any(|text| text.contains([':', '?']))
    {
        return None;
    }
    let question = question(&Line::new(document, lead))?;
    let end = document.span(items.last()?.plain.clone()).end;
    Some(LineCard {
        term: question.clone(),
        question,
        answer: capital(&texts.join("; ")),
        form: CardForm::List,
        difficulty: Difficulty::Hard,
        span: Span { start: sentence.span.start, end },
        section: sentence.section,
    })
}

fn question(line: &Line<'_>) -> Option<String> {
    let end = line.end();
    if (0..end).any(|i| line.is(i, &["this", "these", "following", "below", "it", "they"])) {
        return None;
    }
    if let Some(clause) = clause(line) {
        let be = line.tag(clause.main) == Tag::Be && clause.rest.is_empty() && clause.lead.is_empty();
        return be.then(|| format!("What {} {}?", line.lower(clause.verb), line.inner_text(clause.subject)));
    }
    let phrase = noun_phrase(line, 0)?;
    let whole = !(0..end).any(|i| line.tag(i).finite());
    (whole && is_plural_noun(line.lower(phrase.end - 1))).then(|| {
        let text = line.inner_text(0..end);
        let article = if text.to_lowercase().starts_with("the ") { "" } else { "the " };
        format!("What are {article}{}?", lower_first(&text))
    })
}
