//! Why each field of each record has its value: the words, the rule or head, its score, and what else it might be.
//!
//! The rules leave their reasons on the drafts; what they leave unsaid (a status that no word moved, a score that a table
//! gives) is told here, so that no field of a record is without one.

use tidings_ontology::EventType;
use tidings_text::Span;

use crate::article::{Article, Entity};
use crate::draft::{Draft, Party, Speaker, Why};
use crate::quotes::Quote;
use crate::records::{Alternative, Event, Reason};
use crate::structure::commitments::Bond;
use crate::structure::contradictions::Clash;
use crate::structure::relations::Stated;

/// The reasons of one record.
struct Trail<'a> {
    article: &'a Article<'a>,
    reasons: Vec<Reason>,
}

impl<'a> Trail<'a> {
    fn new(article: &'a Article<'a>) -> Self {
        Self { article, reasons: Vec::new() }
    }

    fn add(
        &mut self,
        field: &str,
        rule: impl Into<String>,
        spans: impl IntoIterator<Item = Span>,
    ) -> &mut Reason {
        let words = spans.into_iter().filter(|s| !s.is_empty()).map(|s| self.article.words(s)).collect();
        self.reasons.push(Reason { field: field.to_owned(), rule: rule.into(), words, ..Reason::default() });
        let last = self.reasons.len() - 1;
        &mut self.reasons[last]
    }

    fn has(&self, field: &str) -> bool {
        self.reasons.iter().any(|r| r.field == field)
    }

    /// A reason for a field that has none yet.
    fn else_add(&mut self, field: &str, rule: impl Into<String>, spans: impl IntoIterator<Item = Span>) {
        if !self.has(field) {
            self.add(field, rule, spans);
        }
    }

    fn whys(&mut self, whys: &[Why]) {
        for why in whys {
            self.add(why.field, why.rule.clone(), why.span);
        }
    }

    fn parties(&mut self, field: &str, parties: &[Party]) {
        if !self.has(field) {
            for party in parties {
                self.add(field, format!("slot filled, resolved by {}", party.resolved_by), [party.span]);
            }
        }
    }
}

/// Who somebody is, and by what each mention was found to be them.
pub fn entity(article: &Article, entity: &Entity) -> Vec<Reason> {
    let mut trail = Trail::new(article);
    let first = entity.mentions.first().map(|m| article.mentions[*m].span);
    trail.add("name", entity.actor.how.clone(), first).score = Some(rounded(entity.actor.score));
    let mut ways: Vec<&str> = entity.mentions.iter().map(|m| article.mentions[*m].resolved_by).collect();
    ways.sort_unstable();
    ways.dedup();
    for way in ways {
        let mentions = entity.mentions.iter().map(|m| &article.mentions[*m]).filter(|m| m.resolved_by == way);
        let spans: Vec<Span> = mentions.map(|m| m.span).collect();
        trail.add("mentions", format!("resolved by {way}"), spans);
    }
    trail.reasons
}

/// Of an event: the draft's own reasons, then those of the fields that `record` fills and no rule spoke of.
pub fn event(article: &Article, draft: &Draft, record: &Event) -> Vec<Reason> {
    let mut trail = Trail::new(article);
    trail.whys(&draft.trail);
    let predicate = article.sentences[draft.sentence].words[draft.predicate].span;
    if let Some(opinion) = &draft.opinion {
        let rule = format!("classifier of acts: {}", opinion.event.as_str());
        let reason = trail.add("event", rule, [predicate]);
        reason.score = Some(rounded(opinion.chance));
        let named = |(event, chance): &(EventType, f32)| Alternative {
            value: event.as_str().to_owned(),
            score: rounded(*chance),
        };
        reason.alternatives = opinion.others.iter().map(named).collect();
    }
    trail.parties("source", &draft.source);
    trail.parties("target", &draft.target);
    trail.parties("about", &draft.about);
    coding(&mut trail, draft, record, predicate);
    circumstances(&mut trail, draft, record);
    trail.add("confidence", confidence(draft), [predicate]).score = Some(record.confidence);
    trail.reasons
}

/// Type, mode and codes come with the entry of the trigger; scores with the tables of the codebook.
fn coding(trail: &mut Trail, draft: &Draft, record: &Event, predicate: Span) {
    let entry = draft.trail.iter().find(|w| w.field == "event").map_or("", |w| w.rule.as_str()).to_owned();
    for field in ["kind", "tier"] {
        trail.else_add(field, entry.clone(), [predicate]);
    }
    if !draft.modes.is_empty() {
        trail.else_add("mode", entry.clone(), [predicate]);
    }
    if !draft.contexts.is_empty() {
        trail.else_add("context", entry.clone(), [predicate]);
    }
    if draft.cameo.is_some() {
        trail.else_add("cameo", entry, [predicate]);
    }
    let plover = &record.plover;
    trail.add("quad", format!("PLOVER: {} is {}", plover.event, plover.quad_label), None);
    if plover.score.is_some() {
        let mode = plover.mode.first().map(|m| format!(", {m}")).unwrap_or_default();
        trail.add("score", format!("PLOVER: {}{mode}", plover.event), None);
    }
    if let Some(cameo) = record.cameo.as_ref().filter(|_| record.goldstein.is_some()) {
        trail.add("goldstein", format!("Goldstein's weight of CAMEO {cameo}"), None);
    }
}

