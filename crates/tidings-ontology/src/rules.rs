//! Rules of a user's own: trigger entries and words of contexts that win over those inside the program.
//!
//! The format is that of `data/coding/triggers` (`docs/rules.md`); PETRARCH's dictionaries of verbs are read as they
//! are. What is wrong in a file of one's own is told all at once, and then nothing is loaded.

mod file;

use std::borrow::Cow;
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::error::TableError;
use crate::lexicon::Lexicon;
use crate::triggers::{Pos, Trigger, Triggers};
use crate::verbs;

/// So many bytes of a file of rules are read; larger ones are refused, since they are something else.
pub const LARGEST_RULES: usize = 8 << 20;

/// Words that show a context, or no longer show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnContext {
    /// The PLOVER context.
    pub name: String,
    /// Lemmas, or two neighbouring lemmas joined by a space.
    pub words: Vec<String>,
    /// The words no longer show it.
    pub off: bool,
    /// Test sentences.
    pub tests: Vec<String>,
    /// File and line.
    pub place: String,
}

/// The trigger tables and word lists that the coder uses, with what the user brought.
#[derive(Clone, Debug)]
pub struct Rules {
    triggers: Cow<'static, Triggers>,
    lexicon: Cow<'static, Lexicon>,
    contexts: Vec<OwnContext>,
    files: Vec<String>,
    patterns: Patterns,
}

/// How much of PETRARCH's dictionaries could be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Patterns {
    /// Verbs with a code, and patterns, that became entries.
    pub loaded: usize,
    /// All that there are.
    pub all: usize,
}

/// What one file holds.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) contexts: Vec<OwnContext>,
    pub(crate) errors: Vec<TableError>,
    pub(crate) warnings: Vec<TableError>,
    pub(crate) patterns: Patterns,
}

impl Default for Rules {
    /// The tables inside the program.
    fn default() -> Self {
        Self {
            triggers: Cow::Borrowed(Triggers::embedded()),
            lexicon: Cow::Borrowed(Lexicon::embedded()),
            contexts: Vec::new(),
            files: Vec::new(),
            patterns: Patterns::default(),
        }
    }
}

impl Rules {
    /// Reads files, each with the name by which it is known: `.toml` in the format of `docs/rules.md`, all others as
    /// PETRARCH's dictionaries of verbs. The second part of the answer is what was left out of those.
    ///
    /// # Errors
    /// Everything that is wrong in all of the files; then nothing of them is loaded.
    pub fn read(files: &[(String, Vec<u8>)]) -> Result<(Self, Vec<TableError>), Vec<TableError>> {
        let mut all = Contents::default();
        let mut named = Vec::new();
        for (name, bytes) in files {
            let read = contents(name, bytes);
            all.triggers.extend(read.triggers);
            all.contexts.extend(read.contexts);
            all.errors.extend(read.errors);
            all.warnings.extend(read.warnings);
            all.patterns.loaded += read.patterns.loaded;
            all.patterns.all += read.patterns.all;
            named.push(format!("{name} sha256:{}", hash(bytes)));
        }
        all.errors.extend(repeated(&all.triggers));
        all.errors.sort();
        if all.errors.is_empty() { Ok(Self::of(all, named)) } else { Err(all.errors) }
    }

    fn of(all: Contents, files: Vec<String>) -> (Self, Vec<TableError>) {
        let mut rules = Self { files, patterns: all.patterns, ..Self::default() };
        if !all.triggers.is_empty() {
            rules.triggers = Cow::Owned(Triggers::embedded().with(all.triggers));
        }
        for context in &all.contexts {
            for word in &context.words {
                rules.lexicon.to_mut().set_context(word, &context.name, !context.off);
            }
        }
        rules.contexts = all.contexts;
        (rules, all.warnings)
    }

    /// The trigger entries, those of the user among them.
    pub fn triggers(&self) -> &Triggers {
        &self.triggers
    }

    /// The lists of words.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The entries of the user.
    pub fn own(&self) -> impl Iterator<Item = &Trigger> {
        self.triggers.all().filter(|t| t.own)
    }

    /// The words of contexts of the user.
    pub fn contexts(&self) -> &[OwnContext] {
        &self.contexts
    }

    /// Name and fingerprint of each file, for the record of what made a result.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// How much of PETRARCH's dictionaries could be used.
    pub fn patterns(&self) -> Patterns {
        self.patterns
    }

    /// Whether the user brought nothing.
    pub fn is_empty(&self) -> bool {
        self.contexts.is_empty() && self.own().next().is_none()
    }
}

fn contents(name: &str, bytes: &[u8]) -> Contents {
    if bytes.len() > LARGEST_RULES {
        let what = format!("the file is larger than {} MB", LARGEST_RULES >> 20);
        return fault(TableError::new(name, 1, what, "is it a file of rules? split it"));
    }
    if name.to_lowercase().ends_with(".toml") {
        return file::read(name, bytes);
    }
    match verbs::read(name, bytes) {
        Some(read) => read,
        None => fault(TableError::new(
            name,
            1,
            "neither rules in TOML nor a PETRARCH dictionary of verbs",
            "rules are files ending in .toml (docs/rules.md); dictionaries of actors and agents go with --actors",
        )),
    }
}

pub(crate) fn fault(error: TableError) -> Contents {
    Contents { errors: vec![error], ..Contents::default() }
}

