//! Words that say how two acts hang together: "after", "in response to", "because", "as part of", "prompted"
//! (`data/coding/links.toml`).

use std::sync::LazyLock;

use serde::Deserialize;
use tidings_language::{Relation, Sentence, Upos};
use tidings_text::Span;

use super::Found;
use super::acts::{Acts, words};
use super::stances::speaks;
use crate::arguments;
use crate::draft::{Draft, Status};
use crate::phrase;

#[derive(Deserialize)]
struct Table {
    before: Vec<Before>,
    noun: Vec<Noun>,
    verb: Vec<Verb>,
    between: Vec<Between>,
}

/// "after the raid", "because B had fled".
#[derive(Deserialize)]
struct Before {
    words: Vec<String>,
    rel: String,
}

/// "in response to the raid".
#[derive(Deserialize)]
struct Noun {
    lemmas: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    rel: String,
}

/// "retaliated for the raid".
#[derive(Deserialize)]
struct Verb {
    lemmas: Vec<String>,
    preps: Vec<String>,
    rel: String,
}

/// "the raid prompted the closure".
#[derive(Deserialize)]
struct Between {
    lemmas: Vec<String>,
    preps: Vec<String>,
    rel: String,
    reversed: bool,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/coding/links.toml")).unwrap_or_else(|_| Table {
        before: Vec::new(),
        noun: Vec::new(),
        verb: Vec::new(),
        between: Vec::new(),
    })
});

/// Sentences over which "in response" looks back.
const REACH: usize = 3;

/// A connective with the word for the other act; `None` where it stands alone ("In response, …").
struct Tie<'t> {
    rel: &'t str,
    act: Option<usize>,
    words: String,
    span: Span,
}

/// All links that connectives make.
pub fn find(acts: &Acts) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, draft) in acts.drafts.iter().enumerate() {
        for (sentence, word) in words(draft) {
            let tree = &acts.article.sentences[sentence];
            let tied = tree.children(word).filter_map(|c| tie(tree, c));
            found.extend(tied.filter_map(|t| linked(acts, index, sentence, &t)));
        }
        found.extend(by_verb(acts, index));
    }
    for number in 0..acts.article.sentences.len() {
        for word in 0..acts.article.sentences[number].words.len() {
            found.extend(between(acts, number, word));
            found.extend(said_of_act(acts, number, word));
        }
    }
    found
}

/// The connective by which `child` hangs on its governor.
fn tie(sentence: &Sentence, child: usize) -> Option<Tie<'static>> {
    match sentence.words[child].relation.base() {
        "advcl" | "acl" => {
            let mark = sentence.children(child).find(|c| sentence.words[*c].relation == Relation::Mark)?;
            let entry = before(&sentence.words[mark].form)?;
            // "in" and "during" open no clause.
            (entry.rel != "part_of").then(|| opened(sentence, entry, mark, child))
        }
        "obl" | "nmod" => {
            let case = sentence.children(child).find(|c| sentence.words[*c].relation == Relation::Case)?;
            by_noun(sentence, child)
                .or_else(|| Some(opened(sentence, before(&sentence.words[case].form)?, case, child)))
        }
        _ => None,
    }
}

fn before(form: &str) -> Option<&'static Before> {
    let form = form.to_lowercase();
    TABLE.before.iter().find(|e| e.words.contains(&form))
}

fn opened(sentence: &Sentence, entry: &'static Before, opener: usize, act: usize) -> Tie<'static> {
    let word = &sentence.words[opener];
    Tie { rel: &entry.rel, act: Some(act), words: word.form.to_lowercase(), span: word.span }
}

/// "in response to the raid", "in response".
fn by_noun(sentence: &Sentence, noun: usize) -> Option<Tie<'static>> {
    let word = &sentence.words[noun];
    let lemma = word.lemma.to_lowercase();
    let case = phrase::preposition(sentence, noun)?;
    let entry = TABLE.noun.iter().find(|e| e.lemmas.contains(&lemma) && e.before.contains(&case))?;
    let behind = |c: &usize| {
        phrase::preposition(sentence, *c).is_some_and(|p| entry.after.contains(&p))
            || sentence.words[*c].relation.base() == "acl"
    };
    let act = sentence.children(noun).find(|c| *c > noun && behind(c));
    let alone = sentence.children(noun).all(|c| c < noun || sentence.words[c].upos == Upos::Punct);
    (act.is_some() || (alone && entry.rel == "response_to")).then(|| Tie {
        rel: &entry.rel,
        act,
        words: format!("{case} {lemma}"),
        span: word.span,
    })
}

/// The link of `from` over the connective, if the other act is coded.
fn linked(acts: &Acts, from: usize, sentence: usize, tie: &Tie) -> Option<Found> {
    let to = match tie.act {
        Some(act) => acts.meant(sentence, act, from)?,
        None => answered(acts, from)?,
    };
    relate(acts, from, tie.rel, to).map(|rel| Found {
        from,
        rel,
        to,
        rule: format!("'{}'", tie.words),
        span: Some(tie.span),
    })
}

/// The relation as records write it.
fn relate(acts: &Acts, from: usize, rel: &str, to: usize) -> Option<&'static str> {
    let (later, earlier) = (&acts.drafts[from], &acts.drafts[to]);
    match rel {
        "cause" => Some("cause"),
        "response_to" => Some("response_to"),
        "follows" => Some("follows"),
        "after" if earlier.status == Status::Planned => None,
        "after" if answers(acts, later, earlier) => Some("response_to"),
        "after" => Some("follows"),
        "part_of" => (is_deed(later) && is_deed(earlier)).then_some("part_of"),
        _ => None,
    }
}

