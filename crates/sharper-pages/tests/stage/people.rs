//! One of each page of people, settings and administration, filled with text as only an attacker writes it.

use sharper_domain::{Fault, TaskKind};
use sharper_pages::admin::*;
use sharper_pages::people::*;
use sharper_pages::settings::*;
use sharper_pages::{Locale, Template, Visitor};

use super::{EVIL, frame, moment};

fn evil() -> String {
    EVIL.to_owned()
}

const WHEN: &str = "2026-11-22T12:00:00Z";

fn shown(page: &impl Template) -> String {
    page.render().expect("renders")
}

/// Every reason why a form could not be taken.
const FAULTS: [FormFault; 16] = [
    FormFault::SignIn,
    FormFault::AdminToken,
    FormFault::Address,
    FormFault::AddressTaken,
    FormFault::PasswordShort(8),
    FormFault::PasswordLong(200),
    FormFault::PasswordCommon,
    FormFault::PasswordWrong,
    FormFault::GuardianMissing,
    FormFault::GuardianSame,
    FormFault::NoChildren,
    FormFault::Closed,
    FormFault::Link,
    FormFault::TooMany(61),
    FormFault::TokenName,
    FormFault::TokensFull,
];

pub(crate) fn sign_in(locale: Locale, fault: Option<FormFault>, next: &str) -> String {
    let news = Some(SignInNews::PasswordChanged).filter(|_| fault.is_none() && next == "/");
    let frame = sharper_pages::Frame { visitor: Visitor::Nobody, ..frame(locale) };
    shown(&SignInPage { frame, email: evil(), next: next.into(), open: true, fault, news })
}

/// Every page of signing in and consent, in every state.
pub(crate) fn people(locale: Locale) -> Vec<String> {
    let form = RegisterForm { email: evil(), under_13: true, guardian_email: evil() };
    let register = |first, open, fault| {
        shown(&RegisterPage { frame: frame(locale), form: form.clone(), first, open, fault })
    };
    let consent = |state, model| {
        let (frame, child, token) = (frame(locale), evil(), evil());
        shown(&ConsentPage { frame, child, token, state, model })
    };
    let forgotten =
        |sent, fault| shown(&ForgottenPage { frame: frame(locale), email: evil(), sent, minutes: 30, fault });
    let new_password = |fault| shown(&NewPasswordPage { frame: frame(locale), token: evil(), fault });
    let waiting = |guardian, sent_again, fault| {
        shown(&WaitingPage { frame: frame(locale), guardian, days: 30, sent_again, fault })
    };
    let mut pages = vec![
        sign_in(locale, None, "/"),
        sign_in(locale, None, "/tutor"),
        shown(&OperatorPage { frame: frame(locale), next: evil(), fault: Some(FormFault::AdminToken) }),
        shown(&SignedOutPage { frame: frame(locale) }),
        register(true, true, None),
        register(false, false, None),
        forgotten(true, None),
        forgotten(false, Some(FormFault::Address)),
        new_password(Some(FormFault::Link)),
        new_password(Some(FormFault::PasswordCommon)),
        waiting(Some(evil()), true, None),
        waiting(None, false, Some(FormFault::TooMany(1))),
        consent(ConsentState::Asked, Some(evil())),
        consent(ConsentState::Asked, None),
        consent(ConsentState::Given, None),
        consent(ConsentState::Refused, None),
        consent(ConsentState::Unknown, None),
    ];
    pages.extend(FAULTS.map(|fault| register(false, true, Some(fault))));
    pages
}

