//! The segments of an answer: what stands between commas, points and "but", whether it is denied or dismissed, and what joins
//! it to the one before.

use std::ops::Range;

use super::polarity::denies;
use super::words::{Kind, Piece};

/// What joins a segment to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// It is the first, or a sentence of its own, or a clause: "because", "which".
    Apart,
    /// A comma or "and".
    Listed,
    /// "or", a stroke.
    Or,
}

/// A stretch of an answer.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Its pieces.
    pub(super) range: Range<usize>,
    /// Whether an odd number of its words deny.
    pub(super) denied: bool,
    /// Whether it is named only to be set aside: "rather than X", "not X" beside something that is affirmed.
    pub(super) dismissed: bool,
    /// What joins it to the one before.
    pub(super) joint: Joint,
}

const OR: &[&str] = &[
    "or",
    "/",
    "|",
    "oder",
    "ou",
    "или",
    "либо",
    "أو",
    "או",
    "또는",
    "หรือ",
    "alternatively",
    "或",
    "vel",
    "?",
];
const AND: &[&str] = &[
    "and", "&", "+", "und", "et", "и", "と", "和", "及", "与", "與", "、", "，", ",", ";", "；", "،", "و",
    "및", "plus", "y", "e",
];
const APART: &[&str] = &[
    ".",
    "!",
    ":",
    "(",
    ")",
    "。",
    "；",
    "—",
    "–",
    "but",
    "because",
    "which",
    "who",
    "since",
    "so",
    "sondern",
    "aber",
    "weil",
    "sino",
    "pero",
    "porque",
    "mais",
    "car",
    "но",
    "а",
    "потому",
    "when",
    "where",
    "while",
    "\n",
    "但",
    "因为",
    "=",
    "\"",
];
/// Pairs of words after which something is named only to be set aside.
const DISMISS: &[(&str, &str)] = &[
    ("rather", "than"),
    ("instead", "of"),
    ("opposed", "to"),
    ("anstatt", ""),
    ("statt", ""),
    ("unlike", ""),
    ("plutot", "que"),
    ("вместо", ""),
];

/// The segments of an answer. Articles like the Spanish "o" and "y" join only in languages without a list of small words of
/// their own; there they are stop words.
pub(super) fn segments(pieces: &[Piece], text: &str) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    let mut start = 0;
    let mut joint = Joint::Apart;
    let mut dismissed = false;
    for at in 0..=pieces.len() {
        let cut = pieces.get(at).map_or(Some(Joint::Apart), |piece| joint_of(pieces, at, piece));
        let dismisses = dismisses(pieces, at);
        let next = cut.or(dismisses.then_some(Joint::Apart));
        let Some(next) = next else { continue };
        if start < at {
            let turned = turns(&pieces[start..at], text);
            out.push(Segment { range: start..at, denied: turned, dismissed, joint });
        }
        start = if cut.is_some() { at + 1 } else { at };
        // Where marks follow each other the stronger joint counts: ", or".
        joint =
            if start_follows(&out, at) || next == Joint::Or || joint == Joint::Listed { next } else { joint };
        dismissed = dismisses || dismissed && next == Joint::Or;
    }
    let affirmed = out.iter().any(|one| !one.denied && !one.dismissed && matters(pieces, one));
    for one in &mut out {
        one.dismissed |= one.denied && affirmed;
    }
    out
}

/// Whether a segment ended right before `at`: then the joint is new.
fn start_follows(out: &[Segment], at: usize) -> bool {
    out.last().is_none_or(|last| last.range.end == at)
}

fn matters(pieces: &[Piece], segment: &Segment) -> bool {
    pieces[segment.range.clone()].iter().any(|piece| piece.matters() && !is_hedge(piece))
}

/// Words that only say that an answer follows, or how sure its writer is.
pub(super) fn is_hedge(piece: &Piece) -> bool {
    const HEDGES: &[&str] = &[
        "think",
        "believ",
        "guess",
        "mayb",
        "perhap",
        "probabl",
        "possibl",
        "answer",
        "sure",
        "know",
        "call",
        "name",
        "term",
        "must",
        "would",
        "pleas",
        "hmm",
        "um",
        "yes",
        "no",
        "ok",
        "basic",
        "actual",
        "idea",
        "correct",
        "right",
        "exact",
        "also",
        "creo",
        "respuest",
        "antwort",
        "repons",
        "ответ",
        "думаю",
        "глав",
        "pense",
        "glaub",
        "denk",
        "process",
        "thing",
        "itself",
    ];
    HEDGES.contains(&piece.stem.as_str())
}

fn joint_of(pieces: &[Piece], at: usize, piece: &Piece) -> Option<Joint> {
    let word = piece.folded.as_str();
    // A comma that groups, or a stroke or point within a formula, stands without space on both sides.
    let tight = piece.kind == Kind::Mark
        && at > 0
        && pieces.get(at + 1).is_some_and(|next| {
            next.span.start == piece.span.end && pieces[at - 1].span.end == piece.span.start
        });
    if OR.contains(&word) {
        return (word != "?" || at + 1 < pieces.len()).then_some(Joint::Or);
    }
    if AND.contains(&word) {
        return Some(Joint::Listed);
    }
    (APART.contains(&word) && !(tight && word == ".")).then_some(Joint::Apart)
}

fn dismisses(pieces: &[Piece], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    DISMISS.iter().any(|&(one, two)| {
        piece.folded == one && (two.is_empty() || pieces.get(at + 1).is_some_and(|next| next.folded == two))
    })
}

/// Whether an odd number of words deny. "not only" denies nothing; French "ne … pas" denies once.
fn turns(pieces: &[Piece], text: &str) -> bool {
    let mut count = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let only = pieces.get(at + 1).is_some_and(|next| {
            next.is(&["only", "just", "solo", "nur", "seulement", "только", "sure", "certain"])
        });
        let second = piece.is(&["pas", "jamais", "aucun", "aucune"])
            && pieces[..at].iter().any(|before| before.is(&["ne"]));
        let twice = piece.is(&["any"]) && at > 0;
        if denies(piece, text) && !only && !second && !twice {
            count += 1;
        }
    }
    let doubt = pieces
        .windows(2)
        .any(|pair| pair[0].is(&["don't", "dont", "not"]) && pair[1].is(&["know", "sure", "remember"]));
    count % 2 == 1 && !doubt
}

/// Whether the whole of a text denies.
pub(super) fn is_denied(pieces: &[Piece], text: &str) -> bool {
    turns(pieces, text)
}
