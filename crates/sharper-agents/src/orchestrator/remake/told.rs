//! What a job that wrote items anew says at its end.

use std::time::Instant;

use sharper_domain::outcome::{Content, PHASE, StaysStale};
use sharper_domain::{Item, Metadata, Outcome};

use super::Maker;
use crate::validation::validation;

impl Maker<'_> {
    pub(super) fn outcome(&self, remade: &[Item], stays: Vec<StaysStale>, clock: Instant) -> Outcome {
        let asked = u32::try_from(remade.len() + stays.len()).ok();
        let validation = validation(remade, asked, 1, &self.tally);
        let scores = [validation.safety_score, validation.quality_score, validation.accuracy_score];
        let making = &self.making;
        let model_used = if making.model_used.is_empty() {
            crate::recorder::OFFLINE.to_owned()
        } else {
            making.model_used.clone()
        };
        let gone = stays.iter().filter(|one| one.gone).count();
        let mut message = match remade.len() {
            1 => "1 item was written anew in its place.".to_owned(),
            count => format!("{count} items were written anew in their places."),
        };
        if gone > 0 {
            message.push_str(&format!(" The passages of {gone} were deleted: keep or delete them."));
        }
        if stays.len() > gone {
            message.push_str(&format!(
                " {} stay as they were: nothing new passed the checks.",
                stays.len() - gone
            ));
        }
        let metadata = Metadata {
            execution_time_ms: u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX),
            tokens_used: making.tokens_used,
            model_used: model_used.clone(),
            confidence_score: (scores.iter().sum::<f64>() / 3.0 * 1000.0).round() / 1000.0,
            model_calls: making.model_calls,
            cost_usd: making.cost_usd,
            cost_per_item_usd: making.cost_usd.map(|cost| cost / remade.len().max(1) as f64),
            degraded: self.degraded.clone(),
            defaults: Vec::new(),
        };
        Outcome {
            success: true,
            intent: self.task.request.kind,
            data: Content::Remade {
                note_id: self.note.id,
                remade: remade.to_vec(),
                stays,
                tokens_used: making.tokens_used,
                model_used,
            },
            validation,
            metadata,
            user_id: self.task.user_id.clone(),
            session_id: self.task.session_id.clone(),
            phase: PHASE,
            message,
        }
    }
}
