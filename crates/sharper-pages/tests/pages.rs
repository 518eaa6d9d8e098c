//! Every page, in every language and state: well formed, translated, escaped, and fit for a strict policy.

use std::time::Duration;

use sharper_domain::{Difficulty, Problem, ProblemCode, SetId};
use sharper_pages::{
    AuthorInUse, CardView, CountChoice, End, Frame, Grade, Locale, MakeForm, Making, MakingPage, ProblemPage,
    RecentSet, Review, Sample, SetPage, StudyPage, Template, TodayPage,
};

/// Text as only an attacker writes it.
const EVIL: &str = r#"</script><img src=x onerror=alert(1)>"'&"#;

fn set_id() -> SetId {
    "01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("an id")
}

fn frame(locale: Locale) -> Frame {
    let author = AuthorInUse::Model(EVIL.into());
    Frame { locale, now: "2026-11-23T12:00:00Z".parse().expect("a moment"), author, version: "0.1.0" }
}

fn card(id: &str) -> CardView {
    CardView {
        id: id.into(),
        question: EVIL.into(),
        answer: EVIL.into(),
        explanation: Some(EVIL.into()),
        topic: EVIL.into(),
        difficulty: Difficulty::Hard,
        quote: Some(EVIL.into()),
    }
}

fn today(locale: Locale, recent: bool, problem: Option<ProblemCode>) -> String {
    let form =
        MakeForm { notes: EVIL.into(), title: EVIL.into(), count: CountChoice(37), ..MakeForm::default() };
    let when = "2026-11-22T12:00:00Z".parse().expect("a moment");
    let set = RecentSet { id: set_id(), title: EVIL.into(), cards: 20, studied: 3, when };
    let page = TodayPage {
        frame: frame(locale),
        form,
        problem: problem.map(|code| Problem::new(code, EVIL)),
        samples: vec![Sample { id: EVIL.into(), title: EVIL.into(), attribution: EVIL.into() }],
        recent: if recent { vec![set] } else { vec![] },
    };
    page.render().expect("renders")
}

fn making(locale: Locale, end: Option<End>) -> String {
    let making = Making {
        last_event: 9,
        step: 3,
        message: EVIL.into(),
        cards: vec![card("one"), card(EVIL)],
        left_out: [(EVIL.to_owned(), 2), ("they repeated another item".to_owned(), 1)].into(),
        end,
    };
    let session_id = "stream-1".parse().expect("an id");
    let page = MakingPage { frame: frame(locale), session_id, title: EVIL.into(), requested: 5, making };
    page.render().expect("renders")
}

fn study(locale: Locale, grades: &[(&str, Grade)], shown: Option<&str>) -> String {
    let cards = vec![card("one"), card("two")];
    let reviews = grades.iter().map(|(id, grade)| Review { card_id: (*id).into(), grade: *grade }).collect();
    let set = (set_id(), EVIL.to_owned());
    StudyPage::new(frame(locale), set, cards, "s1".into(), reviews, shown).render().expect("renders")
}

fn set(locale: Locale, cards: Vec<CardView>) -> String {
    let created_at = "2026-11-20T12:00:00Z".parse().expect("a moment");
    SetPage { frame: frame(locale), id: set_id(), title: EVIL.into(), created_at, cards }
        .render()
        .expect("renders")
}

fn problem(locale: Locale, code: ProblemCode) -> String {
    let problem = Problem::new(code, EVIL).retry_after(Duration::from_secs(200));
    ProblemPage { frame: frame(locale), problem, request_id: EVIL.into() }.render().expect("renders")
}

fn every_page(locale: Locale) -> Vec<String> {
    let done = End::Done { set_id: set_id(), message: EVIL.into() };
    let failed = |code| End::Failed { code, message: EVIL.into() };
    let mut pages = vec![
        today(locale, false, None),
        today(locale, true, Some(ProblemCode::EmptyNotes)),
        making(locale, None),
        making(locale, Some(done)),
        making(locale, Some(failed(ProblemCode::Unavailable))),
        making(locale, Some(failed(ProblemCode::Cancelled))),
        study(locale, &[], None),
        study(locale, &[], Some("one")),
        study(locale, &[("one", Grade::Again), ("two", Grade::Easy), ("one", Grade::Good)], None),
        set(locale, vec![card("one")]),
        set(locale, vec![]),
    ];
    let codes = [
        "invalid_json",
        "invalid_request",
        "empty_notes",
        "not_text",
        "not_found",
        "method_not_allowed",
        "unsupported_media_type",
        "payload_too_large",
        "request_timeout",
        "conflict",
        "forbidden",
        "rate_limited",
        "queue_full",
        "not_available",
        "nothing_to_make",
        "cancelled",
        "unavailable",
        "storage_full",
        "internal",
    ];
    pages.extend(codes.map(|code| problem(locale, serde_json::from_value(code.into()).expect("a code"))));
    pages
}

