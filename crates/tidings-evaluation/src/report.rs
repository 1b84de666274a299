//! The results of the last runs and the page made of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, read, write};
use crate::plan::{Measure, Plan, Suite, Verdict};
use crate::{Machine, Outcome};

/// The last result of every suite, by name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Results {
    /// By name of the suite.
    pub suites: BTreeMap<String, Entry>,
}

/// The last result of one suite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// Day of the run, UTC.
    pub date: String,
    /// The command that repeats it.
    pub command: String,
    /// Where it ran.
    pub machine: String,
    /// Commit of the sources.
    pub commit: String,
    /// The model.
    pub model: String,
    /// The figures.
    pub values: BTreeMap<String, f64>,
    /// The peer's figures of the same run.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub peers: BTreeMap<String, f64>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Entry {
    /// The result of a run just made.
    pub fn new(outcome: Outcome, command: String, machine: &Machine) -> Self {
        let Machine { name, date, commit, model } = machine.clone();
        let Outcome { values, peers, notes } = outcome;
        let values = values.into_iter().map(|(key, value)| (key, rounded(value))).collect();
        Self { date, command, machine: name, commit, model, values, peers, notes }
    }
}

/// Six decimals are more than any figure deserves, and keep the file free of noise.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

impl Results {
    /// Reads earlier results; there are none where the file is not there.
    pub fn read(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(Self::default());
        }
        serde_json::from_str(&read(path)?).map_err(|e| Error::line(path, e.line().saturating_sub(1), e))
    }

    /// Writes the results.
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(|e| Error::line(path, 0, e))?;
        write(path, &(text + "\n"))
    }

    /// The page of all suites of a plan.
    pub fn page(&self, plan: &Plan) -> String {
        let mut out = format!("# {}\n\n{}\n\n", plan.title, plan.introduction.trim());
        out.push_str(&self.table(plan, plan.suites.iter().map(|s| s.name.as_str())));
        out.push_str("\n## How each was measured\n\n");
        for suite in &plan.suites {
            match self.suites.get(&suite.name) {
                Some(entry) => details(&mut out, suite, entry),
                None => _ = writeln!(out, "- **{}**: not yet run.", suite.name),
            }
        }
        out
    }

    /// The table of the named suites.
    pub fn table<'n>(&self, plan: &Plan, names: impl Iterator<Item = &'n str>) -> String {
        let mut rows =
            vec![["suite", "measure", "result", "bar", "aim", "peer", ""].map(str::to_owned).to_vec()];
        for name in names {
            let Some(suite) = plan.suites.iter().find(|s| s.name == name) else { continue };
            let Some(entry) = self.suites.get(name) else { continue };
            rows.extend(suite.measures.iter().enumerate().map(|(i, m)| row(suite, m, entry, i == 0)));
        }
        markdown(&rows)
    }
}

fn row(suite: &Suite, measure: &Measure, entry: &Entry, first: bool) -> Vec<String> {
    let print = |value: f64| format!("{value:.*}", measure.decimals);
    let peer = entry.peers.get(&measure.key).copied();
    let value = entry.values.get(&measure.key).copied();
    let bar = match measure.bar(peer) {
        Some(bar) if measure.at_most.is_some() => format!("≤ {}", print(bar)),
        Some(bar) if measure.over_peer.is_some() => format!("> {}", print(bar)),
        Some(bar) => format!("≥ {}", print(bar)),
        None => String::new(),
    };
    let beside = [peer.map(print), measure.peer.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let verdict = match value.map(|v| measure.verdict(v, peer)) {
        Some(Verdict::Aim) => "aim",
        Some(Verdict::Reached) => "reached",
        Some(Verdict::Missed) => "missed",
        Some(Verdict::Unjudged) | None => "",
    };
    let goal = measure.goal(peer).map(print).unwrap_or_default();
    let result = value.map_or("none".to_owned(), print);
    let title = if first { format!("`{}`: {}", suite.name, suite.title) } else { String::new() };
    vec![title, measure.label.clone(), result, bar, goal, beside, verdict.to_owned()]
}

fn details(out: &mut String, suite: &Suite, entry: &Entry) {
    let Entry { date, command, machine, commit, model, .. } = entry;
    let _ = writeln!(
        out,
        "- **{}**: {date}, `{command}`, commit {commit}, model {model}, {machine}.",
        suite.name
    );
    for note in &entry.notes {
        let _ = writeln!(out, "  - {note}");
    }
}

/// Rows as a Markdown table with columns lined up, so that it reads well on a terminal too.
fn markdown(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |c: usize| rows.iter().map(|r| r[c].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for (i, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        let _ = writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
        if i == 0 {
            let rule = widths.iter().map(|w| "-".repeat(*w + 2)).collect::<Vec<_>>();
            let _ = writeln!(out, "|{}|", rule.join("|"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(values: &[(&str, f64)]) -> Entry {
        let machine = ["m", "2026-01-01", "c", "x"].map(str::to_owned);
        let [name, date, commit, model] = machine;
        let values = values.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
        Entry::new(
            Outcome { values, ..Outcome::default() },
            "cargo x".into(),
            &Machine { name, date, commit, model },
        )
    }

    #[test]
    fn suites_not_run_keep_their_last_result() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("accuracy.json");
        let mut results = Results::read(&path).unwrap();
        results.suites.insert("ewt".into(), entry(&[("las", 0.9)]));
        results.write(&path).unwrap();
        let mut later = Results::read(&path).unwrap();
        later.suites.insert("gum".into(), entry(&[("las", 0.87)]));
        let page = later.page(&Plan::accuracy().unwrap());
        assert!(page.contains("0.9000") && page.contains("reached"), "{page}");
        assert!(page.contains("0.8700") && page.contains("missed"), "{page}");
        assert!(page.contains("**names**: not yet run"), "{page}");
    }
}
