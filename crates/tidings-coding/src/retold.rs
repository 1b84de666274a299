//! Acts that are spoken of again. "The attack", "the tour" and "the move" are those told before, so their parties are
//! known; who condemns, welcomes or repels an act faces those who did it.

use tidings_language::{Sentence, Upos};
use tidings_ontology::{EventType, Pos, Triggers};

use crate::article::Article;
use crate::draft::{Draft, Party, Status, Why};
use crate::{arguments, parties, phrase};

/// Sentences over which an act is remembered.
const REACH: usize = 8;
/// "The move", "this decision" say less about which act is meant: they point to the last one or two sentences.
const NEAR: usize = 2;
/// Nouns that stand for whatever was done.
const ANY_ACT: &[&str] = &[
    "act",
    "action",
    "announcement",
    "decision",
    "development",
    "effort",
    "gesture",
    "incident",
    "initiative",
    "measure",
    "move",
    "operation",
    "policy",
    "step",
];

/// A place in the article: sentence and word.
type At = (usize, usize);

/// Fills empty slots of the drafts (in text order) from the acts of which they speak.
pub fn borrow(article: &Article, drafts: &mut [Draft], triggers: &Triggers) {
    for step in [own_parties, partners, authors, victims, likewise] {
        for index in 0..drafts.len() {
            step(article, drafts, index, triggers);
        }
    }
}

/// "the attack on the base" after "A stormed the base": A's.
fn own_parties(article: &Article, drafts: &mut [Draft], index: usize, triggers: &Triggers) {
    let draft = &drafts[index];
    let sentence = &article.sentences[draft.sentence];
    let noun = sentence.words[draft.predicate].upos == Upos::Noun;
    if !noun || !draft.source.is_empty() || !phrase::points_back(sentence, draft.predicate) {
        return;
    }
    let at = (draft.sentence, draft.predicate);
    let Some(before) =
        antecedent(article, drafts, at, triggers, |_, d| does(d) && same_victims(article, d, &draft.target))
    else {
        return;
    };
    let antecedent = &drafts[before];
    let (source, target) = (lent(&antecedent.source), lent(&antecedent.target));
    let (joint, status) = (antecedent.reciprocal, antecedent.status);
    let rule = format!("the {} told before", sentence.words[draft.predicate].lemma);
    let draft = &mut drafts[index];
    explain(draft, "source", &rule, &source);
    draft.source = source;
    if draft.target.is_empty() && !draft.reciprocal {
        draft.target = target;
    }
    draft.reciprocal |= joint;
    no_surer(draft, status);
}

/// "Talks with C are to round off the trip": those who travel.
fn partners(article: &Article, drafts: &mut [Draft], index: usize, triggers: &Triggers) {
    let draft = &drafts[index];
    let meets = matches!(draft.event, EventType::Consult | EventType::Agree);
    if !meets || !draft.source.is_empty() || draft.target.is_empty() {
        return;
    }
    let sentence = &article.sentences[draft.sentence];
    let told = |word: usize| {
        let w = &sentence.words[word];
        let fits = w.upos == Upos::Noun
            && phrase::points_back(sentence, word)
            && types(triggers, &w.lemma).contains(&EventType::Consult);
        fits.then(|| antecedent(article, drafts, (draft.sentence, word), triggers, |_, d| does(d))).flatten()
    };
    let Some((word, before)) = (0..sentence.words.len()).find_map(|w| Some((w, told(w)?))) else { return };
    let others = |p: &Party| draft.target.iter().all(|t| t.entity != p.entity);
    let source: Vec<Party> = lent(&drafts[before].source).into_iter().filter(others).collect();
    let rule = format!("those of the {} told before", sentence.words[word].lemma);
    explain(&mut drafts[index], "source", &rule, &source);
    drafts[index].source = source;
}

/// "condemned the attack", "welcomed the move", "repelled the assault": the target is whoever did it.
fn authors(article: &Article, drafts: &mut [Draft], index: usize, triggers: &Triggers) {
    let draft = &drafts[index];
    if !draft.target.is_empty() || draft.reciprocal || !faces_an_act(draft) {
        return;
    }
    let sentence = &article.sentences[draft.sentence];
    let Some(act) = act_faced(sentence, draft) else { return };
    let same = |d: &Draft| d.sentence == draft.sentence && d.predicate == act;
    // Nobody condemns or repels what they did themselves.
    let opposed = |d: &Draft| d.source.iter().all(|p| draft.source.iter().all(|s| s.entity != p.entity));
    let victims = parties::parties(article, draft.sentence, &arguments::patient(sentence, act));
    let fits = |_: usize, d: &Draft| does(d) && opposed(d) && same_victims(article, d, &victims);
    let earlier = || antecedent(article, drafts, (draft.sentence, act), triggers, fits);
    let found =
        drafts.iter().position(same).or_else(|| phrase::points_back(sentence, act).then(earlier).flatten());
    let Some(found) = found.filter(|f| *f != index && opposed(&drafts[*f])) else { return };
    let target = lent(&drafts[found].source);
    let rule = format!("whoever is behind the {}", sentence.words[act].lemma);
    explain(&mut drafts[index], "target", &rule, &target);
    drafts[index].target = target;
}

