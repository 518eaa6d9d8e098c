//! Study plans as iCalendar (RFC 5545): an all-day event for each day, known by the same identity whenever it is written.

use jiff::civil::Date;
use sharper_domain::{Activity, PlanDay, Timestamp};

/// A plan on its way into a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan<'a> {
    /// Identity that stays: letters, digits, hyphens.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its days; one without a date stands on `first`, plus the days before it.
    pub days: &'a [PlanDay],
    /// The date of the first day, where the days have none.
    pub first: Date,
    /// The exam, if its day is known.
    pub exam: Option<Date>,
}

/// The most bytes of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// A calendar with these plans. `stamp`: when it was made.
pub fn write(name: &str, plans: &[Plan<'_>], stamp: Timestamp) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Study Sharper//Plan//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(name)),
    ];
    let stamp = stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
    for plan in plans {
        for day in plan.days {
            let after = i64::from(day.day.saturating_sub(1).min(3_660));
            let date = day.date.or_else(|| plan.first.checked_add(jiff::Span::new().days(after)).ok());
            let Some(date) = date else { continue };
            let topics: Vec<&str> = day.sessions.iter().map(|session| session.topic.as_str()).collect();
            let summary = format!("{}: {} ({} min)", plan.title, topics.join(", "), day.minutes);
            let sessions = day.sessions.iter().map(|session| {
                let (minutes, what, topic) = (session.minutes, activity(session.activity), &session.topic);
                format!("{minutes} min · {what} · {topic}: {}", session.task)
            });
            let description = sessions.collect::<Vec<_>>().join("\n");
            event(&mut lines, &format!("{}-day-{}", plan.id, day.day), date, &summary, &description, &stamp);
        }
        if let Some(date) = plan.exam {
            event(
                &mut lines,
                &format!("{}-exam", plan.id),
                date,
                &format!("Exam: {}", plan.title),
                "",
                &stamp,
            );
        }
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn event(lines: &mut Vec<String>, id: &str, date: Date, summary: &str, description: &str, stamp: &str) {
    // The end is not part of an all-day event.
    let next = date.tomorrow().unwrap_or(date);
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{id}@study-sharper"),
        format!("DTSTAMP:{stamp}"),
        format!("DTSTART;VALUE=DATE:{}", date.strftime("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")),
        format!("SUMMARY:{}", escaped(summary)),
    ]);
    if !description.is_empty() {
        lines.push(format!("DESCRIPTION:{}", escaped(description)));
    }
    lines.extend(["TRANSP:TRANSPARENT".to_owned(), "END:VEVENT".to_owned()]);
}

fn activity(activity: Activity) -> &'static str {
    match activity {
        Activity::Learn => "learn",
        Activity::Review => "review",
        Activity::Practise => "practise",
        Activity::MockExam => "mock exam",
    }
}

/// A text value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(sign);
            }
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// A line of at most 75 bytes, what is longer on lines that begin with a space, no letter cut in two.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    let mut most = LINE;
    while rest.len() > most {
        let cut = rest.floor_char_boundary(most);
        out.push_str(&rest[..cut]);
        out.push_str("\r\n ");
        rest = &rest[cut..];
        // The space counts.
        most = LINE - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
    out
}
