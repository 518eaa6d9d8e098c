//! Nearest: the exact scan over the vectors of a shelf, each number kept in a byte.
//!
//! A byte is enough: over 256 dimensions the error of a cosine stays below 0.005, less than two models of the same make
//! differ by; and a quarter of the memory is read for each search.

use std::cmp::Ordering;

/// The vectors of one note's passages, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Vectors {
    dimensions: usize,
    numbers: Box<[i8]>,
    /// What one step is of each vector.
    steps: Box<[f32]>,
}

/// A question's vector, in the same form.
pub(super) struct Asked {
    numbers: Vec<i8>,
    step: f32,
}

fn pack(vector: &[f32], numbers: &mut Vec<i8>) -> f32 {
    let most = vector.iter().fold(0.0f32, |most, x| most.max(x.abs()));
    let step = if most > 0.0 { most / 127.0 } else { 1.0 };
    numbers.extend(vector.iter().map(|x| (x / step).round() as i8));
    step
}

impl Asked {
    pub(super) fn new(vector: &[f32]) -> Self {
        let mut numbers = Vec::with_capacity(vector.len());
        let step = pack(vector, &mut numbers);
        Self { numbers, step }
    }
}

impl Vectors {
    /// Of vectors of one length; nothing where the lengths differ.
    pub(super) fn new<'v>(vectors: impl ExactSizeIterator<Item = &'v [f32]>) -> Self {
        let (mut numbers, mut steps, mut dimensions) = (Vec::new(), Vec::with_capacity(vectors.len()), None);
        for vector in vectors {
            if *dimensions.get_or_insert(vector.len()) != vector.len() {
                return Self::default();
            }
            steps.push(pack(vector, &mut numbers));
        }
        Self { dimensions: dimensions.unwrap_or(0), numbers: numbers.into(), steps: steps.into() }
    }

    /// The cosine of each with a question's; none where it has another length.
    pub(super) fn cosines<'v>(&'v self, asked: &'v Asked) -> impl Iterator<Item = f32> + 'v {
        let fits = self.dimensions == asked.numbers.len() && self.dimensions > 0;
        let vectors = self.numbers.chunks_exact(self.dimensions.max(1)).zip(&self.steps);
        let vectors = vectors.take(if fits { usize::MAX } else { 0 });
        vectors.map(|(vector, step)| dot(vector, &asked.numbers) as f32 * step * asked.step)
    }

    /// Their mean, of length 1; `None` where there are none.
    pub(super) fn mean(&self) -> Option<Vec<f32>> {
        let mut sum = vec![0.0; self.dimensions];
        for (vector, step) in self.numbers.chunks_exact(self.dimensions.max(1)).zip(&self.steps) {
            sum.iter_mut().zip(vector).for_each(|(sum, &number)| *sum += f32::from(number) * step);
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        sum.iter_mut().for_each(|x| *x /= length.max(f32::MIN_POSITIVE));
        (length > 0.0).then_some(sum)
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.numbers.len() + 4 * self.steps.len()
    }
}

/// The inner product. Written so that the compiler makes vector instructions of it.
fn dot(one: &[i8], other: &[i8]) -> i32 {
    one.iter().zip(other).map(|(&a, &b)| i32::from(i16::from(a) * i16::from(b))).sum()
}

/// The `most` greatest of some cosines, greatest first, with the mean of all and their standard deviation.
pub(super) fn greatest<T>(mut all: Vec<(T, f32)>, most: usize) -> (Vec<(T, f32)>, f32, f32) {
    let count = all.len().max(1) as f32;
    let mean = all.iter().map(|(_, cosine)| cosine).sum::<f32>() / count;
    let deviation = (all.iter().map(|(_, cosine)| (cosine - mean).powi(2)).sum::<f32>() / count).sqrt();
    let order = |a: &(T, f32), b: &(T, f32)| -> Ordering { b.1.total_cmp(&a.1) };
    if all.len() > most {
        all.select_nth_unstable_by(most, order);
        all.truncate(most);
    }
    all.sort_by(order);
    (all, mean, deviation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosines_of_bytes_are_those_of_floats_to_two_digits() {
        let vector = |seed: u32| -> Vec<f32> {
            let raw: Vec<f32> =
                (0..256u32).map(|i| ((i * 7 + seed * 13 + i * i * seed) % 101) as f32 - 50.0).collect();
            let length = raw.iter().map(|x| x * x).sum::<f32>().sqrt();
            raw.into_iter().map(|x| x / length).collect()
        };
        let all: Vec<Vec<f32>> = (1..20).map(vector).collect();
        let packed = Vectors::new(all.iter().map(Vec::as_slice));
        let asked = vector(5);
        let exact = all.iter().map(|one| one.iter().zip(&asked).map(|(a, b)| a * b).sum::<f32>());
        for (near, exact) in packed.cosines(&Asked::new(&asked)).zip(exact) {
            assert!((near - exact).abs() < 0.005, "{near} {exact}");
        }
        assert_eq!(packed.cosines(&Asked::new(&asked[..128])).count(), 0, "another length is another space");
    }

    #[test]
    fn the_greatest_come_first_with_what_all_are_like() {
        let (found, mean, deviation) = greatest(vec![('a', 0.1), ('b', 0.5), ('c', 0.3)], 2);
        assert_eq!(found, [('b', 0.5), ('c', 0.3)]);
        assert!((mean - 0.3).abs() < 1e-6 && (deviation - 0.1633).abs() < 1e-3);
        assert_eq!(greatest(Vec::<((), f32)>::new(), 2).0, []);
    }
}
