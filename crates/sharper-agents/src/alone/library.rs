//! The agents that look things up: the notes on a question, what the student has, and how learning goes.

use serde_json::{Value, json};
use sharper_domain::{Problem, UserId};

use super::{Found, rounded};
use crate::context::progress::Progress;
use crate::{Agents, Search, problem_of};

/// Sets that a profile and a progress name.
const SETS: u32 = 10;
/// Seconds of a day.
const DAY: u64 = 86_400;

impl Agents {
    /// The user's notes that say most about `query`.
    pub(super) async fn search(&self, user: &UserId, query: String, top_k: usize) -> Result<Found, Problem> {
        let search = Search { once_per_note: true, ..Search::new(query, top_k) };
        let found = self.find(user, &search).await?;
        let of_note = |passage: &crate::FoundPassage| {
            let note = &found.notes[passage.note];
            json!({"id": note.id, "title": note.title, "content": note.content, "score": rounded(f64::from(passage.score)),
                "passage": {"start": passage.span.start, "end": passage.span.end, "path": passage.path,
                    "page": passage.anchor.as_ref().map(|anchor| &anchor.label)}})
        };
        let list: Vec<Value> = found.passages.iter().map(of_note).collect();
        let counts = json!({"looked_at": found.searched, "notes": list.len()});
        let confidence = found.passages.first().map_or(0.0, |passage| f64::from(passage.score));
        let data = json!({"query": search.text, "notes_found": list.len(), "notes_searched": found.searched, "notes": list});
        Ok(Found::plain(data, confidence, counts))
    }

    /// What the student has here.
    pub(super) async fn profile(&self, user: &UserId) -> Result<Found, Problem> {
        let (notes, folders, content, newest, sets) = tokio::try_join!(
            self.store.count_notes(user.clone()),
            self.store.folders(user.clone()),
            self.store.content_stats(user.clone()),
            self.store.recent_notes(user.clone(), 1),
            self.store.recent_sets(user.clone(), SETS),
        )
        .map_err(problem_of)?;
        let last_active = newest.iter().map(|note| note.updated_at);
        let last_active = last_active.chain(sets.iter().map(|set| set.touched_at)).max();
        let counts = json!({"notes": notes, "flashcards": content.flashcards});
        let profile = self.caches.profile(&self.store, user).await.map_err(problem_of)?;
        let data = json!({
            "preferences": profile.chosen,
            "learned": profile.learned,
            "effective": profile.effective,
            "user_id": user,
            "notes": notes,
            "folders": folders.len(),
            "flashcards": content.flashcards,
            "quizzes": content.quizzes,
            "exams": content.exams,
            "summaries": content.summaries,
            "last_active_at": last_active,
            "recent_topics": sets.iter().map(|set| set.title.as_str()).collect::<Vec<_>>(),
        });
        Ok(Found::plain(data, 1.0, counts))
    }

    /// What the student learned in the last `days_back` days.
    pub(super) async fn progress(&self, user: &UserId, days_back: u32) -> Result<Found, Problem> {
        let days = std::time::Duration::from_secs(u64::from(days_back) * DAY);
        let since = self.clock.now() - days;
        let (done, sets) = tokio::try_join!(
            self.store.reviews_since(user.clone(), since),
            self.store.recent_sets(user.clone(), SETS),
        )
        .map_err(problem_of)?;
        let profile = self.caches.profile(&self.store, user).await.map_err(problem_of)?;
        let now = self.clock.now();
        let standing = self.caches.standing(&self.store, user, now).await.map_err(problem_of)?;
        let going = Progress::of(&standing, now, &profile.chosen.zone());
        let [again, hard, good, easy] = done.grades;
        let reviews: u64 = done.grades.iter().sum();
        let remembered = hard + good + easy;
        let share = (reviews > 0).then(|| rounded(remembered as f64 / reviews as f64));
        let set = |set: &sharper_store::flashcards::RecentSet| {
            json!({"id": set.id, "title": set.title, "cards": set.cards, "studied": set.studied,
                "touched_at": set.touched_at})
        };
        let data = json!({
            "user_id": user,
            "days_back": days_back,
            "since": since,
            "reviews": reviews,
            "cards_reviewed": done.cards,
            "remembered": remembered,
            "retention": share,
            "study_time_ms": done.took_ms,
            "cards_studied": going.cards_studied,
            "cards_new": going.cards_new,
            "reviews_total": going.reviews_total,
            "accuracy": going.accuracy,
            "weak_topics": going.weak_topics,
            "streak": going.streak,
            "due": going.due,
            "grades": {"again": again, "hard": hard, "good": good, "easy": easy},
            "sets": sets.iter().map(set).collect::<Vec<_>>(),
        });
        Ok(Found::plain(data, 1.0, json!({"reviews": reviews})))
    }
}
