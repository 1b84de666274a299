//! Quotation marks that belong together.

use crate::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks (the closing one may be missing: see `closed`).
    pub outer: Span,
    /// Between the marks.
    pub inner: Span,
    /// Whether a closing mark was found; a quotation that runs over a paragraph end has none.
    pub closed: bool,
    /// 0 for a quotation in running text, 1 for one inside it, and so on.
    pub depth: u8,
}

/// All quotations of `text` inside `span`, by their start.
///
/// A quotation ends with its paragraph at the latest: where it goes on, the next paragraph opens with a mark again, as
/// newspapers print it. Single marks count only where they close, since most of them are apostrophes.
pub fn quotations(text: &str, span: Span) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = paragraphs(text, span).flat_map(|p| Reader::new(text, p).run()).collect();
    found.sort_by_key(|q| (q.outer.start, std::cmp::Reverse(q.outer.end)));
    found
}

/// Stretches between line ends, without blanks around them.
fn paragraphs(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut start = span.start;
    span.of(text).split_inclusive(['\n', '\r', '\u{2029}']).filter_map(move |line| {
        let begin = start + (line.len() - line.trim_start().len());
        start += line.len();
        let end = begin + line.trim().len();
        (begin < end).then(|| Span::new(begin, end))
    })
}

/// The pairs of marks that English print uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pair {
    Double,
    CurlyDouble,
    Single,
    CurlySingle,
    Guillemets,
}

impl Pair {
    fn is_single(self) -> bool {
        matches!(self, Pair::Single | Pair::CurlySingle)
    }

    /// Kinds that a mark may open or close.
    fn of(mark: char) -> Option<(Pair, bool, bool)> {
        Some(match mark {
            '"' => (Pair::Double, true, true),
            '“' => (Pair::CurlyDouble, true, false),
            '”' => (Pair::CurlyDouble, false, true),
            '\'' => (Pair::Single, true, true),
            '‘' => (Pair::CurlySingle, true, false),
            '’' => (Pair::CurlySingle, false, true),
            '«' => (Pair::Guillemets, true, false),
            '»' => (Pair::Guillemets, false, true),
            _ => return None,
        })
    }
}

/// A mark in its surroundings.
#[derive(Clone, Copy, Debug)]
struct Mark {
    pair: Pair,
    span: Span,
    opens: bool,
    closes: bool,
}

/// Quotations inside quotations beyond this are not told apart.
const DEEPEST: usize = 8;

struct Reader<'t> {
    text: &'t str,
    paragraph: Span,
    marks: Vec<Mark>,
    open: Vec<Mark>,
    found: Vec<Quotation>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, paragraph: Span) -> Self {
        Self { text, paragraph, marks: marks(text, paragraph), open: Vec::new(), found: Vec::new() }
    }

    fn run(mut self) -> Vec<Quotation> {
        for index in 0..self.marks.len() {
            self.mark(index);
        }
        while let Some(unclosed) = self.open.pop() {
            self.leave_open(unclosed, self.paragraph.end);
        }
        self.found
    }

    fn mark(&mut self, index: usize) {
        let mark = self.marks[index];
        let partner = self.open.iter().rposition(|o| o.pair == mark.pair);
        match partner {
            Some(_) if self.is_possessive(index) => {}
            Some(at) if mark.closes => self.close(at, mark),
            // The same mark opens again: the first was never closed, or stood for something else (inches).
            Some(at) if mark.opens => {
                self.open.truncate(at + 1);
                if let Some(unclosed) = self.open.pop() {
                    self.leave_open(unclosed, mark.span.start);
                }
                self.open.push(mark);
            }
            None if mark.opens && self.open.len() < DEEPEST => self.open.push(mark),
            _ => {}
        }
    }

    fn close(&mut self, at: usize, mark: Mark) {
        self.open.truncate(at + 1);
        if let Some(opening) = self.open.pop() {
            self.push(opening, Span::new(opening.span.end, mark.span.start), mark.span.end, true);
        }
    }

    /// Double marks without their partner run to `end`; single ones were apostrophes.
    fn leave_open(&mut self, opening: Mark, end: usize) {
        if !opening.pair.is_single() && opening.span.end < end {
            let inner = Span::new(opening.span.end, end).of(self.text).trim_end();
            let end = opening.span.end + inner.len();
            self.push(opening, Span::new(opening.span.end, end), end, false);
        }
    }

    fn push(&mut self, opening: Mark, inner: Span, end: usize, closed: bool) {
        let depth = self.open.iter().filter(|o| !o.pair.is_single() || opening.pair.is_single()).count();
        let depth = u8::try_from(depth).unwrap_or(u8::MAX);
        self.found.push(Quotation { outer: Span::new(opening.span.start, end), inner, closed, depth });
    }

    /// "the allies' fleet" inside single marks: a later mark closes, and no other quotation opens before it.
    fn is_possessive(&self, index: usize) -> bool {
        let mark = self.marks[index];
        let before = self.text[..mark.span.start].chars().next_back();
        let after = self.text[mark.span.end..].trim_start().chars().next();
        let genitive = before == Some('s') && after.is_some_and(char::is_lowercase);
        let mut later = self.marks[index + 1..].iter().filter(|m| m.pair == mark.pair);
        mark.pair.is_single() && mark.closes && genitive && later.next().is_some_and(|m| m.closes && !m.opens)
    }
}