/// Every page of the settings.
pub(crate) fn settings(locale: Locale) -> Vec<String> {
    let account = |news, fault| {
        let (chosen, email) = (Some(Locale::Ar), Some(evil()));
        shown(&AccountPage { frame: frame(locale), chosen, email, news, fault })
    };
    let (created_at, seen_at) = (moment(WHEN), moment(WHEN));
    let device = |name: &str, this| Device { id: evil(), name: name.into(), created_at, seen_at, this };
    let token = |used_at, expires_at| Token {
        id: evil(),
        name: evil(),
        hint: evil(),
        created_at,
        used_at,
        expires_at,
    };
    let tokens = vec![
        token(None, None),
        token(Some(moment(WHEN)), Some(moment(WHEN))),
        token(Some(moment(WHEN)), Some(moment("2027-01-01T00:00:00Z"))),
    ];
    let kept = Kept { executions: Some(30), ..Kept::default() };
    let chosen = sharper_domain::Preferences { time_zone: Some(evil()), ..Default::default() };
    let learned = Some((sharper_domain::DifficultyChoice::Hard, 3));
    let making = |kept, wrong| {
        shown(&MakingPage { frame: frame(locale), chosen: chosen.clone(), learned, kept, wrong })
    };
    let fault = Some(FormFault::NotConfirmed);
    vec![
        making(true, None),
        making(false, Some("time_zone")),
        account(Some(AccountNews::Language), None),
        account(Some(AccountNews::Password), None),
        account(None, Some(FormFault::PasswordWrong)),
        shown(&DevicesPage { frame: frame(locale), devices: vec![device(EVIL, true), device("", false)] }),
        shown(&TokensPage { frame: frame(locale), tokens, fresh: Some(evil()), name: evil(), fault: None }),
        shown(&TokensPage {
            frame: frame(locale),
            tokens: vec![],
            fresh: None,
            name: evil(),
            fault: Some(FormFault::TokenName),
        }),
        shown(&PrivacyPage { frame: frame(locale), confirm: Some(evil()), kept, model: Some(evil()), fault }),
    ]
}

fn user() -> UserRow {
    let usage = Usage {
        generations: 50,
        generations_limit: Some(50),
        tokens: 9,
        tokens_limit: Some(10),
        bytes: 1,
        bytes_limit: None,
    };
    UserRow {
        id: evil(),
        email: Some(evil()),
        admin: false,
        account: Some("waiting".into()),
        seen_at: Some(moment(WHEN)),
        requests: 3,
        failed: 1,
        usage,
    }
}

fn group() -> ErrorGroup {
    let (first_at, last_at) = (moment(WHEN), moment(WHEN));
    ErrorGroup { id: evil(), agent: evil(), message: evil(), count: 2, users: 1, first_at, last_at }
}

/// The page Now, where requests succeeded and failed so often.
pub(crate) fn now(locale: Locale, figures: Figures, measures: Measures) -> String {
    let slot = Slot {
        succeeded: figures.succeeded,
        failed: figures.requests - figures.succeeded,
        average_ms: figures.average_ms,
    };
    let address = Address::read(Section::Now, [("hours", "1"), ("q", EVIL)]);
    shown(&NowPage { frame: frame(locale), address, figures, measures, course: vec![slot], firing: 2 })
}

/// A quiet, good hour.
pub(crate) fn good() -> (Figures, Measures) {
    let figures = Figures {
        requests: 100,
        succeeded: 100,
        p50_ms: Some(900),
        p95_ms: Some(2_000),
        average_ms: Some(1_000),
        nano_usd_per_day: Some(1_000_000_000),
        ..Figures::default()
    };
    let measures = Measures {
        recorded: 700,
        sums_off_by: Some(0),
        limits_on: Some(true),
        overhead: Some(0.0001),
        tokens_recorded: 990,
        tokens_billed: Some(1_000),
        ..Measures::default()
    };
    (figures, measures)
}

pub(crate) fn agents(locale: Locale, query: &[(&'static str, &'static str)]) -> String {
    let row = |name: &str, runs: u64, p95_ms| AgentRow {
        name: name.into(),
        runs,
        succeeded: 1,
        p50_ms: None,
        p95_ms,
        average_ms: Some(6_000),
        tokens: 5,
        nano_usd: Some(7),
        course: vec![1, 2],
    };
    let agents = vec![row("beta", 4, Some(20)), row("zeta", 1, None), row("alpha", 9, Some(400))];
    shown(&AgentsPage {
        frame: frame(locale),
        address: Address::read(Section::Agents, query.iter().copied()),
        agents,
    })
}

fn quality(locale: Locale) -> QualityPage {
    let task = TaskQuality { kind: TaskKind::Chat, passed: 3, rejected: 1, ratings: 2, rating_sum: 9 };
    let said = |text, issues| FeedbackRow { at: moment(WHEN), content_type: evil(), rating: 1, text, issues };
    let variant = VariantRow {
        name: evil(),
        users: 1,
        runs: 2,
        accepted: 3,
        rejected: 0,
        ratings: 1,
        rating_sum: 5,
        nano_usd: Some(9),
        reviews: 2,
        known: 1,
    };
    QualityPage {
        frame: frame(locale),
        address: Address::read(Section::Quality, []),
        tasks: vec![task],
        rejections: vec![RejectionRow { fault: Fault::TooLong, count: 3 }],
        feedback: vec![said(Some(evil()), vec![evil()]), said(None, vec![evil()]), said(None, vec![])],
        experiments: vec![ExperimentView { name: evil(), task: evil(), variants: vec![variant] }],
        appeals: vec![super::attempts::appeal()],
    }
}

