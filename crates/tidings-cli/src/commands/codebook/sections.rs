//! The codebook as tables, on the terminal or in Markdown.

use std::fmt::Write as _;

use super::entries::{Cameo, Code, Codebook, Mode, Type};
use crate::output::layout::{Piece, columns, wrap};
use crate::terminal::{Paint, Terminal};

/// A table with a word on it. Columns before the last are narrow.
struct Section {
    title: String,
    note: String,
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// For reading: the lists, or one type with all that belongs to it.
pub fn text(book: &Codebook, one: bool, terminal: &Terminal) -> String {
    let sections = if one {
        let kinds = book.types.iter().flat_map(|kind| [modes(kind), words(kind), examples(kind)]);
        kinds.chain([cameo(&book.cameo)]).collect()
    } else {
        let all = "`tidings codebook TYPE` shows one with its modes and words.";
        vec![types(book, all), statuses(book), contexts(book), sectors(book)]
    };
    let filled = sections.iter().filter(|s| !s.rows.is_empty());
    let shown: Vec<String> = filled.map(|s| s.text(terminal.paint, terminal.width())).collect();
    shown.join("\n")
}

/// Everything, as a page.
pub fn markdown(book: &Codebook) -> String {
    let mut out = String::from(INTRODUCTION);
    for section in [types(book, ""), statuses(book), contexts(book), sectors(book)] {
        section.markdown(2, &mut out);
    }
    out.push_str("\n## Each type\n");
    for kind in &book.types {
        let _ = write!(out, "\n### {}\n\n{}\n", kind.name, about(kind));
        for mut section in [modes(kind), words(kind), examples(kind)] {
            section.title = format!("{}: {}", kind.name, section.title.to_lowercase());
            section.note.clear();
            section.markdown(4, &mut out);
        }
    }
    cameo(&book.cameo).markdown(2, &mut out);
    out
}

const INTRODUCTION: &str = "\
# Codebook

What Tidings can code: the event types, modes and contexts of PLOVER with scores and quad classes, the CAMEO codes that they
correspond to, and what the other codes of a record mean. This page is what `tidings codebook --format markdown` prints from
the tables inside the program (`data/ontology`, `data/coding/triggers`). Types, modes, contexts and sectors are those of the
PLOVER manual (Open Event Data Alliance, CC BY-SA 4.0), CAMEO codes those of its codebook 1.1b3; the definitions are in our own
words.
";

fn types(book: &Codebook, note: &str) -> Section {
    let row = |t: &Type| {
        let quad = format!("{} {}", t.quad_class, t.quad_label);
        vec![t.name.to_owned(), quad, number(t.score), filled(&t.cameo), t.meaning.clone()]
    };
    Section {
        title: "Types".to_owned(),
        note: note.to_owned(),
        head: vec!["type", "quad class", "score", "CAMEO", "meaning"],
        rows: book.types.iter().map(row).collect(),
    }
}

fn about(kind: &Type) -> String {
    let score = kind.score.map(|score| format!(", score {score}")).unwrap_or_default();
    format!(
        "{}{}.\n\nBeyond its borders: {}.\n\nQuad class {} ({}){score}.",
        kind.meaning.chars().take(1).flat_map(char::to_uppercase).collect::<String>(),
        kind.meaning.chars().skip(1).collect::<String>(),
        kind.borders,
        kind.quad_class,
        kind.quad_label,
    )
}

fn modes(kind: &Type) -> Section {
    let row = |m: &Mode| vec![m.mode.clone(), number(m.score), filled(&m.cameo), m.meaning.clone()];
    Section {
        title: "Modes".to_owned(),
        note: format!("{}: {}\n{}", kind.name, kind.meaning, kind.borders),
        head: vec!["mode", "score", "CAMEO", "meaning"],
        rows: kind.modes.iter().map(row).collect(),
    }
}

fn words(kind: &Type) -> Section {
    let rows = [("verbs", &kind.verbs), ("nouns", &kind.nouns), ("adjectives", &kind.adjectives)];
    let filled = rows.into_iter().filter(|(_, words)| !words.is_empty());
    Section {
        title: "Words".to_owned(),
        note: "Some only in certain company; `tidings rules show WORD` says which.".to_owned(),
        head: vec!["what", "words that may tell it"],
        rows: filled.map(|(name, words)| vec![name.to_owned(), words.join(", ")]).collect(),
    }
}

fn examples(kind: &Type) -> Section {
    Section {
        title: "Examples".to_owned(),
        note: "Each is a test of the tables.".to_owned(),
        head: vec!["coded", "sentence"],
        rows: kind.examples.iter().map(|e| vec![e.coded.clone(), e.sentence.clone()]).collect(),
    }
}

fn list(title: &str, note: &str, column: &'static str, codes: &[Code]) -> Section {
    Section {
        title: title.to_owned(),
        note: note.to_owned(),
        head: vec![column, "meaning"],
        rows: codes.iter().map(|c| vec![c.code.clone(), c.meaning.clone()]).collect(),
    }
}

fn statuses(book: &Codebook) -> Section {
    list("Statuses", "Did it happen?", "status", &book.statuses)
}

fn contexts(book: &Codebook) -> Section {
    list("Contexts", "What an event is about; it may have several.", "context", &book.contexts)
}

fn sectors(book: &Codebook) -> Section {
    list("Sectors", "What kind of actor somebody is.", "sector", &book.sectors)
}

fn cameo(codes: &[Cameo]) -> Section {
    let row = |c: &Cameo| {
        let event = c.event.map(str::to_owned).unwrap_or_default();
        let mode = c.mode.as_ref().map(|mode| format!("/{mode}")).unwrap_or_default();
        vec![c.code.clone(), number(c.goldstein), format!("{event}{mode}"), c.name.clone()]
    };
    Section {
        title: "CAMEO codes".to_owned(),
        note: "With Goldstein weight, PLOVER type and mode; where none stands, PLOVER has none.".to_owned(),
        head: vec!["code", "weight", "PLOVER", "name"],
        rows: codes.iter().map(row).collect(),
    }
}

fn number(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn filled(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

impl Section {
    fn text(&self, paint: Paint, width: usize) -> String {
        let mut out = String::new();
        let line = |out: &mut String, piece| columns(out, &[(0, wrap(paint, &[piece], width))]);
        line(&mut out, Piece::bold(&self.title));
        self.note.lines().for_each(|note| line(&mut out, Piece::dim(note)));
        let head: Vec<String> = self.head.iter().map(|h| (*h).to_owned()).collect();
        let widest = |n: usize| self.rows.iter().chain([&head]).map(|r| r[n].chars().count()).max();
        let narrow: Vec<usize> = (0..head.len() - 1).map(|n| widest(n).unwrap_or(0) + 1).collect();
        let rest = width.saturating_sub(narrow.iter().map(|w| w + 1).sum()).max(20);
        let widths: Vec<usize> = narrow.into_iter().chain([rest]).collect();
        for (number, row) in [&head].into_iter().chain(&self.rows).enumerate() {
            let piece = if number == 0 { Piece::dim } else { Piece::plain };
            let cells = row.iter().zip(&widths).map(|(cell, w)| (*w, wrap(paint, &[piece(cell)], *w)));
            columns(&mut out, &cells.collect::<Vec<_>>());
        }
        out
    }

    fn markdown(&self, level: usize, out: &mut String) {
        if self.rows.is_empty() {
            return;
        }
        let _ = write!(out, "\n{} {}\n\n", "#".repeat(level), self.title);
        if !self.note.is_empty() {
            let _ = write!(out, "{}\n\n", self.note);
        }
        let _ = writeln!(out, "| {} |\n|{}", self.head.join(" | "), "---|".repeat(self.head.len()));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
}