#[test]
fn every_page_says_its_language_and_direction_and_misses_no_message() {
    for locale in Locale::ALL {
        for page in every_page(locale) {
            let start = format!("<!doctype html>\n<html lang=\"{}\" dir=\"{}\">", locale.tag(), locale.dir());
            assert!(page.starts_with(&start), "{}", &page[..80]);
            assert!(!page.contains('⟨'), "a key is missing: {}", page.split('⟨').nth(1).unwrap_or_default());
            assert_eq!(page.matches("<h1").count(), 1);
            assert_eq!(page.matches("<main").count(), 1);
        }
    }
}

#[test]
fn no_text_of_a_student_or_a_model_becomes_markup() {
    for page in Locale::ALL.into_iter().flat_map(every_page) {
        assert!(!page.contains("<img"), "{page}");
        assert!(page.contains("&#60;img src=x"));
    }
}

#[test]
fn no_page_needs_an_inline_script_or_style() {
    for page in every_page(Locale::En) {
        for tag in page.split("<script").skip(1) {
            let opening = tag.split('>').next().unwrap_or_default();
            assert!(opening.contains("src=\"/assets/") || opening.contains("application/json"), "{opening}");
        }
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains("javascript:"));
        assert!(!page.contains("://"), "a page asks no other host");
    }
}

#[test]
fn every_asset_that_a_page_names_exists() {
    for page in every_page(Locale::En) {
        for rest in page.split("\"/assets/").skip(1) {
            let path = rest.split('"').next().unwrap_or_default();
            assert!(sharper_pages::assets::get(path).is_some_and(|asset| asset.immutable), "{path}");
        }
    }
}

/// The JSON that a page hands its script.
fn handed(page: &str) -> serde_json::Value {
    let block = page.split("<script type=\"application/json\"").nth(1).expect("a block");
    let json = block.split_once('>').expect("an opening tag").1.split("</script>").next().expect("an end");
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn the_script_of_study_gets_every_card_as_it_is() {
    let desk = handed(&study(Locale::En, &[("two", Grade::Hard)], None));
    assert_eq!(desk["cards"][1]["answer"], EVIL);
    assert_eq!(desk["reviews"][0], serde_json::json!(["two", 2]));
    assert_eq!(desk["words"]["left"], "{count} left");
}

#[test]
fn the_answer_is_hidden_until_it_is_asked_for_and_only_for_the_card_in_turn() {
    let hidden = |page: &str| page.contains("data-back hidden");
    assert!(hidden(&study(Locale::En, &[], None)));
    assert!(!hidden(&study(Locale::En, &[], Some("one"))));
    assert!(hidden(&study(Locale::En, &[], Some("two"))));
}

#[test]
fn a_session_that_is_over_shows_what_was_learned() {
    let page = study(Locale::En, &[("one", Grade::Again), ("two", Grade::Easy), ("one", Grade::Good)], None);
    assert!(page.contains("data-turn hidden"));
    assert!(page.contains("<dd data-count=\"1\">1</dd>") && page.contains("<dd data-count=\"4\">1</dd>"));
    assert!(page.contains("<dd data-count=\"3\">0</dd>"));
}

#[test]
fn the_words_for_the_script_of_making_translate_the_reasons() {
    let words = handed(&making(Locale::De, None));
    assert_eq!(words["they repeated another item"], "sie wiederholten eine andere");
    assert_eq!(words["count"], "{done} von {requested} Karten");
    assert!(handed(&making(Locale::En, None)).get("they repeated another item").is_none());
}

#[test]
fn a_failure_is_told_in_the_language_of_the_page() {
    let failed =
        || Some(End::Failed { code: ProblemCode::Unavailable, message: "The store is away.".into() });
    assert!(making(Locale::En, failed()).contains("The store is away."));
    let page = making(Locale::De, failed());
    assert!(!page.contains("The store is away.") && page.contains("Im Moment nicht verfügbar."));
}

#[test]
fn a_running_page_reloads_itself_where_there_is_no_script_and_a_finished_one_does_not() {
    assert!(making(Locale::En, None).contains("http-equiv=\"refresh\""));
    let done = End::Done { set_id: set_id(), message: "8 of 10".into() };
    let page = making(Locale::En, Some(done));
    assert!(!page.contains("http-equiv") && !page.contains("js/making.js"));
    assert!(page.contains(&format!("href=\"/study/{}\"", set_id())));
}

#[test]
fn a_form_that_could_not_be_taken_keeps_what_was_typed() {
    let page = today(Locale::En, true, Some(ProblemCode::EmptyNotes));
    assert!(page.contains("role=\"alert\""));
    assert!(page.contains("name=\"count_other\"") && page.contains("value=\"37\""));
    assert!(page.contains("value=\"other\" checked"));
}

#[test]
fn a_limit_says_when_it_opens_again() {
    assert!(problem(Locale::En, ProblemCode::RateLimited).contains("It opens again in 4 minutes."));
}