/// Those acted upon did the earlier act, and not both did both.
fn answers(acts: &Acts, later: &Draft, earlier: &Draft) -> bool {
    acts.share(&later.target, &earlier.source) && !acts.share(&later.source, &earlier.source)
}

/// Something done, which can have parts.
fn is_deed(draft: &Draft) -> bool {
    draft.kind == "action" && !speaks(draft)
}

/// What "in response" answers: the last act of somebody else, best of the one acted upon.
fn answered(acts: &Acts, from: usize) -> Option<usize> {
    let draft = &acts.drafts[from];
    let near = |d: &Draft| d.sentence < draft.sentence && d.sentence + REACH >= draft.sentence;
    let others =
        |d: &Draft| !acts.share(&d.source, &draft.source) && !d.source.is_empty() && d.event.quad().0 != 0;
    let fits = |d: &Draft| near(d) && others(d);
    let faced = acts.drafts.iter().rposition(|d| fits(d) && acts.share(&d.target, &draft.source));
    faced.or_else(|| acts.drafts.iter().rposition(fits))
}

/// "retaliated for the raid by closing the border": what is done so, and the raid.
fn by_verb(acts: &Acts, index: usize) -> Option<Found> {
    let draft = &acts.drafts[index];
    let tree = &acts.article.sentences[draft.sentence];
    let above = tree.words[draft.predicate]
        .head
        .filter(|_| matches!(tree.words[draft.predicate].relation.base(), "advcl" | "xcomp" | "ccomp"));
    let carrier = [Some(draft.predicate), above];
    let (verb, entry) = carrier.into_iter().flatten().find_map(|verb| {
        let lemma = tree.words[verb].lemma.to_lowercase();
        Some((verb, TABLE.verb.iter().find(|e| e.lemmas.contains(&lemma))?))
    })?;
    let act = complement(tree, verb, &entry.preps).filter(|c| *c != draft.predicate);
    let to = match act {
        Some(act) => acts.meant(draft.sentence, act, index)?,
        None => answered(acts, index)?,
    };
    let word = &tree.words[verb];
    let rule = format!("'{}'", word.lemma);
    Some(Found { from: index, rel: relate(acts, index, &entry.rel, to)?, to, rule, span: Some(word.span) })
}

/// What the verb governs by one of the prepositions, or as its object where there are none.
fn complement(tree: &Sentence, verb: usize, preps: &[String]) -> Option<usize> {
    if preps.is_empty() {
        return tree.child(verb, Relation::Obj);
    }
    tree.children(verb).find(|c| phrase::preposition(tree, *c).is_some_and(|p| preps.contains(&p)))
}

/// "the raid prompted the closure", "the closure was prompted by the raid", "the closure followed the raid".
fn between(acts: &Acts, number: usize, verb: usize) -> Option<Found> {
    let tree = &acts.article.sentences[number];
    let word = &tree.words[verb];
    if word.upos != Upos::Verb {
        return None;
    }
    let lemma = word.lemma.to_lowercase();
    let passive = arguments::is_passive(tree, verb);
    let entries = TABLE.between.iter().filter(|e| e.lemmas.contains(&lemma));
    let (entry, other) = entries.into_iter().find_map(|e| {
        let by = || tree.children(verb).find(|c| phrase::case_is(tree, *c, &["by"]));
        let other = if passive && e.preps.is_empty() { by() } else { complement(tree, verb, &e.preps) };
        Some((e, other?))
    })?;
    let subject = tree.children(verb).find(|c| tree.words[*c].relation.is(Relation::Nsubj))?;
    let (first, second) = (acts.meant(number, subject, usize::MAX)?, acts.meant(number, other, usize::MAX)?);
    let (from, to) = if entry.reversed == passive { (first, second) } else { (second, first) };
    let rel = relate(acts, from, &entry.rel, to)?;
    Some(Found { from, rel, to, rule: format!("'{lemma}'"), span: Some(word.span) })
}

/// "The move came after the raid", "the raid was part of an offensive", "the strike was in response to the raid".
fn said_of_act(acts: &Acts, number: usize, word: usize) -> Option<Found> {
    let tree = &acts.article.sentences[number];
    let own = &tree.words[word];
    let lemma = own.lemma.to_lowercase();
    let comes = own.upos == Upos::Verb && matches!(lemma.as_str(), "come" | "happen" | "occur");
    let copula = tree.children(word).any(|c| tree.words[c].relation == Relation::Cop);
    if !comes && !copula {
        return None;
    }
    let subject = tree.children(word).find(|c| tree.words[*c].relation.is(Relation::Nsubj))?;
    let from = acts.meant(number, subject, usize::MAX)?;
    let part = || {
        let whole = tree.children(word).find(|c| *c > word && phrase::case_is(tree, *c, &["of"]))?;
        let rel = TABLE.noun.iter().find(|e| e.rel == "part_of" && e.lemmas.contains(&lemma))?;
        Some(Tie { rel: &rel.rel, act: Some(whole), words: format!("be {lemma} of"), span: own.span })
    };
    let tied = tree.children(word).find_map(|c| tie(tree, c)).filter(|_| comes);
    let tie = tied.or_else(|| part().or_else(|| by_noun(tree, word)).filter(|_| copula))?;
    linked(acts, from, number, &tie)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_known_relations() {
        let rels = TABLE.before.iter().map(|e| &e.rel).chain(TABLE.noun.iter().map(|e| &e.rel));
        let rels: Vec<&String> = rels.chain(TABLE.verb.iter().map(|e| &e.rel)).collect();
        assert!(rels.len() > 6, "links.toml is not read");
        let known = ["after", "cause", "follows", "part_of", "response_to"];
        assert!(rels.iter().all(|r| known.contains(&r.as_str())), "{rels:?}");
    }
}
