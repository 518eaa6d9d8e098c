//! The requests that this process counts: for each caller the moments of those that were admitted.
//!
//! Its room is bounded. A caller is known by 64 bits of a hash whose key is drawn anew by each process, so that nobody
//! can choose names that fall together. Up to three requests stand beside it; a caller of more has a ring of its own.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::LimitRule;
use super::ring::{Ring, age};

/// Parts with a lock each: so many that a million callers leave each of them enough room to spare.
const PARTS: usize = 320;
/// Callers that a part holds: seven eighths of 4,096, which is when its map would double.
const CALLERS_PER_PART: usize = 3584;
/// Bytes of all rings that do not stand beside their key. With the maps (320 × 4,096 × 25 bytes) less than 64 MiB.
const RING_BYTES: usize = 30 << 20;
/// How often callers whose windows have run out are swept out of a part that is used.
pub(super) const SWEPT_EVERY: Duration = Duration::from_secs(30);

/// How a request was judged, here or in Redis. `rule` is an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// Admitted: the rule with the least left, what it has left, and when it has one more. `at` is where it stands.
    Admitted { rule: usize, remaining: u32, free_in: Duration, at: u32 },
    /// Refused by a rule that opens after `wait`.
    Refused { rule: usize, wait: Duration },
    /// There is no room to count it.
    NoRoom,
}

/// All that is counted.
pub(super) struct Table {
    parts: Box<[Mutex<Part>]>,
    hasher: RandomState,
    start: Instant,
    ring_bytes: AtomicUsize,
    /// The part that the next request looks after beside its own.
    turn: AtomicUsize,
    room: Room,
}

/// How much it holds.
#[derive(Debug, Clone, Copy)]
struct Room {
    callers_per_part: usize,
    ring_bytes: usize,
}

#[derive(Default)]
struct Part {
    callers: HashMap<u64, Ring>,
    /// When callers were swept out last.
    swept: Duration,
    /// The longest window of any rule, in milliseconds.
    longest: u32,
}

impl Table {
    pub(super) fn new() -> Self {
        Self::with_room(Room { callers_per_part: CALLERS_PER_PART, ring_bytes: RING_BYTES })
    }

    fn with_room(room: Room) -> Self {
        Self {
            parts: (0..PARTS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::new(),
            start: Instant::now(),
            ring_bytes: AtomicUsize::new(0),
            turn: AtomicUsize::new(0),
            room,
        }
    }

    /// Judges a request, and counts it when all rules admit it.
    pub(super) fn admit(&self, key: &str, rules: &[LimitRule]) -> Tried {
        self.look_after_next();
        let caller = self.hasher.hash_one(key);
        let mut part = self.part(caller);
        // Under the lock, so that the moments of a caller are in order.
        let now = self.start.elapsed();
        let longest = rules.iter().map(|rule| millis(rule.per())).max().unwrap_or(0);
        part.longest = part.longest.max(longest);
        self.sweep_if_due(&mut part, now, SWEPT_EVERY);
        let known = part.callers.contains_key(&caller);
        if !known && part.callers.len() >= self.room.callers_per_part && !self.make_room(&mut part, now) {
            return Tried::NoRoom;
        }
        let ring = part.callers.entry(caller).or_default();
        self.returned(ring.forget(longest, low_bits(now)));
        let tried = judge(ring, rules, now);
        let counted = matches!(tried, Tried::Admitted { .. }) && self.count(ring, now);
        if ring.len() == 0 {
            part.callers.remove(&caller);
        }
        match tried {
            Tried::Admitted { .. } if !counted => Tried::NoRoom,
            tried => tried,
        }
    }

    /// Takes back what `admit` counted.
    pub(super) fn give_back(&self, key: &str, tried: Tried) {
        let Tried::Admitted { at, .. } = tried else { return };
        let caller = self.hasher.hash_one(key);
        let mut part = self.part(caller);
        let Some(ring) = part.callers.get_mut(&caller) else { return };
        self.returned(ring.remove(at));
        if ring.len() == 0 {
            part.callers.remove(&caller);
        }
    }

    fn part(&self, caller: u64) -> MutexGuard<'_, Part> {
        // The map uses the low bits of its own hash, so any bits serve here.
        let part = &self.parts[caller as usize % PARTS];
        part.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds this moment, if there is room.
    fn count(&self, ring: &mut Ring, now: Duration) -> bool {
        let growth = ring.growth();
        let fits = |held: usize| (held + growth <= self.room.ring_bytes).then_some(held + growth);
        if growth > 0 && self.ring_bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits).is_err() {
            return false;
        }
        ring.push(counted_at(now));
        true
    }

