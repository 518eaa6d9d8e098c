//! The lexicon: closed classes, common verbs and adjectives; everything else is decided by its ending.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::inflect;

/// What a word can be, before its neighbours are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// Articles, demonstratives, quantifiers before a noun.
    Determiner,
    /// Words that stand for something said elsewhere.
    Pronoun,
    /// Prepositions.
    Preposition,
    /// and, or, but, nor, yet.
    Conjunction,
    /// because, although, if, when, while: what opens a clause.
    Subordinator,
    /// which, who, that, what, how.
    Wh,
    /// Forms of be.
    Be,
    /// Forms of have.
    Have,
    /// Forms of do.
    Do,
    /// can, may, will, …
    Modal,
    /// to
    To,
    /// not, never.
    Negation,
    /// Adverbs.
    Adverb,
    /// Adjectives.
    Adjective,
    /// Number words and numbers.
    Numeral,
    /// A verb's plain form that is no common noun.
    VerbBase,
    /// A verb's third person that is no common noun.
    VerbThird,
    /// A past form or past participle.
    VerbPast,
    /// A participle or gerund.
    VerbIng,
    /// Plain form that is as often a noun: form, force, change.
    NounOrVerb,
    /// Third person or plural: forms, forces, changes.
    NounsOrVerb,
    /// Nouns, names, and whatever is not known.
    Noun,
    /// Marks.
    Mark,
}

const CLOSED: &[(Class, &str)] = &[
    (
        Class::Determiner,
        "a an the this these those each every some any no all both either neither another such many few several \
         most more less much fewer other my your his her its our their whose various certain enough half",
    ),
    (
        Class::Pronoun,
        "i you he she it we they me him us them himself herself itself themselves ourselves yourself myself mine yours \
         hers ours theirs something anything nothing everything someone anyone everyone somebody anybody nobody one ones \
         others none there here oneself",
    ),
    (
        Class::Preposition,
        "of in on at by for with from into onto upon about against among amongst between beyond through throughout \
         during within without under over above below across along around behind beside besides beneath near off out \
         outside inside toward towards up down per via versus despite like unlike except as than since until till before \
         after following including regarding concerning amid underneath alongside",
    ),
    (Class::Conjunction, "and or but nor yet so plus"),
    (
        Class::Subordinator,
        "because although though if unless when whenever while whereas wherever where once whether lest provided",
    ),
    (Class::Wh, "which who whom that what how why whatever whichever whoever"),
    (Class::Be, "is are was were be been being am isn't aren't wasn't weren't"),
    (Class::Have, "has have had having hasn't haven't hadn't"),
    (Class::Do, "do does did doing done don't doesn't didn't"),
    (
        Class::Modal,
        "can could may might must shall should will would cannot can't couldn't won't wouldn't shouldn't ought",
    ),
    (Class::To, "to"),
    (Class::Negation, "not never"),
    (
        Class::Adverb,
        "also often sometimes usually always then thus therefore however moreover furthermore hence instead indeed very \
         too quite rather almost nearly just only even still already again soon later now today ever perhaps maybe \
         together apart well far away back forth once twice seldom likewise meanwhile otherwise nonetheless nevertheless \
         somewhat somehow further ago thereby therein whereby wherein yes largely about-face elsewhere everywhere anyway \
         else afterward afterwards inward outward upward downward forward eventually especially",
    ),
    (
        Class::Numeral,
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
         eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion \
         trillion dozen first second third fourth fifth sixth seventh eighth ninth tenth last next",
    ),
];

