//! `codebook.md`: what every column means, from the same descriptions as everything else.

use std::fmt::Write;

use tidings_ontology::{EventType, Ontology};

use super::{Job, Summary, set_file};
use crate::columns::{Column, Kind, Table, table, values};
use crate::error::Result;
use crate::sets::Set;

/// How to read the files with the right types.
const RECIPES: &str = include_str!("../../../../data/export/recipes.md");

/// The file.
pub fn text(job: &Job, summary: &Summary) -> Result<String> {
    let mut out = format!("# {}: codebook\n\n", line(&job.release.title));
    let at = job.standing.at.as_deref().unwrap_or("never");
    let _ = writeln!(
        out,
        "Made by Tidings {} from revision {} of the ledger ({at}). `manifest.json` has the hash of each file.\n",
        env!("CARGO_PKG_VERSION"),
        job.standing.revision,
    );
    filters(job, &mut out);
    out.push_str(RECIPES);
    out.push('\n');
    for written in &summary.tables {
        let described = table(&written.name)?.release();
        let _ = writeln!(
            out,
            "## {}: `{}`\n\n{} {} rows.\n",
            described.title, written.name, described.description, written.rows
        );
        let _ = writeln!(out, "One row has one value of: {}.\n", described.key.join(", "));
        columns(&described, &mut out)?;
    }
    others(summary, &mut out);
    ontology(&mut out);
    Ok(out)
}

fn filters(job: &Job, out: &mut String) {
    if job.release.filters.is_empty() {
        out.push_str("All of the ledger.\n\n");
        return;
    }
    out.push_str("A part of the ledger:\n\n");
    for (name, value) in &job.release.filters {
        let _ = writeln!(out, "* `{name}`: {}", line(value));
    }
    out.push_str(
        "\nEvents, reports and claims are those that the filters fit; documents and actors those that they speak of.\n\n",
    );
}

fn columns(table: &Table, out: &mut String) -> Result<()> {
    out.push_str("| column | type | what it means |\n|---|---|---|\n");
    for column in &table.columns {
        let _ = writeln!(out, "| `{}` | {} | {} |", column.name, kind(column), meaning(column)?);
    }
    out.push('\n');
    Ok(())
}

fn kind(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text if column.values.is_some() => "code",
        Kind::Text => "text",
        Kind::Integer => "whole number",
        Kind::Number => "number",
        Kind::Boolean => "true or false",
        Kind::Date => "day",
        Kind::Json => "JSON",
    }
}

fn meaning(column: &Column) -> Result<String> {
    let mut out = format!("{}. {}", column.title, column.description);
    for (name, text) in [("Unit", &column.unit), ("Rule", &column.rule), ("Weakness", &column.weakness)] {
        if let Some(text) = text {
            let _ = write!(out, " *{name}:* {}{}", text, if text.ends_with('.') { "" } else { "." });
        }
    }
    if let Some(list) = column.values.as_deref().filter(|list| *list != "plover_type") {
        let codes = values(list)?.iter().map(|(code, label)| format!("`{code}` {label}"));
        let _ = write!(out, " *Codes:* {}.", codes.collect::<Vec<_>>().join("; "));
    }
    Ok(line(&out).replace('|', "\\|"))
}

fn others(summary: &Summary, out: &mut String) {
    out.push_str(
        "## The tables of others\n\nThe columns of GDELT 2.0, ICEWS, POLECAT and PETRARCH2, for programs that read these; \
         what the columns mean is in their own codebooks. One row a directed pair: an event with several actors has \
         several rows, a meeting one for each ordered pair. They have no column for certainty, so they hold events that \
         are told as facts (`asserted`), unless another status was asked for, and only those with a date. What the \
         ledger does not know (tone, GDELT's places of actors) is empty. Numbers of events are hashes of `event_id` and \
         the pair, below 2 to the power of 53. CAMEO codes are the nearest to the PLOVER type and mode.\n\n",
    );
    for (set, written) in Set::WRITTEN.into_iter().zip(&summary.sets) {
        let header = if set.has_header() { "with a header" } else { "without a header" };
        let absent = if set.absent().is_empty() { "empty" } else { set.absent() };
        let _ = writeln!(
            out,
            "* `{}`: {} columns, tabs, {header}, missing is {absent}; {} rows",
            set_file(set),
            set.columns().count(),
            written.rows
        );
    }
    let _ = writeln!(
        out,
        "\nLeft out: {} events that are not told as facts, {} without a date.\n",
        summary.no_facts, summary.undated
    );
}

fn ontology(out: &mut String) {
    let plover = Ontology::plover();
    out.push_str("## PLOVER\n\n| type | quad class | score | CAMEO | what it means | modes |\n|---|---|---|---|---|---|\n");
    for kind in EventType::all() {
        let modes: Vec<&str> = plover.modes(kind).collect();
        let score = plover.score(kind, None).map(|s| s.to_string()).unwrap_or_default();
        let _ = writeln!(
            out,
            "| `{}` | {} {} | {score} | {} | {} | {} |",
            kind.as_str(),
            kind.quad().0,
            kind.quad().1,
            plover.default_cameo(kind, None).unwrap_or_default(),
            plover.meaning(kind),
            modes.join(", ")
        );
    }
    out.push_str("\n| context | what it means |\n|---|---|\n");
    plover.contexts().for_each(|(code, meaning)| {
        let _ = writeln!(out, "| `{code}` | {meaning} |");
    });
    out.push_str("\n| sector | what it means |\n|---|---|\n");
    plover.sectors().for_each(|(code, meaning)| {
        let _ = writeln!(out, "| `{code}` | {meaning} |");
    });
}

/// Text of users on one line: what is no letter for a reader is none for the page.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
