//! The forms of time expressions: `data/time/patterns.tsv`, read once, and how words fit them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::feast::Feast;
use crate::lexicon::{Class, rows};
use crate::tokens::Token;

macro_rules! rules {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// How the words that fit a pattern are understood; the head of the table explains each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Rule { $($variant),* }

        impl Rule {
            fn parse(name: &str) -> Option<Rule> {
                match name { $($text => Some(Rule::$variant),)* _ => None }
            }
        }
    };
}

rules! {
    Date = "date", ShiftMonth = "shiftmonth", Half = "half", Quarter = "quarter", WeekOf = "weekof", Year = "year",
    Century = "century", Season = "season", Weekday = "weekday", WeekdayOf = "weekdayof", DayName = "dayname",
    TwoDays = "twodays", Overnight = "overnight", Shift = "shift", Weekend = "weekend", Elapsed = "elapsed",
    Remaining = "remaining", Ago = "ago", Apart = "apart", Order = "order", DayBefore = "daybefore",
    DayAfter = "dayafter", FromNow = "fromnow", PastStretch = "past", FutureStretch = "future", Recent = "recent",
    Same = "same", Then = "then", Reference = "reference", Now = "now", Bygone = "bygone", Soon = "soon",
    Duration = "duration", Stretch = "stretch", DayOfMonth = "dayofmonth", DayPart = "daypart", Current = "current",
    Fiscal = "fiscal", FiscalUnit = "fiscalunit", YearAgo = "yearago", Subject = "subject", Feast = "feast", Latest = "latest", Ended = "ended", Set = "set", Clock = "clock", Vague = "vague", None = "none",
}

/// An amount: a number, or a rough one that is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    /// For the calendar.
    pub(crate) count: i64,
    /// As TIMEX3 writes it: none for "several".
    pub(crate) stated: Option<i64>,
    /// "about", "or", "a few".
    pub(crate) rough: bool,
}

/// What was found at which slots.
#[derive(Clone, Debug)]
pub(crate) struct Captures {
    values: [Option<i64>; Class::COUNT],
    pub(crate) amount: Option<Amount>,
    pub(crate) feast: Option<Feast>,
}

impl Captures {
    fn new() -> Self {
        Self { values: [None; Class::COUNT], amount: None, feast: None }
    }

    /// The value of a slot.
    pub(crate) fn get(&self, class: Class) -> Option<i64> {
        self.values[class as usize]
    }

    /// Sets a slot.
    pub(crate) fn set(&mut self, class: Class, value: i64) {
        self.values[class as usize] = Some(value);
    }
}

/// One element of a pattern.
#[derive(Debug)]
struct Element {
    what: What,
    optional: bool,
    /// In round brackets: must stand there, is no part of the expression.
    outside: bool,
}

#[derive(Debug)]
enum What {
    Slot(Class),
    Amount,
    Words(Vec<&'static str>),
}

/// A form of time expressions.
#[derive(Debug)]
pub(crate) struct Pattern {
    elements: Vec<Element>,
    pub(crate) rule: Rule,
    /// The day of the year that the name stands for ("Christmas Day").
    feast: Option<Feast>,
}

/// Words that fit a pattern.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) rule: Rule,
    pub(crate) captures: Captures,
    /// First token.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let forms = rows(include_str!("../../../data/time/patterns.tsv")).filter_map(|cells| pattern(&cells));
    let names = rows(include_str!("../../../data/time/names.tsv")).filter_map(|cells| name(&cells));
    forms.chain(names).collect()
});

