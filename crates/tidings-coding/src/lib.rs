//! Who did or said what to whom? From the language analysis of one article to its records, with the reasons.
//!
//! The way of the data: mentions of actors ([`mentions`], [`coreference`]) → who says what ([`sayings`], [`quotes`],
//! [`voices`]) → drafts of events ([`matching`] finds trigger and parties; [`status`], [`attribution`],
//! [`when`], [`circumstances`] and [`codebook`] fill the rest; [`retold`] what an earlier sentence told) → [`comments`] → one record per event ([`merge`], [`anchors`], [`narrative`], [`scene`], [`links`]) →
//! commitments, relations, contradictions ([`structure`]) → records ([`emit`]) with their reasons ([`trail`]).

mod anchors;
mod arguments;
mod around;
pub mod article;
mod attribution;
mod build;
mod casualties;
mod circumstances;
mod codebook;
mod comments;
mod conditionals;
mod conditions;
mod coreference;
mod counterpart;
mod demands;
pub mod draft;
mod emit;
mod events;
mod everyday;
pub mod expectation;
mod governors;
mod links;
mod matching;
mod mending;
mod mentions;
mod merge;
mod narrative;
mod opinion;
mod parties;
mod phrase;
mod places;
mod quotes;
mod reach;
pub mod records;
mod retold;
mod sayings;
mod scene;
mod slots;
mod standing;
mod status;
mod structure;
mod trail;
mod voices;
mod when;
mod who;

use tidings_actors::Knowledge;
use tidings_document::Document;
use tidings_language::{ActClassifier, Sentence};
use tidings_ontology::{EventType, Lexicon, Ontology, Rules};
use tidings_text::Span;

pub use emit::SCHEMA;
pub use records::{Record, Report};
pub use who::{Answer, Question, who};

use draft::{Draft, Status};
use emit::Findings;
use events::Tables;
use structure::commitments::Bond;

/// All that the coding rules look at: who is mentioned and who is the same, when, where, who says what.
pub fn article<'a>(
    document: &'a Document,
    sentences: &[Sentence],
    knowledge: &Knowledge,
) -> article::Article<'a> {
    build::article(document, sentences, knowledge, Lexicon::embedded())
}

/// Codes one document from its analysed sentences (of all parts that are not to be removed, in text order). Without the
/// classifier of acts the rules speak alone.
pub fn code(
    document: &Document,
    sentences: &[Sentence],
    knowledge: &Knowledge,
    rules: &Rules,
    acts: Option<&ActClassifier>,
) -> Report {
    let tables = tables(knowledge, rules, acts);
    let mut article = build::article(document, sentences, knowledge, tables.lexicon);
    let (mut drafts, mut passed) = events::drafts(&article, tables);
    retold::borrow(&article, &mut drafts, tables.triggers);
    let bonds = structure::commitments::find(&article);
    let (obligations, mut drafts): (Vec<_>, Vec<_>) =
        drafts.into_iter().partition(|draft| is_obligation(draft, &bonds));
    passed.extend(obligations.iter().map(events::Passed::as_obligation));
    passed.sort_by_key(|p| (p.sentence, p.word));
    let comments = comments::uncoded(&article, &drafts, tables.lexicon);
    drafts.extend(comments);
    drafts.sort_by_key(|d| (d.sentence, d.predicate));
    let (mut drafts, disagreements) = merge::merge(&article, drafts);
    anchors::resolve(&mut article, &mut drafts);
    narrative::frame(&article, &mut drafts);
    scene::carry_places(&article, &mut drafts);
    let denied = links::deny(&article, &mut drafts, tables.triggers);
    links::connect(&article, &mut drafts, tables.triggers);
    let clashes = structure::contradictions::find(&article, &drafts, &disagreements, &denied);
    let findings = Findings {
        bonds,
        relations: structure::relations::find(&article, tables.lexicon),
        clashes,
        drafts,
        passed,
    };
    emit::report(&article, &findings, tables)
}

/// Which act passes between two stretches of a text that stand in one sentence, by rules and classifier together: each
/// type with its chance, the likeliest first.
pub fn between(
    document: &Document,
    sentences: &[Sentence],
    knowledge: &Knowledge,
    rules: &Rules,
    acts: &ActClassifier,
    [source, target]: [Span; 2],
) -> Vec<(EventType, f32)> {
    let tables = tables(knowledge, rules, Some(acts));
    let article = build::article(document, sentences, knowledge, tables.lexicon);
    let (drafts, _) = events::drafts(&article, tables);
    opinion::between(&article, &drafts, acts, source, target)
}

fn tables<'a>(knowledge: &'a Knowledge, rules: &'a Rules, acts: Option<&'a ActClassifier>) -> Tables<'a> {
    Tables {
        ontology: Ontology::plover(),
        rules,
        triggers: rules.triggers(),
        lexicon: rules.lexicon(),
        knowledge,
        acts,
    }
}

/// What an instrument asks for is a commitment, not an act beside it.
fn is_obligation(draft: &Draft, bonds: &[Bond]) -> bool {
    let unreal = matches!(draft.status, Status::Planned | Status::Hypothetical);
    unreal && bonds.iter().any(|b| b.sentence == draft.sentence && b.clause == draft.predicate)
}
