//! Drafts of events: trigger and parties from [`crate::matching`], then status, speakers, time and place.

use std::collections::BTreeSet;

use tidings_actors::Knowledge;
use tidings_language::{ActClassifier, Relation, Sentence, Upos};
use tidings_ontology::{EventType, Lexicon, Ontology, Rules, Trigger, Triggers};

use crate::article::Article;
use crate::circumstances::Told;
use crate::draft::{Draft, Party, Status, Why};
use crate::matching::{self, Frame, Match, Outcome};
use crate::{
    arguments, attribution, casualties, circumstances, codebook, conditions, counterpart, opinion, parties,
    phrase, status, when,
};

/// The tables by which events are coded.
#[derive(Clone, Copy)]
pub struct Tables<'a> {
    /// Types, modes, codes.
    pub ontology: &'a Ontology,
    /// What the user brought.
    pub rules: &'a Rules,
    /// Words that tell events.
    pub triggers: &'a Triggers,
    /// Words of saying and doubt.
    pub lexicon: &'a Lexicon,
    /// Actors and places.
    pub knowledge: &'a Knowledge,
    /// The model's classifier of acts.
    pub acts: Option<&'a ActClassifier>,
}

/// A listed word that was not coded.
#[derive(Clone, Debug)]
pub struct Passed {
    /// Number of the sentence.
    pub sentence: usize,
    /// The word.
    pub word: usize,
    /// Why not.
    pub reason: String,
}

impl Passed {
    /// What an instrument asks for stands in the record of the commitment.
    pub fn as_obligation(draft: &Draft) -> Self {
        let reason = "the obligation of a commitment".to_owned();
        Self { sentence: draft.sentence, word: draft.predicate, reason }
    }
}

/// The drafts of the whole article in text order, and what was looked at and passed over.
pub fn drafts(article: &Article, tables: Tables) -> (Vec<Draft>, Vec<Passed>) {
    let mut drafts = Vec::new();
    let mut passed = Vec::new();
    for number in 0..article.sentences.len() {
        in_sentence(article, number, tables, &mut drafts, &mut passed);
    }
    (drafts, passed)
}

fn in_sentence(
    article: &Article,
    number: usize,
    tables: Tables,
    drafts: &mut Vec<Draft>,
    passed: &mut Vec<Passed>,
) {
    let sentence = &article.sentences[number];
    let mut matches: Vec<Match> = Vec::new();
    for word in 0..sentence.words.len() {
        match matching::match_word(article, number, word, tables.triggers, tables.lexicon) {
            Outcome::Fits(found) => matches.push(*found),
            Outcome::Rejected(reason) => passed.push(Passed { sentence: number, word, reason }),
            Outcome::Unlisted => match opinion::proposed(article, number, word, tables.acts) {
                Some(found) => matches.push(found),
                None => considered(article, number, word, passed),
            },
        }
    }
    told_by_phone(sentence, &mut matches);
    join_purposes(sentence, &mut matches);
    let mut kept = without_doubles(sentence, matches, number, passed, tables.lexicon);
    let charges = charges(&mut kept);
    let mut coded: Vec<Draft> = kept.into_iter().map(|found| draft(article, number, found, tables)).collect();
    for (draft, charge) in coded.iter_mut().zip(charges) {
        if let Some(charge) = charge.filter(|_| draft.status == Status::Asserted) {
            let rule = "codebook: the act of which somebody is accused".to_owned();
            draft.trail.push(Why { field: "status", rule, span: Some(sentence.words[charge].span) });
            draft.status = Status::Alleged;
        }
    }
    let reasons: Vec<Option<String>> = (0..coded.len())
        .map(|i| unreal(sentence, &coded, i).or_else(|| history(article, &coded[i])))
        .collect();
    for (draft, reason) in coded.into_iter().zip(reasons) {
        match reason {
            Some(reason) => passed.push(Passed { sentence: number, word: draft.predicate, reason }),
            None => drafts.push(draft),
        }
    }
}

