//! People at the pages, in headless Chromium: registering, the operator's pages, settings, a child and its guardian.

use std::time::Duration;

use serde_json::json;
use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, ColourScheme, Server, ServerOptions};

use crate::access::{register, server_with_accounts};
use crate::stage::{TEXT, cards, make};

const PASSWORD: &str = "violet harbour lantern 7";

fn patience() -> Duration {
    Duration::from_secs(30)
}

/// Sends the form whose button this is, and waits for the address that it leads to.
fn send(browser: &Browser, button: &str, place: &str) {
    browser.click(button);
    browser.wait_until(
        &format!("location.pathname === {place:?} && document.readyState === 'complete'"),
        patience(),
    );
}

fn sign_up(browser: &Browser, server: &Server, email: &str) {
    browser.goto(&format!("{}/register", server.url()));
    browser.paste("#email", email);
    browser.paste("#new-password", PASSWORD);
    send(browser, ".lines .primary", "/");
}

#[test]
fn the_first_who_registers_administers_and_whoever_signs_out_is_led_back_after_signing_in() {
    let server = server_with_accounts(ServerOptions::new());
    let browser = Browser::open();
    sign_up(&browser, &server, "amal@example.org");
    browser.click(".me");
    browser.wait_for(".me-menu:popover-open a[href='/admin']");
    send(&browser, ".me-menu a[href='/admin']", "/admin");
    assert!(browser.has(".headlines") && browser.has(".rows"));
    browser.click(".me");
    send(&browser, ".me-menu form button", "/signed-out");

    browser.goto(&format!("{}/admin/agents?hours=168", server.url()));
    assert!(browser.url().contains("/sign-in?next="), "{}", browser.url());
    browser.paste("#email", "amal@example.org");
    browser.paste("#password", "not the password");
    send(&browser, ".lines .primary", "/sign-in");
    browser.wait_for("#fault");
    assert_eq!(browser.value("#email"), "amal@example.org", "what was typed is still there");
    assert_eq!(browser.value("#password"), "", "but no password is");
    browser.paste("#password", PASSWORD);
    send(&browser, ".lines .primary", "/admin/agents");
    assert!(browser.url().ends_with("/admin/agents?hours=168"), "{}", browser.url());

    let student = Browser::open();
    sign_up(&student, &server, "mira@example.org");
    assert!(!student.has(".me-menu a[href='/admin']"));
    student.goto(&format!("{}/admin", server.url()));
    assert!(student.has("body.problem"), "a student sees none of it");
}

#[test]
fn a_live_page_changes_by_itself_and_what_was_opened_stays_open() {
    let server = server_with_accounts(ServerOptions::new());
    let admin = register(&server, "admin@example.org");
    let browser = Browser::open();
    browser.goto(&format!("{}/sign-in?next=/admin", server.url()));
    browser.paste("#email", "admin@example.org");
    browser.paste("#password", "correct horse battery");
    send(&browser, ".lines .primary", "/admin");
    browser.execute("document.querySelector('.tabs a').focus(); document.hasBeenThere = true;", &[]);
    let log = make(&admin.client, &cards(&admin.id, 5, TEXT));
    assert_eq!(log.last().expect("an end").json()["type"], "complete");
    browser.wait_until("document.querySelectorAll('.chart rect').length > 0", patience());
    let still = "return document.hasBeenThere && document.activeElement.matches('.tabs a')";
    assert_eq!(browser.execute(still, &[]), json!(true), "it was not loaded anew, and the focus stayed");
}

