//! `GET /admin`: is anything wrong, and what does it cost?

use std::borrow::Cow;

use askama::Template;

use super::{Address, Cell, Chart, Column, State, Table};
use crate::{Frame, figure};

/// The success rate is to be above this.
pub(super) const SUCCESS_TARGET: f64 = 0.95;
/// A request is to take less than this on average, in milliseconds.
pub(super) const AVERAGE_TARGET_MS: u64 = 5_000;
/// Monitoring is to take less than this share of a request's time.
pub(super) const OVERHEAD_TARGET: f64 = 0.01;
/// The tokens on record are to differ from the models' own bill by less than this share.
pub(super) const TOKENS_TARGET: f64 = 0.01;
/// From this share of a budget on, it is said to be near.
const BUDGET_NEAR: f64 = 0.8;

/// The page Now.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/now.html")]
pub struct NowPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// What ran in the window.
    pub figures: Figures,
    /// What stands behind the success measures.
    pub measures: Measures,
    /// Equal parts of the window, the oldest first.
    pub course: Vec<Slot>,
    /// How many alerts are firing.
    pub firing: u32,
}

/// What ran in the window. A request is one run of the main orchestrator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Requests that ended.
    pub requests: u64,
    /// Those that succeeded.
    pub succeeded: u64,
    /// Half took no longer, in milliseconds; `None` when nothing ran.
    pub p50_ms: Option<u64>,
    /// 95 of 100 took no longer.
    pub p95_ms: Option<u64>,
    /// On average.
    pub average_ms: Option<u64>,
    /// Tokens of models, in the window.
    pub tokens: u64,
    /// What they cost, in billionths of a US dollar.
    pub nano_usd: u64,
    /// What was spent today (UTC), in billionths of a US dollar.
    pub nano_usd_today: u64,
    /// What may be spent in a day; `None`: there is no bound.
    pub nano_usd_per_day: Option<u64>,
    /// Jobs that wait for a worker.
    pub waiting: u64,
    /// Jobs at work.
    pub running: u64,
}

/// What stands behind the success measures.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Executions on record, in the window.
    pub recorded: u64,
    /// Executions that were dropped because the queue was full, since the start.
    pub dropped: u64,
    /// By how many runs the sums differ from a count of the rows; `None` when it was not looked at yet.
    pub sums_off_by: Option<u64>,
    /// Requests that a limit refused, since the start.
    pub refused: u64,
    /// Whether limits are on, and counted where they are meant to be.
    pub limits_on: Option<bool>,
    /// The share of a request's time that recording takes; `None` when nothing ran.
    pub overhead: Option<f64>,
    /// Tokens on record for calls whose bill is known.
    pub tokens_recorded: u64,
    /// Tokens of the same calls by the models' own bill; `None` when no model was asked.
    pub tokens_billed: Option<u64>,
    /// Failed executions in the window.
    pub errors: u64,
    /// Those with message, request and user.
    pub errors_with_context: u64,
}

/// A part of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slot {
    /// Requests that succeeded.
    pub succeeded: u64,
    /// Requests that did not.
    pub failed: u64,
    /// How long they took on average, in milliseconds; `None` when nothing ran.
    pub average_ms: Option<u64>,
}

/// One large number.
struct Headline {
    key: &'static str,
    value: Cow<'static, str>,
    under: Cow<'static, str>,
    state: Option<State>,
}

/// One success measure: what is measured, its target, its value, how it stands.
struct Measure {
    key: &'static str,
    target: String,
    value: String,
    state: State,
}

impl Measure {
    fn new(key: &'static str, target: Cow<'static, str>, value: String, state: State) -> Self {
        Self { key, target: target.into_owned(), value, state }
    }
}

const MEASURES: [Column<Measure>; 4] = [
    Column {
        id: "name",
        key: "admin-measure",
        number: false,
        cell: |frame, row| Cell::words(frame.t(row.key)),
    },
    Column { id: "target", key: "admin-target", number: false, cell: |_, row| Cell::words(&row.target) },
    Column { id: "value", key: "admin-value", number: false, cell: |_, row| Cell::words(&row.value) },
    Column {
        id: "state",
        key: "admin-state",
        number: false,
        cell: |frame, row| Cell::words(frame.t(row.state.key())).stands(row.state),
    },
];

impl NowPage {
    fn count(&self, number: u64) -> String {
        figure::count(self.frame.locale, number)
    }

