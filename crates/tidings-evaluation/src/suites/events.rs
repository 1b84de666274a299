//! Which reports tell the same event? ECB+, and sixty reports of our own; beside both the baseline that takes the same
//! head lemma for the same event.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use jiff::civil::Date;
use tidings_actors::Knowledge;
use tidings_coding::Report;
use tidings_coding::article::Article;
use tidings_coding::records::Event;
use tidings_document::{DateBasis, Document, PublicationDate};
use tidings_language::{Role, Sentence, Word};
use tidings_ledger::grouping::{Party, Place, Signature, Weights, group, stem, stems};
use tidings_ledger::{Article as LedgerArticle, LARGEST_PAGE, Ledger, Query};
use tidings_ontology::Rules;
use tidings_text::Span;

use super::{Context, Outcome, coded, outcome};
use crate::corpora::{EventMention, EventText, ecb};
use crate::error::{Error, Result, read};
use crate::scores::Clusters;

const ARCHIVE: &str = "data/coreference/ecbplus_topics_1_35.tar.gz";
const CHECKED: &str = "data/coreference/coreference_sentences_topics_1_35.csv";

/// The usual development topics; the weights of words were looked at on the others.
const DEVELOPMENT: [u32; 8] = [2, 5, 12, 18, 21, 23, 34, 35];

const REPORTS: &str = "tests/grouping/reports.txt";
const GROUPS: &str = "tests/grouping/groups.tsv";

/// A report of our own suite.
#[derive(Debug, PartialEq)]
struct Told<'t> {
    id: &'t str,
    outlet: &'t str,
    day: Date,
    /// The word that tells the event.
    word: &'t str,
    text: &'t str,
}

/// Our own reports, coded and put into a ledger, as a user would: which of them does it hold for one event?
pub fn grouping(context: &Context) -> Result<Outcome> {
    let (reports, groups) = (read(&context.root.join(REPORTS))?, read(&context.root.join(GROUPS))?);
    let (told, gold) = (told(&reports)?, numbered(&groups));
    let folder = tempfile::tempdir().map_err(|e| Error::program("a folder for the ledger", e))?;
    let failed = |e: tidings_ledger::Error| Error::program("the ledger", e);
    let mut ledger = Ledger::create(&folder.path().join("suite.db")).map_err(failed)?;
    let mut marks = Vec::new();
    for report in &told {
        let (document, coded) = coded_report(context, report)?;
        let article = LedgerArticle { document: &document, report: &coded, at: Timestamp::UNIX_EPOCH };
        ledger.add(&article).map_err(failed)?;
        let place = coded::find(report.text, report.word);
        let tells = |e: &&Event| {
            e.trigger.iter().any(|w| place.is_some_and(|p| coded::overlap(coded::stretch(w), p)))
        };
        let event = coded::acts(&coded).find(tells);
        let lemma = head_lemma(context, report)?;
        marks.push((event.map(|e| e.id.clone()), lemma));
    }
    let page = ledger.reports(&Query { limit: Some(LARGEST_PAGE), ..Query::default() }).map_err(failed)?;
    let names: BTreeMap<(String, String), String> = page
        .rows
        .into_iter()
        .filter_map(|r| {
            let record: Event = serde_json::from_value(r.record).ok()?;
            Some(((record.doc, record.id), r.event_id?))
        })
        .collect();
    let system = told.iter().zip(&marks).map(|(report, (event, _))| {
        let found = event.as_ref().and_then(|e| names.get(&(report.id.to_owned(), e.clone())));
        // What was not coded is alone.
        found.cloned().unwrap_or_else(|| report.id.to_owned())
    });
    let system: Vec<String> = system.collect();
    let lemmas: Vec<&str> = marks.iter().map(|m| m.1.as_str()).collect();
    let key: Vec<usize> = told.iter().map(|r| gold.get(r.id).copied().unwrap_or_default()).collect();
    let mut outcome = of(Clusters::of(&key, &system), Clusters::of(&key, &lemmas));
    let coded = marks.iter().filter(|m| m.0.is_some()).count();
    outcome.notes.push(format!("{coded} of {} reports are coded; the others are alone", told.len()));
    for (name, odd) in
        [("events read by those who write the grouping (1st, 3rd …)", 1), ("blind (2nd, 4th …)", 0)]
    {
        let of_half: Vec<usize> = (0..key.len()).filter(|n| key[*n] % 2 == odd).collect();
        let pick = |all: &[String]| of_half.iter().map(|n| all[*n].clone()).collect::<Vec<_>>();
        let gold: Vec<usize> = of_half.iter().map(|n| key[*n]).collect();
        let half = Clusters::of(&gold, &pick(&system));
        outcome.notes.push(format!("{name}: CoNLL F1 {:.3}, B³ F1 {:.3}", half.conll(), half.b_cubed.f1()));
    }
    Ok(outcome)
}

