//! Answers of models: kept for a while, for the one who asked.

use sharper_store::fingerprint;
use sharper_store::responses::CachedResponse;

use crate::stage::{Stage, at, told_to_both, user};

told_to_both!(
    an_answer_is_found_until_its_time_is_over_and_by_its_user_only,
    answers_whose_time_is_over_go_the_oldest_first,
);

fn response(text: &str) -> CachedResponse {
    let model = "some/model".to_owned();
    CachedResponse { text: text.into(), model, prompt_tokens: 900, completion_tokens: 80 }
}

async fn an_answer_is_found_until_its_time_is_over_and_by_its_user_only(stage: Stage) {
    let (store, ada, key) = (&stage.store, user("ada"), fingerprint("the whole question"));
    store.cache_response(ada.clone(), key.clone(), response("first"), at(10)).await.unwrap();
    let found = |owner: &str, moment| store.cached_response(user(owner), key.clone(), at(moment));
    assert_eq!(found("ada", 9).await.unwrap(), Some(response("first")));
    assert_eq!(found("ada", 10).await.unwrap(), None);
    assert_eq!(found("eve", 9).await.unwrap(), None);
    assert_eq!(store.cached_response(ada.clone(), fingerprint("other"), at(9)).await.unwrap(), None);
    store.cache_response(ada, key.clone(), response("second"), at(20)).await.unwrap();
    assert_eq!(found("ada", 10).await.unwrap(), Some(response("second")));
}

async fn answers_whose_time_is_over_go_the_oldest_first(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    for moment in 1..=5 {
        store.cache_response(ada.clone(), moment.to_string(), response("text"), at(moment)).await.unwrap();
    }
    assert_eq!(store.prune_responses(at(4), 3).await.unwrap(), 3);
    let still = |key: &str| store.cached_response(ada.clone(), key.to_owned(), at(0));
    assert_eq!((still("3").await.unwrap(), still("4").await.unwrap()), (None, Some(response("text"))));
    assert_eq!(store.prune_responses(at(4), 9).await.unwrap(), 1);
    assert_eq!(store.prune_responses(at(4), 9).await.unwrap(), 0);
    assert!(still("5").await.unwrap().is_some());
}
