//! Tables, texts and calendars: what goes out comes in again, and no spreadsheet runs it.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod sample;

use proptest::prelude::*;
use sample::{bio, card, now};
use sharper_domain::{Activity, Deck, DeckCard, PlanDay, PlanSession};
use sharper_exchange::csv::Table;
use sharper_exchange::{csv, ics, json, markdown};

/// What tables and texts keep of a card.
fn kept(card: &DeckCard) -> DeckCard {
    DeckCard { flag: 0, suspended: false, memory: None, reviews: Vec::new(), edited_at: None, ..card.clone() }
}

fn of(cards: Vec<DeckCard>) -> Deck {
    Deck { cards, media: Vec::new(), ..bio() }
}

#[test]
fn a_deck_comes_back_from_every_format_of_ours() {
    let deck = bio();
    let cards: Vec<DeckCard> = deck.cards.iter().map(kept).collect();
    assert_eq!(csv::read(&csv::write(&deck, Table::Csv), "x", 100).unwrap().cards, cards);
    let text = markdown::write(&deck);
    let read = markdown::read(&text, "x", 100).unwrap();
    assert_eq!((read.title.as_str(), read.cards), ("Biology::Cells", cards), "{text}");
    assert_eq!(json::read(&json::write(&deck), 100).unwrap(), deck);
}

#[test]
fn a_table_is_read_however_it_is_written() {
    let check = |text: &str, sides: &[(&str, &str)]| {
        let deck = csv::read(text, "Deck", 10).unwrap();
        let read: Vec<(&str, &str)> =
            deck.cards.iter().map(|card| (card.question.as_str(), card.answer.as_str())).collect();
        assert_eq!(read, sides, "{text}");
    };
    check("a,b\nc,d", &[("a", "b"), ("c", "d")]);
    check("\u{feff}Front;Back\r\na, and more;b\r\n", &[("a, and more", "b")]);
    check("one, two\tthree\nfour\tfive, six\n", &[("one, two", "three"), ("four", "five, six")]);
    check("Answer,Question\nb,a\n", &[("a", "b")]);
    check("sep=;\na;b,c\n", &[("a", "b,c")]);
    check("#separator:tab\n#html:true\na\tb\n", &[("a", "b")]);
    check("\"a \"\"quoted\"\"\nline\",b\n", &[("a \"quoted\"\nline", "b")]);
    check("a,b\n\n,no front\nno back,\n", &[("a", "b")]);
    assert_eq!(csv::read("a,b,bio cell\nc,d,bio\n", "x", 10).unwrap().cards[0].tags, ["bio", "cell"]);
    assert_eq!(csv::read("just words\n", "x", 10), Err(csv::ReadError::NoCards));
    assert_eq!(csv::read("a,b\nc,d\n", "x", 1), Err(csv::ReadError::TooMany(1)));
    let (one, two) = (csv::read("a,b", "x", 9).unwrap(), csv::read("a,b", "x", 9).unwrap());
    assert_eq!(one, two, "the same table has the same identities");
}

#[test]
fn questions_and_answers_are_read_as_people_write_them() {
    let deck =
        markdown::read("# Bio\n\nQ: What?\nA: That,\nand this\n\nQ: Why?\nA: So.\nTags: a b\n", "x", 9)
            .unwrap();
    assert_eq!(deck.title, "Bio");
    assert_eq!((deck.cards[0].answer.as_str(), deck.cards[1].tags.len()), ("That,\nand this", 2));
    assert_eq!(markdown::read("words", "x", 9), Err(markdown::ReadError::NoCards));
}

#[test]
fn no_cell_begins_with_what_a_spreadsheet_runs() {
    let cards: Vec<DeckCard> =
        ["=1+1", "+x", "-x", "@x", "'=x", "＝x"].iter().map(|text| card("g", text, text)).collect();
    for table in [Table::Csv, Table::Tsv] {
        for cell in csv::write(&of(cards.clone()), table).split(['\n', ',', '\t']) {
            assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@', '＝']), "{cell}");
        }
    }
}

