//! Gradient-boosted trees that rank, small enough to be printed as Rust.

use std::fmt::Write;

/// One candidate.
#[derive(Clone)]
pub struct Row {
    pub features: Vec<f32>,
    /// Which text it is from.
    pub group: usize,
    /// Which of the experts' choices (terms, then questions) it meets.
    pub meets: Vec<usize>,
}

/// How the forest is grown.
pub struct Settings {
    pub trees: usize,
    pub depth: usize,
    pub rate: f32,
    /// Least weight of a leaf.
    pub leaf: f32,
    /// Ridge on leaf values.
    pub ridge: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { trees: 160, depth: 4, rate: 0.06, leaf: 20.0, ridge: 15.0 }
    }
}

/// A full binary tree, breadth first: feature and threshold of each inner node, values of the leaves.
struct Tree {
    splits: Vec<(u8, f32)>,
    leaves: Vec<f32>,
}

impl Tree {
    fn score(&self, features: &[f32]) -> f32 {
        let mut node = 0;
        while node < self.splits.len() {
            let (feature, threshold) = self.splits[node];
            node = 2 * node + if features[feature as usize] > threshold { 2 } else { 1 };
        }
        self.leaves[node - self.splits.len()]
    }
}

/// A sum of trees.
pub struct Forest {
    bias: f32,
    trees: Vec<Tree>,
    depth: usize,
}

const BINS: usize = 24;

impl Forest {
    /// Fits a forest to the rows, which stand group by group.
    ///
    /// Each group is a lottery in which a row is drawn with the probability that its score gives it; what grows is
    /// the likelihood that each of the experts' choices is drawn, by whichever of its rows.
    ///
    /// Most rows meet no choice: of those only each third is looked at, and counts threefold.
    pub fn fit(rows: &[Row], settings: &Settings) -> Self {
        let rows: Vec<&Row> = rows
            .iter()
            .enumerate()
            .filter(|(i, row)| !row.meets.is_empty() || i % THIN == 0)
            .map(|(_, row)| row)
            .collect();
        let width = rows[0].features.len();
        let cuts: Vec<Vec<f32>> = (0..width).map(|feature| cuts(&rows, feature)).collect();
        let binned: Vec<Vec<u8>> = rows
            .iter()
            .map(|row| {
                (0..width).map(|f| cuts[f].partition_point(|&cut| cut < row.features[f]) as u8).collect()
            })
            .collect();
        let mut scores = vec![0.0f32; rows.len()];
        let mut trees = Vec::new();
        for _ in 0..settings.trees {
            let tree = grow(&binned, &cuts, &slopes(&rows, &scores), settings);
            for (score, row) in scores.iter_mut().zip(&rows) {
                *score += tree.score(&row.features);
            }
            trees.push(tree);
        }
        Self { bias: 0.0, trees, depth: settings.depth }
    }

    /// The worth of a candidate.
    pub fn score(&self, features: &[f32]) -> f32 {
        self.bias + self.trees.iter().map(|tree| tree.score(features)).sum::<f32>()
    }

    /// The forest as Rust source.
    pub fn to_rust(&self) -> String {
        let inner = (1 << self.depth) - 1;
        let mut out = format!(
            "//! The ranker's trees.\n//!\n//! Generated: `cargo run --release --manifest-path tools/fit/Cargo.toml -- rank DATA`.\n\n/// Inner nodes of a tree.\npub(super) const INNER: usize = {inner};\n/// Leaves of a tree.\npub(super) const LEAVES: usize = {};\n/// Where the sum begins.\npub(super) const BIAS: f32 = {:?};\n\n/// Feature and threshold of a tree's inner nodes, breadth first, and the values of its leaves.\npub(super) type Tree = ([(u8, f32); INNER], [f32; LEAVES]);\n\n/// The trees.\n#[rustfmt::skip]\npub(super) static TREES: [Tree; {}] = [\n",
            inner + 1,
            (self.bias * 1e4).round() / 1e4,
            self.trees.len()
        );
        for tree in &self.trees {
            let splits: Vec<String> = tree
                .splits
                .iter()
                .map(
                    |(f, t)| if t.is_finite() { format!("({f}, {t:?})") } else { format!("({f}, f32::MAX)") },
                )
                .collect();
            let leaves: Vec<String> =
                tree.leaves.iter().map(|v| format!("{:?}", (v * 1e4).round() / 1e4)).collect();
            writeln!(out, "    ([{}],\n     [{}]),", splits.join(", "), leaves.join(", "))
                .expect("writing to a string");
        }
        out.push_str("];\n");
        out
    }
}

/// Of the rows that meet no choice, each which is looked at.
const THIN: usize = 3;

