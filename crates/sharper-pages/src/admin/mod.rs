//! The operator's pages below `/admin`: what runs, how fast, what it costs, what went wrong.
//!
//! Each page keeps what is chosen (time window, order, search) in its address, so that it can be linked and works
//! without a script. A script fetches the same address every ten seconds and changes what differs.

mod address;
mod agents;
mod alerts;
mod chart;
mod config;
mod errors;
mod log;
mod now;
mod quality;
mod request;
mod state;
mod table;
mod users;

pub use address::{Address, Section, Sort, Window};
pub use agents::{AgentRow, AgentsPage};
pub use alerts::{AlertEvent, AlertRule, AlertState, AlertsPage};
pub use chart::{Chart, Spark};
pub use config::{ConfigPage, Setting, SettingGroup, SettingValue};
pub use errors::{ErrorGroup, ErrorGroupPage, ErrorRow, ErrorsPage};
pub use log::{LogPage, LogRow};
pub use now::{Figures, Measures, NowPage, Slot};
pub use quality::{
    AppealView, ExperimentView, FeedbackRow, QualityPage, RejectionRow, TaskQuality, VariantRow,
};
pub use request::{ModelCallView, RequestPage, StepView};
pub use state::State;
pub use table::{Cell, Column, Table};
pub use users::{ActivityRow, Usage, UserPage, UserRow, UsersPage};
