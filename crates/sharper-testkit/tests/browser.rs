//! The kit against a real browser: type, paste, wait, look, and find the barriers of a page.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, ColourScheme, Server, ServerOptions, TempFolder};

fn open(path: &str) -> (Server, Browser) {
    let server = Server::start(Path::new(env!("CARGO_BIN_EXE_sample-server")), ServerOptions::new());
    let browser = Browser::open();
    browser.goto(&format!("{}{path}", server.url()));
    (server, browser)
}

#[test]
fn a_page_is_read_filled_in_and_waited_for() {
    let (server, browser) = open("/page");
    assert_eq!(browser.title(), "Sample");
    assert_eq!(browser.url(), format!("{}/page", server.url()));
    assert_eq!((browser.count("p"), browser.has("#none")), (1, false));
    browser.type_text("#notes", "ab");
    browser.click("#go");
    browser.wait_for_text("#out", "2 letters");
    browser.press("Tab");
    browser.clear("#notes");
    assert_eq!(browser.value("#notes"), "");
    assert_eq!(browser.texts("#out"), ["2 letters"]);
    assert_eq!(browser.text("h1"), "Sample");
    let errors = browser.console_errors();
    assert!(errors.len() == 1 && errors[0].contains("/favicon.ico"), "{errors:?}");
}

#[test]
fn twenty_thousand_letters_are_pasted_whole() {
    let (_server, browser) = open("/page");
    let text = "Osmosis moves water – always.\n".repeat(700);
    browser.paste("#notes", &text);
    assert_eq!(browser.value("#notes"), text);
    browser.click("#go");
    browser
        .wait_until("document.querySelector('#out').textContent.endsWith('letters')", Duration::from_secs(5));
    assert_eq!(browser.text("#out"), format!("{} letters", text.chars().count()));
}

#[test]
fn width_and_colour_scheme_are_what_the_test_says() {
    let (_server, browser) = open("/page");
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    let seen = |browser: &Browser| (browser.execute("return innerWidth", &[]), browser.execute(dark, &[]));
    assert_eq!(seen(&browser), (json!(1280), json!(false)));
    browser.set_width(375);
    browser.set_colour_scheme(ColourScheme::Dark);
    browser.reload();
    assert_eq!(seen(&browser), (json!(375), json!(true)));
}

#[test]
fn a_screenshot_is_a_picture() {
    let (_server, browser) = open("/page");
    let folder = TempFolder::new();
    let file = folder.path().join("page.png");
    browser.screenshot(&file);
    assert!(std::fs::read(file).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn axe_finds_the_barriers_of_a_page_and_none_on_a_good_one() {
    let (server, browser) = open("/barrier");
    let rules: Vec<String> = axe(&browser).into_iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, ["html-has-lang", "image-alt", "label"]);
    browser.goto(&format!("{}/page", server.url()));
    assert_eq!(axe(&browser), []);
}

#[test]
fn what_is_not_on_the_page_fails_with_the_text_of_the_page() {
    let (_server, browser) = open("/page");
    let panic = catch_unwind(AssertUnwindSafe(|| browser.click("#none"))).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains("no `#none`") && message.contains("nothing yet"), "{message}");
}

#[test]
fn no_process_of_the_browser_is_left_over() {
    let (_server, browser) = open("/page");
    let version = browser.execute("return navigator.userAgent", &[]);
    assert!(version.as_str().unwrap().contains("Chrome"));
    let before = chromium_processes();
    drop(browser);
    let after = chromium_processes();
    assert!(after < before, "{before} processes before, {after} after");
}

/// Processes of this test's own browsers: those whose profile is named after this process.
fn chromium_processes() -> usize {
    let mark = format!("sharper-test-{}-", std::process::id());
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = entries.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).contains(&mark)).count()
}
