//! What stands in the text: the name, and the words around it that say which place is meant.

use tidings_text::Span;

use crate::kind_words::{KindWords, Order};
use crate::{Entry, Gazetteer, Kind, Way};

/// A place name in a text.
#[derive(Clone, Copy, Debug)]
pub struct Toponym<'t> {
    /// The name as written.
    pub name: &'t str,
    /// The text before it, as far as wanted.
    pub before: &'t str,
    /// The text behind it, as far as wanted.
    pub after: &'t str,
    /// Number of its sentence.
    pub sentence: usize,
}

impl<'t> Toponym<'t> {
    /// The name at `span` (bytes) of `text`.
    pub fn at(text: &'t str, span: Span, sentence: usize) -> Self {
        Self {
            name: span.of(text),
            before: text.get(..span.start).unwrap_or_default(),
            after: text.get(span.end..).unwrap_or_default(),
            sentence,
        }
    }

    /// What the words in and beside the name say it is.
    pub(crate) fn order(&self) -> Option<Order> {
        let words = KindWords::table();
        words.in_name(self.name).or_else(|| words.around(self.before, self.after))
    }

    /// Whether "the" stands right before it.
    pub(crate) fn has_article(&self) -> bool {
        ["the ", "The "].iter().any(|article| self.before.ends_with(article))
    }

    /// The country or divisions that the text names right behind it: "Paris, Texas", "Paris (Texas)", "Paris, Lamar
    /// County, Tex.".
    pub(crate) fn around(&self, gazetteer: &Gazetteer) -> Vec<Entry> {
        let mut found = Vec::new();
        let mut rest = self.after;
        for _ in 0..LEVELS {
            let Some(next) = LINKS.iter().find_map(|link| rest.strip_prefix(link)) else { break };
            let Some((entries, length)) = container(gazetteer, next) else { break };
            found.extend(entries);
            rest = &next[length..];
        }
        found
    }
}

/// What stands between a name and the name of the country or division around it.
const LINKS: &[&str] = &[", in ", ", ", " (", " in "];
/// County and state, or state and country.
const LEVELS: usize = 2;
/// Longest name of a country or division, in words.
const LONGEST: usize = 5;

/// The countries and divisions that the longest name at the start of `text` may mean, and the length of the name.
fn container(gazetteer: &Gazetteer, text: &str) -> Option<(Vec<Entry>, usize)> {
    let line = text.split(['\n', ';', ':']).next()?;
    let ends = line.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | ')' | '.' | '\'' | '’' | '-'));
    let mut ends: Vec<usize> =
        ends.map(|(at, c)| if c == '.' { at + 1 } else { at }).take(LONGEST + 1).collect();
    if ends.len() <= LONGEST {
        ends.push(line.len());
    }
    ends.into_iter().rev().find_map(|end| {
        let name =
            line.get(..end).filter(|n| n.starts_with(char::is_uppercase) && !n.ends_with([' ', ',']))?;
        let entries: Vec<Entry> = gazetteer
            .candidates(name)
            .into_iter()
            .filter(|c| c.way != Way::Adjective)
            .map(|c| c.entry)
            .collect();
        let holding: Vec<Entry> = entries
            .into_iter()
            .filter(|e| matches!(e.kind(), Kind::Country | Kind::FirstDivision | Kind::SecondDivision))
            .collect();
        (!holding.is_empty()).then_some((holding, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(after: &str) -> Vec<&'static str> {
        let toponym = Toponym { name: "Norburg", before: "", after, sentence: 0 };
        let mut names: Vec<_> = toponym
            .around(Gazetteer::embedded())
            .iter()
            .filter(|e| e.kind() != Kind::SecondDivision)
            .map(|e| e.code())
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn what_follows_a_name_may_say_where_it_lies() {
        assert_eq!(around(", Texas, on Monday"), ["US.TX"]);
        assert_eq!(around(", Tex. (AP)"), ["US.TX"]);
        assert!(around(", New South Wales, Australia").contains(&"AU.02"));
        assert!(around(", New South Wales, Australia").contains(&"AUS"));
        assert!(around(" (Norway)").contains(&"NOR"));
        assert_eq!(around(", he said"), [""; 0]);
        assert_eq!(around(""), [""; 0]);
    }
}
