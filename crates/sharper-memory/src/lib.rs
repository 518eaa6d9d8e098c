//! When a card comes back: the memory of a card (FSRS), its learning steps, exam dates and readiness. Pure.
