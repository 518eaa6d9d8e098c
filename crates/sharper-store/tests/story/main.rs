//! One story, told to both databases: what the store promises, whichever keeps it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test ends where things are not as told, names its server by the environment, and joins its own tasks"
)]

mod accounts;
mod attempts;
mod backup;
mod cards;
mod context;
mod conversations;
mod everything;
mod experiments;
mod group;
mod jobs;
mod kill;
mod leases;
mod library;
mod made;
mod material;
mod money;
mod monitoring;
mod passages;
mod people;
mod privacy;
mod quotas;
mod responses;
mod retention;
mod schema;
mod security;
mod shelf;
mod stage;
mod tale;
mod uploads;
mod vectors;
