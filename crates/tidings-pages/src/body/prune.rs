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
const MAIN_OF_AWAY: f32 = 0.5;
const MAIN_OF_OTHERS: f32 = 0.97;

/// An element with the headline and more than this share of the page's sentences has the report.
const LEAST_OF_STORY: f32 = 0.15;

/// For each line whether it is taken out.
pub(super) fn pruned(sources: &Sources, severity: Severity) -> Vec<bool> {
    let mut out = vec![false; sources.runs.len()];
    // What readers wrote goes first, so that much of it does not make the report look small.
    for doubt in [Doubt::Others, Doubt::Menu, Doubt::Other] {
        if doubt != Doubt::Other || severity == Severity::Strict {
            prune(sources, doubt, &mut out);
        }
    }
    for (out, _) in out.iter_mut().zip(&sources.told).filter(|(_, told)| **told) {
        *out = false;
    }
    out
}

/// What speaks against an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    Others,
    Menu,
    Other,
}

fn prune(sources: &Sources, doubt: Doubt, out: &mut [bool]) {
    let Sources { tree, roles, runs, .. } = sources;
    let weights =
        runs.iter().zip(out.iter()).map(|(run, out)| if *out { 0.0 } else { weight(tree, run).max(0.0) });
    let sums = Sums::new(weights);
    let headlines = sources.headline_lines();
    let holds_story = |lines: &std::ops::Range<usize>| {
        headlines.iter().any(|at| lines.contains(at)) && sums.of(lines) > sums.all() * LEAST_OF_STORY
    };
    for id in tree.ids().filter(|id| tree.is_element(*id)) {
        let own = roles.get(id).copied().unwrap_or_default();
        let Some(most) = tolerance(tree, id, own, doubt) else { continue };
        let lines = lines_within(tree, runs, id);
        let protected = own.has(Role::Body) && !is_hidden(tree, id)
            || matches!(tree.tag(id), "html" | "body")
            || holds_report(sources, id)
            || holds_story(&lines);
        if !lines.is_empty() && !protected && sums.of(&lines) <= sums.all() * most {
            out.get_mut(lines).into_iter().for_each(|lines| lines.fill(true));
        }
    }
}

/// The share of the page's sentences that an element may hold and be taken out; none where nothing speaks against it.
fn tolerance(tree: &Tree, id: Id, roles: Roles, doubt: Doubt) -> Option<f32> {
    let tag = tree.tag(id);
    match doubt {
        Doubt::Others => (roles.has(Role::Never) || roles.has(Role::Gallery)).then_some(MAIN_OF_OTHERS),
        Doubt::Menu => {
            let told = is_role(tree, id, &["navigation", "menu", "menubar", "search", "toolbar"]);
            (told || matches!(tag, "nav" | "menu")).then_some(MAIN_OF_AWAY)
        }
        Doubt::Other if roles.has(Role::Away) || is_hidden(tree, id) || tag == "footer" => Some(MAIN_OF_AWAY),
        Doubt::Other => {
            let told = is_role(
                tree,
                id,
                &["complementary", "contentinfo", "dialog", "alert", "alertdialog", "tablist"],
            );
            let furniture = matches!(tag, "aside" | "form" | "label" | "legend" | "address");
            (told || furniture || roles.has(Role::Furniture)).then_some(MAIN_OF_FURNITURE)
        }
    }
}

/// Whether an element has the main text within, by its name.
fn holds_report(sources: &Sources, id: Id) -> bool {
    let within = sources.tree.within(id).skip(1);
    within.into_iter().any(|at| sources.roles.get(at).is_some_and(|r| r.has(Role::Report)))
}

fn is_role(tree: &Tree, id: Id, roles: &[&str]) -> bool {
    tree.attribute(id, "role").is_some_and(|role| roles.contains(&role.trim()))
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    let style = || tree.attribute(id, "style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    tree.attribute(id, "hidden").is_some()
        // Paragraphs behind a paywall are hidden from programs that read aloud only.
        || tree.attribute(id, "aria-hidden") == Some("true") && tree.tag(id) != "p"
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
