//! Extracting: what a sentence says that is worth asking, as stretches of its words.

mod apposition;
mod aside;
mod context;
mod definition;
mod facts;
mod naming;
mod terms;

use std::ops::Range;

use crate::grammar::{Clause, Line};

pub(crate) use context::{context, line_cues};
pub(crate) use terms::{TermKey, TermTable, TermUse, term_key};

/// Something worth asking, in word indices of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding {
    /// "X is a Y that …", "X refers to Y".
    Definition {
        /// X.
        term: Range<usize>,
        /// The verb between them.
        verb: usize,
        /// Y and all that follows.
        meaning: Range<usize>,
    },
    /// "D is called X": the description comes first.
    Naming {
        /// D, where it stands in the sentence and says enough.
        description: Range<usize>,
        /// The form of be, when there is one.
        verb: usize,
        /// X.
        term: Range<usize>,
    },
    /// "a D, called X, which …".
    Inserted {
        /// D.
        thing: Range<usize>,
        /// X.
        term: Range<usize>,
        /// What follows and still says what X is; may be empty.
        more: Range<usize>,
    },
    /// "X, a Y that …,".
    Apposition {
        /// X.
        term: Range<usize>,
        /// Y.
        meaning: Range<usize>,
    },
    /// "X (a Y that …)".
    Aside {
        /// X.
        term: Range<usize>,
        /// What the brackets say.
        meaning: String,
    },
    /// "Grand Unified Theory (GUT)".
    Initials {
        /// The long form.
        long: Range<usize>,
        /// The short form.
        short: String,
    },
    /// "X, or Y,": two names of one thing.
    Synonym {
        /// The first name.
        first: Range<usize>,
        /// The second.
        second: Range<usize>,
    },
    /// A date at the edge of a clause.
    When {
        /// The clause.
        clause: Clause,
        /// The date with its preposition.
        date: Range<usize>,
        /// The clause's rest without the date.
        rest: Range<usize>,
    },
    /// "S because R".
    Why {
        /// The clause before the reason.
        clause: Clause,
        /// The clause's rest without the reason.
        rest: Range<usize>,
        /// The reason, its conjunction included.
        reason: Range<usize>,
    },
    /// "S has four chambers", "There are 20 amino acids in …".
    HowMany {
        /// The clause, whose rest begins with a number.
        clause: Clause,
        /// The number.
        number: Range<usize>,
        /// What is counted.
        counted: Range<usize>,
    },
    /// A plain clause: who or what does what.
    Fact {
        /// The clause.
        clause: Clause,
    },
}

/// "…, X, which does Y": what relative clauses say of the noun phrase before them.
fn relatives<'l>(line: &'l Line<'_>) -> impl Iterator<Item = Clause> + 'l {
    (2..line.len()).filter(|&i| line.is(i, &["which"]) && line.is(i - 1, &[","])).filter_map(|i| {
        let subject = apposition::term_before(line, i - 1)?;
        crate::grammar::clause_after(line, subject, i + 1)
    })
}

/// Everything a line says that is worth asking, the most telling first.
pub(crate) fn findings(line: &Line<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    naming::find(line, &mut found);
    let clause = crate::grammar::clause(line);
    if let Some(clause) = &clause {
        found.extend(definition::find(line, clause));
    }
    apposition::find(line, &mut found);
    aside::find(line, &mut found);
    if let Some(clause) = clause {
        facts::find(line, clause, &mut found);
    }
    found.extend(relatives(line).map(|clause| Finding::Fact { clause }));
    found
}