/// "B played a part in the massacre, A said": A's charge and, alleged, what B did. The word that charges, for each match
/// that tells such an act; who did it is the one accused.
fn charges(matches: &mut [Match]) -> Vec<Option<usize>> {
    let found: Vec<Option<usize>> =
        matches.iter().map(|inner| matches.iter().position(|outer| is_charge(outer, inner))).collect();
    for (index, charge) in found.iter().enumerate() {
        if let Some(charge) = charge.filter(|_| matches[index].source.is_empty()) {
            matches[index].source = matches[charge].target.clone();
        }
    }
    found.into_iter().map(|charge| charge.map(|c| matches[c].frame.word)).collect()
}

/// Whether the outer match is what a speaker says of the act of the inner one.
fn is_charge(outer: &Match, inner: &Match) -> bool {
    outer.trigger.event_type == EventType::Accuse
        && speaks_by_itself(outer.trigger)
        && outer.frame.word != inner.frame.word
        && outer.words.contains(&inner.frame.word)
        && inner.trigger.event_type.is_material_conflict()
}

/// A predicate with an actor for which no table has a word.
fn considered(article: &Article, number: usize, word: usize, passed: &mut Vec<Passed>) {
    let sentence = &article.sentences[number];
    let acts = sentence.words[word].upos == Upos::Verb
        && sentence
            .predicate(word)
            .is_some_and(|p| p.arguments.iter().any(|a| article.mention_at(number, a.word).is_some()))
        && !article.sayings.iter().any(|s| s.sentence == number && s.cue == word);
    if acts {
        passed.push(Passed { sentence: number, word, reason: "no trigger entry lists it".to_owned() });
    }
}

/// Why an act that is merely planned or imagined is not recorded: nobody is to do it, or it is the content of a demand,
/// promise or threat that is.
fn unreal(sentence: &Sentence, coded: &[Draft], index: usize) -> Option<String> {
    let draft = &coded[index];
    match draft.status {
        Status::Planned | Status::Hypothetical => {}
        // "to avoid being sent back": nobody did it, and nobody is said to have tried.
        Status::Negated if draft.governed => {}
        _ => return None,
    }
    if draft.source.is_empty() && draft.kind == "action" && !is_feared(sentence, draft) {
        return Some(format!("{}, and nobody is said to do it", draft.status.as_str()));
    }
    let speaks = |d: &Draft| {
        matches!(d.event, EventType::Agree | EventType::Request | EventType::Threaten | EventType::Concede)
            && d.kind == "speech_act"
            && d.predicate != draft.predicate
            && sentence.is_within(draft.predicate, d.predicate)
    };
    let outer = coded.iter().find(|d| speaks(d))?;
    Some(format!("content of '{}'", sentence.words[outer.predicate].form))
}

/// "fears of an attack on B", "the bomb would have killed B's soldiers": force against somebody, by an actor or a thing that
/// the table of actors does not know.
fn is_feared(sentence: &Sentence, draft: &Draft) -> bool {
    let noun = sentence.words[draft.predicate].upos == Upos::Noun;
    let told =
        noun || (draft.status != Status::Negated && !arguments::agent(sentence, draft.predicate).is_empty());
    draft.event.is_material_conflict() && !draft.target.is_empty() && told
}

/// "called B to express support": what the call was for was said in it.
fn told_by_phone(sentence: &Sentence, matches: &mut Vec<Match>) {
    let spoken = |m: &Match| m.trigger.kind == "speech_act" && m.trigger.event_type != EventType::Consult;
    let pair = (0..matches.len()).find_map(|outer| {
        let o = &matches[outer];
        let phones = o.trigger.mode.as_deref() == Some("phone") && !o.target.is_empty();
        let inner = |i: &usize| spoken(&matches[*i]) && is_purpose(sentence, o.frame, matches[*i].frame);
        let inner = (0..matches.len()).filter(|i| *i != outer).find(|i| phones && inner(i))?;
        Some((outer, inner))
    });
    let Some((outer, inner)) = pair else { return };
    let call = matches[outer].clone();
    let told = &mut matches[inner];
    told.frame.light = Some(call.frame.carrier());
    told.source = call.source;
    told.target = call.target;
    matches.remove(outer);
}

