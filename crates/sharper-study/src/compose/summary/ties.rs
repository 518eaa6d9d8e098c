//! Words that tie a sentence to what stands around it: in the text, on the page, in the talk with a reader.

/// Openings that only tie a sentence to the one before, in lower case, as they stand before a comma.
#[rustfmt::skip]
pub(super) const TIES: &[&str] = &[
    "accordingly", "additionally", "also", "as a consequence", "as a result", "besides", "by contrast",
    "clearly", "consequently", "fifth", "finally", "first", "for example", "for instance", "for these reasons",
    "for this reason", "fortunately", "fourth", "furthermore", "generally", "hence", "however", "importantly",
    "in addition", "in conclusion", "in contrast", "in essence", "in fact", "in general",
    "in other words", "in particular", "in short", "in summary", "in turn", "indeed", "interestingly",
    "likewise", "more recently", "moreover", "nevertheless", "nonetheless", "not surprisingly",
    "obviously", "of course", "on the one hand", "on the other hand", "overall", "put simply", "second",
    "similarly", "simply put", "still", "surprisingly", "that is", "then", "therefore", "third", "thus",
    "to summarize", "unfortunately",
];

/// Ties that say that an example follows.
#[rustfmt::skip]
pub(super) const EXAMPLES: &[&str] = &[
    "for example", "for instance",
];

/// Ties that are cut out between two commas, or between a comma and the stop.
#[rustfmt::skip]
pub(super) const INNER_TIES: &[&str] = &[
    "however", "therefore", "for example", "for instance", "in fact", "of course", "in turn", "then",
    "thus", "moreover", "indeed",
];

/// Words at the beginning of a sentence that are nothing without the sentence before.
#[rustfmt::skip]
pub(super) const DANGLING: &[&str] = &[
    "afterward", "afterwards", "again", "another", "ask", "both", "ce", "ceci", "cela", "ces", "cet",
    "cette", "click", "consider", "conversely", "dies", "diese", "dieser", "dieses", "each", "either",
    "elle", "elles", "ello", "er", "es", "esta", "estas", "este", "esto", "estos", "he", "her", "here",
    "his", "how", "il", "ils", "imagine", "instead", "it", "its", "later", "let's", "look", "meanwhile",
    "neither", "next", "no", "none", "nor", "note", "notice", "other", "others", "otherwise", "perhaps",
    "rather", "recall", "remember", "see", "she", "sie", "similar", "so", "such", "suppose", "that",
    "their", "them", "then", "these", "they", "think", "this", "those", "try", "visit", "watch", "what",
    "where", "which", "who", "why", "yes",
];

/// Two words at the beginning that point back.
#[rustfmt::skip]
pub(super) const POINTING: &[&str] = &[
    "a second", "a similar", "a third", "after this", "as discussed", "as mentioned", "as noted",
    "as shown", "as we", "as you", "at this", "because of", "because this", "by this", "during this", "if so",
    "even so", "for this", "from this", "in both", "in each", "in either", "in other", "in that", "in these", "in this", "many other", "more on",
    "of these", "one such", "some other", "the above", "the alteration", "the answer", "the following",
    "the fifth", "the former", "the fourth", "the latter", "the other", "the previous", "the reason", "the result", "the same", "the second",
    "the third", "through this", "to this", "under this", "with this",
];

/// Words of the page around the text, and of the talk between a book and its reader.
#[rustfmt::skip]
pub(super) const PAGE: &[&str] = &[
    "above", "accessed", "aforementioned", "appendix", "below", "chapter", "chapters", "click", "earlier",
    "exercise", "exercises", "fig", "figure", "figures", "following", "follows", "http", "https", "i",
    "let's", "me", "module", "my", "our", "ourselves", "shown", "table", "us", "video", "we", "website",
    "www", "you", "your", "yours", "yourself",
];
