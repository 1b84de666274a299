//! Which element holds the report?

use std::ops::Range;

use super::Sources;
use super::prune::{Sums, lines_within};
use crate::roles::Role;
use crate::runs::Run;
use crate::tree::{Tree, is_block, is_heading};

/// An element whose name says that it holds the report is believed if it holds this share of what the best holds.
const BELIEVED: f32 = 0.5;

/// What a line says for (above nought) or against its element being the report.
pub(super) fn weight(tree: &Tree, run: &Run) -> f32 {
    let tag = tree.tag(run.block);
    let share = run.link_share();
    let words = run.words as f32;
    if is_heading(tag) {
        return if share > 0.5 { -4.0 } else { 0.0 };
    }
    if share > 0.5 {
        return -4.0 - words.min(10.0) / 2.0;
    }
    let sentence = run.words >= 12 || run.words >= 5 && run.ends_sentence();
    match tag {
        _ if sentence => words.min(100.0) * (1.0 - share),
        "li" | "td" | "th" | "dd" | "dt" => -1.0,
        _ => -3.0,
    }
}

/// The lines of the element that holds the report; several stretches where publishers cut it to pieces.
pub(super) fn choose(sources: &Sources, pruned: &[bool]) -> Vec<Range<usize>> {
    let Sources { tree, runs, roles, .. } = sources;
    let weights = runs.iter().zip(pruned).map(|(run, out)| if *out { 0.0 } else { weight(tree, run) });
    let sums = Sums::new(weights);
    let mut best: Option<(f32, Range<usize>)> = None;
    let mut named: Option<(f32, Range<usize>, usize)> = None;
    for id in
        tree.ids().filter(|id| is_block(tree.tag(*id)) || tree.is_element(*id) && tree.tag(*id).is_empty())
    {
        let lines = lines_within(tree, runs, id);
        let sum = sums.of(&lines);
        if sum > 0.0 && best.as_ref().is_none_or(|(most, _)| sum >= *most) {
            best = Some((sum, lines.clone()));
        }
        let says = roles.get(id).is_some_and(|r| r.has(Role::Body)) || tree.tag(id) == "article";
        if says && sum > 0.0 && named.as_ref().is_none_or(|(most, _, _)| sum >= *most) {
            named = Some((sum, lines, id));
        }
    }
    match (best, named) {
        (Some((most, _)), Some((sum, lines, id))) if sum >= most * BELIEVED => {
            let mut pieces = pieces(sources, &sums, id, sum);
            if pieces.is_empty() {
                pieces.push(lines);
            }
            pieces
        }
        (Some((_, lines)), _) => vec![lines],
        _ => Vec::new(),
    }
}

/// The other elements of the same name at the same place: adverts part the report into several.
fn pieces(sources: &Sources, sums: &Sums, id: usize, sum: f32) -> Vec<Range<usize>> {
    let Sources { tree, runs, .. } = sources;
    let (Some(class), Some(parent)) = (tree.attribute(id, "class"), tree.parent(id)) else {
        return Vec::new();
    };
    if tree.tag(id) == "article" {
        return Vec::new();
    }
    let like =
        |other: &usize| tree.tag(*other) == tree.tag(id) && tree.attribute(*other, "class") == Some(class);
    let mut out: Vec<Range<usize>> = Vec::new();
    for other in tree.within(parent).filter(like) {
        let lines = lines_within(tree, runs, other);
        let apart = out.last().is_none_or(|last| last.end <= lines.start);
        if apart && (sums.of(&lines) > 0.0) && sums.of(&lines) <= sum {
            out.push(lines);
        }
    }
    out
}
