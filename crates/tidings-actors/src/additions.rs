//! What users bring: actors and nouns of their own, which win over the tables inside the program.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::fold::{fold, is_capitalised, is_shouted};
use crate::named::slug;
use crate::{Actor, ActorKind, Knowledge, petrarch, user_file};

/// So many bytes of a file of actors are read; larger ones are refused, since they are something else.
pub const LARGEST_FILE: usize = 32 << 20;

/// Actors and nouns of users. Made by [`Additions::read`], handed to [`Knowledge::with`].
#[derive(Clone, Debug, Default)]
pub struct Additions {
    actors: Vec<OwnActor>,
    /// Folded name to actors, those of the first file first.
    names: BTreeMap<String, Vec<Named>>,
    pub(crate) nouns: Vec<OwnNoun>,
    /// Folded noun to its code, with the place of the actor's: "~GOV".
    noun_codes: BTreeMap<String, String>,
    files: Vec<String>,
}

/// A name and whose it is.
#[derive(Clone, Copy, Debug)]
struct Named {
    actor: usize,
    /// Written with a small letter by the user: it fits small letters in the text, too.
    small: bool,
    /// A short name in capitals: "US" is no "us".
    acronym: bool,
}

/// Something wrong in a file of actors, or something in it that is left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as it was named.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { file, line, column, message, hint } = self;
        write!(f, "{file}:{line}:{column}: {message}\n  hint: {hint}")
    }
}

/// One coding of an actor, and the days on which it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coding {
    pub(crate) country: Option<String>,
    pub(crate) sectors: Vec<String>,
    pub(crate) role: Option<String>,
    /// As the dictionary writes it; several are apart by "/".
    pub(crate) code: Option<String>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

impl Coding {
    pub(crate) fn holds(&self, date: Option<Date>) -> bool {
        date.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
    }

    /// Whether there is a day on which both hold.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.to.zip(b.from).is_some_and(|(to, from)| to < from);
        !before(self, other) && !before(other, self)
    }
}

/// An actor as a user describes it.
#[derive(Clone, Debug)]
pub(crate) struct OwnActor {
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: ActorKind,
    /// What holds whenever no office does, with the days on which the entry counts at all.
    pub(crate) base: Coding,
    /// Offices, or codings of certain days.
    pub(crate) dated: Vec<Coding>,
    /// Sentences in which it must be found.
    pub(crate) tests: Vec<String>,
    /// File and line.
    pub(crate) place: String,
}

/// A sentence in which an actor of the user's own must be found.
#[derive(Clone, Copy, Debug)]
pub struct ActorTest<'a> {
    /// File and line of the entry.
    pub place: &'a str,
    /// Who must be found.
    pub name: &'a str,
    /// Of which country.
    pub country: Option<&'a str>,
    /// Where.
    pub sentence: &'a str,
}

/// A noun that says what somebody is.
#[derive(Clone, Debug)]
pub(crate) struct OwnNoun {
    pub(crate) noun: String,
    pub(crate) sectors: Vec<String>,
    /// As the dictionary writes it, `~` standing for the code of the actor.
    pub(crate) code: Option<String>,
    /// It means several by itself: "police".
    pub(crate) many: bool,
}

/// What one file holds.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub(crate) actors: Vec<OwnActor>,
    pub(crate) nouns: Vec<OwnNoun>,
    pub(crate) errors: Vec<Fault>,
    pub(crate) warnings: Vec<Fault>,
}

impl Additions {
    /// Reads files, each with the name by which it is known: `.toml` in the format of `docs/actors.md`, all others as
    /// dictionaries of PETRARCH. The second part of the answer is what was left out.
    ///
    /// # Errors
    /// Everything that is wrong in all of the files; then nothing of them is loaded.
    pub fn read(files: &[(String, Vec<u8>)]) -> Result<(Self, Vec<Fault>), Vec<Fault>> {
        let (mut all, mut warnings, mut errors) = (Self::default(), Vec::new(), Vec::new());
        let mut described = Vec::new();
        for (file, bytes) in files {
            let read = if bytes.len() > LARGEST_FILE {
                too_large(file)
            } else if file.to_lowercase().ends_with(".toml") {
                user_file::read(file, bytes, &mut described)
            } else {
                petrarch::read(file, bytes)
            };
            errors.extend(read.errors);
            warnings.extend(read.warnings);
            all.files.push(format!("{file} sha256:{}", hash(bytes)));
            read.nouns.into_iter().for_each(|noun| all.enter_noun(noun));
            read.actors.into_iter().for_each(|actor| all.enter(actor));
        }
        errors.extend(user_file::contradictions(&described));
        errors.sort();
        if errors.is_empty() { Ok((all, warnings)) } else { Err(errors) }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.nouns.is_empty()
    }

    /// How many actors and how many nouns were added.
    pub fn counts(&self) -> (usize, usize) {
        (self.actors.len(), self.nouns.len())
    }

