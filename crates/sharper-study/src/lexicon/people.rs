//! Who is a person: given names, and what only people do.

/// Given names that textbooks use.
const GIVEN: &str = "abigail abraham adam adolf albert alexander alfred alice andrew anna anne anthony antonio aristotle arthur \
barack benjamin benito bernard bill booker carl carlos caroline catherine cesar charles charlotte christopher clara claude daniel david \
dorothy douglas dwight edward eleanor elizabeth emile emily emma emmanuel erik ernest eugene ferdinand frances francis francisco franklin \
franz frederick friedrich galileo george gerald gloria gregor harriet harry helen henry herbert hernan hillary howard hugh immanuel isaac ivan jacob \
jacques james jane jean jefferson jesse joan johannes john joseph joshua juan julia julius karl kate kevin konrad lee leonardo lewis louis lucy \
ludwig lyndon malcolm margaret maria marie mark martha martin mary matthew max michael miguel mollie nelson niccolo nicholas nikola \
noam oliver oscar otto patrick paul peter philip pierre plato ralph raymond rene richard robert ronald rosa rosalind rousseau roger \
ruth samuel sandra sarah sigmund simone socrates sophia stanley stephen steven susan theodore theodor thomas thurgood ulysses victor \
vladimir walter warren william winston woodrow ivan nathaniel archduke sir lord saint pope emperor empress king queen prince princess \
president senator governor general colonel captain professor dr mr mrs ms justice";

/// Verbs whose subject is a person when it is a name.
const HUMAN: &str = "argue write believe claim say think propose invent win marry die serve study teach resign retire \
publish assert conclude criticize criticise insist hope feel dream refuse suggest persuade observe explain paint compose \
wonder imagine fear admire denounce assassinate";

fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|item| item == word)
}

/// Whether a word in lower case is a given name or a title of people.
pub(crate) fn is_given_name(word: &str) -> bool {
    has(GIVEN, word)
}

/// Whether a verb in its plain form is something that people do.
pub(crate) fn is_human_deed(base: &str) -> bool {
    has(HUMAN, base)
}
