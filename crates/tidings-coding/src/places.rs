//! Where the place names of the article are: resolved by `tidings-places`, all together; what it does not know lies in the
//! state that the words tell.

use tidings_actors::{ActorKind, Knowledge};
use tidings_language::{Name, NameKind};
use tidings_places::{Entry, Found, Kind, Role};
use tidings_text::{Span, fold};

use crate::article::{Article, Mention};
use crate::draft::Where;

/// The place of a name at which something happens; `phrase` is the noun phrase around it.
pub fn of_name(
    article: &Article,
    number: usize,
    name: &Name,
    phrase: Span,
    knowledge: &Knowledge,
) -> Option<Where> {
    let span = article.sentences[number].span_of(name.words.clone());
    let found =
        article.places.iter().find(|f| f.sentence == number && span.contains(f.span) && f.role == Role::Name);
    let entry = found.and_then(|f| Some(f.place.as_ref()?.entry));
    if let (Some(found), Some(entry)) = (found, entry) {
        return Some(known(article, found, entry, knowledge));
    }
    let text = &article.document.text;
    let words = span.of(text);
    let first = words.split(',').next().unwrap_or(words).trim();
    let span = Span::new(span.start, span.start + first.len());
    let country = state_in(article, number, phrase)
        .or_else(|| town_in(article, number, phrase))
        .or_else(|| state_before(article, number));
    let precision = if name.kind == NameKind::Facility { "site" } else { "city" };
    let name = first.to_owned();
    Some(Where { span: Some(span), name, country, entry: None, precision, implicit: false })
}

fn known(article: &Article, found: &Found, entry: Entry, knowledge: &Knowledge) -> Where {
    let words = found.span.of(&article.document.text);
    let country = entry.country_code().map(str::to_owned);
    let name = match entry.kind() {
        Kind::Country => country.as_deref().and_then(|c| knowledge.state(c)).map(|actor| actor.name),
        // Divisions stand in the tables by the name that their own country gives them.
        Kind::FirstDivision | Kind::SecondDivision if fold(words) != fold(entry.name()) => {
            Some(words.to_owned())
        }
        _ => None,
    };
    Where {
        span: Some(found.span),
        name: name.unwrap_or_else(|| entry.name().to_owned()),
        country,
        entry: Some(entry),
        precision: entry.precision(),
        implicit: false,
    }
}

/// "the village of X in Norland's Y region": the state named inside the phrase.
fn state_in(article: &Article, number: usize, phrase: Span) -> Option<String> {
    let inside = |m: &&Mention| phrase.contains(m.span) && article.actor(m).kind == ActorKind::Country;
    let state = article.mentions_in(number).find(inside)?;
    article.actor(state).country.clone()
}

/// "the palace outside Lyon": the country of the place that the phrase names besides.
fn town_in(article: &Article, number: usize, phrase: Span) -> Option<String> {
    let others = article.places.iter().filter(|f| f.sentence == number && phrase.contains(f.span));
    others.filter_map(|f| f.place.as_ref()?.entry.country_code()).next().map(str::to_owned)
}

/// The last state named in the sentence or the ones before it.
fn state_before(article: &Article, number: usize) -> Option<String> {
    let near = |m: &&Mention| m.sentence <= number && m.sentence + NEAR >= number;
    let state =
        article.mentions.iter().rev().filter(near).find(|m| article.actor(m).kind == ActorKind::Country)?;
    article.actor(state).country.clone()
}

/// Sentences over which a state named before still says where a town lies.
const NEAR: usize = 2;
