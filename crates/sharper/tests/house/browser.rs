//! A student at the pages, in headless Chromium: from pasted notes to studied cards.

use std::time::Duration;

use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, ColourScheme};

use crate::stage::{TEXT, server};

#[test]
fn a_student_pastes_notes_watches_cards_appear_and_studies_them() {
    let server = server();
    let browser = Browser::open();
    browser.goto(&server.url());
    browser.paste("#notes", TEXT);
    browser.click("form[data-make] button.primary");
    browser.wait_for("[data-cards] > *");
    browser.wait_until("document.querySelector('[data-study]')?.hidden === false", Duration::from_secs(30));
    assert_eq!(browser.count("[data-cards] > *"), 10);

    browser.click("[data-study]");
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
    browser.wait_for("[data-cards] > *");
    browser.reload();
    browser.wait_until("document.querySelector('[data-study]')?.hidden === false", Duration::from_secs(30));
    assert_eq!(browser.count("[data-cards] > *"), 10);
}

#[test]
fn no_page_has_a_serious_barrier_in_either_theme_or_width() {
    let server = server();
    let browser = Browser::open();
    browser.goto(&server.url());
    browser.click(".samples button");
    browser.wait_until("document.querySelector('[data-study]')?.hidden === false", Duration::from_secs(30));
    let making = browser.url();
    browser.click("[data-study]");
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