/// So many years back an act is history, not news.
const HISTORY: i16 = 60;
/// Where nothing says when the article was published: so old that no article of ours can bring it as news.
const NO_NEWS: i16 = 1950;

/// "The castle was stormed in 1591": told, but no news.
fn history(article: &Article, draft: &Draft) -> Option<String> {
    let published = article.document.publication.as_ref().map(|p| p.date.year());
    let first = published.map_or(NO_NEWS, |year| year - HISTORY);
    let timex = draft.date.as_ref().and_then(|d| d.timex).map(|t| &article.timexes[t])?;
    let year = timex.to.map(|day| day.year()).filter(|year| *year < first)?;
    Some(format!("history: dated {year}"))
}

/// "flew to Lima to meet the president", "met to discuss the border": one meeting, whose partners the purpose may name.
fn join_purposes(sentence: &Sentence, matches: &mut Vec<Match>) {
    let consults = |m: &Match| m.trigger.event_type == EventType::Consult;
    let pair = (0..matches.len()).find_map(|outer| {
        let inner = (0..matches.len()).find(|inner| {
            let (o, i) = (&matches[outer], &matches[*inner]);
            outer != *inner && consults(o) && consults(i) && is_purpose(sentence, o.frame, i.frame)
        })?;
        Some((outer, inner))
    });
    let Some((outer, inner)) = pair else { return };
    let purpose = matches.remove(inner);
    let visit = &mut matches[outer - usize::from(inner < outer)];
    let partners: Vec<Party> = purpose
        .source
        .iter()
        .chain(&purpose.target)
        .filter(|p| !visit.source.iter().any(|s| s.entity == p.entity))
        .cloned()
        .collect();
    if !partners.is_empty() && (visit.target.is_empty() || visit.trigger.mode.is_some()) {
        visit.target = partners;
    }
    visit.words.extend(purpose.words);
    visit.words.sort_unstable();
    visit.words.dedup();
    join_purposes(sentence, matches);
}

/// The inner act is what the outer one is for: an infinitive, or "for talks with B".
fn is_purpose(sentence: &Sentence, outer: Frame, inner: Frame) -> bool {
    let word = &sentence.words[inner.carrier()];
    let below = word.head == Some(outer.carrier());
    let infinitive = matches!(word.relation.base(), "advcl" | "xcomp" | "acl")
        && conditions::is_infinitive(sentence, inner.carrier());
    let talks = matches!(word.relation.base(), "obl" | "nmod")
        && phrase::case_is(sentence, inner.word, &["for"])
        && sentence.is_within(inner.word, outer.carrier());
    (below && infinitive) || talks
}

/// One record per act: "held talks" is not a holding and a talking; what is merely promised, demanded or threatened is
/// the content of the speech act, not an act beside it.
fn without_doubles<'t>(
    sentence: &Sentence,
    matches: Vec<Match<'t>>,
    number: usize,
    passed: &mut Vec<Passed>,
    lexicon: &Lexicon,
) -> Vec<Match<'t>> {
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    let mut planned: Vec<(usize, usize)> = Vec::new();
    for (index, outer) in matches.iter().enumerate() {
        for (other, inner) in matches.iter().enumerate() {
            if index == other
                || dropped.contains(&index)
                || dropped.contains(&other)
                || is_charge(outer, inner)
            {
                continue;
            }
            if outer.words.contains(&inner.frame.word)
                && (outer.words.len() > inner.words.len() || inner.frame.light == Some(outer.frame.word))
            {
                let loser =
                    if inner.frame.light == Some(outer.frame.word) && outer.trigger.when.object.is_empty() {
                        index
                    } else {
                        other
                    };
                dropped.insert(loser);
            } else if is_content(sentence, outer, inner, lexicon) {
                dropped.insert(other);
                if outer.trigger.status.as_deref() == Some("planned") {
                    planned.push((index, other));
                }
                passed.push(Passed {
                    sentence: number,
                    word: inner.frame.word,
                    reason: format!("content of '{}'", sentence.words[outer.frame.word].form),
                });
            }
        }
    }
    told_by_both(matches, &planned)
        .into_iter()
        .enumerate()
        .filter(|(index, _)| !dropped.contains(index))
        .map(|(_, m)| m)
        .collect()
}

