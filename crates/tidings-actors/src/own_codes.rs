//! The code that a user's dictionaries give to a phrase: that of the actor named in it, joined with those of the nouns
//! that say what it is, as PETRARCH does it ("NOR" and "~GOV" make "NORGOV").

use std::ops::Range;

use crate::additions::OwnActor;
use crate::fold::fold;
use crate::persons::FORMER;
use crate::phrase::Phrase;
use crate::roles::singular;
use crate::{Actor, Knowledge, petrarch};

/// Longest name or noun of a dictionary, in words.
const LONGEST: usize = 8;
/// PETRARCH's code of those who were something.
const NO_LONGER: &str = "~ELI";
/// Letters of one part of a code.
const PART: usize = 3;

impl Knowledge {
    /// The actor with the code of the phrase.
    pub(crate) fn with_own_code(&self, phrase: &Phrase, actor: Actor) -> Actor {
        let code = if self.additions().is_empty() { None } else { self.own_code(phrase) };
        Actor { code: code.or(actor.code), ..actor }
    }

    fn own_code(&self, phrase: &Phrase) -> Option<String> {
        let (mut inside, mut outside, mut nouns) = (None, None, Vec::new());
        let mut at = 0;
        while at < phrase.len() {
            let place = if phrase.is_outside(at) { &mut outside } else { &mut inside };
            let named = self
                .own_actor_at(phrase, at)
                .and_then(|(end, own)| Some((end, own.actor(phrase.mention.date, self).code?)));
            at = match (named, self.own_noun_at(phrase, at)) {
                (Some((end, code)), _) => {
                    place.get_or_insert(code);
                    end
                }
                (None, Some((end, code))) if !phrase.is_outside(at) => {
                    nouns.push(code);
                    end
                }
                _ => at + 1,
            };
        }
        let actor: Option<String> = inside.or(outside.filter(|_| !nouns.is_empty()));
        let former = (0..phrase.len()).any(|i| !phrase.is_outside(i) && FORMER.contains(&phrase.fold_at(i)));
        if former && !nouns.is_empty() {
            nouns = vec![NO_LONGER.to_owned()];
        }
        let code = nouns.iter().fold(actor.unwrap_or_default(), |code, noun| joined(&code, noun));
        (!code.is_empty()).then_some(code)
    }

    /// The user's actors that the phrase names, in order.
    pub(crate) fn own_ranges(&self, phrase: &Phrase) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < phrase.len() && !self.additions().is_empty() {
            let end = self.own_actor_at(phrase, at).map(|(end, _)| end);
            found.extend(end.map(|end| at..end));
            at = end.unwrap_or(at + 1);
        }
        found
    }

    fn own_actor_at(&self, phrase: &Phrase, start: usize) -> Option<(usize, &OwnActor)> {
        (start + 1..=phrase.len().min(start + LONGEST)).rev().find_map(|end| {
            let solid = !phrase.fold_at(start).is_empty() && !phrase.fold_at(end - 1).is_empty();
            let own = || self.own_named(&phrase.join(start..end), phrase.mention.date).next();
            solid.then(own).flatten().map(|own| (end, own))
        })
    }

    fn own_noun_at(&self, phrase: &Phrase, start: usize) -> Option<(usize, String)> {
        (start + 1..=phrase.len().min(start + LONGEST)).rev().find_map(|end| {
            let last = phrase.fold_at(end - 1);
            let forms = [Some(last.to_owned()), singular(last), Some(fold(phrase.lemma_at(end - 1)))];
            let code = forms
                .into_iter()
                .flatten()
                .find_map(|form| self.additions().noun_code(&phrase.key_with(&(start..end), end - 1, &form)));
            code.map(|code| (end, code.to_owned()))
        })
    }

    /// A name whose code is several ("FRO/BIL") is as many actors.
    pub(crate) fn each_of_its_codes(&self, actor: Actor) -> Vec<Actor> {
        let codes: Vec<String> = actor.code.iter().flat_map(|c| c.split('/')).map(str::to_owned).collect();
        if codes.len() < 2 {
            return vec![actor];
        }
        let one = |code: String| {
            let (country, sectors) = petrarch::read_code(&code);
            let id = format!("{}-{}", actor.id, fold(&code));
            Actor { id, country, sectors, code: Some(code), ..actor.clone() }
        };
        codes.into_iter().map(one).collect()
    }
}

/// "NOR" and "~GOV": "NORGOV"; parts that are there already are not repeated.
fn joined(code: &str, noun: &str) -> String {
    let (before, after) = noun.split_once('~').unwrap_or(("", noun));
    let parts =
        |code: &str| code.chars().collect::<Vec<_>>().chunks(PART).map(<[char]>::to_vec).collect::<Vec<_>>();
    let (known, new) = (parts(code), parts(&format!("{before}{after}")));
    let repeated = known.windows(new.len().max(1)).any(|part| part == new);
    if repeated { code.to_owned() } else { format!("{before}{code}{after}") }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn codes_are_joined_part_by_part_and_not_repeated() {
        for (code, noun, expected) in [
            ("NOR", "~GOV", "NORGOV"),
            ("", "~GOV", "GOV"),
            ("NOR", "NGO~", "NGONOR"),
            ("NORGOV", "~GOV", "NORGOV"),
            ("NORGOVMED", "~GOVMED", "NORGOVMED"),
            ("NOGOVA", "~GOV", "NOGOVAGOV"),
            ("NOR", "~", "NOR"),
        ] {
            assert_eq!(joined(code, noun), expected, "{code} {noun}");
        }
    }
}