    fn returned(&self, bytes: usize) {
        if bytes > 0 {
            self.ring_bytes.fetch_sub(bytes, Ordering::Relaxed);
        }
    }

    /// Each request sweeps one part in turn, so that none keeps what nobody asks for. One that is at work is not due.
    fn look_after_next(&self) {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % PARTS;
        if let Ok(mut part) = self.parts[turn].try_lock() {
            let now = self.start.elapsed();
            self.sweep_if_due(&mut part, now, SWEPT_EVERY);
        }
    }

    /// Sweeps a part that is full, unless that was done a moment ago. Whether there is room then.
    fn make_room(&self, part: &mut Part, now: Duration) -> bool {
        self.sweep_if_due(part, now, Duration::from_secs(1));
        part.callers.len() < self.room.callers_per_part
    }

    fn sweep_if_due(&self, part: &mut Part, now: Duration, every: Duration) {
        if now.saturating_sub(part.swept) >= every {
            self.sweep(part, now);
        }
    }

    fn sweep(&self, part: &mut Part, now: Duration) {
        let longest = part.longest;
        // After a long silence the 32 bits may have come round: whatever was there is older than any window.
        let all = now - part.swept > Duration::from_millis(u64::from(longest)) + SWEPT_EVERY;
        part.callers.retain(|_, ring| {
            let keep = if all { 0 } else { longest };
            self.returned(ring.forget(keep, low_bits(now)));
            ring.len() > 0
        });
        part.swept = now;
    }
}

/// What the rules say of one more request at the moment `now`.
fn judge(ring: &Ring, rules: &[LimitRule], now: Duration) -> Tried {
    let at = counted_at(now);
    let unlimited = Tried::Admitted { rule: rules.len(), remaining: u32::MAX, free_in: Duration::ZERO, at };
    let each = rules.iter().enumerate().map(|(index, rule)| {
        let used = ring.younger(millis(rule.per()), low_bits(now));
        let most = usize::try_from(rule.most()).unwrap_or(usize::MAX);
        // The one that must run out of the window before there is room for one more.
        let first = ring.get(ring.len() - used.min(most));
        let free_in = first.map_or(rule.per(), |at| left(at, rule.per(), now));
        match most.checked_sub(used + 1).map(u32::try_from) {
            None => Tried::Refused { rule: index, wait: free_in },
            Some(remaining) => {
                Tried::Admitted { rule: index, remaining: remaining.unwrap_or(u32::MAX), free_in, at }
            }
        }
    });
    each.fold(unlimited, stricter)
}

/// The one of two judgements that counts: the refusal that lasts longer; else what has less left, and has it for longer.
fn stricter(one: Tried, other: Tried) -> Tried {
    let weight = |tried: Tried| match tried {
        Tried::Admitted { remaining, free_in, .. } => (0, u32::MAX - remaining, free_in),
        Tried::Refused { wait, .. } => (1, 0, wait),
        Tried::NoRoom => (2, 0, Duration::ZERO),
    };
    if weight(other) > weight(one) { other } else { one }
}

/// How long until the moment `at` is `per` ago.
fn left(at: u32, per: Duration, now: Duration) -> Duration {
    let ahead = at.wrapping_sub(low_bits(now)).cast_signed().max(0);
    let then = now_in_millis(now) + u64::from(ahead.cast_unsigned()) - u64::from(age(at, low_bits(now)));
    (Duration::from_millis(then) + per).saturating_sub(now)
}

