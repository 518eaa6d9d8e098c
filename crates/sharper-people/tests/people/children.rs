//! Children and their guardians.

use sharper_domain::{Problem, ProblemCode};
use sharper_people::{Credential, NewAccount, Role, SignedIn};

use crate::{House, PASSWORD, refused};

const KIM: &str = "kim@example.org";
const PARENT: &str = "parent@example.org";

async fn kim(house: &House) -> Result<SignedIn, Problem> {
    let guardian_email = Some(PARENT.to_owned());
    house.people.register(NewAccount { under_13: true, guardian_email, ..house.form(KIM) }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_childs_account_waits_until_a_guardian_consents_and_again_when_they_take_it_back() {
    let house = House::new().await;
    let signed_in = kim(&house).await.unwrap();
    assert_eq!((signed_in.caller.role, signed_in.caller.waiting), (Role::Student, true));
    let waits = async || house.who(&signed_in.token).await.unwrap().waiting;
    assert!(waits().await && house.sign_in(KIM, PASSWORD).await.unwrap().caller.waiting);
    let (token, _) = house.people.make_token(&signed_in.caller.user, "script", None).await.unwrap();
    let script =
        async || house.people.who(Credential::Bearer(token.expose())).await.unwrap().unwrap().waiting;
    assert!(script().await, "nor does a token help");

    let letter = house.office.letter(PARENT, 1);
    assert!(letter.text.contains(KIM) && letter.text.contains("https://study.example.org/consent?token="));
    let link = letter.token();
    let asked = house.people.consent_asked(&link).await.unwrap();
    assert_eq!((asked.child.as_str(), asked.given), (KIM, false));
    house.people.give_consent(&link).await.unwrap();
    house.people.give_consent(&link).await.unwrap();
    assert!(!waits().await && !script().await && house.people.consent_asked(&link).await.unwrap().given);

    house.pass(400 * 24 * 3600);
    let signed_in = house.sign_in(KIM, PASSWORD).await.unwrap();
    assert_eq!(house.people.withdraw_consent(&link).await.unwrap(), signed_in.caller.user);
    assert!(house.who(&signed_in.token).await.unwrap().waiting);
    refused(house.people.give_consent(&link).await, ProblemCode::NotFound);
    let [record] = house.people.consents(&signed_in.caller.user).await.unwrap().try_into().unwrap();
    assert!(record.given_at.is_some() && record.withdrawn_at > record.given_at);

    house.people.ask_consent(&signed_in.caller.user).await.unwrap();
    let again = house.office.letter(PARENT, 2).token();
    house.people.give_consent(&again).await.unwrap();
    assert!(!house.who(&signed_in.token).await.unwrap().waiting);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_guardian_has_thirty_days_and_gets_a_letter_each_ten_minutes_at_most() {
    let house = House::new().await;
    let user = kim(&house).await.unwrap().caller.user;
    let first = house.office.letter(PARENT, 1).token();
    let wait = refused(house.people.ask_consent(&user).await, ProblemCode::RateLimited);
    assert_eq!(wait.retry_after.unwrap().as_secs(), 600);
    house.pass(600);
    house.people.ask_consent(&user).await.unwrap();
    let second = house.office.letter(PARENT, 2).token();
    house.pass(30 * 24 * 3600 - 599);
    refused(house.people.give_consent(&first).await, ProblemCode::NotFound);
    house.people.give_consent(&second).await.unwrap();
    refused(house.people.ask_consent(&user).await, ProblemCode::Conflict);
    let grown = house.register("ada@example.org").await.caller.user;
    refused(house.people.ask_consent(&grown).await, ProblemCode::Conflict);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_guardian_who_says_no_is_not_asked_again() {
    let house = House::new().await;
    let signed_in = kim(&house).await.unwrap();
    let link = house.office.letter(PARENT, 1).token();
    house.people.withdraw_consent(&link).await.unwrap();
    refused(house.people.give_consent(&link).await, ProblemCode::NotFound);
    house.pass(600);
    refused(house.people.ask_consent(&signed_in.caller.user).await, ProblemCode::Conflict);
    assert!(house.who(&signed_in.token).await.unwrap().waiting);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_else_consents() {
    let house = House::new().await;
    let user = kim(&house).await.unwrap().caller.user;
    for link in ["", "x", user.as_str(), &"A".repeat(43)] {
        refused(house.people.consent_asked(link).await, ProblemCode::NotFound);
        refused(house.people.give_consent(link).await, ProblemCode::NotFound);
        refused(house.people.withdraw_consent(link).await, ProblemCode::NotFound);
    }
    let link = house.office.letter(PARENT, 1).token();
    house.people.close_account(&user).await.unwrap();
    refused(house.people.give_consent(&link).await, ProblemCode::NotFound);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_house_without_guardians_takes_no_children() {
    let house = House::with(|settings| settings.guardian_consent = false).await;
    refused(kim(&house).await, ProblemCode::Forbidden);
    house.register("ada@example.org").await;
}
