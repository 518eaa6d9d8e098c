//! Attempts: begun once, saved for good, ended once, graded, appealed against; foreign ones are not there.

use sharper_domain::{
    AppealOutcome, Attempt, AttemptId, Body, EndedBy, GradedBy, Grading, Material, Paper, QuestionId,
    TaskKind,
};
use sharper_store::StoreError;
use sharper_store::attempts::{Evidence, Kept, Marked, NewAttempt, RetakeOf, Ruling, Save, Sitting};
use sharper_store::material::NewMaterial;
use sharper_store::{Durability, Store};

use crate::made::made;
use crate::stage::{Stage, at, note, set, told_to_both, user};

told_to_both!(
    one_attempt_is_open_per_paper_and_student,
    an_older_tab_does_not_undo_a_newer_one,
    nothing_is_saved_after_the_deadline_and_its_grace,
    an_attempt_ends_once_and_counts_what_was_left_out,
    an_answer_that_was_checked_stays_as_it_is,
    a_retake_asks_only_what_was_missed,
    an_appeal_is_made_once_and_decided_on_once,
    what_was_asked_outlives_its_paper,
    an_answer_counts_once_for_the_studied_cards_of_its_passage,
    another_students_attempt_is_not_there,
    answers_count_for_their_topics,
);

fn asked(material: &Material) -> Vec<sharper_domain::Question> {
    match &material.body {
        Body::Quiz(questions) => questions.clone(),
        Body::Exam { sections, .. } => {
            sections.iter().flat_map(|section| section.questions.clone()).collect()
        }
        other => panic!("{other:?} is no paper"),
    }
}

fn new(of: &Material, deadline: Option<i64>) -> NewAttempt {
    let paper = if of.kind() == TaskKind::ExamGeneration { Paper::Exam } else { Paper::Quiz };
    NewAttempt {
        paper,
        material_id: of.id,
        title: of.title.clone(),
        asked: asked(of),
        deadline_at: deadline.map(at),
        retake_of: None,
    }
}

async fn paper(store: &Store, kind: TaskKind) -> Material {
    let made: NewMaterial = made(kind, "ada", 1, None);
    store.add_material(made.clone()).await.unwrap();
    made.material
}

async fn begun(store: &Store, of: &Material, deadline: Option<i64>) -> Sitting {
    store.start_attempt(user("ada"), new(of, deadline), at(10)).await.unwrap()
}

fn save(question: QuestionId, answer: &str, revision: u32) -> Save {
    let (answer, revision) = (Some(answer.to_owned()), Some(revision));
    Save { question_id: question, answer, flagged: None, revision }
}

/// What a grader finds who gives so many of 200 hundredths.
fn graded(attempt: &Attempt, place: usize, answer: &str, points: u32) -> Marked {
    let grading = Grading { points, of: 200, parts: vec![], by: GradedBy::Key };
    Marked { question_id: attempt.asked[place].id, answer: answer.into(), grading: Some(grading) }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::Conflict(_))), "{answer:?}");
}

#[track_caller]
fn absent<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
}

async fn one_attempt_is_open_per_paper_and_student(stage: Stage) {
    let store = &stage.store;
    let quiz = paper(store, TaskKind::QuizGeneration).await;
    let (one, two, three) =
        tokio::join!(begun(store, &quiz, None), begun(store, &quiz, None), begun(store, &quiz, None));
    let all = [one, two, three];
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{all:?}");
    let first = &all[0].attempt;
    assert_eq!((first.of_points, &first.asked, first.points), (600, &asked(&quiz), None));
    store.finish_attempt(user("ada"), first.id, 5, at(20)).await.unwrap();
    let next = store.start_attempt(user("ada"), new(&quiz, None), at(21)).await.unwrap().attempt;
    assert_ne!(next.id, first.id);
    let listed = store.attempts(user("ada"), Some(quiz.id), 9).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!((listed[0].questions, listed[0].answered, listed[0].points), (3, 0, None));
    assert_eq!(
        store.attempts(user("ada"), Some(sharper_domain::MaterialId::new(at(0))), 9).await.unwrap(),
        []
    );
    let nothing = NewAttempt { asked: vec![], ..new(&paper(store, TaskKind::ExamGeneration).await, None) };
    refused(store.start_attempt(user("ada"), nothing, at(10)).await);
}

