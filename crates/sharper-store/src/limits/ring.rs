//! The moments at which one caller was admitted, oldest first, in as little room as can be.
//!
//! A moment is 32 bits of milliseconds since the table was made. They come round after 49 days; that is no matter,
//! because the ages that are asked for are of a week at most, and the table sweeps out what is older long before.

use std::collections::VecDeque;

/// Moments that fit beside the key, without room of their own.
const FEW: usize = 3;
/// What a ring of its own takes besides its moments: its box, and what the allocator adds to two allocations.
const BOX_BYTES: usize = size_of::<VecDeque<u32>>() + 32;

/// The moments of one caller.
#[allow(clippy::box_collection, reason = "one pointer, so that a caller of few requests takes half the room")]
#[derive(Debug)]
pub(super) enum Ring {
    Few { len: u8, at: [u32; FEW] },
    Many(Box<VecDeque<u32>>),
}

impl Default for Ring {
    fn default() -> Self {
        Ring::Few { len: 0, at: [0; FEW] }
    }
}

/// How long ago `at` was. The moment that a request is counted at may be the end of a millisecond that still runs.
pub(super) fn age(at: u32, now: u32) -> u32 {
    now.wrapping_sub(at).cast_signed().max(0).cast_unsigned()
}

impl Ring {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Ring::Few { len, .. } => usize::from(*len),
            Ring::Many(many) => many.len(),
        }
    }

    /// The moment `index`, counted from the oldest.
    pub(super) fn get(&self, index: usize) -> Option<u32> {
        match self {
            Ring::Few { len, at } => at[..usize::from(*len)].get(index).copied(),
            Ring::Many(many) => many.get(index).copied(),
        }
    }

    /// How many are younger than `length`.
    pub(super) fn younger(&self, length: u32, now: u32) -> usize {
        let older = match self {
            Ring::Few { len, at } => at[..usize::from(*len)].partition_point(|at| age(*at, now) >= length),
            Ring::Many(many) => many.partition_point(|at| age(*at, now) >= length),
        };
        self.len() - older
    }

    /// Forgets those that are not younger than `length`. Answers how many bytes of its own it gave up.
    pub(super) fn forget(&mut self, length: u32, now: u32) -> usize {
        let old = self.len() - self.younger(length, now);
        match self {
            Ring::Few { len, at } => {
                at.copy_within(old..usize::from(*len), 0);
                *len -= old as u8;
                0
            }
            Ring::Many(many) => {
                many.drain(..old);
                self.shrink()
            }
        }
    }

    /// Takes one moment out again. Answers how many bytes of its own it gave up.
    pub(super) fn remove(&mut self, moment: u32) -> usize {
        match self {
            Ring::Few { len, at } => {
                let held = usize::from(*len);
                if let Some(index) = at[..held].iter().rposition(|at| *at == moment) {
                    at.copy_within(index + 1..held, index);
                    *len -= 1;
                }
                0
            }
            Ring::Many(many) => {
                if let Some(index) = many.iter().rposition(|at| *at == moment) {
                    many.remove(index);
                }
                self.shrink()
            }
        }
    }

    /// How many bytes of its own one more moment takes.
    pub(super) fn growth(&self) -> usize {
        match self {
            Ring::Few { len, .. } if usize::from(*len) < FEW => 0,
            Ring::Few { .. } => BOX_BYTES + 2 * FEW.next_power_of_two() * size_of::<u32>(),
            Ring::Many(many) if many.len() < many.capacity() => 0,
            Ring::Many(many) => many.capacity() * size_of::<u32>(),
        }
    }

    /// Adds the newest moment; it takes `growth` bytes.
    pub(super) fn push(&mut self, moment: u32) {
        match self {
            Ring::Few { len, at } if usize::from(*len) < FEW => {
                at[usize::from(*len)] = moment;
                *len += 1;
            }
            Ring::Few { at, .. } => {
                let mut many = VecDeque::with_capacity(2 * FEW.next_power_of_two());
                many.extend(*at);
                many.push_back(moment);
                *self = Ring::Many(Box::new(many));
            }
            Ring::Many(many) => {
                if many.len() == many.capacity() {
                    many.reserve_exact(many.capacity());
                }
                many.push_back(moment);
            }
        }
    }

    /// The bytes of its own that it holds.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Ring::Few { .. } => 0,
            Ring::Many(many) => BOX_BYTES + many.capacity() * size_of::<u32>(),
        }
    }

    /// Goes back beside the key when so few are left that they fit. Answers the bytes given up.
    fn shrink(&mut self) -> usize {
        let Ring::Many(many) = self else { return 0 };
        if many.len() > FEW {
            return 0;
        }
        let mut at = [0; FEW];
        at.iter_mut().zip(many.iter()).for_each(|(to, from)| *to = *from);
        let few = Ring::Few { len: many.len() as u8, at };
        let bytes = self.bytes();
        *self = few;
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(moments: &[u32]) -> (Ring, usize) {
        let (mut ring, mut bytes) = (Ring::default(), 0);
        for moment in moments {
            bytes += ring.growth();
            ring.push(*moment);
        }
        (ring, bytes)
    }

    fn moments(ring: &Ring) -> Vec<u32> {
        (0..ring.len()).filter_map(|index| ring.get(index)).collect()
    }

    #[test]
    fn what_few_requests_take_stands_beside_the_key() {
        assert_eq!((size_of::<Ring>(), ring(&[1, 2, 3]).1), (16, 0));
    }

    #[test]
    fn the_bytes_that_growing_takes_are_the_bytes_that_are_held() {
        for count in [3, 4, 8, 9, 16, 17, 600] {
            let (ring, bytes) = ring(&(0..count).collect::<Vec<_>>());
            assert_eq!(bytes, ring.bytes(), "{count}");
        }
    }

    #[test]
    fn what_is_forgotten_is_given_up_and_the_rest_stays_in_order() {
        for keep in 0..12_u32 {
            let (mut ring, held) = ring(&(0..12).map(|n| n * 10).collect::<Vec<_>>());
            let given_up = ring.forget(keep * 10, 119);
            assert_eq!(moments(&ring), (12 - keep..12).map(|n| n * 10).collect::<Vec<_>>(), "{keep}");
            assert_eq!(held - given_up, ring.bytes());
        }
    }

    #[test]
    fn one_moment_is_taken_out_again() {
        for (all, left) in
            [(&[5, 6, 7][..], &[5, 7][..]), (&[4, 5, 6, 7, 6], &[4, 5, 6, 7]), (&[1, 2], &[1, 2])]
        {
            let (mut ring, _) = ring(all);
            ring.remove(6);
            assert_eq!(moments(&ring), left);
        }
    }

    #[test]
    fn ages_are_right_when_the_count_comes_round() {
        assert_eq!([age(u32::MAX, 4), age(5, 5), age(6, 5), age(0, 1000)], [5, 0, 0, 1000]);
    }
}
