//! API tokens and tickets.

use sharper_domain::{ProblemCode, SessionId, UserId};
use sharper_people::{Caller, Credential, People, Role, Via};

use crate::{House, refused};

async fn who(people: &People, token: &str) -> Option<Caller> {
    people.who(Credential::Bearer(token)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_token_acts_for_its_owner_as_a_student_until_it_is_revoked() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await.caller;
    assert_eq!(ada.role, Role::Admin);
    let (text, token) = house.people.make_token(&ada.user, " My script ", None).await.unwrap();
    let text = text.expose();
    assert!(text.starts_with("ssk_") && text.len() == 47 && text.starts_with(&token.hint), "{}", token.hint);
    let caller = who(&house.people, text).await.unwrap();
    assert_eq!((&caller.user, caller.role, caller.via), (&ada.user, Role::Student, Via::ApiToken(token.id)));
    let [listed] = house.people.tokens(&ada.user).await.unwrap().try_into().unwrap();
    assert_eq!((listed.name.as_str(), listed.used_at.is_some()), ("My script", true));
    for wrong in ["ssk_", &text[..46], &format!("{text}x"), &text.to_uppercase(), &text[4..]] {
        assert!(who(&house.people, wrong).await.is_none(), "{wrong}");
    }
    assert!(house.people.who(Credential::Session(text)).await.unwrap().is_none());
    let eve = house.register("eve@example.org").await.caller;
    refused(house.people.revoke_token(&eve.user, token.id).await, ProblemCode::NotFound);
    house.people.revoke_token(&ada.user, token.id).await.unwrap();
    assert!(who(&house.people, text).await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_token_lasts_its_days_and_its_name_is_checked() {
    let house = House::new().await;
    let user = house.register("ada@example.org").await.caller.user;
    let (text, _) = house.people.make_token(&user, "script", Some(2)).await.unwrap();
    house.pass(2 * 24 * 3600 - 1);
    assert!(who(&house.people, text.expose()).await.is_some());
    house.pass(1);
    assert!(who(&house.people, text.expose()).await.is_none());
    let long = "x".repeat(81);
    for (name, days) in
        [("", None), ("  ", None), (&*long, None), ("a\nb", None), ("x", Some(0)), ("x", Some(3651))]
    {
        refused(house.people.make_token(&user, name, days).await, ProblemCode::InvalidRequest);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_user_without_an_account_here_can_have_tokens() {
    let house = House::new().await;
    let user: UserId = "6f1d0e6e-7c5b-4a77-9d0a-2f4a3b1c0d9e".parse().unwrap();
    let (text, _) = house.people.make_token(&user, "script", None).await.unwrap();
    let caller = who(&house.people, text.expose()).await.unwrap();
    assert_eq!((caller.user, caller.name, caller.waiting), (user, None, false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_ticket_counts_in_every_instance_for_twenty_minutes_and_is_the_same_again() {
    let house = House::new().await;
    let other = house.another(|_| ()).await;
    let ada = house.register("ada@example.org").await.caller.user;
    let (stream, another): (SessionId, SessionId) = ("s-1".parse().unwrap(), "s-2".parse().unwrap());
    let accepted = house.now();
    let ticket = house.people.ticket(&ada, &stream, accepted);
    assert_eq!(other.ticket_holder(&ticket, &stream), Some(ada.clone()));
    assert_eq!(other.ticket_holder(&ticket, &another), None);
    house.pass(20 * 60 - 1);
    assert_eq!(other.ticket(&ada, &stream, accepted), ticket);
    assert_eq!(house.people.ticket_holder(&ticket, &stream), Some(ada.clone()));
    house.pass(1);
    assert_eq!(house.people.ticket_holder(&ticket, &stream), None);
    let fresh = house.people.ticket(&ada, &stream, accepted);
    assert_eq!(house.people.ticket_holder(&fresh, &stream), Some(ada));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_has_a_ticket_must_still_have_an_account_or_come_from_supabase() {
    let house = House::new().await;
    let with_supabase = house.another(|s| s.supabase_url = "https://p.supabase.co".into()).await;
    let ada = house.register("ada@example.org").await.caller.user;
    let nobody: UserId = "nobody".parse().unwrap();
    assert!(house.people.may_use(&ada).await.unwrap());
    assert!(!house.people.may_use(&nobody).await.unwrap());
    assert!(with_supabase.may_use(&nobody).await.unwrap());
    house.people.close_account(&ada).await.unwrap();
    assert!(!with_supabase.may_use(&ada).await.unwrap());
}
