//! The study plan: topics that add up, days that keep to their minutes, reviews after learning, a rest of reviews.

use sharper_domain::{Activity, Passage, PlanDay, Span, StudyTopic};
use sharper_study::compose::{schedule, topics};
use sharper_study::read::Document;

fn topic(name: &str, weight: f64, words: u32) -> StudyTopic<Passage> {
    let source = Passage { text: 0, span: Span { start: 0, end: 1 } };
    StudyTopic {
        topic: name.to_owned(),
        why: String::new(),
        weight,
        words,
        mastery: None,
        source,
        verdict: None,
    }
}

fn some(count: usize, words: u32) -> Vec<StudyTopic<Passage>> {
    let sum: usize = (1..=count).sum();
    (1..=count).map(|at| topic(&format!("T{at}"), at as f64 / sum as f64, words)).collect()
}

/// What holds of every plan.
fn check(topics: &[StudyTopic<Passage>], days: u32, minutes: u32) -> Vec<PlanDay> {
    let plan = schedule(topics, days, None, minutes, "All");
    let what = format!("{} topics, {days} days, {minutes} minutes", topics.len());
    assert_eq!(plan.len(), days as usize, "{what}");
    for (at, day) in plan.iter().enumerate() {
        assert_eq!(day.day, at as u32 + 1, "{what}");
        assert!(day.minutes <= minutes.max(5), "{what}: day {} has {}", day.day, day.minutes);
        assert_eq!(day.minutes, day.sessions.iter().map(|session| session.minutes).sum::<u32>(), "{what}");
        for session in &day.sessions {
            assert!(session.minutes >= 5 && session.minutes % 5 == 0, "{what}: {session:?}");
            assert!(session.task.ends_with('.') && !session.task.contains(".."), "{what}: {session:?}");
        }
    }
    let mut learned: Vec<&str> = Vec::new();
    for session in plan.iter().flat_map(|day| &day.sessions) {
        match session.activity {
            Activity::Learn => learned.push(&session.topic),
            Activity::MockExam => assert_eq!(session.topic, "All", "{what}"),
            _ => assert!(
                learned.contains(&session.topic.as_str()),
                "{what}: {session:?} before it was learned"
            ),
        }
    }
    if days > 1 {
        let last = &plan[days as usize - 1];
        assert!(last.sessions.iter().all(|session| session.activity == Activity::Review), "{what}: {last:?}");
        assert!(!last.sessions.is_empty(), "{what}");
    }
    let mocks =
        plan.iter().flat_map(|day| &day.sessions).filter(|s| s.activity == Activity::MockExam).count();
    assert_eq!(mocks, usize::from(days >= 3), "{what}");
    plan
}

#[test]
fn every_plan_keeps_to_its_minutes_and_ends_with_reviews() {
    for days in [1, 2, 3, 4, 5, 7, 14, 30, 365] {
        for minutes in [5, 7, 10, 25, 45, 90, 720] {
            for (count, words) in [(1, 30), (1, 5000), (3, 400), (12, 250), (40, 900)] {
                check(&some(count, words), days, minutes);
            }
        }
    }
}

#[test]
fn no_day_of_a_plan_is_empty() {
    for days in [2, 5, 30, 365] {
        let plan = check(&some(4, 200), days, 45);
        assert!(plan.iter().all(|day| !day.sessions.is_empty()), "{days}");
    }
}

#[test]
fn a_topic_comes_back_after_one_three_and_seven_days() {
    let plan = check(&[topic("A", 0.5, 60), topic("B", 0.5, 60)], 14, 60);
    let days = |wanted: Activity| -> Vec<u32> {
        let has = |day: &&PlanDay| day.sessions.iter().any(|s| s.topic == "A" && s.activity == wanted);
        plan.iter().filter(has).map(|day| day.day).collect()
    };
    assert_eq!(days(Activity::Learn), [1]);
    assert_eq!(days(Activity::Review), [2, 4, 8, 14]);
}

#[test]
fn topics_are_learned_in_the_order_of_the_notes() {
    let plan = check(&some(6, 300), 10, 60);
    let mut order: Vec<&str> = Vec::new();
    for session in plan.iter().flat_map(|day| &day.sessions).filter(|s| s.activity == Activity::Learn) {
        if order.last() != Some(&session.topic.as_str()) {
            order.push(&session.topic);
        }
    }
    assert_eq!(order, ["T1", "T2", "T3", "T4", "T5", "T6"]);
}

