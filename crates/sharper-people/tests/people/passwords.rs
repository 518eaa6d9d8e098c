//! Another password: by a link, or by knowing the old one.

use sharper_domain::{ProblemCode, Secret};
use sharper_people::{Caller, Via};
use sharper_store::Durability;
use sharper_store::accounts;

use crate::{House, PASSWORD, refused};

const NEW: &str = "another-mango-48";

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_link_sets_a_password_once_and_ends_every_session() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    house.people.ask_reset(" ADA@example.org", &house.address()).await.unwrap();
    let letter = house.office.letter("ada@example.org", 1);
    assert!(letter.text.contains("https://study.example.org/reset?token="), "{}", letter.text);
    let token = letter.token();
    refused(house.people.reset(&token, "password").await, ProblemCode::InvalidRequest);
    refused(house.people.reset("nothing", NEW).await, ProblemCode::NotFound);
    house.people.reset(&token, NEW).await.unwrap();
    refused(house.people.reset(&token, NEW).await, ProblemCode::NotFound);
    assert!(house.who(&ada.token).await.is_none());
    refused(house.sign_in("ada@example.org", PASSWORD).await, ProblemCode::Unauthorized);
    house.sign_in("ada@example.org", NEW).await.unwrap();
    assert!(house.office.letter("ada@example.org", 2).text.contains("was changed"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_link_counts_for_fifteen_minutes() {
    let house = House::new().await;
    house.register("ada@example.org").await;
    for (seconds, counts) in [(899, true), (900, false)] {
        house.people.ask_reset("ada@example.org", &house.address()).await.unwrap();
        let before = if counts { 1 } else { 3 };
        let token = house.office.letter("ada@example.org", before).token();
        house.pass(seconds);
        assert_eq!(house.people.reset(&token, NEW).await.is_ok(), counts, "after {seconds} s");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn asking_for_a_link_tells_nothing_and_sends_five_letters_an_hour_and_twenty_a_day() {
    let house = House::new().await;
    house.register("ada@example.org").await;
    for email in ["nobody@example.org", "ada@example.org", "nonsense"] {
        for _ in 0..5 {
            house.people.ask_reset(email, &house.address()).await.unwrap();
        }
        refused(house.people.ask_reset(email, &house.address()).await, ProblemCode::RateLimited);
    }
    // By day and night, every ten minutes.
    for _ in 0..6 * 23 {
        house.pass(600);
        house.people.ask_reset("ada@example.org", &house.address()).await.unwrap();
    }
    house.office.letter("ada@example.org", 20);
    house.pass(24 * 3600);
    house.people.ask_reset("ada@example.org", &house.address()).await.unwrap();
    house.office.letter("ada@example.org", 21);
    assert_eq!(house.office.letters().len(), 21, "nobody else gets a letter");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_knows_the_old_password_sets_another_and_stays_signed_in_alone() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    let elsewhere = house.sign_in("ada@example.org", PASSWORD).await.unwrap();
    refused(house.people.change_password(&ada.caller, "wrong", NEW).await, ProblemCode::Forbidden);
    let weak = house.people.change_password(&ada.caller, PASSWORD, "ada@example.org").await;
    assert_eq!(refused(weak, ProblemCode::InvalidRequest).errors[0].pointer, "/new_password");
    let changed = house.people.change_password(&ada.caller, PASSWORD, NEW).await.unwrap();
    for old in [&ada.token, &elsewhere.token] {
        assert!(house.who(old).await.is_none());
    }
    assert_eq!(house.who(&changed.token).await.unwrap(), changed.caller);
    let [session] = house.people.sessions(&ada.caller.user).await.unwrap().try_into().unwrap();
    assert_eq!(session.device, "A test");
    let stranger = Caller::student("nobody".parse().unwrap(), Via::Supabase);
    refused(house.people.change_password(&stranger, PASSWORD, NEW).await, ProblemCode::Forbidden);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_old_password_cannot_be_guessed_through_a_session_either() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    for _ in 0..5 {
        refused(house.people.change_password(&ada.caller, "wrong", NEW).await, ProblemCode::Forbidden);
    }
    refused(house.people.change_password(&ada.caller, PASSWORD, NEW).await, ProblemCode::RateLimited);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_weaker_hash_is_made_anew_at_the_next_sign_in() {
    let house = House::new().await;
    let ada = house.register("ada@example.org").await;
    // Argon2id of the password with 512 KiB and one pass.
    let weak = "$argon2id$v=19$m=512,t=1,p=1$BwcHBwcHBwcHBwcHBwcHBw$WEAK";
    let weak = weak.replace("WEAK", &weak_output());
    let user = ada.caller.user.clone();
    let (now, hash) = (sharper_domain::Timestamp::UNIX_EPOCH, Secret::new(weak));
    let set = house
        .store
        .house()
        .write(Durability::Synced, move |conn| accounts::set_password(conn, &user, &hash, now));
    assert!(set.await.unwrap());
    house.sign_in("ada@example.org", PASSWORD).await.unwrap();
    let kept = house.store.account(ada.caller.user.clone()).await.unwrap().unwrap().password_hash;
    assert!(kept.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.expose());
    house.sign_in("ada@example.org", PASSWORD).await.unwrap();
}

fn weak_output() -> String {
    use base64::Engine;
    let mut output = [0; 32];
    let params = argon2::Params::new(512, 1, 1, Some(32)).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    argon2.hash_password_into(PASSWORD.as_bytes(), &[7; 16], &mut output).unwrap();
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(output)
}
