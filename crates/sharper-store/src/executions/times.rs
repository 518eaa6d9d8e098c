//! How long runs took: a histogram with four buckets to each doubling, kept as a few bytes beside the sums.

use std::collections::BTreeMap;

use crate::StoreError;
use crate::conn::{FromValue, Value};

/// The last bucket: it also takes what is longer (9 hours and more).
const LAST: u8 = 100;

/// How many runs took how long. Bucket `n` counts times within (2^(n/4 - 1/4), 2^(n/4)] milliseconds; what took less than a
/// millisecond is in bucket 0. A percentile read from it is at most 19 % above the time that it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times {
    counts: BTreeMap<u8, i64>,
}

/// The bucket of a time.
fn bucket(ms: u64) -> u8 {
    let fits = |bucket: &u8| ms as f64 <= longest(*bucket);
    // The logarithm may be off by one where the time is a power of two; the bounds themselves decide.
    let near = ((ms.max(1) as f64).log2() * 4.0).floor().clamp(0.0, f64::from(LAST)) as u8;
    (near.saturating_sub(1)..LAST).find(fits).unwrap_or(LAST)
}

/// The longest time of a bucket, in milliseconds.
fn longest(bucket: u8) -> f64 {
    (f64::from(bucket) / 4.0).exp2()
}

impl Times {
    /// Counts one run.
    pub fn add(&mut self, ms: u64) {
        *self.counts.entry(bucket(ms)).or_default() += 1;
    }

    /// Counts all of the other's, `sign` (1 or -1) times.
    pub(super) fn merge(&mut self, other: &Times, sign: i64) {
        for (bucket, count) in &other.counts {
            *self.counts.entry(*bucket).or_default() += sign * count;
        }
    }

    /// The time, in milliseconds, that this share (0 to 1) of the runs did not exceed; `None` without runs.
    pub fn percentile(&self, share: f64) -> Option<f64> {
        let all: i64 = self.counts.values().filter(|count| **count > 0).sum();
        let wanted = ((all as f64 * share).ceil() as i64).max(1);
        let mut seen = 0;
        for (bucket, count) in &self.counts {
            seen += count.max(&0);
            if all > 0 && seen >= wanted {
                return Some((longest(*bucket) * 10.0).round() / 10.0);
            }
        }
        None
    }

    /// As it is kept: for each bucket that counts something its number, then its count in groups of seven bits, the
    /// lowest first.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.counts.len() * 3);
        for (bucket, count) in self.counts.iter().filter(|(_, count)| **count > 0) {
            bytes.push(*bucket);
            let mut rest = count.unsigned_abs();
            while rest > 0x7f {
                bytes.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            bytes.push(rest as u8);
        }
        bytes
    }

    /// Reads what `to_bytes` wrote.
    fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let broken = || StoreError::corrupt("the times of a roll-up cannot be read");
        let (mut times, mut rest) = (Times::default(), bytes.iter());
        while let Some(bucket) = rest.next() {
            let mut count = 0_i64;
            for shift in (0..).step_by(7) {
                let byte = *rest.next().filter(|_| shift < 63).ok_or_else(broken)?;
                count |= i64::from(byte & 0x7f) << shift;
                if byte < 0x80 {
                    break;
                }
            }
            times.counts.insert((*bucket).min(LAST), count);
        }
        Ok(times)
    }
}

impl From<&Times> for Value {
    fn from(times: &Times) -> Self {
        Value::Bytes(times.to_bytes())
    }
}

impl FromValue for Times {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Times::from_bytes(bytes).ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_in_the_bucket_whose_bounds_hold_it() {
        for ms in (0..5_000).chain([65_536, 65_537, 900_000, 33_554_432]) {
            let bucket = bucket(ms);
            assert!(ms as f64 <= longest(bucket), "{ms} in {bucket}");
            assert!(bucket == 0 || ms as f64 > longest(bucket - 1), "{ms} in {bucket}");
        }
        assert_eq!((bucket(0), bucket(1), bucket(2), bucket(16), bucket(u64::MAX)), (0, 0, 4, 16, LAST));
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut times = Times::default();
        (0..3_000).for_each(|n| times.add(n * n % 7_001));
        (0..200_000).for_each(|_| times.add(5));
        assert_eq!(Times::from_bytes(&times.to_bytes()).unwrap(), times);
        assert!(Times::from_bytes(&[3]).is_err() && Times::from_bytes(&[3, 0x80]).is_err());
        assert!(Times::from_bytes(&[3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]).is_err());
    }

    #[test]
    fn a_percentile_is_close_above_the_time_it_stands_for() {
        let mut times = Times::default();
        (1..=1_000).for_each(|ms| times.add(ms));
        for (share, real) in [(0.5, 500.0), (0.95, 950.0), (0.99, 990.0)] {
            let told = times.percentile(share).unwrap();
            assert!(told >= real && told <= real * 1.19, "{share}: {told}");
        }
        assert_eq!(Times::default().percentile(0.5), None);
    }
}
