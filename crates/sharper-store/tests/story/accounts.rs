//! Accounts, sessions, tokens and consents: what is kept of them, and that many at once make one of each.

use sharper_domain::Secret;
use sharper_store::accounts::{self, AccountState, NewAccount, Opened, Role};
use sharper_store::admin_log::AdminAct;
use sharper_store::api_tokens::{self, NewApiToken};
use sharper_store::sign_ins::{self, NewSignIn};
use sharper_store::{Durability, Store, StoreError, consents};
use tokio::task::JoinSet;

use crate::stage::{Stage, at, told_to_both, user};

told_to_both!(
    the_first_account_is_the_administrators_however_many_come_at_once,
    an_address_that_is_taken_does_not_use_up_the_first_account,
    an_address_has_one_account,
    a_password_is_changed_once_at_a_time,
    a_link_counts_once_and_for_a_while,
    sessions_end_one_by_one_all_together_and_by_themselves,
    a_user_has_at_most_fifty_sessions,
    api_tokens_are_found_by_their_hash_until_they_end,
    a_consent_is_given_once_and_can_be_taken_back,
    an_account_whose_guardian_does_not_answer_is_found_after_a_while,
    a_secret_is_the_same_for_all_who_ask_at_once,
    the_use_of_rights_is_on_record,
);

fn new(name: &str, open: bool, under_13: bool) -> NewAccount {
    NewAccount {
        user_id: user(name),
        email: format!("{name}@Example.org"),
        email_key: format!("{name}@example.org"),
        password_hash: Secret::new(format!("hash of {name}")),
        under_13,
        open,
    }
}

async fn open(store: &Store, new: NewAccount, moment: i64) -> Opened {
    store.house().write(Durability::Synced, move |conn| accounts::open(conn, &new, at(moment))).await.unwrap()
}

async fn opened(store: &Store, name: &str) {
    assert!(matches!(open(store, new(name, true, false), 0).await, Opened::Opened(_)), "{name}");
}

fn session(token: &str, of: Option<&str>, until: i64) -> NewSignIn {
    NewSignIn {
        token_hash: token.into(),
        user: of.map(user),
        device: "A browser".into(),
        expires_at: at(until),
    }
}

async fn the_first_account_is_the_administrators_however_many_come_at_once(stage: Stage) {
    let store = &stage.store;
    assert_eq!(open(store, new("kim", true, true), 0).await, Opened::Opened(Role::Student), "no child is");
    let mut coming = JoinSet::new();
    for n in 0..12 {
        let store = store.clone();
        // Registration is closed, and there is no administrator yet.
        coming.spawn(async move { open(&store, new(&format!("u{n}"), false, false), 1).await });
    }
    let came = coming.join_all().await;
    assert_eq!(came.iter().filter(|opened| **opened == Opened::Opened(Role::Admin)).count(), 1, "{came:?}");
    assert_eq!(came.iter().filter(|opened| **opened == Opened::Closed).count(), 11, "{came:?}");
    assert_eq!(store.count_accounts().await.unwrap(), 2);
    assert_eq!(open(store, new("eve", true, false), 2).await, Opened::Opened(Role::Student));
}

async fn an_address_that_is_taken_does_not_use_up_the_first_account(stage: Stage) {
    let store = &stage.store;
    assert_eq!(open(store, new("kim", true, true), 0).await, Opened::Opened(Role::Student));
    let grown = |open| NewAccount { user_id: user("grown"), ..new("kim", open, false) };
    assert_eq!(open(store, grown(true), 1).await, Opened::Taken);
    assert_eq!(open(store, grown(false), 1).await, Opened::Closed);
    assert_eq!(open(store, new("ada", false, false), 2).await, Opened::Opened(Role::Admin));
    store.erase_user(user("ada"), at(3)).await.unwrap();
    let text = "SELECT value FROM secrets WHERE name = 'first_account'";
    let kept = store.house().read(move |conn| conn.query_one(text, &[])?.get::<Vec<u8>>("value")).await;
    assert_eq!(kept.unwrap(), Vec::<u8>::new(), "it tells nothing of whose it was");
    // The next stranger is no administrator, until somebody who may says so.
    assert_eq!(open(store, new("eve", true, false), 4).await, Opened::Opened(Role::Student));
    for (email, made) in [(" EVE@example.org ", true), ("kim@example.org", false), ("ada@example.org", false)]
    {
        assert_eq!(store.make_admin(email).await.unwrap(), made, "{email}");
    }
    assert_eq!(store.account(user("eve")).await.unwrap().unwrap().role, Role::Admin);
}

