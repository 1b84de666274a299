//! PETRARCH's dictionaries of verbs, read as they are: blocks of verbs with a CAMEO code and patterns of words beside
//! the verb.
//!
//! `--- NAME [code] ---` opens a block; its lines are verbs (`ABANDON`, `+CALL_OFF [196]`) and patterns
//! (`- * (FOR &CEASEFIRE) [022]`, the verb being `*`); `&NAME` with lines `+WORD` is a set of words. The words of a pattern
//! become conditions of a trigger entry: objects, particles, complements or prepositional phrases of the verb where they
//! can be that, else words that stand before or behind the verb in this order. `$` (who acts) and `+` (who is acted upon)
//! turn the slots where they stand the other way round, `%` makes the act a joint one. What an entry cannot say is left
//! out with a warning.
//!
//! Old dictionaries have codes of other schemes than CAMEO (WEIS), in which the same figures mean something else. Where
//! more than a fifth of the codes are none of CAMEO's, none is taken for one.

mod code;
mod pattern;

use std::collections::{BTreeMap, BTreeSet};

use crate::EventType;
use crate::error::TableError;
use crate::ontology::Ontology;
use crate::rules::{Contents, Patterns};
use crate::triggers::When;
use code::{Code, Places};
use pattern::Sets;

/// Reads a dictionary; `None` if it is none. Nothing in it is an error: what cannot be used is a warning.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Option<Contents> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // The old dictionaries were written in Latin-1.
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    };
    let lines = without_comments(&text);
    if !lines.iter().any(|l| is_header(l)) {
        return None;
    }
    let mut reader = Reader { file, ..Reader::default() };
    reader.sets(&lines);
    for (number, line) in lines.iter().enumerate() {
        reader.line = number + 1;
        reader.read(line.trim());
    }
    reader.close();
    Some(reader.contents)
}

fn is_header(line: &str) -> bool {
    line.starts_with("---") && line.contains('[') && line.trim_end().ends_with("---")
}

/// The lines without `#` and `<!-- -->`.
fn without_comments(text: &str) -> Vec<String> {
    let mut inside = false;
    text.lines()
        .map(|line| {
            let (mut out, mut rest) = (String::new(), line);
            while let Some((before, after)) = rest.split_once(if inside { "-->" } else { "<!--" }) {
                out.push_str(if inside { "" } else { before });
                inside = !inside;
                rest = after;
            }
            out.push_str(if inside { "" } else { rest });
            out.split('#').next().unwrap_or_default().trim_end().to_owned()
        })
        .collect()
}

/// A dictionary while it is read.
#[derive(Default)]
struct Reader<'a> {
    file: &'a str,
    line: usize,
    sets: Sets,
    /// The words of a set are being listed.
    in_set: bool,
    code: Option<Code>,
    /// Verbs of the block by the words before and behind that belong to them ("call" + "off").
    verbs: BTreeMap<[Vec<String>; 2], Vec<String>>,
    contents: Contents,
    /// Codes without a type of PLOVER, and where they stood first.
    unknown: BTreeMap<String, usize>,
    /// All codes.
    codes: BTreeSet<String>,
}

