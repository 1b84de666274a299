//! The lines of the report, each with what it is.

use std::ops::Range;

use tidings_document::PartKind;

use super::prune::lines_within;
use super::{Block, Body, Sources};
use crate::roles::Role;
use crate::runs::Run;
use crate::tree::is_heading;
use crate::words::same_letters;

/// A line whose links are a greater share is no sentence of the report.
const MOST_LINKS: f32 = 0.6;
/// Words of the longest byline, date line or credit.
const LONGEST_LABEL: usize = 30;

/// The report out of the chosen lines.
pub(super) fn body(sources: &Sources, pruned: &[bool], chosen: &[Range<usize>]) -> Body {
    let kinds = kinds(sources);
    let lines = chosen.iter().cloned().flatten();
    let mut out: Vec<(Kind, &Run)> = Vec::new();
    for at in lines {
        let (Some(run), Some(kind)) = (sources.runs.get(at), kinds.get(at)) else { continue };
        if pruned.get(at) == Some(&true) {
            continue;
        }
        let kind = refined(sources, run, *kind);
        if kind != Kind::Nothing {
            out.push((kind, run));
        }
    }
    trim(&mut out);
    let standfirst = out.iter().find(|(kind, _)| *kind == Kind::Standfirst).map(|(_, run)| run.text.clone());
    let blocks = out.iter().filter_map(|(kind, run)| {
        let kind = kind.part()?;
        Some(Block { kind, text: run.text.clone() })
    });
    Body { blocks: blocks.collect(), standfirst }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Heading,
    Caption,
    Credit,
    Standfirst,
    Nothing,
}

impl Kind {
    fn part(self) -> Option<PartKind> {
        Some(match self {
            Self::Text => PartKind::Body,
            Self::Heading => PartKind::Subheading,
            Self::Caption => PartKind::Caption,
            Self::Credit => PartKind::PhotoCredit,
            Self::Standfirst | Self::Nothing => return None,
        })
    }
}

/// What the elements around each line say that it is; the nearest counts.
fn kinds(sources: &Sources) -> Vec<Kind> {
    let Sources { tree, roles, runs, .. } = sources;
    let mut out = vec![Kind::Text; runs.len()];
    for id in tree.ids().filter(|id| tree.is_element(*id)) {
        let own = roles.get(id).copied().unwrap_or_default();
        let tag = tree.tag(id);
        let kind = match tag {
            "figcaption" => Kind::Caption,
            _ if is_heading(tag) => Kind::Heading,
            _ if own.has(Role::Body) => Kind::Text,
            _ if own.has(Role::Credit) => Kind::Credit,
            "figure" | "caption" => Kind::Caption,
            _ if own.has(Role::Caption) => Kind::Caption,
            _ if own.has(Role::Standfirst) => Kind::Standfirst,
            _ if own.has(Role::Byline) || own.has(Role::Date) || own.has(Role::Headline) => Kind::Nothing,
            _ => continue,
        };
        let lines = lines_within(tree, runs, id);
        let words: usize = runs.get(lines.clone()).unwrap_or(&[]).iter().map(|run| run.words).sum();
        let limit = match kind {
            Kind::Caption => 4 * LONGEST_LABEL,
            Kind::Standfirst => 3 * LONGEST_LABEL,
            Kind::Text => usize::MAX,
            _ => LONGEST_LABEL,
        };
        if words <= limit {
            out.get_mut(lines).into_iter().for_each(|kinds| kinds.fill(kind));
        }
    }
    out
}

/// What the words of a line say against what its place says.
fn refined(sources: &Sources, run: &Run, kind: Kind) -> Kind {
    let headline = || sources.headline.is_some_and(|headline| same_letters(headline, &run.text));
    let linked = run.link_share() > MOST_LINKS && !(run.words >= 12 && run.ends_sentence());
    if run.words == 0 || linked || headline() {
        return Kind::Nothing;
    }
    kind
}

/// Cuts what stands before the first and behind the last sentence.
fn trim(lines: &mut Vec<(Kind, &Run)>) {
    let sentence = |(kind, run): &(Kind, &Run)| {
        *kind == Kind::Text && (run.words >= 8 || run.words >= 4 && run.ends_sentence())
    };
    let keeps = |kind: Kind| matches!(kind, Kind::Caption | Kind::Credit | Kind::Standfirst);
    let Some(first) = lines.iter().position(sentence) else {
        return lines.retain(|(kind, _)| keeps(*kind) || *kind == Kind::Text);
    };
    let last = lines.iter().rposition(sentence).unwrap_or(first);
    let mut at = 0;
    lines.retain(|(kind, _)| {
        at += 1;
        let inside = (first..=last).contains(&(at - 1));
        if inside {
            *kind != Kind::Standfirst || at - 1 < first
        } else {
            keeps(*kind) && (*kind != Kind::Standfirst || at - 1 < first)
        }
    });
}
