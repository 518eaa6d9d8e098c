//! Signing in, staying so, and signing out.

use sharper_domain::{Problem, ProblemCode, Secret};
use sharper_people::{Caller, Credential, Role, SignInForm, Via};

use crate::{House, PASSWORD, refused};

const DAY: i64 = 24 * 3600;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_way_to_fail_is_answered_the_same() {
    let house = House::new().await;
    house.register("ada@example.org").await;
    let closed = house.register("closed@example.org").await;
    house.people.close_account(&closed.caller.user).await.unwrap();
    let mut answers: Vec<Problem> = Vec::new();
    for (email, password) in [
        ("ada@example.org", "another-mango-47"),
        ("ada@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("closed@example.org", PASSWORD),
        ("", ""),
        ("no address", PASSWORD),
    ] {
        answers.push(refused(house.sign_in(email, password).await, ProblemCode::Unauthorized));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_session_is_new_at_each_sign_in_and_ends_alone() {
    let house = House::new().await;
    let first = house.register("ada@example.org").await;
    let second = house.sign_in("ada@example.org", PASSWORD).await.unwrap();
    assert_ne!(first.token, second.token);
    assert_ne!(first.caller.via, second.caller.via);
    let listed = house.people.sessions(&first.caller.user).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().any(|session| Via::Session(session.id.clone()) == first.caller.via));
    house.people.sign_out(first.token.expose()).await.unwrap();
    house.people.sign_out("nothing of ours").await.unwrap();
    assert!(house.who(&first.token).await.is_none() && house.who(&second.token).await.is_some());
    let Via::Session(id) = second.caller.via.clone() else { panic!("{:?}", second.caller.via) };
    let eve = house.register("eve@example.org").await;
    refused(house.people.end_session(&eve.caller.user, &id).await, ProblemCode::NotFound);
    house.people.end_session(&second.caller.user, &id).await.unwrap();
    assert!(house.who(&second.token).await.is_none() && house.who(&eve.token).await.is_some());
    assert_eq!(house.people.sign_out_everywhere(&eve.caller.user).await.unwrap(), 1);
    assert!(house.who(&eve.token).await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_session_that_is_ended_is_over_in_every_instance() {
    let house = House::new().await;
    let other = house.another(|_| ()).await;
    let ada = house.register("ada@example.org").await;
    assert!(other.who(Credential::Session(ada.token.expose())).await.unwrap().is_some());
    house.people.sign_out(ada.token.expose()).await.unwrap();
    assert!(other.who(Credential::Session(ada.token.expose())).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_session_lasts_while_it_is_used_and_thirty_days_longer() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    for _ in 0..3 {
        house.pass(30 * DAY - 1);
        assert!(house.who(&ada.token).await.unwrap().prolonged, "and the browser is told");
        assert!(!house.who(&ada.token).await.unwrap().prolonged);
    }
    house.pass(30 * DAY);
    assert!(house.who(&ada.token).await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_shown_must_be_the_token_itself() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    let Via::Session(id) = &ada.caller.via else { panic!("{:?}", ada.caller.via) };
    let token = ada.token.expose();
    let (long, cut) = ("x".repeat(100_000), &token[..42]);
    for shown in
        [&id.0, "", " ", cut, &token.to_lowercase(), &format!("{token} "), &format!("op.{token}"), &long]
    {
        assert!(house.people.who(Credential::Session(shown)).await.unwrap().is_none(), "{shown}");
        assert!(house.people.who(Credential::Bearer(shown)).await.unwrap().is_none(), "{shown}");
    }
    assert!(
        house.people.who(Credential::Bearer(token)).await.unwrap().is_none(),
        "a cookie is no bearer token"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_cannot_be_told_is_not_let_in() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    house.store.close().await;
    let asked = house.people.who(Credential::Session(ada.token.expose())).await;
    refused(asked, ProblemCode::Unavailable);
    refused(house.sign_in("ada@example.org", PASSWORD).await, ProblemCode::Unavailable);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn five_guesses_a_minute_for_an_account_and_for_a_network_address() {
    let house = House::new().await;
    house.register("ada@example.org").await;
    house.register("eve@example.org").await;
    for email in ["ada@example.org", "nobody@example.org"] {
        for _ in 0..5 {
            refused(house.sign_in(email, "wrong-mango-47").await, ProblemCode::Unauthorized);
        }
        refused(house.sign_in(email, PASSWORD).await, ProblemCode::RateLimited);
    }
    for n in 0..5 {
        let email = format!("guess{n}@example.org");
        refused(house.sign_in_from(&email, PASSWORD, "there").await, ProblemCode::Unauthorized);
    }
    refused(house.sign_in_from("eve@example.org", PASSWORD, "there").await, ProblemCode::RateLimited);
    for _ in 0..12 {
        house.sign_in_from("eve@example.org", PASSWORD, "a school").await.unwrap();
    }
    house.pass(60);
    house.sign_in("ada@example.org", PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn after_a_hundred_failures_only_a_new_password_opens_the_account() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    for _ in 0..99 {
        house.store.count_failed_sign_in("ada@example.org".into()).await.unwrap();
    }
    let wrong = refused(house.sign_in("ada@example.org", "wrong-mango-47").await, ProblemCode::Unauthorized);
    let locked = refused(house.sign_in("ada@example.org", PASSWORD).await, ProblemCode::Unauthorized);
    assert_eq!(wrong, locked, "a lock tells nobody that there is an account");
    assert!(house.office.letter("ada@example.org", 1).text.contains("locked"));
    assert!(house.who(&ada.token).await.is_some(), "who is in stays in");
    house.pass(60);
    house.people.ask_reset("ada@example.org", &house.address()).await.unwrap();
    let token = house.office.letter("ada@example.org", 2).token();
    house.people.reset(&token, "another-mango-48").await.unwrap();
    house.sign_in("ada@example.org", "another-mango-48").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_operator_has_a_session_for_as_long_as_the_admin_token_stands() {
    let house = House::new().await;
    let token = "an-admin-token-of-more-than-32-characters";
    refused(house.people.operator_sign_in("wrong", "A test", "here").await, ProblemCode::Unauthorized);
    let operator = house.people.operator_sign_in(token, "A test", "here").await.unwrap();
    let caller = house.who(&operator.token).await.unwrap();
    assert_eq!(caller, Caller::operator(operator.caller.via.clone()));
    assert_eq!((caller.role, caller.is_without_account()), (Role::Admin, true));
    let rotated = house.another(|settings| settings.admin_token = Secret::new("x".repeat(40))).await;
    let without = house.another(|settings| settings.admin_token = Secret::new("")).await;
    for people in [rotated, without] {
        assert!(people.who(Credential::Session(operator.token.expose())).await.unwrap().is_none());
    }
    house.pass(12 * 3600 - 1);
    assert!(house.who(&operator.token).await.is_some());
    house.people.sign_out(operator.token.expose()).await.unwrap();
    assert!(house.who(&operator.token).await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_admin_token_is_itself_and_nothing_else() {
    let house = House::new().await;
    let token = "an-admin-token-of-more-than-32-characters";
    assert!(house.people.is_admin_token(token));
    for other in ["", " ", &token[1..], &format!("{token}x"), &token.to_uppercase()] {
        assert!(!house.people.is_admin_token(other), "{other}");
    }
    let without = house.another(|settings| settings.admin_token = Secret::new("")).await;
    assert!(!without.is_admin_token(""));
    let form = SignInForm { email: "", password: "", device: "", address: "" };
    refused(without.sign_in(form).await, ProblemCode::Unauthorized);
    refused(without.operator_sign_in("", "", "").await, ProblemCode::Unauthorized);
}