async fn an_address_has_one_account(stage: Stage) {
    let store = &stage.store;
    opened(store, "ada").await;
    let again = NewAccount { user_id: user("other"), ..new("ada", true, false) };
    assert_eq!(open(store, again, 1).await, Opened::Taken);
    let account = store.account_by_email("ada@example.org".into()).await.unwrap().unwrap();
    assert_eq!((account.user_id, account.email.as_str()), (user("ada"), "ada@Example.org"));
    assert_eq!((account.state, account.failed_sign_ins), (AccountState::Active, 0));
    assert!(store.account(user("other")).await.unwrap().is_none());
    for n in 1..=3 {
        assert_eq!(store.count_failed_sign_in("ada@example.org".into()).await.unwrap(), Some(n));
    }
    assert_eq!(store.count_failed_sign_in("eve@example.org".into()).await.unwrap(), None);
}

async fn a_password_is_changed_once_at_a_time(stage: Stage) {
    let store = &stage.store;
    opened(store, "ada").await;
    let note = |hash: &str| {
        let (hash, kept) = (Secret::new(hash), Secret::new("stronger"));
        store.house().write(Durability::Synced, move |conn| {
            accounts::note_sign_in(conn, &user("ada"), &hash, &kept, at(5))
        })
    };
    store.count_failed_sign_in("ada@example.org".into()).await.unwrap();
    assert!(note("hash of ada").await.unwrap());
    assert!(!note("hash of ada").await.unwrap(), "another hash stands there by now");
    let account = store.account(user("ada")).await.unwrap().unwrap();
    assert_eq!((account.password_hash.expose(), account.failed_sign_ins), ("stronger", 0));
    let close = store.house().write(Durability::Synced, |conn| accounts::close(conn, &user("ada")));
    close.await.unwrap();
    assert!(!note("stronger").await.unwrap(), "nobody signs in to an account that is closed");
    let set = |name: &'static str| {
        store.house().write(Durability::Synced, move |conn| {
            accounts::set_password(conn, &user(name), &Secret::new("new"), at(6))
        })
    };
    assert!(!set("ada").await.unwrap());
    assert!(!set("nobody").await.unwrap());
}

async fn a_link_counts_once_and_for_a_while(stage: Stage) {
    let store = &stage.store;
    opened(store, "ada").await;
    let ask = |token: &'static str, email: &'static str| {
        store
            .house()
            .write(Durability::Relaxed, move |conn| accounts::add_reset(conn, token, email, at(0), at(900)))
    };
    let of = |token: &'static str, moment: i64| {
        store.house().read(move |conn| accounts::reset_of(conn, token, at(moment)))
    };
    let take = |token: &'static str, moment: i64| {
        store.house().write(Durability::Synced, move |conn| accounts::take_reset(conn, token, at(moment)))
    };
    assert!(ask("t1", "ada@example.org").await.unwrap());
    assert!(ask("t2", "ada@example.org").await.unwrap());
    assert!(!ask("t3", "eve@example.org").await.unwrap());
    assert_eq!(of("t1", 899).await.unwrap(), Some(user("ada")));
    assert_eq!(of("t1", 900).await.unwrap(), None);
    assert_eq!(of("t3", 0).await.unwrap(), None);
    assert_eq!(take("t1", 900).await.unwrap(), None);
    assert_eq!(take("t1", 899).await.unwrap(), Some(user("ada")));
    assert_eq!(take("t1", 899).await.unwrap(), None);
    assert_eq!(take("t2", 899).await.unwrap(), None, "the other link is used up with it");
}

