//! Two stretches of the article that cannot both stand.

use std::sync::LazyLock;

use serde::Deserialize;
use tidings_document::PartKind;
use tidings_text::Span;

use super::{counts, outcomes};
use crate::article::Article;
use crate::draft::{Draft, Party, Speaker, Status};
use crate::merge::Disagreement;

/// Words by which accounts differ.
#[derive(Default, Deserialize)]
pub struct Table {
    /// "seized".
    pub taken: Vec<String>,
    /// "repelled".
    pub held: Vec<String>,
    /// "back", "off".
    pub held_particles: Vec<String>,
    /// "beat off".
    pub held_with_particle: Vec<String>,
    /// Of which a person can be one only.
    pub titles: Vec<[String; 2]>,
    /// What crowds do.
    pub crowd: Vec<String>,
    /// "put the number at".
    pub putting: Vec<String>,
    /// "number", "turnout".
    pub figures: Vec<String>,
    /// "toll".
    pub dead: Vec<String>,
}

/// The table of `data/coding/contradictions.toml`.
pub static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/coding/contradictions.toml")).unwrap_or_default()
});

/// A contradiction between two stretches of text.
#[derive(Clone, Debug)]
pub struct Clash {
    /// factual, conflicting_accounts, modality, naming.
    pub kind: &'static str,
    /// What they disagree on.
    pub attribute: String,
    /// One side.
    pub a: Span,
    /// The other side.
    pub b: Span,
    /// In words.
    pub explanation: String,
    /// What governs.
    pub resolution: String,
    /// Indices of the drafts concerned.
    pub drafts: Vec<usize>,
    /// What found it.
    pub rule: &'static str,
}

/// All contradictions, in text order of their first side.
///
/// `denied` are acts with the records of those who deny them without telling them again.
pub fn find(
    article: &Article,
    drafts: &[Draft],
    disagreements: &[Disagreement],
    denied: &[(usize, usize)],
) -> Vec<Clash> {
    let mut found: Vec<Clash> = disagreements.iter().map(|d| factual(article, drafts, d)).collect();
    found.extend(modality(article, drafts));
    found.extend(accounts(article, drafts));
    found.extend(counts::clashes(article, drafts));
    found.extend(outcomes::clashes(article, drafts));
    found.extend(denied.iter().map(|(act, denial)| whether(article, drafts, *act, *denial)));
    found.sort_by_key(|c| (c.a, c.b));
    // The same two figures, once by the records and once by the words.
    found.dedup_by(|later, kept| later.attribute == kept.attribute && later.drafts == kept.drafts);
    found
}

fn factual(article: &Article, drafts: &[Draft], d: &Disagreement) -> Clash {
    let (a, b) = (&drafts[d.a], &drafts[d.b]);
    let same_voice = voices(a) == voices(b);
    Clash {
        kind: if same_voice { "factual" } else { "conflicting_accounts" },
        attribute: d.attribute.to_owned(),
        a: side(article, a, d.attribute),
        b: side(article, b, d.attribute),
        explanation: format!("The same event is told with two values of {}.", d.attribute),
        resolution: if same_voice {
            "unresolved: the outlet contradicts itself".to_owned()
        } else {
            "unresolved: source against source".to_owned()
        },
        drafts: vec![d.a, d.b],
        rule: "two tellings of one event differ in this field",
    }
}

/// Those who tell a record besides the outlet.
pub fn voices(draft: &Draft) -> Vec<Option<usize>> {
    voices_of(&draft.speakers)
}

/// The entities of a chain of speakers.
pub fn voices_of(speakers: &[Speaker]) -> Vec<Option<usize>> {
    speakers.iter().map(|s| s.entity).collect()
}

/// The words of the field on which the mention disagrees; the whole sentence where it has none.
fn side(article: &Article, draft: &Draft, attribute: &str) -> Span {
    let place = draft.place.as_ref().and_then(|p| p.span).filter(|_| attribute == "place");
    let date = draft
        .date
        .as_ref()
        .and_then(|w| w.timex)
        .map(|t| article.timexes[t].span)
        .filter(|_| attribute == "date");
    let number = || counts::number_of(article, draft).filter(|_| attribute == "number of dead");
    place.or(date).or_else(number).unwrap_or(article.sentences[draft.sentence].span)
}

/// A headline surer than the body: the body governs.
fn modality(article: &Article, drafts: &[Draft]) -> Vec<Clash> {
    let in_headline = |n: usize| matches!(article.parts[n], PartKind::Headline | PartKind::Standfirst);
    drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| {
            !in_headline(d.sentence)
                && matches!(
                    d.status,
                    Status::Alleged
                        | Status::Conditional
                        | Status::Hypothetical
                        | Status::Denied
                        | Status::Negated
                )
        })
        .filter_map(|(index, draft)| {
            let (headline, _) = draft.mentions.iter().find(|(n, words)| {
                in_headline(*n) && words.iter().all(|w| article.sentences[*n].words[*w].factuality > 0.0)
            })?;
            Some(Clash {
                kind: "modality",
                attribute: "certainty".to_owned(),
                a: article.sentences[*headline].span,
                b: draft.condition.unwrap_or(article.sentences[draft.sentence].span),
                explanation: format!(
                    "The headline tells as a fact what the body gives as {}.",
                    draft.status.as_str()
                ),
                resolution: "the body governs".to_owned(),
                drafts: vec![index],
                rule: "the headline's verb is factual by the model's head, the body's record is not",
            })
        })
        .collect()
}

/// One says it happened, another that it did not.
fn accounts(article: &Article, drafts: &[Draft]) -> Vec<Clash> {
    let mut found = Vec::new();
    for (i, denied) in drafts.iter().enumerate().filter(|(_, d)| d.status == Status::Denied) {
        for (j, told) in drafts.iter().enumerate() {
            let told_so =
                matches!(told.status, Status::Asserted | Status::Alleged) && told.event == denied.event;
            if i != j && told_so && voices(told) != voices(denied) && share_a_side(article, told, denied) {
                found.push(whether(article, drafts, i, j));
            }
        }
    }
    found
}

/// Whether the act told by one record and denied by the other happened.
fn whether(article: &Article, drafts: &[Draft], i: usize, j: usize) -> Clash {
    let span = |d: usize| article.sentences[drafts[d].sentence].span;
    Clash {
        kind: "conflicting_accounts",
        attribute: "whether it happened".to_owned(),
        a: span(i).min(span(j)),
        b: span(i).max(span(j)),
        explanation: "One source says that it happened, another denies it.".to_owned(),
        resolution: "unresolved: source against source".to_owned(),
        drafts: vec![i.min(j), i.max(j)],
        rule: "acts of one type and side, one told and one denied by different voices",
    }
}

/// A common party, or acts of one state's organs ("Norland shelled the post"; "its army had not fired").
fn share_a_side(article: &Article, a: &Draft, b: &Draft) -> bool {
    let country = |p: &Party| article.entities[p.entity].actor.country.as_ref();
    let same = |x: &Party, y: &Party| x.entity == y.entity;
    let fellow = |x: &Party, y: &Party| country(x).is_some() && country(x) == country(y);
    a.parties().any(|x| b.parties().any(|y| same(x, y)))
        || a.source.iter().any(|x| b.source.iter().any(|y| fellow(x, y)))
}