/// Verbs whose plain form is rarely a noun.
const VERBS: &str = "bear absorb accept accommodate accompany accomplish account accumulate accuse achieve acknowledge acquire \
activate adapt add address adhere adjust admit adopt advocate affect affirm agree aid allege allocate allow alter analyze \
analyse announce anticipate appeal appear apply appoint appreciate approve argue arise arrange arrive ascend ask assemble \
assert assess assign assist associate assume attach attain attempt attract attribute avoid awaken become beget begin \
behave believe belong bind bring broaden build buy calculate carry categorize cease challenge characterize choose claim \
clarify classify coexist collapse collect collide combine come commit communicate compare compel compete compile complete \
comprise compose compute conceive concentrate conclude conduct confer confine confirm conform connect conquer consider \
consist consolidate constitute constrain construct consume contain contend continue contract contradict contribute \
convert convey convince cooperate coordinate correlate correspond create criticize cultivate deal declare decline \
decompose dedicate deduce deem defeat defend define degrade deliver demonstrate denote deny depart depend depict deposit \
derive descend describe deserve designate destroy detect deter determine develop deviate devote die differ differentiate \
diffuse digest diminish direct disagree disappear discard discourage discover discuss disperse display dissolve \
distinguish distribute disturb divert divide dominate donate draw drive earn eat educate elaborate elect elicit eliminate \
embody embrace emerge emit emphasize employ empower enable enact encode encompass encounter encourage endorse endure enforce \
engage enhance enjoy enlarge ensue ensure enter entitle equip erode escape establish evaluate evolve examine exceed \
exclude execute exercise exert exhibit exist expand expect experience explain exploit explore export expose express extend \
extract face facilitate fail fall fear feed feel fight fill find finish fit flee flow fold follow forbid form formulate \
foster found fulfill gain gather generate get give go govern grant grow guarantee guide hand happen harm hear help hold \
hypothesize identify ignore illustrate imagine imitate implement imply import impose improve include incorporate increase \
incur indicate induce infer influence inform inherit inhibit initiate insert insist inspect inspire install institute instruct \
integrate intend intensify interact interfere interpret intervene introduce invade invent invest investigate invite \
involve isolate join judge justify keep kill know lack launch lay lead learn leave lend let lie limit live locate look lose maintain make manage \
manifest manipulate manufacture marry match maximize mean measure mediate meet mention migrate minimize modify motivate move \
multiply negotiate neglect nominate notice obey observe obtain occupy occur offer open operate oppose organize originate \
outline outlaw overcome overlap overthrow own oxidize participate pass pay perceive perform permit persist persuade pertain \
possess possessed postulate practice precede predict prefer prepare prescribe preserve presume prevail prevent proceed \
proclaim produce prohibit promise promote propagate propose protect prove provide provoke publish punish pursue put \
raise ratify reach react read realize rebel receive recognize recommend reconcile record recover recruit reduce refer \
reflect refuse regain regard regulate reject relate release rely remain remember remind remove render renew repeal repeat \
replace replicate report represent reproduce require resemble reside resist resolve respond restore restrict retain retire \
retreat reveal rise rule run satisfy say secede secrete secure see seek seem select sell send separate serve settle \
shape share shift show sign signify simplify sing sit solve speak specialize specialise specify spend spread stabilize stand start \
stem stimulate stop store stress strive struggle study submit succeed suffer suggest supply support suppose suppress \
surrender surround survive suspend sustain swear synthesize take teach tell tend threaten throw tie tolerate transcribe \
transfer transform translate transmit transport travel treat trigger try turn undergo undermine understand undertake \
unify unite use utilize vary verify vibrate view violate vote want warn weaken wear weigh win wish withdraw withstand work \
wrap write yield advance attack ban benefit bond break cause change charge check circulate concern control cost cover \
cross cycle damage decay decrease delay demand design desire display divide doubt estimate exchange experiment fire focus \
force function grip hope host impact interest issue label land lay lower map mark mate mix name need neutralize note \
number occupy order pack pair place plan plant play point pose position practice press process profit program progress project \
pull pump purchase push question quote range rank rate repair request research respect rest result return reverse review \
reward risk roll rotate rush sacrifice sample save scale search sense set sort sound source split stage state step strike \
structure struggle subject surface switch target tax test time touch trace track trade train transition trap trust value wage \
waste watch wave wonder catalyze catalyse hydrolyze ionize polarize engulf filter secrete excrete metabolize fuse bud \
evaporate condense freeze melt boil accelerate propel orbit rebound deposit mobilize urbanize colonize industrialize \
enslave emancipate segregate legitimize socialize stigmatize reinforce internalize stratify";

