//! A real browser for one test: go, find, click, type, paste, wait, look.

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::webdriver::Session;

/// How long `wait_for` and its like wait.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(25);
/// Height of the window in CSS pixels, whatever its width.
const HEIGHT: u32 = 900;

/// A headless Chromium with a fresh profile; ended with all its processes when the value goes.
pub struct Browser {
    session: Session,
}

/// What the reader's system prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourScheme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

impl Browser {
    /// Starts one, 1,280 wide, light.
    ///
    /// # Panics
    /// When Chromium or chromedriver is missing; the message says how to get them.
    #[track_caller]
    pub fn open() -> Self {
        let browser = Self { session: Session::open() };
        browser.set_width(1280);
        browser.set_colour_scheme(ColourScheme::Light);
        browser
    }

    /// Opens a page and waits until it is loaded.
    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.session.command("POST", "/url", &json!({"url": url}));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.session.command("POST", "/refresh", &json!({}));
    }

    /// The address of the page.
    #[track_caller]
    pub fn url(&self) -> String {
        text_of(&self.session.command("GET", "/url", &Value::Null))
    }

    /// The title of the page.
    #[track_caller]
    pub fn title(&self) -> String {
        text_of(&self.session.command("GET", "/title", &Value::Null))
    }

    /// Lays the page out this wide, in CSS pixels: 375 is a phone, 1,280 a desk.
    #[track_caller]
    pub fn set_width(&self, width: u32) {
        let screen = json!({"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false});
        self.session.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// Sets what `prefers-color-scheme` answers.
    #[track_caller]
    pub fn set_colour_scheme(&self, scheme: ColourScheme) {
        let value = match scheme {
            ColourScheme::Light => "light",
            ColourScheme::Dark => "dark",
        };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.session.devtools("Emulation.setEmulatedMedia", &media);
    }

    /// Whether an element is there, seen or unseen.
    pub fn has(&self, css: &str) -> bool {
        self.session.find(css).is_some()
    }

    /// How many elements are there.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        let count = self.execute("return document.querySelectorAll(arguments[0]).length", &[json!(css)]);
        usize::try_from(count.as_u64().unwrap_or_default()).unwrap_or_default()
    }

    /// The text of the first element, as it is rendered.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        text_of(&self.session.command("GET", &format!("/element/{}/text", self.element(css)), &Value::Null))
    }

    /// The rendered texts of all elements.
    #[track_caller]
    pub fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(element => element.innerText)";
        let texts = self.execute(script, &[json!(css)]);
        texts.as_array().into_iter().flatten().map(text_of).collect()
    }

    /// What the first field holds.
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        text_of(&self.execute("return document.querySelector(arguments[0]).value", &[json!(css)]))
    }

    /// Clicks the first element, as a hand would: fails when something covers it.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.session.command("POST", &format!("/element/{}/click", self.element(css)), &json!({}));
    }

    /// Types into the first element, key by key.
    #[track_caller]
    pub fn type_text(&self, css: &str, text: &str) {
        let path = format!("/element/{}/value", self.element(css));
        self.session.command("POST", &path, &json!({"text": text}));
    }

    /// Puts text into the first element in one go, after what it holds, as a paste does; an `input` event
    /// follows. Long texts are quick.
    #[track_caller]
    pub fn paste(&self, css: &str, text: &str) {
        let element = Session::as_argument(&self.element(css));
        self.execute("arguments[0].focus()", &[element]);
        self.session.devtools("Input.insertText", &json!({"text": text}));
    }

    /// Empties the first field.
    #[track_caller]
    pub fn clear(&self, css: &str) {
        self.session.command("POST", &format!("/element/{}/clear", self.element(css)), &json!({}));
    }

    /// Presses a key wherever the focus is: `"Tab"`, `"Enter"`, `"Escape"`, `" "`, `"ArrowDown"`, a letter.
    #[track_caller]
    pub fn press(&self, key: &str) {
        let code = match key {
            "Tab" => "\u{e004}",
            "Enter" => "\u{e007}",
            "Escape" => "\u{e00c}",
            "ArrowLeft" => "\u{e012}",
            "ArrowUp" => "\u{e013}",
            "ArrowRight" => "\u{e014}",
            "ArrowDown" => "\u{e015}",
            other => other,
        };
        let strokes = json!([{"type": "keyDown", "value": code}, {"type": "keyUp", "value": code}]);
        let actions = json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]});
        self.session.command("POST", "/actions", &actions);
    }

    /// Waits until an element is there and rendered.
    ///
    /// # Panics
    /// When it is not after 20 s; the message holds the page's text. So do all that wait.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        let script = "const found = document.querySelector(arguments[0]);
                      return !!found && found.getClientRects().length > 0";
        self.wait(&format!("`{css}`"), PATIENCE, || self.holds(script, &[json!(css)]));
    }

    /// Waits until the first element's text holds `text`.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, text: &str) {
        let script = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";
        let told = [json!(css), json!(text)];
        self.wait(&format!("`{css}` to say {text:?}"), PATIENCE, || self.holds(script, &told));
    }

    /// Waits until an expression of the page is true.
    #[track_caller]
    pub fn wait_until(&self, expression: &str, patience: Duration) {
        let script = format!("return !!({expression})");
        self.wait(expression, patience, || self.holds(&script, &[]));
    }

    /// Runs the body of a function in the page, with `arguments`; a promise is awaited.
    #[track_caller]
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Value {
        self.session.command("POST", "/execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// A picture of the window, as PNG.
    ///
    /// # Panics
    /// When it cannot be written.
    #[track_caller]
    pub fn screenshot(&self, file: &Path) {
        let picture = text_of(&self.session.command("GET", "/screenshot", &Value::Null));
        let bytes = STANDARD.decode(picture).expect("the protocol gives a screenshot in base64");
        if let Err(error) = std::fs::write(file, bytes) {
            panic!("writing {}: {error}", file.display());
        }
    }

    /// The errors in the console since it was last asked: script errors, refused resources, broken policies.
    #[track_caller]
    pub fn console_errors(&self) -> Vec<String> {
        let entries = self.session.command("POST", "/se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        errors.map(|entry| text_of(&entry["message"])).collect()
    }

    /// The first element's id in the protocol.
    #[track_caller]
    fn element(&self, css: &str) -> String {
        match self.session.find(css) {
            Some(element) => element,
            None => panic!("there is no `{css}`. {}", self.described()),
        }
    }

    /// Whether a script says so. A page that is being left, or is not wholly there, may miss what the script looks at.
    fn holds(&self, script: &str, arguments: &[Value]) -> bool {
        let body = json!({"script": script, "args": arguments});
        self.session.try_command("POST", "/execute/sync", &body) == Ok(json!(true))
    }

    #[track_caller]
    fn wait(&self, what: &str, patience: Duration, mut is_so: impl FnMut() -> bool) {
        let deadline = Instant::now() + patience;
        while !is_so() {
            if Instant::now() > deadline {
                panic!("waited {patience:?} in vain for {what}. {}", self.described());
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// The page, for a message.
    #[track_caller]
    fn described(&self) -> String {
        let text = self.execute("return document.body?.innerText ?? ''", &[]);
        format!("The page {} says:\n{}", self.url(), text_of(&text))
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