impl Reader<'_> {
    /// Sets may be used before they are defined.
    fn sets(&mut self, lines: &[String]) {
        let mut current: Option<String> = None;
        for line in lines.iter().map(|l| l.trim()) {
            if let Some(name) = line.strip_prefix('&') {
                current = Some(pattern::set_name(name));
            } else if let Some(word) = line.strip_prefix('+') {
                if let Some(name) = &current {
                    self.sets.entry(name.clone()).or_default().push(word.trim().to_owned());
                }
            } else if !line.is_empty() {
                current = None;
            }
        }
    }

    fn read(&mut self, line: &str) {
        if line.starts_with('&') {
            self.in_set = true;
        } else if is_header(line) {
            self.in_set = false;
            self.verbs.clear();
            self.code = bracketed(line).and_then(|(_, code)| self.code(code));
        } else if let Some(text) = line.strip_prefix("- ") {
            self.pattern(text);
        } else if line.starts_with('~') {
            self.contents.patterns.all += 1;
            self.lost(line, "a rule that joins two verbs");
        } else if !(line.is_empty() || self.in_set && line.starts_with('+')) {
            self.verb(line);
        }
    }

    /// `ABANDON {forms} [code]`, `+CALL_OFF`, `KLM_NOP_+RST`.
    fn verb(&mut self, line: &str) {
        let name = line.split(['{', '[']).next().unwrap_or_default().trim();
        let own = bracketed(line).map(|(_, code)| code);
        let code = own.map_or(self.code.clone(), |code| self.code(code));
        let (before, after) = name.split_once('+').unwrap_or(("", name));
        let words: Vec<String> =
            after.split(['_', ' ']).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        let Some((lemma, beside)) = words.split_first() else { return };
        let before: Vec<String> =
            before.split(['_', ' ']).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        let coded = code.filter(|c| !c.is_null());
        self.contents.patterns.all += usize::from(coded.is_some());
        let key = [before, beside.to_vec()];
        let text = key.clone().map(|words| words.join(" "));
        self.verbs.entry(key).or_default().push(lemma.clone());
        let Some(code) = coded else { return };
        match self.conditions(&text[0], &text[1]) {
            Ok(conditions) => {
                self.entries(std::slice::from_ref(lemma), &code, conditions, Places::default());
                self.contents.patterns.loaded += 1;
            }
            Err(why) => self.lost(line, &why),
        }
    }

    fn conditions(&self, before: &str, after: &str) -> Result<Vec<When>, String> {
        let before = pattern::sequence(before, &self.sets)?;
        let behind = pattern::behind(after, &self.sets)?;
        Ok(behind.into_iter().map(|when| When { before: before.clone(), ..when }).collect())
    }

    /// `* OFF DEAL [120]`.
    fn pattern(&mut self, text: &str) {
        self.contents.patterns.all += 1;
        let Some((words, code)) = bracketed(text).and_then(|(w, code)| Some((w, self.code(code)?))) else {
            return self.lost(text, "no code that is understood");
        };
        let Some((before, after)) = words.split_once('*') else {
            return self.lost(text, "no place of the verb, '*'");
        };
        let places = places(before, after);
        let mut loaded = Err("the block has no verb before its patterns".to_owned());
        for ([first, beside], lemmas) in self.verbs.clone() {
            let [before, after] =
                [format!("{before} {}", first.join(" ")), format!("{} {after}", beside.join(" "))];
            let made = self
                .conditions(&before, &after)
                .map(|conditions| self.entries(&lemmas, &code, conditions, places));
            // One verb of the block is enough; else the last reason is told.
            loaded = if loaded.is_ok() { loaded } else { made };
        }
        match loaded {
            Ok(()) => self.contents.patterns.loaded += 1,
            Err(why) => self.lost(text, &why),
        }
    }

    fn entries(&mut self, lemmas: &[String], code: &Code, conditions: Vec<When>, places: Places) {
        let name = format!("{}:{}", self.file, self.line);
        let made = conditions.into_iter().map(|when| code.entry(lemmas.to_vec(), when, places, name.clone()));
        self.contents.triggers.extend(made);
    }

    /// What a code says.
    fn code(&mut self, text: &str) -> Option<Code> {
        let code = Code::read(text)?;
        for unknown in code.untyped() {
            self.unknown.entry(unknown.to_owned()).or_insert(self.line);
        }
        self.codes.extend(code.parts().map(str::to_owned));
        Some(code)
    }

    /// A warning for the first use of each code that PLOVER has no type for, or for all if they are of another scheme.
    fn tell_unknown_codes(&mut self) {
        let is_cameo = |code: &str| Ontology::plover().cameo(code).is_some();
        let foreign = self.codes.iter().filter(|code| !is_cameo(code)).count();
        if foreign * FOREIGN > self.codes.len() {
            self.contents.triggers.iter_mut().filter(|t| t.code.is_some()).for_each(|trigger| {
                trigger.event_type = EventType::None;
                trigger.kind = "comment".to_owned();
                (trigger.mode, trigger.cameo) = (None, None);
            });
            self.line = 1;
            let what = format!("{foreign} of {} codes are none of CAMEO's", self.codes.len());
            let hint =
                "all are taken for those of another scheme: records keep them in `code`, without a type";
            return self.warn(what, hint);
        }
        for (unknown, line) in std::mem::take(&mut self.unknown) {
            self.line = line;
            let why = if is_cameo(&unknown) { "PLOVER has no type for" } else { "CAMEO has no" };
            let what = format!("{why} code '{unknown}': records keep it, without a type");
            self.warn(what, "codes and their types are in data/ontology/cameo.tsv");
        }
    }

    fn lost(&mut self, line: &str, why: &str) {
        let hint = "write it as an entry of your own (docs/rules.md), or do without";
        self.warn(format!("'{}' is left out: {why}", line.trim()), hint);
    }

    fn warn(&mut self, what: String, hint: &str) {
        self.contents.warnings.push(TableError::new(self.file, self.line, what, hint));
    }

    fn close(&mut self) {
        self.tell_unknown_codes();
        self.contents.warnings.sort();
        let Patterns { loaded, all } = self.contents.patterns;
        let what = format!("{loaded} of {all} verbs with a code and patterns are loaded");
        self.line = 1;
        self.warn(what, "docs/rules.md says what of a dictionary of PETRARCH can be said, and what cannot");
        self.contents.warnings.rotate_right(1);
    }
}

