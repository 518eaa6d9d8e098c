//! Opposites: words that cannot both be true of one thing in one respect, and words that deny.

/// Pairs of opposites, in lower case.
#[rustfmt::skip]
const OPPOSITES: &[(&str, &str)] = &[
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"), ("increasing", "decreasing"),
    ("rise", "fall"), ("rises", "falls"), ("rose", "fell"), ("highest", "lowest"), ("higher", "lower"),
    ("largest", "smallest"), ("larger", "smaller"), ("greatest", "smallest"), ("greatest", "least"),
    ("greater", "smaller"), ("greater", "less"), ("fastest", "slowest"), ("faster", "slower"),
    ("positive", "negative"), ("internal", "external"), ("inside", "outside"), ("maximum", "minimum"),
    ("northern", "southern"), ("eastern", "western"), ("north", "south"), ("east", "west"),
    ("before", "after"), ("first", "last"), ("oldest", "newest"), ("oldest", "youngest"), ("older", "younger"),
    ("most", "least"), ("more", "less"), ("more", "fewer"), ("always", "never"), ("early", "late"),
    ("earlier", "later"), ("public", "private"), ("legal", "illegal"), ("possible", "impossible"),
    ("stronger", "weaker"), ("strongest", "weakest"), ("strong", "weak"), ("longer", "shorter"),
    ("longest", "shortest"), ("high", "low"), ("large", "small"), ("best", "worst"), ("better", "worse"),
    ("win", "lose"), ("won", "lost"), ("accepted", "rejected"), ("accept", "reject"), ("male", "female"),
    ("major", "minor"), ("majority", "minority"), ("hot", "cold"), ("warm", "cool"), ("wet", "dry"),
    ("deep", "shallow"), ("wide", "narrow"), ("rich", "poor"), ("simple", "complex"), ("upper", "lower"),
    ("top", "bottom"), ("left", "right"), ("same", "different"), ("success", "failure"), ("agree", "disagree"),
    ("support", "oppose"), ("supported", "opposed"), ("create", "destroy"), ("true", "false"),
    ("common", "rare"), ("likely", "unlikely"), ("known", "unknown"), ("dominant", "recessive"),
    ("exothermic", "endothermic"), ("aerobic", "anaerobic"), ("soluble", "insoluble"), ("stable", "unstable"),
    ("voluntary", "involuntary"), ("vertebrates", "invertebrates"), ("sexual", "asexual"),
    ("absorbs", "releases"), ("absorb", "release"), ("absorbed", "released"), ("gains", "loses"),
    ("gain", "lose"), ("attracts", "repels"), ("attract", "repel"), ("expands", "contracts"),
    ("expand", "contract"), ("acidic", "basic"), ("odd", "even"), ("mandatory", "optional"),
];

/// Words that deny what follows, in lower case.
const DENIALS: &[&str] = &[
    "not", "no", "never", "none", "neither", "nor", "cannot", "without", "nobody", "nothing", "nowhere",
    "hardly", "nicht", "kein", "keine", "keinen", "nie", "niemals", "nunca", "jamais",
];

/// The opposites of a word in lower case.
pub(super) fn opposites(lower: &str) -> impl Iterator<Item = &'static str> + '_ {
    OPPOSITES.iter().filter_map(move |&(one, other)| match lower {
        _ if lower == one => Some(other),
        _ if lower == other => Some(one),
        _ => None,
    })
}

/// Whether a word in lower case denies.
pub(super) fn denies(lower: &str) -> bool {
    DENIALS.contains(&lower) || lower.ends_with("n't") || lower.ends_with("n’t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_are_found_from_either_side() {
        assert!(opposites("rises").any(|word| word == "falls"));
        assert!(opposites("falls").any(|word| word == "rises"));
        assert_eq!(opposites("more").count(), 2);
        assert_eq!(opposites("water").count(), 0);
    }

    #[test]
    fn denials_are_told_from_other_words() {
        assert!(denies("not") && denies("isn't") && denies("never"));
        assert!(!denies("note") && !denies("and"));
    }
}
