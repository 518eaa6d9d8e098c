//! placeholder
pub(super) const INNER: usize = 1;
pub(super) const LEAVES: usize = 2;
pub(super) const BIAS: f32 = 0.0;
pub(super) static TREES: [([(u8, f32); INNER], [f32; LEAVES]); 0] = [];
