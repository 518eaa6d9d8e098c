//! For whoever runs the server: what production refuses, and what the commands say.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use sharper_testkit::{Postgres, Server, ServerOptions, TempFolder};

use crate::stage::program;

const TOKEN: &str = "b7c1f09e4d2a83565e90dd17ac4b3f68";
/// What is safe for the public.
const SAFE: [(&str, &str); 4] = [
    ("ENVIRONMENT", "production"),
    ("ADMIN_TOKEN", TOKEN),
    ("PUBLIC_URL", "https://study.example.org"),
    ("PROXY_HOPS", "1"),
];

fn run(folder: &Path, arguments: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program());
    command.env_clear().current_dir(folder).args(arguments).envs(env.iter().copied());
    command.output().expect("the program runs")
}

fn out(done: &Output) -> String {
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn err(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[test]
fn production_refuses_all_that_is_unsafe_at_once_and_starts_when_it_is_mended() {
    let folder = TempFolder::new();
    let dotenv = folder.path().join(".env");
    std::fs::write(&dotenv, "LLM_API_KEY=canary-key\nLLM_BASE_URL=http://127.0.0.1:1/v1\n").unwrap();
    std::fs::set_permissions(&dotenv, std::fs::Permissions::from_mode(0o644)).unwrap();
    let unsafe_ = [
        ("ENVIRONMENT", "production"),
        ("ADMIN_TOKEN", "secret"),
        ("ALLOWED_ORIGINS", "*"),
        ("SIGN_IN", "open"),
        ("PUBLIC_URL", "http://study.example.org"),
        ("LOG_LEVEL", "trace"),
        ("PORT", "0"),
    ];
    let refused = run(folder.path(), &["serve"], &unsafe_);
    assert!(!refused.status.success());
    for name in
        ["ADMIN_TOKEN", "ALLOWED_ORIGINS", "auth.sign_in", "PUBLIC_URL", "LOG_LEVEL", "chmod 600 .env"]
    {
        assert!(err(&refused).contains(name), "{name}: {}", err(&refused));
    }
    assert!(!err(&refused).contains("canary"), "{}", err(&refused));
    let database = Postgres::database();
    let superuser = database.url_of_superuser();
    let mut bypassing = SAFE.to_vec();
    bypassing.extend([("DATABASE_URL", superuser.as_str()), ("PORT", "0")]);
    let refused = run(folder.path(), &["serve"], &bypassing);
    assert!(err(&refused).contains("BYPASSRLS"), "{}", err(&refused));
    let mut options = ServerOptions::new();
    for (name, value) in SAFE {
        options = options.env(name, value);
    }
    let server = Server::start(program(), options);
    assert_eq!(server.client().get("/readyz").status, 200);
    // A proxy on the same machine passes on the name that people know.
    let by_name = b"GET /livez HTTP/1.1\r\nHost: study.example.org\r\nConnection: close\r\n\r\n";
    let answer = server.client().raw(by_name).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    assert!(server.log().contains("SMTP_URL"), "what is unwise is said: {}", server.log());
    let health = run(folder.path(), &["healthcheck"], &[("PORT", &server.address().port().to_string())]);
    assert!(health.status.success(), "{}", err(&health));
}

#[test]
fn the_healthcheck_of_a_server_that_is_not_there_fails() {
    let folder = TempFolder::new();
    let health = run(folder.path(), &["healthcheck"], &[("PORT", "1")]);
    assert!(!health.status.success() && err(&health).contains("nobody answers"), "{}", err(&health));
}

#[test]
fn the_settings_in_force_are_shown_without_a_secret() {
    let folder = TempFolder::new();
    let file = folder.path().join("study-sharper.toml");
    std::fs::write(&file, "[jobs]\nplaces = 7\n[llm]\napi_key = 'canary-file'\nbase_url = 'http://h/v1'\n")
        .unwrap();
    let env = [
        ("DATABASE_URL", "postgres://sharper:canary-db@db.example/sharper"),
        ("ADMIN_TOKEN", "canary-admin"),
        ("SENTRY_DSN", "https://canary@sentry.example/1"),
    ];
    let shown = run(folder.path(), &["config"], &env);
    let text = out(&shown);
    assert!(shown.status.success() && !text.contains("canary"), "{text}");
    for line in ["places = 7", "study-sharper.toml", "postgres://sharper:[secret]@db.example/sharper"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let parsed: toml::Table = text.parse().expect("it is TOML");
    assert_eq!(parsed["auth"]["admin_token"].as_str(), Some("[secret]"));
}

#[test]
fn a_file_that_is_no_toml_is_refused_without_repeating_it() {
    let folder = TempFolder::new();
    let file = folder.path().join("my.toml");
    std::fs::write(&file, "[llm]\napi_key = canary\n").unwrap();
    let refused = run(folder.path(), &["--config", "my.toml", "config"], &[]);
    let text = err(&refused);
    assert!(text.contains("my.toml") && text.contains("line 2") && !text.contains("canary"), "{text}");
}

#[test]
fn an_administrators_token_is_one_line_that_production_takes() {
    let folder = TempFolder::new();
    let made = run(folder.path(), &["admin-token"], &[]);
    let token = out(&made);
    assert_eq!(token.lines().count(), 1, "a script can take it");
    let env = [("ENVIRONMENT", "production"), ("ADMIN_TOKEN", token.trim())];
    assert!(!err(&run(folder.path(), &["serve"], &env)).contains("ADMIN_TOKEN"));
}

#[test]
fn migrating_says_what_it_did_and_a_server_that_may_not_refuses_an_old_schema() {
    let folder = TempFolder::new();
    let database = Postgres::database();
    for url in ["", database.url.as_str()] {
        let env = [("DATABASE_URL", url), ("MIGRATE_AT_START", "false"), ("PORT", "0")];
        let refused = run(folder.path(), &["serve"], &env);
        assert!(err(&refused).contains("study-sharper migrate"), "{url:?}: {}", err(&refused));
        let migrated = run(folder.path(), &["migrate"], &env);
        assert!(out(&migrated).contains("applied 0001 start"), "{url:?}: {}", out(&migrated));
        let again = run(folder.path(), &["migrate"], &env);
        assert!(!out(&again).contains("applied") && out(&again).contains("up to date"), "{}", out(&again));
    }
}

#[test]
fn the_doctor_says_what_is_well_what_is_not_and_what_to_do() {
    let folder = TempFolder::new();
    let well = run(folder.path(), &["doctor"], &[]);
    assert!(well.status.success(), "{}{}", out(&well), err(&well));
    let database = Postgres::database();
    let url = database.url_of_superuser().replace("sharper@", "sharper:canary-db@");
    let mut ill = SAFE.to_vec();
    ill.extend([
        ("DATABASE_URL", url.as_str()),
        ("MIGRATE_AT_START", "false"),
        ("LLM_BASE_URL", "http://127.0.0.1:1/v1"),
        ("LLM_API_KEY", "canary-key"),
        ("SMTP_URL", "smtp://u:canary-smtp@127.0.0.1:1"),
        ("MAIL_FROM", "study@example.org"),
        ("ALERT_EMAIL", "operator@example.org"),
        ("REDIS_URL", "redis://:canary-redis@127.0.0.1:1/0"),
    ]);
    let done = run(folder.path(), &["doctor"], &ill);
    let text = out(&done);
    assert!(!done.status.success() && !text.contains("canary"), "{text}");
    for line in [
        "ok    settings",
        "ok    proxy",
        "fail  database       PostgreSQL, schema 0",
        "fail  row security",
        "ok    clock",
        "fail  redis          does not answer",
        "fail  model",
        "fail  mail           127.0.0.1:1 cannot be reached",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let away = run(folder.path(), &["doctor"], &[("DATABASE_URL", "postgres://u:canary@127.0.0.1:1/d")]);
    assert!(out(&away).contains("fail  database") && !out(&away).contains("canary"), "{}", out(&away));
}