fn pattern(cells: &[&'static str]) -> Option<Pattern> {
    let elements: Option<Vec<Element>> = cells.first()?.split(' ').map(element).collect();
    Some(Pattern { elements: elements?, rule: Rule::parse(cells.get(1)?)?, feast: None })
}

fn element(text: &'static str) -> Option<Element> {
    let outside = text.starts_with('(');
    let text = text.trim_start_matches('(').trim_end_matches(')');
    let optional = text.len() > 1 && text.ends_with('?');
    let text = if optional { text.strip_suffix('?')? } else { text };
    let what = if text == "AMOUNT" {
        What::Amount
    } else if text.starts_with(|c: char| c.is_ascii_uppercase()) {
        What::Slot(Class::parse(text)?)
    } else {
        What::Words(text.split('|').collect())
    };
    Some(Element { what, optional, outside })
}

/// A feast: its words, and its day where it has a known one.
fn name(cells: &[&'static str]) -> Option<Pattern> {
    let [words, date] = cells else { return None };
    let literal = |w| Element { what: What::Words(vec![w]), optional: false, outside: false };
    let mut elements: Vec<Element> = words.split(' ').map(literal).collect();
    elements.push(Element { what: What::Slot(Class::Year), optional: true, outside: false });
    let feast = if *date == "-" { None } else { Some(Feast::parse(date)?) };
    let rule = if feast.is_some() { Rule::Feast } else { Rule::Vague };
    Some(Pattern { elements, rule, feast })
}

/// What optional elements may have taken before a word that did not follow.
const TRAILING: &[&str] = &[",", "of", "in", "on", "the", "-"];

/// Which patterns a token can open, by their numbers: most words open none.
#[derive(Default)]
struct Openers {
    words: BTreeMap<&'static str, Vec<usize>>,
    classes: BTreeMap<Class, Vec<usize>>,
    amounts: Vec<usize>,
}

static OPENERS: LazyLock<Openers> = LazyLock::new(|| {
    let mut openers = Openers::default();
    for (number, pattern) in PATTERNS.iter().enumerate() {
        let optional = pattern.elements.iter().take_while(|e| e.optional).count();
        for element in pattern.elements.iter().take(optional + 1) {
            match &element.what {
                What::Words(words) => {
                    words.iter().for_each(|w| openers.words.entry(w).or_default().push(number))
                }
                What::Slot(class) => openers.classes.entry(read_as(*class)).or_default().push(number),
                What::Amount => openers.amounts.push(number),
            }
        }
    }
    openers
});

impl Openers {
    /// The patterns that may begin at the token, in the order of the table.
    fn of(&self, token: &Token) -> Vec<usize> {
        let mut found = self.words.get(token.lower.as_str()).cloned().unwrap_or_default();
        for class in token.classes() {
            found.extend(self.classes.get(&class).into_iter().flatten());
        }
        if opens_amount(token) {
            found.extend(&self.amounts);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The longest expression that begins at token `at`; of two as long the one that stands first in the table.
pub(crate) fn longest(tokens: &[Token], at: usize) -> Option<Match> {
    let mut best: Option<Match> = None;
    for number in OPENERS.of(tokens.get(at)?) {
        let Some(found) = PATTERNS.get(number).and_then(|p| p.fit(tokens, at)) else { continue };
        if best.as_ref().is_none_or(|b| found.end - found.start > b.end - b.start) {
            best = Some(found);
        }
    }
    best
}

impl Pattern {
    fn fit(&self, tokens: &[Token], at: usize) -> Option<Match> {
        let mut captures = Captures::new();
        let end = fit(&self.elements, tokens, at, &mut captures)?;
        captures.feast = self.feast;
        let outside = self.elements.iter().take_while(|e| e.outside).count();
        let trailing = self.elements.iter().rev().take_while(|e| e.outside).count();
        let mut end = end - trailing;
        while end > at + 1 && tokens.get(end - 1).is_some_and(|t| TRAILING.contains(&t.lower.as_str())) {
            end -= 1;
        }
        Some(Match { rule: self.rule, captures, start: at + outside, end })
    }
}

/// Where the words from `at` that fit the elements end; optional ones are tried first with, then without.
fn fit(elements: &[Element], tokens: &[Token], at: usize, captures: &mut Captures) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(at) };
    let before = captures.clone();
    if let Some(length) = element.length(tokens, at, captures)
        && let Some(end) = fit(rest, tokens, at + length, captures)
    {
        return Some(end);
    }
    *captures = before;
    if element.optional { fit(rest, tokens, at, captures) } else { None }
}

impl Element {
    fn length(&self, tokens: &[Token], at: usize, captures: &mut Captures) -> Option<usize> {
        let token = tokens.get(at)?;
        match &self.what {
            What::Words(words) => words.contains(&token.lower.as_str()).then_some(1),
            What::Slot(class) => {
                captures.set(*class, token.read(read_as(*class))?);
                Some(1)
            }
            What::Amount => {
                let (length, amount) = amount(tokens, at)?;
                captures.amount = Some(amount);
                Some(length)
            }
        }
    }
}

/// The class that a token of a slot has.
fn read_as(slot: Class) -> Class {
    if slot == Class::LastDay { Class::Day } else { slot }
}

fn is_article(lower: &str) -> bool {
    matches!(lower, "a" | "an" | "another")
}

fn opens_amount(token: &Token) -> bool {
    is_article(&token.lower) || token.read(Class::Number).is_some() || token.read(Class::Few).is_some()
}

/// "three", "a", "another two", "a few", "a couple of", "two or three", "twenty-five", "two hundred", "a dozen", with their length.
fn amount(tokens: &[Token], at: usize) -> Option<(usize, Amount)> {
    let lower = |i: usize| tokens.get(i).map_or("", |t| t.lower.as_str());
    let read = |i: usize, class| tokens.get(i).and_then(|t| t.read(class));
    let article = usize::from(is_article(lower(at)));
    if lower(at) == "another" && number(tokens, at + 1).is_some() {
        return amount(tokens, at + 1).map(|(length, amount)| (length + 1, amount));
    }
    if let Some(count) = read(at + article, Class::Few) {
        let of = usize::from(lower(at + article + 1) == "of");
        let couple = lower(at + article) == "couple";
        return Some((article + 1 + of, Amount { count, stated: couple.then_some(2), rough: true }));
    }
    if let Some(scale) = read(at + article, Class::Scale).filter(|_| article == 1) {
        return Some((2, Amount { count: scale, stated: Some(scale), rough: false }));
    }
    if article == 1 {
        // "a": one, where a unit follows.
        return Some((1, Amount { count: 1, stated: Some(1), rough: false }));
    }
    let (length, count) = number(tokens, at)?;
    if matches!(lower(at + length), "1/2" | "½") {
        return Some((length + 1, Amount { count, stated: Some(count), rough: false }));
    }
    let next =
        number(tokens, at + length + 1).filter(|_| matches!(lower(at + length), "or" | "to" | "-" | "–"));
    if let Some((more, second)) = next.filter(|(_, second)| *second > count) {
        return Some((length + 1 + more, Amount { count: second, stated: Some(second), rough: true }));
    }
    Some((length, Amount { count, stated: Some(count), rough: false }))
}

/// "25", "twenty-five", "two hundred".
fn number(tokens: &[Token], at: usize) -> Option<(usize, i64)> {
    let read = |i: usize, class| tokens.get(i).and_then(|t: &Token| t.read(class));
    let first = read(at, Class::Number)?;
    let hyphen = tokens.get(at + 1).is_some_and(|t| t.lower == "-");
    let ones = read(at + 2, Class::Number)
        .filter(|ones| hyphen && (20..100).contains(&first) && first % 10 == 0 && *ones < 10);
    let (length, value) = ones.map_or((1, first), |ones| (3, first + ones));
    match read(at + length, Class::Scale) {
        Some(scale) => Some((length + 1, value.saturating_mul(scale))),
        None => Some((length, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads() {
        let count = rows(include_str!("../../../data/time/patterns.tsv")).count()
            + rows(include_str!("../../../data/time/names.tsv")).count();
        assert_eq!(PATTERNS.len(), count);
    }
}
