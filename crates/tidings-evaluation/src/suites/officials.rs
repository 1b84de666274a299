//! Office holders: the resolver is asked about people of the tables at days within and outside their terms.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use tidings_actors::{Actor, Knowledge, Mention, MentionWord, NameKindHint, fold};

use super::{Context, Outcome};
use crate::error::{Error, Result};

/// Questions of each half.
const HALF: usize = 500;
/// Questions within a term that are about heads of state or government, whom the news names most.
const HEADS: usize = 200;
/// Least days between a question and the edge of a term.
const MARGIN: i64 = 31;
/// Most days that a question lies before the first or after the last term.
const REACH: i64 = 3000;
/// Until when open terms are sure to have lasted: the oldest of the lists that they are from.
const SURE: &str = "2022-01-01";
/// Sectors that one has by an office.
const BY_OFFICE: &[&str] = &["COP", "GOV", "IGO", "JUD", "LEG", "MIL", "SPY"];
/// Offices that stand as titles before the name.
const TITLES: &[&str] = &["chancellor", "emir", "king", "premier", "president", "prime minister", "queen"];

/// Asks 1,000 questions and counts the right answers.
pub fn score(context: &Context) -> Result<Outcome> {
    let people = People::read(&context.root.join("data/actors"))?;
    let questions = people.questions();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let (mut wrong, mut namesakes, mut examples) = (0, 0, Vec::new());
    for question in &questions {
        let answer = question.ask();
        let right = question.is_right(answer.as_ref());
        let count = counts.entry(question.kind).or_default();
        count[0] += usize::from(right);
        count[1] += 1;
        if !right {
            wrong += 1;
            namesakes += usize::from(question.has_namesake);
            examples.push(question.describe(answer.as_ref()));
        }
    }
    let mut outcome = Outcome::default();
    let right = questions.len() - wrong;
    outcome.values.insert("right".to_owned(), right as f64 / questions.len().max(1) as f64);
    let each = counts.iter().map(|(kind, [right, all])| format!("{kind} {right} of {all}"));
    outcome.notes.push(each.collect::<Vec<_>>().join("; "));
    outcome
        .notes
        .push(format!("{wrong} wrong, {namesakes} of them about somebody who has a namesake in the tables"));
    outcome.notes.extend(examples.into_iter().take(5));
    Ok(outcome)
}

/// One term of the table.
struct Term {
    office: String,
    sector: String,
    from: String,
    to: String,
}

impl Term {
    /// The days that are surely within.
    fn sure(&self) -> Option<(Date, Date)> {
        let from = day(&self.from, false)?;
        let to = if self.to.is_empty() { day(SURE, true)? } else { day(&self.to, true)? };
        (from <= to).then_some((from, to))
    }

    /// The days that may be within; no bound where none is known.
    fn possible(&self) -> (Date, Date) {
        let from = Some(&self.from).filter(|f| !f.starts_with('<')).and_then(|f| day(f, true));
        let to = Some(&self.to).filter(|t| !t.starts_with('>')).and_then(|t| day(t, false));
        (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX))
    }
}

/// The first or last day of what is written as a day, a month or a year.
fn day(text: &str, first: bool) -> Option<Date> {
    let mut parts = text.trim_start_matches(['<', '>']).split('-').map(str::parse::<i16>);
    let year = parts.next()?.ok()?;
    let month = parts.next().map_or(Ok(if first { 1 } else { 12 }), |m| m).ok()?;
    let start = |day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match parts.next() {
        Some(day) => start(day.ok()?),
        None => start(1).map(|d| if first { d } else { d.last_of_month() }),
    }
}

/// A person with all terms.
struct Person {
    name: String,
    country: String,
    family: String,
    terms: Vec<Term>,
    spellings: Vec<String>,
    has_namesake: bool,
    family_is_shared: bool,
}

struct People(Vec<Person>);

impl People {
    fn read(folder: &Path) -> Result<Self> {
        let mut people: BTreeMap<[String; 3], Person> = BTreeMap::new();
        for row in rows(&folder.join("leaders.tsv"))? {
            let [name, country, office, from, to, item, sector, family] = row.as_slice() else { continue };
            let key = [name.clone(), country.clone(), item.clone()];
            let person = people.entry(key).or_insert_with(|| Person {
                name: name.clone(),
                country: country.clone(),
                family: String::new(),
                terms: Vec::new(),
                spellings: Vec::new(),
                has_namesake: false,
                family_is_shared: false,
            });
            if !family.is_empty() {
                person.family.clone_from(family);
            }
            let term = [office, sector, from, to].map(Clone::clone);
            let [office, sector, from, to] = term;
            person.terms.push(Term { office, sector, from, to });
        }
        let mut people: Vec<Person> = people.into_values().collect();
        for row in rows(&folder.join("spellings.tsv"))? {
            let [spelling, name, country, ..] = row.as_slice() else { continue };
            let bearers = people.iter_mut().filter(|p| p.name == *name && p.country == *country);
            bearers.for_each(|p| p.spellings.push(spelling.clone()));
        }
        let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
        for person in &people {
            let names: BTreeSet<String> = person.names().map(fold).collect();
            let family = Some(&person.family).filter(|f| !f.is_empty()).cloned();
            names.into_iter().chain(family).for_each(|n| *bearers.entry(n).or_default() += 1);
        }
        for person in &mut people {
            let shared = |name: &str| bearers.get(name).is_some_and(|b| *b > 1);
            let by_family = shared(&person.family);
            let by_name = person.names().any(|n| shared(&fold(n)));
            (person.has_namesake, person.family_is_shared) = (by_name, by_family);
        }
        Ok(Self(people))
    }

