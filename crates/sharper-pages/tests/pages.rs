//! Every page, in every language and state: well formed, translated, escaped, and fit for a strict policy.

mod stage;

use sharper_domain::{ProblemCode, SummaryStyle, TaskKind};
use sharper_pages::admin::{Figures, Measures};
use sharper_pages::{End, Grade, Locale, Template, Visitor};
use stage::*;

fn every_page(locale: Locale) -> Vec<String> {
    let failed = |code| End::Failed { code, message: EVIL.into() };
    let mut pages = vec![
        today(locale, false, None),
        today(locale, true, Some(ProblemCode::EmptyNotes)),
        making(locale, None),
        making(locale, done(TaskKind::FlashcardGeneration)),
        making(locale, done(TaskKind::Chat)),
        making(locale, Some(failed(ProblemCode::Unavailable))),
        making(locale, Some(failed(ProblemCode::Cancelled))),
        study(locale, &[], None),
        study(locale, &[], Some("one")),
        study(locale, &[("one", Grade::Again), ("two", Grade::Easy), ("one", Grade::Good)], None),
        set(locale, vec![card("one")]),
        set(locale, vec![]),
        quiz(locale),
        exam(locale),
        summary(locale, SummaryStyle::BulletPoints),
        summary(locale, SummaryStyle::Paragraph),
        summary(locale, SummaryStyle::Outline),
        analysis(locale),
        plan(locale),
        tutor(locale, vec![], None),
        tutor(locale, talk(), Some(None)),
        tutor(locale, talk(), Some(done(TaskKind::QuizGeneration))),
        tutor(locale, talk(), Some(Some(failed(ProblemCode::Unavailable)))),
    ];
    let codes = [
        "invalid_json",
        "invalid_request",
        "empty_notes",
        "not_text",
        "file_unreadable",
        "not_found",
        "method_not_allowed",
        "unsupported_media_type",
        "payload_too_large",
        "request_timeout",
        "conflict",
        "unauthorized",
        "forbidden",
        "rate_limited",
        "queue_full",
        "daily_limit",
        "notes_full",
        "budget_spent",
        "not_available",
        "nothing_to_make",
        "cancelled",
        "unavailable",
        "storage_full",
        "internal",
    ];
    pages.extend(attempts::pages(locale));
    pages.extend(library::pages(locale));
    pages.extend(people::people(locale));
    pages.extend(people::settings(locale));
    pages.extend(people::admin(locale));
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
fn the_words_for_the_script_of_making_translate_faults_by_their_word() {
    let words = handed(&making(Locale::De, None));
    assert_eq!(words["duplicate"], "sie wiederholten eine andere");
    assert_eq!(words["count"], "{done} von {requested}");
    assert_eq!(words["share"], "{count} % der Zeit");
    assert_eq!(words["open_quiz"], "Quiz beginnen");
}

#[test]
fn an_item_that_was_taken_back_is_not_shown_and_is_counted_with_the_rejected_ones() {
    let page = making(Locale::En, None);
    assert!(page.contains("data-item=\"1\"") && !page.contains("data-item=\"2\""));
    assert!(page.contains("Left out: 2") && page.contains("data-fault=\"unsupported\""));
}

#[test]
fn a_result_by_the_author_that_stepped_in_says_so_and_why() {
    let shown = |page: &str| page.contains("data-degraded>");
    assert!(shown(&making(Locale::En, done(TaskKind::SummaryGeneration))));
    assert!(!shown(&making(Locale::En, None)));
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
    assert!(tutor(Locale::En, vec![], Some(None)).contains("http-equiv=\"refresh\""));
    let page = making(Locale::En, done(TaskKind::FlashcardGeneration));
    assert!(!page.contains("http-equiv") && !page.contains("js/making.js"));
    assert!(
        page.contains(&format!("href=\"/study/{ID}\"")) && page.contains(&format!("href=\"/sets/{ID}\""))
    );
}

#[test]
fn the_end_of_making_leads_to_the_page_of_what_was_made() {
    let check = |kind, address: &str| {
        let page = making(Locale::En, done(kind));
        assert!(page.contains(&format!("data-open href=\"{address}\"")), "{address}");
    };
    check(TaskKind::QuizGeneration, &format!("/quizzes/{ID}"));
    check(TaskKind::ExamGeneration, &format!("/exams/{ID}"));
    check(TaskKind::SummaryGeneration, &format!("/summaries/{ID}"));
    check(TaskKind::NoteAnalysis, &format!("/analyses/{ID}"));
    check(TaskKind::StudyPlan, &format!("/plans/{ID}"));
    check(TaskKind::Chat, "/tutor/stream-1");
}

#[test]
fn a_question_is_not_given_away_while_it_is_made() {
    let page = making(Locale::En, None);
    let item = page.split("data-item=\"3\"").nth(1).expect("the item");
    let (before, after) = item.split_once("<details").expect("it folds its answer");
    assert!(!before.contains("data-body") && after.contains("data-body"));
}

#[test]
fn a_form_that_could_not_be_taken_keeps_what_was_typed() {
    let page = today(Locale::En, true, Some(ProblemCode::EmptyNotes));
    assert!(page.contains("role=\"alert\""));
    assert!(page.contains("name=\"count_other\"") && page.contains("value=\"37\""));
    assert!(page.contains("value=\"other\" checked"));
}

#[test]
fn a_quiz_marks_the_right_option_for_the_script_and_folds_the_answer_for_a_reader_without() {
    let page = quiz(Locale::De);
    assert_eq!(page.matches(" data-right>").count(), 2, "one of four, one of two; words are compared");
    assert!(page.contains("<span class=\"option-text\" dir=\"auto\">Falsch</span>"));
    assert_eq!(page.matches("<details class=\"fold\"").count(), 3);
    assert!(!page.contains("<details class=\"fold\" open"));
}

#[test]
fn the_key_of_an_exam_is_folded_and_has_the_rubric() {
    let page = exam(Locale::En);
    let (paper, key) = page.split_once("<details class=\"key\"").expect("a key");
    assert!(!paper.contains("rubric") && key.contains("class=\"rubric\""));
}

#[test]
fn a_heading_of_an_outline_stands_once() {
    let page = summary(Locale::En, SummaryStyle::Outline);
    assert_eq!(page.matches("<h3").count(), 1);
    assert!(summary(Locale::En, SummaryStyle::Paragraph).contains("class=\"prose\""));
}

#[test]
fn a_citation_names_the_passage_that_its_number_opens() {
    let page = tutor(Locale::En, talk(), None);
    assert_eq!(page.matches("popovertarget=\"cite-2-1\"").count(), 2);
    assert_eq!(page.matches("id=\"cite-2-1\"").count(), 1);
}

#[test]
fn a_reply_that_the_notes_do_not_hold_says_so() {
    let shown = |page: &str| page.matches("data-no-answer>").count();
    assert_eq!(shown(&tutor(Locale::En, talk(), None)), 1);
    assert_eq!(shown(&tutor(Locale::En, vec![], None)), 0);
}

#[test]
fn a_limit_says_when_it_opens_again() {
    assert!(problem(Locale::En, ProblemCode::RateLimited).contains("It opens again in 4 minutes."));
}

#[test]
fn who_is_signed_in_stands_in_the_header_with_the_ways_they_have() {
    let header = |visitor| {
        let frame = sharper_pages::Frame { visitor, ..frame(Locale::En) };
        let page = sharper_pages::people::SignedOutPage { frame };
        sharper_pages::Template::render(&page).expect("renders")
    };
    let account = |admin| Visitor::Account { email: "mira@example.org".into(), admin };
    let check = |visitor, ways: [bool; 4]| {
        let page = header(visitor);
        let links =
            ["href=\"/settings\"", "href=\"/admin\"", "action=\"/sign-out\"", "class=\"sign-in-link\""];
        assert_eq!(links.map(|link| page.contains(link)), ways);
    };
    check(Visitor::Local, [false, false, false, false]);
    check(Visitor::Nobody, [false, false, false, true]);
    check(account(false), [true, false, true, false]);
    check(account(true), [true, true, true, false]);
    check(Visitor::Operator, [false, true, true, false]);
    assert!(header(account(false)).contains("mira@example.org"));
}

#[test]
fn an_item_of_a_note_leads_to_its_passage_unless_that_is_gone() {
    let page = |stale| Template::render(&library::note(Locale::En, 2, stale)).expect("renders");
    let links = |page: &str| page.matches("?from=9&amp;to=20#passage").count();
    assert_eq!((links(&page(false)), links(&page(true))), (2, 1));
    assert!(page(true).contains("Passage changed") && page(true).contains(&format!("/notes/{ID}/remake")));
    assert!(!page(false).contains("/remake") && page(false).contains("1 of 2 passages"));
}

#[test]
fn no_password_that_was_typed_and_no_other_token_comes_back() {
    for page in people::people(Locale::En).into_iter().chain(people::settings(Locale::En)) {
        for field in page.split("type=\"password\"").skip(1) {
            assert!(!field.split('>').next().unwrap_or_default().contains("value="), "{field}");
        }
    }
}

#[test]
fn signing_in_leads_to_where_one_wanted_to_go() {
    let page = people::sign_in(Locale::En, None, "/tutor");
    assert!(page.contains("name=\"next\" value=\"/tutor\"") && page.contains("Sign in first."));
    assert!(!people::sign_in(Locale::En, None, "/").contains("Sign in first."));
}

#[test]
fn what_is_off_its_target_is_named_at_the_top() {
    let (figures, measures) = people::good();
    let check = |figures, measures, wanted: &str| {
        let page = people::now(Locale::En, figures, measures);
        let line = page.split("answer-line\">").nth(1).and_then(|rest| rest.split(" <a").next());
        assert_eq!(line, Some(wanted));
    };
    check(figures, measures, "All is as it should be.");
    check(Figures::default(), Measures::default(), "Nothing ran in this window.");
    check(Figures { succeeded: 95, ..figures }, measures, "Off target: Success of requests.");
    check(Figures { average_ms: Some(5_000), ..figures }, measures, "Off target: Average time of requests.");
    check(Figures { nano_usd_today: 1_000_000_000, ..figures }, measures, "Off target: Cost.");
    check(figures, Measures { dropped: 1, ..measures }, "Off target: Logging of executions.");
    check(figures, Measures { sums_off_by: Some(1), ..measures }, "Off target: Accuracy of the metrics.");
    check(
        figures,
        Measures { tokens_recorded: 989, ..measures },
        "Off target: Tokens against the models’ bill.",
    );
    check(figures, Measures { overhead: Some(0.01), ..measures }, "Off target: Time that monitoring takes.");
    let errors = Measures { errors: 2, errors_with_context: 1, ..measures };
    check(figures, errors, "Off target: Errors with their full context.");
}

#[test]
fn a_table_is_sorted_by_a_link_and_says_how() {
    let page = people::agents(Locale::En, &[("sort", "p95"), ("hours", "168")]);
    assert!(
        page.contains(
            "aria-sort=\"descending\"><a href=\"/admin/agents?hours=168&#38;sort=p95&#38;dir=asc\""
        )
    );
    let place = |name| page.find(name).expect("a row");
    assert!(place(">alpha<") < place(">beta<") && place(">beta<") < place(">zeta<"), "unknown comes last");
}

#[test]
fn an_open_attempt_tells_no_key_and_a_result_marks_the_words_that_earned_points() {
    for page in &attempts::pages(Locale::En)[..1] {
        assert!(!page.contains("blockquote") && !page.contains("Because."), "no key before it is checked");
    }
    let page = attempts::result(Locale::En);
    // Where two points share words, each is marked once.
    assert!(page.contains("<mark>&#60;/script&#62;</mark><mark>&#60;im</mark>"), "{page}");
    assert!(page.contains("3.50 of 8 points") && page.contains("Not graded: 1"), "{page}");
}
