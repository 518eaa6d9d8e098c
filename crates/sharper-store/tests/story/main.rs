//! One story, told to both databases: what the store promises, whichever keeps it.

mod group;
mod jobs;
mod kill;
mod leases;
mod library;
mod people;
mod schema;
mod stage;
mod tale;
