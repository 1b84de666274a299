//! Where the PLOVER codebook decides, not the word: announced acts, demands, contexts, equivalents.

use tidings_actors::{Actor, ActorKind};
use tidings_language::Relation;
use tidings_ontology::EventType;

use crate::article::Article;
use crate::draft::{Draft, Party, Speaker, Status, Why};
use crate::events::Tables;
use crate::matching::Match;
use crate::{arguments, status};

/// Brings type, modes, contexts, reciprocity and codes in line with the codebook.
pub fn apply(article: &Article, draft: &mut Draft, found: &Match, tables: Tables) {
    to_come(article, draft);
    told_ahead(article, draft, found);
    refused(article, draft, found);
    own_denial(article, draft);
    announced(draft);
    charged(article, draft, tables);
    by_instrument(article, draft, found);
    reciprocal(draft, found);
    authorless_target(article, draft);
    contexts(article, draft, tables);
    equivalent(draft, tables);
}

/// What happens after the day of publication has not happened yet, whatever the tense ("the minister flies to Lima on
/// Friday").
fn to_come(article: &Article, draft: &mut Draft) {
    let Some(publication) = article.document.publication.as_ref().map(|p| p.date) else { return };
    let timex = draft.date.as_ref().and_then(|w| w.timex).map(|t| &article.timexes[t]);
    let ahead = timex.filter(|t| t.from.is_some_and(|from| from > publication));
    if let Some(timex) = ahead.filter(|_| matches!(draft.status, Status::Asserted | Status::Alleged)) {
        let rule = "codebook: dated after the day of publication".to_owned();
        draft.trail.push(Why { field: "status", rule, span: Some(timex.span) });
        draft.status = Status::Planned;
    }
}

/// "Norland said it would free the sailors": the speaker's own "will", told in the past.
fn told_ahead(article: &Article, draft: &mut Draft, found: &Match) {
    if draft.status != Status::Hypothetical || draft.condition.is_some() {
        return;
    }
    let sentence = &article.sentences[draft.sentence];
    let carrier = found.frame.carrier();
    let would = sentence.children(carrier).find(|c| {
        let word = &sentence.words[*c];
        word.relation.is(Relation::Aux) && word.lemma.eq_ignore_ascii_case("would")
    });
    let told = sentence.words[carrier].relation.base() == "ccomp"
        && sentence.words[carrier].head.is_some_and(|h| sentence.words[h].feature("Tense") == Some("Past"));
    let own = |s: &Speaker| {
        s.entity.is_some_and(|e| draft.source.iter().any(|p| is_same_side(article, p.entity, e)))
    };
    if let Some(would) = would.filter(|_| told && draft.speakers.iter().any(own)) {
        let rule = "codebook: the speaker's own plan, told in the past".to_owned();
        draft.trail.push(Why { field: "status", rule, span: Some(sentence.words[would].span) });
        draft.status = Status::Planned;
    }
}

/// The same actor, or an official and the state for which they speak.
fn is_same_side(article: &Article, a: usize, b: usize) -> bool {
    let (x, y) = (&article.entities[a].actor, &article.entities[b].actor);
    let state = x.kind == ActorKind::Country || y.kind == ActorKind::Country;
    a == b || (state && x.country.is_some() && x.country == y.country)
}

/// "will not help", "would not meet the envoy": a refusal, which was made.
fn refused(article: &Article, draft: &mut Draft, found: &Match) {
    let offered = matches!(
        draft.event,
        EventType::Agree
            | EventType::Consult
            | EventType::Support
            | EventType::Cooperate
            | EventType::Aid
            | EventType::Concede
            | EventType::Retreat
    );
    if draft.status != Status::Negated || !offered || draft.source.is_empty() {
        return;
    }
    let Some(will) = status::is_unwilling(&article.sentences[draft.sentence], found.frame.carrier()) else {
        return;
    };
    let rule = format!("codebook: a {} that somebody will not do is REJECT", draft.event.as_str());
    draft.trail.push(Why { field: "event", rule, span: Some(will) });
    draft.event = EventType::Reject;
    draft.status = if draft.condition.is_some() { Status::Conditional } else { Status::Asserted };
    draft.modes.clear();
    draft.cameo = None;
    draft.kind = "speech_act";
}

