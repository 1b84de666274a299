//! Dictionaries of PETRARCH (`.actors`, `.agents`): names with CAMEO codes, read as they are.
//!
//! `NAME_ [NORGOV 010101-031231]` and `+SYNONYM_` are actors, `NOUN {PLURAL} [~GOV]` agents; `!PERSON! = MAN, WOMAN`
//! defines a word that stands for several, `#`, `;` and `<!-- -->` begin comments. What PLOVER cannot say, and what is
//! not understood, becomes a warning with its place.

mod codes;
mod names;

use std::collections::BTreeMap;

use crate::additions::{Coding, Contents, Fault, OwnActor, OwnNoun};
use crate::{ActorKind, fold};
use codes::{Meaning, meaning, restriction};

/// Reads one dictionary. Nothing in it is an error: what cannot be used is left out with a warning.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Contents {
    let mut reader = Reader { file, ..Reader::default() };
    let text = reader.decode(bytes);
    let mut comment = false;
    for (number, line) in text.lines().enumerate() {
        reader.line = number + 1;
        let line = without_comments(line, &mut comment);
        if !line.trim().is_empty() {
            reader.read(&line);
        }
    }
    reader.finish()
}

/// Country and PLOVER sectors of a CAMEO actor code: "NORGOVMED", "IGOUNO".
pub fn read_code(code: &str) -> (Option<String>, Vec<String>) {
    let Meaning { country, mut sectors, .. } = meaning(code);
    if sectors.is_empty() {
        sectors = codes::default_sectors(country.as_deref());
    }
    (country, sectors)
}

/// What stands outside `<!-- -->`, `#` and `;`.
fn without_comments(line: &str, inside: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        let mark = if *inside { "-->" } else { "<!" };
        let Some((before, after)) = rest.split_once(mark) else { break };
        if !*inside {
            out.push_str(before);
        }
        *inside = !*inside;
        rest = after;
    }
    if !*inside {
        out.push_str(rest);
    }
    out.split(['#', ';']).next().unwrap_or_default().trim_end().to_owned()
}

/// A dictionary while it is read.
#[derive(Default)]
struct Reader<'a> {
    file: &'a str,
    line: usize,
    /// `!PERSON!` to the words for which it stands.
    sets: BTreeMap<String, Vec<String>>,
    entry: Option<Entry>,
    contents: Contents,
    /// Parts of codes that say nothing in PLOVER: first warning and how often.
    lost: BTreeMap<String, (Fault, usize)>,
}

/// One entry: its names, and its codes with the days on which they hold.
#[derive(Default)]
struct Entry {
    line: usize,
    names: Vec<String>,
    /// The plural that is given; empty braces say that the noun has none.
    plural: Option<String>,
    codes: Vec<(String, Coding)>,
}