async fn sessions_end_one_by_one_all_together_and_by_themselves(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    opened(store, "ada").await;
    opened(store, "eve").await;
    for (token, of) in [("a1", Some("ada")), ("a2", Some("ada")), ("a3", Some("ada")), ("e1", Some("eve"))] {
        store.add_sign_in(session(token, of, 100), at(0)).await.unwrap();
    }
    store.add_sign_in(session("op", None, 100), at(0)).await.unwrap();
    let holder =
        async |token: &str, moment: i64| store.sign_in_holder(token.into(), at(moment)).await.unwrap();
    let found = holder("a1", 99).await.unwrap();
    let address = "ada@Example.org".to_owned();
    assert_eq!(found.account, Some((address, Role::Admin, AccountState::Active)));
    assert_eq!((found.user, found.seen_at), (Some(ada.clone()), Some(at(0))));
    assert_eq!(holder("op", 99).await.unwrap().account, None);
    assert!(holder("a1", 100).await.is_none() && holder("A1", 0).await.is_none());

    store.sign_in_seen("a1".into(), at(60), at(160)).await.unwrap();
    store.sign_in_seen("a1".into(), at(50), at(150)).await.unwrap();
    assert_eq!(holder("a1", 159).await.unwrap().seen_at, Some(at(60)), "it never goes back");
    let listed = store.sign_ins(ada.clone(), at(99)).await.unwrap();
    let tokens: Vec<&str> = listed.iter().map(|session| session.token_hash.as_str()).collect();
    assert_eq!(tokens, ["a1", "a2", "a3"]);

    let foreign = store.end_own_sign_in(ada.clone(), "e1".into()).await;
    assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
    store.end_own_sign_in(ada.clone(), "a2".into()).await.unwrap();
    store.end_sign_in("nothing".into()).await.unwrap();
    assert!(holder("a2", 1).await.is_none() && holder("e1", 1).await.is_some());
    assert_eq!(store.end_all_sign_ins(ada).await.unwrap(), 2);
    assert!(holder("a1", 1).await.is_none() && holder("e1", 1).await.is_some());
}

async fn a_user_has_at_most_fifty_sessions(stage: Stage) {
    let store = &stage.store;
    opened(store, "ada").await;
    store
        .house()
        .write(Durability::Synced, |conn| {
            (0..60)
                .try_for_each(|n| sign_ins::add(conn, &session(&format!("t{n}"), Some("ada"), 1000), at(n)))
        })
        .await
        .unwrap();
    let listed = store.sign_ins(user("ada"), at(60)).await.unwrap();
    assert_eq!((listed.len(), listed[0].token_hash.as_str()), (50, "t59"));
}

async fn api_tokens_are_found_by_their_hash_until_they_end(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    opened(store, "ada").await;
    let token = |owner: &str, hash: &str, until: Option<i64>| NewApiToken {
        user: user(owner),
        name: "notes".into(),
        token_hash: hash.into(),
        hint: "ssk_abcd".into(),
        expires_at: until.map(at),
    };
    let kept = store.add_api_token(token("ada", "h1", Some(100)), at(0)).await.unwrap();
    store.add_api_token(token("ada", "h2", None), at(1)).await.unwrap();
    store.add_api_token(token("supabase-user", "h3", None), at(0)).await.unwrap();
    let (id, holder) = store.api_token_holder("h1".into(), at(99)).await.unwrap().unwrap();
    assert_eq!((id, holder.user.clone(), holder.seen_at), (kept.id, Some(ada.clone()), None));
    assert_eq!(holder.account.map(|(_, role, _)| role), Some(Role::Admin));
    assert!(store.api_token_holder("h1".into(), at(100)).await.unwrap().is_none());
    let (_, foreign) = store.api_token_holder("h3".into(), at(9)).await.unwrap().unwrap();
    assert_eq!((foreign.user, foreign.account), (Some(user("supabase-user")), None));
    store.api_token_used(id, at(60)).await.unwrap();
    store.api_token_used(id, at(50)).await.unwrap();
    let listed = store.api_tokens(ada.clone()).await.unwrap();
    assert_eq!(listed.iter().map(|token| token.used_at).collect::<Vec<_>>(), [None, Some(at(60))]);

    let foreign = store.revoke_api_token(user("eve"), id).await;
    assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
    store.revoke_api_token(ada.clone(), id).await.unwrap();
    assert!(store.api_token_holder("h1".into(), at(9)).await.unwrap().is_none());
    for n in 0..49 {
        store.add_api_token(token("ada", &format!("m{n}"), None), at(2)).await.unwrap();
    }
    let full = store.add_api_token(token("ada", "m49", None), at(2)).await;
    assert!(matches!(full, Err(StoreError::Conflict(_))), "{full:?}");
    let all = store.house().write(Durability::Synced, move |conn| api_tokens::revoke_all(conn, &ada));
    assert_eq!(all.await.unwrap(), 50);
}

