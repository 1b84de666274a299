//! From the words of a sentence to its time expressions, not yet resolved.

use tidings_language::{Sentence, Upos};
use tidings_text::Span;

use crate::anchor::{self, EventSignal};
use crate::lexicon::Class;
use crate::pattern::{self, Captures, Match, Rule};
use crate::tokens::{Token, tokens};

/// A time expression and what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct Expression {
    pub(crate) rule: Rule,
    pub(crate) captures: Captures,
    pub(crate) span: Span,
    /// Head word in the sentence.
    pub(crate) head: usize,
    /// The word before it, in lower case.
    pub(crate) before: String,
    /// It hangs on a noun: "the talks of 3 May".
    pub(crate) of_noun: bool,
    /// A stretch runs from this expression to the next.
    pub(crate) to_next: bool,
    /// "two and a half", "half a".
    pub(crate) with_half: bool,
    /// "three times a day": the amount is no length.
    pub(crate) counts_times: bool,
    /// "every other week".
    pub(crate) every_other: bool,
    /// What it is counted from, where that is an event: "two weeks after the coup".
    pub(crate) event: Option<EventSignal>,
    start: usize,
    end: usize,
}

/// The time expressions of a sentence, in order.
pub(crate) fn expressions(text: &str, sentence: &Sentence) -> Vec<Expression> {
    let tokens = tokens(text, sentence);
    let mut found: Vec<Match> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest(&tokens, at).and_then(|m| accepted(m, &tokens, sentence)) {
            Some(m) => {
                at = m.end.max(at + 1);
                if m.rule != Rule::None {
                    found.push(with_rough(m, &tokens));
                }
            }
            None => at += 1,
        }
    }
    let found = with_clocks(found, &tokens);
    let mut expressions: Vec<_> = found.into_iter().map(|m| expression(m, &tokens, sentence)).collect();
    link(&mut expressions, &tokens);
    expressions
}

/// A form that begins outside itself ("in" weeks) gives way to a longer one that begins where it does.
fn longest(tokens: &[Token], at: usize) -> Option<Match> {
    let found = pattern::longest(tokens, at)?;
    if found.start == at {
        return Some(found);
    }
    let length = |m: &Match| m.end - m.start;
    pattern::longest(tokens, found.start).filter(|m| length(m) > length(&found)).or(Some(found))
}

fn lower(tokens: &[Token], index: usize) -> &str {
    tokens.get(index).map_or("", |t| t.lower.as_str())
}

fn previous(tokens: &[Token], index: usize) -> &str {
    index.checked_sub(1).map_or("", |i| lower(tokens, i))
}

/// Forms that are time expressions only in the right company.
fn accepted(mut found: Match, tokens: &[Token], sentence: &Sentence) -> Option<Match> {
    match found.rule {
        Rule::Year if !is_year(&found, tokens, sentence) => None,
        Rule::Shift | Rule::Current | Rule::DayBefore | Rule::DayAfter if is_plural(&found, tokens) => None,
        Rule::DayBefore | Rule::DayAfter
            if lower(tokens, found.end - 1) != "before" && lower(tokens, found.end - 1) != "after" =>
        {
            Some(found)
        }
        // "the day after the attack": "after" is no part of it, the attack is what it is counted from.
        Rule::DayBefore | Rule::DayAfter if opens_phrase(tokens, found.end, sentence) => {
            found.end -= 1;
            Some(found)
        }
        Rule::DayOfMonth if opens_phrase(tokens, found.end, sentence) => None,
        Rule::Half if lower(tokens, found.end) == "of" => None,
        Rule::Date if found.captures.get(Class::Decade).is_some() && is_age(&found, tokens) => None,
        Rule::Shift if is_odd_part(&found, tokens) => None,
        Rule::Subject if !is_subject(&found, tokens, sentence) => None,
        Rule::Stretch if !stands_alone(&found, tokens, sentence) => None,
        Rule::Duration if is_fraction(&found, tokens) => None,
        Rule::Clock => {
            let minutes = clock(&found.captures)?;
            found.captures.set(Class::Clock, minutes);
            Some(found)
        }
        _ => Some(found),
    }
}

/// Minutes after midnight.
fn clock(captures: &Captures) -> Option<i64> {
    let minutes = match (captures.get(Class::Clock), captures.get(Class::Number), captures.get(Class::Hour)) {
        (Some(minutes), _, _) => minutes,
        (_, Some(number), _) if number >= 100 => number / 100 * 60 + number % 100,
        (_, Some(hour), _) | (_, _, Some(hour)) => hour * 60,
        _ => return None,
    };
    let meridiem = captures.get(Class::Meridiem).map(|after| minutes % 720 + after * 60);
    Some(meridiem.unwrap_or(minutes)).filter(|m| *m <= 1440)
}