async fn an_older_tab_does_not_undo_a_newer_one(stage: Stage) {
    let store = &stage.store;
    let attempt = begun(store, &paper(store, TaskKind::QuizGeneration).await, None).await.attempt;
    let question = attempt.asked[2].id;
    let put = |answer: &str, revision, moment| {
        store.save_answer(user("ada"), attempt.id, save(question, answer, revision), 5, at(moment))
    };
    let Kept::Saved(first) = put("light", 0, 11).await.unwrap() else { panic!("it was the first") };
    assert_eq!((first.revision, first.saved_at), (1, at(11)));
    let Kept::Newer(stands) = put("water", 0, 12).await.unwrap() else { panic!("it was older") };
    assert_eq!(stands, first);
    let again = put("light", 0, 13).await.unwrap();
    assert_eq!(again, Kept::Saved(first), "the same sent twice is no conflict");
    let Kept::Saved(second) = put("sunlight", 1, 14).await.unwrap() else { panic!("it saw the first") };
    let flag = Save { question_id: question, answer: None, flagged: Some(true), revision: None };
    let flagged = store.save_answer(user("ada"), attempt.id, flag, 5, at(15)).await.unwrap();
    let Kept::Saved(flagged) = flagged else { panic!("it writes over any") };
    assert_eq!((flagged.answer, flagged.flagged, flagged.revision), (second.answer, true, 3));
    assert_eq!(store.sitting(user("ada"), attempt.id).await.unwrap().answers.len(), 1);
    let other = begun(store, &paper(store, TaskKind::ExamGeneration).await, None).await.attempt;
    let foreign = save(other.asked[0].id, "True", 0);
    absent(store.save_answer(user("ada"), attempt.id, foreign, 5, at(16)).await);
}

async fn nothing_is_saved_after_the_deadline_and_its_grace(stage: Stage) {
    let store = &stage.store;
    let attempt = begun(store, &paper(store, TaskKind::ExamGeneration).await, Some(100)).await.attempt;
    let question = attempt.asked[1].id;
    let put = |answer: &str, revision, moment| {
        store.save_answer(user("ada"), attempt.id, save(question, answer, revision), 5, at(moment))
    };
    assert!(matches!(put("a", 0, 100).await.unwrap(), Kept::Saved(_)));
    assert!(matches!(put("b", 1, 105).await.unwrap(), Kept::Saved(_)), "what was under way has its grace");
    refused(put("c", 2, 106).await);
    assert_eq!(store.overdue_attempts(at(100), 9).await.unwrap(), []);
    assert_eq!(store.overdue_attempts(at(101), 9).await.unwrap(), [(user("ada"), attempt.id)]);
    let ended = store.finish_attempt(user("ada"), attempt.id, 5, at(900)).await.unwrap();
    let Attempt { finished_at, ended_by, .. } = ended.attempt;
    assert_eq!((finished_at, ended_by), (Some(at(100)), Some(EndedBy::Clock)));
    assert_eq!(ended.answer(question).unwrap().answer, "b");
    assert_eq!(store.overdue_attempts(at(101), 9).await.unwrap(), []);
}

