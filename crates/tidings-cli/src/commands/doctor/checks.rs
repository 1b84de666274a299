//! The checks, each with the remedy where it fails.

use std::io::IsTerminal;
use std::panic::catch_unwind;

use tidings::Engine;
use tidings::actors::Knowledge;
use tidings::document::{Document, Part, PartKind};
use tidings::language::Relation;
use tidings::ontology::{Lexicon, Ontology, Triggers};
use tidings::text::Span;

use crate::commands::ModelArgs;
use crate::errors::Failure;

/// One thing that must work.
pub struct Check {
    /// What.
    pub name: &'static str,
    /// How it is.
    pub finding: Finding,
}

/// How a thing is.
pub enum Finding {
    /// It works.
    Good(String),
    /// It works, but could be better; with a hint.
    Note(String, String),
    /// It does not work; with the remedy.
    Bad(String, String),
}

impl Check {
    /// Whether it must be mended.
    pub fn failed(&self) -> bool {
        matches!(self.finding, Finding::Bad(..))
    }
}

/// The sentence of the self-test, with the words of its root and subject.
const SENTENCE: &str = "Norway thanked Iceland for its help.";
/// Bytes that the analysis of one document may take, with a margin.
const MEMORY: u64 = 300_000_000;

/// All checks, in the order of the data.
pub fn all(model: &ModelArgs) -> Vec<Check> {
    let mut checks =
        vec![check("program", program()), check("processor", processor()), check("memory", memory())];
    checks.push(check("tables", tables()));
    match model.engine() {
        Ok(engine) => {
            let it = engine.analyzer().description();
            checks.push(check(
                "model",
                Finding::Good(format!(
                    "{} {}, SHA-256 {}…",
                    it.name,
                    it.version,
                    it.sha256.chars().take(12).collect::<String>()
                )),
            ));
            checks.push(check("language", language(&engine)));
            checks.push(check("coding", coding(&engine)));
        }
        Err(failure) => checks.push(check("model", bad(failure))),
    }
    checks.extend([check("terminal", terminal()), check("locale", locale())]);
    checks
}

fn check(name: &'static str, finding: Finding) -> Check {
    Check { name, finding }
}

fn bad(failure: Failure) -> Finding {
    let message = if let Failure::Message(message) = failure { message } else { String::new() };
    let (what, hint) = message.split_once("\n  hint: ").unwrap_or((&message, "please report this"));
    Finding::Bad(what.to_owned(), hint.to_owned())
}

fn program() -> Finding {
    Finding::Good(format!(
        "tidings {}, {} {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    ))
}

/// The kernels choose at run time; without these they are several times slower.
#[cfg(target_arch = "x86_64")]
fn processor() -> Finding {
    let known = [
        ("avx2", std::arch::is_x86_feature_detected!("avx2")),
        ("fma", std::arch::is_x86_feature_detected!("fma")),
        ("avx512vnni", std::arch::is_x86_feature_detected!("avx512vnni")),
    ];
    let found: Vec<&str> = known.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect();
    if found.contains(&"avx2") {
        Finding::Good(format!("{}, {} threads", found.join(" "), threads()))
    } else {
        Finding::Note(
            "no AVX2: the analysis is slow".to_owned(),
            "a processor from after 2013 has it; some virtual machines hide it".to_owned(),
        )
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn processor() -> Finding {
    Finding::Good(format!("{}, {} threads", std::env::consts::ARCH, threads()))
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn memory() -> Finding {
    let Some(free) = free_memory() else { return Finding::Good("not checked on this system".to_owned()) };
    let megabytes = free / 1_000_000;
    if free >= MEMORY {
        Finding::Good(format!("{megabytes} MB available"))
    } else {
        Finding::Bad(
            format!("only {megabytes} MB available"),
            format!("close other programs: {} MB are wanted", MEMORY / 1_000_000),
        )
    }
}

/// Linux says it in a file.
fn free_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("MemAvailable:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// A broken table stops the first use; here it becomes a finding.
fn tables() -> Finding {
    let loaded = catch_unwind(|| {
        let _ = (Ontology::plover(), Lexicon::embedded(), Knowledge::embedded());
        Triggers::embedded().all().count()
    });
    match loaded {
        Ok(entries) => Finding::Good(format!("ontology, lexicon, actors, {entries} trigger entries")),
        Err(_) => Finding::Bad(
            "a table inside the program is broken".to_owned(),
            "build it again from a clean copy: cargo xtask test".to_owned(),
        ),
    }
}

fn language(engine: &Engine) -> Finding {
    let wrong = |what: &str| {
        Finding::Bad(
            format!("“{SENTENCE}”: {what}"),
            "the model does not work on this processor: please report it with the line “processor”"
                .to_owned(),
        )
    };
    match engine.analyzer().analyze(SENTENCE, &[Span::new(0, SENTENCE.len())]) {
        Err(error) => bad(Failure::Message(error.to_string())),
        Ok(sentences) => {
            let Some(sentence) = sentences.first() else { return wrong("no analysis") };
            let root = sentence.root();
            let subject = root.and_then(|r| sentence.child(r, Relation::Nsubj));
            let form = |word: Option<usize>| {
                word.and_then(|w| sentence.words.get(w)).map_or("nothing", |w| w.form.as_str())
            };
            match (form(root), form(subject)) {
                ("thanked", "Norway") => {
                    Finding::Good(format!("“{SENTENCE}”: thanked ← Norway, {} words", sentence.words.len()))
                }
                (root, subject) => wrong(&format!("{root} ← {subject} instead of thanked ← Norway")),
            }
        }
    }
}

fn coding(engine: &Engine) -> Finding {
    let parts = vec![Part { kind: PartKind::Body, span: Span::new(0, SENTENCE.len()), remove: false }];
    let document = Document {
        id: "doctor".to_owned(),
        text: SENTENCE.to_owned(),
        language: "en".to_owned(),
        parts,
        ..Document::default()
    };
    match engine.code(&document) {
        Err(error) => bad(error.into()),
        Ok(report) => match report.events().next() {
            Some(event) => {
                Finding::Good(format!("one event of type {}, {}", event.plover.event, event.status))
            }
            None => Finding::Bad(format!("“{SENTENCE}” gave no event"), "please report it".to_owned()),
        },
    }
}

fn terminal() -> Finding {
    if !std::io::stdout().is_terminal() {
        return Finding::Good("output goes to a file or a pipe: 80 columns, no colour".to_owned());
    }
    match terminal_size::terminal_size() {
        Some((width, _)) if width.0 >= 80 => Finding::Good(format!("{} columns", width.0)),
        Some((width, _)) => {
            Finding::Note(format!("{} columns", width.0), "tables are made for 80 columns or more".to_owned())
        }
        None => {
            Finding::Note("its width is not known".to_owned(), "tables are made for 80 columns".to_owned())
        }
    }
}

/// Names of people and the lines of trees need it.
fn locale() -> Finding {
    if cfg!(windows) {
        return Finding::Good("not checked on this system".to_owned());
    }
    let value = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    match value {
        Some(value) if value.to_lowercase().replace('-', "").contains("utf8") => Finding::Good(value),
        other => Finding::Note(
            format!("{} is not UTF-8", other.as_deref().unwrap_or("the locale")),
            "export LANG=C.UTF-8, or names with accents may not show".to_owned(),
        ),
    }
}