/// Gradient and curvature of the log-likelihood at each row.
fn slopes(rows: &[&Row], scores: &[f32]) -> Vec<(f32, f32)> {
    let mut slopes = vec![(0.0, 0.0); rows.len()];
    let mut start = 0;
    while start < rows.len() {
        let end = start + rows[start..].iter().take_while(|row| row.group == rows[start].group).count();
        let group = start..end;
        start = end;
        let choices =
            group.clone().flat_map(|i| rows[i].meets.iter().copied()).max().map_or(0, |last| last + 1);
        let mass: Vec<f32> = group
            .clone()
            .map(|i| scores[i].exp() * if rows[i].meets.is_empty() { THIN as f32 } else { 1.0 })
            .collect();
        let total: f32 = mass.iter().sum();
        let mut of_choice = vec![0.0f32; choices];
        for i in group.clone() {
            rows[i].meets.iter().for_each(|&choice| of_choice[choice] += mass[i - group.start]);
        }
        let met = of_choice.iter().filter(|&&mass| mass > 0.0).count() as f32;
        // A group with many choices tells more, but not as much more as it has choices.
        let scale = SCALE * met.sqrt() / met.max(1.0);
        for i in group.clone() {
            let p = mass[i - group.start] / total;
            let wanted: f32 =
                rows[i].meets.iter().map(|&choice| mass[i - group.start] / of_choice[choice]).sum();
            slopes[i] = (scale * (wanted - met * p), scale * met * p * (1.0 - p));
        }
    }
    slopes
}

/// Brings curvatures to the size that leaf weights are given in.
const SCALE: f32 = 10.0;

/// A threshold as it is printed: rounded up, so that a value it was taken from stays below it.
fn printed(cut: &f32) -> f32 {
    (cut * 1e3).ceil() / 1e3
}

/// Where a feature may be cut: up to `BINS` quantiles, halfway between values.
fn cuts(rows: &[&Row], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row.features[feature]).collect();
    values.sort_unstable_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= BINS {
        return distinct.windows(2).map(|pair| printed(&((pair[0] + pair[1]) / 2.0))).collect();
    }
    let mut cuts: Vec<f32> = (1..BINS).map(|i| values[i * values.len() / BINS]).collect();
    cuts.dedup();
    cuts.iter().map(printed).collect()
}

fn grow(binned: &[Vec<u8>], cuts: &[Vec<f32>], slopes: &[(f32, f32)], settings: &Settings) -> Tree {
    let inner = (1usize << settings.depth) - 1;
    let mut splits = vec![(0u8, f32::INFINITY); inner];
    let mut at = vec![0usize; binned.len()];
    for node in 0..inner {
        let members: Vec<usize> = (0..binned.len()).filter(|&i| at[i] == node).collect();
        let split = best_split(&members, binned, cuts, slopes, settings);
        if let Some((feature, bin)) = split {
            splits[node] = (feature as u8, cuts[feature][bin]);
        }
        for &i in &members {
            let right = split.is_some_and(|(feature, bin)| usize::from(binned[i][feature]) > bin);
            at[i] = 2 * node + if right { 2 } else { 1 };
        }
    }
    let mut sums = vec![(0.0f32, 0.0f32); inner + 1];
    for (i, &node) in at.iter().enumerate() {
        sums[node - inner].0 += slopes[i].0;
        sums[node - inner].1 += slopes[i].1;
    }
    let leaves = sums
        .iter()
        .map(|&(gradient, curvature)| settings.rate * gradient / (curvature + settings.ridge))
        .collect();
    Tree { splits, leaves }
}

fn best_split(
    members: &[usize],
    binned: &[Vec<u8>],
    cuts: &[Vec<f32>],
    slopes: &[(f32, f32)],
    settings: &Settings,
) -> Option<(usize, usize)> {
    let total = members.iter().fold((0.0, 0.0), |sum, &i| (sum.0 + slopes[i].0, sum.1 + slopes[i].1));
    let worth = |(gradient, curvature): (f32, f32)| gradient * gradient / (curvature + settings.ridge);
    let mut best: Option<(f32, usize, usize)> = None;
    for feature in 0..cuts.len() {
        let mut bins = vec![(0.0f32, 0.0f32); cuts[feature].len() + 1];
        for &i in members {
            let bin = &mut bins[usize::from(binned[i][feature])];
            bin.0 += slopes[i].0;
            bin.1 += slopes[i].1;
        }
        let mut left = (0.0, 0.0);
        for bin in 0..cuts[feature].len() {
            left = (left.0 + bins[bin].0, left.1 + bins[bin].1);
            let right = (total.0 - left.0, total.1 - left.1);
            if left.1 < settings.leaf * 0.25 || right.1 < settings.leaf * 0.25 {
                continue;
            }
            let gain = worth(left) + worth(right) - worth(total);
            if gain > 1e-3 && best.is_none_or(|(other, _, _)| gain > other) {
                best = Some((gain, feature, bin));
            }
        }
    }
    best.map(|(_, feature, bin)| (feature, bin))
}