/// The moment that a request is counted at: the end of its millisecond. Windows are judged from the beginning of
/// theirs, so that none is ever longer than what was measured.
fn counted_at(now: Duration) -> u32 {
    let whole = now_in_millis(now);
    let begun = u64::from(!now.subsec_nanos().is_multiple_of(1_000_000));
    (whole + begun) as u32
}

fn low_bits(now: Duration) -> u32 {
    now_in_millis(now) as u32
}

fn now_in_millis(now: Duration) -> u64 {
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}

/// A window's length; one that is no whole number of milliseconds is rounded up.
fn millis(per: Duration) -> u32 {
    u32::try_from(per.as_nanos().div_ceil(1_000_000)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const MINUTE: [LimitRule; 1] = [LimitRule::new(100, Duration::from_secs(60))];

    fn callers(table: &Table) -> usize {
        table.parts.iter().map(|part| part.lock().unwrap().callers.len()).sum()
    }

    fn is_counted(tried: Tried) -> bool {
        matches!(tried, Tried::Admitted { .. })
    }

    #[test]
    fn a_million_callers_take_less_than_64_mebibytes() {
        let table = Table::new();
        assert!((0..1_000_000).all(|caller| is_counted(table.admit(&format!("user {caller}"), &MINUTE))));
        assert_eq!(callers(&table), 1_000_000);
        // Of a hash map of the standard library: a power of two, eight buckets for seven callers, a byte beside each.
        let buckets = |capacity: usize| (capacity * 8 / 7).next_power_of_two();
        let map = |part: &Mutex<Part>| buckets(part.lock().unwrap().callers.capacity());
        let maps = table.parts.iter().map(map).sum::<usize>() * (size_of::<(u64, Ring)>() + 1);
        assert!(maps + RING_BYTES < 64 << 20, "{maps}");
    }

    #[tokio::test(start_paused = true)]
    async fn when_all_room_is_taken_new_callers_are_refused_and_known_ones_are_not() {
        let table = Table::with_room(Room { callers_per_part: 1, ring_bytes: 0 });
        let admitted = |name: &str| is_counted(table.admit(name, &MINUTE));
        let names = (0..3000).map(|name| name.to_string()).collect::<Vec<_>>();
        // The key of the hash is drawn anew each time: once in forty, three thousand names leave one of 320 parts empty.
        let part = |name: &String| table.hasher.hash_one(name.as_str()) as usize % PARTS;
        let parts = names.iter().map(part).collect::<HashSet<_>>().len();
        let known = names.iter().filter(|name| admitted(name)).collect::<Vec<_>>();
        assert_eq!((known.len(), callers(&table)), (parts, parts));
        assert!(known.iter().all(|name| admitted(name)), "they are counted already");
        tokio::time::advance(Duration::from_secs(60)).await;
        assert_eq!(
            names.iter().rev().filter(|name| admitted(name)).count(),
            parts,
            "their windows had run out"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn rings_of_many_requests_have_bounded_room_that_comes_back() {
        let table = Table::with_room(Room { callers_per_part: 10, ring_bytes: 200 });
        let count = |name: &str| (0..40).filter(|_| is_counted(table.admit(name, &MINUTE))).count();
        let (one, other) = (count("one"), count("other"));
        assert!(one > 8 && one < 40 && other == 3, "{one} {other}");
        tokio::time::advance(Duration::from_secs(60)).await;
        (0..PARTS).for_each(|_| assert!(is_counted(table.admit("any", &[]))));
        assert_eq!(count("other"), one, "others' requests have swept it");
        tokio::time::advance(Duration::from_secs(60)).await;
        (0..PARTS).for_each(|_| assert!(is_counted(table.admit("any", &[]))));
        assert_eq!((table.ring_bytes.load(Ordering::Relaxed), callers(&table)), (0, 1));
    }

    #[test]
    fn what_is_given_back_was_never_counted() {
        let (table, rule) = (Table::new(), [LimitRule::new(5, Duration::from_secs(60))]);
        for _ in 0..20 {
            let tried = table.admit("ada", &rule);
            assert!(is_counted(tried));
            table.give_back("ada", tried);
        }
        assert_eq!(callers(&table), 0);
    }
}