/// "a quarter of the voters".
fn is_fraction(found: &Match, tokens: &[Token]) -> bool {
    found.captures.get(Class::Unit) == Some(8) && lower(tokens, found.end) == "of"
}

/// "year's end" and "mid-year" are parts of a unit, "the day's early trading" and "late day" are none.
fn is_odd_part(found: &Match, tokens: &[Token]) -> bool {
    let Some(part) = found.captures.get(Class::Part) else { return false };
    let first = tokens.get(found.start);
    let bare = first.is_some_and(|t| t.read(Class::Part).is_some())
        && tokens.get(found.end - 1).is_some_and(|t| t.read(Class::Unit).is_some())
        && found.captures.get(Class::Shift).is_none()
        && found.end - found.start <= 3
        && (found.start..found.end).all(|i| !matches!(lower(tokens, i), "of" | "the"));
    lower(tokens, found.start + 1) == "'s" && part < 4 || bare && part != 2
}

/// "the weeks", "coming months" are no unit of the calendar.
fn is_plural(found: &Match, tokens: &[Token]) -> bool {
    (found.start..found.end).any(|i| tokens.get(i).is_some_and(|t| t.read(Class::Units).is_some()))
}

/// "The day began with …": at the head of its clause, before the verb.
fn is_subject(found: &Match, tokens: &[Token], sentence: &Sentence) -> bool {
    let upos = |index: usize| tokens.get(index).and_then(|t| sentence.words.get(t.word)).map(|w| w.upos);
    let first = found.start.checked_sub(1).is_none_or(|i| upos(i) == Some(Upos::Punct));
    first && upos(found.end) == Some(Upos::Verb)
}

/// "in her sixties".
fn is_age(found: &Match, tokens: &[Token]) -> bool {
    matches!(previous(tokens, found.start), "his" | "her" | "their" | "my" | "your" | "our")
}

/// "Months of talks", not "office hours", "the soldiers' quarters", "the minutes of the meeting".
fn stands_alone(found: &Match, tokens: &[Token], sentence: &Sentence) -> bool {
    let upos = |index: usize| {
        tokens.get(index).and_then(|t| sentence.words.get(t.word)).map_or(Upos::Punct, |w| w.upos)
    };
    let unit = found.captures.get(Class::Units).unwrap_or(0);
    let before = found.start.checked_sub(1).map_or(Upos::Punct, upos);
    let article = previous(tokens, found.start) == "the" && unit > 1;
    let modified = !article
        && matches!(
            before,
            Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Det | Upos::Pron | Upos::Part
        );
    upos(found.start) == Upos::Noun && !modified && !matches!(unit, 0 | 8)
}

/// "2011" in "in 2011" and "the 2011 accord", not in "2011 soldiers", "$2011" or "No. 2011".
fn is_year(found: &Match, tokens: &[Token], sentence: &Sentence) -> bool {
    let before = previous(tokens, found.start);
    let next = tokens.get(found.end);
    let plural = next.and_then(|t| sentence.words.get(t.word)).is_some_and(|w| {
        matches!(w.upos, Upos::Noun | Upos::Adj)
            && (w.feature("Number") == Some("Plur") || w.upos == Upos::Adj)
    });
    let counted = next
        .is_some_and(|t| t.lower == "%" || t.read(Class::Unit).is_some() || t.read(Class::Scale).is_some());
    let definite = YEAR_LEADS.contains(&before);
    let year = found.captures.get(Class::Year).unwrap_or(0);
    let usual = (1900..2100).contains(&year);
    let odd = NUMBER_LEADS.contains(&before) || counted;
    !odd && (definite && (usual || before != "the" && !plural) || usual && !plural)
}

const YEAR_LEADS: &[&str] = &[
    "in", "since", "until", "till", "during", "the", "early", "late", "mid", "before", "after", "by", "'s",
    "’s",
];
const NUMBER_LEADS: &[&str] =
    &["$", "€", "£", "no.", "some", "about", "than", "nearly", "almost", "around", "#", "least"];

/// Whether a noun phrase or clause begins at the token.
fn opens_phrase(tokens: &[Token], index: usize, sentence: &Sentence) -> bool {
    let word = tokens.get(index).and_then(|t| sentence.words.get(t.word));
    word.is_some_and(|w| {
        matches!(w.upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj)
    })
}

/// "about three weeks ago", "more than ten years", "at least two days".
fn with_rough(mut found: Match, tokens: &[Token]) -> Match {
    let Some(amount) = found.captures.amount.as_mut() else { return found };
    let stands = |lead: &&&[&str]| {
        let start = found.start.checked_sub(lead.len());
        start.is_some_and(|start| lead.iter().zip(start..).all(|(w, i)| lower(tokens, i) == *w))
    };
    let one = found.start.checked_sub(1).and_then(|i| tokens.get(i));
    let taken = match ROUGH_LEADS.iter().find(stands) {
        Some(lead) => lead.len(),
        None => usize::from(one.is_some_and(|t| t.read(Class::Rough).is_some())),
    };
    amount.rough |= taken > 0;
    found.start -= taken;
    found
}

