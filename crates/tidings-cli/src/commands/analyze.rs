//! `tidings analyze`: the language analysis without any coding.

use std::fs;
use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;
use tidings::Engine;
use tidings::language::conllu::{self, Tokenized};
use tidings::language::{Sentence, json};
use tidings::text::CodePoints;
use tidings_readers::PassedOver;

use super::ModelArgs;
use crate::errors::{Exit, Failure};
use crate::input::{self, InputArgs};
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Sentences of a CoNLL-U file that are analysed together.
const CHUNK: usize = 256;

/// Flags of `tidings analyze`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A file with reports, or a CoNLL-U file with `--pretokenized`; `-` is the standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// What the analysis looks like
    #[arg(long, short, value_enum, default_value = "conllu")]
    format: Format,
    /// The input is CoNLL-U: keep its sentences and words, and analyse those
    #[arg(long)]
    pretokenized: bool,
    #[command(flatten)]
    model: ModelArgs,
}

/// Forms of the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Words, tags, lemmas and trees, for treebank tools
    Conllu,
    /// All of that with names, roles, factuality and speakers; one object a document
    Json,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings analyze report.txt                                 trees as CoNLL-U
  tidings analyze --format json report.txt | jq '.sentences[].names'
  tidings analyze --pretokenized gold.conllu > system.conllu    for a treebank scorer";

/// The analysis of one document as JSON.
#[derive(Serialize)]
struct DocumentView<'d> {
    document: &'d str,
    sentences: Vec<json::SentenceView<'d>>,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let engine = args.model.engine()?;
    let mut sink = Sink::standard();
    let exit = if args.pretokenized {
        words(args, &engine, &mut sink)?
    } else {
        text(args, &engine, &mut sink, terminal)?
    };
    sink.finish()?;
    Ok(exit)
}

fn text(args: &Args, engine: &Engine, sink: &mut Sink, terminal: &Terminal) -> Result<Exit, Failure> {
    let (mut sentences, mut errors) = (0, 0);
    let passed_over = PassedOver::default();
    for unread in input::documents(vec![args.path.clone()], &args.input, &passed_over) {
        let document = match unread.read() {
            Ok(document) => document,
            Err(failure) => {
                failure.tell(terminal);
                errors += 1;
                continue;
            }
        };
        let analysis = engine.analyze(&document)?;
        for warning in &analysis.document.warnings {
            terminal.warning(format_args!("{}: {} [{}]", document.id, warning.message, warning.code));
        }
        sentences += analysis.sentences.len();
        match args.format {
            Format::Conllu => {
                sink.write_all(trees(&document.id, &document.text, &analysis.sentences).as_bytes())?
            }
            Format::Json => object(&document.id, &document.text, &analysis.sentences, sink)?,
        }
        sink.flush()?;
    }
    input::tell(&passed_over, terminal);
    Ok(match (errors, sentences) {
        (0, 0) => Exit::Nothing,
        (0, _) => Exit::Done,
        _ => Exit::Failed,
    })
}

fn trees(id: &str, text: &str, sentences: &[Sentence]) -> String {
    let mut out = format!("# newdoc id = {}\n", one_line(id));
    for (number, sentence) in sentences.iter().enumerate() {
        let comments = [
            format!("# sent_id = {}-S{number:02}", one_line(id)),
            format!("# text = {}", one_line(sentence.span.of(text))),
        ];
        out.push_str(&conllu::write(sentence, &comments, Some(text)));
    }
    out
}

/// A comment ends with its line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn object(id: &str, text: &str, sentences: &[Sentence], sink: &mut Sink) -> Result<(), Failure> {
    let points = CodePoints::new(text);
    let view =
        DocumentView { document: id, sentences: sentences.iter().map(|s| json::view(s, &points)).collect() };
    let mut line = serde_json::to_vec(&view)?;
    line.push(b'\n');
    Ok(sink.write_all(&line)?)
}

/// Gold words in, trees out: the comments of each sentence are kept.
fn words(args: &Args, engine: &Engine, sink: &mut Sink) -> Result<Exit, Failure> {
    let name = args.path.display().to_string();
    let text = whole(&args.path)?;
    let sentences = conllu::read(&name, &text).map_err(|e| Failure::Message(e.to_string()))?;
    for chunk in sentences.chunks(CHUNK) {
        let forms: Vec<Vec<String>> = chunk.iter().map(|s| s.words.clone()).collect();
        let analysed = engine.analyzer().analyze_words(&forms).map_err(tidings::EngineError::from)?;
        for (gold, sentence) in chunk.iter().zip(&analysed) {
            pretokenized(args.format, gold, sentence, sink)?;
        }
    }
    Ok(if sentences.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn pretokenized(
    format: Format,
    gold: &Tokenized,
    sentence: &Sentence,
    sink: &mut Sink,
) -> Result<(), Failure> {
    match format {
        Format::Conllu => Ok(sink.write_all(conllu::write(sentence, &gold.comments, None).as_bytes())?),
        Format::Json => {
            let id = gold.comments.iter().find_map(|c| c.strip_prefix("# sent_id = "));
            object(id.unwrap_or_default(), &gold.words.join(" "), std::slice::from_ref(sentence), sink)
        }
    }
}

fn whole(path: &Path) -> Result<String, Failure> {
    let failed = |e: std::io::Error| {
        Failure::new(
            format_args!("{}: cannot be read: {e}", path.display()),
            "name a CoNLL-U file in UTF-8, or - for the standard input",
        )
    };
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map_err(failed)?;
    } else {
        text = fs::read_to_string(path).map_err(failed)?;
    }
    Ok(text)
}
