//! The words of a sentence as time expressions see them: figures read, months told from other words.

use tidings_language::{NameKind, Sentence, Upos};
use tidings_text::Span;

use crate::lexicon::{self, Class};

/// A word, or a part of one ("mid-May" is two).
#[derive(Debug)]
pub(crate) struct Token {
    /// Number of the word in the sentence.
    pub(crate) word: usize,
    /// Where it stands in the text.
    pub(crate) span: Span,
    /// Its form in lower case.
    pub(crate) lower: String,
    /// Begins with a capital.
    capital: bool,
    readings: Vec<(Class, i64)>,
}

impl Token {
    fn new(word: usize, span: Span, form: &str) -> Self {
        let lower = form.to_lowercase();
        let mut readings: Vec<_> = lexicon::reading(&lower)
            .or_else(|| lexicon::reading(lower.strip_suffix('.')?))
            .into_iter()
            .collect();
        figures(&lower, &mut readings);
        let capital = form.starts_with(char::is_uppercase);
        Self { word, span, lower, capital, readings }
    }

    /// Its value as a word of `class`.
    pub(crate) fn read(&self, class: Class) -> Option<i64> {
        self.readings.iter().find(|(c, _)| *c == class).map(|(_, value)| *value)
    }

    /// All that it can be.
    pub(crate) fn classes(&self) -> impl Iterator<Item = Class> {
        self.readings.iter().map(|(class, _)| *class)
    }

    fn has_stop(&self) -> bool {
        self.lower.ends_with('.')
    }
}

/// The tokens of a sentence; empty where no word can belong to a time expression.
pub(crate) fn tokens(text: &str, sentence: &Sentence) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(sentence.words.len() + 4);
    for (index, word) in sentence.words.iter().enumerate() {
        push(&mut tokens, index, word.span, &word.form, text);
    }
    if tokens.iter().all(|t| t.readings.is_empty()) {
        return Vec::new();
    }
    for index in 0..tokens.len() {
        if !is_meant(&tokens, index, sentence) {
            tokens[index].readings.clear();
        }
        add_variants(&mut tokens[index].readings);
    }
    tokens
}

/// "mid-2014" is cut in two where the words of the text are the words of the sentence.
fn push(tokens: &mut Vec<Token>, index: usize, span: Span, form: &str, text: &str) {
    let prefix = form.get(..4).filter(|p| p.eq_ignore_ascii_case("mid-")).filter(|_| span.of(text) == form);
    match prefix {
        Some(prefix) => {
            let cut = span.start + prefix.len();
            tokens.push(Token::new(index, Span::new(span.start, cut - 1), &form[..3]));
            tokens.push(Token::new(index, Span::new(cut, span.end), &form[4..]));
        }
        None => tokens.push(Token::new(index, span, form)),
    }
}

/// A plural unit is a unit, a numeral may be a day.
fn add_variants(readings: &mut Vec<(Class, i64)>) {
    let more: Vec<_> = readings
        .iter()
        .filter_map(|(class, value)| match class {
            Class::Units => Some((Class::Unit, *value)),
            Class::Mon => Some((Class::Month, *value)),
            Class::Wday => Some((Class::Weekday, *value)),
            Class::Ordinal if (1..=31).contains(value) => Some((Class::Day, *value)),
            _ => None,
        })
        .collect();
    readings.extend(more);
}

/// Whether a word that can also be something else is meant as a word of time.
fn is_meant(tokens: &[Token], index: usize, sentence: &Sentence) -> bool {
    let token = &tokens[index];
    let near = |step: isize| index.checked_add_signed(step).and_then(|i| tokens.get(i));
    let figure = |t: Option<&Token>| t.is_some_and(|t| t.lower.starts_with(|c: char| c.is_ascii_digit()));
    let upos = sentence.words.get(token.word).map_or(Upos::X, |w| w.upos);
    let Some((class, _)) = token.readings.first() else { return true };
    match class {
        Class::Month | Class::Weekday => token.capital && is_calendar_name(tokens, index, sentence, upos),
        Class::Mon => token.capital && (figure(near(1)) || figure(near(-1)) || token.has_stop()),
        Class::Wday => token.capital && (token.has_stop() || near(1).is_some_and(|t| t.lower == ",")),
        Class::Freq => !token.capital || index == 0,
        Class::Season => !matches!(upos, Upos::Verb | Upos::Adj),
        Class::Ref => !matches!(upos, Upos::Verb | Upos::Noun | Upos::Propn),
        _ => true,
    }
}

/// "Theresa May", "the Sunday Times", "Sheffield Wednesday": part of a longer name of something else. "May", "March"
/// and "August" need a word beside them that dates.
fn is_calendar_name(tokens: &[Token], index: usize, sentence: &Sentence, upos: Upos) -> bool {
    let token = &tokens[index];
    let named = sentence.name_at(token.word).is_some_and(|name| {
        let other = matches!(
            name.kind,
            NameKind::Person | NameKind::Organization | NameKind::Facility | NameKind::Product
        );
        other && name.words.len() > 1
    });
    if named {
        return false;
    }
    let ambiguous = matches!(token.lower.as_str(), "may" | "march" | "august");
    !ambiguous || (!matches!(upos, Upos::Aux | Upos::Verb) && is_dated(tokens, index, sentence))
}

