//! The best dependency tree (Chu-Liu and Edmonds); with exactly one root where that is asked for.

/// Scores of all arcs: `scores[dependent][head]`, node 0 is the root. Row 0 and the diagonal are not read.
pub(crate) type Arcs = Vec<Vec<f32>>;

/// The head of every node (that of node 0 is 0). The tree of highest total score in which one node hangs on the root.
pub(crate) fn single_rooted(scores: &Arcs) -> Vec<usize> {
    let greedy = best_heads(scores);
    let roots = greedy.iter().skip(1).filter(|h| **h == 0).count();
    if roots == 1 && cycle(&greedy).is_none() { greedy } else { spanning(&one_root_preferred(scores)) }
}

/// As [`single_rooted`], with any number of nodes on the root.
pub(crate) fn many_rooted(scores: &Arcs) -> Vec<usize> {
    spanning(scores)
}

/// Arcs from the root cost more than any choice of other arcs can win: the best tree then has one of them, and
/// among the trees with one the cost is the same for all. In f64, as the cost would swallow the scores in f32.
fn one_root_preferred(scores: &Arcs) -> Vec<Vec<f64>> {
    let mut costly: Vec<Vec<f64>> =
        scores.iter().map(|row| row.iter().map(|s| f64::from(*s)).collect()).collect();
    let range = |row: &Vec<f64>| {
        row.iter().copied().fold(f64::MIN, f64::max) - row.iter().copied().fold(f64::MAX, f64::min)
    };
    let cost = 1.0 + costly.iter().map(range).sum::<f64>();
    for row in &mut costly {
        row[0] -= cost;
    }
    costly
}

/// What arcs are scored in: f32, or f64 where one root is asked for.
trait Score: Copy + PartialOrd + std::ops::Sub<Output = Self> + Default {}
impl Score for f32 {}
impl Score for f64 {}

/// The first of the candidates with the highest score; `None` for no candidates.
fn highest<S: Score>(candidates: impl Iterator<Item = usize>, score: impl Fn(usize) -> S) -> Option<usize> {
    candidates
        .map(|c| (c, score(c)))
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map(|(c, _)| c)
}

fn best_heads<S: Score>(scores: &[Vec<S>]) -> Vec<usize> {
    let best = |d: usize| highest((0..scores.len()).filter(|h| *h != d), |h| scores[d][h]).unwrap_or(0);
    (0..scores.len()).map(|d| if d == 0 { 0 } else { best(d) }).collect()
}

/// The nodes of one cycle, if there is any.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0_usize; heads.len()]; // 0 unseen, otherwise the walk that saw it
    if let Some(root) = state.first_mut() {
        *root = usize::MAX;
    }
    for start in 1..heads.len() {
        let mut node = start;
        while state[node] == 0 {
            state[node] = start;
            node = heads[node];
        }
        if state[node] == start {
            let around = std::iter::successors(Some(heads[node]), |n| Some(heads[*n]));
            return Some(std::iter::once(node).chain(around.take_while(|n| *n != node)).collect());
        }
    }
    None
}

/// Maximum spanning arborescence: greedy heads; a cycle is contracted to one node, solved, and opened again.
fn spanning<S: Score>(scores: &[Vec<S>]) -> Vec<usize> {
    let mut heads = best_heads(scores);
    let Some(cycle) = cycle(&heads) else { return heads };
    let outside: Vec<usize> = (0..scores.len()).filter(|n| !cycle.contains(n)).collect();
    let joint = outside.len();
    // Where the best arc between an outer node and the contracted one really ends and begins.
    let gain = |c: usize, a: usize| scores[c][a] - scores[c][heads[c]];
    let enters: Vec<usize> =
        outside.iter().map(|a| highest(cycle.iter().copied(), |c| gain(c, *a)).unwrap_or(0)).collect();
    let leaves: Vec<usize> =
        outside.iter().map(|a| highest(cycle.iter().copied(), |c| scores[*a][c]).unwrap_or(0)).collect();
    let row = |(a, leave): (&usize, &usize)| outside.iter().chain([leave]).map(|b| scores[*a][*b]).collect();
    let mut smaller: Vec<Vec<S>> = outside.iter().zip(&leaves).map(row).collect();
    smaller.push(outside.iter().zip(&enters).map(|(a, c)| gain(*c, *a)).chain([S::default()]).collect());
    let solved = spanning(&smaller);
    let from = solved[joint];
    heads[enters[from]] = outside[from];
    for (i, node) in outside.iter().enumerate().skip(1) {
        heads[*node] = if solved[i] == joint { leaves[i] } else { outside[solved[i]] };
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::{Arcs, cycle, many_rooted, single_rooted};

    /// A small repeatable source of numbers.
    fn matrix(size: usize, seed: u64) -> Arcs {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % 2000) as f32 / 100.0 - 10.0
        };
        (0..size).map(|_| (0..size).map(|_| next()).collect()).collect()
    }

    fn roots(heads: &[usize]) -> usize {
        heads.iter().skip(1).filter(|h| **h == 0).count()
    }

    fn total(scores: &Arcs, heads: &[usize]) -> f32 {
        heads.iter().enumerate().skip(1).map(|(d, h)| scores[d][*h]).sum()
    }

    /// The highest total of all trees with at most `most` roots, by trying all.
    fn brute(scores: &Arcs, most: usize) -> f32 {
        let n = scores.len();
        let heads = |code: usize| -> Vec<usize> {
            (0..n).map(|d| if d == 0 { 0 } else { code / n.pow(d as u32 - 1) % n }).collect()
        };
        let trees = (0..n.pow(n as u32 - 1))
            .map(heads)
            .filter(|h| (1..n).all(|d| h[d] != d) && cycle(h).is_none() && roots(h) <= most);
        trees.map(|h| total(scores, &h)).fold(f32::MIN, f32::max)
    }

    #[test]
    fn finds_what_trying_all_trees_finds() {
        for seed in 1..200 {
            let scores = matrix(2 + (seed as usize % 5), seed);
            let (one, many) = (single_rooted(&scores), many_rooted(&scores));
            assert!(cycle(&one).is_none() && roots(&one) == 1 && cycle(&many).is_none(), "{scores:?}");
            assert!((total(&scores, &one) - brute(&scores, 1)).abs() < 1e-3, "{scores:?}");
            assert!((total(&scores, &many) - brute(&scores, usize::MAX)).abs() < 1e-3, "{scores:?}");
        }
    }

    #[test]
    fn a_long_sentence_with_equal_scores_is_a_tree() {
        for scores in [vec![vec![0.0; 200]; 200], matrix(200, 7)] {
            let heads = single_rooted(&scores);
            assert!(cycle(&heads).is_none() && roots(&heads) == 1);
        }
    }

    #[test]
    fn a_word_alone_is_the_root() {
        assert_eq!(single_rooted(&vec![vec![0.0, 0.0], vec![1.0, 5.0]]), [0, 0]);
        assert_eq!(single_rooted(&vec![vec![0.0]]), [0]);
    }
}
