//! Our memory of a card is that of the reference implementation of FSRS.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

#[path = "reference/mod.rs"]
mod rows;

#[test]
fn stability_and_difficulty_are_those_of_the_reference_implementation() {
    let (histories, difference) = rows::largest_difference(include_str!("fixtures/reference.json"));
    assert_eq!(histories, 500);
    assert!(difference < 1e-4, "off by {difference}");
}