/// Entries of the user's own format for one word that ask for the same: only the first would ever be used.
fn repeated(triggers: &[Trigger]) -> Vec<TableError> {
    let mut seen: BTreeMap<(Pos, &str, String), &Trigger> = BTreeMap::new();
    let mut errors = Vec::new();
    for trigger in triggers.iter().filter(|t| !t.tests.is_empty()) {
        for lemma in &trigger.lemmas {
            let key = (trigger.pos, lemma.as_str(), format!("{:?}", trigger.when));
            if let Some(first) = seen.insert(key, trigger) {
                let (file, line) = trigger.name.rsplit_once(':').unwrap_or((&trigger.name, "1"));
                let what = format!("'{lemma}' stands under the same conditions at {}", first.name);
                let hint = "take one of them out, or give them different conditions";
                errors.push(TableError::new(file, line.parse().unwrap_or(1), what, hint));
            }
        }
    }
    errors
}

/// SHA-256 in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "type = \"THREATEN\"\n\n[[trigger]]\nlemmas = [\"growl\"]\npos = \"verb\"\nsource = \"ARG0\"\n\
        target = \"prep:at\"\ntest = [\"Peru growled at Chile. => PER THREATEN CHL\"]\n";

    fn read(files: &[(&str, &str)]) -> Result<(Rules, Vec<TableError>), Vec<TableError>> {
        let files: Vec<_> = files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())).collect();
        Rules::read(&files)
    }

    #[test]
    fn own_entries_come_before_those_of_the_tables_whatever_they_ask_for() {
        let general = OWN.replace("growl", "bomb");
        let (rules, warnings) = read(&[("mine.toml", &general)]).expect("it is sound");
        assert!(warnings.is_empty() && rules.own().count() == 1 && !rules.is_empty());
        let first = rules.triggers().find("bomb", Pos::Verb).next().expect("there is one");
        assert_eq!((first.name.as_str(), first.own), ("mine.toml:3", true));
        assert!(rules.triggers().find("bomb", Pos::Verb).count() > 1);
        assert!(rules.files()[0].starts_with("mine.toml sha256:"));
    }

    #[test]
    fn everything_wrong_is_told_at_once_with_its_place() {
        let wrong = format!(
            "{OWN}\n[[trigger]]\nlemmas = [\"snarl\"]\npos = \"verbs\"\n\n[[trigger]]\nlemmas = [\"hiss\"]\n\
             pos = \"verb\"\nmode = \"airy\"\nsource = \"ARG9\"\ntarget = \"ARG1\"\ntest = []\n\n[[context]]\n\
             name = \"weather\"\nwords = [\"rain\"]\ntest = [\"x\"]\n"
        );
        let errors = read(&[("a.toml", &wrong), ("b.toml", "type = \"SHOUT\"\n")]).expect_err("all is wrong");
        let lines: Vec<_> = errors.iter().map(|e| (e.file.as_str(), e.line, e.column)).collect();
        assert_eq!(errors.len(), 7, "{errors:#?}");
        assert!(lines.contains(&("a.toml", 12, 7)) && lines.contains(&("b.toml", 1, 8)), "{lines:?}");
        let all: String = errors.iter().map(ToString::to_string).collect();
        for part in ["airy", "ARG9", "without a test", "weather", "SHOUT", "hint: "] {
            assert!(all.contains(part), "{part} in {all}");
        }
    }

    #[test]
    fn the_same_entry_twice_is_told_with_both_places() {
        let errors = read(&[("a.toml", OWN), ("b.toml", OWN)]).expect_err("twice");
        assert_eq!((errors[0].file.as_str(), errors[0].line), ("b.toml", 3));
        assert!(errors[0].what.contains("a.toml:3"), "{}", errors[0]);
    }

    #[test]
    fn contexts_may_be_shown_or_not_by_a_word() {
        let text = "[[context]]\nname = \"cbrn\"\nwords = [\"nerve agent\"]\n\
            test = [\"Peru condemned the nerve agent of Chile. => PER ACCUSE CHL\"]\n\n[[context]]\nname = \"cbrn\"\n\
            off = true\nwords = [\"chemical weapon\"]\ntest = [\"Peru condemned Chile. => PER ACCUSE CHL\"]\n";
        let (rules, _) = read(&[("c.toml", text)]).expect("it is sound");
        assert_eq!(rules.lexicon().contexts_of("nerve agent"), ["cbrn"]);
        assert!(rules.lexicon().contexts_of("chemical weapon").is_empty());
        assert_eq!(Lexicon::embedded().contexts_of("chemical weapon"), ["cbrn"]);
    }

    #[test]
    fn files_of_another_kind_are_refused_with_a_hint() {
        let bad: [(&str, Vec<u8>); 6] = [
            ("empty.toml", Vec::new()),
            ("latin.toml", b"type = \"ACCUSE\" # caf\xe9\n".to_vec()),
            ("cut.toml", b"type = \"ACC".to_vec()),
            ("actors.txt", b"NORWAY [NOR]\n".to_vec()),
            ("picture.png", vec![0x89, 0x50, 0, 0xff, 0xfe]),
            ("huge.toml", vec![b'\n'; LARGEST_RULES + 1]),
        ];
        for (name, bytes) in bad {
            let errors = Rules::read(&[(name.to_owned(), bytes)]).expect_err(name);
            assert!(errors[0].file == name && errors[0].to_string().contains("hint:"), "{}", errors[0]);
        }
    }
}
