//! `tidings rules check`: the test sentences of rules, and what the rules change in a corpus.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::{Value, json};
use tidings::{Change, Checked, Coding, Engine, Rules, changes};
use tidings_readers::PassedOver;

use super::{files, read};
use crate::commands::{ActorsArgs, ModelArgs};
use crate::errors::{Exit, Failure};
use crate::input::{self, InputArgs};
use crate::progress::Progress;
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Flags of `tidings rules check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders or files of rules
    #[arg(required = true, value_name = "DIR")]
    paths: Vec<PathBuf>,
    /// Reports in which to look for what else would change; may be given several times
    #[arg(long, value_name = "FILE", num_args = 1..)]
    corpus: Vec<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    /// What the answer looks like
    #[arg(long, short, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    actors: ActorsArgs,
    #[command(flatten)]
    model: ModelArgs,
}

/// Forms of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One JSON object a line: each test, each change, the totals
    Json,
}

/// How many of each.
#[derive(Default)]
struct Totals {
    passed: usize,
    failed: usize,
    documents: usize,
    changes: usize,
    unreadable: usize,
}

/// Runs it; 1 if a test sentence does not come out as it should.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let rules = read(&files(&args.paths)?, terminal, usize::MAX)?;
    let engine = args.model.engine()?.with_actors(args.actors.read(terminal, false)?).with_rules(rules);
    let mut sink = Sink::standard();
    let mut totals = Totals::default();
    for checked in engine.check_rules()? {
        totals.passed += usize::from(checked.passed);
        totals.failed += usize::from(!checked.passed);
        write(&mut sink, args.format, &test_json(&checked), || test_text(&checked))?;
    }
    if !args.corpus.is_empty() {
        compare(args, &engine, &mut sink, &mut totals, terminal)?;
    }
    write(&mut sink, args.format, &totals.json(engine.rules()), || totals.text(args, engine.rules()))?;
    sink.finish()?;
    Ok(match (totals.unreadable, totals.failed) {
        (0, 0) => Exit::Done,
        (0, _) => Exit::Nothing,
        _ => Exit::Failed,
    })
}

fn write(sink: &mut Sink, format: Format, value: &Value, text: impl Fn() -> String) -> Result<(), Failure> {
    let line = match format {
        Format::Text => text(),
        Format::Json => format!("{value}\n"),
    };
    Ok(sink.write_all(line.as_bytes())?)
}

/// Codes each document without and with the rules; the language analysis is shared.
fn compare(
    args: &Args,
    engine: &Engine,
    sink: &mut Sink,
    totals: &mut Totals,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let built_in = Rules::default();
    let progress = Progress::start(terminal, "document", "coded");
    let passed_over = PassedOver::default();
    for unread in input::documents(args.corpus.clone(), &args.input, &passed_over) {
        let document = match unread.read() {
            Ok(document) => document,
            Err(failure) => {
                failure.tell(terminal);
                totals.unreadable += 1;
                continue;
            }
        };
        let analysis = engine.analyze(&document)?;
        for change in changes(&engine.report_by(&analysis, &built_in), &engine.report(&analysis)) {
            totals.changes += 1;
            let value = change_json(&document.id, &change);
            write(sink, args.format, &value, || change_text(&document.id, &change))?;
        }
        totals.documents += 1;
        progress.step();
    }
    drop(progress);
    input::tell(&passed_over, terminal);
    Ok(())
}

fn test_json(checked: &Checked) -> Value {
    json!({
        "record": "test", "passed": checked.passed, "rule": checked.place, "words": checked.words,
        "sentence": checked.sentence, "expected": checked.expected, "found": checked.found,
    })
}

/// One line where all is well.
fn test_text(checked: &Checked) -> String {
    let Checked { place, sentence, expected, found, .. } = checked;
    if checked.passed {
        format!("pass  {place}  {sentence}\n")
    } else {
        format!("FAIL  {place}  {sentence}\n      expected {expected}\n      found    {}\n", found.trim())
    }
}

fn change_json(document: &str, change: &Change) -> Value {
    let coding = |c: &Option<Coding>| c.as_ref().map(|c| c.values().collect::<Value>());
    json!({
        "record": "change", "document": document, "kind": change.kind(), "fields": change.fields(),
        "sentence": change.sentence, "before": coding(&change.before), "after": coding(&change.after),
    })
}

fn change_text(document: &str, change: &Change) -> String {
    let whole = |c: &Coding| {
        let filled = c.fields.iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
    };
    let trigger = change.after.as_ref().or(change.before.as_ref()).map_or("", |c| c.trigger.as_str());
    let what = match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let pairs = before.fields.iter().zip(&after.fields).filter(|(b, a)| b != a);
            let shown = |v: &str| if v.is_empty() { "-".to_owned() } else { v.to_owned() };
            let differ = pairs.map(|(b, a)| format!("{} {} → {}", b.0, shown(&b.1), shown(&a.1)));
            differ.collect::<Vec<_>>().join(", ")
        }
        (one, other) => one.as_ref().or(other.as_ref()).map(whole).unwrap_or_default(),
    };
    format!("{:<8}{document}: “{}”\n        “{trigger}”: {what}\n", change.kind(), change.sentence.text)
}

impl Totals {
    fn json(&self, rules: &Rules) -> Value {
        json!({
            "record": "totals", "entries": rules.own().count(), "passed": self.passed, "failed": self.failed,
            "patterns": rules.patterns().all, "patterns_loaded": rules.patterns().loaded,
            "documents": self.documents, "changes": self.changes, "files": rules.files(),
        })
    }

    fn text(&self, args: &Args, rules: &Rules) -> String {
        let entries = rules.own().count() + rules.contexts().len();
        let mut out = format!(
            "{entries} entries; {} of {} test sentences pass",
            self.passed,
            self.passed + self.failed
        );
        if rules.patterns().all > 0 {
            out += &format!(
                "; {} of {} PETRARCH patterns loaded",
                rules.patterns().loaded,
                rules.patterns().all
            );
        }
        if !args.corpus.is_empty() {
            out += &format!("; {} changes in {} documents", self.changes, self.documents);
        }
        out + "\n"
    }
}
