//! The tagger: classes of the lexicon, settled by their neighbours.

use crate::lexicon::Class;

/// What a word is in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tag {
    /// Article, demonstrative, quantifier.
    Determiner,
    /// Pronoun.
    Pronoun,
    /// Preposition.
    Preposition,
    /// and, or, but.
    Conjunction,
    /// because, if, when, …
    Subordinator,
    /// which, who, that (relative), what.
    Wh,
    /// Form of be.
    Be,
    /// Form of have.
    Have,
    /// Form of do.
    Do,
    /// can, may, …
    Modal,
    /// to
    To,
    /// not, never.
    Negation,
    /// Adverb.
    Adverb,
    /// Adjective, or a participle used as one.
    Adjective,
    /// Number.
    Numeral,
    /// Verb in the present.
    Verb,
    /// Verb in the past.
    Past,
    /// Past participle after a noun or a form of be or have.
    Participle,
    /// -ing form that is not part of a noun phrase.
    Ing,
    /// Common noun.
    Noun,
    /// Name.
    Name,
    /// Mark.
    Mark,
}

impl Tag {
    /// Whether it may stand inside a noun phrase, before or as its head.
    pub(crate) fn nominal(self) -> bool {
        matches!(self, Tag::Noun | Tag::Name | Tag::Adjective | Tag::Numeral)
    }

    /// Whether it may begin a verb group that says something of a subject.
    pub(crate) fn finite(self) -> bool {
        matches!(self, Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Verb | Tag::Past)
    }
}

/// Settles the classes of one sentence's words. `name(i)` says whether word `i` is written as a name.
pub(crate) fn tag(
    classes: &[Class],
    plural: impl Fn(usize) -> bool,
    name: impl Fn(usize) -> bool,
    tags: &mut Vec<Tag>,
) {
    tags.clear();
    for (i, &class) in classes.iter().enumerate() {
        let before = tags.last().copied();
        let after = classes.get(i + 1).copied();
        let open = !matches!(
            class,
            Class::Determiner
                | Class::Pronoun
                | Class::Preposition
                | Class::Conjunction
                | Class::Subordinator
                | Class::Wh
        ) && !matches!(
            class,
            Class::Be | Class::Have | Class::Do | Class::Modal | Class::To | Class::Negation | Class::Mark
        );
        if open && name(i) && i > 0 {
            tags.push(Tag::Name);
            continue;
        }
        let plural_before = i > 0 && plural(i - 1);
        let mut settled = settle(class, before, after, i == 0, plural_before);
        if settled == Tag::Verb
            && matches!(class, Class::NounOrVerb | Class::NounsOrVerb)
            && verb_ahead(classes, i)
            && !matches!(before, Some(Tag::Modal | Tag::To | Tag::Pronoun | Tag::Wh))
        {
            settled = Tag::Noun;
        }
        tags.push(settled);
    }
}

/// Whether a form that can only be a finite verb follows in the same clause.
fn verb_ahead(classes: &[Class], i: usize) -> bool {
    classes[i + 1..]
        .iter()
        .take_while(|class| {
            !matches!(class, Class::Mark | Class::Wh | Class::Subordinator | Class::Conjunction)
        })
        .any(|class| matches!(class, Class::Be | Class::Have | Class::Do | Class::Modal | Class::VerbThird))
}

fn settle(class: Class, before: Option<Tag>, after: Option<Class>, first: bool, plural_before: bool) -> Tag {
    let in_phrase =
        matches!(before, Some(Tag::Determiner | Tag::Adjective | Tag::Preposition | Tag::Numeral));
    let verb_due = matches!(before, Some(Tag::Modal | Tag::To | Tag::Do | Tag::Pronoun));
    match class {
        Class::Determiner => Tag::Determiner,
        Class::Pronoun => Tag::Pronoun,
        Class::Preposition => Tag::Preposition,
        Class::Conjunction => Tag::Conjunction,
        Class::Subordinator => Tag::Subordinator,
        Class::Wh => Tag::Wh,
        Class::Be => Tag::Be,
        Class::Have => Tag::Have,
        Class::Do => Tag::Do,
        Class::Modal => Tag::Modal,
        Class::To => Tag::To,
        Class::Negation => Tag::Negation,
        Class::Adverb => Tag::Adverb,
        Class::Noun if before == Some(Tag::Modal) => Tag::Verb,
        Class::Adjective => Tag::Adjective,
        Class::Numeral => Tag::Numeral,
        Class::Noun => Tag::Noun,
        Class::Mark => Tag::Mark,
        Class::VerbBase if in_phrase && !verb_due => Tag::Noun,
        Class::VerbBase => Tag::Verb,
        Class::VerbThird if in_phrase => Tag::Noun,
        Class::VerbThird => Tag::Verb,
        Class::NounOrVerb if verb_due || plural_before && opens_object(after) => Tag::Verb,
        Class::NounOrVerb if before == Some(Tag::Wh) && opens_object(after) => Tag::Verb,
        Class::NounOrVerb => Tag::Noun,
        Class::NounsOrVerb if !first && after_singular_noun(before, plural_before) && opens_object(after) => {
            Tag::Verb
        }
        Class::NounsOrVerb if before == Some(Tag::Pronoun) || before == Some(Tag::Wh) => Tag::Verb,
        Class::NounsOrVerb => Tag::Noun,
        Class::VerbPast => past(before, after),
        Class::VerbIng => ing(before, after, first),
    }
}

fn after_singular_noun(before: Option<Tag>, plural_before: bool) -> bool {
    matches!(before, Some(Tag::Noun | Tag::Name | Tag::Adverb)) && !plural_before
}

/// Whether what follows looks like the object or adverbial of a verb.
fn opens_object(after: Option<Class>) -> bool {
    matches!(
        after,
        Some(
            Class::Determiner
                | Class::Preposition
                | Class::To
                | Class::Pronoun
                | Class::Adverb
                | Class::Adjective
                | Class::Wh
                | Class::Numeral
                | Class::Noun
        )
    )
}

fn past(before: Option<Tag>, after: Option<Class>) -> Tag {
    match before {
        Some(Tag::Determiner | Tag::Adjective | Tag::Numeral | Tag::Preposition) => Tag::Adjective,
        Some(Tag::Be | Tag::Have) => Tag::Participle,
        Some(Tag::Adverb | Tag::Negation) => Tag::Participle,
        Some(Tag::Noun | Tag::Name) => match after {
            Some(Class::Preposition | Class::To) => Tag::Participle,
            _ => Tag::Past,
        },
        Some(Tag::Pronoun | Tag::Wh) => Tag::Past,
        None => Tag::Adjective,
        _ => Tag::Participle,
    }
}

fn ing(before: Option<Tag>, after: Option<Class>, first: bool) -> Tag {
    let noun_next = matches!(after, Some(Class::Noun | Class::NounOrVerb | Class::NounsOrVerb));
    match before {
        Some(Tag::Determiner | Tag::Adjective) => {
            if noun_next {
                Tag::Adjective
            } else {
                Tag::Noun
            }
        }
        Some(Tag::Be) => Tag::Ing,
        Some(Tag::Noun) if !noun_next && !opens_object(after) => Tag::Noun,
        _ if noun_next && first => Tag::Adjective,
        _ if first && matches!(after, Some(Class::Be | Class::VerbThird)) => Tag::Noun,
        _ => Tag::Ing,
    }
}
