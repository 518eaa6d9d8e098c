//! A model that does its work well: two calls for each generation, whatever the task.

use sharper_domain::TaskKind;

use crate::house::{House, end, make, message, request, standing, told};
use crate::writer::TASKS;

#[test]
fn a_clean_model_takes_two_calls_whatever_the_task() {
    let house = House::good();
    let client = house.client();
    for (place, kind) in TASKS.into_iter().enumerate() {
        let log = make(&client, &request(kind, &format!("user-{place}"), message(kind), crate::house::CELLS));
        let end = end(&log);
        let asked = house.asked();
        let shapes: Vec<&str> = asked[2 * place..].iter().map(|one| one.shape()).collect();
        println!(
            "{kind}: {shapes:?}, {} items, {} of {} rejected {}",
            standing(&log).len(),
            end["validation"]["delivered"],
            end["validation"]["requested"],
            end["validation"]["rejected"],
        );
        assert_eq!(end["type"], "complete", "{end}");
        assert_eq!(end["metadata"]["degraded"], serde_json::Value::Null, "{end}");
        assert_eq!(end["metadata"]["model_used"], "test/model-1", "{end}");
        assert_eq!(
            (shapes.len(), end["metadata"]["model_calls"].as_u64()),
            (2, Some(2)),
            "{kind}: {shapes:?}"
        );
        assert_eq!(shapes[1], "verdicts");
        assert!(!standing(&log).is_empty(), "{kind}");
        assert!(told(&log, "withdrawn").is_empty(), "{kind}");
        if kind != TaskKind::Chat {
            assert_eq!(end["validation"]["validation_passed"], true, "{end}");
        }
    }
}
