//! The rules: what is measured, and when it is bad.

use std::time::Duration;

use sharper_domain::Timestamp;
use sharper_store::spending::{SpendLimits, Spent};
use sharper_store::{Store, StoreError};

use super::AlertSettings;
use crate::run::DEADLINE;

/// The time within which failures are a burst.
const BURST: Duration = Duration::from_secs(5 * 60);

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Too few requests end well.
    SuccessRate,
    /// Requests take too long.
    RequestTime,
    /// Many requests fail within minutes.
    ErrorBurst,
    /// The day's budget of everyone together is nearly spent.
    Budget,
}

/// What a look at a rule found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The measure; `None` where there is not enough to measure.
    pub(super) value: Option<f64>,
    pub(super) bad: bool,
    /// For people.
    pub(super) detail: String,
}

impl Rule {
    /// All of them.
    pub const ALL: [Rule; 4] = [Rule::SuccessRate, Rule::RequestTime, Rule::ErrorBurst, Rule::Budget];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::SuccessRate => "success_rate",
            Rule::RequestTime => "request_time",
            Rule::ErrorBurst => "error_burst",
            Rule::Budget => "budget",
        }
    }

    pub(super) async fn read(
        self,
        store: &Store,
        settings: &AlertSettings,
        limits: &SpendLimits,
        now: Timestamp,
    ) -> Result<Reading, StoreError> {
        let window = Duration::from_secs(u64::from(settings.window_minutes) * 60);
        // By when they ended: a request that ran out of time began as long ago as one may take.
        let ended = |within: Duration| store.requests_ended(now - within, now, DEADLINE);
        Ok(match self {
            Rule::SuccessRate => success_rate(ended(window).await?, settings),
            Rule::RequestTime => request_time(ended(window).await?, settings),
            Rule::ErrorBurst => error_burst(ended(BURST).await?, settings),
            Rule::Budget => budget(&store.spent_by_all_today(now).await?, limits, settings),
        })
    }
}

/// Requests, failed ones, milliseconds together.
type Requests = (u64, u64, u64);

/// For people, to two places. What is compared with a threshold is never rounded before.
fn shown(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn success_rate((all, failed, _): Requests, settings: &AlertSettings) -> Reading {
    let minutes = settings.window_minutes;
    let value = enough(all, settings).then(|| (all - failed) as f64 * 100.0 / all as f64);
    let least = settings.success_percent;
    let detail = match value {
        Some(rate) => {
            format!(
                "{} % of the {all} requests of the last {minutes} minutes ended well; it should be {least} %.",
                shown(rate)
            )
        }
        None => too_few(all, settings),
    };
    Reading { value, bad: value.is_some_and(|rate| rate < least), detail }
}

fn request_time((all, _, ms): Requests, settings: &AlertSettings) -> Reading {
    let minutes = settings.window_minutes;
    let value = enough(all, settings).then(|| ms as f64 / 1_000.0 / all as f64);
    let most = settings.request_seconds;
    let detail = match value {
        Some(time) => format!(
            "The {all} requests of the last {minutes} minutes took {} s on average; it should be {most} s at most.",
            shown(time)
        ),
        None => too_few(all, settings),
    };
    Reading { value, bad: value.is_some_and(|time| time > most), detail }
}

fn error_burst((_, failed, _): Requests, settings: &AlertSettings) -> Reading {
    let bad = settings.burst > 0 && failed >= u64::from(settings.burst);
    let detail = format!("{failed} requests failed in the last five minutes.");
    Reading { value: Some(failed as f64), bad, detail }
}

fn budget(spent: &Spent, limits: &SpendLimits, settings: &AlertSettings) -> Reading {
    let share = |used: u64, limit: Option<u64>| {
        limit.filter(|limit| *limit > 0).map(|limit| used as f64 * 100.0 / limit as f64)
    };
    let tokens = share(spent.tokens + spent.reserved_tokens, limits.all_tokens_per_day);
    let money = share(spent.nano_usd + spent.reserved_nano_usd, limits.all_nano_usd_per_day);
    let value = tokens.into_iter().chain(money).reduce(f64::max);
    let detail = match value {
        Some(share) => format!(
            "{} % of today's budget for models is spent or set aside; at 100 % the offline author takes over until \
             midnight UTC.",
            shown(share)
        ),
        None => "There is no budget for everyone together.".to_owned(),
    };
    Reading { value, bad: value.is_some_and(|share| share >= settings.budget_percent), detail }
}

fn enough(all: u64, settings: &AlertSettings) -> bool {
    all >= u64::from(settings.least_requests.max(1))
}

fn too_few(all: u64, settings: &AlertSettings) -> String {
    format!("{all} requests in the last {} minutes are too few to judge by.", settings.window_minutes)
}

#[cfg(test)]
pub(super) mod tests {
    use sharper_domain::Secret;

    use super::*;

    pub(in super::super) fn settings() -> AlertSettings {
        AlertSettings {
            webhook: Secret::new(""),
            email: String::new(),
            success_percent: 95.0,
            request_seconds: 5.0,
            window_minutes: 15,
            least_requests: 20,
            burst: 10,
            budget_percent: 90.0,
            repeat_hours: 4,
        }
    }

    #[test]
    fn a_measure_is_bad_beyond_its_threshold_and_not_on_it() {
        let check = |reading: Reading, value: Option<f64>, bad: bool| {
            assert_eq!((reading.value, reading.bad), (value, bad), "{}", reading.detail);
        };
        check(success_rate((100, 5, 0), &settings()), Some(95.0), false);
        check(success_rate((100, 6, 0), &settings()), Some(94.0), true);
        check(success_rate((19, 19, 0), &settings()), None, false);
        check(request_time((20, 0, 100_000), &settings()), Some(5.0), false);
        check(request_time((20, 0, 102_000), &settings()), Some(5.1), true);
        check(error_burst((10, 9, 0), &settings()), Some(9.0), false);
        check(error_burst((10, 10, 0), &settings()), Some(10.0), true);
        let limits = SpendLimits { all_tokens_per_day: Some(1_000), ..SpendLimits::default() };
        let spent = |tokens, reserved_tokens| Spent { tokens, reserved_tokens, ..Spent::default() };
        check(budget(&spent(800, 99), &limits, &settings()), Some(89.9), false);
        check(budget(&spent(800, 100), &limits, &settings()), Some(90.0), true);
        check(budget(&spent(800, 100), &SpendLimits::default(), &settings()), None, false);
    }

    #[test]
    fn a_measure_is_compared_before_it_is_rounded() {
        let rate = success_rate((10_000, 504, 0), &settings());
        assert!(rate.bad, "{}", rate.detail);
        assert!(rate.detail.starts_with("94.96 % of the 10000"), "{}", rate.detail);
        assert!(success_rate((100_000, 5_001, 0), &settings()).bad);
        assert!(request_time((10_000, 0, 50_000_001), &settings()).bad);
        let limits = SpendLimits { all_tokens_per_day: Some(100_000), ..SpendLimits::default() };
        let spent = Spent { tokens: 89_999, ..Spent::default() };
        assert!(!budget(&spent, &limits, &settings()).bad);
    }
}
