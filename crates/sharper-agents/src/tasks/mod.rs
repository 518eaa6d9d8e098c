//! The task agents: what is drafted becomes items at the `desk`; the `offline` author needs no model, the `model` author
//! asks one.

pub(crate) mod desk;
pub(crate) mod model;
pub(crate) mod offline;