/// For each report the number of its event, from 1.
fn numbered(groups: &str) -> BTreeMap<&str, usize> {
    let lines = groups.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .zip(1..)
        .flat_map(|(line, number)| {
            let ids = line.split('\t').nth(1).unwrap_or_default();
            ids.split(' ').map(move |id| (id, number))
        })
        .collect()
}

fn told(reports: &str) -> Result<Vec<Told<'_>>> {
    let blocks = reports.split("\n== ").skip(1);
    blocks
        .enumerate()
        .map(|(index, block)| {
            let wrong = || {
                Error::program(
                    REPORTS,
                    format!("report {}: not `id | outlet | day | word` and a text", index + 1),
                )
            };
            let (head, text) = block.split_once('\n').ok_or_else(wrong)?;
            let [id, outlet, day, word] = head.split(" | ").collect::<Vec<_>>()[..] else {
                return Err(wrong());
            };
            let (text, day) = (text.trim(), day.parse().map_err(|_| wrong())?);
            if coded::find(text, word).is_none() {
                return Err(wrong());
            }
            Ok(Told { id, outlet, day, word, text })
        })
        .collect()
}

fn coded_report(context: &Context, told: &Told) -> Result<(Document, Report)> {
    let analyzer = context.analyzer()?;
    let sentences = coded::analysed(analyzer, told.text)?;
    let explanation = "given by the suite".to_owned();
    let publication = Some(PublicationDate { date: told.day, basis: DateBasis::Option, explanation });
    let document = Document {
        id: told.id.to_owned(),
        outlet: Some(told.outlet.to_owned()),
        publication,
        ..Document::of_body(told.text)
    };
    let (knowledge, rules) = (Knowledge::embedded(), Rules::default());
    let report = tidings_coding::code(&document, &sentences, knowledge, &rules, Some(analyzer.acts()));
    Ok((document, report))
}

/// The lemma of the word that tells the event, for the baseline.
fn head_lemma(context: &Context, told: &Told) -> Result<String> {
    let at = told.text.find(told.word).unwrap_or_default();
    let span = Span::new(at, at + told.word.len());
    let sentences = context.analyze(told.text)?;
    let word = sentences.iter().find_map(|s| word_at(s, span).map(|w| s.words[w].lemma.to_lowercase()));
    Ok(word.unwrap_or_else(|| told.word.to_lowercase()))
}

/// A mention with what is compared of it.
struct Mention {
    topic: u32,
    event: String,
    lemma: String,
    signature: Signature,
}

/// Mentions as they are annotated, grouped within each topic.
pub fn ecb_plus(context: &Context) -> Result<Outcome> {
    let mentions = mentions(context)?;
    let (mut ours, mut lemma, mut all) = (Clusters::default(), Clusters::default(), [Clusters::default(); 2]);
    let topics: BTreeSet<u32> = mentions.iter().map(|m| m.topic).collect();
    let mut counted = 0;
    for topic in topics {
        let of_topic: Vec<&Mention> = mentions.iter().filter(|m| m.topic == topic).collect();
        let [own, baseline] = scores(&of_topic);
        all[0] += own;
        all[1] += baseline;
        if DEVELOPMENT.contains(&topic) {
            ours += own;
            lemma += baseline;
            counted += of_topic.len();
        }
    }
    let mut outcome = of(ours, lemma);
    outcome.notes.push(format!(
        "{counted} mentions of the topics {DEVELOPMENT:?}, given by the annotation; their actors, places and words are found \
         by Tidings; groups within a topic"
    ));
    outcome.notes.push(format!(
        "all topics: CoNLL F1 {:.3}, B³ F1 {:.3}; same head lemma {:.3}, {:.3}",
        all[0].conll(),
        all[0].b_cubed.f1(),
        all[1].conll(),
        all[1].b_cubed.f1()
    ));
    Ok(outcome)
}

fn scores(mentions: &[&Mention]) -> [Clusters; 2] {
    let gold: Vec<&str> = mentions.iter().map(|m| m.event.as_str()).collect();
    let lemmas: Vec<&str> = mentions.iter().map(|m| m.lemma.as_str()).collect();
    let signatures: Vec<Signature> = mentions.iter().map(|m| m.signature.clone()).collect();
    let mut system = vec![0; mentions.len()];
    for (number, members) in group(&signatures, Weights::embedded()).into_iter().enumerate() {
        members.into_iter().for_each(|m| system[m] = number);
    }
    [Clusters::of(&gold, &system), Clusters::of(&gold, &lemmas)]
}

fn of(ours: Clusters, lemma: Clusters) -> Outcome {
    let figures = |c: Clusters| [("conll", c.conll()), ("b_cubed", c.b_cubed.f1())];
    let mut outcome = outcome(figures(ours));
    outcome.peers = figures(lemma).map(|(key, value)| (key.to_owned(), value)).into();
    for (who, c) in [("ours", ours), ("same head lemma", lemma)] {
        outcome.notes.push(format!(
            "{who}: MUC {:.3}, B³ {:.3}, CEAF-e {:.3}",
            c.muc.f1(),
            c.b_cubed.f1(),
            c.ceaf_e.f1()
        ));
    }
    outcome
}

