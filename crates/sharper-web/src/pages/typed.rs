//! What was typed into a form of a page.

use std::time::Duration;

use axum::Form;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use sharper_domain::{Problem, ProblemCode, Secret, visible_line};

use crate::App;
use crate::door::body;

/// A form of a few lines is not longer.
const LARGEST: usize = 16 * 1024;

/// The fields of a form, in its order.
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    /// Reads the form that a request brings.
    pub(super) async fn of(app: &App, request: Request) -> Result<Self, Problem> {
        Self::within(app, request, LARGEST).await
    }

    /// Reads a form of at most so many bytes.
    pub(super) async fn within(app: &App, request: Request, largest: usize) -> Result<Self, Problem> {
        let within = Duration::from_secs(app.settings.deadlines.body_seconds);
        let (head, sent) = request.into_parts();
        let bytes = body::read(sent, largest, within).await?;
        let whole = Request::from_parts(head, Body::from(bytes));
        let Form(fields) = Form::from_request(whole, app)
            .await
            .map_err(|_| Problem::new(ProblemCode::InvalidRequest, "This is no form of ours."))?;
        Ok(Self(fields))
    }

    /// A line without the spaces around it; empty where it was left out.
    pub(super) fn line(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// A title or a name, without what cannot be seen in it; empty where it was left out.
    pub(super) fn name(&self, name: &str) -> String {
        visible_line(self.text(name))
    }

    /// A text exactly as it was typed; empty where it was left out.
    pub(super) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// All that stands under one name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, text)| text.as_str())
    }

    /// Something secret, exactly as it was typed.
    pub(super) fn secret(&self, name: &str) -> Secret {
        Secret::exact(self.text(name).to_owned())
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.line(name) == "1"
    }

    /// Where to go next: a path of this server, and nothing that a browser takes for another.
    pub(super) fn next(&self) -> String {
        own_path(self.line("next"))
    }
}

/// The path, if it is one of this server; else `/`.
pub(super) fn own_path(path: &str) -> String {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c != '\\' && !c.is_control() && !c.is_whitespace());
    if own { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_a_path_of_this_server_is_gone_on_to() {
        for own in ["/", "/tutor", "/admin/errors?hours=168&sort=count", "/study/1?card=a%20b"] {
            assert_eq!(own_path(own), own);
        }
        for other in
            ["", "tutor", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/\t/x"]
        {
            assert_eq!(own_path(other), "/", "{other}");
        }
    }
}
