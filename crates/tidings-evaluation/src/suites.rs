//! The suites themselves: read a corpus, run Tidings on it, score.

mod actors;
mod calibration;
pub(crate) mod coded;
mod events;
mod geo;
mod gsr;
mod no_event;
mod officials;
mod pages;
mod petrarch;
mod plv;
mod plv_given;
mod quotes;
mod status;
mod time;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tidings_language::{Analyzer, NameKind, Sentence};
use tidings_text::{CodePoints, Span};

use crate::corpora::{self, GoldAttribution, Stretch, Tree};
use crate::error::{Error, Result};
use crate::peers::peer;
use crate::scores::{self, Boundaries, Counts, WordSets};
use crate::{bench, gold, ledger, plan};

/// Sentences handed to the analysis at once; enough to batch by length, few enough to hold.
const AT_ONCE: usize = 256;

/// Where everything is.
pub struct Context {
    /// Root of the workspace.
    pub root: PathBuf,
    /// The folder of shared data (`data/`, `gold/`).
    pub shared: PathBuf,
    /// The `tidings` program, for the suites that score whole reports.
    pub program: Option<PathBuf>,
    /// The script that runs the peers.
    pub peers: Option<PathBuf>,
    /// The model, loaded when it is first needed.
    pub analyzer: OnceCell<Analyzer>,
}

/// What a suite found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Figures by key of the measure.
    pub values: BTreeMap<String, f64>,
    /// Figures of the peer run beside it, by the same keys.
    pub peers: BTreeMap<String, f64>,
    /// What a reader must know to understand the figures.
    pub notes: Vec<String>,
}

type Runner = fn(&Context) -> Result<Outcome>;

/// Runs one suite; the error says which corpus is missing where one is.
pub fn run(suite: &plan::Suite, context: &Context) -> Result<Outcome> {
    for corpus in &suite.corpora {
        let path = context.path(corpus);
        path.metadata().map_err(|source| Error::File { path, source })?;
    }
    let unknown = || Error::program(&suite.name, "no such suite");
    runner(&suite.name).ok_or_else(unknown)?(context)
}

pub(crate) fn runner(name: &str) -> Option<Runner> {
    Some(match name {
        "grouping" => events::grouping,
        "ecb_plus" => events::ecb_plus,
        "ewt" => |c| syntax(c, "data/treebanks/ewt/en_ewt-ud-test.conllu"),
        "gum" => |c| syntax(c, "data/treebanks/gum_free/en_gum-ud-test.conllu"),
        "segmentation" => segmentation,
        "roles" => roles,
        "names" => names,
        "factuality" => factuality,
        "attribution" => attribution,
        "extraction" => pages::extraction,
        "page_dates" => pages::dates,
        "fundus" => pages::fundus,
        "office_holders" => officials::score,
        "quotes" => quotes::score,
        "status" => status::score,
        "petrarch_unit" => petrarch::unit,
        "petrarch_validation" => petrarch::validation,
        "no_event" => no_event::score,
        "plv_given" => plv_given::score,
        "plv_raw" => plv::test,
        "plv_train" => plv::train,
        "gsr" => gsr::score,
        "calibration" => calibration::score,
        "time" => time::expressions,
        "tr_news" => |c| geo::split(c, "TR-News.xml"),
        "lgl" => |c| geo::split(c, "lgl.xml"),
        "gwn" => |c| geo::split(c, "GWN.xml"),
        "geovirus" => |c| geo::whole(c, "GeoVirus.xml"),
        "actors" => actors::ngec,
        "coactors" => actors::several,
        "seed" => |c| gold::score(c, &[c.path("gold/seed.txt")]),
        "language" => bench::language,
        "resolution" => bench::resolution,
        "coding" => bench::coding,
        "whole" => bench::whole,
        "start" => bench::start,
        "knowledge" => bench::knowledge,
        "build" => bench::build,
        "ledger" => ledger::score,
        "examples" => |c| gold::score(c, &gold::texts(&c.path("gold/examples"))?),
        _ => return None,
    })
}

