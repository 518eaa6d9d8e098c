//! `GET /analyses/{id}`: what is strong, missing, contradictory or unclear in notes, and what to study next.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{Finding, FindingKind, TaskKind};

use crate::Frame;
use crate::item::finding_key;
use crate::kind::Heading;

/// The page of a note analysis.
#[derive(Debug, Clone, Template)]
#[template(path = "analysis.html")]
pub struct AnalysisPage {
    /// What is around it.
    pub frame: Frame,
    /// Title, author and age.
    pub heading: Heading,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl AnalysisPage {
    fn name(&self) -> Cow<'_, str> {
        self.heading.name(&self.frame, TaskKind::NoteAnalysis)
    }

    fn line(&self) -> String {
        self.heading.line(&self.frame, TaskKind::NoteAnalysis)
    }

    /// The findings by kind, in the order in which they are told; kinds of which there is none are left out.
    fn groups(&self) -> Vec<(FindingKind, Cow<'static, str>, Vec<&Finding>)> {
        let of = |kind| self.findings.iter().filter(|finding| finding.kind == kind).collect::<Vec<_>>();
        let group = |kind| (kind, self.frame.t(finding_key(kind)), of(kind));
        FindingKind::ALL.into_iter().map(group).filter(|(_, _, found)| !found.is_empty()).collect()
    }

    /// A finding has its quotes in the open where they are what it is about, folded where they only bear it out.
    fn shows_quotes(&self, kind: &FindingKind) -> bool {
        matches!(kind, FindingKind::Contradiction | FindingKind::Unclear)
    }
}
