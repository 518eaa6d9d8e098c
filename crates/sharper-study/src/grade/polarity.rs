//! What turns a statement round: words that deny, and words of more and less.

use super::words::Piece;
use crate::judge::grounding::{direction, opposites};

/// Words that deny what stands in their segment, folded.
const DENY: &[&str] = &[
    "not",
    "no",
    "never",
    "without",
    "neither",
    "nor",
    "none",
    "cannot",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "doesn't",
    "don't",
    "didn't",
    "won't",
    "can't",
    "couldn't",
    "wouldn't",
    "shouldn't",
    "hasn't",
    "haven't",
    "hadn't",
    "isnt",
    "doesnt",
    "dont",
    "didnt",
    "cant",
    "wont",
    "arent",
    "wasnt",
    "lack",
    "lacks",
    "lacking",
    "absence",
    "absent",
    "fail",
    "fails",
    "failed",
    "false",
    "wrong",
    "incorrect",
    "untrue",
    "hardly",
    // Spanish, French, German, Italian, Portuguese, Dutch
    "nunca",
    "jamas",
    "sin",
    "tampoco",
    "ningun",
    "ninguna",
    "ninguno",
    "ne",
    "pas",
    "jamais",
    "sans",
    "aucun",
    "aucune",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "nie",
    "niemals",
    "ohne",
    "non",
    "senza",
    "mai",
    "nao",
    "sem",
    "niet",
    "geen",
    "zonder",
    // Russian
    "не",
    "нет",
    "без",
    "никогда",
    "нельзя",
    "ни",
    // Arabic, Hebrew
    "لا",
    "ليس",
    "ليست",
    "لم",
    "لن",
    "غير",
    "بدون",
    "دون",
    "לא",
    "אין",
    "בלי",
    "ללא",
    "אינו",
    "אינה",
];

/// Words of more and less in other languages than English, by how they begin.
const MORE: &[&str] = &[
    "aument",
    "sube",
    "subi",
    "crec",
    "increment",
    "augment",
    "croi",
    "steig",
    "erhoh",
    "zunimm",
    "zunehm",
    "wachs",
    "увелич",
    "повыш",
    "раст",
    "возраст",
    "поднима",
    "mas",
    "mayor",
    "mehr",
    "hoher",
    "больше",
    "выше",
    "يزيد",
    "تزيد",
    "زياده",
    "يرتفع",
    "עולה",
    "גדל",
];
const LESS: &[&str] = &[
    "disminu",
    "baja",
    "reduc",
    "decrec",
    "menor",
    "menos",
    "diminu",
    "baiss",
    "redui",
    "decroi",
    "sink",
    "senk",
    "abnimm",
    "abnehm",
    "verringer",
    "weniger",
    "niedriger",
    "уменьш",
    "сниж",
    "пониж",
    "пада",
    "меньше",
    "ниже",
    "يقل",
    "تقل",
    "ينخفض",
    "يقلل",
    "יורד",
    "קטן",
];
const MORE_SIGNS: &[&str] = &["增", "升", "加", "多", "高", "促", "増", "上"];
const LESS_SIGNS: &[&str] = &["减", "降", "少", "低", "抑", "減", "下"];
/// Signs and endings that deny where no spaces part words.
const DENY_SIGNS: &[&str] = &["不", "没", "沒", "無", "无", "非", "未", "別"];
const DENY_RUNS: &[&str] = &["ない", "なかっ", "ません", "ませ", "ず", "ไม่", "มิใช่", "不是"];
const DENY_KOREAN: &[&str] = &["않", "못", "없", "아니", "안"];

/// Whether a piece denies. `text` is where it stands.
pub(super) fn denies(piece: &Piece, text: &str) -> bool {
    if DENY.contains(&piece.folded.as_str()) || DENY_SIGNS.contains(&piece.folded.as_str()) {
        return true;
    }
    if DENY_KOREAN.iter().any(|start| piece.folded.starts_with(start)) {
        return true;
    }
    let rest = &text[piece.span.start..];
    DENY_RUNS.iter().any(|run| rest.starts_with(run))
}

/// The words of more less the words of less among pieces.
pub(super) fn trend(pieces: &[&Piece]) -> i32 {
    let english = direction(pieces.iter().map(|piece| piece.stem.as_str()));
    let begins = |piece: &Piece, list: &[&str]| list.iter().any(|start| piece.folded.starts_with(start));
    let phrase = |at: usize, word: &str| {
        pieces[at].folded == word
            && at > 0
            && matches!(pieces[at - 1].stem.as_str(), "go" | "goe" | "went" | "move" | "come")
    };
    let mut sum = english;
    for (at, piece) in pieces.iter().enumerate() {
        let own = direction(std::iter::once(piece.stem.as_str())) != 0;
        let more = begins(piece, MORE) || MORE_SIGNS.contains(&piece.folded.as_str()) || phrase(at, "up");
        let less = begins(piece, LESS) || LESS_SIGNS.contains(&piece.folded.as_str()) || phrase(at, "down");
        if !own {
            sum += i32::from(more) - i32::from(less);
        }
    }
    sum
}

/// Whether two English stems are opposites.
pub(super) fn opposed(one: &str, other: &str) -> bool {
    opposites(one).iter().any(|opposite| opposite == other)
        || direction(std::iter::once(one)) * direction(std::iter::once(other)) < 0
}