    /// Half within, half outside, in an order that the names decide.
    fn questions(&self) -> Vec<Question<'_>> {
        let mut order: Vec<&Person> = self.0.iter().filter(|p| p.name.contains(' ')).collect();
        order.sort_by_key(|p| (scatter(&[&p.name, &p.country]), &p.name));
        let heads = order.iter().filter(|p| p.is_head()).filter_map(|p| p.within()).take(HEADS);
        let others = order.iter().filter(|p| !p.is_head()).filter_map(|p| p.within()).take(HALF - HEADS);
        // Others than those asked about within, so that one odd person does not count twice.
        let outside = order.iter().rev().filter_map(|p| p.outside()).take(HALF);
        heads.chain(others).chain(outside).collect()
    }
}

/// The rows of a table of ours, without the column of sources.
fn rows(path: &Path) -> Result<Vec<Vec<String>>> {
    let text =
        std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    let rows = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    Ok(rows.map(|l| l.split('\t').take(8).map(str::to_owned).collect()).collect())
}

/// A number that looks like chance and is always the same (FNV-1a).
fn scatter(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

impl Person {
    fn is_head(&self) -> bool {
        !self.family.is_empty()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.spellings.iter().map(String::as_str))
    }

    fn chance(&self, what: &str, choices: u64) -> u64 {
        (scatter(&[what, &self.name, &self.country]) >> 16) % choices.max(1)
    }

    /// A day within one of the terms, asked by name or, of heads, by title and family name.
    fn within(&self) -> Option<Question<'_>> {
        let highest =
            |t: &&Term| !self.is_head() || TITLES.contains(&t.office.as_str()) || t.office == "leader";
        let terms: Vec<&Term> = self.terms.iter().filter(highest).collect();
        let term = *terms.get(usize::try_from(self.chance("term", terms.len() as u64)).ok()?)?;
        let (from, to) = term.sure()?;
        let days = u64::try_from((to - from).get_days()).ok()?;
        let date = later(from, i64::try_from(self.chance("day", days + 1)).ok()?)?;
        let family = self.family_as_written();
        let titled = TITLES.contains(&term.office.as_str()) && self.chance("title", 2) == 0;
        let (kind, words) = match family.filter(|_| titled) {
            Some(family) => ("within, by title and family name", words(Some(&term.office), &family)),
            None => ("within, by full name", words(None, &self.name_asked())),
        };
        let has_namesake = if kind.contains("family") { self.family_is_shared } else { self.has_namesake };
        Some(Question { person: self, date, kind, words, within: true, has_namesake })
    }

    /// A day on which no term of the person was running, whatever the dates known to the month mean.
    fn outside(&self) -> Option<Question<'_>> {
        let mut terms: Vec<(Date, Date)> = self.terms.iter().map(Term::possible).collect();
        terms.sort();
        let first = terms.first()?.0;
        let last = terms.iter().map(|t| t.1).max()?;
        let aside = MARGIN + i64::try_from(self.chance("aside", REACH as u64)).ok()?;
        let gap = terms.windows(2).enumerate().find_map(|(i, _)| {
            let end = terms.iter().take(i + 1).map(|t| t.1).max()?;
            let start = terms.get(i + 1)?.0;
            (end < start && i64::from((start - end).get_days()) > 2 * MARGIN)
                .then(|| later(end, MARGIN))
                .flatten()
        });
        let before = (first > Date::MIN).then(|| later(first, -aside)).flatten();
        let after = (last < Date::MAX).then(|| later(last, aside)).flatten();
        let kinds = [("in a gap", gap), ("after", after), ("before", before)];
        let known: Vec<(&'static str, Date)> = kinds.into_iter().filter_map(|(k, d)| Some((k, d?))).collect();
        // A gap is rare: where there is one, it is asked for.
        let gap = known.iter().position(|(kind, _)| *kind == "in a gap");
        let choice = usize::try_from(self.chance("kind", known.len() as u64)).ok()?;
        let (kind, date) = *known.get(gap.unwrap_or(choice))?;
        let words = words(None, &self.name_asked());
        Some(Question { person: self, date, kind, words, within: false, has_namesake: self.has_namesake })
    }

    /// The family name with its capitals and accents, if it is one word of the name.
    fn family_as_written(&self) -> Option<String> {
        let parts = self.name.split([' ', '-']);
        parts.filter(|w| !self.family.is_empty() && fold(w) == self.family).map(str::to_owned).next()
    }

    /// One of the spellings in one of four questions, where there are any.
    fn name_asked(&self) -> String {
        let other = self.spellings.get(usize::try_from(self.chance("spelling", 4)).unwrap_or(0));
        other.filter(|n| n.chars().any(char::is_uppercase)).unwrap_or(&self.name).clone()
    }
}

