//! "Norland must withdraw its troops, the Sudrian minister said": what a speaker says that another has to do is the
//! speaker's demand, whatever the verb.

use std::sync::LazyLock;

use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{EventType, Trigger};

use crate::article::Article;
use crate::attribution;
use crate::draft::Party;
use crate::{arguments, conditions, parties};

/// The entry that such a verb stands for.
pub static DEMAND: LazyLock<Trigger> = LazyLock::new(|| {
    let name = "codebook: what another has to do is demanded";
    Trigger::without_words(EventType::Request, "speech_act", ["speaker", "ARG0"], name)
});

/// Speaker and addressee, where the verb says what somebody else has to do.
pub fn parties_of(article: &Article, number: usize, word: usize) -> Option<(Vec<Party>, Vec<Party>)> {
    let sentence = &article.sentences[number];
    if !is_duty(sentence, word) || arguments::is_passive(sentence, word) {
        return None;
    }
    let source = attribution::innermost(article, number, word);
    let mut target = parties::parties(article, number, &arguments::subject(sentence, word));
    target.retain(|t| !source.iter().any(|s| is_same_side(article, s, t)));
    let named = |parties: &[Party]| parties.iter().any(|p| is_public(article, p));
    (named(&source) && named(&target)).then_some((source, target))
}

/// "must withdraw", "has to withdraw", "needs to withdraw".
fn is_duty(sentence: &Sentence, word: usize) -> bool {
    let here = &sentence.words[word];
    let must = sentence.children(word).any(|c| {
        let aux = &sentence.words[c];
        aux.relation.is(Relation::Aux) && matches!(aux.lemma.to_lowercase().as_str(), "must" | "ought")
    });
    let governor =
        here.head.filter(|_| here.relation == Relation::Xcomp && conditions::is_infinitive(sentence, word));
    let has_to = governor.is_some_and(|g| {
        matches!(sentence.words[g].lemma.as_str(), "have" | "need") && sentence.words[g].upos == Upos::Verb
    });
    let negated = sentence.children(word).any(|c| sentence.words[c].lemma == "not");
    (must || has_to) && !negated
}

/// A state, an official, a body: anyone of whom a demand can be made.
fn is_public(article: &Article, party: &Party) -> bool {
    let actor = &article.entities[party.entity].actor;
    actor.kind == tidings_actors::ActorKind::Country
        || actor.sectors.iter().any(|s| {
            matches!(
                s.as_str(),
                "GOV"
                    | "MIL"
                    | "LEG"
                    | "JUD"
                    | "COP"
                    | "REB"
                    | "OPP"
                    | "PTY"
                    | "IGO"
                    | "UNO"
                    | "EUR"
                    | "UAF"
                    | "NGO"
            )
        })
}

fn is_same_side(article: &Article, a: &Party, b: &Party) -> bool {
    let country = |p: &Party| article.entities[p.entity].actor.country.as_ref();
    a.entity == b.entity || (country(a).is_some() && country(a) == country(b))
}
