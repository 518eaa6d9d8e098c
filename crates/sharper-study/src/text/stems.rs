//! Stems: Snowball for the languages we know, with the Latin and Greek plurals of textbooks mended.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

use super::Language;

/// Irregular plurals that Snowball does not bring together with their singular, sorted by plural.
const PLURALS: &[(&str, &str)] = &[
    ("algae", "alga"),
    ("alveoli", "alveolus"),
    ("analyses", "analysis"),
    ("antennae", "antenna"),
    ("appendices", "appendix"),
    ("axes", "axis"),
    ("bacilli", "bacillus"),
    ("bacteria", "bacterium"),
    ("bronchi", "bronchus"),
    ("children", "child"),
    ("cilia", "cilium"),
    ("cocci", "coccus"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("data", "datum"),
    ("diagnoses", "diagnosis"),
    ("feet", "foot"),
    ("flagella", "flagellum"),
    ("foci", "focus"),
    ("formulae", "formula"),
    ("fungi", "fungus"),
    ("ganglia", "ganglion"),
    ("genera", "genus"),
    ("gyri", "gyrus"),
    ("halves", "half"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("larvae", "larva"),
    ("leaves", "leaf"),
    ("lives", "life"),
    ("loci", "locus"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("mice", "mouse"),
    ("mitochondria", "mitochondrion"),
    ("nuclei", "nucleus"),
    ("nucleoli", "nucleolus"),
    ("ova", "ovum"),
    ("phenomena", "phenomenon"),
    ("septa", "septum"),
    ("spectra", "spectrum"),
    ("stimuli", "stimulus"),
    ("strata", "stratum"),
    ("sulci", "sulcus"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("vertebrae", "vertebra"),
    ("vertices", "vertex"),
    ("villi", "villus"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
];

/// The stem of a word that is in lower case already; in a language without a stemmer, the word itself.
pub fn stem_of(lowercase: &str, language: Language) -> Cow<'_, str> {
    let algorithm = match language {
        Language::English => {
            if let Ok(at) = PLURALS.binary_search_by_key(&lowercase, |&(plural, _)| plural) {
                return stem_of(PLURALS[at].1, language);
            }
            Algorithm::English
        }
        Language::German => Algorithm::German,
        Language::Spanish => Algorithm::Spanish,
        Language::French => Algorithm::French,
        Language::Other => return Cow::Borrowed(lowercase),
    };
    Stemmer::create(algorithm).stem(lowercase)
}

/// The stem of a word in any case, with a possessive `'s` taken off in English.
pub fn stem(word: &str, language: Language) -> String {
    let lower = word.to_lowercase();
    let bare = match language {
        Language::English => lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower),
        _ => &lower,
    };
    stem_of(bare, language).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str) {
        assert_eq!(stem(one, Language::English), stem(other, Language::English), "{one} and {other}");
    }

    #[test]
    fn the_table_of_plurals_is_sorted() {
        assert!(PLURALS.is_sorted());
    }

    #[test]
    fn inflected_and_irregular_forms_share_a_stem() {
        check("ribosomes", "ribosome");
        check("Mitochondria", "mitochondrion");
        check("cell’s", "cells");
        check("theories", "theory");
    }

    #[test]
    fn other_languages_have_their_own_stemmer_or_none() {
        assert_eq!(stem("Zellen", Language::German), stem("Zelle", Language::German));
        assert_eq!(stem("células", Language::Spanish), stem("célula", Language::Spanish));
        assert_eq!(stem("細胞", Language::Other), "細胞");
    }
}
