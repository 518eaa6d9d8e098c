//! A student's days: they begin at an hour of the student's own, in the student's own time zone.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sharper_domain::Timestamp;

/// How moments fall into a student's days.
#[derive(Debug, Clone)]
pub struct Days {
    /// Where the student lives.
    pub zone: TimeZone,
    /// The hour at which a day begins, 0 to 23: who studies past midnight still studies today.
    pub starts: i8,
}

impl Days {
    /// The day that a moment belongs to: the last one that has begun. Later moments never belong to earlier days,
    /// whatever the clocks of that place do.
    pub fn date(&self, at: Timestamp) -> Date {
        let mut date = self.zone.to_datetime(at).date();
        // Past midnight the day before is not over; and a place that left out a whole day had none to be in.
        while self.start_of(date) > at
            && let Ok(before) = date.yesterday()
        {
            date = before;
        }
        // A clock that is put back over the day's beginning shows hours of a day that is over.
        match date.tomorrow() {
            Ok(next) if self.start_of(next) <= at => next,
            _ => date,
        }
    }

    /// The moment at which a day begins. Where the clock jumps over that hour, the day begins as much later; where it
    /// shows it twice, at the first time.
    pub fn start_of(&self, date: Date) -> Timestamp {
        let local = date.at(self.hour(), 0, 0, 0);
        let earliest_or_latest = if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        self.zone.to_ambiguous_timestamp(local).compatible().unwrap_or(earliest_or_latest)
    }

    /// Whole days from one moment's day to another's; none when the second is before the first.
    pub fn between(&self, earlier: Timestamp, later: Timestamp) -> u32 {
        days_between(self.date(earlier), self.date(later))
    }

    fn hour(&self) -> i8 {
        self.starts.clamp(0, 23)
    }
}

/// Days from one date to another; none when the second is before the first.
pub(crate) fn days_between(earlier: Date, later: Date) -> u32 {
    let days = earlier.until(later).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

/// The date so many days after another, or the last there is.
pub(crate) fn days_after(date: Date, days: u32) -> Date {
    date.saturating_add(i64::from(days).days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use jiff::tz::TimeZone;
    use jiff::{SignedDuration, Timestamp};

    use super::{Days, days_after, days_between};

    fn days(zone: &str, starts: i8) -> Days {
        Days { zone: TimeZone::get(zone).unwrap(), starts }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn who_studies_past_midnight_still_studies_today() {
        let check = |zone: &str, starts, moment: &str, day: Date| {
            assert_eq!(days(zone, starts).date(at(moment)), day, "{zone} from {starts}: {moment}");
        };
        check("Europe/Berlin", 4, "2026-11-24T01:30:00Z", date(2026, 11, 23));
        check("Europe/Berlin", 4, "2026-11-24T03:00:00Z", date(2026, 11, 24));
        check("Europe/Berlin", 0, "2026-11-24T01:30:00Z", date(2026, 11, 24));
        check("Asia/Kathmandu", 4, "2026-11-23T22:14:59Z", date(2026, 11, 23));
        check("Asia/Kathmandu", 4, "2026-11-23T22:15:00Z", date(2026, 11, 24));
        // The clock jumps from 2 to 3, and later from 3 to 2.
        check("Europe/Berlin", 2, "2026-03-29T00:59:59Z", date(2026, 3, 28));
        check("Europe/Berlin", 2, "2026-03-29T01:00:00Z", date(2026, 3, 29));
        check("Europe/Berlin", 2, "2026-10-24T23:59:59Z", date(2026, 10, 24));
        check("Europe/Berlin", 2, "2026-10-25T00:00:00Z", date(2026, 10, 25));
        check("Europe/Berlin", 2, "2026-10-25T01:00:00Z", date(2026, 10, 25));
        // At 00:01 the clock went back to 23:01: the new day had begun, and stays.
        check("America/St_Johns", 0, "2009-11-01T02:30:30Z", date(2009, 11, 1));
        check("America/St_Johns", 0, "2009-11-01T02:40:00Z", date(2009, 11, 1));
    }

    #[test]
    fn every_moment_lies_in_its_day_and_days_never_go_backwards() {
        for zone in
            ["Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns"]
        {
            for starts in [0, 2, 4, 23] {
                let days = days(zone, starts);
                for from in [
                    "2009-10-30T00:17:00Z",
                    "2011-12-25T00:17:00Z",
                    "2026-03-25T00:17:00Z",
                    "2026-09-01T00:17:00Z",
                ] {
                    let mut moment = at(from);
                    let mut before = days.date(moment);
                    for _ in 0..400 {
                        moment += SignedDuration::from_mins(29);
                        let day = days.date(moment);
                        assert!(day >= before && days_between(before, day) <= 2, "{zone} {starts} {moment}");
                        assert!(
                            days.start_of(day) <= moment,
                            "{zone} {starts} {moment}: {day} has not begun"
                        );
                        assert!(
                            moment < days.start_of(days_after(day, 1)),
                            "{zone} {starts} {moment}: {day} is over"
                        );
                        before = day;
                    }
                }
            }
        }
    }

    #[test]
    fn the_ends_of_time_are_days_too() {
        let days = days("Pacific/Apia", 4);
        for moment in [Timestamp::MIN, Timestamp::MAX] {
            days.start_of(days.date(moment));
        }
        assert_eq!(days_after(Date::MAX, 7), Date::MAX);
        assert!(days.start_of(Date::MAX) > days.start_of(Date::MIN));
        assert_eq!(days.between(at("2026-01-05T00:00:00Z"), at("2020-01-05T00:00:00Z")), 0);
    }
}
