//! One table for all of them: columns that sort by a link, rows that become stacked lines on a phone.

use std::borrow::Cow;
use std::cmp::Ordering;

use sharper_domain::Timestamp;

use super::{Address, Spark, State};
use crate::{Frame, figure};

/// What a cell is sorted by. What is not known comes last in every order.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Number(f64),
    Text(String),
    Unknown,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
    pub(crate) under: String,
    pub(crate) state: Option<State>,
    pub(crate) spark: Option<Spark>,
    /// The moment by ISO 8601, and to be read.
    pub(crate) at: Option<(String, String)>,
    pub(crate) code: bool,
    /// Whether it is text of people or machines, not ours, and has a direction of its own.
    pub(crate) foreign: bool,
    key: Key,
}

impl Cell {
    fn new(text: impl Into<String>, key: Key) -> Self {
        let text = text.into();
        Self {
            text,
            key,
            href: None,
            under: String::new(),
            state: None,
            spark: None,
            at: None,
            code: false,
            foreign: false,
        }
    }

    /// Nothing is known.
    pub fn none() -> Self {
        Self::new("–", Key::Unknown)
    }

    /// Words of ours.
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        let key = Key::Text(text.to_lowercase());
        Self::new(text, key)
    }

    /// Words of somebody else: a message, a name.
    pub fn foreign(text: impl Into<String>) -> Self {
        Self { foreign: true, ..Self::words(text) }
    }

    /// A name of the machine: an agent, an id.
    pub fn code(text: impl Into<String>) -> Self {
        Self { code: true, ..Self::words(text) }
    }

    /// A number that is written as `text`.
    pub fn number(number: f64, text: impl Into<String>) -> Self {
        Self::new(text, Key::Number(number))
    }

    /// A whole number.
    pub fn count(frame: &Frame, number: u64) -> Self {
        Self::number(number as f64, figure::count(frame.locale, number))
    }

    /// A share of a whole, as a percentage; nothing where there is no whole.
    pub fn share(frame: &Frame, part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self::none();
        }
        let share = part as f64 / whole as f64;
        Self::number(share, figure::percent(frame.locale, share))
    }

    /// A time in milliseconds.
    pub fn took(frame: &Frame, ms: Option<u64>) -> Self {
        ms.map_or_else(Self::none, |ms| Self::number(ms as f64, figure::took(frame.locale, ms)))
    }

    /// Money in billionths of a US dollar.
    pub fn usd(frame: &Frame, nano: Option<u64>) -> Self {
        nano.map_or_else(Self::none, |nano| Self::number(nano as f64, figure::usd(frame.locale, nano)))
    }

    /// How long ago; the moment itself shows on hovering.
    pub fn ago(frame: &Frame, at: Option<Timestamp>) -> Self {
        let Some(at) = at else { return Self::none() };
        let cell = Self::number(at.as_second() as f64, frame.ago(at));
        Self { at: Some((at.to_string(), figure::moment(at))), ..cell }
    }

    /// A course in time.
    pub fn spark(values: &[u64]) -> Self {
        let sum: u64 = values.iter().sum();
        Self { spark: Some(Spark::of(values)), ..Self::number(sum as f64, "") }
    }

    /// The same, leading somewhere.
    #[must_use]
    pub fn to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// The same, with a quiet line below it.
    #[must_use]
    pub fn over(mut self, under: impl Into<String>) -> Self {
        self.under = under.into();
        self
    }

    /// The same, with how it stands.
    #[must_use]
    pub fn stands(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }
}

/// A column: its id in the address, the message over it, how it is set, and what stands in it.
pub struct Column<R> {
    /// Its id, by which the address sorts.
    pub id: &'static str,
    /// The message over it.
    pub key: &'static str,
    /// Whether it holds numbers, which stand under each other and sort with the largest first.
    pub number: bool,
    /// What stands in it for a row.
    pub cell: fn(&Frame, &R) -> Cell,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Head {
    pub(crate) label: Cow<'static, str>,
    pub(crate) number: bool,
    /// The order by it: ascending, descending, or another column's.
    pub(crate) order: &'static str,
    /// The address that sorts by it; `None` where the order is fixed.
    pub(crate) href: Option<String>,
}

/// A table, sorted and ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub(crate) caption: Cow<'static, str>,
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) empty: Cow<'static, str>,
}