async fn a_consent_is_given_once_and_can_be_taken_back(stage: Stage) {
    let (store, kim) = (&stage.store, user("kim"));
    open(store, new("kim", true, true), 0).await;
    let state = async || store.account(user("kim")).await.unwrap().unwrap().state;
    assert_eq!(state().await, AccountState::Waiting);
    let done = store.house().write(Durability::Synced, |conn| {
        let kim = user("kim");
        consents::ask(conn, &kim, "parent@example.org", "link", at(0))?;
        let asked = consents::by_link(conn, "link")?.unwrap();
        assert!(consents::by_link(conn, "other")?.is_none());
        assert!(consents::give(conn, asked.id, at(1))?);
        assert!(!consents::give(conn, asked.id, at(2))?, "given is given");
        assert!(accounts::set_state(conn, &kim, AccountState::Waiting, AccountState::Active)?);
        assert!(!accounts::set_state(conn, &kim, AccountState::Waiting, AccountState::Active)?);
        Ok(())
    });
    done.await.unwrap();
    assert_eq!(state().await, AccountState::Active);
    let back = store.house().write(Durability::Synced, |conn| {
        let kim = user("kim");
        assert!(consents::withdraw(conn, &kim, at(3))?);
        assert!(!consents::withdraw(conn, &kim, at(4))?);
        let asked = consents::by_link(conn, "link")?.unwrap();
        assert!(!consents::give(conn, asked.id, at(5))?, "what was taken back is asked for anew");
        Ok(())
    });
    back.await.unwrap();
    let [record] = store.consents(kim).await.unwrap().try_into().unwrap();
    assert_eq!((record.kind.as_str(), record.given_by.as_str()), (consents::GUARDIAN, "parent@example.org"));
    assert_eq!((record.asked_at, record.given_at, record.withdrawn_at), (at(0), Some(at(1)), Some(at(3))));
    assert!(store.consents(user("eve")).await.unwrap().is_empty());
}

async fn a_secret_is_the_same_for_all_who_ask_at_once(stage: Stage) {
    let mut asking = JoinSet::new();
    for n in 0..8u8 {
        let store = stage.store.clone();
        asking.spawn(async move { store.shared_secret("key", vec![n; 32], at(0)).await.unwrap() });
    }
    let mut answers = asking.join_all().await;
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_ne!(stage.store.shared_secret("other", vec![9; 32], at(0)).await.unwrap(), answers[0]);
}

async fn the_use_of_rights_is_on_record(stage: Stage) {
    let act = |n: i64| AdminAct {
        actor: "3a7bd3e2".into(),
        action: "GET /api/admin/metrics".into(),
        about: (n == 2).then(|| "ada".to_owned()),
        request_id: n.to_string(),
        status: 200,
        at: at(n),
    };
    for n in 0..3 {
        stage.store.log_admin_act(act(n)).await.unwrap();
    }
    assert_eq!(stage.store.admin_acts(2).await.unwrap(), [act(2), act(1)]);
}

async fn an_account_whose_guardian_does_not_answer_is_found_after_a_while(stage: Stage) {
    let store = &stage.store;
    opened(store, "ada").await;
    for name in ["kim", "lee"] {
        open(store, new(name, true, true), 1).await;
    }
    let ask = |conn: &mut sharper_store::Conn<'_>| {
        consents::ask(conn, &user("lee"), "guardian@example.org", "hash", at(50))
    };
    store.house().write(Durability::Synced, ask).await.unwrap();
    let found = async |before: i64| store.unanswered_accounts(at(before), 9).await.unwrap();
    assert_eq!(found(1).await, []);
    assert_eq!(found(50).await, [user("kim")], "the guardian of the other was asked later");
    assert_eq!(found(51).await.len(), 2);
}