async fn an_attempt_ends_once_and_counts_what_was_left_out(stage: Stage) {
    let store = &stage.store;
    let attempt = begun(store, &paper(store, TaskKind::ExamGeneration).await, Some(100)).await.attempt;
    store
        .save_answer(user("ada"), attempt.id, save(attempt.asked[0].id, "True", 0), 5, at(11))
        .await
        .unwrap();
    let ended = store.finish_attempt(user("ada"), attempt.id, 5, at(50)).await.unwrap();
    assert_eq!((ended.attempt.finished_at, ended.attempt.ended_by), (Some(at(50)), Some(EndedBy::Student)));
    assert_eq!(ended.answers.len(), 2, "what was left out has an empty answer");
    let again = store.finish_attempt(user("ada"), attempt.id, 5, at(900)).await.unwrap();
    assert_eq!(again, ended);
    refused(
        store.save_answer(user("ada"), attempt.id, save(attempt.asked[0].id, "False", 1), 5, at(51)).await,
    );
    let half = vec![graded(&attempt, 0, "True", 200)];
    let marked = store.mark_answers(user("ada"), attempt.id, half, at(52)).await.unwrap();
    assert_eq!(marked.attempt.points, None, "one is not graded");
    let brief = &store.attempts(user("ada"), None, 1).await.unwrap()[0];
    assert_eq!((brief.ungraded, brief.points, brief.answered), (1, Some(200), 1));
    let rest =
        vec![graded(&attempt, 0, "True", 0), graded(&attempt, 1, "", 0), graded(&attempt, 1, "x", 200)];
    let marked = store.mark_answers(user("ada"), attempt.id, rest, at(53)).await.unwrap();
    assert_eq!(
        marked.attempt.points,
        Some(200),
        "what is graded stays, and what was not answered so is not graded"
    );
}

async fn an_answer_that_was_checked_stays_as_it_is(stage: Stage) {
    let store = &stage.store;
    let attempt = begun(store, &paper(store, TaskKind::QuizGeneration).await, None).await.attempt;
    let marked = vec![graded(&attempt, 0, "", 0)];
    let sitting = store.mark_answers(user("ada"), attempt.id, marked, at(12)).await.unwrap();
    assert_eq!(sitting.answers.len(), 1);
    assert_eq!((sitting.answers[0].points, sitting.attempt.points), (Some(0), None));
    let question = attempt.asked[0].id;
    refused(store.save_answer(user("ada"), attempt.id, save(question, "Light", 0), 5, at(13)).await);
    let flag = Save { question_id: question, answer: None, flagged: Some(true), revision: Some(0) };
    let kept = store.save_answer(user("ada"), attempt.id, flag, 5, at(14)).await.unwrap();
    assert!(matches!(kept, Kept::Saved(_)), "it may still be flagged");
}

async fn a_retake_asks_only_what_was_missed(stage: Stage) {
    let store = &stage.store;
    let exam = paper(store, TaskKind::ExamGeneration).await;
    let attempt = begun(store, &exam, Some(1_810)).await.attempt;
    let of = RetakeOf { paper: Paper::Exam, material_id: exam.id, attempt: attempt.id };
    refused(store.retake(user("ada"), of, at(20)).await);
    store.finish_attempt(user("ada"), attempt.id, 5, at(30)).await.unwrap();
    refused(store.retake(user("ada"), of, at(31)).await);
    let marked = vec![graded(&attempt, 0, "", 100), graded(&attempt, 1, "", 200)];
    store.mark_answers(user("ada"), attempt.id, marked, at(32)).await.unwrap();
    let other = RetakeOf { material_id: sharper_domain::MaterialId::new(at(0)), ..of };
    absent(store.retake(user("ada"), other, at(33)).await);
    let again = store.retake(user("ada"), of, at(40)).await.unwrap().attempt;
    assert_eq!((again.retake_of, again.asked.as_slice()), (Some(attempt.id), &attempt.asked[..1]));
    // One of thirteen minutes of questions, of 30 minutes on the clock, in whole minutes.
    assert_eq!((again.of_points, again.deadline_at), (200, Some(at(40 + 3 * 60))));
    assert_eq!(store.retake(user("ada"), of, at(41)).await.unwrap().attempt, again);
}