#[test]
fn a_file_of_ours_that_is_not_what_it_says_is_refused() {
    let text = json::write(&bio());
    let check = |text: &str, wanted: &str| {
        let said = json::read(text, 100).unwrap_err().to_string();
        assert!(said.contains(wanted), "{said}");
    };
    check(&text.replace("\"version\": 1", "\"version\": 9"), "newer version (9)");
    check(&text.replace("study-sharper-deck", "other"), "no deck of Study Sharper");
    check("[]", "no deck of Study Sharper");
    let hash = &bio().media[0].hash;
    check(
        &text.replace(&format!("\"hash\": \"{hash}\""), &format!("\"hash\": \"{}\"", "0".repeat(64))),
        "damaged",
    );
    assert!(json::read(&text, 3).unwrap_err().to_string().contains("more than 3"));
}

fn plan_day(day: u32, task: &str) -> PlanDay {
    let session = PlanSession {
        topic: "Osmosis, etc; \\".into(),
        activity: Activity::Learn,
        minutes: 20,
        task: task.into(),
    };
    PlanDay { day, date: None, minutes: 20, sessions: vec![session] }
}

fn calendar(task: &str) -> String {
    let days = [plan_day(1, task), plan_day(31, "b")];
    let first = "2026-12-01".parse().unwrap();
    let plan = ics::Plan { id: "p1", title: "Bio", days: &days, first, exam: "2027-01-05".parse().ok() };
    ics::write("Study: Bio", &[plan], now())
}

/// Lines put together again, as every calendar does first.
fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_plan_is_a_calendar_of_whole_days_with_identities_that_stay() {
    let text = calendar("Read, and write;\nthen rest");
    let lines = unfolded(&text);
    for line in [
        "UID:p1-day-1@study-sharper",
        "UID:p1-exam@study-sharper",
        "DTSTAMP:20261124T100000Z",
        "DTSTART;VALUE=DATE:20261201",
        "DTEND;VALUE=DATE:20261202",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Bio: Osmosis\\, etc\\; \\\\ (20 min)",
        "DESCRIPTION:20 min · learn · Osmosis\\, etc\\; \\\\: Read\\, and write\\;\\nthen rest",
    ] {
        assert!(lines.iter().any(|has| has == line), "{line}\n{text}");
    }
    let count = |what: &str| lines.iter().filter(|line| *line == what).count();
    assert_eq!((count("BEGIN:VEVENT"), count("END:VEVENT"), count("END:VCALENDAR")), (3, 3, 1));
}

proptest! {
    #[test]
    fn any_cells_come_back(front in "\\PC{1,30}", back in "[=+@'\\-,;\t\"a\\n]{1,12}z", tsv in any::<bool>()) {
        let (front, back) = (front.trim(), back.trim());
        prop_assume!(!front.is_empty());
        let deck = of(vec![card("g", front, back), card("h", "second", "row")]);
        if tsv {
            let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let read = csv::read(&csv::write(&deck, Table::Tsv), "x", 10).unwrap();
            prop_assert_eq!(&read.cards[0].question, &line(front));
            prop_assert_eq!(&read.cards[0].answer, &line(back));
        } else {
            let read = csv::read(&csv::write(&deck, Table::Csv), "x", 10).unwrap();
            prop_assert_eq!((read.cards[0].question.as_str(), read.cards[0].answer.as_str()), (front, back));
        }
    }

    #[test]
    fn no_line_of_a_calendar_is_longer_than_it_may_be(task in "\\PC{0,300}") {
        let text = calendar(&task);
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{}", line);
        }
        let wanted = task.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        let ends = format!(": {wanted}");
        let found = unfolded(&text).iter().any(|line| line.starts_with("DESCRIPTION") && line.ends_with(&ends));
        prop_assert!(found, "{}", text);
    }
}