/// "mourned with the survivors of the raid": those whom it hit.
fn victims(article: &Article, drafts: &mut [Draft], index: usize, triggers: &Triggers) {
    let draft = &drafts[index];
    let sentence = &article.sentences[draft.sentence];
    let [party] = draft.target.as_slice() else { return };
    let victims = article.mentions_in(draft.sentence).find(|m| {
        m.span == party.span && VICTIMS.contains(&sentence.words[m.head].lemma.to_lowercase().as_str())
    });
    let of_act = |noun: usize| {
        let complements = sentence.children(noun);
        let of = complements.into_iter().find(|c| phrase::case_is(sentence, *c, &["of", "in"]));
        of.filter(|act| sentence.words[*act].upos == Upos::Noun && phrase::points_back(sentence, *act))
    };
    let Some(act) = victims.and_then(|m| of_act(m.head)) else { return };
    let hit = |_: usize, d: &Draft| does(d) && d.event.is_material_conflict() && !d.target.is_empty();
    let Some(before) = antecedent(article, drafts, (draft.sentence, act), triggers, hit) else { return };
    let target = lent(&drafts[before].target);
    let rule = format!("those whom the {} hit", sentence.words[act].lemma);
    explain(&mut drafts[index], "target", &rule, &target);
    drafts[index].target = target;
}

const VICTIMS: &[&str] = &["casualty", "survivor", "victim"];

/// "A congratulated B, and C also sent congratulations": to B.
fn likewise(article: &Article, drafts: &mut [Draft], index: usize, _: &Triggers) {
    let draft = &drafts[index];
    let sentence = &article.sentences[draft.sentence];
    let also = draft.trigger.iter().any(|w| {
        sentence.children(*w).any(|c| {
            matches!(
                sentence.words[c].lemma.to_lowercase().as_str(),
                "also" | "too" | "likewise" | "similarly"
            )
        })
    });
    if !also || !draft.target.is_empty() || draft.reciprocal {
        return;
    }
    let same = |d: &Draft| {
        d.event == draft.event && d.sentence + 1 >= draft.sentence && !d.target.is_empty() && !d.reciprocal
    };
    let Some(before) = drafts[..index].iter().rposition(same) else { return };
    let target = lent(&drafts[before].target);
    explain(&mut drafts[index], "target", "as in the act told beside it", &target);
    drafts[index].target = target;
}

/// What is said about acts, and force that meets force.
fn faces_an_act(draft: &Draft) -> bool {
    let stance = matches!(draft.event, EventType::Accuse | EventType::Support | EventType::Reject);
    (stance && draft.kind == "speech_act") || draft.event == EventType::Assault
}

/// The noun that the verb is about: its object, or the subject of what is said to be welcome or wrong.
pub fn act_faced(sentence: &Sentence, draft: &Draft) -> Option<usize> {
    let word = &sentence.words[draft.predicate];
    let is_noun = |w: &usize| sentence.words[*w].upos == Upos::Noun;
    match word.upos {
        Upos::Verb => arguments::patient(sentence, draft.predicate).into_iter().find(is_noun),
        Upos::Adj => arguments::subject(sentence, draft.predicate).into_iter().find(is_noun),
        _ => None,
    }
}

/// The draft that the noun at `at` (sentence, word) can mean, of those that `fit`: the one that an earlier sentence tells
/// with the same noun, else the last of its type and mode, else the last of its type.
pub fn antecedent(
    article: &Article,
    drafts: &[Draft],
    at: At,
    triggers: &Triggers,
    fit: impl Fn(usize, &Draft) -> bool,
) -> Option<usize> {
    let lemma = article.sentences[at.0].words[at.1].lemma.to_lowercase();
    let noun = Noun::of(triggers, &lemma);
    let reach = if noun.any { NEAR } else { REACH };
    let first = if noun.any { at } else { first_told(article, at, &lemma) };
    let candidates: Vec<usize> = (0..drafts.len())
        .filter(|i| {
            let d = &drafts[*i];
            let told =
                (d.sentence, d.predicate) < first || d.trigger.contains(&first.1) && d.sentence == first.0;
            let near = d.sentence + reach >= first.0;
            let itself = d.sentence == at.0 && (d.trigger.contains(&at.1) || faces(article, d, at.1));
            told && near && !itself && d.event != EventType::None && fit(*i, d)
        })
        .collect();
    let last = |test: &dyn Fn(&Draft) -> bool| candidates.iter().rev().copied().find(|i| test(&drafts[*i]));
    let same_word = |d: &Draft| {
        let told = |w: &usize| article.sentences[d.sentence].words[*w].lemma.eq_ignore_ascii_case(&lemma);
        (told(&d.predicate) || d.trigger.iter().any(told)) && !faces_one(article, d, &lemma)
    };
    let answers = |d: &Draft| d.event == EventType::Assault && is_answer(article, d, &lemma);
    let deed = |d: &Draft| noun.any && !faces_an_act(d);
    last(&same_word)
        .or_else(|| {
            last(&|d| {
                !answers(d) && noun.modes.iter().any(|m| noun.types.contains(&d.event) && d.modes.contains(m))
            })
        })
        .or_else(|| last(&|d| !answers(d) && (noun.types.contains(&d.event) || is_announced(d, &noun.types))))
        .or_else(|| last(&deed))
        .or_else(|| last(&|_| noun.any))
}