    /// Sentences in which actors must be found.
    pub fn tests(&self) -> impl Iterator<Item = ActorTest<'_>> {
        self.actors.iter().flat_map(|actor| {
            actor.tests.iter().map(|sentence| ActorTest {
                place: &actor.place,
                name: &actor.name,
                country: actor.base.country.as_deref(),
                sentence,
            })
        })
    }

    /// Name and fingerprint of each file, for the record of what made a result.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    fn enter(&mut self, actor: OwnActor) {
        let number = self.actors.len();
        for name in std::iter::once(&actor.name).chain(&actor.aliases) {
            let small = !is_capitalised(name);
            let acronym = is_shouted(name) && name.chars().count() <= LONGEST_ACRONYM;
            let known = self.names.entry(fold(name)).or_default();
            if known.iter().all(|n| n.actor != number) {
                known.push(Named { actor: number, small, acronym });
            }
        }
        self.actors.push(actor);
    }

    fn enter_noun(&mut self, noun: OwnNoun) {
        if let Some(code) = &noun.code {
            self.noun_codes.entry(noun.noun.clone()).or_insert_with(|| code.clone());
        }
        self.nouns.push(noun);
    }

    /// The code of a noun, in small letters and in the singular as the dictionary has it.
    pub(crate) fn noun_code(&self, noun: &str) -> Option<&str> {
        self.noun_codes.get(noun).map(String::as_str)
    }

    /// The actors of that name at the date, the first entry first.
    pub(crate) fn named(&self, text: &str, date: Option<Date>) -> impl Iterator<Item = &OwnActor> {
        let found = self.names.get(&fold(text)).map(Vec::as_slice).unwrap_or_default();
        let (small, shouted) = (!is_capitalised(text), is_shouted(text));
        found
            .iter()
            .filter(move |n| (n.small || !small) && (shouted || !n.acronym))
            .filter_map(|n| self.actors.get(n.actor))
            .filter(move |actor| actor.counts(date))
    }
}

/// Longest name in capitals that only fits capitals.
const LONGEST_ACRONYM: usize = 4;

impl OwnActor {
    fn counts(&self, date: Option<Date>) -> bool {
        self.base.holds(date)
            && (self.is_coded() || self.dated.iter().any(|c| c.holds(date)) || self.former(date).is_some())
    }

    /// Whether something is said that holds on any day.
    fn is_coded(&self) -> bool {
        let base = &self.base;
        let said = base.country.is_some() || !base.sectors.is_empty() || base.code.is_some();
        said || self.dated.is_empty()
    }

    /// The last office, if the day is after it and none is held.
    fn former(&self, date: Option<Date>) -> Option<&Coding> {
        let over = |c: &&Coding| c.role.is_some() && c.to.zip(date).is_some_and(|(to, day)| to < day);
        self.dated.iter().filter(over).max_by_key(|c| c.to)
    }

    /// Who that is at the date.
    pub(crate) fn actor(&self, date: Option<Date>, knowledge: &Knowledge) -> Actor {
        let latest = |c: &&Coding| (c.to.is_none(), c.from);
        let held = self.dated.iter().filter(|c| c.holds(date)).max_by_key(latest);
        let left = if held.is_none() { self.former(date) } else { None };
        let coding = held.or(left);
        let country = coding.and_then(|c| c.country.clone()).or_else(|| self.base.country.clone());
        let told = |c: &Coding| (!c.sectors.is_empty()).then(|| c.sectors.clone());
        let sectors = match left {
            Some(office) => told(&self.base).unwrap_or_else(|| crate::persons::after_office(&office.sectors)),
            None => coding.and_then(told).unwrap_or_else(|| self.base.sectors.clone()),
        };
        let role = match left.and_then(|c| c.role.as_ref()) {
            Some(role) => Some(format!("former {role}")),
            None => coding.and_then(|c| c.role.clone()).or_else(|| self.base.role.clone()),
        };
        let state = country.as_deref().filter(|_| self.kind == ActorKind::Country);
        let state = state.and_then(|code| knowledge.state(code));
        let id = self.id.clone().or_else(|| state.as_ref().map(|s| s.id.clone()));
        Actor {
            id: id.unwrap_or_else(|| slug(country.as_deref(), &self.name)),
            name: state.map_or_else(|| self.name.clone(), |s| s.name),
            kind: self.kind,
            country,
            sectors,
            role,
            code: coding.and_then(|c| c.code.clone()).or_else(|| self.base.code.clone()),
            aka: self.aliases.clone(),
            generic: false,
            how: format!("entry of {}", self.place),
            score: 1.0,
        }
    }
}

fn too_large(file: &str) -> Contents {
    let message = format!("the file is larger than {} MB", LARGEST_FILE >> 20);
    let hint = "is it a list of actors? split it, or leave out what is not needed".to_owned();
    let fault = Fault { file: file.to_owned(), line: 1, column: 1, message, hint };
    Contents { errors: vec![fault], ..Contents::default() }
}

/// SHA-256 in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
