//! A student's library in headless Chromium: a note written, searched, edited, thrown away and brought back.

use std::time::Duration;

use serde_json::json;
use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, ColourScheme, Server, TempFolder};

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
        "/library?q=xyzzy",
        "/library/bin",
        "/notes/new",
        &format!("/notes/{id}"),
        &format!("/notes/{id}/edit"),
        &format!("/notes/{hostile}"),
        "/settings/making",
        "/settings/study",
    ] {
        browser.goto(&format!("{}{page}", server.url()));
        no_barrier(&browser);
    }
}

/// The page as it stands has no serious barrier, in both themes and both widths, and nothing of it is wider than it.
#[track_caller]
fn no_barrier(browser: &Browser) {
    for width in [375, 1280] {
        browser.set_width(width);
        let wide = browser.execute("return document.documentElement.scrollWidth", &[]);
        assert!(wide.as_u64().is_some_and(|wide| wide <= width.into()), "{}: {wide} wide", browser.url());
        for scheme in [ColourScheme::Light, ColourScheme::Dark] {
            browser.set_colour_scheme(scheme);
            let found = axe(browser);
            assert!(found.is_empty(), "{} at {width}, {scheme:?}: {found:?}", browser.url());
        }
    }
}

/// Files of several kinds, put into a folder: their paths as a field of files takes them.
fn files(folder: &TempFolder) -> String {
    let files: [(&str, &[u8]); 4] = [
        ("good.csv", b"term,meaning\ncell,the smallest unit of life\n"),
        ("empty.csv", b""),
        ("program.pdf", b"\x7fELF\x02\x01\x01\x00\x00\x00"),
        ("locked.pdf", include_bytes!("../../../sharper-reader/src/pdf/locked.pdf")),
    ];
    let paths = files.map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    });
    paths.join("\n")
}

#[test]
fn files_in_the_library_and_on_today_are_told_of_one_by_one_in_the_language_of_the_page() {
    let server = server();
    let browser = Browser::open();
    let folder = TempFolder::new();
    browser.goto(&format!("{}/library", server.url()));
    no_barrier(&browser);
    browser.execute("document.cookie = 'language=de; path=/'", &[]);
    for (page, field) in [("library", "[data-upload] input[type=file]"), ("", "[data-make] input[type=file]")]
    {
        browser.goto(&format!("{}/{page}", server.url()));
        browser.type_text(field, &files(&folder));
        let told =
            "[...document.querySelectorAll('[data-verdict]')].filter(told => told.className).length === 4";
        browser.wait_until(told, patience());
        let told = browser.texts("[data-uploads] li").join("\n");
        let good = if page == "library" { "✓ Fertig" } else { "✓ Diese hast du schon" };
        for verdict in [good, "Die Datei ist leer.", "Dateien dieser Art", "Passwort"] {
            assert!(told.contains(verdict), "{verdict}: {told}");
        }
        no_barrier(&browser);
    }
    assert!(browser.has("[data-uploads] input[name=note_id]"), "Today works from what it read");
    browser.goto(&format!("{}/library", server.url()));
    assert_eq!(browser.count(".leaf"), 1);
}

#[test]
fn what_is_gone_from_the_library_is_told_so_and_what_is_stale_is_remade_at_a_press() {
    let server = server();
    let browser = Browser::open();
    let id = note(&server, "Cells", TEXT);
    browser.goto(&format!("{}/library", server.url()));
    browser.click(".leaf .pick input");
    browser.wait_for(".chosen-bar");
    no_barrier(&browser);
    browser.execute("document.querySelector('#to').options[0].value = arguments[0]", &[json!(id)]);
    browser.click(".chosen-bar [value=move]");
    browser.wait_for_text(".notice", "That is not there any more.");
    assert_eq!(browser.console_errors().len(), 1, "the page that says so is a 404");

    let body = json!({"type": "flashcard_generation", "message": "", "explicit_note_ids": [id], "options": {"count": 5}});
    make(&server.client(), &body);
    let changed = json!({"content": TEXT.replace("immune", "defence")});
    server.client().put(&format!("/api/notes/{id}"), &changed).expect_status(200);
    browser.goto(&format!("{}/notes/{id}", server.url()));
    browser.wait_for("li.stale");
    no_barrier(&browser);
    browser.click("form[action$=remake] button");
    browser.wait_until("!location.pathname.startsWith('/notes/')", patience());
    let ready = "[data-items] a.quiet-link[href*='?from=']";
    browser.wait_for(ready);
    browser.wait_until("document.querySelector('[data-open]')?.hidden === false", patience());
    browser.click(ready);
    browser.wait_for("#passage.hit");
    browser.goto(&format!("{}/notes/{id}", server.url()));
    browser.wait_for("[data-go]");
    assert_eq!(browser.count("li.stale"), 0);
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}