fn later(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Word and whether it is part of the name.
fn words(title: Option<&str>, name: &str) -> Vec<(String, bool)> {
    let capital = |w: &str| w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect();
    let title = title.into_iter().flat_map(|t| t.split(' ')).map(|w| (capital(w), false));
    title.chain(name.split(' ').map(|w| (w.to_owned(), true))).collect()
}

/// A person and a day.
struct Question<'a> {
    person: &'a Person,
    date: Date,
    kind: &'static str,
    words: Vec<(String, bool)>,
    within: bool,
    has_namesake: bool,
}

impl Question<'_> {
    fn ask(&self) -> Option<Actor> {
        let head = self.words.iter().position(|(_, named)| *named);
        let text = self.words.iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" ");
        let words = self.words.iter().enumerate().map(|(i, (form, named))| MentionWord {
            form,
            lemma: form,
            upos: "PROPN",
            is_head: Some(i) == head,
            part_of_name: named.then_some(NameKindHint::Person),
            outside: false,
        });
        let words: Vec<MentionWord> = words.collect();
        let mention = Mention {
            text: &text,
            head_lemma: head.and_then(|h| self.words.get(h)).map_or("", |(w, _)| w),
            kind: Some(NameKindHint::Person),
            words: &words,
            date: Some(self.date),
        };
        Knowledge::embedded().resolve(&mention)
    }

    /// Within: country, an office of that day and its sector. Outside: no sector that an office gives.
    fn is_right(&self, answer: Option<&Actor>) -> bool {
        let Some(actor) = answer else { return !self.within };
        if !self.within {
            return !actor.sectors.iter().any(|s| BY_OFFICE.contains(&s.as_str()));
        }
        let country = Some(self.person.country.as_str()).filter(|c| !c.is_empty());
        let held = self.person.terms.iter().filter(|t| {
            let (from, to) = t.possible();
            from <= self.date && self.date <= to
        });
        actor.country.as_deref() == country
            && held
                .into_iter()
                .any(|t| actor.role.as_deref() == Some(&t.office) && actor.sectors.contains(&t.sector))
    }

    fn describe(&self, answer: Option<&Actor>) -> String {
        let found = answer.map_or("nobody".to_owned(), |a| {
            format!("{} {} {:?}", a.country.as_deref().unwrap_or("-"), a.sectors.join("/"), a.role)
        });
        format!(
            "wrong: {} ({}) on {}, {}: {found}",
            self.person.name, self.person.country, self.date, self.kind
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(terms: &[(&str, &str)]) -> Person {
        let term = |(from, to): &(&str, &str)| Term {
            office: "minister of health".into(),
            sector: "GOV".into(),
            from: (*from).into(),
            to: (*to).into(),
        };
        Person {
            name: "Ada Stern".into(),
            country: "NOL".into(),
            family: String::new(),
            terms: terms.iter().map(term).collect(),
            spellings: Vec::new(),
            has_namesake: false,
            family_is_shared: false,
        }
    }

    #[test]
    fn days_keep_away_from_what_is_not_known() {
        let one = person(&[("2001-05", "2003")]);
        let inside = one.within().unwrap();
        assert!(
            inside.date >= day("2001-05-31", true).unwrap()
                && inside.date <= day("2003-01-01", true).unwrap()
        );
        let outside = one.outside().unwrap();
        let (first, last) = (day("2001-05-01", true).unwrap(), day("2003-12-31", true).unwrap());
        assert!(outside.date < first || outside.date > last);
        assert!(person(&[("<2019-06-04", ">2019-06-04")]).outside().is_none());
        assert_eq!(person(&[("2001", "2003"), ("2006", "")]).outside().unwrap().kind, "in a gap");
    }

    #[test]
    fn an_answer_is_right_if_office_country_and_sector_are() {
        let one = person(&[("2001-05-01", "2003-05-01")]);
        let (inside, outside) = (one.within().unwrap(), one.outside().unwrap());
        let actor = |country: &str, sector: &str, role: &str| Actor {
            id: String::new(),
            name: String::new(),
            kind: tidings_actors::ActorKind::Person,
            country: Some(country.into()),
            sectors: vec![sector.into()],
            role: Some(role.into()),
            code: None,
            aka: Vec::new(),
            generic: false,
            how: String::new(),
            score: 1.0,
        };
        assert!(inside.is_right(Some(&actor("NOL", "GOV", "minister of health"))));
        assert!(!inside.is_right(Some(&actor("SOL", "GOV", "minister of health"))) && !inside.is_right(None));
        assert!(!outside.is_right(Some(&actor("NOL", "GOV", "minister of health"))));
        assert!(outside.is_right(Some(&actor("NOL", "ELI", "former minister of health"))));
    }
}
