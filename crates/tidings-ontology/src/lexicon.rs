//! Words of saying, of doubt, light verbs, and words that show a context: `data/coding/{speech,effects,light_verbs,contexts}.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Read, TableError, line_of};
use crate::ontology::Ontology;

/// What a word does to the certainty of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The status it gives.
    pub status: Option<String>,
    /// attempted or failed.
    pub completion: Option<String>,
}

/// How a verb of saying presents what is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saying {
    /// As true.
    pub factive: bool,
    /// As not so.
    pub denies: bool,
    /// As a claim of which the outlet keeps its distance.
    pub alleges: bool,
}

/// Effects by lemma and part of speech: on an act in a clause below (`true`), in a noun phrase (`false`), or on both.
type Governors = BTreeMap<(String, String), Vec<(Option<bool>, Effect)>>;

/// The word lists inside the program.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    status_words: BTreeMap<String, Effect>,
    governors: Governors,
    markers: BTreeMap<String, Effect>,
    sayings: BTreeMap<String, Saying>,
    light: BTreeSet<String>,
    contexts: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Effects {
    status_word: Vec<EffectEntry>,
    governor: Vec<EffectEntry>,
    marker: Vec<MarkerEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EffectEntry {
    lemmas: Vec<String>,
    #[serde(default)]
    upos: String,
    clausal: Option<bool>,
    status: Option<String>,
    completion: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkerEntry {
    words: Vec<String>,
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speech {
    plain: Vec<String>,
    factive: Vec<String>,
    alleges: Vec<String>,
    denies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LightVerbs {
    lemmas: Vec<String>,
}

static EMBEDDED: LazyLock<Read<Lexicon>> = LazyLock::new(|| Read::new(Lexicon::parse()));

impl Lexicon {
    /// The lists inside the program.
    pub fn embedded() -> &'static Lexicon {
        &EMBEDDED.table
    }

    pub(crate) fn problem() -> Option<&'static TableError> {
        EMBEDDED.problem.as_ref()
    }

    fn parse() -> Result<Self, TableError> {
        let mut lexicon = Self::default();
        lexicon.add_effects(read("effects.toml", include_str!("../../../data/coding/effects.toml"))?);
        lexicon.add_speech(read("speech.toml", include_str!("../../../data/coding/speech.toml"))?);
        let light: LightVerbs =
            read("light_verbs.toml", include_str!("../../../data/coding/light_verbs.toml"))?;
        lexicon.light = light.lemmas.into_iter().collect();
        lexicon.add_contexts(read("contexts.toml", include_str!("../../../data/coding/contexts.toml"))?)?;
        Ok(lexicon)
    }

    fn add_effects(&mut self, effects: Effects) {
        for entry in effects.status_word {
            for lemma in &entry.lemmas {
                self.status_words.insert(lemma.clone(), entry.effect());
            }
        }
        for entry in effects.governor {
            for lemma in &entry.lemmas {
                self.governors
                    .entry((lemma.clone(), entry.upos.clone()))
                    .or_default()
                    .push((entry.clausal, entry.effect()));
            }
        }
        self.add_markers(effects.marker);
    }

    fn add_markers(&mut self, markers: Vec<MarkerEntry>) {
        for entry in markers {
            let effect = Effect { status: Some(entry.status), completion: None };
            self.markers.extend(entry.words.into_iter().map(|words| (words, effect.clone())));
        }
    }

    fn add_speech(&mut self, speech: Speech) {
        let lists = [
            (speech.plain, Saying::default()),
            (speech.factive, Saying { factive: true, ..Saying::default() }),
            (speech.alleges, Saying { alleges: true, ..Saying::default() }),
            (speech.denies, Saying { denies: true, ..Saying::default() }),
        ];
        for (lemmas, saying) in lists {
            self.sayings.extend(lemmas.into_iter().map(|l| (l, saying)));
        }
    }

    fn add_contexts(&mut self, contexts: BTreeMap<String, Vec<String>>) -> Result<(), TableError> {
        for (context, words) in contexts {
            if !Ontology::plover().has_context(&context) {
                return Err(TableError::new(
                    "contexts.toml",
                    1,
                    format!("PLOVER has no context '{context}'"),
                    "the contexts are those of data/ontology/contexts.tsv",
                ));
            }
            for word in words {
                self.contexts.entry(word).or_default().push(context.clone());
            }
        }
        Ok(())
    }

    /// Words of a user's that show a context, or no longer show it.
    pub(crate) fn set_context(&mut self, word: &str, context: &str, shows: bool) {
        let contexts = self.contexts.entry(word.to_owned()).or_default();
        contexts.retain(|c| c != context);
        if shows {
            contexts.push(context.to_owned());
        }
    }

    /// An adverb or adjective on the word that tells the act: "allegedly", "planned".
    pub fn status_word(&self, lemma: &str) -> Option<&Effect> {
        self.status_words.get(lemma)
    }

    /// A word above it; `clausal` if the act stands in a clause below that word, not in a noun phrase.
    pub fn governor(&self, lemma: &str, upos: &str, clausal: bool) -> Option<&Effect> {
        let entries = self.governors.get(&(lemma.to_owned(), upos.to_owned()))?;
        entries.iter().find(|(wanted, _)| wanted.is_none_or(|w| w == clausal)).map(|(_, effect)| effect)
    }

    /// Words in lower case, joined by a space, that stand before a clause or noun and say how certain it is: "without",
    /// "in the event of". No marker is longer than [`Lexicon::LONGEST_MARKER`] words.
    pub fn marker(&self, words: &str) -> Option<&Effect> {
        self.markers.get(words)
    }

    /// Words of the longest marker.
    pub const LONGEST_MARKER: usize = 5;

    /// Whether the verb says that somebody says something.
    pub fn is_reporting(&self, lemma: &str) -> bool {
        self.sayings.contains_key(lemma)
    }

    /// How the verb of saying presents what is said.
    pub fn reporting(&self, lemma: &str) -> Option<Saying> {
        self.sayings.get(lemma).copied()
    }

    /// Whether the verb only carries the grammar of its event noun.
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Contexts that a lemma, or two neighbouring lemmas joined by a space, show.
    pub fn contexts_of(&self, words: &str) -> &[String] {
        self.contexts.get(words).map_or(&[], Vec::as_slice)
    }
}

impl EffectEntry {
    fn effect(&self) -> Effect {
        Effect { status: self.status.clone(), completion: self.completion.clone() }
    }
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, TableError> {
    toml::from_str(text).map_err(|e| {
        TableError::new(
            file,
            e.span().map_or(1, |s| line_of(text, s.start)),
            e.message(),
            "the comment at the head of the file says what it may hold",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    fn status<'l>(lexicon: &'l Lexicon, lemma: &str, upos: &str, clausal: bool) -> Option<&'l str> {
        lexicon.governor(lemma, upos, clausal)?.status.as_deref()
    }

    #[test]
    fn the_lists_inside_the_program_are_sound() {
        let lexicon = Lexicon::parse().unwrap_or_else(|e| panic!("{e}"));
        assert!(lexicon.is_reporting("say") && lexicon.is_light("hold") && !lexicon.is_light("kill"));
        let known = ["asserted", "alleged", "conditional", "hypothetical", "planned", "denied", "negated"];
        let effects =
            lexicon.status_words.values().chain(lexicon.governors.values().flatten().map(|(_, e)| e));
        let effects = effects.chain(lexicon.markers.values());
        assert!(lexicon.markers.keys().all(|m| m.split(' ').count() <= Lexicon::LONGEST_MARKER));
        assert!(effects.clone().all(|e| e.status.as_ref().is_some_and(|s| known.contains(&s.as_str()))));
        assert!(
            effects
                .clone()
                .all(|e| e.completion.as_deref().is_none_or(|c| c == "attempted" || c == "failed"))
        );
    }

    #[test]
    fn the_same_word_may_act_on_clauses_and_nouns_differently() {
        let lexicon = Lexicon::embedded();
        assert_eq!(status(lexicon, "threaten", "VERB", true), Some("planned"));
        assert_eq!(status(lexicon, "threaten", "VERB", false), Some("hypothetical"));
        assert_eq!(status(lexicon, "deny", "VERB", false), Some("denied"));
        assert_eq!(status(lexicon, "rule out", "VERB", false), Some("negated"));
        assert_eq!(status(lexicon, "dismiss", "VERB", false), None);
        assert_eq!(status(lexicon, "table", "NOUN", true), None);
    }

    #[test]
    fn pairs_of_words_show_contexts_too() {
        assert_eq!(Lexicon::embedded().contexts_of("chemical weapon"), ["cbrn"]);
        assert!(Lexicon::embedded().contexts_of("chair").is_empty());
    }
}