/// "said that its soldiers had not shot at the convoy": who says so of their own force denies it.
fn own_denial(article: &Article, draft: &mut Draft) {
    let own = |s: &&Speaker| {
        s.entity.is_some_and(|e| draft.source.iter().any(|p| is_same_side(article, p.entity, e)))
    };
    let direct = draft.status == Status::Negated && !draft.governed && draft.event.is_material_conflict();
    if let Some(speaker) = draft.speakers.iter().find(own).filter(|_| direct) {
        let rule = "codebook: of one's own side's force, a denial".to_owned();
        draft.trail.push(Why { field: "status", rule, span: speaker.verb });
        draft.status = Status::Denied;
    }
}

/// What is announced is an agreement to do it (visits, meetings, cooperation, aid) or a concession (withdrawals,
/// releases); announced force keeps its type.
fn announced(draft: &mut Draft) {
    if draft.status != Status::Planned || draft.source.is_empty() {
        return;
    }
    let becomes = match draft.event {
        EventType::Consult | EventType::Cooperate | EventType::Aid | EventType::Support => EventType::Agree,
        EventType::Retreat => EventType::Concede,
        _ => return,
    };
    draft.trail.push(Why {
        field: "event",
        rule: format!("codebook: planned {} is {}", draft.event.as_str(), becomes.as_str()),
        span: None,
    });
    draft.event = becomes;
    draft.modes.clear();
    draft.cameo = None;
    draft.kind = "speech_act";
}

/// What one party tells of another's violence, wrong or help for rebels is that party's charge, and what an armed group
/// tells of its own violence its claim: not yet a fact.
fn charged(article: &Article, draft: &mut Draft, tables: Tables) {
    if draft.status != Status::Asserted {
        return;
    }
    let told = draft.speakers.iter().filter(|s| !takes_for_granted(article, draft, s, tables));
    let found = told.filter_map(|s| Some((claim(article, draft, s.entity?)?, s.who))).next();
    if let Some((rule, who)) = found {
        draft.trail.push(Why { field: "status", rule: format!("codebook: {rule}"), span: who });
        draft.status = Status::Alleged;
    }
}

/// What the act is in the mouth of that speaker, if it is not simply told.
fn claim(article: &Article, draft: &Draft, speaker: usize) -> Option<&'static str> {
    let actor = |p: &Party| &article.entities[p.entity].actor;
    let force = draft.event.is_material_conflict();
    let helps_rebels =
        draft.event.is_material_cooperation() && draft.target.iter().any(|p| is_armed_group(actor(p)));
    let hostile = force || helps_rebels || draft.event == EventType::Threaten;
    let who = &article.entities[speaker].actor;
    if force && is_armed_group(who) && draft.source.iter().any(|p| p.entity == speaker) {
        return Some("an armed group's claim");
    }
    let opposed = !draft.source.is_empty() && draft.source.iter().all(|p| are_opponents(who, actor(p)));
    // A court or prosecutor that tells of crimes tells the charge.
    let court = who.sectors.first().is_some_and(|s| s == "JUD");
    (hostile && (opposed || court)).then_some("one party's charge against another")
}

fn is_armed_group(actor: &Actor) -> bool {
    actor.sectors.first().is_some_and(|s| matches!(s.as_str(), "REB" | "UAF"))
}