/// Verbs of the list above whose plain form is as often a noun.
const NOUNY: &str = "account address advance aid appeal approach attack attempt ban benefit bond break cause challenge \
change charge check claim collapse concern conduct contract control cost cover cross cycle damage deal decay decline \
decrease defeat delay demand deposit design desire display divide doubt escape estimate exchange exercise experience \
experiment exploit export extract face fall fear feed fight fire fit flow focus fold force form function gain grant grip \
guarantee guide hand harm help hold hope host impact import increase influence institute interest issue judge label lack land launch \
lay lead lie limit look map mark match mate mean measure mention mix move name need note notice number offer order outline \
overlap own pack pair pass pay place plan plant play point pose position practice press process profit program progress \
project promise pull pump purchase push question quote range rank rate rebel record recruit reject release repeal repeat report \
request research respect rest result retreat return reverse review reward rise risk roll rule run rush sacrifice sample save \
scale search sense set shape share shift show sign sort sound source split spread stage stand start state stem step stop \
store stress strike structure struggle study subject supply support surface switch target tax test tie time touch trace track \
trade train transfer transition transport trap travel treat trigger trust turn use value view vote wage want waste watch \
wave win wish wonder work wrap yield bud filter fuse orbit rebound direct open complete separate lower secure manifest elaborate \
associate correlate derivative initiate degree host coordinate predicate";

const ADJECTIVES: &str = "able active actual additional adult ancient annual available average aware bad basic beautiful best better big \
black blue brief bright broad brown capable careful central cheap chief clean clear close cold common complex constant cool \
correct crucial current dark dead deep dense dependent different difficult dominant double dry due early easy effective \
elderly empty entire equal essential exact extreme fair familiar famous far fast female few final fine flat foreign formal \
former free french frequent fresh full general given good grand gray great green guilty happy hard healthy heavy hidden high hot \
huge human ideal immediate important independent individual initial inner innate intense internal key kind large late latter \
least left legal light little living local long loose lost low main major male mature mere middle mild minimum minor mobile modern \
moral narrow native natural negative new nice normal novel nuclear numerous old only open opposite orange original other outer \
overall own parallel particular past perfect permanent physical plain poor popular positive possible potential precise \
present previous primary prime principal prior private probable profound prominent proper proud public pure quick quiet \
random rapid rare raw ready real recent red regular related relevant responsible rich right rough round royal rural safe \
same secret senior separate serious severe shallow sharp short significant similar simple single slow small smart smooth social soft sole \
solid special specific stable standard straight strange strict strong sudden sufficient suitable sure sweet tall thick \
thin tight tiny top total tough true typical unique universal unknown upper urban usual vast violent visible vital warm \
weak wealthy wet white whole wide wild wise wrong yellow young likely unlikely alike alive worth worse worst longer shorter \
larger smaller higher lower greater lesser older younger stronger weaker earlier faster slower largest smallest highest \
lowest greatest oldest strongest simplest british american european german english indian african asian chinese spanish \
roman greek russian japanese";

/// Adjectives that judge or point instead of defining: "X is an important …" is no definition.
const EVALUATIVE: &str = "good bad great important interesting useful common key major main big best better popular famous \
excellent perfect classic obvious clear simple difficult easy hard real true huge significant crucial critical vital \
notable prime striking similar different same first second third last next only another powerful serious necessary essential \
fundamental central modern recent new well-known growing constant matter lot example case reason result way part problem \
question fact time issue point thing cause effect consequence idea answer goal purpose beginning end challenge subject topic \
place means kind source sign reminder symbol step half number contributor product combination variety majority";

/// Nouns (and endings) for people: their questions begin with Who.
const PEOPLE: &str = "professor founder co-founder director secretary composer painter playwright novelist poet sculptor architect \
nurse missionary priest monk bishop merchant planter general admiral commander officer diplomat ambassador justice pope theologian \
theorist thinker scholar researcher author journalist reporter businessman businesswoman entrepreneur industrialist inventor \
photographer filmmaker actor singer musician athlete statesman chief president king queen emperor scientist philosopher physicist chemist biologist sociologist economist \
psychologist historian writer author poet artist inventor explorer general leader senator governor minister prime judge \
lawyer doctor physician teacher activist reformer theorist engineer mathematician astronomer botanist zoologist geologist \
politician soldier colonist settler farmer worker immigrant voter citizen candidate woman man women men people person \
child children student students democrats republicans congressman";

