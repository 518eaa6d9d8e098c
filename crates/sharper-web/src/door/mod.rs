//! The door itself: connections and deadlines, request ids, bodies, problems. What every route shares.

pub(crate) mod address;
pub(crate) mod body;
pub(crate) mod cookie;
pub(crate) mod cors;
pub(crate) mod cross_site;
pub(crate) mod fields;
pub(crate) mod figures;
pub(crate) mod guard;
pub(crate) mod limits;
pub(crate) mod problem;
pub(crate) mod request_id;
pub(crate) mod serve;
pub(crate) mod table;
pub(crate) mod upload;
