//! A student at the pages, in headless Chromium: from pasted notes to studied cards.

use std::time::Duration;

use serde_json::json;
use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, ColourScheme, Server};

use crate::stage::{TEXT, make, server};

#[test]
fn a_student_pastes_notes_watches_cards_appear_and_studies_them() {
    let server = server();
    let browser = Browser::open();
    browser.goto(&server.url());
    browser.paste("#notes", TEXT);
    browser.click("form[data-make] button.primary");
    browser.wait_for("[data-items] > *");
    browser.wait_until("document.querySelector('[data-open]')?.hidden === false", Duration::from_secs(30));
    assert_eq!(browser.count("[data-items] > *"), 10);

    browser.click("[data-open]");
    browser.wait_for("[data-card]");
    let question = browser.text("[data-question]");
    assert!(!question.is_empty());
    browser.press(" ");
    browser.wait_until("!document.querySelector('[data-back]').hidden", Duration::from_secs(5));
    assert!(!browser.text("[data-answer]").is_empty());
    assert!(!browser.text("[data-quote]").is_empty(), "the card shows the words it stands on");
    browser.press("3");
    browser.wait_until(
        &format!("document.querySelector('[data-question]').textContent !== {question:?}"),
        Duration::from_secs(5),
    );
    // The last grade is sent when the page is left, and may arrive a moment after the next page was asked for.
    for _ in 0..20 {
        browser.goto(&server.url());
        if browser.has(".recent progress[value='1']") {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(browser.has(".recent progress[value='1']"), "the grade was kept");
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn a_reload_in_the_middle_loses_nothing() {
    let server = server();
    let browser = Browser::open();
    browser.goto(&server.url());
    browser.click(".samples button");
    browser.wait_for("[data-items] > *");
    browser.reload();
    browser.wait_until("document.querySelector('[data-open]')?.hidden === false", Duration::from_secs(30));
    assert_eq!(browser.count("[data-items] > *"), 10);
}

/// The address at which the making of a kind has ended up.
fn made(browser: &Browser, server: &Server, kind: &str) -> String {
    browser.goto(&server.url());
    browser.paste("#notes", TEXT);
    browser.click(&format!("input[value={kind}]"));
    browser.click("form[data-make] button.primary");
    browser.wait_until("document.querySelector('[data-open]')?.hidden === false", Duration::from_secs(30));
    browser.click("[data-open]");
    browser.wait_for("main .result-top, [data-turn]");
    browser.url()
}

#[test]
fn a_student_takes_a_quiz_and_practises_what_was_missed() {
    let server = server();
    let browser = Browser::open();
    made(&browser, &server, "quiz_generation");
    let count = browser.count(".ask");
    for place in 0..count {
        let answer = if place == 0 { "input:not([data-right])" } else { "input[data-right]" };
        // Words are typed wrongly, and the student says that they meant the right thing.
        let script = format!(
            "const ask = document.querySelector('.ask:not([hidden])');
             const choice = ask.querySelector('[type=radio]') && ask.querySelector('{answer}');
             if (choice) choice.click(); else ask.querySelector('input').value = 'xyzzy';
             ask.querySelector('[data-check]').click();
             const appeal = ask.querySelector('[data-appeal]:not([hidden]) [data-{}]');
             appeal?.click();
             ask.querySelector('[data-next]').click();",
            if place == 0 { "missed" } else { "had" }
        );
        browser.execute(&script, &[]);
    }
    assert!(browser.has("[data-score]:not([hidden])"));
    assert!(!browser.text("[data-score-line]").is_empty());
    browser.click("[data-again]");
    browser.wait_for(".ask:not([hidden])");
    assert_eq!(browser.text("[data-place]"), "1 / 1", "only the one that was missed");
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

/// The page has its fonts and scripts: nothing moves away under a click any more.
const STILL: &str = "document.readyState === 'complete' && document.fonts.status === 'loaded'";

/// Asks the tutor. On a busy machine a click may come before the page listens, so it is repeated until the question is
/// taken: the field is empty then.
fn ask(browser: &Browser, question: &str) {
    browser.wait_until(STILL, Duration::from_secs(20));
    let holds =
        || browser.execute("return document.querySelector('#message').value !== ''", &[]) == json!(true);
    browser.paste("#message", question);
    assert!(holds(), "the question was typed");
    for _ in 0..40 {
        browser.click(".ask-form button");
        std::thread::sleep(Duration::from_millis(250));
        if !holds() {
            return;
        }
    }
    panic!("the question was not taken");
}

#[test]
fn a_student_asks_the_tutor_and_opens_the_passage() {
    let server = server();
    let browser = Browser::open();
    let note = json!({"title": "Immune", "content": TEXT});
    server.client().post("/api/notes", &note).expect_status(201);
    browser.goto(&format!("{}/tutor", server.url()));
    ask(&browser, "What is an allergy?");
    browser.wait_for(".cite");
    assert!(browser.url().contains("/tutor/"), "the address is that of the conversation");
    browser.click(".cite");
    browser.wait_until("!!document.querySelector('.passage:popover-open mark')", Duration::from_secs(5));
    let quote = browser.text(".passage:popover-open mark");
    assert!(TEXT.contains(&quote));
    let talk = browser.url();
    browser.click(".passage:popover-open a");
    browser.wait_for_text("#passage.hit", &quote);
    browser.goto(&talk);
    browser.wait_for(".cite");
    assert_eq!(browser.count(".turn"), 2, "a reload finds question and reply again");
    ask(&browser, "Who won the World Cup in 1998?");
    browser.wait_for("[data-no-answer]:not([hidden])");
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn no_page_of_a_material_has_a_serious_barrier_in_either_theme_or_width() {
    let server = server();
    let browser = Browser::open();
    let mut pages: Vec<String> =
        ["quiz_generation", "exam_generation", "summary_generation", "note_analysis", "study_plan"]
            .map(|kind| made(&browser, &server, kind))
            .into();
    let asked = json!({"type": "chat", "message": "What is an allergy?", "session_id": "talk-1"});
    make(&server.client(), &asked);
    pages.extend(["tutor", "tutor/talk-1", ""].map(|path| format!("{}/{path}", server.url())));
    for page in &pages {
        for (width, scheme) in [(375, ColourScheme::Light), (1280, ColourScheme::Dark)] {
            browser.set_width(width);
            browser.set_colour_scheme(scheme);
            browser.goto(page);
            // What is folded away is read as well.
            browser
                .execute("for (const fold of document.querySelectorAll('details')) fold.open = true;", &[]);
            let found = axe(&browser);
            assert!(found.is_empty(), "{page} at {width}: {found:?}");
        }
    }
}

#[test]
fn no_page_has_a_serious_barrier_in_either_theme_or_width() {
    let server = server();
    let browser = Browser::open();
    browser.goto(&server.url());
    browser.click(".samples button");
    browser.wait_until("document.querySelector('[data-open]')?.hidden === false", Duration::from_secs(30));
    let making = browser.url();
    browser.click("[data-open]");
    browser.wait_for("[data-card]");
    let study = browser.url();
    let set = study.replace("/study/", "/sets/");
    let set = set.split('?').next().unwrap();
    for page in [&server.url(), &making, &study, set, &format!("{}/nowhere", server.url())] {
        for (width, scheme) in [(375, ColourScheme::Light), (1280, ColourScheme::Dark)] {
            browser.set_width(width);
            browser.set_colour_scheme(scheme);
            browser.goto(page);
            let found = axe(&browser);
            assert!(found.is_empty(), "{page} at {width}: {found:?}");
        }
    }
}
