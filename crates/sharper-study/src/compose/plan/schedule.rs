//! The schedule: what to do on which day until the exam.
//!
//! Learning is spread over the first days in the notes' order; each topic comes back 1, 3, 7, 14, 30, 60, 120 and 240
//! days after it was learned, as far as these days come before the last; the weakest topics are practised in between;
//! the last day only reviews. Spread study is remembered better than massed study at every interval tested, and the
//! best gap between sessions grows with how long it has to be remembered, to some 10 to 20 % of it (Cepeda, Pashler,
//! Vul, Wixted and Rohrer, Psychological Bulletin 132, 2006; Cepeda, Vul, Rohrer, Wixted and Pashler, Psychological
//! Science 19, 2008). Being tested is better than reading again (Roediger and Karpicke, Psychological Science 17,
//! 2006), so reviews and practice are by recall.

use jiff::civil::Date;
use rustc_hash::FxHashSet;
use sharper_domain::{Activity, PlanDay, PlanSession, StudyTopic};

use super::allot::{STEP, allot, steps};

/// Days after learning on which a topic comes back.
const REVIEWS: [u32; 8] = [1, 3, 7, 14, 30, 60, 120, 240];
/// Minutes that learning a hundred words of notes takes: reading them, making cards, going through these once.
const LEARN_PER_HUNDRED_WORDS: f64 = 6.0;
/// Share of the days, in percent, on which something new is learned, where there are three or more.
const LEARNING_DAYS: u32 = 60;
/// Share of a learning day, in percent, that new things may take: the rest is for reviews.
const LEARNING_SHARE: u32 = 65;
/// Most steps of a mock exam, of one review, and of one practice.
const MOCK: u32 = 12;
const REVIEW: u32 = 2;
const PRACTICE: u32 = 3;
/// Most topics whose names a task tells.
const NAMED: usize = 4;

/// What to do on each of `days` days (at least one), of at most `daily_minutes` minutes (at least five), for topics in
/// the order in which they should be learned: the notes' own. With `start`, each day has its date; `title` names what
/// the mock exam is about. Where there are more topics than minutes the weightiest come first, and the first task says
/// which are left out. No topics give no days.
pub fn schedule<S>(
    topics: &[StudyTopic<S>],
    days: u32,
    start: Option<Date>,
    daily_minutes: u32,
    title: &str,
) -> Vec<PlanDay> {
    if topics.is_empty() {
        return Vec::new();
    }
    let mut planner = Planner::new(topics, days.max(1), steps(daily_minutes).max(1));
    planner.learn();
    planner.mock_exam(title);
    planner.last_day();
    planner.reviews();
    planner.practice();
    planner.name_left_out();
    planner.told(start)
}

/// A session before its words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Session {
    topic: usize,
    activity: Activity,
    steps: u32,
}

struct Planner<'t, S> {
    topics: &'t [StudyTopic<S>],
    /// Steps of a day.
    budget: u32,
    days: Vec<Vec<Session>>,
    /// The last day on which each topic is learned, from 0.
    learned: Vec<Option<usize>>,
    title: String,
    left_out: String,
}

impl<'t, S> Planner<'t, S> {
    fn new(topics: &'t [StudyTopic<S>], days: u32, budget: u32) -> Self {
        Planner {
            topics,
            budget,
            days: vec![Vec::new(); days as usize],
            learned: vec![None; topics.len()],
            title: String::new(),
            left_out: String::new(),
        }
    }

    fn left(&self, day: usize) -> u32 {
        self.budget - self.days[day].iter().map(|session| session.steps).sum::<u32>()
    }

    fn add(&mut self, day: usize, topic: usize, activity: Activity, steps: u32) {
        let steps = steps.min(self.left(day));
        if steps > 0 {
            self.days[day].push(Session { topic, activity, steps });
        }
    }

    /// The days on which something new is learned.
    fn learning_days(&self) -> usize {
        match self.days.len() {
            1 | 2 => 1,
            3 => 1,
            count => (count * LEARNING_DAYS as usize / 100).min(count - 2),
        }
    }

    /// Steps that new things may take on a learning day.
    fn learning_budget(&self) -> u32 {
        // On a single day what was learned is practised at once; where there are reviews still to come they get room.
        let share = if self.days.len() == 2 || self.days.len() == 3 { 100 } else { LEARNING_SHARE };
        (self.budget * share / 100).max(1)
    }

    fn learn(&mut self) {
        let (days, each) = (self.learning_days(), self.learning_budget());
        let words: f64 = self.topics.iter().map(|topic| f64::from(topic.words)).sum();
        let wanted = (words / 100.0 * LEARN_PER_HUNDRED_WORDS / f64::from(STEP)).ceil() as u32;
        let most = u32::try_from(days).unwrap_or(u32::MAX).saturating_mul(each);
        let total = wanted.max(self.topics.len() as u32).min(most);
        let weights: Vec<f64> = self.topics.iter().map(|topic| topic.weight).collect();
        let given = allot(&weights, total);
        let quota = total.div_ceil(days as u32).clamp(1, each);
        let (mut day, mut used) = (0, 0);
        for (topic, mut steps) in given.into_iter().enumerate() {
            while steps > 0 {
                if used == quota {
                    (day, used) = (day + 1, 0);
                }
                let now = steps.min(quota - used);
                self.add(day, topic, Activity::Learn, now);
                self.learned[topic] = Some(day);
                (used, steps) = (used + now, steps - now);
            }
        }
    }