/// "welcomed the warrant that B issued", "condemned the raid": the verb speaks of a thing that is so.
fn takes_for_granted(article: &Article, draft: &Draft, speaker: &Speaker, tables: Tables) -> bool {
    let sentence = &article.sentences[draft.sentence];
    let up =
        std::iter::successors(Some(draft.predicate), |w| sentence.words[*w].head).take(sentence.words.len());
    let path: Vec<usize> = up.take_while(|w| speaker.verb != Some(sentence.words[*w].span)).collect();
    let below = path.last().copied().unwrap_or(draft.predicate);
    let Some(verb) = sentence.words[below].head else { return false };
    let object = matches!(sentence.words[below].relation.base(), "obj" | "obl" | "nsubj");
    object && !tables.lexicon.is_reporting(&sentence.words[verb].lemma.to_lowercase())
}

/// Officials of two states, or a government and those who oppose it. International bodies, the press and a state's own
/// officials on armed groups are taken at their word.
fn are_opponents(speaker: &Actor, accused: &Actor) -> bool {
    let is = |actor: &Actor, sectors: &[&str]| actor.sectors.iter().any(|s| sectors.contains(&s.as_str()));
    let acts_for_state =
        |actor: &Actor, sectors: &[&str]| actor.kind == ActorKind::Country || is(actor, sectors);
    let state = ["GOV", "MIL", "COP", "SPY", "JUD", "LEG"];
    let opposition = ["OPP", "REB", "PTY", "CVL", "LAB", "PRO", "UAF"];
    let both = speaker.country.as_ref().zip(accused.country.as_ref());
    let foreign = both.is_some_and(|(a, b)| a != b);
    let bodies = ["IGO", "UNO", "EUR", "NGO"];
    let neutral = speaker.country.as_deref().is_some_and(|c| bodies.contains(&c))
        || is(speaker, &["JRN", "NGO", "IGO"]);
    let accused_state = acts_for_state(accused, &state);
    !neutral
        && ((foreign && acts_for_state(speaker, &state) && accused_state)
            || (is(speaker, &opposition) && accused_state))
}

/// "Norlandian jets struck": what strikes gives the mode.
fn by_instrument(article: &Article, draft: &mut Draft, found: &Match) {
    if draft.event != EventType::Assault || !draft.modes.is_empty() {
        return;
    }
    let sentence = &article.sentences[draft.sentence];
    let means = arguments::agent(sentence, found.frame.carrier());
    let mode = means.iter().find_map(|w| {
        let lemma = sentence.words[*w].lemma.to_lowercase();
        INSTRUMENTS.iter().find(|(_, words)| words.contains(&lemma.as_str())).map(|(mode, _)| (*mode, *w))
    });
    let Some((mode, word)) = mode else { return };
    let rule = format!("codebook: the instrument gives the mode {mode}");
    draft.trail.push(Why { field: "mode", rule, span: Some(sentence.words[word].span) });
    draft.modes.push(mode.to_owned());
    draft.cameo = None;
}

/// Arms and machines that stand for those who use them, by mode.
const INSTRUMENTS: &[(&str, &[&str])] = &[
    ("aerial", &["aircraft", "airplane", "bomber", "fighter", "helicopter", "jet", "plane", "warplane"]),
    ("drone", &["drone"]),
    ("heavy-weapons", &["artillery", "howitzer", "missile", "mortar", "rocket", "shell", "tank", "warship"]),
    ("explosives", &["bomb", "explosive", "grenade", "mine"]),
];

/// Joint acts: all parties are sources.
fn reciprocal(draft: &mut Draft, found: &Match) {
    let joint = found.trigger.reciprocal && (draft.source.len() + draft.target.len() > 1);
    // A meeting that one side announces to another is that side's; one of several subjects is theirs together.
    let announced = draft.event == EventType::Agree && found.trigger.event_type != EventType::Agree;
    if !joint || (announced && !draft.target.is_empty()) {
        return;
    }
    draft.reciprocal = true;
    let target = std::mem::take(&mut draft.target);
    draft.source.extend(target);
    draft.trail.push(Why {
        field: "reciprocal",
        rule: "joint act: all parties are sources".to_owned(),
        span: None,
    });
}