impl Context {
    /// A path below the shared data.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.shared.join(relative)
    }

    fn analyzer(&self) -> Result<&Analyzer> {
        if self.analyzer.get().is_none() {
            let loaded = Analyzer::new().map_err(|e| Error::Analysis(e.to_string()))?;
            let _ = self.analyzer.set(loaded);
        }
        self.analyzer.get().ok_or_else(|| Error::Analysis("the model was not loaded".to_owned()))
    }

    /// The analysed sentences of a running text.
    fn analyze(&self, text: &str) -> Result<Vec<Sentence>> {
        let spans = tidings_text::sentences(text, Span::new(0, text.len()));
        self.analyzer()?.analyze(text, &spans).map_err(|e| Error::Analysis(e.to_string()))
    }

    fn trees(&self, relative: &str) -> Result<Vec<Tree>> {
        corpora::trees(&self.path(relative))
    }

    fn analyze_words(&self, sentences: &[Vec<String>]) -> Result<Vec<Sentence>> {
        let analyzer = self.analyzer()?;
        let batches = sentences.chunks(AT_ONCE).map(|batch| {
            let out = analyzer.analyze_words(batch).map_err(|e| Error::Analysis(e.to_string()))?;
            same_words(batch, out)
        });
        Ok(batches.collect::<Result<Vec<_>>>()?.concat())
    }

    fn analyze_trees(&self, trees: &[Tree]) -> Result<Vec<Sentence>> {
        self.analyze_words(&trees.iter().map(Tree::forms).collect::<Vec<_>>())
    }
}

/// A scorer that lines words up by number must be sure that they are the same words.
fn same_words(given: &[Vec<String>], out: Vec<Sentence>) -> Result<Vec<Sentence>> {
    let same = given.len() == out.len() && given.iter().zip(&out).all(|(g, o)| g.len() == o.words.len());
    if same {
        Ok(out)
    } else {
        Err(Error::Analysis("the words that were given did not come back".to_owned()))
    }
}

