//! Names from BIO scores: the best sequence in which no "inside" stands without its beginning.

use crate::{Name, NameKind};

/// The best names of a sentence. `scores[word][label]`; label 0 is O, then B and I of each kind in turn.
pub(crate) fn decode(scores: &[&[f32]], kinds: &[NameKind]) -> Vec<Name> {
    let labels = viterbi(scores);
    let mut names: Vec<Name> = Vec::new();
    let mut open = false;
    for (word, label) in labels.iter().copied().enumerate() {
        match (label, names.last_mut()) {
            (0, _) => open = false,
            (inside, Some(name)) if inside % 2 == 0 && open => name.words.end = word + 1,
            (begin, _) => {
                names.push(Name {
                    words: word..word + 1,
                    kind: kinds.get((begin - 1) / 2).copied().unwrap_or_default(),
                    score: 0.0,
                });
                open = true;
            }
        }
    }
    for name in &mut names {
        let sum: f32 = name.words.clone().map(|w| probability(scores[w], labels[w])).sum();
        name.score = sum / name.words.len() as f32;
    }
    names
}

fn viterbi(scores: &[&[f32]]) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let count = first.len();
    let allowed = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
    let mut best: Vec<f32> =
        (0..count).map(|l| if l == 0 || l % 2 == 1 { first[l] } else { f32::MIN }).collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    for row in &scores[1..] {
        let from = |to: usize| {
            (0..count)
                .filter(|f| allowed(*f, to))
                .max_by(|a, b| best[*a].total_cmp(&best[*b]).then(b.cmp(a)))
                .unwrap_or(0)
        };
        let previous: Vec<usize> = (0..count).map(from).collect();
        best = (0..count).map(|l| best[previous[l]].max(f32::MIN / 4.0) + row[l]).collect();
        back.push(previous);
    }
    let mut label = (0..count).max_by(|a, b| best[*a].total_cmp(&best[*b]).then(b.cmp(a))).unwrap_or(0);
    let mut path = vec![label];
    for previous in back.iter().rev() {
        label = previous[label];
        path.push(label);
    }
    path.reverse();
    path
}

/// Softmax of one label.
fn probability(scores: &[f32], label: usize) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    (scores[label] - top).exp() / sum
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::NameKind;

    #[test]
    fn an_inside_without_beginning_becomes_a_beginning_or_nothing() {
        // labels: O, B-PER, I-PER, B-ORG, I-ORG
        let kinds = [NameKind::Person, NameKind::Organization];
        let rows: [&[f32]; 3] =
            [&[0.0, 0.5, 5.0, 0.0, 0.0], &[0.0, 0.0, 5.0, 0.0, 0.0], &[5.0, 0.0, 0.0, 0.0, 4.0]];
        let names = decode(&rows, &kinds);
        assert_eq!(names.len(), 1);
        assert_eq!((names[0].words.clone(), names[0].kind), (0..2, NameKind::Person));
        assert!(decode(&[], &kinds).is_empty());
    }
}
