//! A window of time, put together from hours, minutes and single rows so that little is read and nothing is missed.
//!
//! What is summed is added up over whole hours; where the window begins within one, the minutes in between are added or
//! taken away, whichever are fewer; and within a minute the rows. Behind the window's end there is nothing yet, as a rule,
//! so there the rest of the last hour is always taken away: that reads nothing.

use std::ops::Range;

use sharper_domain::Timestamp;

use crate::StoreError;
use crate::conn::{Conn, params};

/// A minute, in microseconds.
pub(crate) const MINUTE: i64 = 60_000_000;
/// An hour, in microseconds.
pub(crate) const HOUR: i64 = 60 * MINUTE;

/// The size of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    Hour,
    Minute,
}

impl Grain {
    /// The word that is stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Grain::Hour => "hour",
            Grain::Minute => "minute",
        }
    }

    /// Its length in microseconds.
    pub(crate) fn size(self) -> i64 {
        match self {
            Grain::Hour => HOUR,
            Grain::Minute => MINUTE,
        }
    }

    /// When the one begins that holds this moment.
    pub(crate) fn start(self, at: Timestamp) -> i64 {
        at.as_microsecond().div_euclid(self.size()) * self.size()
    }
}

/// A part of a window, from a microsecond until before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The sums to read; `None` for the rows themselves.
    pub(crate) grain: Option<Grain>,
    pub(crate) range: Range<i64>,
    /// 1 where it is added, -1 where it is taken away.
    pub(crate) sign: i64,
}

/// The pieces of a window. Where minutes are not kept any more (before `minutes_from`), rows stand in for them.
pub(crate) fn pieces(window: Range<i64>, minutes_from: i64) -> Vec<Piece> {
    let mut all = Vec::new();
    let end = window.end;
    for (part, sign) in split(window, Grain::Hour, 1, end, &mut all) {
        if part.start < minutes_from {
            all.push(Piece { grain: None, range: part, sign });
            continue;
        }
        for (range, sign) in split(part, Grain::Minute, sign, end, &mut all) {
            all.push(Piece { grain: None, range, sign });
        }
    }
    all
}

/// Takes what is whole into `all`, and answers with the parts that are to be mended. Nothing, as a rule, is after `now`.
fn split(
    part: Range<i64>,
    grain: Grain,
    sign: i64,
    now: i64,
    all: &mut Vec<Piece>,
) -> Vec<(Range<i64>, i64)> {
    let size = grain.size();
    let mut start = part.start.div_euclid(size) * size;
    let mut end = (part.end + size - 1).div_euclid(size) * size;
    let mut rest = Vec::new();
    if part.start - start > size / 2 || (part.start > start && part.start >= now) {
        rest.push((part.start..start + size, sign));
        start += size;
    } else if part.start > start {
        rest.push((start..part.start, -sign));
    }
    if part.end < end && (end > now || part.end - (end - size) > size / 2) {
        rest.push((part.end..end, -sign));
    } else if part.end < end {
        rest.push((end - size..part.end, sign));
        end -= size;
    }
    if start < end {
        all.push(Piece { grain: Some(grain), range: start..end, sign });
    }
    rest
}

/// The last `hours` before `now`, that moment included. At most what the calendar holds.
pub(crate) fn last_hours(now: Timestamp, hours: u32) -> Range<i64> {
    let end = now.as_microsecond().saturating_add(1);
    now.as_microsecond().saturating_sub(i64::from(hours) * HOUR)..end
}

/// The first microsecond from which the minutes of these sums are complete: all of them are, unless old ones were let go of
/// while their hours were kept.
pub(crate) fn minutes_from(conn: &mut Conn<'_>, oldest: &'static str) -> Result<i64, StoreError> {
    let mut of = |grain: Grain| {
        let row = conn.query_one(oldest, params![grain.as_str()])?;
        row.get::<Option<i64>>("start")
    };
    Ok(match (of(Grain::Hour)?, of(Grain::Minute)?) {
        (Some(hour), Some(minute)) if minute.div_euclid(HOUR) * HOUR > hour => minute + MINUTE,
        (Some(_), None) => i64::MAX,
        _ => i64::MIN,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often each minute's tenth is counted by the pieces.
    fn covered(pieces: &[Piece], tenth: i64) -> i64 {
        pieces.iter().filter(|piece| piece.range.contains(&tenth)).map(|piece| piece.sign).sum()
    }

    #[test]
    fn the_pieces_hold_every_moment_of_the_window_once_and_no_other() {
        let tenth = MINUTE / 10;
        let cases = [(0, 7_200), (1, 2), (599, 601), (305, 2_999), (295, 610), (3_333, 3_334), (7, 1_805)];
        for (from, to) in cases {
            for minutes_from in [i64::MIN, 700 * tenth, i64::MAX] {
                let all = pieces(from * tenth..to * tenth, minutes_from);
                for moment in -700..8_000 {
                    let wanted = i64::from((from..to).contains(&moment));
                    assert_eq!(covered(&all, moment * tenth), wanted, "{from}..{to} at {moment}: {all:?}");
                }
                for piece in &all {
                    let size = piece.grain.map_or(1, Grain::size);
                    assert_eq!((piece.range.start % size, piece.range.end % size), (0, 0), "{piece:?}");
                }
            }
        }
    }

    #[test]
    fn a_day_reads_no_more_than_half_an_hour_of_minutes_and_half_a_minute_of_rows_before_its_end() {
        let end = 1_790_000_123_456_789;
        for minutes in 0..120 {
            let window = end - 24 * HOUR + minutes * MINUTE * 7 / 5..end;
            for piece in pieces(window.clone(), i64::MIN).iter().filter(|piece| piece.range.end <= window.end)
            {
                let most = match piece.grain {
                    Some(Grain::Hour) => 25 * HOUR,
                    Some(Grain::Minute) => HOUR / 2 + MINUTE,
                    None => MINUTE / 2,
                };
                assert!(piece.range.end - piece.range.start <= most, "{piece:?}");
            }
        }
    }
}
