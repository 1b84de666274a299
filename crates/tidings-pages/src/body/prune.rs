//! Which lines are surely none of the report?

use super::Sources;
use super::choice::weight;
use crate::roles::{Role, Roles};
use crate::runs::Run;
use crate::tree::{Id, Tree};

/// How much is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Severity {
    /// All that names and styles speak against.
    Strict,
    /// Only what readers wrote and menus.
    Lenient,
}

/// An element that holds more than this share of the page's sentences is not taken out for a name of this kind.
const MAIN_OF_FURNITURE: f32 = 0.3;
const MAIN_OF_AWAY: f32 = 0.6;
const MAIN_OF_COMMENTS: f32 = 0.9;

/// For each line whether it is taken out.
pub(super) fn pruned(sources: &Sources, severity: Severity) -> Vec<bool> {
    let Sources { tree, roles, runs, .. } = sources;
    let mut out = vec![false; runs.len()];
    let sums = Sums::new(runs.iter().map(|run| weight(tree, run).max(0.0)));
    let all = sums.all();
    for id in tree.ids().filter(|id| tree.is_element(*id)) {
        let own = roles.get(id).copied().unwrap_or_default();
        let Some(most) = tolerance(tree, id, own, severity) else { continue };
        let lines = lines_within(tree, runs, id);
        if lines.is_empty() || out.get(lines.start) == Some(&true) && out.get(lines.end - 1) == Some(&true) {
            continue;
        }
        let protected = own.has(Role::Body) || matches!(tree.tag(id), "html" | "body");
        if !protected && sums.of(&lines) <= all * most {
            out.get_mut(lines).into_iter().for_each(|lines| lines.fill(true));
        }
    }
    out
}

/// The share of the page's sentences that an element may hold and be taken out; none where nothing speaks against it.
fn tolerance(tree: &Tree, id: Id, roles: Roles, severity: Severity) -> Option<f32> {
    let tag = tree.tag(id);
    if roles.has(Role::Comments) {
        return Some(MAIN_OF_COMMENTS);
    }
    if matches!(tag, "nav" | "menu")
        || is_role(tree, id, &["navigation", "menu", "menubar", "search", "toolbar"])
    {
        return Some(MAIN_OF_AWAY);
    }
    if severity == Severity::Lenient {
        return None;
    }
    if roles.has(Role::Away) || is_hidden(tree, id) || matches!(tag, "footer") {
        return Some(MAIN_OF_AWAY);
    }
    let told =
        is_role(tree, id, &["complementary", "contentinfo", "dialog", "alert", "alertdialog", "tablist"]);
    let furniture =
        roles.has(Role::Furniture) || matches!(tag, "aside" | "form" | "label" | "legend" | "address");
    (told || furniture).then_some(MAIN_OF_FURNITURE)
}

fn is_role(tree: &Tree, id: Id, roles: &[&str]) -> bool {
    tree.attribute(id, "role").is_some_and(|role| roles.contains(&role.trim()))
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    let style = || tree.attribute(id, "style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "aria-hidden") == Some("true")
        || tree.attribute(id, "style").is_some() && {
            let style = style();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
}

/// The lines that lie within an element.
pub(super) fn lines_within(tree: &Tree, runs: &[Run], id: Id) -> std::ops::Range<usize> {
    let end = tree.end(id);
    let from = runs.partition_point(|run| run.first < id);
    let to = runs.partition_point(|run| run.first < end);
    from..to
}

/// Sums of weights over lines that follow each other.
pub(super) struct Sums(Vec<f32>);

impl Sums {
    pub(super) fn new(weights: impl Iterator<Item = f32>) -> Self {
        let mut sum = 0.0;
        let sums = weights.map(|weight| {
            sum += weight;
            sum
        });
        Self(std::iter::once(0.0).chain(sums).collect())
    }

    pub(super) fn of(&self, lines: &std::ops::Range<usize>) -> f32 {
        let until = |at: usize| self.0.get(at).copied().unwrap_or(0.0);
        until(lines.end) - until(lines.start)
    }

    pub(super) fn all(&self) -> f32 {
        self.0.last().copied().unwrap_or(0.0)
    }
}