async fn an_appeal_is_made_once_and_decided_on_once(stage: Stage) {
    let store = &stage.store;
    let attempt = begun(store, &paper(store, TaskKind::QuizGeneration).await, None).await.attempt;
    let appeal = |place: usize, ruling| {
        let place = (attempt.id, attempt.asked[place].id);
        store.appeal(user("ada"), place, "I was right".into(), ruling, at(40))
    };
    refused(appeal(0, Ruling::Waits).await);
    store.finish_attempt(user("ada"), attempt.id, 5, at(30)).await.unwrap();
    let marked = vec![graded(&attempt, 0, "", 0), graded(&attempt, 1, "", 100), graded(&attempt, 2, "", 200)];
    store.mark_answers(user("ada"), attempt.id, marked, at(32)).await.unwrap();
    refused(appeal(2, Ruling::Waits).await);
    appeal(0, Ruling::Waits).await.unwrap();
    refused(appeal(0, Ruling::Waits).await);
    let clear = Grading { points: 200, of: 200, parts: vec![], by: GradedBy::Rules };
    let granted = appeal(1, Ruling::Granted(clear)).await.unwrap();
    assert_eq!(granted.attempt.points, Some(400));
    let waiting = store.waiting_appeals(9).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].question.id, &waiting[0].user_id), (attempt.asked[0].id, &user("ada")));
    let place = (attempt.id, attempt.asked[0].id);
    store.decide_appeal(user("ada"), place, AppealOutcome::Granted, at(50)).await.unwrap();
    refused(store.decide_appeal(user("ada"), place, AppealOutcome::Refused, at(51)).await);
    let sitting = store.sitting(user("ada"), attempt.id).await.unwrap();
    let answer = sitting.answer(attempt.asked[0].id).unwrap();
    assert_eq!(answer.appeal.as_ref().unwrap().outcome, Some(AppealOutcome::Granted));
    assert_eq!(answer.grading.as_ref().unwrap().by, GradedBy::Person);
    assert_eq!(sitting.attempt.points, Some(600));
    assert_eq!(store.waiting_appeals(9).await.unwrap(), []);
    let never = (attempt.id, attempt.asked[2].id);
    absent(store.decide_appeal(user("ada"), never, AppealOutcome::Granted, at(52)).await);
}

async fn what_was_asked_outlives_its_paper(stage: Stage) {
    let store = &stage.store;
    let quiz = paper(store, TaskKind::QuizGeneration).await;
    let attempt = begun(store, &quiz, None).await.attempt;
    let gone = quiz.id;
    store
        .house()
        .write(Durability::Synced, move |conn| {
            conn.execute("DELETE FROM quizzes WHERE id = $1", &[sharper_store::Value::from(gone)])
        })
        .await
        .unwrap();
    absent(store.material(user("ada"), TaskKind::QuizGeneration, gone).await);
    store
        .save_answer(user("ada"), attempt.id, save(attempt.asked[0].id, "Light", 0), 5, at(20))
        .await
        .unwrap();
    let ended = store.finish_attempt(user("ada"), attempt.id, 5, at(30)).await.unwrap();
    assert_eq!(ended.attempt.asked, asked(&quiz));
}

