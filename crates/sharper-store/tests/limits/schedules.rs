//! Ten thousand random schedules of requests, held against a model that keeps every moment and counts.

use std::time::Duration;

use sharper_store::limits::{Decision, LimitRule, Limiter};
use tokio::time::{Instant, advance};

const SCHEDULES: u64 = 10_000;
const STEPS: usize = 30;
const CALLERS: usize = 2;

/// Numbers that look drawn and are the same in every run (SplitMix64, Steele et al. 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// Every moment at which a caller was admitted.
#[derive(Default)]
struct Model(Vec<Instant>);

impl Model {
    /// How many a rule would still admit now, were its window so much longer.
    fn room(&self, rule: &LimitRule, longer: Duration) -> usize {
        let within = self.0.iter().filter(|at| at.elapsed() < rule.per() + longer).count();
        (rule.most() as usize).saturating_sub(within)
    }

    fn admits(&self, rules: &[LimitRule], longer: Duration) -> bool {
        rules.iter().all(|rule| self.room(rule, longer) > 0)
    }

    /// No window of a rule's length, wherever it begins, holds more than its `most`.
    fn holds(&self, rules: &[LimitRule]) -> bool {
        rules.iter().all(|rule| {
            let within =
                |begin: Instant| self.0.iter().filter(move |at| **at >= begin && **at < begin + rule.per());
            self.0.iter().all(|begin| within(*begin).count() <= rule.most() as usize)
        })
    }
}

fn rules(draw: &mut Draw) -> Vec<LimitRule> {
    let count = 1 + draw.below(3);
    let mut rule = || LimitRule::new(1 + draw.below(8) as u32, Duration::from_millis(1 + draw.below(400)));
    (0..count).map(|_| rule()).collect()
}

/// A request now. The limiter counts in whole milliseconds, on the safe side: it may be stricter by two of them.
async fn request(
    limiter: &Limiter,
    model: &mut Model,
    caller: usize,
    rules: &[LimitRule],
    whole: bool,
) -> Decision {
    let decision = limiter.admit(&format!("caller {caller}"), rules).await;
    let slack = if whole { Duration::ZERO } else { Duration::from_millis(2) };
    if decision.is_admitted() {
        assert!(model.admits(rules, Duration::ZERO), "over-admission: {decision:?} under {rules:?}");
        model.0.push(Instant::now());
        let left = rules.iter().map(|rule| model.room(rule, slack)).min().unwrap();
        assert!(decision.remaining as usize >= left, "{decision:?} under {rules:?}");
    } else {
        assert!(!model.admits(rules, slack), "refused without need: {decision:?} under {rules:?}");
    }
    decision
}

async fn schedule(seed: u64) {
    let mut draw = Draw(seed);
    let (limiter, rules) = (Limiter::memory(), rules(&mut draw));
    let whole = draw.below(2) == 0;
    let mut models: [Model; CALLERS] = Default::default();
    for _ in 0..STEPS {
        let caller = draw.below(CALLERS as u64) as usize;
        let decision = request(&limiter, &mut models[caller], caller, &rules, whole).await;
        if !decision.is_admitted() && draw.below(3) == 0 {
            advance(decision.resets_in).await;
            let next = request(&limiter, &mut models[caller], caller, &rules, false).await;
            assert!(next.is_admitted(), "waited as told, and was refused: {decision:?}, {next:?}");
        } else if draw.below(3) > 0 {
            let pause = draw.below(150_000);
            advance(Duration::from_micros(if whole { pause / 1000 * 1000 } else { pause })).await;
        }
    }
    assert!(models.iter().all(|model| model.holds(&rules)), "seed {seed}: {rules:?}");
}

#[tokio::test(start_paused = true)]
async fn no_schedule_gets_more_than_its_rules_allow_and_who_waits_as_told_is_admitted() {
    for seed in 0..SCHEDULES {
        schedule(seed).await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_eleventh_within_a_minute_is_refused_until_the_first_is_a_minute_ago() {
    let rules = [LimitRule::new(10, Duration::from_secs(60)), LimitRule::new(100, Duration::from_secs(3600))];
    let limiter = Limiter::memory();
    for left in (0..10).rev() {
        let decision = limiter.admit("ada", &rules).await;
        assert_eq!((decision.is_admitted(), decision.remaining, decision.rule), (true, left, rules[0]));
        advance(Duration::from_millis(500)).await;
    }
    let refused = limiter.admit("ada", &rules).await;
    assert_eq!((refused.is_admitted(), refused.resets_in), (false, Duration::from_secs(55)));
    assert!(limiter.admit("bea", &rules).await.is_admitted(), "another caller has a window of her own");
    advance(refused.resets_in - Duration::from_millis(1)).await;
    assert!(!limiter.admit("ada", &rules).await.is_admitted());
    advance(Duration::from_millis(1)).await;
    assert!(limiter.admit("ada", &rules).await.is_admitted());
}

#[tokio::test(start_paused = true)]
async fn of_two_rules_the_one_that_opens_last_is_named_and_neither_has_counted() {
    let rules = [LimitRule::new(2, Duration::from_secs(60)), LimitRule::new(3, Duration::from_secs(3600))];
    let limiter = Limiter::memory();
    for _ in 0..2 {
        assert!(limiter.admit("ada", &rules).await.is_admitted());
    }
    for _ in 0..5 {
        assert_eq!(limiter.admit("ada", &rules).await.rule, rules[0]);
    }
    advance(Duration::from_secs(60)).await;
    let third = limiter.admit("ada", &rules).await;
    assert_eq!((third.is_admitted(), third.remaining, third.rule), (true, 0, rules[1]));
    let refused = limiter.admit("ada", &rules).await;
    assert_eq!((refused.rule, refused.resets_in), (rules[1], Duration::from_secs(3540)));
}

#[tokio::test(start_paused = true)]
async fn after_many_days_of_silence_windows_are_as_exact_as_on_the_first() {
    let rule = [LimitRule::new(1, Duration::from_secs(60))];
    let limiter = Limiter::memory();
    // 2^32 milliseconds: the moment reads as it did when the first request came.
    for days in [0_u64, 4_294_967_296, 4_294_967_295, 13 * 86_400_000, 2_147_483_648] {
        advance(Duration::from_millis(days)).await;
        assert!(limiter.admit("ada", &rule).await.is_admitted(), "{days}");
        let refused = limiter.admit("ada", &rule).await;
        assert_eq!((refused.is_admitted(), refused.resets_in), (false, Duration::from_secs(60)), "{days}");
    }
}
