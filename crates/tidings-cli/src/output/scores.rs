//! The figures of an evaluation as tables for reading, in percent.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use tidings_evaluation::annotation::{
    DocumentScore, Evaluation, EventLine, Measure, Outcome, Pairing, Prf, Totals,
};

use unicode_width::UnicodeWidthStr;

use super::layout::{Piece, clip, columns, visible, wrap};
use crate::terminal::Paint;

/// Columns of the name of a measure.
const LABEL: usize = 18;
/// Columns of a figure.
const FIGURE: usize = 10;

/// Everything to print.
pub struct Page<'e> {
    /// The figures.
    pub evaluation: &'e Evaluation,
    /// Colour.
    pub paint: Paint,
    /// Columns of the whole.
    pub width: usize,
}

impl Page<'_> {
    /// Documents, attributes of events, other records, and with `pairs` every event.
    pub fn render(&self, pairs: bool) -> String {
        let mut out = String::new();
        self.documents(&mut out);
        out.push('\n');
        self.attributes(&mut out);
        out.push('\n');
        self.others(&mut out);
        out.push('\n');
        self.claims(&mut out);
        if pairs {
            self.evaluation.documents.iter().for_each(|d| self.events(&mut out, d));
        }
        let headline = percent(Some(self.evaluation.totals.headline().value()));
        let _ = writeln!(out, "\n{} {}", self.bold("headline"), headline.trim_start());
        out
    }

    fn bold(&self, text: &str) -> String {
        self.paint.apply(Style::new().bold(), text)
    }

    fn heading(&self, out: &mut String, label: &str, names: &[&str]) {
        let names: String = names.iter().map(|n| format!("{n:>FIGURE$}")).collect();
        let _ = writeln!(out, "{}", self.bold(&format!("{label:<LABEL$}{names}")));
    }

    fn documents(&self, out: &mut String) {
        let names = ["headline", "events", "found", "exact", "quotes", "structure"];
        self.heading(out, "document", &names);
        let documents = &self.evaluation.documents;
        documents.iter().for_each(|d| self.document(out, &d.id, &d.totals));
        if documents.len() > 1 {
            self.document(out, "all together", &self.evaluation.totals);
        }
    }

    fn document(&self, out: &mut String, name: &str, totals: &Totals) {
        let parts = totals.headline();
        let f1 = |measure| totals.value(measure).map(|v| v.f1);
        let figures = [
            Some(parts.value()),
            parts.events,
            f1(Measure::Detect),
            f1(Measure::Exact),
            parts.quotes,
            parts.structure,
        ];
        let name = clip(&visible(name), LABEL - 1);
        let padding = " ".repeat(LABEL.saturating_sub(name.width()));
        let figures: String = figures.into_iter().map(percent).collect();
        let _ = writeln!(out, "{name}{padding}{figures}");
    }

    fn attributes(&self, out: &mut String) {
        let names = ["precision", "recall", "F1", "in pairs", "gold", "system"];
        self.heading(out, "event attribute", &names);
        for measure in Measure::all().filter(|m| m.is_attribute()) {
            self.measure(out, measure, Some(self.evaluation.if_matched(measure)));
        }
    }

    fn others(&self, out: &mut String) {
        self.heading(out, "other records", &["precision", "recall", "F1", "", "gold", "system"]);
        for measure in Measure::all().filter(|m| *m > Measure::Place) {
            self.measure(out, measure, None);
        }
    }

    /// A row, if there is anything to count; `inside` is the mean credit in matched pairs, where that is asked for.
    fn measure(&self, out: &mut String, measure: Measure, inside: Option<Option<f64>>) {
        let totals = &self.evaluation.totals;
        let Some(Prf { precision, recall, f1 }) = totals.value(measure) else { return };
        let count = totals.count(measure);
        let inside = inside.map_or_else(|| " ".repeat(FIGURE), percent);
        let figures: String = [precision, recall, f1].map(|v| percent(Some(v))).concat();
        let _ = writeln!(
            out,
            "{:<LABEL$}{figures}{inside}{:>FIGURE$}{:>FIGURE$}",
            label(measure),
            count.gold,
            count.system
        );
    }

    fn claims(&self, out: &mut String) {
        let claims: Vec<String> = self
            .evaluation
            .claims_as_facts()
            .map(|(document, event)| format!("{document}:{event}"))
            .collect();
        let which = if claims.is_empty() { String::new() } else { format!(" ({})", claims.join(", ")) };
        let text = format!("claims stored as facts: {}{which}", claims.len());
        let style = if claims.is_empty() { Style::new() } else { AnsiColor::Red.on_default() };
        columns(out, &[(0, wrap(self.paint, &[Piece::new(style, &text)], self.width))]);
    }

    fn events(&self, out: &mut String, document: &DocumentScore) {
        let _ = writeln!(out, "\n{}", self.bold(&visible(&document.id)));
        document.pairings.iter().for_each(|pairing| self.event(out, pairing));
    }

    fn event(&self, out: &mut String, pairing: &Pairing) {
        let (word, color) = match pairing.outcome {
            Outcome::Matched => ("matched", AnsiColor::Green),
            Outcome::Missed => ("missed", AnsiColor::Yellow),
            Outcome::Restated => ("restated", AnsiColor::Cyan),
            Outcome::Spurious => ("spurious", AnsiColor::Red),
        };
        let id = |line: &Option<EventLine>| line.as_ref().map_or("-".to_owned(), |l| l.id.clone());
        let ids = format!("{} {}", id(&pairing.gold), id(&pairing.system));
        let quality = pairing.quality.map_or(String::new(), |q| percent(Some(q)).trim_start().to_owned());
        let Some(line) = pairing.gold.as_ref().or(pairing.system.as_ref()) else { return };
        let cell = |width: usize, pieces: &[Piece]| (width, wrap(self.paint, pieces, width));
        columns(
            out,
            &[
                cell(8, &[Piece::new(color.on_default(), word)]),
                cell(12, &[Piece::plain(&clip(&visible(&ids), 12))]),
                cell(5, &[Piece::plain(&quality)]),
                cell(self.width.saturating_sub(28), &said(line, pairing)),
            ],
        );
    }
}

