//! Which element holds the report?

use std::ops::Range;

use super::Sources;
use super::prune::{Sums, lines_within};
use crate::roles::Role;
use crate::runs::Run;
use crate::tree::{Id, Tree, is_block, is_heading};

/// An element whose name says that it surely, or perhaps, holds the report is believed if its lines weigh this share of what
/// those of the best weigh.
const SURELY: f32 = 0.5;
const PERHAPS: f32 = 0.8;
/// What the heaviest stretch of lines must have of the sentences, so that a long list does not cut a report in two.
const HEAVIEST: f32 = 0.75;
/// What a sentence counts that is not in the text for search engines, where there is one.
const UNTOLD: f32 = 0.25;

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

/// An element that may hold the report.
struct Candidate {
    id: Id,
    sum: f32,
    lines: Range<usize>,
}

/// The lines of the element that holds the report; several stretches where publishers cut it to pieces.
pub(super) fn choose(sources: &Sources, pruned: &[bool]) -> Vec<Range<usize>> {
    let Sources { tree, runs, roles, told, .. } = sources;
    let weights = (0..runs.len()).map(|at| match (runs.get(at), pruned.get(at), told.get(at)) {
        (Some(_), Some(true), _) | (None, ..) => 0.0,
        (Some(run), _, Some(true)) => run.words as f32,
        // What search engines are told may be the beginning only.
        (Some(run), _, Some(false)) => weight(tree, run) * if weight(tree, run) > 0.0 { UNTOLD } else { 1.0 },
        (Some(run), _, None) => weight(tree, run),
    });
    let sums = Sums::new(weights);
    let [mut best, mut surely, mut perhaps]: [Option<Candidate>; 3] = Default::default();
    for id in
        tree.ids().filter(|id| is_block(tree.tag(*id)) || tree.is_element(*id) && tree.tag(*id).is_empty())
    {
        let lines = lines_within(tree, runs, id);
        let sum = sums.of(&lines);
        let has = |role| roles.get(id).is_some_and(|r| r.has(role));
        let whole_page = matches!(tree.tag(id), "html" | "body");
        let offer = |place: &mut Option<Candidate>| {
            if sum > 0.0 && place.as_ref().is_none_or(|known| sum >= known.sum) {
                *place = Some(Candidate { id, sum, lines: lines.clone() });
            }
        };
        offer(&mut best);
        if !whole_page && has(Role::Report) {
            offer(&mut surely);
        }
        if !whole_page && (has(Role::Body) || tree.tag(id) == "article") {
            offer(&mut perhaps);
        }
    }
    let Some(best) = best else { return Vec::new() };
    let named = [(surely, SURELY), (perhaps, PERHAPS)];
    let named =
        named.into_iter().filter(|_| told.is_empty()).filter_map(|(named, share)| Some((named?, share)));
    for (named, share) in named {
        if named.sum >= best.sum * share {
            return pieces(sources, &sums, &named, &best);
        }
    }
    let heaviest = heaviest(&sums, best.lines.clone());
    let sentences = Sums::new(
        runs.iter().zip(pruned).map(|(run, out)| if *out { 0.0 } else { weight(tree, run).max(0.0) }),
    );
    let enough = sentences.of(&heaviest) >= sentences.of(&best.lines) * HEAVIEST;
    vec![if enough { heaviest } else { best.lines }]
}

/// The stretch of lines that weighs most: without what stands before or behind it among odd words and links.
fn heaviest(sums: &Sums, lines: Range<usize>) -> Range<usize> {
    let mut start = lines.start;
    let mut best = (0.0, lines.clone());
    for end in lines.start + 1..=lines.end {
        let sum = sums.of(&(start..end));
        if sum > best.0 {
            best = (sum, start..end);
        }
        if sum < 0.0 {
            start = end;
        }
    }
    best.1
}

/// The element with the others of the same name: adverts part the report into several.
fn pieces(sources: &Sources, sums: &Sums, named: &Candidate, best: &Candidate) -> Vec<Range<usize>> {
    let Sources { tree, runs, .. } = sources;
    // Pieces are often numbered.
    let class =
        |id: Id| Some(tree.attribute(id, "class")?.trim_matches(|c: char| c.is_ascii_digit() || c == ' '));
    let own = class(named.id).filter(|class| !class.is_empty());
    if tree.tag(named.id) == "article" || own.is_none() {
        return vec![named.lines.clone()];
    }
    let like = |id: &Id| tree.tag(*id) == tree.tag(named.id) && class(*id) == own;
    let mut out: Vec<Range<usize>> = Vec::new();
    let within = tree.within(best.id).filter(like).chain([named.id]);
    for lines in within.map(|id| lines_within(tree, runs, id)) {
        let apart = out.iter().all(|known| known.end <= lines.start || lines.end <= known.start);
        if apart && sums.of(&lines) > 0.0 {
            out.push(lines);
        }
    }
    out.sort_by_key(|lines| lines.start);
    out
}
