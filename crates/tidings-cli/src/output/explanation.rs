//! Why: each sentence with its tree, roles, names and speakers, the rules behind each event, and what was not coded.

use std::fmt::Write as _;

use anstyle::Style;
use tidings::language::{Predicate, Sentence};
use tidings::records::{Considered, Event, Reason, Record};
use tidings::{Analysis, Report};

use super::layout::{Piece, clip, columns, paragraph, visible, wrap};
use super::{table, tree};
use crate::terminal::Paint;

/// Columns of a phrase.
const PHRASE: usize = 60;
/// The margin of a reason, and the column of its field.
const INDENT: usize = 4;
const FIELD: usize = 12;

/// Writes explanations of one document.
pub struct Explanation<'r> {
    /// The language analysis.
    pub analysis: &'r Analysis<'r>,
    /// What was coded.
    pub report: &'r Report,
    /// Colour.
    pub paint: Paint,
    /// Columns.
    pub width: usize,
}

impl Explanation<'_> {
    /// Which document it is.
    pub fn heading(&self) -> String {
        let document = self.report.records.iter().find_map(|r| match r {
            Record::Document(document) => Some(table::heading(document)),
            _ => None,
        });
        let mut out = String::new();
        let label = Piece::plain("");
        paragraph(&mut out, self.paint, &label, 0, &document.unwrap_or_default(), self.width, usize::MAX);
        out
    }

    /// One sentence with its events; `events` are those to show.
    pub fn sentence(&self, number: usize, events: &[&Event]) -> String {
        let Some(sentence) = self.analysis.sentences.get(number) else { return String::new() };
        let mut out = String::new();
        let text = sentence.span.of(&self.analysis.document.text);
        paragraph(
            &mut out,
            self.paint,
            &Piece::dim(&format!("S{number:02}")),
            5,
            &[Piece::bold(text)],
            self.width,
            usize::MAX,
        );
        self.section(&mut out, "Tree", &tree::draw(sentence, self.paint));
        self.section(&mut out, "Roles", &self.roles(sentence));
        self.section(&mut out, "Names", &names(sentence, &self.analysis.document.text));
        self.section(&mut out, "Speakers", &speakers(sentence, &self.analysis.document.text));
        for event in events {
            self.event(&mut out, event);
        }
        self.section(&mut out, "Told again", &self.told_again(number));
        let passed = self.report.considered.iter().filter(|c| c.sentence == number);
        self.section(&mut out, "Not coded", &passed.map(considered).collect::<String>());
        out
    }

    fn section(&self, out: &mut String, title: &str, body: &str) {
        if !body.is_empty() {
            let _ = write!(out, "\n{}\n{body}", self.paint.apply(Style::new().underline(), title));
        }
    }

    /// Events of other sentences that this one repeats.
    fn told_again(&self, number: usize) -> String {
        let repeated = |e: &&Event| e.mentions.iter().any(|m| m.sentence.n == number);
        let line = |e: &Event| format!("  {} of S{:02}: {}\n", e.id, e.sentence.n, e.plover.event);
        self.report.events().filter(repeated).map(line).collect()
    }

    fn roles(&self, sentence: &Sentence) -> String {
        sentence.predicates.iter().map(|p| self.predicate(sentence, p)).collect()
    }

    fn predicate(&self, sentence: &Sentence, predicate: &Predicate) -> String {
        let text = &self.analysis.document.text;
        let form = sentence.words.get(predicate.word).map_or("", |w| w.form.as_str());
        let mut out =
            format!("  {} {:.2}\n", self.paint.apply(Style::new().bold(), &visible(form)), predicate.score);
        for argument in &predicate.arguments {
            let phrase = sentence.span_of(sentence.subtree(argument.word));
            let _ = writeln!(
                out,
                "    {:<5} {} {:.2}",
                argument.role,
                clip(&visible(phrase.of(text)), PHRASE),
                argument.score
            );
        }
        out
    }

    fn event(&self, out: &mut String, event: &Event) {
        let mut head = table::kind(event);
        head.push(Piece::plain(": "));
        head.extend(table::parties(event));
        head.push(Piece::plain(&format!(", {}, confidence {:.2}", event.status, event.confidence)));
        out.push('\n');
        paragraph(out, self.paint, &Piece::bold(&event.id), 5, &head, self.width, usize::MAX);
        for reason in &event.trail {
            let margin = wrap(self.paint, &[], INDENT);
            let field = wrap(self.paint, &[Piece::dim(&reason.field)], FIELD);
            let why = wrap(self.paint, &because(reason), self.width.saturating_sub(INDENT + FIELD + 2));
            columns(out, &[(INDENT, margin), (FIELD, field), (0, why)]);
        }
    }
}

/// Rule, words and note.
fn because(reason: &Reason) -> Vec<Piece> {
    let words: Vec<String> =
        reason.words.iter().map(|w| format!("“{}”", clip(&visible(&w.text), PHRASE))).collect();
    let mut pieces = vec![Piece::plain(&reason.rule)];
    if !words.is_empty() {
        pieces.push(Piece::bold(&format!(" {}", words.join(" "))));
    }
    if !reason.note.is_empty() {
        pieces.push(Piece::dim(&format!(" {}", reason.note)));
    }
    pieces
}

fn names(sentence: &Sentence, text: &str) -> String {
    let line = |n: &tidings::language::Name| {
        format!(
            "  {:<8} {} {:.2}\n",
            n.kind,
            clip(&visible(sentence.span_of(n.words.clone()).of(text)), PHRASE),
            n.score
        )
    };
    sentence.names.iter().map(line).collect()
}

fn speakers(sentence: &Sentence, text: &str) -> String {
    let phrase =
        |words: &std::ops::Range<usize>| clip(&visible(sentence.span_of(words.clone()).of(text)), PHRASE);
    let all = |ranges: &[std::ops::Range<usize>]| ranges.iter().map(phrase).collect::<Vec<_>>().join(" … ");
    let mut out = String::new();
    for attribution in &sentence.attributions {
        let source =
            if attribution.source.is_empty() { "somebody".to_owned() } else { all(&attribution.source) };
        let _ = writeln!(
            out,
            "  {source} | {} | {} {:.2}",
            phrase(&attribution.cue),
            all(&attribution.content),
            attribution.score
        );
    }
    out
}

fn considered(considered: &Considered) -> String {
    format!("  “{}”: {}\n", visible(&considered.word.text), visible(&considered.reason))
}
