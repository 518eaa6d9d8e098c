//! Anki's templates: fields, conditions, filters and gaps become the HTML of a card's side.

use super::cloze;
use super::notetype::Notetype;

/// Which side of a card is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Front,
    /// The back without the front on it.
    Back,
    /// The back without the front and without the sentence that has the gaps.
    Remarks,
}

/// What a side is made of.
pub(super) struct Making<'a> {
    pub(super) notetype: &'a Notetype,
    pub(super) fields: &'a [String],
    pub(super) tags: &'a str,
    pub(super) ordinal: u32,
    pub(super) side: Side,
}

/// A piece of a template.
enum Piece<'t> {
    Text(&'t str),
    Field(&'t str),
    /// A condition, whether it asks for something or for nothing, and what depends on it.
    If(&'t str, bool, Vec<Piece<'t>>),
}

/// The HTML of a side; empty where the type has no such card.
pub(super) fn render(making: &Making<'_>) -> String {
    let at = if making.notetype.cloze { 0 } else { making.ordinal as usize };
    let Some(template) = making.notetype.templates.get(at) else { return String::new() };
    let text = if making.side == Side::Front { &template.front } else { &template.back };
    let mut out = String::new();
    making.write(&parse(text), &mut out);
    if making.side != Side::Front {
        // The answer begins behind the line that Anki scrolls to.
        for mark in [
            "<hr id=answer>",
            "<hr id=\"answer\">",
            "<hr id='answer'>",
            "<hr id=answer />",
            "<hr id=\"answer\"/>",
        ] {
            if let Some((_, answer)) = out.split_once(mark) {
                out = answer.to_owned();
            }
        }
    }
    out
}

/// The names of the fields whose gaps a template asks for.
pub(super) fn gapped(notetype: &Notetype) -> Vec<&str> {
    fn gather<'t>(pieces: &[Piece<'t>], out: &mut Vec<&'t str>) {
        for piece in pieces {
            match piece {
                Piece::Field(tag) if tag.split(':').any(|part| part.trim() == "cloze") => {
                    out.extend(tag.rsplit(':').next().map(str::trim));
                }
                Piece::If(_, _, pieces) => gather(pieces, out),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    if let Some(template) = notetype.templates.first() {
        gather(&parse(&template.front), &mut out);
    }
    out
}

fn parse(template: &str) -> Vec<Piece<'_>> {
    /// Conditions within each other beyond this are ignored.
    const DEEPEST: usize = 32;
    let mut open: Vec<(&str, bool, Vec<Piece<'_>>)> = vec![("", true, Vec::new())];
    let mut rest = template;
    while let Some((before, (tag, behind))) =
        rest.split_once("{{").and_then(|(before, after)| Some((before, after.split_once("}}")?)))
    {
        if let Some((_, _, pieces)) = open.last_mut() {
            pieces.push(Piece::Text(before));
        }
        let tag = tag.trim().trim_start_matches('{');
        let name = tag.get(1..).unwrap_or_default().trim();
        match tag.chars().next() {
            Some('!' | '=') | None => {}
            Some(sign @ ('#' | '^')) if open.len() <= DEEPEST => open.push((name, sign == '#', Vec::new())),
            Some('#' | '^') => {}
            Some('/') if open.len() > 1 => {
                if let Some((name, wants, pieces)) = open.pop()
                    && let Some((_, _, into)) = open.last_mut()
                {
                    into.push(Piece::If(name, wants, pieces));
                }
            }
            Some('/') => {}
            Some(_) => {
                if let Some((_, _, pieces)) = open.last_mut() {
                    pieces.push(Piece::Field(tag));
                }
            }
        }
        rest = behind;
    }
    if let Some((_, _, pieces)) = open.last_mut() {
        pieces.push(Piece::Text(rest));
    }
    while open.len() > 1
        && let Some((name, wants, pieces)) = open.pop()
        && let Some((_, _, into)) = open.last_mut()
    {
        into.push(Piece::If(name, wants, pieces));
    }
    open.pop().map(|(_, _, pieces)| pieces).unwrap_or_default()
}

impl Making<'_> {
    fn write(&self, pieces: &[Piece<'_>], out: &mut String) {
        /// A side that says more is cut off: a field may be named any number of times.
        const LONGEST: usize = 1 << 20;
        for piece in pieces {
            if out.len() > LONGEST {
                return;
            }
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Field(tag) => out.push_str(&self.field(tag)),
                Piece::If(name, wants, pieces) if self.holds(name) == *wants => self.write(pieces, out),
                Piece::If(..) => {}
            }
        }
    }

    fn holds(&self, name: &str) -> bool {
        // `{{#c2}}`: only on the card of the second gap.
        if let Some(number) = name.strip_prefix('c').and_then(|number| number.parse::<u32>().ok()) {
            return self.notetype.cloze && number == self.ordinal + 1;
        }
        let value = self.value(name);
        value.contains("<img") || !tagless(&value).replace("&nbsp;", " ").trim().is_empty()
    }

    fn value(&self, name: &str) -> String {
        let at = self.notetype.fields.iter().position(|field| field == name);
        match at.and_then(|at| self.fields.get(at)) {
            Some(value) => value.clone(),
            None if name == "Tags" => self.tags.trim().to_owned(),
            None => String::new(),
        }
    }

    /// A field through its filters, the innermost last: `{{text:cloze:Text}}`.
    fn field(&self, tag: &str) -> String {
        let mut filters: Vec<&str> = tag.split(':').map(str::trim).collect();
        let name = filters.pop().unwrap_or_default();
        if name == "FrontSide" {
            return String::new();
        }
        let mut value = self.value(name);
        for filter in filters.iter().rev() {
            value = self.filtered(filter, value);
        }
        value
    }

    fn filtered(&self, filter: &str, value: String) -> String {
        match filter.split(' ').next().unwrap_or_default() {
            "text" => tagless(&value),
            // What is only shown when it is asked for, or is to be typed, is no part of the question.
            "hint" | "type" | "type-nc" | "nc" if self.side == Side::Front => String::new(),
            "tts" | "tts-voices" => String::new(),
            "cloze" | "cloze-only" if self.notetype.cloze => self.gaps(&value),
            "kana" => brackets(&value, false),
            "kanji" => brackets(&value, true),
            _ => value,
        }
    }

    fn gaps(&self, value: &str) -> String {
        let number = self.ordinal + 1;
        match (self.side, cloze::sides(value, number)) {
            (Side::Remarks, _) | (_, None) => String::new(),
            (Side::Front, Some((question, _))) => question,
            (Side::Back, Some((_, answer))) => answer,
        }
    }
}

/// Characters without tags. Entities stay.
fn tagless(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, (_, behind))) =
        rest.split_once('<').and_then(|(before, after)| Some((before, after.split_once('>')?)))
    {
        out.push_str(before);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// `漢字[かんじ]`: the reading alone, or what is read.
fn brackets(text: &str, before: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((word, (reading, behind))) =
        rest.split_once('[').and_then(|(word, after)| Some((word, after.split_once(']')?)))
    {
        let begins = word.rfind([' ', '>']).map_or(0, |at| at + 1);
        out.push_str(word[..begins].trim_end_matches(' '));
        out.push_str(if before || reading.starts_with("sound:") { &word[begins..] } else { reading });
        rest = behind;
    }
    out.push_str(rest);
    out
}
