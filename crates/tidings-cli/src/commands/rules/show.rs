//! `tidings rules show`: the entries of a word.

use std::io::Write;

use tidings::Rules;
use tidings::ontology::{Pos, Trigger, When};

use super::{RulesArgs, read};
use crate::commands::TOLD;
use crate::errors::{Exit, Failure};
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Flags of `tidings rules show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A verb, noun or adjective in its base form
    word: String,
    #[command(flatten)]
    rules: RulesArgs,
}

/// Runs it; 1 if no entry lists the word.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let rules = read(&args.rules.files()?, terminal, TOLD)?;
    let lines = lines(&rules, &args.word.to_lowercase());
    if lines.is_empty() {
        terminal.note(format_args!("no entry lists '{}'", args.word));
        return Ok(Exit::Nothing);
    }
    let mut sink = Sink::standard();
    sink.write_all(lines.as_bytes())?;
    sink.finish()?;
    Ok(Exit::Done)
}

fn lines(rules: &Rules, word: &str) -> String {
    let kinds = [(Pos::Verb, "verb"), (Pos::Noun, "noun"), (Pos::Adj, "adj")];
    let entries =
        kinds.iter().flat_map(|(pos, name)| rules.triggers().find(word, *pos).map(move |t| (*name, t)));
    let mut out: String = entries.map(|(pos, entry)| line(pos, entry)).collect();
    let contexts = rules.lexicon().contexts_of(word);
    if !contexts.is_empty() {
        out.push_str(&format!("context  {}\n", contexts.join(", ")));
    }
    out
}

fn line(pos: &str, entry: &Trigger) -> String {
    let mode = entry.mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
    let (source, target) = (entry.source.join(" | "), entry.target.join(" | "));
    let whose = if entry.own { "yours, " } else { "" };
    let (event, when) = (entry.event_type.as_str(), conditions(&entry.when));
    format!("{pos:<5} {event}{mode}  {source} → {target}{when}  ({whose}{})\n", entry.name)
}

fn conditions(when: &When) -> String {
    let lists = [
        ("object", &when.object),
        ("particle", &when.particle),
        ("prep", &when.prep),
        ("complement", &when.complement),
        ("modifier", &when.modifier),
        ("not_object", &when.not_object),
    ];
    let flags = [
        ("clause", when.clause),
        ("infinitive", when.infinitive),
        ("actor_target", when.actor_target),
        ("passive", when.passive),
    ];
    let words = lists.iter().filter(|(_, l)| !l.is_empty()).map(|(n, l)| format!("{n} {}", l.join("/")));
    let asked = flags.iter().filter_map(|(n, f)| f.map(|f| format!("{n} {f}")));
    let all: Vec<String> = words.chain(asked).collect();
    if all.is_empty() { String::new() } else { format!("  when {}", all.join(", ")) }
}
