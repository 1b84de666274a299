//! The trigger tables of `data/coding/triggers`: which word tells which event, and who fills its slots.
//!
//! The format is described in `data/coding/triggers/README.md`. Entries are looked up by lemma and part of speech;
//! the one with the most conditions comes first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use crate::checks::problems;
use crate::error::{Read, TableError, line_of};
use crate::event_type::EventType;

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Pos {
    Verb,
    Noun,
    Adj,
}

/// Conditions of an entry; all must hold. Lists are "any of".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// Lemma of the direct object or passive subject.
    pub object: Vec<String>,
    /// Particle of a phrasal verb.
    pub particle: Vec<String>,
    /// A dependent with this preposition is there.
    pub prep: Vec<String>,
    /// Lemma of the head of a clausal complement.
    pub complement: Vec<String>,
    /// Lemma of a modifier of the trigger or of its object.
    pub modifier: Vec<String>,
    /// Lemma that the object must not have.
    pub not_object: Vec<String>,
    /// Words, lemmas or as written, that stand in this order before the word and belong to it or to what governs it;
    /// each list is "any of", and a blank joins neighbours.
    pub before: Vec<Vec<String>>,
    /// The same behind the word.
    pub after: Vec<Vec<String>>,
    /// Whether there is a clausal complement.
    pub clause: Option<bool>,
    /// Whether the clausal complement is an infinitive ("told B to leave").
    pub infinitive: Option<bool>,
    /// Whether the target slot holds an actor.
    pub actor_target: Option<bool>,
    /// Whether the source slot holds several actors.
    pub several: Option<bool>,
    /// Whether the verb is passive.
    pub passive: Option<bool>,
}

impl When {
    /// How much an entry asks for: the more, the earlier it is tried. A word that must be there says more than a
    /// preposition; exclusions alone do not make an entry more specific.
    pub fn specificity(&self) -> usize {
        let phrase = self.prep.iter().any(|p| p.contains(' '));
        let asked = [
            (self.object.is_empty(), 4),
            (self.complement.is_empty(), 4),
            (self.modifier.is_empty(), 3),
            (self.particle.is_empty(), 3),
            (self.prep.is_empty(), if phrase { 4 } else { 1 }),
        ];
        let around = 3 * (self.before.len() + self.after.len());
        let words: usize = asked.iter().filter(|(empty, _)| !empty).map(|(_, weight)| weight).sum();
        words
            + around
            + [self.clause, self.infinitive, self.actor_target, self.several, self.passive]
                .iter()
                .flatten()
                .count()
    }
}

/// One entry of a trigger table.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Words that behave alike.
    pub lemmas: Vec<String>,
    /// Their part of speech.
    pub pos: Pos,
    /// The event they tell.
    pub event_type: EventType,
    /// Its mode.
    pub mode: Option<String>,
    /// Its CAMEO code.
    pub cameo: Option<String>,
    /// The code as a user's dictionary writes it, whatever its scheme; of "032:033" the second is the act back.
    pub code: Option<String>,
    /// Slots of the one who acts, in order of preference.
    pub source: Vec<String>,
    /// Slots of the one acted upon.
    pub target: Vec<String>,
    /// Slots of whom or what it is about.
    pub about: Vec<String>,
    /// Joint act.
    pub reciprocal: bool,
    /// action, speech_act, state, comment.
    pub kind: String,
    /// Status that the word itself gives.
    pub status: Option<String>,
    /// attempted or failed.
    pub completion: Option<String>,
    /// Contexts that the word itself gives.
    pub contexts: Vec<String>,
    /// An everyday word: both sides must be political actors.
    pub careful: bool,
    /// Conditions.
    pub when: When,
    /// Test sentences.
    pub tests: Vec<String>,
    /// File and line, for people.
    pub name: String,
    /// The words are forms as they are written, too: "met" beside "meet".
    pub as_written: bool,
    /// Brought by the user: it is tried before the entries of the tables.
    pub own: bool,
}

impl Trigger {
    /// An entry that stands for no listed word but for a rule or a model that tells the type.
    pub fn without_words(event_type: EventType, kind: &str, [source, target]: [&str; 2], name: &str) -> Self {
        Self {
            lemmas: Vec::new(),
            pos: Pos::Verb,
            event_type,
            mode: None,
            cameo: None,
            code: None,
            source: vec![source.to_owned()],
            target: vec![target.to_owned()],
            about: Vec::new(),
            reciprocal: false,
            kind: kind.to_owned(),
            status: None,
            completion: None,
            contexts: Vec::new(),
            careful: false,
            when: When::default(),
            tests: Vec::new(),
            name: name.to_owned(),
            as_written: false,
            own: false,
        }
    }
}

