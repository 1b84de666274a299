//! Slips of the parser that the words themselves show: "had armed the rebels", "accused of having armed them".
//!
//! The parser takes "have" before a participle for a verb of its own where it has seldom seen the participle. Word order
//! tells: a participle right behind "have" that no noun follows at once is what happened, and "have" is its auxiliary.
//! And who stands behind "by" did what the object tells if the verb has a subject: "condemned the raid by B".

use tidings_language::{Below, Relation, Sentence, Upos};

/// The sentences with such slips put right.
pub fn mended(sentences: &[Sentence]) -> Vec<Sentence> {
    sentences.iter().map(sentence).collect()
}

fn sentence(given: &Sentence) -> Sentence {
    let mut sentence = given.clone();
    let slips: Vec<(usize, usize)> =
        (0..given.words.len()).filter_map(|have| Some((have, participle_of(given, have)?))).collect();
    for (have, participle) in slips {
        join(&mut sentence, have, participle);
    }
    let agents: Vec<(usize, usize)> =
        (0..given.words.len()).filter_map(|by| Some((by, deed_of(&sentence, by)?))).collect();
    for (by, deed) in agents {
        (sentence.words[by].head, sentence.words[by].relation) = (Some(deed), Relation::Nmod);
        sentence.below = Below::default();
    }
    sentence
}

/// The object whose doer the parser hung on an active verb.
fn deed_of(sentence: &Sentence, agent: usize) -> Option<usize> {
    let verb = sentence.words[agent].head.filter(|_| sentence.words[agent].relation == Relation::OblAgent)?;
    let has = |relation: Relation| sentence.children(verb).find(|c| sentence.words[*c].relation == relation);
    let active = has(Relation::AuxPass).is_none() && has(Relation::Nsubj).is_some();
    has(Relation::Obj).filter(|object| active && verb < *object && *object < agent)
}

/// The participle of which `have`, taken for a verb, is the auxiliary.
fn participle_of(sentence: &Sentence, have: usize) -> Option<usize> {
    let word = &sentence.words[have];
    if word.upos != Upos::Verb || word.lemma != "have" {
        return None;
    }
    let between = |w: &usize| sentence.words[*w].upos == Upos::Adv || sentence.words[*w].lemma == "not";
    let next = (have + 1..sentence.words.len()).find(|w| !between(w))?;
    let participle = &sentence.words[next];
    let past = participle.upos == Upos::Verb && !participle.form.ends_with("ing");
    let beside = participle.head == word.head && participle.relation == word.relation;
    let below = participle.head == Some(have);
    let follows = sentence.words.get(next + 1);
    let modifies = participle.relation.base() == "amod"
        && follows.is_some_and(|w| w.upos == Upos::Det || w.upos == Upos::Pron);
    let clause = participle.relation.base() != "amod" && (beside || below);
    (past && (clause || modifies)).then_some(next)
}

/// Turns the two round: the participle takes the place of "have" and all that hangs on it.
fn join(sentence: &mut Sentence, have: usize, participle: usize) {
    let (head, relation) = (sentence.words[have].head, sentence.words[have].relation);
    for word in 0..sentence.words.len() {
        if sentence.words[word].head == Some(have) && word != participle {
            sentence.words[word].head = Some(participle);
        }
    }
    let verb = &mut sentence.words[participle];
    (verb.head, verb.relation) = (head, relation);
    let auxiliary = &mut sentence.words[have];
    (auxiliary.head, auxiliary.relation, auxiliary.upos) = (Some(participle), Relation::Aux, Upos::Aux);
    sentence.predicates.retain(|p| p.word != have);
    sentence.below = Below::default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidings_language::Analyzer;
    use tidings_text::Span;

    fn parsed(text: &str) -> Sentence {
        let analyzer = Analyzer::new().expect("the embedded model loads");
        analyzer.analyze(text, &[Span::new(0, text.len())]).expect("analysed").remove(0)
    }

    #[test]
    fn have_before_a_participle_is_its_auxiliary() {
        for text in [
            "Uganda denied that it had armed the Congolese rebels.",
            "Togo is accused of having armed the rebels.",
        ] {
            let before = parsed(text);
            let after = sentence(&before);
            let armed = after.words.iter().position(|w| w.form == "armed").expect("a word of the text");
            assert_eq!(after.words[armed - 1].relation, Relation::Aux, "{text}");
            assert_eq!(after.words[armed - 1].head, Some(armed), "{text}");
            assert!(after.children(armed).any(|c| after.words[c].form == "rebels"), "{text}");
        }
    }

    #[test]
    fn who_did_what_the_object_tells() {
        let after = sentence(&parsed("Vietnam postponed a visit by the Chinese defence minister."));
        let at = |form: &str| after.words.iter().position(|w| w.form == form).expect("a word of the text");
        assert_eq!(after.words[at("minister")].head, Some(at("visit")));
    }

    #[test]
    fn what_somebody_has_stays_its_object() {
        for text in ["Niger had armed guards at the gate.", "The minister has a broken arm."] {
            let before = parsed(text);
            let heads = |s: &Sentence| s.words.iter().map(|w| w.head).collect::<Vec<_>>();
            assert_eq!(heads(&sentence(&before)), heads(&before), "{text}");
        }
    }
}