/// The marks of a paragraph; apostrophes inside words are none.
fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let inside = paragraph.of(text);
    let found = inside.char_indices().filter_map(|(offset, c)| {
        let (pair, may_open, may_close) = Pair::of(c)?;
        let span = Span::new(paragraph.start + offset, paragraph.start + offset + c.len_utf8());
        let before = inside[..offset].chars().next_back();
        let after = inside[offset + c.len_utf8()..].chars().next();
        let (opens, closes) = directions(pair, before, after);
        let mark = Mark { pair, span, opens: opens && may_open, closes: closes && may_close };
        (mark.opens || mark.closes).then_some(mark)
    });
    found.collect()
}

/// Whether a mark between these two characters can open, and can close.
fn directions(pair: Pair, before: Option<char>, after: Option<char>) -> (bool, bool) {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let bracket = |c: Option<char>| c.is_some_and(|c| "([{-–—/\"“'‘".contains(c));
    let opens = (space(before) || bracket(before)) && !space(after);
    let closes = !space(before) && !word(after);
    if pair.is_single() {
        // An apostrophe stands between letters ("don't") or before figures ("the '90s").
        return (
            opens && after.is_some_and(char::is_alphabetic),
            closes && !before.is_some_and(|c| "([{".contains(c)),
        );
    }
    // Marks that stand alone ("he said \" no \"") go by turns.
    let alone = space(before) && space(after);
    (opens || alone, closes || alone || (!space(before) && !opens))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, u8, bool)> {
        let all = quotations(text, Span::new(0, text.len()));
        all.iter().map(|q| (q.inner.of(text), q.depth, q.closed)).collect()
    }

    #[test]
    fn straight_and_curly_marks() {
        assert_eq!(
            found("\"We agree,\" she said. \"All of us.\""),
            [("We agree,", 0, true), ("All of us.", 0, true)]
        );
        assert_eq!(found("The deal is “good”, “very good”."), [("good", 0, true), ("very good", 0, true)]);
        assert_eq!(found("Le Monde wrote «non»."), [("non", 0, true)]);
    }

    #[test]
    fn a_quotation_inside_a_quotation() {
        assert_eq!(
            found("“He told us ‘leave now’ twice,” she said."),
            [("He told us ‘leave now’ twice,", 0, true), ("leave now", 1, true)]
        );
        assert_eq!(
            found("\"He said 'no' to the king's men,\" she said."),
            [("He said 'no' to the king's men,", 0, true), ("no", 1, true)]
        );
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(found("It's the ministers' plan, isn't it, of the '90s."), []);
        assert_eq!(found("The dogs’ owners don’t mind."), []);
        assert_eq!(found("Rock 'n' roll"), [("n", 0, true)]);
    }

    #[test]
    fn single_marks_with_a_possessive_inside() {
        assert_eq!(found("He called it 'the allies' fleet' again."), [("the allies' fleet", 0, true)]);
        assert_eq!(found("a 'fair' price"), [("fair", 0, true)]);
    }

    #[test]
    fn a_quotation_that_goes_on_in_the_next_paragraph() {
        assert_eq!(
            found("\"We came first. \n\n\"We go last,\" he said."),
            [("We came first.", 0, false), ("We go last,", 0, true)]
        );
    }

    #[test]
    fn a_mark_that_is_never_closed() {
        assert_eq!(found("He said \"no and \"yes\" later."), [("no and", 0, false), ("yes", 0, true)]);
        assert_eq!(found("\""), []);
        assert_eq!(found("\"\""), [("", 0, true)]);
    }

    #[test]
    fn marks_in_brackets_and_after_dashes() {
        assert_eq!(found("the plan (\"peace\") — \"now\"—failed"), [("peace", 0, true), ("now", 0, true)]);
    }

    #[test]
    fn deep_nesting_ends() {
        let text = "“a ".repeat(10_000);
        assert!(quotations(&text, Span::new(0, text.len())).len() <= 10_000);
        let text = "\"".repeat(100_000);
        assert!(quotations(&text, Span::new(0, text.len())).len() <= 100_000);
    }
}
