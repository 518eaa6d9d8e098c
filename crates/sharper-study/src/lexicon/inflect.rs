//! Inflection: from a verb's form to its plain form and back, and the number of nouns.

use super::words::is_verb;

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// makes
    Third,
    /// made (past or participle)
    Past,
    /// making
    Ing,
}

/// Irregular past forms and participles with their plain form, sorted.
const IRREGULAR: &[(&str, &str)] = &[
    ("arisen", "arise"),
    ("arose", "arise"),
    ("ate", "eat"),
    ("became", "become"),
    ("become", "become"),
    ("began", "begin"),
    ("begun", "begin"),
    ("born", "bear"),
    ("borne", "bear"),
    ("bought", "buy"),
    ("bound", "bind"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("dealt", "deal"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("eaten", "eat"),
    ("fallen", "fall"),
    ("fed", "feed"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("fled", "flee"),
    ("forbade", "forbid"),
    ("forbidden", "forbid"),
    ("fought", "fight"),
    ("found", "find"),
    ("froze", "freeze"),
    ("frozen", "freeze"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("got", "get"),
    ("gotten", "get"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("heard", "hear"),
    ("held", "hold"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("laid", "lay"),
    ("learnt", "learn"),
    ("led", "lead"),
    ("left", "leave"),
    ("lent", "lend"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("met", "meet"),
    ("overcame", "overcome"),
    ("overthrew", "overthrow"),
    ("overthrown", "overthrow"),
    ("paid", "pay"),
    ("ran", "run"),
    ("risen", "rise"),
    ("rose", "rise"),
    ("said", "say"),
    ("sang", "sing"),
    ("sat", "sit"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shown", "show"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stood", "stand"),
    ("struck", "strike"),
    ("sung", "sing"),
    ("swore", "swear"),
    ("taken", "take"),
    ("taught", "teach"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("undergone", "undergo"),
    ("understood", "understand"),
    ("undertook", "undertake"),
    ("underwent", "undergo"),
    ("went", "go"),
    ("withdrawn", "withdraw"),
    ("withdrew", "withdraw"),
    ("won", "win"),
    ("wore", "wear"),
    ("worn", "wear"),
    ("written", "write"),
    ("wrote", "write"),
];

/// The plain form and the form of a word that is an inflected verb of the lexicon.
pub(super) fn verb_form(word: &str) -> Option<(String, Form)> {
    if let Ok(at) = IRREGULAR.binary_search_by_key(&word, |&(form, _)| form) {
        return Some((IRREGULAR[at].1.to_owned(), Form::Past));
    }
    let known = |base: String| is_verb(&base).then_some(base);
    if let Some(stem) = word.strip_suffix("ing") {
        return restored(stem).into_iter().find_map(known).map(|base| (base, Form::Ing));
    }
    if let Some(stem) = word.strip_suffix("ed") {
        return restored(stem).into_iter().find_map(known).map(|base| (base, Form::Past));
    }
    let stem = word.strip_suffix('s')?;
    let mut bases = vec![stem.to_owned()];
    bases.extend(stem.strip_suffix("ie").map(|root| format!("{root}y")));
    bases.extend(stem.strip_suffix('e').map(str::to_owned));
    bases.into_iter().find_map(known).map(|base| (base, Form::Third))
}

/// What could stand before `-ed` or `-ing`: itself, with its `e` back, with its doubled letter single, with `y` for `i`.
fn restored(stem: &str) -> Vec<String> {
    let mut bases = vec![stem.to_owned(), format!("{stem}e")];
    if let Some(root) = stem.strip_suffix('i') {
        bases.push(format!("{root}y"));
    }
    let mut chars = stem.chars().rev();
    if let (Some(last), Some(before)) = (chars.next(), chars.next())
        && last == before
    {
        bases.push(stem[..stem.len() - last.len_utf8()].to_owned());
    }
    bases
}

/// The plain form of a verb: of the lexicon when it knows it, else by rule; `None` when `word` is no verb form.
pub(crate) fn base_of(word: &str) -> Option<String> {
    if is_verb(word) {
        return Some(word.to_owned());
    }
    verb_form(word).map(|(base, _)| base)
}

/// The third person of a plain form: make → makes.
pub(crate) fn third_person(base: &str) -> String {
    match base {
        "have" | "has" => return "has".to_owned(),
        "are" | "is" | "am" => return "is".to_owned(),
        "were" | "was" => return "was".to_owned(),
        "do" | "does" => return "does".to_owned(),
        "go" => return "goes".to_owned(),
        _ => {}
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|ending| base.ends_with(ending)) {
        return format!("{base}es");
    }
    match base.strip_suffix('y') {
        Some(root) if !root.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{root}ies"),
        _ => format!("{base}s"),
    }
}

/// Plurals without -s.
const LATIN: &[&str] = &[
    "algae",
    "alveoli",
    "bacteria",
    "children",
    "cilia",
    "criteria",
    "data",
    "feet",
    "fungi",
    "hyphae",
    "larvae",
    "men",
    "mice",
    "mitochondria",
    "nuclei",
    "people",
    "phenomena",
    "stimuli",
    "teeth",
    "women",
    "police",
    "media",
];

/// Singulars in -s.
const SINGULAR: &[&str] = &[
    "physics",
    "mathematics",
    "economics",
    "politics",
    "ethics",
    "statistics",
    "news",
    "species",
    "series",
    "lens",
    "gas",
    "mars",
    "metaphysics",
    "genetics",
    "aesthetics",
    "dynamics",
    "mechanics",
    "linguistics",
    "kinetics",
    "diabetes",
    "electronics",
    "optics",
    "thermodynamics",
    "kinematics",
    "metaethics",
    "herpes",
    "rabies",
    "means",
    "chaos",
    "alias",
];

/// Whether a noun in lower case is a plural.
pub(crate) fn is_plural_noun(word: &str) -> bool {
    LATIN.contains(&word)
        || word.ends_with('s')
            && word.len() > 3
            && !["ss", "us", "is", "'s", "’s"].iter().any(|ending| word.ends_with(ending))
            && !SINGULAR.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_irregular_forms_are_sorted() {
        assert!(IRREGULAR.is_sorted());
    }

    #[test]
    fn forms_lead_back_to_the_plain_verb() {
        for (form, base) in [
            ("makes", "make"),
            ("carried", "carry"),
            ("stopped", "stop"),
            ("using", "use"),
            ("wrote", "write"),
            ("reaches", "reach"),
        ] {
            assert_eq!(base_of(form).as_deref(), Some(base));
        }
        assert_eq!(base_of("ribosome"), None);
    }

    #[test]
    fn the_third_person_is_spelled_by_rule() {
        for (base, third) in
            [("make", "makes"), ("carry", "carries"), ("pass", "passes"), ("play", "plays"), ("are", "is")]
        {
            assert_eq!(third_person(base), third);
        }
    }

    #[test]
    fn plural_nouns_are_told_from_singulars_in_s() {
        for (word, plural) in
            [("cells", true), ("osmosis", false), ("bacteria", true), ("physics", false), ("nucleus", false)]
        {
            assert_eq!(is_plural_noun(word), plural, "{word}");
        }
    }
}