/// Something beside the word dates: "in May", "May 3", "early March", "the May vote".
fn is_dated(tokens: &[Token], index: usize, sentence: &Sentence) -> bool {
    let previous = index.checked_sub(1).and_then(|i| tokens.get(i));
    let leads = previous.is_some_and(|t| {
        t.readings.iter().any(|(c, _)| {
            matches!(
                c,
                Class::Part | Class::Shift | Class::Ordinal | Class::Day | Class::Month | Class::Weekday
            )
        }) || BEFORE_MONTHS.contains(&t.lower.as_str())
    });
    let follows =
        tokens.get(index + 1).is_some_and(|t| t.read(Class::Day).is_some() || t.read(Class::Year).is_some());
    let numbered = tokens.get(index + 1).is_some_and(|t| t.lower == "the")
        && tokens.get(index + 2).is_some_and(|t| t.read(Class::Ordinal).is_some());
    let listed =
        tokens.get(index + 1).is_some_and(|t| matches!(t.lower.as_str(), "and" | "to" | "through" | "until"))
            && tokens.get(index + 2).is_some_and(|t| t.read(Class::Month).is_some());
    let upos = |at: usize| tokens.get(at).and_then(|t| sentence.words.get(t.word)).map(|w| w.upos);
    let modifies = index > 0 && upos(index - 1) == Some(Upos::Det) && upos(index + 1) == Some(Upos::Noun);
    leads || follows || numbered || listed || modifies
}

const BEFORE_MONTHS: &[&str] = &[
    "in",
    "since",
    "until",
    "till",
    "by",
    "of",
    "from",
    "to",
    "between",
    "and",
    "during",
    "through",
    "before",
    "after",
    "for",
    "every",
    "each",
    "throughout",
    "-",
    "–",
];

/// Readings of words that begin with a figure, "Q3" and "'90s".
fn figures(lower: &str, readings: &mut Vec<(Class, i64)>) {
    let number = |text: &str| text.parse::<i64>().ok().filter(|_| text.len() <= 9);
    if let Some(value) = number(lower) {
        readings.push((Class::Number, value));
        if (1..=31).contains(&value) && lower.len() <= 2 {
            readings.push((Class::Day, value));
        }
        if lower.len() == 4 && (1000..2200).contains(&value) {
            readings.push((Class::Year, value));
        }
        return;
    }
    if let Some(quarter) = lower.strip_prefix('q').and_then(number).filter(|q| (1..=4).contains(q)) {
        readings.push((Class::QuarterName, quarter));
    }
    if !lower.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '\'' | '’')) {
        return;
    }
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|s| lower.strip_suffix(s)).and_then(number);
    readings.extend(ordinal.map(|value| (Class::Ordinal, value)));
    readings.extend(decade(lower).map(|value| (Class::Decade, value)));
    readings.extend(clock(lower).map(|value| (Class::Clock, value)));
    readings.extend(iso_date(lower).map(|value| (Class::IsoDate, value)));
    readings.extend(slash_date(lower));
    if readings.is_empty() {
        let plain = lower.replace(',', "");
        readings.extend(number(&plain).map(|value| (Class::Number, value)));
    }
}

/// "1990s", "1990's", "'90s": the first year.
fn decade(lower: &str) -> Option<i64> {
    let figures =
        lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).or_else(|| lower.strip_suffix('s'))?;
    let figures = figures.trim_start_matches(['\'', '’']);
    let value: i64 = figures.parse().ok()?;
    match figures.len() {
        4 if value % 10 == 0 => Some(value),
        2 if value % 10 == 0 && value >= 30 => Some(1900 + value),
        _ => None,
    }
}

/// "17:05" in minutes.
fn clock(lower: &str) -> Option<i64> {
    let (hour, minute) = lower.split_once(':').or_else(|| lower.split_once('.'))?;
    let (hours, minutes): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour.len() <= 2 && minute.len() == 2 && hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// "2016-08-09" as 20160809.
fn iso_date(lower: &str) -> Option<i64> {
    let date: jiff::civil::Date = lower.get(..10).filter(|t| t.len() == lower.len())?.parse().ok()?;
    Some(i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day()))
}

/// "25/8/2016" as 20160825; where day and month could change places only the year is read.
fn slash_date(lower: &str) -> Option<(Class, i64)> {
    let mut parts = lower.split('/').map(|p| p.parse::<i64>().ok());
    let (a, b, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some()
        || !(1..=31).contains(&a)
        || !(1..=31).contains(&b)
        || !(1000..2200).contains(&year)
    {
        return None;
    }
    match (a, b) {
        (day, month) if day > 12 && month <= 12 => Some((Class::IsoDate, year * 10_000 + month * 100 + day)),
        (month, day) if month <= 12 && (day > 12 || day == month) => {
            Some((Class::IsoDate, year * 10_000 + month * 100 + day))
        }
        (a, b) if a <= 12 && b <= 12 => Some((Class::SlashDate, year)),
        _ => None,
    }
}
