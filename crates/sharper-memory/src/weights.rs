//! The weights of FSRS: 21 numbers that say how a student's memory grows and fades.

use serde::{Deserialize, Serialize};

/// The weights of FSRS-6 of one student. In JSON a plain array of 21 numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<f32>", into = "Vec<f32>")]
pub struct Weights([f32; 21]);

impl Weights {
    /// Weights that were stored: 21 numbers of FSRS-6, or 17 or 19 of the versions before it, which are carried over.
    /// None when they are of another number, or one of them is not finite.
    pub fn from_stored(stored: &[f32]) -> Option<Self> {
        if stored.is_empty() {
            return None;
        }
        let filled = fsrs::check_and_fill_parameters(stored).ok()?;
        filled.try_into().ok().map(Self)
    }

    /// The numbers, to be stored.
    pub fn as_slice(&self) -> &[f32] {
        &self.0
    }
}

impl Default for Weights {
    /// Those of the average student: fitted by the authors of FSRS to several hundred million reviews.
    fn default() -> Self {
        Self(fsrs::DEFAULT_PARAMETERS)
    }
}

impl From<Weights> for Vec<f32> {
    fn from(weights: Weights) -> Self {
        weights.0.to_vec()
    }
}

impl TryFrom<Vec<f32>> for Weights {
    type Error = &'static str;

    fn try_from(stored: Vec<f32>) -> Result<Self, Self::Error> {
        Self::from_stored(&stored).ok_or("weights of FSRS are 21 (or 19, or 17) finite numbers")
    }
}

#[cfg(test)]
mod tests {
    use super::Weights;

    #[test]
    fn weights_are_a_plain_array_in_json() {
        let json = serde_json::to_string(&Weights::default()).unwrap();
        assert!(json.starts_with("[0.212,1.2931,"), "{json}");
        assert_eq!(serde_json::from_str::<Weights>(&json).unwrap(), Weights::default());
    }

    #[test]
    fn weights_of_older_versions_are_carried_over_and_wrong_ones_are_none() {
        let check = |stored: &[f32], good: bool| {
            assert_eq!(Weights::from_stored(stored).is_some(), good, "{stored:?}");
        };
        check(&[], false);
        check(&[1.0; 20], false);
        check(&[1.0; 22], false);
        check(&[1.0; 17], true);
        check(&[1.0; 19], true);
        check(&[1.0; 21], true);
        check(&[f32::NAN; 21], false);
        check(&[f32::INFINITY; 21], false);
        assert!(serde_json::from_str::<Weights>("[1, 2]").is_err());
    }
}
