//! A student's library in headless Chromium: a note written, searched, edited, thrown away and brought back.

use std::time::Duration;

use serde_json::json;
use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, ColourScheme, Server};

use crate::stage::{TEXT, make, server};

/// A text that would run something, if anything of it did, with what a note may hold.
const HOSTILE: &str = "# Formulas\n\n<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>\
    <svg onload=\"window.hit=1\"></svg>[x](javascript:window.hit=1) <div hx-get=\"/\" hx-trigger=\"load\">y</div>\n\n\
    The area of a circle is $\\pi r^2$ and its circumference is $2\\pi r$.\n\n\
    ![A picture](https://pictures.example/pixel.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```py\nprint(1)\n```\n";

fn patience() -> Duration {
    Duration::from_secs(20)
}

/// A note over the API; its id.
fn note(server: &Server, title: &str, text: &str) -> String {
    let made =
        server.client().post("/api/notes", &json!({"title": title, "content": text})).expect_status(201);
    made.json()["note"]["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_note_of_the_library_is_written_searched_edited_thrown_away_and_brought_back() {
    let server = server();
    let browser = Browser::open();
    browser.goto(&format!("{}/notes/new", server.url()));
    browser.paste("#title", "Optics");
    browser
        .paste("#content", "# Lenses\n\nA convex lens gathers light in its focal point.\n\nIt costs $x^2$.");
    browser.wait_for("[data-preview] math");
    browser.click(".edit-form .primary");
    browser.wait_for("[data-text] h2");
    let address = browser.url();
    let address = address.split('?').next().unwrap_or_default().to_owned();

    browser.goto(&format!("{}/library", server.url()));
    browser.paste("#q", "convex");
    browser.wait_for(".hits mark");
    assert!(browser.text(".hits").contains("focal point"));
    browser.click(".hits a");
    browser.wait_for("#passage.hit");

    browser.goto(&format!("{address}/edit"));
    browser.paste("#content", "A concave lens spreads light.");
    browser.click(".edit-form .primary");
    browser.wait_until("document.querySelectorAll('.versions li').length === 2", patience());
    browser.click(".versions li:last-child a");
    browser.wait_until("document.body.textContent.includes('focal point')", patience());

    browser.goto(&format!("{}/library", server.url()));
    browser.click(".leaf .pick input");
    browser.click(".chosen-bar [value=delete]");
    browser.wait_for(".undo button");
    assert_eq!(browser.count(".leaf"), 0);
    browser.click(".undo button");
    browser.wait_for(".leaf");
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn what_was_typed_in_the_library_on_an_older_version_is_kept_and_shown_beside_what_was_saved() {
    let server = server();
    let browser = Browser::open();
    let id = note(&server, "Tides", "The moon pulls the sea.");
    browser.goto(&format!("{}/notes/{id}/edit", server.url()));
    server
        .client()
        .put(&format!("/api/notes/{id}"), &json!({"content": "The sun pulls too."}))
        .expect_status(200);
    browser.paste("#content", "The moon pulls the sea twice a day.");
    browser.click(".edit-form .primary");
    browser.wait_for("#theirs");
    assert!(browser.value("#theirs").contains("The sun pulls too."));
    assert!(browser.value("#content").contains("twice a day"));
    browser.click(".edit-form .primary");
    browser.wait_until("document.querySelectorAll('.versions li').length === 3", patience());
}

#[test]
fn items_made_from_a_note_of_the_library_lead_to_their_words_and_nothing_in_a_note_runs() {
    let server = server();
    let browser = Browser::open();
    let id = note(&server, "Cells", TEXT);
    let body = json!({"type": "flashcard_generation", "message": "", "explicit_note_ids": [id], "options": {"count": 5}});
    make(&server.client(), &body);
    browser.goto(&format!("{}/notes/{id}", server.url()));
    browser.click("[data-go]");
    browser.wait_for("#passage.hit");
    assert!(browser.has(".coverage"));
    let hostile = note(&server, "Formulas", HOSTILE);
    browser.goto(&format!("{}/notes/{hostile}", server.url()));
    browser.wait_for("[data-text] math");
    assert_eq!(browser.execute("return String(window.hit)", &[]), json!("undefined"));
    assert_eq!(browser.count("[data-text] :is(img, script, svg, [onerror], [hx-get])"), 0);
    assert_eq!(browser.console_errors(), Vec::<String>::new());

    for page in [
        "/library",
        "/library?q=cell",
        "/library/bin",
        "/notes/new",
        &format!("/notes/{id}"),
        &format!("/notes/{hostile}"),
        &format!("/notes/{hostile}/edit"),
    ] {
        for (width, scheme) in [(375, ColourScheme::Light), (1280, ColourScheme::Dark)] {
            browser.set_width(width);
            browser.set_colour_scheme(scheme);
            browser.goto(&format!("{}{page}", server.url()));
            let found = axe(&browser);
            assert!(found.is_empty(), "{page} at {width}: {found:?}");
        }
    }
}
