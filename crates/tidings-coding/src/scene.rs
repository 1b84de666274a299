//! The scene of the story: an act that says no place of its own happened where the act told before did, if the same
//! actors go on and nothing in its sentence leads elsewhere. Such a place is marked as implicit.

use tidings_language::NameKind;

use crate::article::Article;
use crate::draft::{Draft, Status, Where, Why};

/// Sentences over which a scene is remembered.
const REACH: usize = 5;

/// Gives drafts (in text order) without a place that of the nearest act before that belongs to the same scene.
pub fn carry_places(article: &Article, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if drafts[index].place.is_some()
            || !is_act(&drafts[index])
            || leads_elsewhere(article, &drafts[index])
        {
            continue;
        }
        let draft = &drafts[index];
        let found = drafts[..index].iter().rev().find(|before| same_scene(article, before, draft));
        let Some(place) = found.and_then(|before| before.place.clone()) else { continue };
        let rule = format!("the scene told before: {}", place.name);
        let draft = &mut drafts[index];
        draft.trail.push(Why { field: "place", rule, span: place.span });
        draft.place = Some(Where { implicit: true, ..place });
    }
}

/// What is done on the ground; words are spoken anywhere.
fn is_act(draft: &Draft) -> bool {
    draft.kind == "action" && matches!(draft.status, Status::Asserted | Status::Alleged | Status::Denied)
}

/// Another place is named in the sentence.
fn leads_elsewhere(article: &Article, draft: &Draft) -> bool {
    let names = &article.sentences[draft.sentence].names;
    names.iter().any(|n| matches!(n.kind, NameKind::Location | NameKind::Facility))
}

fn same_scene(article: &Article, before: &Draft, draft: &Draft) -> bool {
    let near = draft.sentence <= before.sentence + REACH;
    let day = |d: &Draft| d.date.as_ref().and_then(|w| w.value.clone());
    let same_day = matches!((day(before), day(draft)), (a, b) if a == b || a.is_none() || b.is_none());
    let known = before.parties().map(|p| p.entity).filter(|e| article.is_somebody(*e));
    let shared = known.into_iter().any(|e| draft.parties().any(|p| p.entity == e));
    before.place.is_some() && is_act(before) && near && same_day && shared
}