impl Table {
    /// The rows in the order that the address asks for, else as they come. `caption` and `empty` are message keys.
    pub fn sortable<R>(
        frame: &Frame,
        address: &Address,
        (caption, empty): (&str, &str),
        columns: &[Column<R>],
        rows: &[R],
    ) -> Self {
        let mut table = Self::fixed(frame, (caption, empty), columns, rows);
        for (head, column) in table.heads.iter_mut().zip(columns) {
            let sort = address.sort.as_ref().filter(|sort| sort.column == column.id);
            head.order = match sort {
                Some(sort) if sort.descending => "descending",
                Some(_) => "ascending",
                None => "none",
            };
            // The first click sorts numbers with the largest first and words from A; the next turns it round.
            let descending = sort.map_or(column.number, |sort| !sort.descending);
            head.href = Some(address.sorted(column.id, descending));
        }
        let sorted = address.sort.as_ref().and_then(|sort| {
            let place = columns.iter().position(|column| column.id == sort.column)?;
            Some((place, sort.descending))
        });
        if let Some((place, descending)) = sorted {
            table.rows.sort_by(|a, b| compare(a.get(place), b.get(place), descending));
        }
        table
    }

    /// The rows as they come.
    pub fn fixed<R>(
        frame: &Frame,
        (caption, empty): (&str, &str),
        columns: &[Column<R>],
        rows: &[R],
    ) -> Self {
        let head = |column: &Column<R>| Head {
            label: frame.t(column.key),
            number: column.number,
            order: "none",
            href: None,
        };
        Self {
            caption: frame.t(caption),
            heads: columns.iter().map(head).collect(),
            rows: rows
                .iter()
                .map(|row| columns.iter().map(|column| (column.cell)(frame, row)).collect())
                .collect(),
            empty: frame.t(empty),
        }
    }

    /// Each row, its cells with the heads that they stand under.
    pub(crate) fn lines(&self) -> impl Iterator<Item = impl Iterator<Item = (&Head, &Cell)>> {
        self.rows.iter().map(|cells| self.heads.iter().zip(cells))
    }
}

fn compare(a: Option<&Cell>, b: Option<&Cell>, descending: bool) -> Ordering {
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    match (a.map(|cell| &cell.key), b.map(|cell| &cell.key)) {
        (Some(Key::Number(a)), Some(Key::Number(b))) => turned(a.total_cmp(b)),
        (Some(Key::Text(a)), Some(Key::Text(b))) => turned(a.cmp(b)),
        (a, b) => {
            let unknown = |key: Option<&Key>| key.is_none_or(|key| *key == Key::Unknown);
            unknown(a).cmp(&unknown(b))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;
    use crate::{AuthorInUse, Locale, Visitor};

    const COLUMNS: [Column<(&str, Option<u64>)>; 2] = [
        Column { id: "name", key: "admin-agents", number: false, cell: |_, row| Cell::words(row.0) },
        Column { id: "p95", key: "admin-now", number: true, cell: |frame, row| Cell::took(frame, row.1) },
    ];

    fn sorted(sort: &[(&'static str, &'static str)]) -> (String, Vec<Option<String>>) {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let (author, visitor) = (AuthorInUse::Offline, Visitor::Local);
        let frame = Frame { locale: Locale::En, now, author, visitor, version: "0.1.0" };
        let address = Address::read(Section::Agents, sort.iter().copied());
        let rows = [("b", Some(20)), ("c", None), ("A", Some(100))];
        let table = Table::sortable(&frame, &address, ("admin-agents", "admin-agents"), &COLUMNS, &rows);
        let names = table.rows.iter().map(|cells| cells[0].text.as_str()).collect();
        (names, table.heads.into_iter().map(|head| head.href).collect())
    }

    #[test]
    fn rows_come_in_the_order_of_the_address_and_what_is_unknown_comes_last() {
        let check = |sort: &[_], wanted: &str| assert_eq!(sorted(sort).0, wanted, "{sort:?}");
        check(&[], "bcA");
        check(&[("sort", "name"), ("dir", "asc")], "Abc");
        check(&[("sort", "name")], "cbA");
        check(&[("sort", "p95")], "Abc");
        check(&[("sort", "p95"), ("dir", "asc")], "bAc");
        check(&[("sort", "nothing")], "bcA");
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        let hrefs = |sort: &[_]| sorted(sort).1.into_iter().map(Option::unwrap).collect::<Vec<_>>();
        let first = hrefs(&[]);
        assert_eq!(first, ["/admin/agents?sort=name&dir=asc", "/admin/agents?sort=p95"]);
        assert_eq!(hrefs(&[("sort", "p95")])[1], "/admin/agents?sort=p95&dir=asc");
    }
}