/// A test sentence of an entry, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerTest<'t> {
    /// The sentence.
    pub sentence: &'t str,
    /// What is expected: `SOURCE TYPE/mode TARGET [status]`.
    pub expected: &'t str,
    /// The type that is expected.
    pub event: EventType,
}

impl<'t> TriggerTest<'t> {
    /// Reads `sentence => SOURCE TYPE/mode TARGET [status]`.
    pub fn parse(text: &'t str) -> Option<Self> {
        let (sentence, expected) = text.split_once("=>")?;
        let event = expected.split_whitespace().find_map(|w| EventType::parse(w.split('/').next()?))?;
        Some(Self { sentence: sentence.trim(), expected: expected.trim(), event })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "type")]
    event_type: String,
    #[serde(default)]
    trigger: Vec<Spanned<Entry>>,
}

/// An entry as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    lemmas: Vec<String>,
    pos: Pos,
    mode: Option<String>,
    cameo: Option<String>,
    source: String,
    target: String,
    about: Option<String>,
    #[serde(default)]
    reciprocal: bool,
    #[serde(default = "action")]
    kind: String,
    status: Option<String>,
    completion: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    careful: bool,
    #[serde(default)]
    when: When,
    test: Vec<String>,
}

fn action() -> String {
    "action".to_owned()
}

/// All entries, by lemma and part of speech.
#[derive(Clone, Debug, Default)]
pub struct Triggers {
    entries: Vec<Trigger>,
    by_word: BTreeMap<(Pos, String), Vec<usize>>,
}

macro_rules! embedded_files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../../data/coding/triggers/", $name)))),*] };
}

/// The files inside the program, sorted by name.
const FILES: &[(&str, &str)] = embedded_files![
    "accuse.toml",
    "agree.toml",
    "aid.toml",
    "assault.toml",
    "coerce.toml",
    "concede.toml",
    "consult.toml",
    "cooperate.toml",
    "mobilize.toml",
    "none.toml",
    "protest.toml",
    "reject.toml",
    "request.toml",
    "retreat.toml",
    "sanction.toml",
    "support.toml",
    "threaten.toml",
];

static EMBEDDED: LazyLock<Read<Triggers>> = LazyLock::new(|| Read::new(Triggers::parse(FILES)));

impl Triggers {
    /// The tables inside the program.
    pub fn embedded() -> &'static Triggers {
        &EMBEDDED.table
    }

    pub(crate) fn problem() -> Option<&'static TableError> {
        EMBEDDED.problem.as_ref()
    }

    /// Reads all `.toml` files of a folder, sorted by name.
    pub fn load_dir(folder: &Path) -> Result<Self, TableError> {
        let unreadable = |e: std::io::Error| {
            TableError::new(
                &folder.display().to_string(),
                1,
                e.to_string(),
                "name a folder of trigger tables",
            )
        };
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .map_err(unreadable)?
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "toml"))
            .collect();
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            files.push((name, std::fs::read_to_string(&path).map_err(unreadable)?));
        }
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        Self::parse(&borrowed)
    }

    /// Reads and checks tables given as (file name, text).
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, TableError> {
        let mut triggers = Self::default();
        for (name, text) in files {
            triggers.read(name, text)?;
        }
        triggers.index();
        Ok(triggers)
    }

    fn read(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        let parsed: File = toml::from_str(text).map_err(|e| {
            TableError::new(
                file,
                e.span().map_or(1, |s| line_of(text, s.start)),
                e.message(),
                "see data/coding/triggers/README.md for the fields",
            )
        })?;
        let event_type = EventType::parse(&parsed.event_type).ok_or_else(|| {
            TableError::new(
                file,
                1,
                format!("'{}' is no PLOVER type", parsed.event_type),
                "the types are those of data/ontology/types.tsv",
            )
        })?;
        for spanned in parsed.trigger {
            let line = line_of(text, spanned.span().start);
            let trigger = trigger(file, line, event_type, spanned.into_inner());
            if let Some((what, hint)) = problems(&trigger).into_iter().next() {
                return Err(TableError::new(file, line, what, hint));
            }
            self.entries.push(trigger);
        }
        Ok(())
    }

    fn index(&mut self) {
        for (number, entry) in self.entries.iter().enumerate() {
            for lemma in &entry.lemmas {
                self.by_word.entry((entry.pos, lemma.clone())).or_default().push(number);
            }
        }
        for numbers in self.by_word.values_mut() {
            numbers.sort_by_key(|n| {
                let entry = &self.entries[*n];
                (!entry.own, Reverse(entry.when.specificity()), *n)
            });
        }
    }

    /// The same tables with the entries of a user, which win over those that are there.
    #[must_use]
    pub fn with(&self, own: Vec<Trigger>) -> Self {
        let mut triggers = Self { entries: self.entries.clone(), by_word: BTreeMap::new() };
        triggers.entries.extend(own.into_iter().map(|t| Trigger { own: true, ..t }));
        triggers.index();
        triggers
    }

    /// Entries for a word, those of the user first, then the most specific first.
    pub fn find(&self, lemma: &str, pos: Pos) -> impl Iterator<Item = &Trigger> + Clone {
        self.by_word.get(&(pos, lemma.to_owned())).into_iter().flatten().map(|n| &self.entries[*n])
    }

    /// Entries for a word as it stands in the text, those for its form before those for its lemma.
    pub fn find_word(&self, form: &str, lemma: &str, pos: Pos) -> impl Iterator<Item = &Trigger> + Clone {
        let differs = form != lemma;
        let written = self.find(form, pos).filter(move |t| differs && t.as_written);
        written.chain(self.find(lemma, pos))
    }

    /// All entries in file order.
    pub fn all(&self) -> impl Iterator<Item = &Trigger> {
        self.entries.iter()
    }
}

