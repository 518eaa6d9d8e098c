//! Made-up people: every page of signing in, consent and settings, by its address.

use sharper_domain::Timestamp;
use sharper_pages::people::{
    ConsentPage, ConsentState, ForgottenPage, FormFault, NewPasswordPage, OperatorPage, RegisterForm,
    RegisterPage, SignInPage, SignedOutPage, WaitingPage,
};
use sharper_pages::settings::{AccountPage, Device, DevicesPage, Kept, PrivacyPage, Token, TokensPage};
use sharper_pages::{Frame, RenderError, Template};

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// The page at a path; `state` chooses one of its states (`?state=`).
pub(crate) fn page(frame: Frame, path: &str, state: &str) -> Option<Result<String, RenderError>> {
    let email = "mira.lindqvist@example.org".to_owned();
    let wrong = |fault| (state == "wrong").then_some(fault);
    Some(match path {
        "sign-in" => {
            let next = if state == "first" { "/tutor" } else { "/" };
            let fault = wrong(FormFault::SignIn);
            SignInPage { frame, email, next: next.into(), open: true, fault, news: None }.render()
        }
        "admin/sign-in" => {
            OperatorPage { frame, next: "/admin".into(), fault: wrong(FormFault::AdminToken) }.render()
        }
        "signed-out" => SignedOutPage { frame }.render(),
        "register" => {
            let form = RegisterForm { email, under_13: state == "wrong", guardian_email: String::new() };
            let fault = wrong(FormFault::GuardianMissing);
            let (first, open) = (state == "first", state != "closed");
            RegisterPage { frame, form, first, open, fault }.render()
        }
        "reset" => {
            let (sent, fault) = (state == "sent", wrong(FormFault::Address));
            ForgottenPage { frame, email, sent, minutes: 30, fault }.render()
        }
        "reset/confirm" => {
            let fault =
                if state == "dead" { Some(FormFault::Link) } else { wrong(FormFault::PasswordShort(8)) };
            NewPasswordPage { frame, token: "secret".into(), fault }.render()
        }
        "waiting" => WaitingPage {
            frame,
            guardian: Some("a…@example.org".into()),
            days: 30,
            sent_again: false,
            fault: None,
        }
        .render(),
        "consent" => {
            let state = match state {
                "given" => ConsentState::Given,
                "refused" => ConsentState::Refused,
                "unknown" => ConsentState::Unknown,
                _ => ConsentState::Asked,
            };
            let model = Some("llama-3.3-70b".into());
            ConsentPage { frame, child: email, token: "secret".into(), state, model }.render()
        }
        "settings" => {
            let fault = wrong(FormFault::PasswordWrong);
            AccountPage { frame, chosen: None, email: Some(email), news: None, fault }.render()
        }
        "settings/devices" => DevicesPage { frame, devices: devices() }.render(),
        "settings/tokens" => {
            let fresh = (state == "fresh").then(|| "ssk_4qf2Zk9vT1xWm0Rb7cYp3nHs8dLeUaGj5iKoQtVyXzE".into());
            let tokens = if state == "none" { vec![] } else { tokens() };
            TokensPage { frame, tokens, fresh, name: String::new(), fault: wrong(FormFault::TokenName) }
                .render()
        }
        "settings/privacy" => {
            let kept = Kept {
                material: None,
                events: Some(30),
                executions: Some(30),
                sums: Some(400),
                sessions: Some(30),
                admin_log: Some(365),
            };
            let fault = wrong(FormFault::NotConfirmed);
            PrivacyPage { frame, confirm: Some(email), kept, model: None, fault }.render()
        }
        _ => return None,
    })
}

fn devices() -> Vec<Device> {
    let device = |id: &str, name: &str, created: &str, seen: &str, this| Device {
        id: id.into(),
        name: name.into(),
        created_at: moment(created),
        seen_at: moment(seen),
        this,
    };
    vec![
        device("1", "Firefox, Linux", "2026-11-20T08:00:00Z", "2026-11-23T18:29:50Z", true),
        device("2", "Safari, iPhone", "2026-09-02T08:00:00Z", "2026-11-23T07:12:00Z", false),
        device("3", "", "2026-11-01T08:00:00Z", "2026-11-02T08:00:00Z", false),
    ]
}

fn tokens() -> Vec<Token> {
    let token = |id: &str, name: &str, used: Option<&str>, ends: Option<&str>| Token {
        id: id.into(),
        name: name.into(),
        hint: "ssk_4qf2".into(),
        created_at: moment("2026-10-01T08:00:00Z"),
        used_at: used.map(moment),
        expires_at: ends.map(moment),
    };
    vec![
        token("1", "Import from Anki", Some("2026-11-23T03:00:00Z"), Some("2027-01-01T00:00:00Z")),
        token("2", "Backup of my notes", None, None),
        token("3", "Seminar", Some("2026-10-05T03:00:00Z"), Some("2026-11-01T00:00:00Z")),
    ]
}