#[test]
fn where_there_is_no_time_for_all_the_weightiest_come_first_and_the_plan_says_so() {
    let plan = check(&some(6, 300), 2, 10);
    let learned: Vec<&str> = plan[0].sessions.iter().map(|session| session.topic.as_str()).collect();
    assert_eq!(learned, ["T5", "T6"]);
    assert!(plan[0].sessions[0].task.contains("no time for “T1”, “T2”, “T3”, “T4”"), "{:?}", plan[0]);
}

#[test]
fn days_have_dates_where_the_first_is_known() {
    let start = jiff::civil::date(2028, 2, 28);
    let plan = schedule(&some(2, 100), 3, Some(start), 30, "All");
    let dates: Vec<String> = plan.iter().filter_map(|day| day.date).map(|date| date.to_string()).collect();
    assert_eq!(dates, ["2028-02-28", "2028-02-29", "2028-03-01"]);
    let end = schedule(&some(2, 100), 3, Some(jiff::civil::Date::MAX), 30, "All");
    assert_eq!(end[1].date, None);
}

#[test]
fn notes_without_a_topic_give_no_plan() {
    assert!(schedule::<Passage>(&[], 7, None, 45, "All").is_empty());
    assert!(topics(&[], &[]).is_empty());
    assert!(topics(&[Document::parse(" \n\u{0}\u{7}\n")], &[]).is_empty());
}

/// Names and weights of the topics of some notes.
fn named(notes: &str, known: &[(String, f64)]) -> Vec<(String, f64)> {
    let found = topics(&[Document::parse(notes)], known);
    let sum: f64 = found.iter().map(|topic| topic.weight).sum();
    assert!(found.is_empty() || (sum - 1.0).abs() < 1e-9, "{sum}");
    assert!(found.len() <= 12);
    for topic in &found {
        assert!(topic.weight > 0.0 && topic.words > 0, "{topic:?}");
        assert!(topic.source.span.of(notes).is_some_and(|quote| !quote.is_empty()), "{topic:?}");
        assert!(topic.why.ends_with('.') && !topic.topic.is_empty(), "{topic:?}");
    }
    found.into_iter().map(|topic| (topic.topic, topic.weight)).collect()
}

fn paragraph(about: &str, sentences: usize) -> String {
    (0..sentences)
        .map(|at| format!("The {about} of kind {at} grows where the other plants do not. "))
        .collect()
}

#[test]
fn headings_are_topics_and_what_is_known_weighs_less() {
    let notes = format!("# Moss\n\n{}\n\n# Fern\n\n{}\n", paragraph("moss", 8), paragraph("fern", 8));
    let fresh = named(&notes, &[]);
    assert_eq!(fresh.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Moss", "Fern"]);
    assert!((fresh[0].1 - fresh[1].1).abs() < 0.05, "{fresh:?}");
    let known = named(&notes, &[("moss".to_owned(), 0.75), ("Fern".to_owned(), 0.0)]);
    assert!(known[0].1 < 0.25, "{known:?}");
    assert!(named(&notes, &[("Moss".to_owned(), f64::NAN)])[0].1 > 0.4);
}

#[test]
fn tiny_parts_join_the_heading_they_stand_under_and_lists_of_books_are_none() {
    let notes = format!(
        "# Moss\n\n{}\n\n## Spores\n\nThey are small.\n\n# Fern\n\n{}\n\n# References\n\n{}\n",
        paragraph("moss", 8),
        paragraph("fern", 8),
        paragraph("book", 8)
    );
    let names: Vec<String> = named(&notes, &[]).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Moss", "Fern"]);
}

#[test]
fn very_many_headings_make_at_most_twelve_topics() {
    let notes: String =
        (0..400).map(|at| format!("# Heading {at}\n\n{}\n\n", paragraph("moss", 3))).collect();
    assert!(named(&notes, &[]).len() > 6);
}

#[test]
fn notes_without_headings_are_named_by_what_they_define() {
    let osmosis = "Osmosis is the movement of water across a semipermeable membrane. ";
    let diffusion = "Diffusion is the movement of particles from a high to a low concentration. ";
    let notes = format!("{osmosis}{}\n\n{diffusion}{}\n", paragraph("root", 14), paragraph("leaf", 14));
    let names: Vec<String> = named(&notes, &[]).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Osmosis", "Diffusion"]);
}

#[test]
fn any_text_gives_topics_with_passages_that_exist() {
    for notes in [
        "a",
        "细胞是生命的基本单位。",
        "الخلية هي وحدة الحياة.",
        "#\n#\n#",
        "| a | b |\n|---|---|\n| c | d |\n",
    ] {
        named(notes, &[]);
    }
}