#[test]
fn a_child_waits_until_the_guardian_has_said_yes() {
    let server = server_with_accounts(ServerOptions::new());
    let browser = Browser::open();
    sign_up(&browser, &server, "admin@example.org");
    browser.click(".me");
    send(&browser, ".me-menu form button", "/signed-out");
    browser.goto(&format!("{}/register", server.url()));
    browser.paste("#email", "kim@example.org");
    browser.paste("#new-password", PASSWORD);
    browser.click("[name=under_13]");
    browser.wait_for("#guardian");
    browser.paste("#guardian", "kim@example.org");
    send(&browser, ".lines .primary", "/register");
    browser.wait_for("#guardian[aria-invalid]");
    browser.clear("#guardian");
    browser.paste("#guardian", "parent@example.org");
    browser.paste("#new-password", PASSWORD);
    send(&browser, ".lines .primary", "/waiting");
    assert!(browser.text("main").contains("p…@example.org"));
    browser.goto(&format!("{}/tutor", server.url()));
    assert!(browser.url().ends_with("/waiting"), "nothing else opens: {}", browser.url());
}

#[test]
fn an_account_is_deleted_when_its_password_was_shown() {
    let server = server_with_accounts(ServerOptions::new());
    register(&server, "admin@example.org");
    let browser = Browser::open();
    sign_up(&browser, &server, "mira@example.org");
    browser.goto(&format!("{}/settings/tokens", server.url()));
    browser.paste("#name", "Backup");
    send(&browser, ".lines .secondary", "/settings/tokens");
    browser.wait_for(".secret");
    let token = browser.text(".secret");
    let script = server.client().with_header("Authorization", &format!("Bearer {token}"));
    script.get("/api/notes").expect_status(200);
    browser.goto(&format!("{}/settings/privacy", server.url()));
    browser.paste("#password", "mira@example.org");
    send(&browser, ".danger", "/settings/delete");
    browser.wait_for("#fault");
    script.get("/api/notes").expect_status(200);
    browser.paste("#password", PASSWORD);
    send(&browser, ".danger", "/sign-in");
    script.get("/api/notes").expect_status(401);
    browser.goto(&format!("{}/tutor", server.url()));
    assert!(browser.url().contains("/sign-in"), "{}", browser.url());
}

#[test]
fn no_page_of_people_settings_or_administration_has_a_serious_barrier() {
    let server = server_with_accounts(ServerOptions::new());
    let browser = Browser::open();
    let look = |pages: &[&str]| {
        for page in pages {
            for (width, scheme) in [(375, ColourScheme::Light), (1280, ColourScheme::Dark)] {
                browser.set_width(width);
                browser.set_colour_scheme(scheme);
                browser.goto(&format!("{}{page}", server.url()));
                let found = axe(&browser);
                assert!(found.is_empty(), "{page} at {width}: {found:?}");
            }
        }
    };
    look(&[
        "/sign-in?next=/admin",
        "/register",
        "/reset",
        "/reset?token=x",
        "/consent?token=x",
        "/signed-out",
        "/admin/sign-in",
    ]);
    sign_up(&browser, &server, "amal@example.org");
    browser.execute(&format!("window.made = fetch('/api/ai/process-stream', {{method: 'POST', headers: {{'content-type': 'application/json'}}, body: {:?}}})", without_user(cards("", 5, TEXT)).to_string()), &[]);
    look(&[
        "/settings",
        "/settings/making",
        "/settings/study",
        "/settings/devices",
        "/settings/tokens",
        "/settings/privacy",
    ]);
    look(&[
        "/admin",
        "/admin/agents",
        "/admin/errors",
        "/admin/users",
        "/admin/quality",
        "/admin/alerts",
        "/admin/settings",
        "/admin/log",
    ]);
    browser.goto(&format!("{}/admin/users", server.url()));
    browser.wait_until("!!document.querySelector('.rows td a')", patience());
    browser.click(".rows td a");
    browser.wait_until("location.pathname.startsWith('/admin/users/')", patience());
    let user = browser.url().replace(&server.url(), "");
    look(&[&user]);
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

/// The same request, in nobody's name: it is the caller's.
fn without_user(mut request: serde_json::Value) -> serde_json::Value {
    request.as_object_mut().expect("a request is an object").remove("user_id");
    request
}