fn outcome(values: impl IntoIterator<Item = (&'static str, f64)>) -> Outcome {
    let values = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Outcome { values, ..Outcome::default() }
}

fn syntax(context: &Context, path: &str) -> Result<Outcome> {
    let trees = context.trees(path)?;
    let system = context.analyze_trees(&trees)?;
    let mut total = scores::Attachment::default();
    for (gold, sentence) in trees.iter().zip(&system) {
        total += scores::attachment(gold, sentence);
    }
    Ok(outcome([
        ("upos", total.upos()),
        ("uas", total.uas()),
        ("las", total.las()),
        ("lemma", total.lemma()),
    ]))
}

fn segmentation(context: &Context) -> Result<Outcome> {
    let trees = context.trees("data/treebanks/ewt/en_ewt-ud-test.conllu")?;
    let (mut words, mut sentences) = (Counts::default(), Counts::default());
    for document in corpora::documents(&trees) {
        let gold = Boundaries::of_pieces(document.trees.iter().map(Tree::pieces));
        let found = tidings_text::sentences(&document.text, Span::new(0, document.text.len()));
        let found_words: Vec<Span> =
            found.iter().flat_map(|s| tidings_text::words(&document.text, *s)).collect();
        let (w, s) = scores::segmentation(&Boundaries::of_spans(&document.text, &found, &found_words), &gold);
        words += w;
        sentences += s;
    }
    let mut outcome = outcome([("tokens", words.f1()), ("sentences", sentences.f1())]);
    outcome.notes.push(
        "the text of each document with its paragraphs; what is written together (don't) counts as its words"
            .to_owned(),
    );
    Ok(outcome)
}

fn roles(context: &Context) -> Result<Outcome> {
    let trees = context.trees("data/treebanks/ewt/en_ewt-ud-test.conllu")?;
    let gold = corpora::propbank(&context.path("data/roles/ewt_propbank.test.jsonl"), &trees)?;
    let analyzer = context.analyzer()?;
    let mut counts = Counts::default();
    for batch in gold.chunks(AT_ONCE) {
        let words: Vec<_> = batch.iter().map(|s| trees[s.tree].forms()).collect();
        let predicates: Vec<Vec<_>> =
            batch.iter().map(|s| s.predicates.iter().map(|p| p.word).collect()).collect();
        let out = analyzer.analyze_words_with_predicates(&words, &predicates);
        let out = same_words(&words, out.map_err(|e| Error::Analysis(e.to_string()))?)?;
        for (sentence, system) in batch.iter().zip(&out) {
            counts += scores::role_counts(&sentence.predicates, system);
        }
    }
    let mut outcome = outcome([("f1", counts.f1())]);
    let predicates: usize = gold.iter().map(|s| s.predicates.len()).sum();
    let Counts { gold: arguments, .. } = counts;
    let (precision, recall) = (counts.precision(), counts.recall());
    outcome.notes.push(format!(
        "{predicates} predicates, {arguments} arguments: precision {precision:.4}, recall {recall:.4}"
    ));
    Ok(outcome)
}

const SCORED_NAMES: [NameKind; 4] =
    [NameKind::Person, NameKind::Organization, NameKind::Location, NameKind::Norp];

fn names(context: &Context) -> Result<Outcome> {
    let path = context.path("data/entities/worldwide/worldwide.test.tsv");
    let gold = corpora::worldwide(&path)?;
    let words: Vec<_> = gold.iter().map(|s| s.words.clone()).collect();
    let system = context.analyze_words(&words)?;
    let (mut by_kind, mut as_given) = (BTreeMap::<NameKind, Counts>::new(), Counts::default());
    for (sentence, analysed) in gold.iter().zip(&system) {
        let found: BTreeSet<_> = analysed
            .names
            .iter()
            .filter(|n| SCORED_NAMES.contains(&n.kind))
            .map(|n| (n.words.start, n.words.end, n.kind))
            .collect();
        as_given += Counts::of(&found, &sentence.names);
        let bare = |names: &BTreeSet<_>| {
            names.iter().map(|n| scores::without_article(&sentence.words, *n)).collect()
        };
        for (kind, counts) in scores::name_counts(&bare(&found), &bare(&sentence.names)) {
            *by_kind.entry(kind).or_default() += counts;
        }
    }
    let mut outcome = Outcome::default();
    let mut all = Counts::default();
    for (kind, counts) in by_kind {
        all += counts;
        outcome.values.insert(kind.to_string(), counts.f1());
    }
    outcome.values.insert("all".to_owned(), all.f1());
    outcome.notes.push(
        "\"the\" before and \"'s\" behind a name are dropped on both sides, for both systems".to_owned(),
    );
    outcome.notes.push(format!("with them: {:.4}", as_given.f1()));
    peer_names(context, &path, all.gold, &mut outcome);
    Ok(outcome)
}

/// Runs the peer on the same file; that it could not be run is a note, not a failure.
fn peer_names(context: &Context, corpus: &Path, gold: usize, outcome: &mut Outcome) {
    let Some(script) = &context.peers else {
        outcome.notes.push("the peer was not run: no script was given".to_owned());
        return;
    };
    match peer(script, "names", corpus) {
        Ok(answer) if answer["gold"].as_u64() != Some(gold as u64) => {
            outcome.notes.push(format!(
                "the peer is left out: it was scored on {} names, Tidings on {gold}",
                answer["gold"]
            ));
        }
        Ok(answer) => {
            let figures = answer["f1"].as_object().into_iter().flatten();
            outcome.peers = figures.filter_map(|(key, value)| Some((key.clone(), value.as_f64()?))).collect();
            outcome.notes.push(format!(
                "the peer with them: {:.4}",
                answer["f1_as_given"]["all"].as_f64().unwrap_or(0.0)
            ));
        }
        Err(error) => outcome.notes.push(format!("the peer was not run: {error}")),
    }
}

fn factuality(context: &Context) -> Result<Outcome> {
    let trees = context.trees("data/treebanks/ewt/en_ewt-ud-test.conllu")?;
    let targets = corpora::factuality(&context.path("data/factuality/uds_ih2/test.jsonl"), &trees)?;
    let system = context.analyze_trees(&trees)?;
    let pairs: Vec<_> =
        targets.found.iter().map(|t| (f64::from(system[t.tree].words[t.word].factuality), t.label)).collect();
    let mut outcome = outcome([("r", scores::pearson(&pairs).unwrap_or(0.0))]);
    let error = pairs.iter().map(|(a, b)| (a - b).abs()).sum::<f64>() / pairs.len().max(1) as f64;
    outcome.notes.push(format!(
        "mean absolute error {error:.3}; {} words, {} not found",
        pairs.len(),
        targets.missed
    ));
    Ok(outcome)
}

fn attribution(context: &Context) -> Result<Outcome> {
    let articles = corpora::polnear(&context.path("data/quotes/polnear.dev.jsonl"))?;
    let (mut counts, mut without_cue) = (scores::AttributionCounts::default(), 0);
    for article in &articles {
        let sentences = context.analyze(&article.text)?;
        let words: Vec<Span> = sentences.iter().flat_map(|s| s.words.iter().map(|w| w.span)).collect();
        let with_cue: Vec<_> = article.attributions.iter().filter(|a| !a.cue.is_empty()).collect();
        without_cue += article.attributions.len() - with_cue.len();
        let stretches = stretches(&article.text, &words);
        let gold: Vec<_> = with_cue.iter().map(|a| marked(a, &stretches)).collect();
        counts += scores::attributions(&found(&sentences), &gold);
    }
    let (cue, source, content) = (counts.cue, counts.source, counts.content);
    let mut outcome = outcome([("cue", cue.f1()), ("source", source.f1()), ("content", content.f1())]);
    let each = [("cue", cue), ("source", source), ("content", content)];
    let each =
        each.map(|(name, c)| format!("{name} precision {:.3}, recall {:.3}", c.precision(), c.recall()));
    outcome.notes.push(each.join("; "));
    outcome.notes.push(format!("{without_cue} attributions without a cue are left out"));
    Ok(outcome)
}

/// The words as stretches of code points, the unit of the corpus.
fn stretches(text: &str, words: &[Span]) -> Vec<Stretch> {
    let points = CodePoints::new(text);
    words.iter().map(|w| (points.at(w.start), points.at(w.end))).collect()
}

fn marked(attribution: &GoldAttribution, words: &[Stretch]) -> WordSets {
    let touched = |stretches: &[Stretch]| {
        let inside = |word: &Stretch| stretches.iter().any(|s| s.0 < word.1 && word.0 < s.1);
        words.iter().enumerate().filter(|(_, word)| inside(word)).map(|(i, _)| i).collect()
    };
    WordSets {
        cue: touched(&attribution.cue),
        source: touched(&attribution.source),
        content: touched(&attribution.content),
    }
}

fn found(sentences: &[Sentence]) -> Vec<WordSets> {
    let mut out = Vec::new();
    let mut before = 0;
    for sentence in sentences {
        for attribution in &sentence.attributions {
            let shift = |ranges: &[std::ops::Range<usize>]| -> BTreeSet<usize> {
                ranges.iter().flat_map(|r| r.clone().map(|w| w + before)).collect()
            };
            out.push(WordSets {
                cue: shift(std::slice::from_ref(&attribution.cue)),
                source: shift(&attribution.source),
                content: &shift(&attribution.content) | &words_in(sentences, &attribution.further),
            });
        }
        before += sentence.words.len();
    }
    out
}

/// The words that stand in these stretches, counted over all sentences.
fn words_in(sentences: &[Sentence], stretches: &[Span]) -> BTreeSet<usize> {
    if stretches.is_empty() {
        return BTreeSet::new();
    }
    let words = sentences.iter().flat_map(|s| &s.words).enumerate();
    let inside = |word: Span| stretches.iter().any(|s| s.overlaps(word));
    words.filter(|(_, w)| inside(w.span)).map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_stretches_become_words() {
        let text = "Żaneta said: stay";
        let words = [(0, 7), (8, 12), (12, 13), (14, 18)].map(|(s, e)| Span::new(s, e));
        let stretches = stretches(text, &words);
        assert_eq!(stretches, [(0, 6), (7, 11), (11, 12), (13, 17)]);
        let gold = GoldAttribution { cue: vec![(7, 11)], source: vec![(0, 6)], content: vec![(11, 17)] };
        let sets = marked(&gold, &stretches);
        assert_eq!((sets.cue, sets.source, sets.content), ([1].into(), [0].into(), [2, 3].into()));
    }
}
