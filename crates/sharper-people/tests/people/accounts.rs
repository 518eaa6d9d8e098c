//! Opening accounts and closing them.

use sharper_domain::{ProblemCode, Secret};
use sharper_people::{Credential, NewAccount, Registration, Role};

use crate::{House, PASSWORD, refused};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_first_to_register_is_the_administrator_and_everybody_is_signed_in() {
    let house = House::new().await;
    for (email, role) in [("Ada@Example.org", Role::Admin), ("eve@example.org", Role::Student)] {
        let signed_in = house.register(email).await;
        let caller = house.who(&signed_in.token).await.unwrap();
        assert_eq!((caller.role, caller.name.as_deref(), caller.waiting), (role, Some(email), false));
        assert_eq!(caller, signed_in.caller);
        assert_eq!(signed_in.token.expose().len(), 43, "256 bits in base64url");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_closed_house_takes_its_administrator_and_nobody_else() {
    let house = House::with(|settings| settings.registration = Registration::Closed).await;
    let child = NewAccount {
        under_13: true,
        guardian_email: Some("parent@example.org".into()),
        ..house.form("kim@example.org")
    };
    refused(house.people.register(child).await, ProblemCode::Forbidden);
    assert_eq!(house.register("ada@example.org").await.caller.role, Role::Admin);
    let closed = refused(house.people.register(house.form("eve@example.org")).await, ProblemCode::Forbidden);
    assert!(closed.detail.contains("closed"), "{}", closed.detail);
    refused(house.sign_in("eve@example.org", PASSWORD).await, ProblemCode::Unauthorized);
    house
        .people
        .close_account(&house.sign_in("ada@example.org", PASSWORD).await.unwrap().caller.user)
        .await
        .unwrap();
    refused(house.people.register(house.form("eve@example.org")).await, ProblemCode::Forbidden);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_wrong_field_is_named() {
    let house = House::new().await;
    let check = async |new: NewAccount, wrong: &[&str]| {
        let problem = refused(house.people.register(new).await, ProblemCode::InvalidRequest);
        let named: Vec<&str> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(named, wrong);
    };
    let form = || house.form("ada@example.org");
    let weak = Secret::exact("password");
    check(NewAccount { email: "ada".into(), password: weak.clone(), ..form() }, &["/email", "/password"])
        .await;
    check(NewAccount { password: Secret::exact("Ada@Example.org"), ..form() }, &["/password"]).await;
    let child =
        |guardian: &str| NewAccount { under_13: true, guardian_email: Some(guardian.into()), ..form() };
    check(NewAccount { guardian_email: None, ..child("") }, &["/guardian_email"]).await;
    check(child("nobody"), &["/guardian_email"]).await;
    check(child(" ADA@example.org"), &["/guardian_email"]).await;
    assert_eq!(house.store.count_accounts().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_address_has_one_account_however_it_is_written() {
    let house = House::new().await;
    house.register("ada@example.org").await;
    for again in ["ada@example.org", " ADA@EXAMPLE.ORG "] {
        let taken = refused(house.people.register(house.form(again)).await, ProblemCode::Conflict);
        assert!(taken.detail.contains("Sign in"), "{}", taken.detail);
    }
    house.sign_in("Ada@example.ORG", PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_class_behind_one_address_registers_and_signs_in_within_a_minute() {
    let house = House::new().await;
    let from_here =
        |n: i32| NewAccount { address: "here".into(), ..house.form(&format!("u{n}@example.org")) };
    for n in 0..30 {
        house.people.register(from_here(n)).await.unwrap();
    }
    let wait = refused(house.people.register(from_here(30)).await, ProblemCode::RateLimited);
    let sign_in = async |n: i32| house.sign_in_from(&format!("u{n}@example.org"), PASSWORD, "here").await;
    // Eight in the same moment, of whom the door of guesses knows none yet.
    let (a, b, c, d, e, f, g, h) = tokio::join!(
        sign_in(0),
        sign_in(1),
        sign_in(2),
        sign_in(3),
        sign_in(4),
        sign_in(5),
        sign_in(6),
        sign_in(7)
    );
    for came in [a, b, c, d, e, f, g, h] {
        came.unwrap();
    }
    for n in 8..30 {
        sign_in(n).await.unwrap();
    }
    house.pass(wait.retry_after.unwrap().as_secs() as i64);
    house.people.register(from_here(30)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_closed_account_is_over_at_once_and_for_good() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    let elsewhere = house.sign_in("ada@example.org", PASSWORD).await.unwrap();
    let (token, _) = house.people.make_token(&ada.caller.user, "script", None).await.unwrap();
    house.people.close_account(&ada.caller.user).await.unwrap();
    for session in [&ada.token, &elsewhere.token] {
        assert!(house.who(session).await.is_none());
    }
    assert!(house.people.who(Credential::Bearer(token.expose())).await.unwrap().is_none());
    refused(house.sign_in("ada@example.org", PASSWORD).await, ProblemCode::Unauthorized);
    refused(
        house.people.change_password(&ada.caller, PASSWORD, "another-mango-48").await,
        ProblemCode::Forbidden,
    );
    house.people.ask_reset("ada@example.org", &house.address()).await.unwrap();
    house.register("eve@example.org").await;
    house.people.ask_reset("eve@example.org", &house.address()).await.unwrap();
    house.office.letter("eve@example.org", 1);
    assert!(house.office.letters().iter().all(|letter| letter.to != "ada@example.org"), "no link is sent");
}
