//! Keys that come, go and cannot be had.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{Does, Publisher, SECRET, Signer, at};

#[tokio::test]
async fn a_new_key_counts_with_its_first_token() {
    let (old, new) = (Signer::es256(), Signer::eddsa());
    let publisher = Publisher::publishes(&[old.published("old")]);
    let house = publisher.house("");
    assert!(house.holder(&old.good("old", &publisher.issuer()), at(0)).await.is_some());
    let token = new.good("new", &publisher.issuer());
    publisher.now(Does::Publishes(vec![old.published("old"), new.published("new")]));
    assert!(house.holder(&token, at(1)).await.is_some());
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn a_thousand_unknown_keys_cause_one_fetch_in_thirty_seconds() {
    let key = Signer::es256();
    let publisher = Publisher::publishes(&[key.published("key")]);
    let (house, good) = (Arc::new(publisher.house("")), key.good("key", &publisher.issuer()));
    assert!(house.holder(&good, at(0)).await.is_some());
    for moment in [1, 31, 61] {
        let before = publisher.asked();
        let mut asking = JoinSet::new();
        for n in 0..1000 {
            let (house, token) = (house.clone(), key.good(&format!("made-up-{n}"), &publisher.issuer()));
            asking.spawn(async move { house.holder(&token, at(moment)).await.is_some() });
        }
        assert!(asking.join_all().await.iter().all(|taken| !taken));
        assert_eq!(publisher.asked() - before, 1, "at {moment} s");
        assert!(house.holder(&good, at(moment)).await.is_some());
    }
}

#[tokio::test]
async fn many_who_come_first_wait_for_one_fetch() {
    let key = Signer::es256();
    let publisher = Publisher::publishes(&[key.published("key")]);
    let (house, good) = (Arc::new(publisher.house("")), key.good("key", &publisher.issuer()));
    let mut asking = JoinSet::new();
    for _ in 0..50 {
        let (house, good) = (house.clone(), good.clone());
        asking.spawn(async move { house.holder(&good, at(0)).await.is_some() });
    }
    assert!(asking.join_all().await.iter().all(|taken| *taken));
    assert_eq!(publisher.asked(), 1);
}

#[tokio::test]
async fn a_key_that_is_removed_is_dead_in_ten_minutes_or_when_the_keys_are_forgotten() {
    let (old, new) = (Signer::es256(), Signer::es256());
    let publisher = Publisher::publishes(&[old.published("old")]);
    let token = old.good("old", &publisher.issuer());
    let (house, told) = (publisher.house(""), publisher.house(""));
    assert!(house.holder(&token, at(0)).await.is_some() && told.holder(&token, at(0)).await.is_some());
    publisher.now(Does::Publishes(vec![new.published("new")]));
    assert!(house.holder(&token, at(1)).await.is_some());
    assert!(house.holder(&token, at(600)).await.is_none());
    told.forget_keys();
    assert!(told.holder(&token, at(1)).await.is_none());
    publisher.now(Does::Publishes(Vec::new()));
    assert!(
        house.holder(&new.good("new", &publisher.issuer()), at(1200)).await.is_none(),
        "no keys are no keys"
    );
}

/// While the publisher does this, known keys count for a day and unknown ones do not; then it is well again.
async fn check(what: &str, does: Does) {
    let (known, unknown) = (Signer::es256(), Signer::es256());
    let published = vec![known.published("known")];
    let publisher = Publisher::publishes(&published);
    let house = publisher.house(SECRET);
    let issuer = publisher.issuer();
    let token = |moment: i64| {
        let mut claims = super::claims(&issuer);
        claims["exp"] = serde_json::json!(super::NOW + moment + 60);
        known.signed(r#"{"alg":"ES256","kid":"known"}"#, &claims.to_string())
    };
    assert!(house.holder(&token(0), at(0)).await.is_some());
    publisher.now(does);
    assert!(house.holder(&token(599), at(599)).await.is_some(), "{what}");
    let asked = publisher.asked();
    for (moment, more) in [(600, 0), (628, 0), (629, 1), (650, 1)] {
        let made_up = unknown.good("unknown", &issuer);
        assert!(house.holder(&made_up, at(moment)).await.is_none(), "{what}, {moment} s");
        assert_eq!(
            publisher.asked() - asked,
            more,
            "{what}, {moment} s: who failed is left alone for a while"
        );
    }
    for (moment, counts) in [(86_399, true), (86_400, false)] {
        assert_eq!(house.holder(&token(moment), at(moment)).await.is_some(), counts, "{what}, {moment} s");
    }
    publisher.now(Does::Publishes(published));
    assert!(house.holder(&token(86_500), at(86_500)).await.is_some(), "{what}: it is back");
    let signer = Signer::hs256(SECRET.as_bytes());
    assert!(
        house.holder(&signer.good("any", &issuer), at(0)).await.is_some(),
        "{what}: the secret needs nobody"
    );
}

#[tokio::test]
async fn while_the_keys_cannot_be_had_known_ones_count_for_a_day() {
    let another = Signer::es256();
    let set = serde_json::json!({"keys": [another.published("unknown")]}).to_string();
    let large = format!("{{\"keys\": [], \"more\": \"{}\"}}", "x".repeat(10 << 20));
    tokio::join!(
        check("an error", Does::Answers("500 Internal Server Error", set.clone().into_bytes())),
        check("a redirect", Does::Answers("302 Found\r\nlocation: http://127.0.0.1:9/", Vec::new())),
        check("not found", Does::Answers("404 Not Found", set.into_bytes())),
        check("ten megabytes", Does::Answers("200 OK", large.into_bytes())),
        check("no key set", Does::Answers("200 OK", b"<html>".to_vec())),
        check("another shape", Does::Answers("200 OK", br#"{"keys": "none"}"#.to_vec())),
        check("silence", Does::Hangs),
    );
}
