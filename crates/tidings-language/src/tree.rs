//! The best dependency tree with exactly one root (Chu-Liu and Edmonds).

/// Scores of all arcs: `scores[dependent][head]`, node 0 is the root.
pub(crate) type Arcs = Vec<Vec<f32>>;

const NEVER: f32 = -1e9;

/// The head of every node (that of node 0 is 0). The tree of highest total score in which one node hangs on the root.
pub(crate) fn heads(scores: &Arcs) -> Vec<usize> {
    let greedy = best_heads(scores);
    if is_tree(&greedy) && roots(&greedy).len() == 1 {
        return greedy;
    }
    let free = spanning(scores);
    let candidates = roots(&free);
    if candidates.len() == 1 {
        return free;
    }
    // The best single root is nearly always one of the free tree's; all others are tried in short sentences only.
    let candidates = if scores.len() <= 12 { (1..scores.len()).collect() } else { candidates };
    candidates.into_iter().map(|root| spanning(&only_root(scores, root))).max_by(|a, b| total(scores, a).total_cmp(&total(scores, b))).unwrap_or(free)
}

fn total(scores: &Arcs, heads: &[usize]) -> f32 {
    heads.iter().enumerate().skip(1).map(|(d, h)| scores[d][*h]).sum()
}

fn roots(heads: &[usize]) -> Vec<usize> {
    (1..heads.len()).filter(|d| heads[*d] == 0).collect()
}

fn only_root(scores: &Arcs, root: usize) -> Arcs {
    let mut limited = scores.clone();
    for (node, row) in limited.iter_mut().enumerate() {
        if node != root {
            row[0] = NEVER;
        }
    }
    limited
}

fn best_heads(scores: &Arcs) -> Vec<usize> {
    let best = |d: usize| (0..scores.len()).filter(|h| *h != d).max_by(|a, b| scores[d][*a].total_cmp(&scores[d][*b]).then(b.cmp(a))).unwrap_or(0);
    (0..scores.len()).map(|d| if d == 0 { 0 } else { best(d) }).collect()
}

fn is_tree(heads: &[usize]) -> bool {
    cycle(heads).is_none()
}

/// The nodes of one cycle, if there is any.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0_usize; heads.len()]; // 0 unseen, otherwise the walk that saw it
    state[0] = usize::MAX;
    for start in 1..heads.len() {
        let mut node = start;
        while state[node] == 0 {
            state[node] = start;
            node = heads[node];
        }
        if state[node] == start {
            let mut nodes = vec![node];
            let mut next = heads[node];
            while next != node {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

/// Maximum spanning arborescence: greedy heads; a cycle is contracted to one node, solved, and opened again.
fn spanning(scores: &Arcs) -> Vec<usize> {
    let greedy = best_heads(scores);
    let Some(cycle) = cycle(&greedy) else { return greedy };
    let in_cycle = |n: usize| cycle.contains(&n);
    let outside: Vec<usize> = (0..scores.len()).filter(|n| !in_cycle(*n)).collect();
    let joint = outside.len();
    let mut smaller = vec![vec![NEVER; joint + 1]; joint + 1];
    // Where an arc into or out of the contracted node really begins and ends.
    let mut enters = vec![0; joint];
    let mut leaves = vec![0; joint];
    for (i, a) in outside.iter().enumerate() {
        for (j, b) in outside.iter().enumerate() {
            smaller[i][j] = scores[*a][*b];
        }
        let out = cycle.iter().copied().max_by(|x, y| scores[*a][*x].total_cmp(&scores[*a][*y])).unwrap_or(0);
        (smaller[i][joint], leaves[i]) = (scores[*a][out], out);
        let gain = |c: usize| scores[c][*a] - scores[c][greedy[c]];
        let into = cycle.iter().copied().max_by(|x, y| gain(*x).total_cmp(&gain(*y))).unwrap_or(0);
        (smaller[joint][i], enters[i]) = (gain(into), into);
    }
    let solved = spanning(&smaller);
    let mut heads = greedy;
    for (i, node) in outside.iter().enumerate().skip(1) {
        heads[*node] = if solved[i] == joint { leaves[i] } else { outside[solved[i]] };
    }
    let from = solved[joint];
    heads[enters[from]] = outside[from];
    heads
}

#[cfg(test)]
mod tests {
    use super::{Arcs, heads, is_tree, roots, total};

    /// A small repeatable source of numbers.
    fn matrix(size: usize, seed: u64) -> Arcs {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % 1000) as f32 / 100.0
        };
        (0..size).map(|_| (0..size).map(|_| next()).collect()).collect()
    }

    /// The best single-root tree by trying all.
    fn brute(scores: &Arcs) -> f32 {
        let n = scores.len();
        let mut best = f32::MIN;
        for code in 0..n.pow(n as u32 - 1) {
            let mut rest = code;
            let tried: Vec<usize> = std::iter::once(0)
                .chain((1..n).map(|_| {
                    let head = rest % n;
                    rest /= n;
                    head
                }))
                .collect();
            let valid = (1..n).all(|d| tried[d] != d) && is_tree(&tried) && roots(&tried).len() == 1;
            if valid {
                best = best.max(total(scores, &tried));
            }
        }
        best
    }

    #[test]
    fn finds_what_trying_all_trees_finds() {
        for seed in 1..60 {
            let scores = matrix(2 + (seed as usize % 4), seed);
            let found = heads(&scores);
            assert!(is_tree(&found) && roots(&found).len() == 1, "{scores:?}");
            assert!((total(&scores, &found) - brute(&scores)).abs() < 1e-3, "{scores:?}");
        }
    }

    #[test]
    fn a_word_alone_is_the_root() {
        assert_eq!(heads(&vec![vec![0.0, 0.0], vec![1.0, 5.0]]), [0, 0]);
    }
}