async fn an_answer_counts_once_for_the_studied_cards_of_its_passage(stage: Stage) {
    let store = &stage.store;
    let kept = store.add_note(user("ada"), note("Chlorophyll absorbs light."), at(0)).await.unwrap();
    let cards = set("ada", 1, Some(kept.id));
    let studied = cards.cards[0].id;
    store.add_material(cards.clone().into_material()).await.unwrap();
    let set_id = cards.set.id;
    store
        .house()
        .write(Durability::Synced, move |conn| {
            let memory = "INSERT INTO card_memory (card_id, user_id, set_id, state, stability, difficulty, due_at, \
                last_review_at, reviews, lapses) VALUES ($1, 'ada', $2, 'review', 3.5, 5.0, 2, 1, 1, 0)";
            conn.execute(memory, &[studied.into(), set_id.into()])
        })
        .await
        .unwrap();
    let mut quiz = made(TaskKind::QuizGeneration, "ada", 2, Some(kept.id));
    if let Body::Quiz(questions) = &mut quiz.material.body {
        questions.iter_mut().for_each(|question| {
            (question.source.note_version, question.source.start, question.source.end) = (1, 0, 25);
        });
        questions[1].source.start = 20;
    }
    store.add_material(quiz.clone()).await.unwrap();
    let attempt = begun(store, &quiz.material, None).await.attempt;
    for place in 0..2 {
        let answer = save(attempt.asked[place].id, "x", 0);
        store.save_answer(user("ada"), attempt.id, answer, 5, at(20)).await.unwrap();
    }
    store.finish_attempt(user("ada"), attempt.id, 5, at(30)).await.unwrap();
    let uncounted = async || store.uncounted_answers(user("ada"), attempt.id).await.unwrap();
    assert_eq!(uncounted().await, [], "nothing is graded");
    let marked =
        vec![graded(&attempt, 0, "x", 200), graded(&attempt, 1, "x", 100), graded(&attempt, 2, "", 0)];
    store.mark_answers(user("ada"), attempt.id, marked, at(31)).await.unwrap();
    let evidence =
        |place: usize, full, cards| Evidence { question: attempt.asked[place].id, full, at: at(20), cards };
    // The other card was never studied, five letters are not the passage, and what was left out says nothing.
    let mut expected = [evidence(0, true, vec![studied]), evidence(1, false, vec![])];
    expected.sort_by_key(|one| one.question);
    assert_eq!(uncounted().await, expected);
    assert_eq!(store.uncounted_answers(user("eve"), attempt.id).await.unwrap(), []);
    let counted = vec![attempt.asked[0].id];
    store.answers_counted(user("ada"), attempt.id, counted, at(32)).await.unwrap();
    assert_eq!(uncounted().await, [evidence(1, false, vec![])]);
}

async fn another_students_attempt_is_not_there(stage: Stage) {
    let store = &stage.store;
    let attempt = begun(store, &paper(store, TaskKind::QuizGeneration).await, None).await.attempt;
    let (eve, question) = (user("eve"), attempt.asked[0].id);
    absent(store.sitting(eve.clone(), attempt.id).await);
    absent(store.save_answer(eve.clone(), attempt.id, save(question, "Light", 0), 5, at(20)).await);
    absent(store.finish_attempt(eve.clone(), attempt.id, 5, at(20)).await);
    absent(store.mark_answers(eve.clone(), attempt.id, vec![], at(20)).await);
    absent(store.appeal(eve.clone(), (attempt.id, question), "x".into(), Ruling::Waits, at(20)).await);
    let of = RetakeOf { paper: Paper::Quiz, material_id: attempt.material_id, attempt: attempt.id };
    absent(store.retake(eve.clone(), of, at(20)).await);
    assert_eq!(store.attempts(eve.clone(), None, 9).await.unwrap(), []);
    absent(store.sitting(eve, AttemptId::new(at(0))).await);
    let sitting = store.sitting(user("ada"), attempt.id).await.unwrap();
    assert_eq!((sitting.answers, sitting.attempt.finished_at), (vec![], None));
}

async fn answers_count_for_their_topics(stage: Stage) {
    let store = &stage.store;
    let attempt = begun(store, &paper(store, TaskKind::QuizGeneration).await, None).await.attempt;
    for place in 0..2 {
        let answer = save(attempt.asked[place].id, "x", 0);
        store.save_answer(user("ada"), attempt.id, answer, 5, at(20)).await.unwrap();
    }
    store.finish_attempt(user("ada"), attempt.id, 5, at(30)).await.unwrap();
    let marked =
        vec![graded(&attempt, 0, "x", 200), graded(&attempt, 1, "x", 100), graded(&attempt, 2, "", 0)];
    store.mark_answers(user("ada"), attempt.id, marked, at(32)).await.unwrap();
    let mastery = store.topic_mastery(user("ada")).await.unwrap();
    assert_eq!(mastery, [("Chlorophyll".to_owned(), 0.5)], "one of two; what was left out says nothing");
    let topics = store.standing(user("ada"), at(0)).await.unwrap().topics;
    assert_eq!((topics[0].reviews, topics[0].remembered, topics[0].cards), (2, 1, 0));
}
