//! Order: where the right option stands. Seeded, so that the same notes give the same quiz, and even, so that no place
//! is worth guessing.

/// A source of places.
#[derive(Debug)]
pub(super) struct Places {
    seed: u64,
    state: u64,
    /// The places of the right option that are left of the present round, each once.
    left: Vec<usize>,
}

impl Places {
    /// Places by a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, state: seed ^ 0x9E37_79B9_7F4A_7C15, left: Vec::new() }
    }

    /// Whether, of two statements, the true one comes first. Mostly the false one does: it is harder to find, and a
    /// true one that waited for it in vain would make true the better guess.
    pub(super) fn first_truth(&self, pair: u32) -> bool {
        mixed(self.seed.wrapping_add(u64::from(pair))).is_multiple_of(4)
    }

    /// The place of the next right option among `count`.
    fn key_place(&mut self, count: usize) -> usize {
        self.left.retain(|&place| place < count);
        if self.left.is_empty() {
            self.left = (0..count).collect();
        }
        let at = self.below(self.left.len());
        self.left.swap_remove(at)
    }

    /// The right option among the wrong ones, in an order that tells nothing.
    pub(super) fn shuffled(&mut self, key: &str, mut wrong: Vec<String>) -> Vec<String> {
        for i in (1..wrong.len()).rev() {
            let other = self.below(i + 1);
            wrong.swap(i, other);
        }
        let place = self.key_place(wrong.len() + 1);
        wrong.insert(place, key.to_owned());
        wrong
    }

    /// A number below `count`, which is above 0.
    fn below(&mut self, count: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        (mixed(self.state) % count as u64) as usize
    }
}

/// The mixer of splitmix64 (Steele, Lea and Flood 2014).
fn mixed(state: u64) -> u64 {
    let mut z = state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_right_options_each_place_holds_as_many() {
        let mut places = Places::new(7);
        let mut counts = [0; 4];
        for _ in 0..400 {
            let options = places.shuffled("k", vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]);
            counts[options.iter().position(|option| option == "k").expect("the key is there")] += 1;
        }
        assert_eq!(counts, [100; 4]);
    }

    #[test]
    fn the_same_seed_gives_the_same_order_and_another_seed_another() {
        let run = |seed| {
            let mut places = Places::new(seed);
            (0..12).map(|_| places.key_place(4)).collect::<Vec<_>>()
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }
}
