//! The door itself: connections and deadlines, request ids, bodies, problems. What every route shares.

pub mod body;
pub mod problem;
pub mod request_id;
pub mod serve;