/// How sure, on whose word, when, where, how many.
fn circumstances(trail: &mut Trail, draft: &Draft, record: &Event) {
    trail.else_add("status", "no word of doubt, condition, plan or denial governs it", None);
    if draft.condition.is_some() {
        trail.else_add("condition", "the clause on which it hangs", draft.condition);
    }
    let speakers: Vec<Span> = draft.speakers.iter().filter_map(|s: &Speaker| s.verb.or(s.who)).collect();
    if speakers.is_empty() {
        trail.else_add("attribution", "the outlet's own voice: nobody else is said to say it", None);
    } else {
        trail.else_add("attribution", "the one who says it is its source", speakers);
    }
    if let Some(date) = &record.date {
        let span = draft.date.as_ref().and_then(|w| w.timex).map(|t| trail.article.timexes[t].span);
        trail.else_add("date", date.basis.clone(), span);
    }
    if let Some(place) = &draft.place {
        let rule = if place.implicit { "told in another sentence" } else { "the place that its words name" };
        trail.else_add("place", rule, place.span);
    }
    if record.casualties.is_some() {
        let span = trail.article.sentences[draft.sentence].span;
        trail.else_add("casualties", "numbers of the killed and injured in its clause", [span]);
    }
    for link in record.links.iter().filter(|l| l.rel == "contradiction") {
        trail.add("links", format!("contradiction: its reasons stand in {}", link.id), None);
    }
}

fn confidence(draft: &Draft) -> &'static str {
    match (draft.kind, &draft.opinion) {
        ("comment", _) => "fixed: a statement that no class of the codebook fits",
        (_, Some(_)) => {
            "calibrated from the predicate's score, the actors' scores and the classifier's chance"
        }
        (_, None) => "calibrated from the predicate's score and the actors' scores",
    }
}

/// Who speaks quoted words.
pub fn quote(article: &Article, quote: &Quote) -> Vec<Reason> {
    let mut trail = Trail::new(article);
    let whole = if quote.kind == "full" {
        "a clause with its subject stands between the marks"
    } else {
        "no whole clause stands between the marks"
    };
    trail.add("kind", whole, [quote.span]);
    let saying = quote.saying.map(|s| &article.sayings[s]);
    let cue = saying.map(|s| article.sentences[s.sentence].words[s.cue].span);
    if let Some(saying) = saying {
        trail.add("cue", saying.rule.clone(), cue);
    }
    match &quote.speaker {
        Some(party) => {
            let rule = format!("{}, resolved by {}", quote.rule, party.resolved_by);
            trail.add("speaker", rule, [party.span]);
        }
        None => {
            trail.add("speaker", "nobody is said to speak: scare quotes, a title, or an unnamed voice", None);
        }
    }
    trail.reasons
}

/// Who is bound to what by which instrument.
pub fn commitment(article: &Article, bond: &Bond) -> Vec<Reason> {
    let mut trail = Trail::new(article);
    trail.add("instrument", "commitments.toml: a word for an instrument", [bond.instrument]);
    trail.add(
        "obligation",
        "the clause that the instrument or its verb of binding governs",
        [bond.obligation],
    );
    for (party, part) in &bond.parties {
        let rule = match *part {
            "overseer" => "overseer: subject of a verb of overseeing, or named as responsible for it",
            "issuer" => "issuer: names the instrument's author, or gives it",
            "beneficiary" => "beneficiary: the one to whom the obligation is to be fulfilled",
            _ => "obliged: subject of the obligation, receiver of the mandate, or owner of what is to change",
        };
        trail.add("parties", format!("{rule}; resolved by {}", party.resolved_by), [party.span]);
    }
    for (field, timex) in [("date", bond.date), ("deadline", bond.deadline)] {
        if let Some(timex) = timex.map(|t| &article.timexes[t]) {
            trail.add(field, timex.basis.clone(), [timex.span]);
        }
    }
    if let Some((_, span)) = bond.violation {
        trail.add("violation_condition", "what is said to break the instrument", [span]);
    }
    trail.add("status", bond.standing.rule, bond.standing.span);
    if let Some(span) = bond.speaker_span {
        trail.add("attribution", "the outermost speaker of the sentence", [span]);
    }
    trail.reasons
}

/// Who stands how to whom.
pub fn relation(article: &Article, stated: &Stated) -> Vec<Reason> {
    let mut trail = Trail::new(article);
    let words = stated.trigger.iter().map(|w| article.sentences[stated.sentence].words[*w].span);
    trail.add("type", format!("relations.toml: {}", stated.rule), words);
    trail.parties("a", &stated.a);
    trail.parties("b", &stated.b);
    trail.whys(&stated.whys);
    trail.else_add("status", "no word of doubt, condition, plan or denial governs it", None);
    trail.reasons
}

/// What makes two stretches contradict each other.
pub fn contradiction(article: &Article, clash: &Clash) -> Vec<Reason> {
    let mut trail = Trail::new(article);
    trail.add("attribute", clash.rule, [clash.a, clash.b]);
    let voices = match clash.kind {
        "factual" => "both sides have the same voice",
        "modality" => "one side is the headline, the other the body",
        _ => "the sides have different voices",
    };
    trail.add("kind", voices, None);
    trail.reasons
}

fn rounded(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}
