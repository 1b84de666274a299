//! On whose word: the chain of speakers from the outlet inwards.

use crate::article::Article;
use crate::draft::{Party, Speaker, Why};
use crate::quotes::Quote;
use crate::sayings::Saying;

/// The speakers who vouch for what `word` of sentence `number` tells, with the reasons; the outermost first.
pub fn chain(article: &Article, number: usize, word: usize) -> (Vec<Speaker>, Vec<Why>) {
    let span = article.sentences[number].words[word].span;
    let quote = article.quotes.iter().find(|q| q.span.contains(span));
    let mut sayings: Vec<&Saying> = article
        .sayings
        .iter()
        .filter(|s| s.sentence == number && s.cue != word && s.content.contains(&word))
        .collect();
    sayings.sort_by_key(|s| std::cmp::Reverse(s.content.len()));
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut whys = Vec::new();
    if let Some(carried) = quote.filter(|q| !sayings.iter().any(|s| outside(article, s, q))) {
        speakers.extend(from_quote(article, carried));
        whys.push(Why {
            field: "attribution",
            rule: format!("quotation: {}", carried.rule),
            span: Some(carried.span),
        });
    }
    for saying in sayings {
        let level = speakers.last().map_or(1, |s| s.level + 1);
        speakers.extend(from_saying(article, saying, level, kind(article, saying, quote)));
        whys.push(Why {
            field: "attribution",
            rule: saying.rule.clone(),
            span: Some(article.sentences[number].words[saying.cue].span),
        });
    }
    (speakers, whys)
}

/// The one whose words `word` belongs to: the speaker nearest to it.
pub fn innermost(article: &Article, number: usize, word: usize) -> Vec<Party> {
    let (speakers, _) = chain(article, number, word);
    let Some(level) = speakers.iter().map(|s| s.level).max() else { return Vec::new() };
    let party = |s: &Speaker| Some(Party { entity: s.entity?, span: s.who?, resolved_by: "antecedent" });
    speakers.iter().filter(|s| s.level == level).filter_map(party).collect()
}

fn outside(article: &Article, saying: &Saying, quote: &Quote) -> bool {
    !quote.span.contains(article.sentences[saying.sentence].words[saying.cue].span)
}

/// The speaker of a quote whose verb of saying stands elsewhere.
fn from_quote(article: &Article, quote: &Quote) -> Option<Speaker> {
    let party = quote.speaker.as_ref()?;
    let verb =
        quote.saying.map(|s| &article.sayings[s]).map(|s| article.sentences[s.sentence].words[s.cue].span);
    Some(Speaker {
        level: 1,
        entity: Some(party.entity),
        who: Some(party.span),
        verb,
        kind: "direct",
        content: Some(quote.span),
    })
}

/// All who speak jointly, or one unnamed voice.
fn from_saying(article: &Article, saying: &Saying, level: u8, kind: &'static str) -> Vec<Speaker> {
    let sentence = &article.sentences[saying.sentence];
    let verb = Some(sentence.words[saying.cue].span);
    let content = Some(sentence.span_of(saying.content.iter().copied()));
    if saying.speakers.is_empty() {
        return saying
            .who
            .map(|who| Speaker { level, entity: None, who: Some(who), verb, kind, content })
            .into_iter()
            .collect();
    }
    saying
        .speakers
        .iter()
        .map(|p| Speaker { level, entity: Some(p.entity), who: Some(p.span), verb, kind, content })
        .collect()
}

/// Direct inside quotation marks; mixed where only a part of what is said stands in them; else indirect.
fn kind(article: &Article, saying: &Saying, quote: Option<&Quote>) -> &'static str {
    let sentence = &article.sentences[saying.sentence];
    let quoted = |w: &usize| article.quotes.iter().any(|q| q.span.contains(sentence.words[*w].span));
    let solid: Vec<usize> = saying
        .content
        .iter()
        .copied()
        .filter(|w| sentence.words[*w].form.chars().any(char::is_alphanumeric))
        .collect();
    match solid.iter().filter(|w| quoted(w)).count() {
        0 => "indirect",
        n if n == solid.len() || quote.is_some_and(|q| q.kind == "full" && outside(article, saying, q)) => {
            "direct"
        }
        _ => "mixed",
    }
}
