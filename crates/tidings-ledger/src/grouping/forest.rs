//! From links to groups: the surest link first, and none that would bring together what is known to be apart.

use std::collections::{BTreeMap, BTreeSet};

/// A report among those that are grouped.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// What it is called; groups do not depend on the order in which reports come.
    pub mark: String,
    /// Its article: two reports of one article are two events; empty where that does not hold.
    pub document: String,
    /// Marks of reports of the article that it is the same as all the same.
    pub same: Vec<String>,
}

/// Two nodes by number.
pub type Pair = (usize, usize);

/// Groups of nodes by number, each in order, the groups in the order of their first. `together` and `apart` are what
/// people said; of two that contradict each other, "apart" gives way, since a later merger lifts it.
pub fn form(
    nodes: &[Node],
    links: &[(Pair, f64)],
    together: &[Pair],
    apart: &BTreeSet<Pair>,
) -> Vec<Vec<usize>> {
    let mut forest = Forest::new(nodes, apart);
    for (a, b) in together.iter().chain(&same(nodes)) {
        forest.unite(*a, *b);
    }
    let mut order: Vec<&(Pair, f64)> = links.iter().collect();
    order.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| names(nodes, x.0).cmp(&names(nodes, y.0))));
    for ((a, b), _) in order {
        if forest.may_unite(*a, *b) {
            forest.unite(*a, *b);
        }
    }
    forest.groups()
}

fn names(nodes: &[Node], (a, b): Pair) -> (&str, &str) {
    let (a, b) = (nodes[a].mark.as_str(), nodes[b].mark.as_str());
    if a < b { (a, b) } else { (b, a) }
}

/// What an article itself says is the same.
fn same(nodes: &[Node]) -> Vec<Pair> {
    let places: BTreeMap<&str, usize> =
        nodes.iter().enumerate().map(|(n, node)| (node.mark.as_str(), n)).collect();
    let of = |(n, node): (usize, &Node)| {
        let known: Vec<Pair> = node.same.iter().filter_map(|m| Some((n, *places.get(m.as_str())?))).collect();
        known
    };
    nodes.iter().enumerate().flat_map(of).collect()
}

struct Forest<'a> {
    nodes: &'a [Node],
    /// For each node those that it must not be with.
    foes: BTreeMap<usize, BTreeSet<usize>>,
    /// For each node its group.
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    documents: Vec<BTreeSet<&'a str>>,
}

impl<'a> Forest<'a> {
    fn new(nodes: &'a [Node], apart: &BTreeSet<Pair>) -> Self {
        let mut foes: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (a, b) in apart {
            foes.entry(*a).or_default().insert(*b);
            foes.entry(*b).or_default().insert(*a);
        }
        let documents =
            nodes.iter().map(|n| Some(n.document.as_str()).filter(|d| !d.is_empty()).into_iter().collect());
        Self {
            nodes,
            foes,
            group: (0..nodes.len()).collect(),
            members: (0..nodes.len()).map(|n| vec![n]).collect(),
            documents: documents.collect(),
        }
    }

    /// The smaller group is looked through, so that each node is looked at some log n times.
    fn may_unite(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.group[a], self.group[b]);
        if a == b {
            return false;
        }
        let (small, large) = if self.members[a].len() < self.members[b].len() { (a, b) } else { (b, a) };
        let foe =
            |n: &usize| self.foes.get(n).is_some_and(|foes| foes.iter().any(|f| self.group[*f] == large));
        self.documents[small].is_disjoint(&self.documents[large]) && !self.members[small].iter().any(foe)
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group[a], self.group[b]);
        if a == b {
            return;
        }
        let (small, large) = if self.members[a].len() < self.members[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.members[small]);
        for node in &moved {
            self.group[*node] = large;
        }
        self.members[large].extend(moved);
        let documents = std::mem::take(&mut self.documents[small]);
        self.documents[large].extend(documents);
    }

    fn groups(self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.members.into_iter().filter(|m| !m.is_empty()).collect();
        for group in &mut groups {
            group.sort_by_key(|n| &self.nodes[*n].mark);
        }
        groups.sort_by_key(|g| &self.nodes[g[0]].mark);
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(documents: &[&str]) -> Vec<Node> {
        let node = |(n, d): (usize, &&str)| Node {
            mark: format!("{d}{n}"),
            document: (*d).to_owned(),
            same: Vec::new(),
        };
        documents.iter().enumerate().map(node).collect()
    }

    fn sizes(groups: &[Vec<usize>]) -> Vec<usize> {
        groups.iter().map(Vec::len).collect()
    }

    #[test]
    fn links_make_groups_and_the_surest_goes_first_where_one_article_tells_two() {
        let nodes = nodes(&["a", "a", "b", "c"]);
        let links = [((2, 0), 1.0), ((2, 1), 2.0), ((3, 2), 0.5)];
        assert_eq!(form(&nodes, &links, &[], &BTreeSet::new()), [vec![0], vec![1, 2, 3]]);
    }

    #[test]
    fn an_article_that_says_that_two_are_one_is_believed() {
        let mut nodes = nodes(&["a", "a", "b"]);
        nodes[1].same = vec!["a0".to_owned(), "gone".to_owned()];
        assert_eq!(sizes(&form(&nodes, &[((2, 1), 1.0)], &[], &BTreeSet::new())), [3]);
    }

    #[test]
    fn what_people_said_wins_over_links_and_holds_through_a_third() {
        let nodes = nodes(&["a", "b", "c"]);
        let links = [((1, 0), 3.0), ((2, 1), 2.0), ((2, 0), 1.0)];
        assert_eq!(form(&nodes, &links, &[], &[(0, 2)].into()), [vec![0, 1], vec![2]]);
        assert_eq!(sizes(&form(&nodes, &[], &[(0, 2)], &BTreeSet::new())), [2, 1]);
    }

    #[test]
    fn the_order_in_which_reports_come_does_not_matter() {
        let forward = nodes(&["a", "b", "c", "a"]);
        let links = [((1, 0), 1.0), ((2, 1), 1.0), ((2, 3), 1.0)];
        let backward: Vec<Node> = forward.iter().rev().cloned().collect();
        let turned: Vec<(Pair, f64)> = links.iter().rev().map(|((a, b), s)| ((3 - b, 3 - a), *s)).collect();
        let names = |nodes: &[Node], groups: Vec<Vec<usize>>| -> Vec<Vec<String>> {
            groups.iter().map(|g| g.iter().map(|n| nodes[*n].mark.clone()).collect()).collect()
        };
        assert_eq!(
            names(&forward, form(&forward, &links, &[], &BTreeSet::new())),
            names(&backward, form(&backward, &turned, &[], &BTreeSet::new()))
        );
    }
}