    fn success(&self) -> (Option<f64>, State) {
        let rate = share(self.figures.succeeded, self.figures.requests);
        (rate, State::of(rate.map(|rate| rate > SUCCESS_TARGET)))
    }

    fn average(&self) -> State {
        State::of(self.figures.average_ms.map(|ms| ms < AVERAGE_TARGET_MS))
    }

    fn budget(&self) -> State {
        match self.figures.nano_usd_per_day.and_then(|most| share(self.figures.nano_usd_today, most)) {
            None => State::Unknown,
            Some(used) if used >= 1.0 => State::Bad,
            Some(used) if used >= BUDGET_NEAR => State::Near,
            Some(_) => State::Good,
        }
    }

    fn percent_or_none(&self, share: Option<f64>) -> Cow<'static, str> {
        share.map_or("–".into(), |share| figure::percent(self.frame.locale, share))
    }

    fn took_or_none(&self, ms: Option<u64>) -> Cow<'static, str> {
        ms.map_or("–".into(), |ms| figure::took(self.frame.locale, ms))
    }

    fn target_over(&self, share: f64) -> Cow<'static, str> {
        let locale = self.frame.locale;
        locale.with("admin-target-over", &[("n", figure::percent(locale, share).as_ref().into())])
    }

    fn target_under(&self, text: &str) -> Cow<'static, str> {
        self.frame.locale.with("admin-target-under", &[("n", text.into())])
    }

    fn headlines(&self) -> [Headline; 6] {
        let (locale, figures) = (self.frame.locale, &self.figures);
        let (rate, success) = self.success();
        let is =
            |target: Cow<'static, str>| locale.with("admin-target-is", &[("target", target.as_ref().into())]);
        let average = is(self.target_under(&figure::took(locale, AVERAGE_TARGET_MS)));
        let budget = match figures.nano_usd_per_day {
            Some(most) => {
                let (today, most) = (figure::usd(locale, figures.nano_usd_today), figure::usd(locale, most));
                let values = [("spent", today.as_ref().into()), ("budget", most.as_ref().into())];
                locale.with("admin-budget", &values)
            }
            None => locale.t("admin-budget-none"),
        };
        let (failed, waiting) = (figures.requests - figures.succeeded.min(figures.requests), figures.waiting);
        let requests = locale.with(
            "admin-requests-under",
            &[
                ("failed", self.count(failed).into()),
                ("running", self.count(figures.running).into()),
                ("waiting", self.count(waiting).into()),
            ],
        );
        let line = |key, value, under, state| Headline { key, value, under, state };
        let p50 = locale.with("admin-time-p50", &[("n", self.took_or_none(figures.p50_ms).as_ref().into())]);
        [
            line(
                "admin-success",
                self.percent_or_none(rate),
                is(self.target_over(SUCCESS_TARGET)),
                Some(success),
            ),
            line("admin-average", self.took_or_none(figures.average_ms), average, Some(self.average())),
            line("admin-p95", self.took_or_none(figures.p95_ms), p50, None),
            line("admin-requests", self.count(figures.requests).into(), requests, None),
            line("admin-tokens", self.count(figures.tokens).into(), locale.t("admin-tokens-under"), None),
            line("admin-cost", figure::usd(locale, figures.nano_usd), budget, Some(self.budget())),
        ]
    }

    fn measures(&self) -> Table {
        let rows = self.measured();
        Table::fixed(&self.frame, ("admin-measures", "admin-empty"), &MEASURES, &rows)
    }

    /// The measures in the order in which they are shown, each with its target.
    fn measured(&self) -> [Measure; 8] {
        let (locale, of) = (self.frame.locale, &self.measures);
        let (rate, success) = self.success();
        let unknown = || "–".to_owned();
        let overhead = of.overhead.map(|share| figure::fine_percent(locale, share).into_owned());
        let sums = of.sums_off_by.map(|off| self.words("admin-value-sums", &[("n", off)]));
        [
            Measure::new(
                "admin-measure-logged",
                locale.t("admin-target-logged"),
                self.words("admin-value-logged", &[("recorded", of.recorded), ("dropped", of.dropped)]),
                State::of(Some(of.dropped == 0)),
            ),
            Measure::new(
                "admin-measure-sums",
                locale.t("admin-target-sums"),
                sums.unwrap_or_else(unknown),
                State::of(of.sums_off_by.map(|off| off == 0)),
            ),
            Measure::new(
                "admin-measure-limits",
                locale.t("admin-target-limits"),
                self.words("admin-value-refused", &[("n", of.refused)]),
                State::of(of.limits_on),
            ),
            Measure::new(
                "admin-measure-success",
                self.target_over(SUCCESS_TARGET),
                self.percent_or_none(rate).into_owned(),
                success,
            ),
            Measure::new(
                "admin-measure-average",
                self.target_under(&figure::took(locale, AVERAGE_TARGET_MS)),
                self.took_or_none(self.figures.average_ms).into_owned(),
                self.average(),
            ),
            Measure::new(
                "admin-measure-overhead",
                self.target_under(&figure::percent(locale, OVERHEAD_TARGET)),
                overhead.unwrap_or_else(unknown),
                State::of(of.overhead.map(|share| share < OVERHEAD_TARGET)),
            ),
            self.tokens_measured(),
            self.errors_measured(),
        ]
    }

    /// The tokens on record against those that the models' servers counted.
    fn tokens_measured(&self) -> Measure {
        let (recorded, billed) = (self.measures.tokens_recorded, self.measures.tokens_billed);
        let value = match billed {
            None => self.frame.locale.t("admin-value-no-model").into_owned(),
            Some(billed) => self.words("admin-value-tokens", &[("recorded", recorded), ("billed", billed)]),
        };
        let near = billed.map(|billed| recorded.abs_diff(billed) as f64 <= TOKENS_TARGET * billed as f64);
        Measure::new("admin-measure-tokens", self.target_within(), value, State::of(near))
    }

    /// Of how many errors the whole story is on record.
    fn errors_measured(&self) -> Measure {
        let (whole, all) = (self.measures.errors_with_context, self.measures.errors);
        let value = self.words("admin-value-errors", &[("with", whole), ("all", all)]);
        let target = self.frame.locale.t("admin-target-errors");
        Measure::new("admin-measure-errors", target, value, State::of((all > 0).then_some(whole == all)))
    }

    /// A message with counts in it.
    fn words(&self, key: &str, counts: &[(&'static str, u64)]) -> String {
        let counts: Vec<_> = counts.iter().map(|(name, n)| (*name, self.count(*n))).collect();
        let values: Vec<_> = counts.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
        self.frame.locale.with(key, &values).into_owned()
    }

    fn target_within(&self) -> Cow<'static, str> {
        let locale = self.frame.locale;
        locale.with("admin-target-within", &[("n", figure::percent(locale, TOKENS_TARGET).as_ref().into())])
    }

    /// What is off its target; the budget counts, too.
    fn off(&self) -> Vec<Cow<'static, str>> {
        let budget = (self.budget() == State::Bad).then_some("admin-cost");
        let measured = self.measured();
        let measures =
            measured.iter().filter(|measure| measure.state == State::Bad).map(|measure| measure.key);
        measures.chain(budget).map(|key| self.frame.t(key)).collect()
    }

    /// The answer in five seconds.
    fn answer(&self) -> Cow<'static, str> {
        let locale = self.frame.locale;
        match (self.off().as_slice(), self.figures.requests) {
            ([], 0) => locale.t("admin-answer-quiet"),
            ([], _) => locale.t("admin-answer-good"),
            (off, _) => locale.with("admin-answer-off", &[("what", off.join(" · ").into())]),
        }
    }

    fn alerts(&self) -> Option<Cow<'static, str>> {
        (self.firing > 0).then(|| self.frame.locale.n("admin-alerts-firing", self.firing))
    }

    fn requests_chart(&self) -> Chart {
        let values: Vec<_> = self.course.iter().map(|slot| (slot.succeeded, slot.failed)).collect();
        Chart::of(&values, None)
    }

    fn times_chart(&self) -> Chart {
        let parts = |slot: &Slot| {
            let ms = slot.average_ms.unwrap_or(0);
            if ms < AVERAGE_TARGET_MS { (ms, 0) } else { (0, ms) }
        };
        Chart::of(&self.course.iter().map(parts).collect::<Vec<_>>(), Some(AVERAGE_TARGET_MS))
    }

    fn requests_top(&self, chart: &Chart) -> Cow<'static, str> {
        self.frame.locale.with("admin-chart-most", &[("n", self.count(chart.top).into())])
    }

    fn times_top(&self, chart: &Chart) -> Cow<'static, str> {
        let took = figure::took(self.frame.locale, chart.top);
        self.frame.locale.with("admin-chart-most", &[("n", took.as_ref().into())])
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