/// A place is nobody's partner: it stays as the place of the event.
fn authorless_target(article: &Article, draft: &mut Draft) {
    let is_place = |p: &crate::draft::Party| article.entities[p.entity].actor.kind == ActorKind::Place;
    draft.target.retain(|p| !is_place(p));
    draft.source.retain(|p| !is_place(p));
}

/// Contexts that the words of the clause show.
fn contexts(article: &Article, draft: &mut Draft, tables: Tables) {
    let sentence = &article.sentences[draft.sentence];
    for word in clause(article, draft) {
        let lemma = sentence.words[word].lemma.to_lowercase();
        let own = tables.lexicon.contexts_of(&lemma).iter();
        let pair = word
            .checked_add(1)
            .and_then(|next| sentence.words.get(next))
            .map(|next| format!("{lemma} {}", next.lemma.to_lowercase()));
        let paired = pair.iter().flat_map(|p| tables.lexicon.contexts_of(p));
        for context in own.chain(paired) {
            if !draft.contexts.contains(context) {
                draft.contexts.push(context.clone());
                draft.trail.push(Why {
                    field: "context",
                    rule: format!("context word for {context}"),
                    span: Some(sentence.words[word].span),
                });
            }
        }
    }
    by_actors(article, draft);
    draft.contexts.sort();
    draft.contexts.dedup();
}

/// Talks and words between governments are diplomacy; soldiers and rebels make an act military.
fn by_actors(article: &Article, draft: &mut Draft) {
    let sectors = |wanted: &[&str]| {
        draft
            .parties()
            .any(|p| article.entities[p.entity].actor.sectors.iter().any(|s| wanted.contains(&s.as_str())))
    };
    let countries: std::collections::BTreeSet<&String> = draft
        .source
        .iter()
        .chain(&draft.target)
        .filter(|p| article.entities[p.entity].actor.sectors.iter().any(|s| s == "GOV"))
        .filter_map(|p| article.entities[p.entity].actor.country.as_ref())
        .collect();
    let verbal = matches!(
        draft.event,
        EventType::Agree
            | EventType::Consult
            | EventType::Support
            | EventType::Concede
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Cooperate
    );
    let mut add = Vec::new();
    if verbal && countries.len() > 1 {
        add.push("diplomatic");
    }
    if sectors(&["MIL", "REB"])
        && matches!(
            draft.event,
            EventType::Assault
                | EventType::Coerce
                | EventType::Mobilize
                | EventType::Retreat
                | EventType::Cooperate
        )
    {
        add.push("military");
    }
    for context in add {
        if !draft.contexts.iter().any(|c| c == context) {
            draft.contexts.push(context.to_owned());
            draft.trail.push(Why { field: "context", rule: format!("actors: {context}"), span: None });
        }
    }
}

/// The words of the event's clause, without clauses that tell something else.
fn clause(article: &Article, draft: &Draft) -> Vec<usize> {
    let sentence = &article.sentences[draft.sentence];
    let mut top = draft.predicate;
    while let Some(head) = sentence.words[top].head {
        if !matches!(
            sentence.words[top].relation.base(),
            "obj" | "nsubj" | "obl" | "nmod" | "amod" | "compound" | "xcomp"
        ) {
            break;
        }
        top = head;
    }
    let mut words = vec![top];
    let mut next = 0;
    while let Some(current) = words.get(next).copied() {
        words.extend(
            sentence
                .children(current)
                .filter(|c| !matches!(sentence.words[*c].relation, Relation::Parataxis | Relation::AclRelcl)),
        );
        next += 1;
    }
    words.sort_unstable();
    words
}

/// The CAMEO equivalent, where the entry names none.
fn equivalent(draft: &mut Draft, tables: Tables) {
    if draft.cameo.is_none() {
        draft.cameo = tables
            .ontology
            .default_cameo(draft.event, draft.modes.first().map(String::as_str))
            .map(str::to_owned);
    }
}