impl Reader<'_> {
    /// UTF-8, else Latin-1, in which the old dictionaries were written.
    fn decode(&mut self, bytes: &[u8]) -> String {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(error) => {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                self.line = before.iter().filter(|b| **b == b'\n').count() + 1;
                self.warn(1, "the file is not in UTF-8; it is read as Latin-1", "save it as UTF-8");
                bytes.iter().map(|b| char::from(*b)).collect()
            }
        }
    }

    fn warn(&mut self, column: usize, message: impl Into<String>, hint: &str) {
        let fault = self.fault(column, message.into(), hint);
        self.contents.warnings.push(fault);
    }

    fn fault(&self, column: usize, message: String, hint: &str) -> Fault {
        Fault { file: self.file.to_owned(), line: self.line, column, message, hint: hint.to_owned() }
    }

    fn read(&mut self, line: &str) {
        let text = line.trim_start();
        if text.starts_with('!') && text.contains('=') {
            return self.define(text);
        }
        if let Some(synonym) = text.strip_prefix('+') {
            if self.entry.is_none() {
                self.warn(1, "a synonym without an entry before it", "put a name before its synonyms");
            }
            return self.parts(synonym, line);
        }
        if !text.starts_with('[') {
            self.close();
            self.entry = Some(Entry { line: self.line, ..Entry::default() });
        } else if self.entry.is_none() {
            self.warn(1, "a code without a name before it", "put the name on the line before");
        }
        self.parts(text, line);
    }

    /// `!PERSON! = MAN, WOMAN`.
    fn define(&mut self, text: &str) {
        let Some((name, words)) = text.split_once('=') else { return };
        let words = words.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect();
        self.sets.insert(name.trim().to_owned(), words);
    }

    /// Name, `{plural}` and `[codes]` of one line.
    fn parts(&mut self, text: &str, line: &str) {
        let (name, rest) = text.split_at(text.find(['[', '{']).unwrap_or(text.len()));
        let mut rest = rest.trim();
        let expanded = names::expanded(name, &self.sets);
        if expanded.iter().any(|name| name.contains('!')) {
            let hint = "define it before: !PERSON! = MAN, WOMAN";
            self.warn(1, format!("'{}' has a word in ! ! that is not defined", name.trim()), hint);
        } else if let Some(entry) = &mut self.entry {
            entry.names.extend(expanded);
        }
        while let Some(open) = rest.chars().next() {
            let close = if open == '{' { '}' } else { ']' };
            let column = line.chars().count().saturating_sub(rest.chars().count()) + 1;
            let inner = rest.strip_prefix(['[', '{']).and_then(|r| r.split_once(close));
            let Some((inner, after)) = inner else {
                self.warn(
                    column,
                    format!("'{rest}' is not understood"),
                    "a code stands in brackets: [NORGOV]",
                );
                return;
            };
            if open == '{' {
                if let Some(entry) = &mut self.entry {
                    entry.plural = Some(inner.trim().to_owned());
                }
            } else {
                self.code(inner, column);
            }
            rest = after.trim();
        }
    }

    /// `NORGOV 010101-031231`, `~GOV`.
    fn code(&mut self, inner: &str, column: usize) {
        let inner = inner.trim();
        let end = inner.find(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '<' | '>'));
        let (code, days) = inner.split_at(end.unwrap_or(inner.len()));
        let Some((from, to)) = restriction(days.trim()) else {
            let hint =
                "days are [CODE <YYMMDD], [CODE >YYMMDD] or [CODE YYMMDD-YYMMDD]; this code is left out";
            return self.warn(column, format!("the days of [{inner}] are not understood"), hint);
        };
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            let hint = "exchange or correct them; this code is left out";
            return self.warn(column, format!("[{inner}] ends before it starts"), hint);
        }
        if code.is_empty() || !code.contains(|c: char| c.is_ascii_alphabetic()) {
            let hint = "names that are no actors are simply left out";
            return self.warn(column, format!("[{inner}] is no code of an actor"), hint);
        }
        let meaning = meaning(code);
        for part in &meaning.lost {
            let message =
                format!("{part} in {code} is no country and no sector of PLOVER: only `code` keeps it");
            let fault = self.fault(column, message, "docs/actors.md says what becomes of CAMEO codes");
            self.lost.entry(part.clone()).or_insert((fault, 0)).1 += 1;
        }
        let Meaning { country, sectors, agent, .. } = meaning;
        if let Some(entry) = &mut self.entry {
            let mark = if agent { "~" } else { "" };
            let code = Some(code.to_uppercase());
            entry.codes.push((mark.to_owned(), Coding { country, sectors, role: None, code, from, to }));
        }
    }

    /// Puts the entry that is complete where it belongs.
    fn close(&mut self) {
        let Some(entry) = self.entry.take() else { return };
        let line = std::mem::replace(&mut self.line, entry.line);
        if entry.names.iter().all(|name| fold(name).is_empty()) {
            self.warn(1, "an entry without a name", "put a name before the code");
        } else if entry.codes.is_empty() {
            let message = format!("'{}' has no code that can be used, and is left out", entry.names[0]);
            self.warn(1, message, "give it a code like [NORGOV]");
        } else if entry.codes.iter().any(|(mark, _)| !mark.is_empty()) {
            self.agent(&entry);
        } else {
            let actor = actor(&entry, format!("{}:{}", self.file, entry.line));
            self.contents.actors.push(actor);
        }
        self.line = line;
    }

    fn agent(&mut self, entry: &Entry) {
        let Some(coding) = entry.codes.iter().find(|(mark, _)| !mark.is_empty()).map(|(_, c)| c) else {
            return;
        };
        let plural = entry.plural.as_deref();
        let nouns = entry.names.iter().map(String::as_str).chain(plural.filter(|p| !p.is_empty()));
        for noun in nouns {
            let noun = fold(&noun.replace('_', " "));
            self.contents.nouns.push(OwnNoun {
                noun,
                sectors: coding.sectors.clone(),
                code: coding.code.clone(),
                many: plural == Some(""),
            });
        }
    }

    fn finish(mut self) -> Contents {
        self.close();
        for (mut fault, times) in std::mem::take(&mut self.lost).into_values() {
            if times > 1 {
                fault.message = format!("{} ({times} times in the file)", fault.message);
            }
            self.contents.warnings.push(fault);
        }
        self.contents.warnings.sort();
        self.contents
    }
}

fn actor(entry: &Entry, place: String) -> OwnActor {
    let (dated, plain): (Vec<&Coding>, Vec<&Coding>) =
        entry.codes.iter().map(|(_, c)| c).partition(|c| c.from.is_some() || c.to.is_some());
    let base = plain.first().copied().cloned().unwrap_or_default();
    let former = |c: &&Coding| c.sectors.first().is_some_and(|s| s == "ELI");
    let state = dated.is_empty() && base.country.as_deref().is_some_and(codes::is_state);
    let kind = if state && base.sectors.is_empty() {
        ActorKind::Country
    } else if !dated.is_empty() || plain.iter().any(former) {
        ActorKind::Person
    } else {
        ActorKind::Organization
    };
    let mut names = entry.names.iter().flat_map(|name| names::written(name));
    let name = names.next().unwrap_or_default();
    let with_government = |c: &Coding| {
        let mut coding = c.clone();
        if coding.sectors.is_empty() {
            coding.sectors = codes::default_sectors(coding.country.as_deref());
        }
        coding
    };
    let dated = dated.into_iter().map(with_government).collect();
    let base = if plain.is_empty() { base } else { with_government(&base) };
    OwnActor { id: None, name, aliases: names.collect(), kind, base, dated, tests: Vec::new(), place }
}