    /// The day before the last, where there are three or more.
    fn mock_exam(&mut self, title: &str) {
        self.title = title.to_owned();
        if let Some(day) = self.days.len().checked_sub(2).filter(|&day| day >= 1) {
            // What the exam shows to be weak is practised after it.
            let steps = MOCK.min(self.budget * 2 / 3).max(1);
            self.add(day, usize::MAX, Activity::MockExam, steps);
        }
    }

    /// Everything once more, the weightiest first; on a single day, practice of what was just learned.
    fn last_day(&mut self) {
        let last = self.days.len() - 1;
        let activity = if last == 0 { Activity::Practise } else { Activity::Review };
        let order = self.by_need();
        let count = order.len().max(1) as u32;
        let each = (self.left(last) / count).clamp(1, REVIEW);
        for topic in order {
            self.add(last, topic, activity, each);
        }
    }

    /// Topics that are learned, the one most in need first: least known, then weightiest.
    fn by_need(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.topics.len()).filter(|&at| self.learned[at].is_some()).collect();
        let need = |at: usize| self.topics[at].weight * (1.0 - self.topics[at].mastery.unwrap_or(0.0));
        order.sort_by(|&a, &b| need(b).total_cmp(&need(a)).then(a.cmp(&b)));
        order
    }

    /// Each topic again, some days after it was learned; where a day is full, on the next that is not, so long as
    /// that comes before the next review of the same topic.
    fn reviews(&mut self) {
        let last = self.days.len() - 1;
        let mut due: Vec<(usize, usize, usize)> = Vec::new();
        for (order, topic) in self.by_need().into_iter().enumerate() {
            let Some(learned) = self.learned[topic] else { continue };
            let days = REVIEWS.iter().map(|&gap| learned + gap as usize).filter(|&day| day < last);
            due.extend(days.map(|day| (day, order, topic)));
        }
        due.sort_unstable();
        for at in 0..due.len() {
            let (day, _, topic) = due[at];
            let next = due[at + 1..].iter().find(|other| other.2 == topic).map_or(last, |other| other.0);
            let free = (day..next).find(|&day| self.left(day) > 0);
            let steps = if self.topics[topic].weight * self.topics.len() as f64 > 1.5 { REVIEW } else { 1 };
            if let Some(day) = free {
                self.add(day, topic, Activity::Review, steps);
            }
        }
    }

    /// The topics most in need, in turn, one on each day after the first that has room.
    fn practice(&mut self) {
        let order = self.by_need();
        let weak = &order[..order.len().div_ceil(2)];
        let last = self.days.len() - 1;
        let mut turn = 0;
        for day in 1..last {
            let known: Vec<usize> = weak.iter().copied().filter(|&at| self.learned[at] < Some(day)).collect();
            let room = self.left(day).min(PRACTICE);
            if known.is_empty() || room == 0 {
                continue;
            }
            self.add(day, known[turn % known.len()], Activity::Practise, room);
            turn += 1;
        }
    }

    fn name_left_out(&mut self) {
        let out: Vec<&str> = (0..self.topics.len())
            .filter(|&at| self.learned[at].is_none())
            .map(|at| self.topics[at].topic.as_str())
            .collect();
        if out.is_empty() {
            return;
        }
        let named =
            out[..out.len().min(NAMED)].iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        let more = if out.len() > NAMED { format!(" and {} more", out.len() - NAMED) } else { String::new() };
        self.left_out = format!("; the weightiest come first, and there is no time for {named}{more}");
    }

    fn told(self, start: Option<Date>) -> Vec<PlanDay> {
        let mut date = start;
        let mut told = Vec::with_capacity(self.days.len());
        let mut done: FxHashSet<(usize, Activity)> = FxHashSet::default();
        for (at, sessions) in self.days.iter().enumerate() {
            let first = |session: &Session| done.insert((session.topic, session.activity));
            let firsts: Vec<bool> = sessions.iter().map(first).collect();
            let told_sessions =
                sessions.iter().zip(firsts).map(|(session, first)| self.session(session, first));
            let mut sessions: Vec<PlanSession> = told_sessions.collect();
            if at == 0
                && let Some(first) = sessions.first_mut()
            {
                first.task = format!("{}{}.", first.task.trim_end_matches('.'), self.left_out);
            }
            let minutes = sessions.iter().map(|session| session.minutes).sum();
            told.push(PlanDay { day: at as u32 + 1, date, minutes, sessions });
            // The calendar ends with the year 9999; after that a day has no date.
            date = date.and_then(|date| date.tomorrow().ok());
        }
        told
    }

    fn session(&self, session: &Session, first: bool) -> PlanSession {
        let minutes = session.steps * STEP;
        let topic = self.topics.get(session.topic).map_or(self.title.clone(), |topic| topic.topic.clone());
        let task = match (session.activity, first) {
            (Activity::Learn, true) => {
                format!("Read “{topic}” and make a card for each thing you could not have said yourself.")
            }
            (Activity::Learn, _) => {
                format!("Go on with “{topic}”: write down what you remember first, then read the rest.")
            }
            (Activity::Review, true) => {
                format!("Go through the cards on “{topic}” from memory and mark the ones you miss.")
            }
            (Activity::Review, _) => {
                format!(
                    "Say what “{topic}” is about without looking, then go through the cards you missed before."
                )
            }
            (Activity::Practise, true) => {
                format!("Answer questions on “{topic}” without your notes, then check them.")
            }
            (Activity::Practise, _) => {
                format!(
                    "Take the questions on “{topic}” that you got wrong again, and explain why each answer is right."
                )
            }
            (Activity::MockExam, _) => {
                "Sit an exam on everything, by the clock and without notes, then mark it with its key."
                    .to_owned()
            }
        };
        PlanSession { topic, activity: session.activity, minutes, task }
    }
}
