//! "the country", "the two countries": the states whose people and bodies the sentence has just named.

use tidings_actors::ActorKind;

use super::Resolver;
use crate::mentions::Candidate;

/// Nouns for a state.
const NATIONS: &[&str] = &["country", "nation"];
/// Nouns for two of them.
const PAIRS: &[&str] = &["capital", "country", "government", "nation", "neighbor", "neighbour", "state"];

impl Resolver<'_> {
    /// The one state of a singular, the two of "two" or "both".
    pub(super) fn nations(&mut self, candidate: &Candidate) -> Option<Vec<usize>> {
        let sentence = &self.sentences[candidate.sentence];
        let lemma = sentence.words[candidate.head].lemma.to_lowercase();
        let two = self.says_two(candidate);
        let short = candidate.words.len() <= if two { 4 } else { 2 };
        let one = !self.is_many(candidate) && super::is_definite(sentence, candidate.head);
        let wanted = match (two, short) {
            (true, true) if PAIRS.contains(&lemma.as_str()) => 2,
            (false, true) if one && NATIONS.contains(&lemma.as_str()) => 1,
            _ => return None,
        };
        let codes = self.states_told(candidate);
        if codes.len() != wanted {
            return None;
        }
        let states: Vec<_> = codes.iter().map(|code| self.knowledge.state(code)).collect::<Option<_>>()?;
        Some(states.into_iter().map(|s| self.same_actor(&s).unwrap_or_else(|| self.enter(s))).collect())
    }

    /// Codes of the states named in the sentence before the phrase, by themselves or by their people, each once.
    fn states_told(&self, candidate: &Candidate) -> Vec<String> {
        let mut codes: Vec<String> = Vec::new();
        let before = self
            .mentions
            .iter()
            .filter(|m| m.sentence == candidate.sentence && m.span.start < candidate.span.start);
        for mention in before {
            let actor = &self.entities[mention.entity].actor;
            let Some(code) = &actor.country else { continue };
            if actor.kind != ActorKind::Place && self.knowledge.is_state(code) && !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        codes
    }
}
