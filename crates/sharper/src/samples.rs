//! The texts that the page offers to try with: freely licensed, compiled in. `samples/SOURCES.md` says whose.

use sharper_web::Sample;

/// All of them, the first to be tried first.
pub(crate) fn all() -> Vec<Sample> {
    vec![
        Sample {
            id: "immune-disruptions",
            title: "Disruptions in the Immune System",
            attribution: "OpenStax, Biology, 1st edition, Rice University · CC BY 3.0 · prose only",
            text: include_str!("../../../samples/immune-disruptions.md"),
        },
        Sample {
            id: "measuring-money",
            title: "Measuring Money: Currency, M1, and M2",
            attribution: "OpenStax, Principles of Economics, 3rd edition, Rice University · CC BY 4.0 · prose only",
            text: include_str!("../../../samples/measuring-money.md"),
        },
        Sample {
            id: "common-sense",
            title: "Common Sense: From Monarchy to an American Republic",
            attribution: "OpenStax, U.S. History, Rice University · CC BY 4.0 · prose only",
            text: include_str!("../../../samples/common-sense.md"),
        },
    ]
}
