//! Stop words: the words that say nothing about what a text is about.

use super::Language;

const ENGLISH: &str = "a about above across after again against all almost along already also although always am among an \
and another any anyone anything are aren't around as at away be because been before began being below between both but by \
can can't cannot could couldn't did didn't do does doesn't doing don't down during each either else enough especially etc \
even ever every everyone everything few find for found from further gave get gets give given gives go goes had hadn't has \
hasn't have haven't having he he's hence her here hers herself him himself his how however i i'm if in indeed instead into \
is isn't it it's its itself just known largely least less let let's like likely made mainly make makes making many may \
maybe me might more moreover most mostly much must my myself near nearly neither never nevertheless no none nor not \
nothing now of off often on once one one's ones only onto or other others otherwise ought our ours ourselves out over own \
particular particularly per perhaps put quite rather really same say says see seen several shall she should shouldn't \
simply since so some someone something sometimes soon still such take takes than that that's the their theirs them \
themselves then there there's thereby therefore these they they're this those though through throughout thus to together \
too toward towards typically under unless unlike until up upon us use used uses using usually various very via was wasn't \
way ways we we're we've well went were weren't what what's whatever when whenever where whereas whereby wherein whether \
which while who whoever whom whose why will with within without won't would wouldn't yet you you're your yours yourself \
yourselves";

const GERMAN: &str = "aber alle allem allen aller alles als also am an ander andere anderen anderer anderes auch auf aus \
bei beim bin bis bist da dabei dadurch daher damit dann das dass dazu dein dem den denn der deren des dessen die dies diese \
diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einige einigen er es etwa etwas euch für \
gegen hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden \
jeder jedes jedoch kann kein keine keinen können könnte man manche mehr mein meist mit muss müssen nach neben nicht nichts \
noch nun nur ob oder oft ohne sehr sein seine seinem seinen seiner seit sich sie sind so sogar solche soll sollen sondern \
sonst sowie über um und uns unser unter vom von vor war waren was weil weiter welche welchem welchen welcher welches wenn \
werden wie wieder will wir wird wo wurde wurden während zu zum zur zwar zwischen";

const SPANISH: &str = "a al algo algunas algunos ante antes aquel aquella así aún aunque cada como con contra cual cuales \
cualquier cuando cuya cuyo de del desde donde dos durante e el ella ellas ello ellos en entre era eran es esa esas ese eso \
esos esta está están estar estas este esto estos fue fueron ha había habían hace hacia han hasta hay la las le les lo los \
más me mediante menos mi mientras muchas mucho muchos muy nada ni no nos nosotros o otra otras otro otros para pero poco \
por porque pueden puede pues que quien quienes se sea según ser si sí sido sin sino sobre son su sus también tan tanto \
tiene tienen toda todas todo todos tras tu un una unas uno unos usted y ya yo";

const FRENCH: &str = "afin ai ainsi alors après au aucun aussi autre autres aux avait avant avec avoir c car ce ceci cela \
celle celles celui ces cet cette ceux chaque chez comme comment d dans de depuis des deux donc dont du elle elles en encore \
entre est et était étaient été être eu eux fait font furent fut grâce ici il ils j je jusque l la le les leur leurs lors \
lorsque lui m mais même mêmes moins n ne ni non nos notre nous on ont ou où par parce pas pendant peu peut peuvent plus \
plusieurs pour pourquoi près puis qu quand que quel quelle quelles quels qui s sa sans se selon sera ses si sinon soit son \
sont sous souvent sur t ta tandis tant te tel telle tes toujours tous tout toute toutes très tu un une vers vos votre vous y";

/// Whether `word` (any case, curly or plain apostrophe) is a stop word of the language. `Other` has none.
pub fn is_stop_word(word: &str, language: Language) -> bool {
    let list = match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::Spanish => SPANISH,
        Language::French => FRENCH,
        Language::Other => return false,
    };
    if word.is_empty() || word.len() > 16 {
        return false;
    }
    let lower = word.to_lowercase().replace('’', "'");
    sets::of(language, list).contains(lower.as_str())
}

/// The lists as sets, made on first use.
mod sets {
    use std::sync::OnceLock;

    use rustc_hash::FxHashSet;

    use super::Language;

    pub(super) fn of(language: Language, list: &'static str) -> &'static FxHashSet<&'static str> {
        static SETS: [OnceLock<FxHashSet<&'static str>>; 5] = [const { OnceLock::new() }; 5];
        SETS[language as usize].get_or_init(|| list.split_ascii_whitespace().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, language: Language, stop: bool) {
        assert_eq!(is_stop_word(word, language), stop, "{word}");
    }

    #[test]
    fn function_words_are_stop_words_and_subjects_are_not() {
        check("The", Language::English, true);
        check("doesn’t", Language::English, true);
        check("cell", Language::English, false);
        check("Während", Language::German, true);
        check("Zelle", Language::German, false);
        check("también", Language::Spanish, true);
        check("cellule", Language::French, false);
        check("the", Language::Other, false);
    }
}
