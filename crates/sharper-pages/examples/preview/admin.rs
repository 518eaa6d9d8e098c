//! A made-up server for the operator's pages, by their addresses.

use std::collections::HashMap;

use sharper_domain::{Fault, TaskKind, Timestamp};
use sharper_pages::admin::{
    ActivityRow, Address, AgentRow, AgentsPage, AlertEvent, AlertRule, AlertState, AlertsPage, ConfigPage,
    ErrorGroup, ErrorGroupPage, ErrorRow, ErrorsPage, ExperimentView, FeedbackRow, Figures, LogPage, LogRow,
    Measures, ModelCallView, NowPage, QualityPage, RejectionRow, RequestPage, Section, Setting, SettingGroup,
    SettingValue, Slot, StepView, TaskQuality, Usage, UserPage, UserRow, UsersPage, VariantRow,
};
use sharper_pages::{Frame, RenderError, Template};

const REQUEST: &str = "01997a3e-7d1c-7e09-a1b2-4f5c6d7e8f90";

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// The page below `/admin`; `?state=` chooses one of its states.
pub(crate) fn page(
    frame: Frame,
    parts: &[&str],
    query: &HashMap<String, String>,
) -> Option<Result<String, RenderError>> {
    let read =
        |section| Address::read(section, query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let empty = query.get("state").is_some_and(|state| state == "empty");
    Some(match parts {
        [] => now(frame, read(Section::Now), empty).render(),
        ["agents"] => {
            let agents = if empty { vec![] } else { agents() };
            AgentsPage { frame, address: read(Section::Agents), agents }.render()
        }
        ["errors"] => {
            let groups = if empty { vec![] } else { groups() };
            ErrorsPage { frame, address: read(Section::Errors), groups }.render()
        }
        ["errors", id] => {
            let group = groups().into_iter().find(|group| group.id == *id)?;
            ErrorGroupPage { frame, address: read(Section::Errors).at(id), group, latest: latest() }.render()
        }
        ["requests", _] => request(frame, read(Section::Errors)).render(),
        ["users"] => {
            let users = if empty { vec![] } else { users() };
            UsersPage { frame, address: read(Section::Users), users, total: 1_284 }.render()
        }
        ["users", id] => {
            let user = users().into_iter().find(|user| user.id == *id)?;
            let created_at = Some(moment("2026-09-01T08:00:00Z"));
            let activity = if empty { vec![] } else { activity() };
            UserPage { frame, address: read(Section::Users).at(id), user, created_at, activity }.render()
        }
        ["quality"] => quality(frame, read(Section::Quality), empty).render(),
        ["alerts"] => alerts(frame, read(Section::Alerts), empty).render(),
        ["settings"] => config(frame, read(Section::Settings)).render(),
        ["log"] => {
            let rows = if empty { vec![] } else { log() };
            LogPage { frame, address: read(Section::Log), rows }.render()
        }
        _ => return None,
    })
}

/// A day with a morning, an afternoon and a night.
fn tide(hour: u64) -> u64 {
    [4, 2, 1, 1, 0, 2, 9, 21, 34, 40, 38, 30, 26, 33, 41, 52, 61, 58, 49, 55, 47, 33, 18, 9]
        [(hour % 24) as usize]
}

fn now(frame: Frame, address: Address, empty: bool) -> NowPage {
    if empty {
        let (figures, measures) =
            (Figures::default(), Measures { limits_on: Some(true), ..Measures::default() });
        return NowPage { frame, address, figures, measures, course: vec![Slot::default(); 24], firing: 0 };
    }
    let slot = |hour| Slot {
        succeeded: tide(hour),
        failed: [0, 0, 0, 1, 0, 3][(hour % 6) as usize] * (tide(hour) / 20),
        average_ms: (tide(hour) > 0).then(|| 1_100 + tide(hour) * 47 + (hour % 5) * 350),
    };
    let figures = Figures {
        requests: 664,
        succeeded: 652,
        p50_ms: Some(1_840),
        p95_ms: Some(6_310),
        average_ms: Some(2_470),
        tokens: 1_482_910,
        nano_usd: 1_934_500_000,
        nano_usd_today: 4_310_000_000,
        nano_usd_per_day: Some(5_000_000_000),
        waiting: 3,
        running: 4,
    };
    let measures = Measures {
        recorded: 5_321,
        dropped: 0,
        sums_off_by: Some(0),
        refused: 41,
        limits_on: Some(true),
        overhead: Some(0.00034),
        tokens_recorded: 1_482_910,
        tokens_billed: Some(1_521_004),
        errors: 34,
        errors_with_context: 34,
    };
    NowPage { frame, address, figures, measures, course: (0..24).map(slot).collect(), firing: 1 }
}

fn agents() -> Vec<AgentRow> {
    let row = |name: &str, runs: u64, failed: u64, p50, p95, average, tokens, cost| AgentRow {
        name: name.into(),
        runs,
        succeeded: runs - failed,
        p50_ms: Some(p50),
        p95_ms: Some(p95),
        average_ms: Some(average),
        tokens,
        nano_usd: cost,
        course: (0..24).map(|hour| tide(hour) * runs / 700).collect(),
    };
    vec![
        row("main_orchestrator", 664, 12, 1_840, 6_310, 2_470, 1_482_910, Some(1_934_500_000)),
        row("rag_retrieval", 664, 0, 8, 31, 12, 0, None),
        row("user_profile", 664, 0, 2, 6, 3, 0, None),
        row("flashcard_generation", 388, 4, 1_720, 5_900, 2_210, 822_100, Some(1_022_700_000)),
        row("quiz_generation", 121, 3, 2_130, 7_010, 2_940, 301_440, Some(388_100_000)),
        row("exam_generation", 22, 2, 5_310, 14_800, 6_820, 144_020, Some(203_000_000)),
        row("chat", 133, 3, 980, 3_310, 1_240, 215_350, Some(320_700_000)),
        row("quality_validation", 531, 0, 310, 900, 402, 0, None),
    ]
}

fn groups() -> Vec<ErrorGroup> {
    let group = |id: &str, agent: &str, message: &str, count, users, first, last| ErrorGroup {
        id: id.into(),
        agent: agent.into(),
        message: message.into(),
        count,
        users,
        first_at: moment(first),
        last_at: moment(last),
    };
    vec![
        group(
            "a1",
            "exam_generation",
            "the model did not answer within … s",
            17,
            9,
            "2026-11-23T02:10:00Z",
            "2026-11-23T18:04:00Z",
        ),
        group(
            "b2",
            "chat",
            "the model’s answer is not the JSON that was asked for: expected `,` or `}` at line … column …",
            14,
            11,
            "2026-11-22T20:00:00Z",
            "2026-11-23T16:41:00Z",
        ),
        group(
            "c3",
            "rag_retrieval",
            "the store is locked",
            3,
            3,
            "2026-11-23T09:31:00Z",
            "2026-11-23T09:31:20Z",
        ),
    ]
}

fn latest() -> Vec<ErrorRow> {
    let row = |at: &str, user: &str| ErrorRow {
        at: moment(at),
        request_id: REQUEST.into(),
        user_id: user.into(),
        message: "the model did not answer within 20 s".into(),
    };
    vec![
        row("2026-11-23T18:04:00Z", "u-mira"),
        row("2026-11-23T15:32:00Z", "u-jonas"),
        row("2026-11-23T02:10:00Z", "u-amal"),
    ]
}

fn request(frame: Frame, address: Address) -> RequestPage {
    let step = |agent: &str, after_ms, took_ms, tokens, output: &str| StepView {
        agent: agent.into(),
        status: "success".into(),
        after_ms,
        took_ms,
        tokens,
        model: None,
        input: Some("{\n  \"type\": \"exam_generation\",\n  \"words\": 1840\n}".into()),
        output: Some(output.into()),
        error: None,
    };
    let failed = StepView {
        status: "timeout".into(),
        model: Some("llama-3.3-70b".into()),
        output: None,
        error: Some("the model did not answer within 20 s".into()),
        ..step("exam_generation", 31, 20_013, 4_120, "")
    };
    let call = |outcome: &str, ok, took| ModelCallView {
        model: "llama-3.3-70b".into(),
        task: "exam_generation".into(),
        outcome: outcome.into(),
        ok,
        cached: false,
        prompt_tokens: 4_120,
        completion_tokens: 0,
        nano_usd: Some(1_200_000),
        took_ms: Some(took),
    };
    RequestPage {
        frame,
        address,
        request_id: REQUEST.into(),
        user_id: "u-mira".into(),
        at: moment("2026-11-23T18:03:40Z"),
        steps: vec![
            step("main_orchestrator", 0, 20_140, 4_120, "{\n  \"state\": \"degraded\"\n}"),
            step("rag_retrieval", 4, 12, 0, "{\n  \"passages\": 6\n}"),
            step("user_profile", 4, 3, 0, "{\n  \"known\": true\n}"),
            failed,
            StepView { input: None, output: None, ..step("exam_generation", 20_046, 88, 0, "") },
        ],
        calls: vec![call("unavailable", false, 9_980), call("timeout", false, 10_000)],
    }
}

fn users() -> Vec<UserRow> {
    let row =
        |id: &str, email: Option<&str>, account: Option<&str>, seen: &str, requests, failed, usage| UserRow {
            id: id.into(),
            email: email.map(str::to_owned),
            admin: id == "u-amal",
            account: account.map(str::to_owned),
            seen_at: Some(moment(seen)),
            requests,
            failed,
            usage,
        };
    let usage = |generations, tokens, bytes| Usage {
        generations,
        generations_limit: Some(50),
        tokens,
        tokens_limit: Some(200_000),
        bytes,
        bytes_limit: Some(50_000_000),
    };
    let active = Some("active");
    vec![
        row(
            "u-mira",
            Some("mira.lindqvist@example.org"),
            active,
            "2026-11-23T18:28:00Z",
            38,
            1,
            usage(38, 181_300, 12_400_000),
        ),
        row(
            "u-jonas",
            Some("jonas@example.org"),
            active,
            "2026-11-23T18:11:00Z",
            51,
            2,
            usage(50, 96_010, 49_900_000),
        ),
        row(
            "u-amal",
            Some("amal@example.org"),
            active,
            "2026-11-23T17:45:00Z",
            4,
            0,
            usage(4, 9_300, 800_000),
        ),
        row("u-kim", Some("kim@example.org"), Some("waiting"), "2026-11-22T10:00:00Z", 0, 0, usage(0, 0, 0)),
        row(
            "5f1c9a34-13ab-4be2-9d2e-77a0b1c2d3e4",
            None,
            None,
            "2026-11-21T10:00:00Z",
            7,
            0,
            usage(0, 0, 2_100_000),
        ),
    ]
}

fn activity() -> Vec<ActivityRow> {
    let row = |agent: &str, at: &str, status: &str, took_ms, tokens| ActivityRow {
        at: moment(at),
        request_id: REQUEST.into(),
        agent: agent.into(),
        status: status.into(),
        took_ms,
        tokens,
    };
    vec![
        row("main_orchestrator", "2026-11-23T18:04:00Z", "success", 20_140, 4_120),
        row("exam_generation", "2026-11-23T18:04:00Z", "timeout", 20_013, 4_120),
        row("rag_retrieval", "2026-11-23T18:03:40Z", "success", 12, 0),
        row("main_orchestrator", "2026-11-23T16:20:00Z", "success", 1_720, 2_011),
    ]
}

fn quality(frame: Frame, address: Address, empty: bool) -> QualityPage {
    if empty {
        let (tasks, rejections) = (vec![], vec![]);
        return QualityPage {
            frame,
            address,
            tasks,
            rejections,
            feedback: vec![],
            experiments: vec![],
            appeals: vec![],
        };
    }
    let task = |kind, passed, rejected, ratings, rating_sum| TaskQuality {
        kind,
        passed,
        rejected,
        ratings,
        rating_sum,
    };
    let said = |at: &str, rating, text: Option<&str>, issues: &[&str]| FeedbackRow {
        at: moment(at),
        content_type: "flashcard".into(),
        rating,
        text: text.map(str::to_owned),
        issues: issues.iter().map(|issue| (*issue).to_owned()).collect(),
    };
    let variant =
        |name: &str, users, accepted, rejected, ratings, rating_sum, nano, reviews, known| VariantRow {
            name: name.into(),
            users,
            runs: users * 3,
            accepted,
            rejected,
            ratings,
            rating_sum,
            nano_usd: Some(nano),
            reviews,
            known,
        };
    QualityPage {
        frame,
        address,
        appeals: vec![],
        tasks: vec![
            task(TaskKind::FlashcardGeneration, 3_640, 412, 61, 268),
            task(TaskKind::QuizGeneration, 1_180, 201, 18, 71),
            task(TaskKind::ExamGeneration, 388, 97, 2, 7),
            task(TaskKind::Chat, 402, 12, 0, 0),
        ],
        rejections: [
            (Fault::Unsupported, 288),
            (Fault::Duplicate, 201),
            (Fault::NumberDiffers, 91),
            (Fault::AnswerInQuestion, 74),
            (Fault::TooLong, 42),
            (Fault::DanglingReference, 26),
        ]
        .map(|(fault, count)| RejectionRow { fault, count })
        .into(),
        feedback: vec![
            said("2026-11-23T17:50:00Z", 5, Some("Exactly what was in the lecture."), &[]),
            said("2026-11-23T15:02:00Z", 2, Some("The year is not in my notes!"), &["wrong_fact"]),
            said("2026-11-23T09:14:00Z", 1, None, &["unclear", "duplicate"]),
        ],
        experiments: vec![ExperimentView {
            name: "shorter-prompt".into(),
            task: "flashcard_generation".into(),
            variants: vec![
                variant("control", 61, 1_840, 231, 31, 133, 512_000_000, 4_020, 3_310),
                variant("short", 58, 1_800, 181, 30, 135, 401_000_000, 3_877, 3_240),
            ],
        }],
    }
}

fn alerts(frame: Frame, address: Address, empty: bool) -> AlertsPage {
    let rule =
        |name: &str, when: &str, state, value: Option<&str>, since: Option<&str>, told: Option<&str>| {
            AlertRule {
                name: name.into(),
                when: when.into(),
                state,
                value: value.map(str::to_owned),
                since: since.map(moment),
                told_at: told.map(moment),
            }
        };
    let event = |at: &str, firing, detail: &str| AlertEvent {
        at: moment(at),
        rule: "budget".into(),
        firing,
        detail: detail.into(),
    };
    let quiet = AlertState::Quiet;
    let rules = vec![
        rule(
            "budget",
            "More than 80% of the day’s budget is spent",
            AlertState::Firing,
            Some("86.2%"),
            Some("2026-11-23T16:40:00Z"),
            Some("2026-11-23T16:40:10Z"),
        ),
        rule(
            "success_rate",
            "Under 95% of the requests succeed, over 15 minutes",
            quiet,
            Some("98.2%"),
            Some("2026-11-20T08:00:00Z"),
            None,
        ),
        rule(
            "average_time",
            "A request takes over 5 s on average, over 15 minutes",
            quiet,
            Some("2.47 s"),
            Some("2026-11-20T08:00:00Z"),
            None,
        ),
        rule("error_burst", "More than 10 errors in 5 minutes", AlertState::Unknown, None, None, None),
    ];
    let history = vec![
        event("2026-11-23T16:40:00Z", true, "4.31 of 5.00 US dollars are spent."),
        event("2026-11-23T00:00:00Z", false, "A new day has begun."),
        event("2026-11-22T21:14:00Z", true, "4.02 of 5.00 US dollars are spent."),
    ];
    if empty {
        return AlertsPage { frame, address, rules, history: vec![], told_by: vec![] };
    }
    AlertsPage { frame, address, rules, history, told_by: vec!["e-mail".into(), "webhook".into()] }
}

fn config(frame: Frame, address: Address) -> ConfigPage {
    let setting = |name: &str, value, about: &str| Setting { name: name.into(), value, about: about.into() };
    let plain = |value: &str| SettingValue::Plain(value.into());
    let group = |name: &str, settings| SettingGroup { name: name.into(), settings };
    ConfigPage {
        frame,
        address,
        groups: vec![
            group(
                "server",
                vec![
                    setting("port", plain("8000"), "Where it listens."),
                    setting("environment", plain("production"), "`development` or `production`."),
                    setting(
                        "allowed_origins",
                        plain("https://study.example.org, https://app.example.org"),
                        "Which other sites may call the API from a browser.",
                    ),
                ],
            ),
            group(
                "auth",
                vec![
                    setting(
                        "admin_token",
                        SettingValue::Secret(true),
                        "Opens the operator's pages and the admin API.",
                    ),
                    setting(
                        "supabase_jwt_secret",
                        SettingValue::Secret(false),
                        "The secret that signs Supabase's tokens.",
                    ),
                    setting("registration", plain("open"), "Whether somebody new may register."),
                ],
            ),
            group(
                "monitoring",
                vec![setting(
                    "sentry_dsn",
                    SettingValue::Unset,
                    "Where errors are reported; nowhere when empty.",
                )],
            ),
        ],
    }
}

fn log() -> Vec<LogRow> {
    let row = |at: &str, actor: &str, action: &str, about: Option<&str>, status| LogRow {
        at: moment(at),
        actor: actor.into(),
        action: action.into(),
        about: about.map(str::to_owned),
        request_id: REQUEST.into(),
        status,
    };
    vec![
        row("2026-11-23T18:29:00Z", "amal@example.org", "GET /admin/users/{id}", Some("u-jonas"), 200),
        row("2026-11-23T17:00:00Z", "token 9f86d081", "GET /api/admin/metrics", None, 200),
        row("2026-11-23T16:59:00Z", "token 1b4f0e98", "GET /api/admin/metrics", None, 403),
        row("2026-11-22T08:10:00Z", "amal@example.org", "GET /admin/errors", None, 200),
    ]
}
