//! People: whether a name is a person's, by its first name.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::bank::{Bank, canonical};

/// Common first names of the people in textbooks, in lower case.
const GIVEN: &str = "aaron abigail abraham adam adolf alan albert alexander alexis alfred alice amelia andrew angela ann anna anne \
anthony antonio aristotle arthur auguste augustus barack barbara benjamin bernard bernie bessie betty bill billy bob booker \
boris calvin carl caroline catherine charles charlotte cesar chester christopher claude claudius clara colin cornelius \
daniel david deborah dmitri donald dorothy douglas dwight edgar edmund edward eleanor elena eli elizabeth ella ellen emily \
emma emmanuel enrico erasmus eric erik ernest erwin eugene eva fannie felix ferdinand fidel florence frances francis francisco \
frank franklin franz frederick frida friedrich gabriel galileo gene geoffrey georg george gerald gertrude gloria gottfried \
grace gregor grover guglielmo harriet harry heinrich helen henri henrik henry herbert herman hernán hillary howard hubert \
hugo humphrey ida immanuel ira irving isaac isabella jack jackie jacob james jane jean jefferson jennifer jeremy jerry jesse \
jim jimmy joan joe johann johannes john johnny jonathan joseph josephine joshua juan judith jules julia julian julius karl \
katherine kenneth kim kurt lawrence lech leon leonardo leonhard lewis lincoln linus lise louis louise lucretia lucy luis \
ludwig lyndon malala malcolm marcus margaret maria marie mark martha martin mary matthew max mercy michael michel michelangelo \
mikhail miguel mohandas nancy napoleon nelson niccolò nicholas nicolaus niels nikita nikola noah noam oliver oscar otto pablo \
patrick paul pedro peter philip pierre pius plato rachel ralph randolph raymond rebecca reinhold rené richard robert robin roger \
ronald rosa rosalind ruth sally salvador samuel sandra sara sarah sean sigmund simon simone socrates sojourner sonia sophie \
spencer stanley stephen steve steven stokely strom susan sylvia ted thaddeus theodore thomas thurgood tim timothy tom tommie \
tycho ulysses upton ursula vasco victor victoria vincent virginia vladimir voltaire w walter warren wilhelm william winston \
woodrow zachary zora";

fn given() -> &'static FxHashSet<&'static str> {
    static NAMES: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| GIVEN.split_whitespace().collect())
}

/// Whether a name is a person's: it begins with a first name, or the notes have it with one before it.
pub(super) fn is_person(name: &str, bank: &Bank<'_>) -> bool {
    let begins = |text: &str| {
        let mut words = text.split_whitespace();
        let first = words.next().unwrap_or_default().to_lowercase();
        words.next().is_some_and(|next| next.starts_with(char::is_uppercase))
            && given().contains(first.as_str())
    };
    let surname = !name.contains(' ')
        && bank
            .terms
            .iter()
            .any(|term| term.name && begins(&term.text) && term.text.split_whitespace().last() == Some(name));
    let acts = bank.get(&canonical(name)).is_some_and(|term| term.acts);
    begins(name) || surname || acts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Document;

    #[test]
    fn people_are_told_from_places_by_their_first_names() {
        let document = Document::parse("In 1876 Samuel Tilden ran in South Carolina. Later Tilden lost.");
        let bank = Bank::new(&document);
        assert!(is_person("Samuel Tilden", &bank));
        assert!(is_person("Tilden", &bank));
        assert!(!is_person("South Carolina", &bank));
    }
}
