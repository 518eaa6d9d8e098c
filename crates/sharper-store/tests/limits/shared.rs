//! Several instances on one Redis, and what becomes of the limits when that Redis is killed, stopped or emptied.

use std::time::Duration;

use sharper_store::limits::{LimitRule, Limiter, LimiterState};
use sharper_testkit::PrivateRedis;
use tokio::task::JoinSet;

const HOUR: Duration = Duration::from_secs(3600);
const TEN: [LimitRule; 2] = [LimitRule::new(10, HOUR), LimitRule::new(100, HOUR)];

async fn instances(redis: &PrivateRedis, count: u32) -> Vec<Limiter> {
    let mut limiters = Vec::new();
    for _ in 0..count {
        limiters.push(Limiter::redis(&redis.url(), count).await.unwrap());
    }
    limiters
}

/// So many requests of one caller at once, spread over the limiters: how many were admitted, and whether Redis decided all.
async fn asked(limiters: &[Limiter], requests: usize, caller: &str) -> (usize, bool) {
    let mut asking = JoinSet::new();
    for limiter in limiters.iter().cycle().take(requests) {
        let (limiter, caller) = (limiter.clone(), caller.to_owned());
        asking.spawn(async move { limiter.admit(&caller, &TEN).await });
    }
    let decisions = asking.join_all().await;
    let admitted = decisions.iter().filter(|decision| decision.is_admitted()).count();
    (admitted, decisions.iter().all(|decision| !decision.local))
}

async fn at_once(limiters: &[Limiter], requests: usize, caller: &str) -> usize {
    asked(limiters, requests, caller).await.0
}

/// Fifty at once get exactly ten, wherever Redis decided all. Where it was too slow for a moment, an instance
/// takes its share alone.
async fn admit_exactly_ten(limiters: &[Limiter]) {
    for round in 0..20 {
        for limiter in limiters {
            until(limiter, LimiterState::Operational).await;
        }
        let (admitted, by_redis) = asked(limiters, 50, &format!("caller {round}")).await;
        assert!(admitted <= 19, "what Redis admits, and three shares: {admitted}");
        if by_redis {
            assert_eq!((admitted, at_once(limiters, 50, &format!("caller {round}")).await), (10, 0));
            return;
        }
    }
    panic!("Redis was too slow in each of twenty rounds");
}

async fn until(limiter: &Limiter, state: LimiterState) {
    while limiter.state() != state {
        limiter.admit("somebody else", &TEN).await;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_instances_admit_together_exactly_the_limit_to_fifty_clients() {
    let redis = PrivateRedis::start();
    let limiters = instances(&redis, 3).await;
    admit_exactly_ten(&limiters).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refused_requests_leave_nothing_behind_and_keys_go_when_their_windows_have() {
    let redis = PrivateRedis::start();
    let limiters = instances(&redis, 2).await;
    let rules = [LimitRule::new(1, Duration::from_millis(300)), LimitRule::new(2, HOUR)];
    assert!(limiters[0].admit("ada", &rules).await.is_admitted());
    let refused = limiters[1].admit("ada", &rules).await;
    assert_eq!((refused.is_admitted(), refused.rule, refused.local), (false, rules[0], false));
    assert_eq!(redis.command("LLEN study-sharper:limit:ada"), ":1\r\n");
    tokio::time::sleep(refused.resets_in).await;
    let second = limiters[1].admit("ada", &rules).await;
    assert_eq!((second.is_admitted(), second.rule, second.remaining), (true, rules[1], 0));
    let refused = limiters[0].admit("ada", &rules).await;
    assert!(refused.rule == rules[1] && refused.resets_in > HOUR / 2, "{refused:?}");
    let left = redis.command("PTTL study-sharper:limit:ada");
    let left = left.trim_matches([':', '\r', '\n']).parse::<u64>().unwrap();
    assert!(left > 1_800_000 && left <= 3_600_001, "{left}");
}

/// What is done to Redis while ten of ten are used; afterwards one instance alone admits nobody more.
async fn never_unlimited(spoil: impl FnOnce(&mut PrivateRedis), state: LimiterState) {
    let mut redis = PrivateRedis::start();
    let limiters = instances(&redis, 1).await;
    assert_eq!(at_once(&limiters, 6, "ada").await, 6);
    spoil(&mut redis);
    assert_eq!(at_once(&limiters, 50, "ada").await, 4);
    assert_eq!(at_once(&limiters, 50, "ada").await, 0);
    until(&limiters[0], state).await;
    redis.resume();
    redis.restart();
    until(&limiters[0], LimiterState::Operational).await;
    assert_eq!(at_once(&limiters, 50, "ada").await, 0, "what Redis forgot, the instance knows");
    assert_eq!(at_once(&limiters, 50, "bea").await, 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_emptied_gives_nobody_a_second_window() {
    let emptied = |redis: &mut PrivateRedis| assert_eq!(redis.command("FLUSHALL"), "+OK\r\n");
    never_unlimited(emptied, LimiterState::Operational).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_hangs_is_not_waited_for() {
    never_unlimited(|redis| redis.pause(), LimiterState::Degraded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_cannot_write_is_as_good_as_away() {
    let full = |redis: &mut PrivateRedis| assert_eq!(redis.command("CONFIG SET maxmemory 1"), "+OK\r\n");
    never_unlimited(full, LimiterState::Degraded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_redis_is_killed_each_instance_admits_its_share_and_they_find_each_other_again() {
    let mut redis = PrivateRedis::start();
    let limiters = instances(&redis, 3).await;
    redis.kill_9();
    assert_eq!(at_once(&limiters, 60, "ada").await, 9, "a third of ten is three, three times");
    let decision = limiters[0].admit("bea", &TEN).await;
    assert_eq!((decision.local, decision.rule, decision.remaining), (true, TEN[0], 2));
    redis.restart();
    for limiter in &limiters {
        until(limiter, LimiterState::Operational).await;
    }
    admit_exactly_ten(&limiters).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instance_that_starts_without_redis_limits_from_its_first_request() {
    let mut redis = PrivateRedis::absent();
    let limiters = instances(&redis, 1).await;
    assert_eq!(limiters[0].state(), LimiterState::Degraded);
    assert_eq!(at_once(&limiters, 50, "ada").await, 10);
    redis.restart();
    until(&limiters[0], LimiterState::Operational).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_of_redis_that_is_set_back_shuts_nobody_out_for_longer_than_a_window() {
    let redis = PrivateRedis::start();
    let limiter = Limiter::redis(&redis.url(), 1).await.unwrap();
    redis.command("LPUSH study-sharper:limit:ada 8000000000000001");
    let rule = [LimitRule::new(1, Duration::from_millis(200))];
    let refused = limiter.admit("ada", &rule).await;
    assert!(!refused.is_admitted() && refused.resets_in <= rule[0].per(), "{refused:?}");
    tokio::time::sleep(refused.resets_in).await;
    assert!(limiter.admit("ada", &rule).await.is_admitted());
}

#[tokio::test]
async fn a_url_that_is_none_is_told_without_its_password() {
    for url in ["http://:hunter2@localhost/", "redis//:hunter2@x", ""] {
        let Err(error) = Limiter::redis(url, 1).await else { panic!("{url} was taken") };
        assert!(error.to_string().contains("redis://HOST:PORT") && !error.to_string().contains("hunter2"));
    }
}
