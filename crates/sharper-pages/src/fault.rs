//! Why an item was left out, in the words of the page.

use sharper_domain::Fault;

/// The faults, and the messages that say them.
pub(crate) const FAULTS: [(Fault, &str); 18] = [
    (Fault::MissingField, "fault-missing-field"),
    (Fault::TooLong, "fault-too-long"),
    (Fault::AnswerInQuestion, "fault-answer-in-question"),
    (Fault::RepeatedOption, "fault-repeated-option"),
    (Fault::NotOneKey, "fault-not-one-key"),
    (Fault::WrongLanguage, "fault-wrong-language"),
    (Fault::NotProse, "fault-not-prose"),
    (Fault::DanglingReference, "fault-dangling-reference"),
    (Fault::QuoteNotFound, "fault-quote-not-found"),
    (Fault::NumberDiffers, "fault-number-differs"),
    (Fault::NameDiffers, "fault-name-differs"),
    (Fault::NegationDiffers, "fault-negation-differs"),
    (Fault::Unsupported, "fault-unsupported"),
    (Fault::Duplicate, "fault-duplicate"),
    (Fault::AlreadyKnown, "fault-already-known"),
    (Fault::Unsafe, "fault-unsafe"),
    (Fault::LowQuality, "fault-low-quality"),
    (Fault::LowAccuracy, "fault-low-accuracy"),
];

/// The word of the wire, by which a script finds the message.
pub(crate) fn word(fault: Fault) -> String {
    serde_json::to_value(fault).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The message key of a fault.
pub(crate) fn key(fault: Fault) -> &'static str {
    FAULTS.iter().find(|(known, _)| *known == fault).map_or("fault-low-quality", |(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_a_message_of_its_own() {
        for (fault, wanted) in FAULTS {
            assert_eq!(key(fault), wanted);
            assert_eq!(format!("fault-{}", word(fault).replace('_', "-")), wanted);
        }
    }

    #[test]
    fn the_english_messages_of_the_faults_are_the_words_of_the_domain() {
        for (fault, key) in FAULTS {
            assert_eq!(crate::Locale::En.t(key), fault.reason());
        }
    }
}
