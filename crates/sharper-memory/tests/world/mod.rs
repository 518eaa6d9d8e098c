//! Simulated learners: a true memory that no scheduler can see, a budget of reviews a day, and an exam.
//!
//! Two worlds. In one, memory is FSRS, with weights of each learner's own and cards of unequal weight; in the other it
//! fades exponentially and grows by how much had faded (its figures chosen so that a first week takes about as much as in
//! the other), so that FSRS isn't only examined by itself. Nothing reads a
//! clock: the same seed gives the same learners, and each policy meets the same ones.
#![allow(unreachable_pub, reason = "a test and a benchmark share these")]

pub mod chance;
pub mod memory;
pub mod study;

pub use study::{Course, Policy, Spare, World, study};
