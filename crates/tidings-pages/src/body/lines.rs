//! The lines of the report, each with what it is.

use std::collections::BTreeSet;
use std::ops::Range;

use tidings_document::{PartKind, line_kind};

use super::prune::lines_within;
use super::{Block, Body, Sources};
use crate::roles::Role;
use crate::runs::Run;
use crate::tree::is_heading;
use crate::words::same_letters;

/// A line whose links are a greater share is no sentence of the report.
const MOST_LINKS: f32 = 0.6;
/// A shorter line under the headline is a label.
const FEWEST_OF_STANDFIRST: usize = 5;
/// A line of so many words that comes again is a repetition.
const FEWEST_REPEATED: usize = 8;
/// Elements around a picture that may be its box, and the words of the longest caption in one.
const LEVELS: usize = 4;
const LONGEST_CAPTION: usize = 45;
/// So many lines at the end may tell who the author is.
const LAST_LINES: usize = 5;
/// Words of the longest byline, date line or credit.
const LONGEST_LABEL: usize = 30;

/// The report out of the chosen lines.
pub(super) fn body(sources: &Sources, pruned: &[bool], chosen: &[Range<usize>]) -> Body {
    let kinds = kinds(sources);
    let free = |at: &usize| pruned.get(*at) != Some(&true);
    let lines = chosen.iter().cloned().flatten().filter(free);
    let mut lines: Vec<(&Run, Kind)> =
        lines.filter_map(|at| Some((sources.runs.get(at)?, *kinds.get(at)?))).collect();
    lines.truncate(super::endings::end(&lines));
    let mut out: Vec<(Kind, &Run)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (run, kind) in lines {
        let kind = refined(sources, run, kind);
        // What is there for small and for large screens comes twice.
        if kind != Kind::Nothing && (run.words < FEWEST_REPEATED || seen.insert(run.text.as_str())) {
            out.push((kind, run));
        }
    }
    trim(&mut out);
    drop_biographies(sources, &mut out);
    let within = || out.iter().filter(|(kind, _)| *kind == Kind::Standfirst).map(|(_, run)| *run);
    let first = chosen.first().map_or(0, |lines| lines.start);
    let above = above(sources, pruned, &kinds, first);
    let mut standfirst: Vec<&str> = above.into_iter().chain(within()).map(|run| run.text.as_str()).collect();
    standfirst.dedup();
    let standfirst = (!standfirst.is_empty()).then(|| standfirst.join(" "));
    let blocks = out.iter().filter_map(|(kind, run)| {
        let kind = kind.part()?;
        Some(Block { kind, text: run.text.clone() })
    });
    Body { blocks: blocks.collect(), standfirst }
}

/// The standfirst where it stands above the element that holds the report, behind the headline.
fn above<'s>(sources: &'s Sources, pruned: &[bool], kinds: &[Kind], first: usize) -> Option<&'s Run> {
    let headline = sources.headline?;
    let lines = sources.runs.get(..first)?;
    let from = lines.iter().rposition(|run| same_letters(headline, &run.text))?;
    let told = |run: &Run| sources.description.is_some_and(|text| same_letters(text, &run.text));
    let mut behind = lines.iter().enumerate().skip(from + 1);
    let found = behind.find(|(at, run)| {
        let free = pruned.get(*at) != Some(&true) || told(run);
        free && run.words >= FEWEST_OF_STANDFIRST && (kinds.get(*at) == Some(&Kind::Standfirst) || told(run))
    });
    found.map(|(_, run)| run)
}

/// "Astrid Lund is a correspondent in Oslo." at the end.
fn drop_biographies(sources: &Sources, lines: &mut Vec<(Kind, &Run)>) {
    let tells_of = |name: &String, text: &str| {
        let verb = text
            .strip_prefix(name.as_str())
            .and_then(|rest| rest.trim_start_matches(',').split_whitespace().next());
        name.contains(' ')
            && verb.is_some_and(|verb| {
                matches!(verb, "is" | "was" | "has" | "covers" | "writes" | "reports" | "joined")
            })
    };
    let from = lines.len().saturating_sub(LAST_LINES);
    let mut at = 0;
    lines.retain(|(_, run)| {
        at += 1;
        at <= from || !sources.authors.iter().any(|name| tells_of(name, &run.text))
    });
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
            _ if is_heading(tag) && own.has(Role::Standfirst) => Kind::Standfirst,
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
    mark_beside_pictures(sources, &mut out);
    out
}

/// A short line that shares a box with a picture and with nothing else is its caption.
fn mark_beside_pictures(sources: &Sources, kinds: &mut [Kind]) {
    let Sources { tree, runs, .. } = sources;
    let pictures = tree.ids().filter(|id| matches!(tree.tag(*id), "img" | "picture"));
    for picture in pictures {
        for around in tree.ancestors(picture).take(LEVELS).take_while(|id| tree.tag(*id) != "p") {
            let lines = lines_within(tree, runs, around);
            let words: usize = runs.get(lines.clone()).unwrap_or(&[]).iter().map(|run| run.words).sum();
            if lines.len() > 2 || words > LONGEST_CAPTION {
                break;
            }
            let free = kinds.get_mut(lines).into_iter().flatten().filter(|kind| **kind == Kind::Text);
            free.for_each(|kind| *kind = Kind::Caption);
        }
    }
}

/// What the words of a line say against what its place says.
fn refined(sources: &Sources, run: &Run, kind: Kind) -> Kind {
    let headline = || sources.headline.is_some_and(|headline| same_letters(headline, &run.text));
    let linked = run.link_share() > MOST_LINKS && !(run.words >= 12 && run.ends_sentence());
    if run.words == 0 || linked || headline() {
        return Kind::Nothing;
    }
    // Some publishers set the first sentences as headings.
    let kind = if kind == Kind::Heading && run.words >= 12 && run.text.ends_with(['.', '!', '"', '”']) {
        Kind::Text
    } else {
        kind
    };
    match line_kind(&run.text) {
        Some(PartKind::PhotoCredit) => Kind::Credit,
        Some(_) => Kind::Nothing,
        None if is_entry_of_live_blog(run) => Kind::Nothing,
        None => kind,
    }
}

/// "14:30 Astrid Lund": when and by whom an entry was written.
fn is_entry_of_live_blog(run: &Run) -> bool {
    let bytes = run.text.as_bytes();
    run.words <= 8
        && bytes.first().is_some_and(u8::is_ascii_digit)
        && matches!(bytes, [_, b':', ..] | [_, _, b':', ..])
        && !run.ends_sentence()
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