fn request(locale: Locale) -> RequestPage {
    let step = |status: &str, text: Option<String>| StepView {
        agent: evil(),
        status: status.into(),
        after_ms: 1,
        took_ms: 2,
        tokens: 3,
        model: text.clone(),
        input: text.clone(),
        output: text.clone(),
        error: text,
    };
    let call = ModelCallView {
        model: evil(),
        task: evil(),
        outcome: evil(),
        ok: false,
        cached: true,
        prompt_tokens: 1,
        completion_tokens: 2,
        nano_usd: None,
        took_ms: None,
    };
    let steps = vec![step("success", Some(evil())), step("timeout", None), step("failure", None)];
    let address = Address::read(Section::Errors, []);
    RequestPage {
        frame: frame(locale),
        address,
        request_id: evil(),
        user_id: evil(),
        at: moment(WHEN),
        steps,
        calls: vec![call],
    }
}

fn alerts(locale: Locale, told_by: Vec<String>) -> String {
    let rule = |state| AlertRule {
        name: evil(),
        when: evil(),
        state,
        value: Some(evil()),
        since: None,
        told_at: Some(moment(WHEN)),
    };
    let rules = [AlertState::Quiet, AlertState::Firing, AlertState::Unknown].map(rule).into();
    let history = [true, false]
        .map(|firing| AlertEvent { at: moment(WHEN), rule: evil(), firing, detail: evil() })
        .into();
    let address = Address::read(Section::Alerts, []);
    shown(&AlertsPage { frame: frame(locale), address, rules, history, told_by })
}

/// Every page of the administration.
pub(crate) fn admin(locale: Locale) -> Vec<String> {
    let at = |section| Address::read(section, [("hours", "168"), ("q", EVIL), ("sort", EVIL)]);
    let (figures, measures) = good();
    let (one, id) = (user(), evil());
    let about = LogRow {
        at: moment(WHEN),
        actor: evil(),
        action: evil(),
        about: Some(evil()),
        request_id: evil(),
        status: 403,
    };
    let activity = ["success", "failure", "timeout"].map(|status| ActivityRow {
        at: moment(WHEN),
        request_id: evil(),
        agent: evil(),
        status: status.into(),
        took_ms: 1,
        tokens: 2,
    });
    let setting = |value| Setting { name: evil(), value, about: evil() };
    let values = [
        SettingValue::Plain(evil()),
        SettingValue::Secret(true),
        SettingValue::Secret(false),
        SettingValue::Unset,
    ];
    let groups = vec![SettingGroup { name: evil(), settings: values.map(setting).into() }];
    let row = ErrorRow { at: moment(WHEN), request_id: evil(), user_id: evil(), message: evil() };
    vec![
        now(locale, figures, measures),
        now(locale, Figures::default(), Measures { dropped: 1, errors: 2, ..Measures::default() }),
        agents(locale, &[]),
        shown(&ErrorsPage { frame: frame(locale), address: at(Section::Errors), groups: vec![group()] }),
        shown(&ErrorsPage { frame: frame(locale), address: at(Section::Errors), groups: vec![] }),
        shown(&ErrorGroupPage {
            frame: frame(locale),
            address: at(Section::Errors).at(&id),
            group: group(),
            latest: vec![row],
        }),
        shown(&request(locale)),
        shown(&UsersPage {
            frame: frame(locale),
            address: at(Section::Users),
            users: vec![user()],
            total: 2,
        }),
        shown(&UserPage {
            frame: frame(locale),
            address: at(Section::Users).at(&id),
            user: one,
            created_at: Some(moment(WHEN)),
            activity: activity.into(),
        }),
        shown(&quality(locale)),
        shown(&QualityPage {
            tasks: vec![],
            rejections: vec![],
            feedback: vec![],
            experiments: vec![],
            appeals: vec![],
            ..quality(locale)
        }),
        alerts(locale, vec![evil()]),
        alerts(locale, vec![]),
        shown(&ConfigPage { frame: frame(locale), address: at(Section::Settings), groups }),
        shown(&LogPage { frame: frame(locale), address: at(Section::Log), rows: vec![about] }),
    ]
}
