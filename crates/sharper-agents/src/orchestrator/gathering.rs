//! Gathering: lets the context agents look, fills in what the request leaves open, and finds what answers it already.

use std::sync::Arc;
use std::time::Duration;

use sharper_domain::{Material, Problem, Stage, TaskKind};

use super::answer::fingerprint;
use super::drive::Drive;
use super::plan::Seen;
use super::words;
use crate::context::defaults::{Situation, infer};
use crate::context::{Gathered, Gatherer, Needs, Retrieved};
use crate::recorder::OFFLINE;

impl Drive<'_> {
    pub(super) async fn gather(&mut self) -> Result<Seen, Problem> {
        self.progress(Stage::Gather, "rag_agent", "Reading your notes...").await;
        if let Some(text) = self.given.take() {
            self.gathered = Arc::new(Gathered { texts: vec![text], looked_at: 1, ..Gathered::default() });
            return Ok(Seen::Gathered { bytes: self.gathered.bytes(), answered: false });
        }
        if self.task.before.last_number > 0
            && let Some(calls) = &self.calls
        {
            calls.resume().await;
            self.resumed_tokens = calls.bill().tokens;
            self.recorded_tokens = self.resumed_tokens;
        }
        let (agents, part) = (self.agents, self.part.clone());
        let gatherer = Gatherer {
            store: &agents.store,
            clock: &*agents.clock,
            recorder: &agents.recorder,
            part: &part,
            limit: Duration::from_millis(agents.settings.context_ms),
            caches: &agents.caches,
            settings: &agents.settings.context,
        };
        let needs = Needs {
            kind: self.kind,
            user: &self.task.user_id,
            session: &self.task.session_id,
            notes: &self.task.notes,
            known: self.agents.settings.known_cards,
            fresh: self.task.request.fresh,
            vague: self.task.request.kind == TaskKind::Chat,
            model: self.model.is_some(),
        };
        let mut gathered = gatherer.gather(&needs).await?;
        if self.kind == TaskKind::Chat {
            gathered = self.look_up(&gatherer, gathered).await?;
        } else {
            gathered = self.fill_in(gathered).await?;
            if self.unclear.is_some() {
                return Ok(Seen::Unclear);
            }
            let author = self.author_name();
            self.fingerprint =
                fingerprint(self.kind, &self.request, &author, &gathered.texts, self.agents.clock.now());
        }
        gathered.answered = self.answered(&gatherer).await;
        let (bytes, answered) = (gathered.bytes(), gathered.answered.is_some());
        self.gathered = Arc::new(gathered);
        Ok(Seen::Gathered { bytes, answered })
    }

    /// What answers the request already. A job that was interrupted goes on with what it had begun: giving an answer
    /// again, or making its own.
    async fn answered(&self, gatherer: &Gatherer<'_>) -> Option<Material> {
        if !self.task.before.accepted.is_empty() {
            let (user, kind) = (self.task.user_id.clone(), self.kind);
            return self.agents.store.material(user, kind, self.id).await.ok();
        }
        if self.task.request.fresh || self.kind == TaskKind::Chat {
            return None;
        }
        let found = gatherer.answered(&self.task.user_id, self.kind, &self.fingerprint).await;
        // All of it was turned down since: that answers nothing any more.
        found.filter(|made| !made.items().is_empty())
    }

    /// Fills in what the request leaves open. A job that goes on after an interruption asks nothing any more.
    async fn fill_in(&mut self, gathered: Gathered) -> Result<Gathered, Problem> {
        let (request, kind) = (self.task.request.clone(), self.kind);
        let sources_given = !self.task.notes.is_empty() || self.task.before.last_number > 0;
        let (mut gathered, decision) = self
            .agents
            .desk(move || {
                let decision = infer(&Situation {
                    request: &request,
                    kind,
                    sources_given,
                    texts: &gathered.texts,
                    profile: &gathered.profile,
                    progress: &gathered.progress,
                });
                (gathered, decision)
            })
            .await?;
        if let Some(only) = &decision.only {
            let mut place = 0..;
            gathered.texts.retain(|_| place.next().is_some_and(|place| only.contains(&place)));
        }
        self.request = decision.request;
        self.inferred = decision.inferred;
        self.unclear = decision.unclear;
        Ok(gathered)
    }

    /// Keeps of the notes what the tutor's question is about.
    async fn look_up(&self, gatherer: &Gatherer<'_>, mut gathered: Gathered) -> Result<Gathered, Problem> {
        let earlier = gathered.earlier.as_deref().unwrap_or_default();
        gathered.question = words::question(&self.task.request.message, &gathered.conversation, earlier);
        let (user, notes) = (&self.task.user_id, &self.task.notes);
        let look = Retrieved::look_up(self.agents, user, notes, &gathered.question);
        let found = gatherer.look_up(look).await?;
        let looked_at = u32::try_from(found.looked_at).unwrap_or(u32::MAX);
        Ok(Gathered { texts: found.texts, passages: found.passages, looked_at, ..gathered })
    }

    /// Who is to write, as a fingerprint names it.
    fn author_name(&self) -> String {
        let Some(desk) = self.agents.model.as_ref().filter(|_| self.model.is_some()) else {
            return OFFLINE.to_owned();
        };
        let usual = desk.name_for(crate::tasks::model::task(self.kind));
        match &self.task.trial {
            Some(trial) => trial.variant().author(usual),
            None => usual,
        }
    }
}