/// Words of more than one that make an amount rough; the longer before the shorter.
const ROUGH_LEADS: &[&[&str]] = &[
    &["no", "more", "than"],
    &["no", "less", "than"],
    &["no", "fewer", "than"],
    &["as", "many", "as"],
    &["as", "few", "as"],
    &["as", "little", "as"],
    &["as", "much", "as"],
    &["more", "than"],
    &["less", "than"],
    &["fewer", "than"],
    &["at", "least"],
    &["at", "most"],
    &["up", "to"],
    &["well", "over"],
    &["just", "over"],
    &["just", "under"],
];

/// "5 p.m. on Tuesday", "Tuesday at 5 p.m.": one expression.
fn with_clocks(found: Vec<Match>, tokens: &[Token]) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::with_capacity(found.len());
    for next in found {
        match out.last_mut().filter(|last| is_day_with_clock(last, &next, tokens)) {
            Some(last) => {
                let (day, time) = if last.rule == Rule::Clock { (&next, &*last) } else { (&*last, &next) };
                let mut captures = day.captures.clone();
                captures.set(Class::Clock, time.captures.get(Class::Clock).unwrap_or(0));
                *last = Match { rule: day.rule, captures, start: last.start, end: next.end };
            }
            None => out.push(next),
        }
    }
    out
}

fn is_day_with_clock(a: &Match, b: &Match, tokens: &[Token]) -> bool {
    let day = |m: &Match| {
        let is = |class| m.captures.get(class).is_some();
        matches!(m.rule, Rule::Weekday | Rule::DayName | Rule::WeekdayOf)
            || m.rule == Rule::Date && is(Class::Day)
    };
    let near =
        b.start <= a.end + 2 && (a.end..b.start).all(|i| matches!(lower(tokens, i), "on" | "at" | ","));
    near && (a.rule == Rule::Clock && day(b) || day(a) && b.rule == Rule::Clock)
}

fn expression(found: Match, tokens: &[Token], sentence: &Sentence) -> Expression {
    let words: Vec<&Token> = tokens.get(found.start..found.end).unwrap_or(&[]).iter().collect();
    let span = words.iter().map(|t| t.span).reduce(Span::join).unwrap_or_default();
    let first = words.first().map_or(0, |t| t.word);
    let last = words.last().map_or(first, |t| t.word);
    let leaves =
        |w: &usize| sentence.words.get(*w).is_some_and(|w| w.head.is_none_or(|h| h < first || h > last));
    let head = (first..=last).find(leaves).unwrap_or(last);
    let governor = sentence.words.get(head).and_then(|w| sentence.words.get(w.head?));
    Expression {
        event: anchor::signal(&found, tokens, sentence),
        rule: found.rule,
        captures: found.captures,
        span,
        head,
        of_noun: governor.is_some_and(|g| matches!(g.upos, Upos::Noun | Upos::Propn)),
        before: previous(tokens, found.start).to_owned(),
        to_next: false,
        with_half: found.rule == Rule::Duration
            && words.iter().any(|t| matches!(t.lower.as_str(), "half" | "1/2" | "½")),
        counts_times: words.iter().any(|t| t.lower == "times"),
        every_other: words.iter().any(|t| t.lower == "other"),
        start: found.start,
        end: found.end,
    }
}

/// "from May to July", "between 2011 and 2013", "Monday to Friday", "2011-2013".
fn link(expressions: &mut [Expression], tokens: &[Token]) {
    for index in 1..expressions.len() {
        let (Some(a), Some(b)) = (expressions.get(index - 1), expressions.get(index)) else { continue };
        let between = if b.start == a.end + 1 { lower(tokens, a.end) } else { "" };
        let joined = match between {
            "and" => a.before == "between",
            "to" | "until" | "till" | "through" => a.before == "from" || a.rule == b.rule,
            "-" | "–" | "—" => a.rule == b.rule,
            _ => false,
        };
        if joined && a.is_calendar() && b.is_calendar() {
            expressions[index - 1].to_next = true;
        }
    }
}

impl Expression {
    /// Whether it names a stretch of the calendar.
    fn is_calendar(&self) -> bool {
        !matches!(self.rule, Rule::Duration | Rule::Set | Rule::Recent | Rule::Clock | Rule::Vague)
    }

    /// The value of a slot.
    pub(crate) fn get(&self, class: Class) -> Option<i64> {
        self.captures.get(class)
    }
}
