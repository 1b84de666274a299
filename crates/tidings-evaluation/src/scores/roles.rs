//! Labelled argument heads of given predicates.

use std::collections::BTreeSet;

use tidings_language::Sentence;

use super::Counts;
use crate::corpora::GoldPredicate;

/// Scores the arguments of the gold predicates of one sentence; a right argument has the right word and role.
pub fn role_counts(gold: &[GoldPredicate], system: &Sentence) -> Counts {
    let mut counts = Counts::default();
    for predicate in gold {
        let wanted: BTreeSet<_> = predicate.arguments.iter().copied().collect();
        let found =
            system.predicate(predicate.word).map(|p| p.arguments.iter().map(|a| (a.word, a.role)).collect());
        counts += Counts::of(&found.unwrap_or_default(), &wanted);
    }
    counts
}

#[cfg(test)]
mod tests {
    use tidings_language::{Argument, Predicate, Role};

    use super::*;

    #[test]
    fn word_and_role_must_agree() {
        let argument = |word, role| Argument { word, role, score: 1.0 };
        let arguments = vec![argument(0, Role::Arg0), argument(3, Role::Arg2)];
        let predicates = vec![Predicate { word: 1, score: 1.0, arguments }];
        let system = Sentence { predicates, ..Sentence::default() };
        let gold = [
            GoldPredicate { word: 1, arguments: vec![(0, Role::Arg0), (3, Role::Arg1)] },
            GoldPredicate { word: 5, arguments: vec![(6, Role::Arg1)] },
        ];
        assert_eq!(role_counts(&gold, &system), Counts { right: 1, given: 2, gold: 3 });
    }
}