/// The entry as it is used.
pub(crate) fn trigger(file: &str, line: usize, event_type: EventType, entry: Entry) -> Trigger {
    let slots = |text: &str| text.split('|').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    Trigger {
        lemmas: entry.lemmas,
        pos: entry.pos,
        event_type,
        mode: entry.mode,
        cameo: entry.cameo,
        code: None,
        source: slots(&entry.source),
        target: slots(&entry.target),
        about: entry.about.as_deref().map(slots).unwrap_or_default(),
        reciprocal: entry.reciprocal,
        kind: entry.kind,
        status: entry.status,
        completion: entry.completion,
        contexts: entry.contexts,
        careful: entry.careful,
        when: entry.when,
        tests: entry.test,
        name: format!("{file}:{line}"),
        as_written: false,
        own: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, Pos, Triggers, When};

    const GOOD: &str = "type = \"ASSAULT\"\n\n[[trigger]]\nlemmas = [\"bomb\"]\npos = \"verb\"\nmode = \"aerial\"\nsource = \"ARG0\"\ntarget = \"ARG1 | prep:on\"\ntest = [\"Peru bombed Chile. => PER ASSAULT/aerial CHL\"]\n";

    #[test]
    fn the_tables_inside_the_program_are_sound() {
        let triggers = Triggers::parse(FILES).unwrap_or_else(|e| panic!("{e}"));
        assert!(triggers.all().count() > 100);
    }

    #[test]
    fn entries_of_one_word_stand_most_specific_first() {
        let general = GOOD.replace("mode = \"aerial\"\n", "");
        let special = format!("{}when = {{ object = [\"base\"] }}\n", GOOD);
        let triggers =
            Triggers::parse(&[("a.toml", &general), ("b.toml", &special)]).expect("both are sound");
        let found: Vec<&str> = triggers.find("bomb", Pos::Verb).map(|t| t.name.as_str()).collect();
        assert_eq!(found, ["b.toml:3", "a.toml:3"]);
        assert!(triggers.find("bomb", Pos::Noun).next().is_none());
    }

    #[test]
    fn exclusions_do_not_make_an_entry_more_specific() {
        assert_eq!(When { not_object: vec!["question".to_owned()], ..When::default() }.specificity(), 0);
    }

    #[test]
    fn errors_name_file_line_and_remedy() {
        for (from, to) in [
            ("aerial", "airy"),
            ("ARG0", "ARG9"),
            ("=> PER", "-> PER"),
            ("pos = \"verb\"", "pos = \"verbs\""),
            ("ASSAULT\"\n", "ATTACK\"\n"),
        ] {
            let error = Triggers::parse(&[("x.toml", &GOOD.replace(from, to))]).expect_err(from);
            assert!(error.line >= 1 && error.line <= 9 && error.to_string().contains("hint:"), "{error}");
        }
    }
}