/// Of so many codes one may be foreign to CAMEO, by a slip or an invention, in a dictionary that is for CAMEO.
const FOREIGN: usize = 5;

/// Who stands where in a pattern.
fn places(before: &str, after: &str) -> Places {
    let words =
        |text: &str| text.split([' ', '_', '(', ')', '{', '}']).map(str::to_lowercase).collect::<Vec<_>>();
    let (before, after) = (words(before), words(after));
    let has = |list: &[String], word: &str| list.iter().any(|w| w == word);
    Places {
        turned: has(&before, "+") || has(&after, "$"),
        passive: ["be", "been", "is", "are", "was", "were"].iter().any(|form| has(&before, form)),
        joint: has(&before, "%"),
    }
}

/// What stands before `[code]`, and the code.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.split_once('[')?;
    Some((before, rest.split_once(']')?.0.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventType, Trigger};

    const DICTIONARY: &str = "<!-- ours -->\n&TRUCE\n+CEASEFIRE\n+LULL_IN_FIGHTING\n\n--- GROWL [111] ---\nGROWL\n\
        +SNARL_AT {SNARLED_AT}\nHOWL [---]\n- * (FOR &TRUCE) [022]  # ours\n- * OFF DEAL [120]\n\
        - * {PEACE TALKS} [046:046]\n- WOLVES * MOON [190]\n- * (UNDER PRESSURE) [:020]\n- * BONE [---]\n\
        - * FENCE [999]\n~ a (a b GROWL) SAY = a b 015\n";

    fn read_all() -> Contents {
        read("wolves.txt", DICTIONARY.as_bytes()).expect("a dictionary")
    }

    fn at(contents: &Contents, line: usize) -> Vec<&Trigger> {
        contents.triggers.iter().filter(|t| t.name == format!("wolves.txt:{line}")).collect()
    }

    #[test]
    fn verbs_and_patterns_become_entries() {
        let contents = read_all();
        let growl = at(&contents, 7);
        assert_eq!((growl[0].event_type, growl[0].cameo.as_deref()), (EventType::Accuse, Some("111")));
        assert_eq!(at(&contents, 8)[0].when.prep, ["at"]);
        assert!(at(&contents, 9).is_empty());
        let truce = at(&contents, 10);
        assert_eq!(truce[0].when.prep, ["for ceasefire", "for lull in fighting"]);
        assert!(
            truce[0].lemmas.contains(&"growl".to_owned()) && truce[0].lemmas.contains(&"howl".to_owned())
        );
        let deal = at(&contents, 11);
        assert!(deal.iter().any(|t| t.when.particle == ["off"] && t.when.object == ["deal"]));
        let talks = at(&contents, 12)[0];
        assert!(talks.reciprocal && talks.when.object.contains(&"talk".to_owned()));
        assert_eq!(talks.when.modifier, ["peace"]);
        assert_eq!(at(&contents, 14)[0].source, ["ARG1"]);
        assert_eq!(
            (at(&contents, 15)[0].event_type, at(&contents, 15)[0].kind.as_str()),
            (EventType::None, "action")
        );
        assert_eq!(at(&contents, 16)[0].cameo.as_deref(), Some("999"));
    }

    #[test]
    fn words_before_the_verb_and_marks_for_actors_are_understood() {
        let text = "--- HOWL [111] ---\nHOWL\nNIGHT_+HOWL [112]\n- WOLVES SAID_WOULD * MOON [190]\n- + WAS * BY $ [:031]\n\
            - % * [030:030]\n- $ * + [010:011]\n- * THE LONG COLD NIGHT [020]\n";
        let contents = read("wolves.txt", text.as_bytes()).expect("a dictionary");
        assert_eq!(contents.patterns, Patterns { loaded: 7, all: 7 });
        assert_eq!(at(&contents, 3)[0].when.before, [["night"]]);
        let said = &at(&contents, 4)[0].when.before;
        assert_eq!(said[..], [vec!["wolve", "wolves"], vec!["said"], vec!["would"]]);
        let passive = at(&contents, 5)[0];
        assert_eq!((passive.target[0].as_str(), passive.code.as_deref()), ("ARG1", Some("031")));
        assert!(passive.source[0].starts_with("prep:by"));
        let joint = at(&contents, 6)[0];
        assert!(joint.reciprocal && joint.target == ["none"] && joint.when.several == Some(true));
        assert_eq!(at(&contents, 7)[0].code.as_deref(), Some("010:011"));
        let night = at(&contents, 8)[0];
        assert_eq!(night.when.after.len(), 4);
        assert!(night.when.specificity() > joint.when.specificity());
    }

    #[test]
    fn codes_of_another_scheme_are_kept_and_not_taken_for_those_of_cameo() {
        let text = "--- HOWL [064] ---\nHOWL\nGROWL [345]\nSNARL [1717]\nBITE [---]\n";
        let contents = read("wolves.txt", text.as_bytes()).expect("a dictionary");
        let howl = at(&contents, 2)[0];
        assert_eq!((howl.event_type, howl.kind.as_str()), (EventType::None, "comment"));
        assert_eq!((howl.cameo.as_deref(), howl.code.as_deref()), (None, Some("064")));
        let told: Vec<&str> = contents.warnings.iter().map(|w| w.what.as_str()).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().any(|t| t.starts_with("2 of 3 codes are none of CAMEO's")), "{told:?}");
    }

    #[test]
    fn the_loss_is_told_with_its_lines_and_counted() {
        let contents = read_all();
        let lines: Vec<usize> = contents.warnings.iter().map(|w| w.line).collect();
        assert_eq!(lines, [1, 10, 14, 16, 17], "{:#?}", contents.warnings);
        assert_eq!(contents.patterns, Patterns { loaded: 9, all: 10 });
        assert!(contents.warnings[0].what.starts_with("9 of 10 "), "{}", contents.warnings[0]);
        assert!(contents.errors.is_empty());
    }

    #[test]
    fn a_set_that_names_itself_and_other_nonsense_do_no_harm() {
        let text = "&A\n+&A\n--- X [\n--- X [010] ---\nX\n- * &A [010]\n- * &B [010]\n- [010]\n- * (((({ [010]\n- *\n";
        let contents = read("x", text.as_bytes()).expect("a dictionary");
        assert_eq!(contents.patterns, Patterns { loaded: 1, all: 6 });
        assert!(read("x", b"NORWAY [NOR]\n").is_none());
    }
}
