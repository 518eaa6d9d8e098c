//! Courses in time as SVG, drawn on the server: no script, no style in the markup.

use std::fmt::Write;

/// A small line, to stand in a row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Spark {
    /// The points of the line in a box of 96 × 24.
    pub(crate) points: String,
}

impl Spark {
    /// The line of these values, the oldest first. It stands on nought, and touches the top at its largest value.
    pub fn of(values: &[u64]) -> Self {
        let top = values.iter().copied().max().unwrap_or(0).max(1) as f64;
        let step = 94.0 / (values.len().max(2) - 1) as f64;
        let mut points = String::new();
        for (index, value) in values.iter().enumerate() {
            let (x, y) = (1.0 + index as f64 * step, 22.5 - *value as f64 / top * 21.0);
            // Writing into a text does not fail.
            let _ = write!(points, "{x:.1},{y:.1} ");
        }
        Self { points: points.trim_end().to_owned() }
    }
}

/// Bars side by side in a box of 1000 × 100, each of one or two parts, and a line across where there is a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub(crate) bars: Vec<Bar>,
    /// The height at which the target stands, where it is in the picture.
    pub(crate) target: Option<String>,
    /// The value at the top.
    pub(crate) top: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) y: String,
    pub(crate) height: String,
    pub(crate) bad: bool,
}

const HEIGHT: f64 = 100.0;
const WIDTH: f64 = 1000.0;

impl Chart {
    /// One bar for each pair: what is good stands below, what is bad on top of it.
    pub fn of(values: &[(u64, u64)], target: Option<u64>) -> Self {
        let largest = values.iter().map(|(good, bad)| good + bad).max().unwrap_or(0);
        let top = largest.max(target.filter(|_| largest > 0).map_or(1, |target| target + target / 10));
        let slot = WIDTH / values.len().max(1) as f64;
        let tall = |value: u64| value as f64 / top as f64 * HEIGHT;
        let mut bars = Vec::new();
        for (index, (good, bad)) in values.iter().enumerate() {
            let mut floor = HEIGHT;
            for (value, is_bad) in [(*good, false), (*bad, true)] {
                if value == 0 {
                    continue;
                }
                // What is there at all is seen.
                let height = tall(value).max(2.0).min(floor);
                floor -= height;
                bars.push(Bar {
                    x: format!("{:.1}", index as f64 * slot),
                    width: format!("{:.1}", slot * 0.8),
                    y: format!("{floor:.1}"),
                    height: format!("{height:.1}"),
                    bad: is_bad,
                });
            }
        }
        let target = target.filter(|_| largest > 0).map(|target| format!("{:.1}", HEIGHT - tall(target)));
        Self { bars, target, top: largest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spark_stands_on_nought_and_touches_the_top() {
        assert_eq!(Spark::of(&[0, 5, 10]).points, "1.0,22.5 48.0,12.0 95.0,1.5");
        assert_eq!(Spark::of(&[0, 0]).points, "1.0,22.5 95.0,22.5");
        assert_eq!(Spark::of(&[]).points, "");
    }

    #[test]
    fn what_failed_stands_on_what_succeeded() {
        let chart = Chart::of(&[(8, 2), (0, 0)], None);
        let bars: Vec<_> =
            chart.bars.iter().map(|bar| (bar.y.as_str(), bar.height.as_str(), bar.bad)).collect();
        assert_eq!(bars, [("20.0", "80.0", false), ("0.0", "20.0", true)]);
        assert_eq!((chart.top, chart.target), (10, None));
    }

    #[test]
    fn a_target_above_every_bar_is_in_the_picture() {
        assert_eq!(Chart::of(&[(10, 0)], Some(100)).target.as_deref(), Some("9.1"));
        assert_eq!(
            Chart::of(&[(0, 0)], Some(100)).target,
            None,
            "where nothing ran there is nothing to compare"
        );
    }
}
