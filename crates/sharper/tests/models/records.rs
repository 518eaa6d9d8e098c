//! On record: what an agent did, also where it failed; and a single agent that fails fails nothing else.

use sharper_domain::TaskKind;
use sharper_llm::testing::Act;
use sharper_store::Durability;

use crate::house::{CELLS, House, Kept, Setup, end, in_parallel, make, message, request};
use crate::wire::answer;
use crate::writer::{TASKS, Writer};

/// The runs of an agent: how each ended, and what it says of its failure.
fn runs(kept: &Kept, agent: &'static str) -> Vec<(String, Option<String>)> {
    let look = kept.store.house().read(move |conn| {
        let all = "SELECT agent_name, status, error_message FROM agent_executions ORDER BY created_at";
        let rows = conn.query(all, &[])?;
        let of_agent =
            rows.iter().filter(|row| row.get::<String>("agent_name").is_ok_and(|name| name == agent));
        of_agent.map(|row| Ok((row.get("status")?, row.get("error_message")?))).collect()
    });
    kept.now(look).unwrap()
}

#[test]
fn a_context_agent_that_fails_fails_no_request_and_is_on_record() {
    let mut house = House::good();
    let kept = house.closed();
    // What the progress agent reads is gone; the notes and what is made are not.
    let away = kept.store.house().write(Durability::Synced, |conn| {
        conn.execute("ALTER TABLE flashcard_reviews RENAME TO flashcard_reviews_gone", &[])
    });
    kept.now(away).unwrap();
    kept.now(kept.store.close());
    drop(kept);
    house.server.restart();
    let end = end(&make(&house.client(), &request(TaskKind::StudyPlan, "ana", "A plan, please.", CELLS)));
    assert_eq!(end["type"], "complete", "{end}");
    assert!(end["metadata"]["degraded"].is_null(), "{end}");
    let kept = house.closed();
    let failed = runs(&kept, "progress_agent");
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].0, "failure", "{failed:?}");
    assert!(failed[0].1.is_some(), "it says why: {failed:?}");
    for agent in ["rag_agent", "study_plan_agent", "main_orchestrator"] {
        assert_eq!(runs(&kept, agent), [("success".to_owned(), None)], "{agent}");
    }
}

#[test]
fn a_judge_that_fails_fails_no_request_and_is_on_record_with_its_reason() {
    let writer = Writer::of(CELLS);
    let mut house = House::with(&Setup::default(), move |asked| {
        if asked.is_judging() { Act::error(500, "server_error") } else { answer(asked, &writer.write(asked)) }
    });
    let tasks: Vec<TaskKind> = TASKS.into_iter().filter(|kind| *kind != TaskKind::NoteAnalysis).collect();
    let ends = in_parallel(6, &tasks, |kind| {
        end(&make(&house.client(), &request(*kind, &format!("user-{kind}"), message(*kind), CELLS)))
    });
    assert!(ends.iter().all(|end| end["type"] == "complete"), "{ends:?}");
    let kept = house.closed();
    let judged = runs(&kept, "quality_agent");
    assert_eq!(judged.len(), tasks.len(), "{judged:?}");
    for (status, error) in &judged {
        assert_eq!((status.as_str(), error.as_deref()), ("failure", Some("the model is not available")));
    }
    let whole = runs(&kept, "main_orchestrator");
    assert!(whole.iter().all(|(status, _)| status == "success"), "{whole:?}");
}
