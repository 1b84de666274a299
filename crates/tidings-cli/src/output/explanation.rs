//! Why: each sentence with its tree, roles, names and speakers, the rules behind each event, and what was not coded.

use std::fmt::Write as _;

use anstyle::Style;
use tidings::language::{Predicate, Sentence};
use tidings::records::{ActorRef, Event, Reason, Record, Skipped};
use tidings::{Analysis, Report};

use super::layout::{Piece, clip, columns, paragraph, visible, wrap};
use super::records::Told;
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
    /// Its records that have reasons.
    pub told: &'r [Told<'r>],
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

    /// One sentence with its records; `wanted` says which to show.
    pub fn sentence(&self, number: usize, wanted: impl Fn(&str) -> bool) -> String {
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
        for told in self.told.iter().filter(|t| t.sentence == number && wanted(t.id)) {
            self.record(&mut out, told);
        }
        self.section(&mut out, "Told again", &self.told_again(number));
        let passed = self.report.skipped().filter(|s| s.n == number);
        self.section(&mut out, "Not coded", &passed.map(skipped).collect::<String>());
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

    fn record(&self, out: &mut String, told: &Told) {
        out.push('\n');
        paragraph(out, self.paint, &Piece::bold(told.id), 5, &head(told.record), self.width, usize::MAX);
        for reason in told.trail {
            let margin = wrap(self.paint, &[], INDENT);
            let field = wrap(self.paint, &[Piece::dim(&reason.field)], FIELD);
            let why = wrap(self.paint, &because(reason), self.width.saturating_sub(INDENT + FIELD + 2));
            columns(out, &[(INDENT, margin), (FIELD, field), (0, why)]);
        }
    }
}

/// What a record says, in one line.
fn head(record: &Record) -> Vec<Piece> {
    let names = |actors: &[ActorRef]| actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let line = match record {
        Record::Event(event) => {
            let mut head = table::kind(event);
            head.push(Piece::plain(": "));
            head.extend(table::parties(event));
            head.push(Piece::plain(&format!(", {}, confidence {:.2}", event.status, event.confidence)));
            return head;
        }
        Record::Quote(quote) => {
            let speaker = quote.speaker_name.as_deref().unwrap_or("nobody named");
            format!("quote ({}): {speaker}: “{}”", quote.kind, clip(&quote.words.text, PHRASE))
        }
        Record::Commitment(bond) => {
            format!(
                "commitment: {}: {}, {}",
                names(&bond.parties),
                clip(&bond.obligation, PHRASE),
                bond.status
            )
        }
        Record::Relation(r) => {
            format!("relation: {}: {} and {}, {}", r.kind, names(&r.a), names(&r.b), r.status)
        }
        Record::Contradiction(c) => format!("contradiction: {}: {}", c.attribute, c.explanation),
        _ => String::new(),
    };
    vec![Piece::plain(&line)]
}

/// Rule, score, words and alternatives.
fn because(reason: &Reason) -> Vec<Piece> {
    let words: Vec<String> =
        reason.words.iter().map(|w| format!("“{}”", clip(&visible(&w.text), PHRASE))).collect();
    let score = reason.score.map(|s| format!(" {s:.2}")).unwrap_or_default();
    let mut pieces = vec![Piece::plain(&format!("{}{score}", reason.rule))];
    if !words.is_empty() {
        pieces.push(Piece::bold(&format!(" {}", words.join(" "))));
    }
    if !reason.alternatives.is_empty() {
        let others: Vec<String> =
            reason.alternatives.iter().map(|a| format!("{} {:.2}", a.value, a.score)).collect();
        pieces.push(Piece::dim(&format!(" (else {})", others.join(", "))));
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

fn skipped(skipped: &Skipped) -> String {
    format!("  “{}”: {}\n", visible(&skipped.words.text), visible(&skipped.reason))
}