/// Words by class, made on first use.
fn table() -> &'static FxHashMap<&'static str, Class> {
    static TABLE: OnceLock<FxHashMap<&'static str, Class>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = FxHashMap::default();
        for word in ADJECTIVES.split_ascii_whitespace() {
            table.insert(word, Class::Adjective);
        }
        for word in VERBS.split_ascii_whitespace() {
            table.insert(word, Class::VerbBase);
        }
        for word in NOUNY.split_ascii_whitespace() {
            table.insert(word, Class::NounOrVerb);
        }
        for (class, words) in CLOSED {
            for word in words.split_ascii_whitespace() {
                table.entry(word).and_modify(|old| *old = *class).or_insert(*class);
            }
        }
        table
    })
}

/// Whether the list knows `base` as the plain form of a verb.
pub(super) fn is_verb(base: &str) -> bool {
    matches!(table().get(base), Some(Class::VerbBase | Class::NounOrVerb))
}

/// The class of a word in lower case with a plain apostrophe.
pub(crate) fn classify(word: &str) -> Class {
    if let Some(&class) = table().get(word) {
        return class;
    }
    if !word.starts_with(char::is_alphabetic) {
        return if word.starts_with(char::is_numeric) { Class::Numeral } else { Class::Mark };
    }
    if let Some((base, form)) = inflect::verb_form(word) {
        return match form {
            inflect::Form::Third if table().get(base.as_str()) == Some(&Class::NounOrVerb) => {
                Class::NounsOrVerb
            }
            inflect::Form::Third => Class::VerbThird,
            inflect::Form::Past => Class::VerbPast,
            inflect::Form::Ing => Class::VerbIng,
        };
    }
    by_ending(word)
}

fn by_ending(word: &str) -> Class {
    let long = word.len() > 4;
    let ends = |endings: &[&str]| long && endings.iter().any(|ending| word.ends_with(ending));
    if ends(&["ly"])
        && !ends(&["family", "assembly", "anomaly", "monopoly", "supply", "belly", "butterfly"])
        && !matches!(word, "ally" | "rally")
    {
        Class::Adverb
    } else if word.len() > 5 && word.ends_with("est") && !ends(&["rest", "quest", "vest", "test", "priest"]) {
        Class::Adjective
    } else if long
        && word.ends_with("ing")
        && !ends(&["thing", "string", "spring", "ceiling", "king", "ring"])
    {
        Class::VerbIng
    } else if long && word.ends_with("ed") && !ends(&["seed", "speed", "breed", "need", "weed", "hundred"]) {
        Class::VerbPast
    } else if ends(&["ous", "ive", "able", "ible", "ful", "less", "ary", "ic", "ical", "ish", "ular", "oid"])
        || ends(&["onal", "tial", "cial", "ural", "eral", "istic", "ent-based"])
    {
        Class::Adjective
    } else {
        Class::Noun
    }
}

/// Whether a word judges or points instead of defining.
pub(crate) fn is_evaluative(word: &str) -> bool {
    static SET: OnceLock<rustc_hash::FxHashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| EVALUATIVE.split_ascii_whitespace().collect()).contains(word)
}

/// Whether a noun in lower case names a kind of people.
pub(crate) fn is_person_noun(word: &str) -> bool {
    static SET: OnceLock<rustc_hash::FxHashSet<&'static str>> = OnceLock::new();
    let set = SET.get_or_init(|| PEOPLE.split_ascii_whitespace().collect());
    let singular = word.strip_suffix('s').unwrap_or(word);
    set.contains(word)
        || set.contains(singular)
        || singular.len() > 6
            && (singular.ends_with("ist") || singular.ends_with("ologer") || singular.ends_with("sman"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, class: Class) {
        assert_eq!(classify(word), class, "{word}");
    }

    #[test]
    fn closed_classes_win_over_open_ones() {
        check("like", Class::Preposition);
        check("because", Class::Subordinator);
        check("first", Class::Numeral);
    }

    #[test]
    fn verbs_are_known_in_their_forms() {
        check("contain", Class::VerbBase);
        check("contains", Class::VerbThird);
        check("carried", Class::VerbPast);
        check("wrote", Class::VerbPast);
        check("forming", Class::VerbIng);
        check("forms", Class::NounsOrVerb);
    }

    #[test]
    fn unknown_words_go_by_their_ending() {
        check("membranous", Class::Adjective);
        check("slowly", Class::Adverb);
        check("family", Class::Noun);
        check("ribosome", Class::Noun);
    }
}
