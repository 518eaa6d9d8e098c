//! What is chosen on an operator's page, as it stands in the address: section, time window, order, search.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a value in a query may hold as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A part of the administration, with its own address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// `/admin`
    Now,
    /// `/admin/agents`
    Agents,
    /// `/admin/errors`
    Errors,
    /// `/admin/users`
    Users,
    /// `/admin/quality`
    Quality,
    /// `/admin/alerts`
    Alerts,
    /// `/admin/settings`
    Settings,
    /// `/admin/log`
    Log,
}

impl Section {
    /// All of them, in the order of the navigation.
    pub const ALL: [Section; 8] = [
        Section::Now,
        Section::Agents,
        Section::Errors,
        Section::Users,
        Section::Quality,
        Section::Alerts,
        Section::Settings,
        Section::Log,
    ];

    /// Its path.
    pub fn path(self) -> &'static str {
        match self {
            Section::Now => "/admin",
            Section::Agents => "/admin/agents",
            Section::Errors => "/admin/errors",
            Section::Users => "/admin/users",
            Section::Quality => "/admin/quality",
            Section::Alerts => "/admin/alerts",
            Section::Settings => "/admin/settings",
            Section::Log => "/admin/log",
        }
    }

    /// The message that names it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Section::Now => "admin-now",
            Section::Agents => "admin-agents",
            Section::Errors => "admin-errors",
            Section::Users => "admin-users",
            Section::Quality => "admin-quality",
            Section::Alerts => "admin-alerts",
            Section::Settings => "admin-settings",
            Section::Log => "admin-log",
        }
    }

    /// Whether what it shows depends on the time window.
    pub(crate) fn has_window(self) -> bool {
        !matches!(self, Section::Settings)
    }
}

/// How far back one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Window {
    /// The last hour.
    Hour,
    /// The last 24 hours.
    #[default]
    Day,
    /// The last 7 days.
    Week,
    /// The last 30 days.
    Month,
}

impl Window {
    /// All of them, the shortest first.
    pub const ALL: [Window; 4] = [Window::Hour, Window::Day, Window::Week, Window::Month];

    /// Its length in hours, as it stands in the address (`?hours=`).
    pub fn hours(self) -> u32 {
        match self {
            Window::Hour => 1,
            Window::Day => 24,
            Window::Week => 168,
            Window::Month => 720,
        }
    }

    /// The shortest window that holds so many hours.
    pub fn holding(hours: u32) -> Self {
        Window::ALL.into_iter().find(|window| window.hours() >= hours).unwrap_or(Window::Month)
    }

    pub(crate) fn key(self) -> &'static str {
        match self {
            Window::Hour => "admin-window-hour",
            Window::Day => "admin-window-day",
            Window::Week => "admin-window-week",
            Window::Month => "admin-window-month",
        }
    }
}

/// The order of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The id of the column.
    pub column: String,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// The address of an operator's page, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The section of the navigation.
    pub section: Section,
    /// The path, where it is not that of the section itself: one user, one group of errors.
    pub path: String,
    /// How far back.
    pub window: Window,
    /// The order that was chosen (`?sort=p95&dir=asc`); the usual one without it.
    pub sort: Option<Sort>,
    /// What is searched for (`?q=`).
    pub search: String,
}

impl Address {
    /// The address of a section as the query of its URL says; what it does not say is as usual.
    pub fn read<'q>(section: Section, query: impl IntoIterator<Item = (&'q str, &'q str)>) -> Self {
        let mut address = Self {
            section,
            path: section.path().to_owned(),
            window: Window::default(),
            sort: None,
            search: String::new(),
        };
        let mut descending = true;
        for (name, value) in query {
            match name {
                "hours" => address.window = value.parse().map_or(address.window, Window::holding),
                "sort" => address.sort = Some(Sort { column: value.to_owned(), descending: true }),
                "dir" => descending = value != "asc",
                "q" => value.trim().clone_into(&mut address.search),
                _ => {}
            }
        }
        if let Some(sort) = &mut address.sort {
            sort.descending = descending;
        }
        address
    }

    /// The same, one level deeper: `/admin/users` and `u1` are `/admin/users/u1`.
    #[must_use]
    pub fn at(mut self, id: &str) -> Self {
        self.path = format!("{}/{}", self.section.path(), encoded(id));
        self
    }

    /// The section itself, over the same window: one level up from what stands in it.
    pub fn up(&self) -> String {
        self.to(self.section)
    }

    /// The alerts, over the same window.
    pub fn alerts(&self) -> String {
        self.to(Section::Alerts)
    }

    /// The navigation: message, address, and whether it is here.
    pub(crate) fn sections(&self) -> [(&'static str, String, bool); 8] {
        Section::ALL.map(|section| (section.key(), self.to(section), section == self.section))
    }

    /// The windows: message, address, and whether it is this.
    pub(crate) fn windows(&self) -> [(&'static str, String, bool); 4] {
        Window::ALL.map(|window| (window.key(), self.over(window), window == self.window))
    }

    /// The hours of the window, where it is not the usual one.
    pub(crate) fn unusual_hours(&self) -> Option<u32> {
        (self.window != Window::default()).then(|| self.window.hours())
    }

    /// The same page over another window.
    pub fn over(&self, window: Window) -> String {
        self.href(&self.path, window, self.sort.as_ref())
    }

    /// Another section over the same window.
    pub fn to(&self, section: Section) -> String {
        let bare = Self { search: String::new(), ..self.clone() };
        bare.href(section.path(), self.window, None)
    }

    /// The same page in another order.
    pub fn sorted(&self, column: &str, descending: bool) -> String {
        let sort = Sort { column: column.to_owned(), descending };
        self.href(&self.path, self.window, Some(&sort))
    }

    fn href(&self, path: &str, window: Window, sort: Option<&Sort>) -> String {
        let mut query = Vec::new();
        if window != Window::default() {
            query.push(format!("hours={}", window.hours()));
        }
        if !self.search.is_empty() {
            query.push(format!("q={}", encoded(&self.search)));
        }
        if let Some(sort) = sort {
            query.push(format!("sort={}", encoded(&sort.column)));
            if !sort.descending {
                query.push("dir=asc".to_owned());
            }
        }
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }
}

/// A text as part of an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_was_read_leads_back_to_itself() {
        let read = |query: &[(&'static str, &'static str)]| {
            let address = Address::read(Section::Agents, query.iter().copied());
            address.href(&address.path, address.window, address.sort.as_ref())
        };
        assert_eq!(read(&[]), "/admin/agents");
        assert_eq!(read(&[("hours", "24"), ("other", "x")]), "/admin/agents");
        assert_eq!(read(&[("hours", "100")]), "/admin/agents?hours=168");
        assert_eq!(read(&[("hours", "many"), ("q", " a&b ")]), "/admin/agents?q=a%26b");
        assert_eq!(read(&[("dir", "asc"), ("sort", "p95")]), "/admin/agents?sort=p95&dir=asc");
        assert_eq!(read(&[("sort", "p95"), ("dir", "desc")]), "/admin/agents?sort=p95");
    }

    #[test]
    fn a_window_stays_when_the_section_changes_and_the_search_does_not() {
        let address = Address::read(Section::Users, [("hours", "1"), ("q", "ada"), ("sort", "runs")]);
        assert_eq!(address.to(Section::Errors), "/admin/errors?hours=1");
        assert_eq!(address.over(Window::Day), "/admin/users?q=ada&sort=runs");
        assert_eq!(address.at("a/b").over(Window::Day), "/admin/users/a%2Fb?q=ada&sort=runs");
    }
}