/// "is set to host talks": what is planned is told by the verb of what is to be done too.
fn told_by_both<'t>(mut matches: Vec<Match<'t>>, planned: &[(usize, usize)]) -> Vec<Match<'t>> {
    for (outer, inner) in planned {
        let told = matches[*inner].words.clone();
        let words = &mut matches[*outer].words;
        words.extend(told);
        words.sort_unstable();
        words.dedup();
    }
    matches
}

fn is_content(sentence: &Sentence, outer: &Match, inner: &Match, lexicon: &Lexicon) -> bool {
    let speaks_of_future = matches!(
        outer.trigger.event_type,
        EventType::Agree | EventType::Request | EventType::Reject | EventType::Threaten | EventType::Concede
    );
    let word = &sentence.words[inner.frame.carrier()];
    let below =
        sentence.is_within(inner.frame.word, outer.frame.word) && inner.frame.word != outer.frame.word;
    let complement =
        matches!(word.relation.base(), "xcomp" | "ccomp" | "advcl" | "acl" | "obj" | "obl" | "nmod")
            && word.head.is_some_and(|h| outer.words.contains(&h));
    // What somebody denies having done stays an act of its own, denied.
    let denial = lexicon.governor(&sentence.words[outer.frame.word].lemma, "VERB", true);
    let force = inner.trigger.event_type.is_material_conflict();
    let denies =
        denial.is_some_and(|e| e.status.as_deref() == Some("denied")) && (word.upos == Upos::Verb || force);
    // "announced it after they had met": another time, another act.
    let aside = word.relation.base() == "advcl" && is_circumstance_of_time(sentence, inner.frame.carrier());
    // "demanded an inquiry into the arrest": what is to be looked into is so.
    let known = phrase::case_is(sentence, inner.frame.word, &["into"]);
    // "a warrant issued by B" is one act, told by the verb.
    let told_by_inner = inner.words.contains(&outer.frame.word);
    speaks_of_future && below && complement && !denies && !aside && !known && !told_by_inner
}

/// "after they met", "because B had fled".
fn is_circumstance_of_time(sentence: &Sentence, clause: usize) -> bool {
    let mark = |c: usize| sentence.words[c].relation == Relation::Mark;
    let opens = |c: usize| {
        matches!(
            sentence.words[c].form.to_lowercase().as_str(),
            "after" | "because" | "since" | "when" | "while"
        )
    };
    sentence.children(clause).any(|c| mark(c) && opens(c))
}

fn draft(article: &Article, number: usize, found: Match, tables: Tables) -> Draft {
    let trigger = found.trigger;
    let verdict = judged(article, number, &found, tables.lexicon);
    let (speakers, mut whys) = attribution::chain(article, number, found.frame.word);
    let verdict = if speaks_by_itself(trigger) { verdict.made() } else { verdict };
    let trigger_span = article.sentences[number].words[found.frame.word].span;
    let mut trail =
        vec![Why { field: "event", rule: format!("trigger {}", trigger.name), span: Some(trigger_span) }];
    trail.extend(verdict.whys);
    trail.append(&mut whys);
    let told = Told { frame: found.frame, words: &found.words };
    let visits = trigger.mode.as_deref() == Some("visit");
    let mut draft = Draft {
        sentence: number,
        predicate: found.frame.word,
        trigger: found.words.clone(),
        mentions: Vec::new(),
        source: found.source.clone(),
        target: found.target.clone(),
        about: found.about.clone(),
        reciprocal: false,
        event: trigger.event_type,
        modes: trigger.mode.iter().cloned().collect(),
        contexts: trigger.contexts.clone(),
        cameo: trigger.cameo.clone(),
        code: trigger.code.clone(),
        kind: kind(&trigger.kind),
        tier: "core",
        status: verdict.status,
        governed: verdict.governed,
        condition: verdict.condition,
        completion: verdict.completion,
        speakers,
        date: when::when(article, number, told, speaks_by_itself(trigger)),
        place: circumstances::place(article, number, told, tables.knowledge, visits),
        casualties: casualties::counts(article, number, found.frame),
        links: Vec::new(),
        confidence: 0.0,
        trail,
        opinion: None,
    };
    address(article, &mut draft, found.frame);
    codebook::apply(article, &mut draft, &found, tables);
    if let Some(acts) = tables.acts {
        counterpart::fill(article, &mut draft, acts);
    }
    draft.opinion = tables.acts.and_then(|acts| opinion::of_draft(article, &draft, acts));
    draft.confidence = confidence(article, &draft);
    draft
}

