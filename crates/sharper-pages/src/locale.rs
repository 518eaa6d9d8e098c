//! The six languages of the interface, and their messages (Fluent files under `locales/`).

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the interface. Notes and cards may be in any language; this is only for our own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English, and what is used when nothing else fits.
    #[default]
    En,
    /// Spanish.
    Es,
    /// German.
    De,
    /// French.
    Fr,
    /// Chinese, simplified.
    Zh,
    /// Arabic, written from right to left.
    Ar,
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 6]> = LazyLock::new(|| Locale::ALL.map(Locale::bundle));

impl Locale {
    /// All of them, in the order of their declaration.
    pub const ALL: [Locale; 6] = [Locale::En, Locale::Es, Locale::De, Locale::Fr, Locale::Zh, Locale::Ar];

    /// The language tag (BCP 47), for `lang=`.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Es => "es",
            Locale::De => "de",
            Locale::Fr => "fr",
            Locale::Zh => "zh",
            Locale::Ar => "ar",
        }
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::En => "English",
            Locale::Es => "Español",
            Locale::De => "Deutsch",
            Locale::Fr => "Français",
            Locale::Zh => "中文",
            Locale::Ar => "العربية",
        }
    }

    /// The direction of its script, for `dir=`.
    pub fn dir(self) -> &'static str {
        if self == Locale::Ar { "rtl" } else { "ltr" }
    }

    /// The language of a tag, whatever the region: `de-AT` is German.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?.trim();
        Locale::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// The language that a browser likes best (RFC 9110, `Accept-Language`) among ours; English when none fits.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (0, Locale::default());
        for choice in accept_language.split(',') {
            let mut parts = choice.split(';');
            let Some(locale) = parts.next().and_then(|tag| Locale::from_tag(tag.trim())) else { continue };
            let weight =
                parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
            // Thousandths are the finest step that the standard allows.
            let weight = (weight.unwrap_or(0.0_f32).clamp(0.0, 1.0) * 1000.0) as u32;
            if weight > best.0 {
                best = (weight, locale);
            }
        }
        best.1
    }

    /// The message `key`. A key that does not exist (a test forbids it) shows itself in angle brackets.
    pub fn t(self, key: &str) -> Cow<'static, str> {
        self.message(key, None)
    }

    /// The message `key` with `$count`, by which it may choose singular or plural.
    pub fn n(self, key: &str, count: impl Into<FluentValue<'static>>) -> Cow<'static, str> {
        self.with(key, &[("count", count.into())])
    }

    /// The message `key` with its placeables filled.
    pub fn with(self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> Cow<'static, str> {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.message(key, Some(&args))
    }

    fn message(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let bundle = &BUNDLES[self as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return Cow::Owned(format!("⟨{key}⟩"));
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut faults);
        debug_assert!(faults.is_empty(), "{key} in {}: {faults:?}", self.tag());
        Cow::Owned(text.into_owned())
    }

    /// Its message files: what students see, their library, people and their settings, the tutor and how things are made,
    /// attempts at quizzes and exams, administration.
    fn sources(self) -> [&'static str; 7] {
        macro_rules! files {
            ($tag:literal) => {
                [
                    include_str!(concat!("../locales/", $tag, "/pages.ftl")),
                    include_str!(concat!("../locales/", $tag, "/library.ftl")),
                    include_str!(concat!("../locales/", $tag, "/people.ftl")),
                    include_str!(concat!("../locales/", $tag, "/talk.ftl")),
                    include_str!(concat!("../locales/", $tag, "/attempts.ftl")),
                    include_str!(concat!("../locales/", $tag, "/studying.ftl")),
                    include_str!(concat!("../locales/", $tag, "/admin.ftl")),
                ]
            };
        }
        match self {
            Locale::En => files!("en"),
            Locale::Es => files!("es"),
            Locale::De => files!("de"),
            Locale::Fr => files!("fr"),
            Locale::Zh => files!("zh"),
            Locale::Ar => files!("ar"),
        }
    }

    fn bundle(self) -> Bundle {
        let tag = self.tag().parse().expect("our tags are language tags");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Only right-to-left text needs the invisible marks that keep a foreign name from turning its sentence.
        bundle.set_use_isolating(self == Locale::Ar);
        for source in self.sources() {
            let resource = match FluentResource::try_new(source.to_owned()) {
                Ok(resource) => resource,
                // A test reads every file, so that a broken one is never shipped; what can be read is used.
                Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        bundle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_the_browser_likes_best_is_chosen() {
        let check = |header: &str, wanted: Locale| assert_eq!(Locale::negotiate(header), wanted, "{header}");
        check("", Locale::En);
        check("de-AT,de;q=0.9,en;q=0.8", Locale::De);
        check("pl,fr;q=0.5,es;q=0.7", Locale::Es);
        check("pt-BR, *;q=0.1", Locale::En);
        check("en;q=0.1, zh-Hant-TW;q=0.2", Locale::Zh);
        check("fr,de", Locale::Fr);
        check("ar;q=0, fr;q=0.3", Locale::Fr);
        check("de;q=nonsense, fr;q=0.001", Locale::Fr);
    }

    #[test]
    fn plurals_follow_the_language() {
        assert_eq!(Locale::En.n("cards-count", 1), "1 card");
        assert_eq!(Locale::En.n("cards-count", 0), "0 cards");
        assert_eq!(Locale::De.n("cards-count", 2), "2 Karten");
    }

    #[test]
    fn an_unknown_key_shows_itself() {
        assert_eq!(Locale::Fr.t("no-such-key"), "⟨no-such-key⟩");
    }
}