/// Who does what to whom, with which words, and what of it is not right.
fn said(line: &EventLine, pairing: &Pairing) -> Vec<Piece> {
    let words = line.trigger.join(" / ");
    let mut out = vec![
        Piece::bold(&format!("{} ", line.kind)),
        Piece::plain(&format!("{} → {} ", parties(&line.source), parties(&line.target))),
        Piece::dim(&format!("{}, {} ", line.tier, line.status)),
    ];
    if !words.is_empty() {
        out.push(Piece::plain(&format!("“{words}” ")));
    }
    if pairing.claim_as_fact {
        out.push(Piece::new(AnsiColor::Red.on_default(), "claim stored as fact "));
    }
    for (measure, value) in &pairing.losses {
        let instead = pairing.system.as_ref().and_then(|s| given(s, *measure));
        let instead = instead.map_or(String::new(), |words| format!("({words})"));
        let value = percent(Some(*value));
        let name = label(*measure).replace(' ', "-");
        out.push(Piece::dim(&format!("{name}={}{instead} ", value.trim_start())));
    }
    out
}

/// What the system says where it is short enough to show.
fn given(system: &EventLine, measure: Measure) -> Option<String> {
    match measure {
        Measure::Type => Some(system.kind.clone()),
        Measure::Status => Some(system.status.clone()),
        Measure::Source => Some(parties(&system.source)),
        Measure::Target => Some(parties(&system.target)),
        _ => None,
    }
}

fn parties(names: &[String]) -> String {
    if names.is_empty() { "-".to_owned() } else { names.join(" + ") }
}

fn label(measure: Measure) -> String {
    measure.name().replace('_', " ")
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| format!("{:>FIGURE$}", "-"), |s| format!("{:>FIGURE$.1}", 100.0 * s))
}
