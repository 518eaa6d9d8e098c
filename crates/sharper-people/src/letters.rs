//! The letters that this room sends: all their words, in one place.

use sharper_post::Mail;

/// Where a new password is asked for; with `?token=…`, which stays out of logs and referrers, where it is set.
const RESET: &str = "/reset";
/// Where a guardian answers, with `?token=…`.
const CONSENT: &str = "/consent";

fn link(public_url: &str, page: &str, token: &str) -> String {
    format!("{}{page}?token={token}", public_url.trim_end_matches('/'))
}

/// With the link to set a new password.
pub(crate) fn reset(to: String, public_url: &str, token: &str) -> Mail {
    let text = format!(
        "Someone, most likely you, asked for a new password for your account at Study Sharper.\n\n\
         Set it here within 15 minutes:\n{}\n\n\
         If it was not you, do nothing: your password stays as it is.\n",
        link(public_url, RESET, token)
    );
    Mail { to, subject: "A new password for Study Sharper".to_owned(), text }
}

/// That the account is locked.
pub(crate) fn locked(to: String, public_url: &str) -> Mail {
    let text = format!(
        "There were a hundred tries in a row to sign in to your account at Study Sharper with a wrong password. It is \
         locked now, so that nobody can go on guessing.\n\n\
         Where you are signed in, you stay so. To sign in again, ask for a new password:\n{}{RESET}\n",
        public_url.trim_end_matches('/')
    );
    Mail { to, subject: "Your account at Study Sharper is locked".to_owned(), text }
}

/// That the password is another now.
pub(crate) fn password_changed(to: String, public_url: &str) -> Mail {
    let text = format!(
        "The password of your account at Study Sharper was changed, and everybody who was signed in with the old one \
         was signed out.\n\n\
         If it was not you, set another one at once:\n{}{RESET}\n",
        public_url.trim_end_matches('/')
    );
    Mail { to, subject: "Your password at Study Sharper was changed".to_owned(), text }
}

/// What a guardian is asked.
pub(crate) fn consent(to: String, child: &str, public_url: &str, token: &str) -> Mail {
    let text = format!(
        "{child} would like to study with Study Sharper, is under 13, and named you as their guardian.\n\n\
         Study Sharper keeps their e-mail address, the notes they put in, and what is made from those: flashcards, \
         quizzes and the like. They can use it only when you agree. See what it asks, and agree or not, here:\n{}\n\n\
         Keep this letter: with the same link you can take your consent back whenever you like. If you do not know \
         {child}, say no there, or do nothing: without you the account stays shut.\n",
        link(public_url, CONSENT, token)
    );
    Mail { to, subject: "May they use Study Sharper?".to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_in_every_letter_leads_to_a_page_that_there_is() {
        let to = || "ada@example.org".to_owned();
        let house = "https://study.example.org/";
        for (letter, place) in [
            (reset(to(), house, "t"), "https://study.example.org/reset?token=t\n"),
            (locked(to(), house), "https://study.example.org/reset\n"),
            (password_changed(to(), house), "https://study.example.org/reset\n"),
            (consent(to(), "kim@example.org", house, "t"), "https://study.example.org/consent?token=t\n"),
        ] {
            assert!(letter.text.contains(place), "{}", letter.text);
            assert_eq!(letter.text.matches("https://").count(), 1, "{}", letter.text);
        }
    }
}