/// What a speaker's words amount to (a charge, a welcome) is made by saying them: "claims" does not put it in doubt.
fn speaks_by_itself(trigger: &Trigger) -> bool {
    trigger.source.iter().any(|slot| slot == "speaker")
}

/// "If B withdraws, we would welcome that": what is welcomed is B's to do.
fn address(article: &Article, draft: &mut Draft, frame: Frame) {
    let sentence = &article.sentences[draft.sentence];
    if !draft.target.is_empty() || draft.status != Status::Conditional || draft.kind != "speech_act" {
        return;
    }
    let Some(clause) = status::conditional_clause(sentence, frame.carrier()) else { return };
    let subject = parties::parties(article, draft.sentence, &arguments::subject(sentence, clause));
    let others = subject.into_iter().filter(|p| draft.source.iter().all(|s| s.entity != p.entity));
    draft.target = others.collect();
    if !draft.target.is_empty() {
        let rule = "the one on whom the condition hangs".to_owned();
        draft.trail.push(Why { field: "target", rule, span: Some(sentence.words[clause].span) });
    }
}

/// The verdict over the carrier, the noun itself, and the word's own colour.
fn judged(article: &Article, number: usize, found: &Match, lexicon: &Lexicon) -> status::Verdict {
    let sentence = &article.sentences[number];
    let carrier = found.frame.carrier();
    // "is a laudable decision": modals and conditions stand on the noun.
    let predicate =
        sentence.words[carrier].head.filter(|_| sentence.words[carrier].relation == Relation::Amod);
    let mut verdict = status::judge(sentence, predicate.unwrap_or(carrier), lexicon);
    if found.frame.light.is_some() {
        verdict.absorb(status::judge_modifiers(sentence, found.frame.word, lexicon));
    }
    verdict.colour(
        found.trigger.status.as_deref(),
        found.trigger.completion.as_deref(),
        &found.trigger.name,
        sentence.words[found.frame.word].span,
    );
    verdict
}

fn kind(name: &str) -> &'static str {
    match name {
        "speech_act" => "speech_act",
        "state" => "state",
        "comment" => "comment",
        _ => "action",
    }
}

/// How likely the type is right: from the classifier's chance for it, and from how many of the fields rest on firm ground.
fn confidence(article: &Article, draft: &Draft) -> f32 {
    let sentence = &article.sentences[draft.sentence];
    let predicate = sentence.predicate(draft.predicate).map_or(0.5, |p| p.score);
    let parties: Vec<f32> = draft
        .source
        .iter()
        .chain(&draft.target)
        .map(|p| article.entities[p.entity].actor.score * if p.resolved_by == "name" { 1.0 } else { 0.8 })
        .collect();
    let actors = if parties.is_empty() { 0.3 } else { parties.iter().sum::<f32>() / parties.len() as f32 };
    let both =
        if draft.source.is_empty() || (draft.target.is_empty() && !draft.reciprocal) { 0.75 } else { 1.0 };
    let fields = both * (0.4 * predicate + 0.6 * actors);
    calibrated(draft.opinion.as_ref().map_or(fields, |opinion| 0.5 * (fields + opinion.chance)))
}

/// A logistic curve over the log odds, fitted on 141 events between marked actors of a fifth of PLV_train that neither the
/// classifier nor the weights of the fusion had seen (84 % right; expected calibration error .081 before, .053 after).
fn calibrated(raw: f32) -> f32 {
    let raw = raw.clamp(0.001, 0.999);
    let odds = 0.357 + 1.234 * (raw / (1.0 - raw)).ln();
    (1.0 / (1.0 + (-odds).exp())).clamp(0.01, 0.99)
}
