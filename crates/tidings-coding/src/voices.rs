//! "I" and "we" inside quotations: the one who speaks, or the state for which they speak; "he" and "she": somebody else.

use tidings_actors::{ActorKind, Knowledge};
use tidings_language::{Relation, Sentence, Upos};

use crate::article::{Article, Entity, Form, Mention};

/// Adds a mention for every first-person pronoun whose speaker is known.
pub fn hear_first_person(article: &mut Article, knowledge: &Knowledge) {
    let mut heard = Vec::new();
    for number in 0..article.sentences.len() {
        for word in 0..article.sentences[number].words.len() {
            if let (Some(plural), Some(speaker)) =
                (first_person(&article.sentences[number], word), speaker_at(article, number, word))
            {
                heard.push((number, word, plural, speaker));
            }
        }
    }
    for (number, word, plural, speaker) in heard {
        let entity = if plural { collective(article, speaker, knowledge) } else { speaker };
        let span = article.sentences[number].words[word].span;
        article.mentions.push(Mention {
            sentence: number,
            head: word,
            span,
            form: Form::Pronoun,
            entity,
            resolved_by: "coref",
            code: None,
        });
    }
    reindex(article);
    own_organs(article, knowledge);
    for (index, other) in others_spoken_of(article) {
        article.mentions[index].entity = other;
    }
    reindex(article);
}

/// "Police arrested him", said Stern: "he" in her words is the last other person told before, not Stern.
fn others_spoken_of(article: &Article) -> Vec<(usize, usize)> {
    let third = |m: &Mention| {
        let word = &article.sentences[m.sentence].words[m.head];
        m.form == Form::Pronoun
            && matches!(
                word.form.to_lowercase().as_str(),
                "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself"
            )
    };
    let own = |m: &Mention| {
        let quote = article.quotes.iter().find(|q| q.span.contains(m.span))?;
        let speaker = quote.speaker.as_ref()?.entity;
        (speaker == m.entity).then_some(speaker)
    };
    let mut changed = Vec::new();
    for (index, mention) in article.mentions.iter().enumerate().filter(|(_, m)| third(m)) {
        let Some(speaker) = own(mention) else { continue };
        let person = |m: &&Mention| {
            let actor = article.actor(m);
            actor.kind == ActorKind::Person
                && !actor.generic
                && m.entity != speaker
                && m.form != Form::Pronoun
        };
        let near = |m: &&Mention| m.sentence + OTHER_REACH >= mention.sentence;
        let before = article.mentions[..index].iter().rev().take_while(near);
        changed.extend(before.into_iter().find(person).map(|other| (index, other.entity)));
    }
    changed
}

/// Sentences over which somebody is still spoken of as "he".
const OTHER_REACH: usize = 5;

/// "our government", "our soldiers": of the country for which the speaker speaks.
fn own_organs(article: &mut Article, knowledge: &Knowledge) {
    let mut owned = Vec::new();
    for mention in article.mentions.iter().filter(|m| m.form == Form::Nominal) {
        let sentence = &article.sentences[mention.sentence];
        let possessor = sentence.child(mention.head, Relation::NmodPoss);
        let Some(ours) = possessor.filter(|p| first_person(sentence, *p).is_some()) else { continue };
        let owner = article.mention_at(mention.sentence, ours).map(|m| &article.entities[m.entity].actor);
        owned.extend(owner.and_then(|a| a.country.clone()).map(|country| (mention.entity, country)));
    }
    for (entity, country) in owned {
        let actor = &mut article.entities[entity].actor;
        if actor.country.is_some() {
            continue;
        }
        match knowledge.organ_of(&actor.name, &country) {
            Some(organ) => *actor = organ,
            None => actor.country = Some(country),
        }
    }
}

/// Whether the word is a first-person pronoun, and whether it speaks for many.
fn first_person(sentence: &Sentence, word: usize) -> Option<bool> {
    if sentence.words[word].upos != Upos::Pron {
        return None;
    }
    match sentence.words[word].form.to_lowercase().as_str() {
        "i" | "me" | "my" | "mine" | "myself" => Some(false),
        "we" | "us" | "our" | "ours" | "ourselves" => Some(true),
        _ => None,
    }
}

fn speaker_at(article: &Article, sentence: usize, word: usize) -> Option<usize> {
    let span = article.sentences[sentence].words[word].span;
    let quoted = article.quotes.iter().find(|q| q.span.contains(span)).and_then(|q| q.speaker.as_ref());
    let said = || {
        article
            .sayings
            .iter()
            .filter(|s| s.sentence == sentence && s.content.contains(&word))
            .min_by_key(|s| s.content.len())
            .and_then(|s| s.speakers.first())
    };
    quoted.or_else(said).map(|p| p.entity)
}

/// Officials who say "we" speak for their state; others for themselves.
fn collective(article: &mut Article, speaker: usize, knowledge: &Knowledge) -> usize {
    let actor = &article.entities[speaker].actor;
    let official = actor.sectors.first().is_some_and(|s| s == "GOV") && actor.kind != ActorKind::Country;
    let Some(country) = actor.country.clone().filter(|_| official) else { return speaker };
    if let Some(known) = article
        .entities
        .iter()
        .position(|e| e.actor.kind == ActorKind::Country && e.actor.country.as_ref() == Some(&country))
    {
        return known;
    }
    let Some(state) = knowledge.state(&country) else { return speaker };
    article.entities.push(Entity { actor: state, mentions: Vec::new() });
    article.entities.len() - 1
}

/// Mentions back into text order, and the entities' lists with them.
fn reindex(article: &mut Article) {
    article.mentions.sort_by_key(|m| (m.sentence, m.head));
    for entity in &mut article.entities {
        entity.mentions.clear();
    }
    for (index, mention) in article.mentions.iter().enumerate() {
        article.entities[mention.entity].mentions.push(index);
    }
}