fn mentions(context: &Context) -> Result<Vec<Mention>> {
    let folder = tempfile::tempdir().map_err(|e| Error::program("a folder for ECB+", e))?;
    unpack(&context.path(ARCHIVE), folder.path())?;
    let texts = ecb(&folder.path().join("ecbplus"), &context.path(CHECKED))?;
    let mut out = Vec::new();
    for text in texts {
        let sentences = context.analyzer()?.analyze(&text.text, &text.sentences);
        let sentences = sentences.map_err(|e| Error::Analysis(e.to_string()))?;
        let document = Document { id: text.name.clone(), ..Document::of_body(text.text.clone()) };
        let article = tidings_coding::article(&document, &sentences, Knowledge::embedded());
        let company = company(&article);
        out.extend(text.mentions.iter().enumerate().map(|(n, m)| mention(&text, &article, &company, n, m)));
    }
    Ok(out)
}

fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    let done = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(folder).status();
    match done {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Error::program("tar", format!("{}: {status}", archive.display()))),
        Err(error) => Err(Error::program("tar", error)),
    }
}

/// The named actors of the text.
fn company(article: &Article) -> BTreeSet<String> {
    article.entities.iter().filter(|e| !e.actor.generic).map(|e| e.actor.id.clone()).collect()
}

fn mention(
    text: &EventText,
    article: &Article,
    company: &BTreeSet<String>,
    number: usize,
    mention: &EventMention,
) -> Mention {
    let mark = format!("{} {number:04}", text.name);
    let mut signature = Signature { mark, company: company.clone(), ..Signature::default() };
    let mut lemma =
        mention.words.iter().map(|w| w.of(&text.text)).collect::<Vec<_>>().join(" ").to_lowercase();
    if let Some((sentence, word)) = head(article, &mention.words) {
        let analysed = &article.sentences[sentence];
        lemma = analysed.words[word].lemma.to_lowercase();
        describe(&mut signature, article, sentence, word);
        let forms = mention.words.iter().filter_map(|w| word_at(analysed, *w));
        signature.trigger = forms.map(|w| stem(&analysed.words[w].lemma.to_lowercase())).collect();
        let own = &signature.trigger;
        signature.words = stems(analysed.span.of(&text.text)).filter(|s| !own.contains(s)).collect();
    }
    Mention { topic: text.topic, event: mention.event.clone(), lemma, signature }
}

/// The sentence and the word of a mention that governs the others.
fn head(article: &Article, words: &[Span]) -> Option<(usize, usize)> {
    let first = words.first()?;
    let sentence =
        article.sentences.iter().position(|s| s.span.start <= first.start && first.end <= s.span.end)?;
    let analysed = &article.sentences[sentence];
    let inside: Vec<usize> = words.iter().filter_map(|w| word_at(analysed, *w)).collect();
    let outer = |w: &&usize| analysed.words[**w].head.is_none_or(|h| !inside.contains(&h));
    inside.iter().find(outer).or(inside.first()).map(|w| (sentence, *w))
}

fn word_at(sentence: &Sentence, span: Span) -> Option<usize> {
    sentence.words.iter().position(|w: &Word| w.span.overlaps(span))
}

/// Who takes part, and where.
fn describe(signature: &mut Signature, article: &Article, sentence: usize, word: usize) {
    let analysed = &article.sentences[sentence];
    let parties = |role: Role| -> Vec<Party> {
        let arguments = analysed.predicate(word).into_iter().flat_map(|p| &p.arguments);
        let actors =
            arguments.filter(|a| a.role == role).filter_map(|a| article.mention_at(sentence, a.word));
        actors.map(|m| party(article, m.entity)).collect()
    };
    (signature.source, signature.target) = (parties(Role::Arg0), parties(Role::Arg1));
    let place = article.places.iter().find(|p| p.sentence == sentence).and_then(|p| p.place.as_ref());
    signature.place = place.map(|p| Place {
        name: p.entry.name().to_owned(),
        geonames: p.entry.geonames(),
        ..Place::default()
    });
}

fn party(article: &Article, entity: usize) -> Party {
    let actor = &article.entities[entity].actor;
    Party { entity: actor.id.clone(), country: actor.country.clone(), sector: actor.sectors.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_and_their_groups_are_read_and_broken_ones_told() {
        let text = "# comment\n\n== r1 | Post | 2020-03-02 | met\nA met B.\n\n== r2 | News | 2020-03-03 | talks\nTheir talks.\n";
        let read = told(text).unwrap();
        assert_eq!((read.len(), read[0].word, read[1].text), (2, "met", "Their talks."));
        assert!(told("\n== r1 | Post | soon | met\nA met B.\n").is_err());
        assert!(told("\n== r1 | Post | 2020-03-02 | left\nA met B.\n").is_err());
        assert_eq!(
            numbered("# c\ntalks\tr1 r2\nraid\tr3\n"),
            BTreeMap::from([("r1", 1), ("r2", 1), ("r3", 2)])
        );
    }
}
