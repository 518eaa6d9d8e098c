//! A study session: which card comes next, what is left, what was learned. Pure; the script keeps to the same rules.

use sharper_domain::Grade;

/// One grade that was given in this session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The card.
    pub card_id: String,
    /// How well it was known.
    pub grade: Grade,
}

/// Where a session stands: cards are named by their place in the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What is still to be studied, the next first.
    pub queue: Vec<usize>,
    /// For each card, the grades it got, in order.
    pub grades: Vec<Vec<Grade>>,
}

impl Session {
    /// Plays the reviews of a session, oldest first, over the cards of a set. A card graded `Again` goes to the
    /// end of the queue, another grade takes it out; a review of a card that is not in the set changes nothing.
    pub fn replay<'c>(card_ids: impl IntoIterator<Item = &'c str>, reviews: &[Review]) -> Self {
        let ids: Vec<&str> = card_ids.into_iter().collect();
        let mut session = Self { queue: (0..ids.len()).collect(), grades: vec![Vec::new(); ids.len()] };
        for review in reviews {
            let Some(card) = ids.iter().position(|id| *id == review.card_id) else { continue };
            session.grades[card].push(review.grade);
            session.queue.retain(|waiting| *waiting != card);
            if review.grade == Grade::Again {
                session.queue.push(card);
            }
        }
        session
    }

    /// Cards that are done with.
    pub fn done(&self) -> usize {
        self.grades.len() - self.queue.len()
    }

    /// How many cards got this grade when they were first seen.
    pub fn first_graded(&self, grade: Grade) -> usize {
        self.grades.iter().filter(|grades| grades.first() == Some(&grade)).count()
    }

    /// The cards to look at again: those that were `Again` or `Hard` at any time.
    pub fn to_look_at(&self) -> Vec<usize> {
        let weak = |grades: &Vec<Grade>| grades.iter().any(|grade| *grade <= Grade::Hard);
        (0..self.grades.len()).filter(|card| weak(&self.grades[*card])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(reviews: &[(&str, Grade)]) -> Session {
        let reviews: Vec<Review> =
            reviews.iter().map(|(id, grade)| Review { card_id: (*id).into(), grade: *grade }).collect();
        Session::replay(["a", "b", "c"], &reviews)
    }

    #[test]
    fn cards_come_in_their_order() {
        assert_eq!(after(&[]).queue, [0, 1, 2]);
        assert_eq!(after(&[("a", Grade::Good)]).queue, [1, 2]);
    }

    #[test]
    fn a_card_not_known_comes_back_at_the_end() {
        assert_eq!(after(&[("a", Grade::Again)]).queue, [1, 2, 0]);
        let session =
            after(&[("a", Grade::Again), ("b", Grade::Easy), ("c", Grade::Again), ("a", Grade::Hard)]);
        assert_eq!((session.queue.as_slice(), session.done()), ([2].as_slice(), 2));
    }

    #[test]
    fn what_was_known_counts_by_the_first_grade_and_weak_cards_are_kept_in_sight() {
        let session =
            after(&[("a", Grade::Again), ("b", Grade::Easy), ("c", Grade::Hard), ("a", Grade::Good)]);
        assert_eq!(Grade::ALL.map(|grade| session.first_graded(grade)), [1, 1, 0, 1]);
        assert_eq!(session.to_look_at(), [0, 2]);
    }

    #[test]
    fn a_review_of_a_card_that_left_the_set_changes_nothing() {
        assert_eq!(after(&[("gone", Grade::Good)]), after(&[]));
    }
}