/// What a noun can tell.
struct Noun {
    /// "the move", "the decision".
    any: bool,
    types: Vec<EventType>,
    modes: Vec<String>,
}

impl Noun {
    fn of(triggers: &Triggers, lemma: &str) -> Self {
        let modes = triggers.find(lemma, Pos::Noun).filter_map(|t| t.mode.clone()).collect();
        Self { any: ANY_ACT.contains(&lemma), types: types(triggers, lemma), modes }
    }
}

/// The first mention of a noun that later sentences repeat with "the": who speaks of "the raid" three times means one raid.
fn first_told(article: &Article, at: At, lemma: &str) -> At {
    let mut first = at;
    for number in (at.0.saturating_sub(REACH)..at.0).rev() {
        let sentence = &article.sentences[number];
        let noun = |w: &usize| {
            sentence.words[*w].upos == Upos::Noun && sentence.words[*w].lemma.eq_ignore_ascii_case(lemma)
        };
        let Some(word) = (0..sentence.words.len()).find(noun) else { continue };
        first = (number, word);
        if !phrase::points_back(sentence, word) {
            break;
        }
    }
    first
}

/// Only an act that names who did it has somebody to lend.
fn does(draft: &Draft) -> bool {
    !draft.source.is_empty()
}

/// "repelled the attack" is not itself the attack of which is spoken later.
fn is_answer(article: &Article, draft: &Draft, lemma: &str) -> bool {
    let sentence = &article.sentences[draft.sentence];
    act_faced(sentence, draft).is_some_and(|act| sentence.words[act].lemma.eq_ignore_ascii_case(lemma))
}

/// "condemned the raid" has the raid among its words and is not the raid.
fn faces_one(article: &Article, draft: &Draft, lemma: &str) -> bool {
    faces_an_act(draft) && is_answer(article, draft, lemma)
}

/// Whether the draft is about that act itself.
fn faces(article: &Article, draft: &Draft, act: usize) -> bool {
    faces_an_act(draft) && act_faced(&article.sentences[draft.sentence], draft) == Some(act)
}

/// A visit to come is an agreement for the codebook.
fn is_announced(draft: &Draft, types: &[EventType]) -> bool {
    draft.event == EventType::Agree
        && draft.status == Status::Planned
        && types.iter().any(|t| matches!(t, EventType::Consult | EventType::Cooperate | EventType::Aid))
}

/// Which events the noun can tell.
fn types(triggers: &Triggers, lemma: &str) -> Vec<EventType> {
    triggers
        .find(&lemma.to_lowercase(), Pos::Noun)
        .map(|t| t.event_type)
        .filter(|t| *t != EventType::None)
        .collect()
}

/// Two acts on different parties are two acts.
fn same_victims(article: &Article, antecedent: &Draft, victims: &[Party]) -> bool {
    let country = |p: &Party| article.entities[p.entity].actor.country.as_deref();
    let same =
        |a: &Party, b: &Party| a.entity == b.entity || (country(a).is_some() && country(a) == country(b));
    victims.is_empty() || antecedent.target.iter().any(|a| victims.iter().any(|b| same(a, b)))
}

fn lent(parties: &[Party]) -> Vec<Party> {
    parties.iter().map(|p| Party { resolved_by: "antecedent", ..p.clone() }).collect()
}

/// What was alleged stays so when it is spoken of again.
fn no_surer(draft: &mut Draft, antecedent: Status) {
    if draft.status == Status::Asserted && antecedent != Status::Asserted {
        let rule = format!("told before as {}", antecedent.as_str());
        draft.trail.push(Why { field: "status", rule, span: None });
        draft.status = antecedent;
    }
}

fn explain(draft: &mut Draft, field: &'static str, rule: &str, parties: &[Party]) {
    draft.trail.extend(parties.iter().map(|p| Why { field, rule: rule.to_owned(), span: Some(p.span) }));
}
