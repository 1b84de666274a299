//! From drafts to the records that leave the program: names for indices, code points for bytes.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use tidings_actors::ActorKind;
use tidings_ontology::{EventType, Ontology};
use tidings_places::Entry;
use tidings_text::Span;

use crate::article::{Article, Form};
use crate::draft::{Draft, Party, Speaker, When};
use crate::events::{Passed, Tables};
use crate::quotes::Quote;
use crate::records::{
    ActorRef, AttributionRef, Casualties, Commitment, Contradiction, DateRecord, DocumentRecord,
    EntityRecord, Event, EventMention, Link, MentionRecord, PlaceRef, Plover, QuoteRecord, Record,
    RelationRecord, Report, Segment, SentenceRecord, SentenceRef, Skipped, TimexRecord, WarningRecord, Words,
};
use crate::structure::commitments::Bond;
use crate::structure::contradictions::Clash;
use crate::structure::relations::Stated;
use crate::trail;

/// Version of the record format.
pub const SCHEMA: &str = "tidings-1.0";

/// All that was worked out about one article.
pub struct Findings {
    /// Events.
    pub drafts: Vec<Draft>,
    /// Words that were looked at and not coded.
    pub passed: Vec<Passed>,
    /// Obligations.
    pub bonds: Vec<Bond>,
    /// Stated relations.
    pub relations: Vec<Stated>,
    /// Contradictions.
    pub clashes: Vec<Clash>,
}

/// The report of the article.
pub fn report(article: &Article, findings: &Findings, tables: Tables) -> Report {
    let emitter = Emitter { article, tables, ids: entity_ids(article) };
    let mut records = vec![Record::Document(emitter.document())];
    records.extend(emitter.segments().map(Record::Segment));
    records.extend(emitter.sentences().map(Record::Sentence));
    records.extend(emitter.entities().map(Record::Entity));
    records.extend(emitter.timexes().map(Record::Timex));
    records.extend(
        findings
            .drafts
            .iter()
            .enumerate()
            .map(|(n, d)| Record::Event(Box::new(emitter.event(n, d, findings)))),
    );
    records
        .extend(article.quotes.iter().enumerate().map(|(n, q)| Record::Quote(emitter.quote(n, q, findings))));
    records
        .extend(findings.bonds.iter().enumerate().map(|(n, b)| Record::Commitment(emitter.commitment(n, b))));
    records
        .extend(findings.relations.iter().enumerate().map(|(n, r)| Record::Relation(emitter.relation(n, r))));
    records.extend(
        findings.clashes.iter().enumerate().map(|(n, c)| Record::Contradiction(emitter.contradiction(n, c))),
    );
    records.extend(findings.passed.iter().enumerate().map(|(n, p)| Record::Skipped(emitter.skipped(n, p))));
    Report { records }
}

fn event_id(index: usize) -> String {
    format!("E{:02}", index + 1)
}

/// Stable ids, made unique within the file for unnamed groups.
fn entity_ids(article: &Article) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    article
        .entities
        .iter()
        .map(|e| {
            let count = seen.entry(&e.actor.id).or_default();
            *count += 1;
            if *count == 1 { e.actor.id.clone() } else { format!("{}-{count}", e.actor.id) }
        })
        .collect()
}

struct Emitter<'a> {
    article: &'a Article<'a>,
    tables: Tables<'a>,
    ids: Vec<String>,
}

impl Emitter<'_> {
    fn document(&self) -> DocumentRecord {
        let document = self.article.document;
        DocumentRecord {
            id: document.id.clone(),
            schema: SCHEMA.to_owned(),
            outlet: document.outlet.clone(),
            title: document.title.clone(),
            language: document.language.clone(),
            sha256: Sha256::digest(document.text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect(),
            n_chars: document.text.chars().count(),
            source_url: document.url.clone(),
            publication_date: document.publication.as_ref().map(|p| DateRecord {
                words: None,
                value: Some(p.date.to_string()),
                precision: "day".to_owned(),
                basis: p.explanation.clone(),
            }),
            warnings: document
                .warnings
                .iter()
                .map(|w| WarningRecord { code: w.code.to_owned(), message: w.message.clone() })
                .collect(),
            engine: self.engine(),
        }
    }

    /// What made the record: the program, and the files of the user that had a say in it.
    fn engine(&self) -> String {
        let files = self.tables.knowledge.additions().files();
        let actors: String = files.iter().map(|file| format!("; actors of {file}")).collect();
        let rules: String =
            self.tables.rules.files().iter().map(|file| format!("; rules of {file}")).collect();
        concat!("tidings ", env!("CARGO_PKG_VERSION")).to_owned() + &actors + &rules
    }

    fn segments(&self) -> impl Iterator<Item = Segment> {
        self.article.document.parts.iter().enumerate().map(|(n, part)| Segment {
            id: format!("G{:02}", n + 1),
            kind: part.kind.as_str().to_owned(),
            words: self.article.words(part.span),
            remove: part.remove,
        })
    }

    fn sentences(&self) -> impl Iterator<Item = SentenceRecord> {
        self.article
            .sentences
            .iter()
            .enumerate()
            .map(|(n, s)| SentenceRecord { id: format!("S{n:02}"), words: self.article.words(s.span) })
    }

    fn entities(&self) -> impl Iterator<Item = EntityRecord> {
        self.article.entities.iter().enumerate().filter(|(_, e)| !e.mentions.is_empty()).map(|(n, entity)| {
            let mentions: Vec<_> = entity.mentions.iter().map(|m| &self.article.mentions[*m]).collect();
            let mut aliases: Vec<String> = mentions
                .iter()
                .filter(|m| m.form != Form::Pronoun)
                .map(|m| m.span.of(&self.article.document.text).to_owned())
                .collect();
            aliases.sort();
            aliases.dedup();
            let actor = &entity.actor;
            let published = self.article.document.publication.as_ref().map(|p| p.date);
            let codes = actor.country.as_deref();
            let codes = codes.and_then(|c| self.tables.knowledge.state_codes(c, published));
            EntityRecord {
                id: self.ids[n].clone(),
                kind: kind_name(actor.kind).to_owned(),
                name: actor.name.clone(),
                country: actor.country.clone(),
                cow: codes.and_then(|c| c.cow),
                gw: codes.and_then(|c| c.gw),
                sector: actor.sectors.clone(),
                role: actor.role.clone(),
                code: actor.code.clone(),
                aliases,
                aka: actor.aka.clone(),
                mentions: mentions
                    .iter()
                    .map(|m| MentionRecord {
                        words: self.article.words(m.span),
                        form: form_name(m.form).to_owned(),
                    })
                    .collect(),
                generic: actor.generic,
                trail: trail::entity(self.article, entity),
            }
        })
    }

    fn timexes(&self) -> impl Iterator<Item = TimexRecord> {
        self.article.timexes.iter().enumerate().map(|(n, t)| TimexRecord {
            id: format!("T{:02}", n + 1),
            words: self.article.words(t.span),
            value: t.interval(),
            precision: t.precision.as_str().to_owned(),
            basis: t.basis.clone(),
        })
    }

    fn event(&self, index: usize, draft: &Draft, findings: &Findings) -> Event {
        let (killed, injured) = draft.casualties;
        let mut event = Event {
            id: event_id(index),
            doc: self.article.document.id.clone(),
            kind: draft.kind.to_owned(),
            tier: draft.tier.to_owned(),
            sentence: self.sentence(draft.sentence),
            trigger: self.trigger(draft.sentence, &draft.trigger),
            mentions: draft
                .mentions
                .iter()
                .map(|(n, words)| EventMention {
                    sentence: self.sentence(*n),
                    trigger: self.trigger(*n, words),
                })
                .collect(),
            source: self.actors(&draft.source),
            target: self.actors(&draft.target),
            reciprocal: draft.reciprocal,
            about: self.actors(&draft.about),
            plover: plover(draft, self.tables.ontology),
            cameo: draft.cameo.clone(),
            code: draft.code.clone(),
            goldstein: draft.cameo.as_deref().and_then(|c| self.tables.ontology.goldstein(c)),
            status: draft.status.as_str().to_owned(),
            condition: draft.condition.map(|s| self.article.words(s)),
            completion: draft.completion.map(str::to_owned),
            attribution: self.attribution(&draft.speakers),
            date: draft.date.as_ref().map(|w| self.date(w)),
            place: draft.place.as_ref().map(|p| PlaceRef {
                name: p.name.clone(),
                country: p.country.clone(),
                words: p.span.map(|s| self.article.words(s)),
                geonames: p.entry.and_then(Entry::geonames),
                admin1: p.entry.and_then(Entry::first_division).map(|d| d.name().to_owned()),
                admin1_code: p.entry.and_then(Entry::first_division).map(|d| d.code().to_owned()),
                lat: p.entry.map(Entry::lat),
                lon: p.entry.map(Entry::lon),
                precision: p.precision.to_owned(),
                implicit: p.implicit,
            }),
            casualties: (killed.is_some() || injured.is_some()).then_some(Casualties { killed, injured }),
            links: self.links(index, draft, findings),
            confidence: (draft.confidence * 1000.0).round() / 1000.0,
            trail: Vec::new(),
        };
        event.trail = trail::event(self.article, draft, &event);
        event
    }

    fn links(&self, index: usize, draft: &Draft, findings: &Findings) -> Vec<Link> {
        let own = draft.links.iter().map(|l| Link { rel: l.rel.to_owned(), id: event_id(l.to) });
        let clashes = findings
            .clashes
            .iter()
            .enumerate()
            .filter(|(_, c)| c.drafts.contains(&index))
            .map(|(n, _)| Link { rel: "contradiction".to_owned(), id: clash_id(n) });
        own.chain(clashes).collect()
    }

    fn attribution(&self, speakers: &[Speaker]) -> Vec<AttributionRef> {
        let document = self.article.document;
        let outlet = AttributionRef {
            level: 0,
            by: "outlet".to_owned(),
            name: document.outlet.clone(),
            kind: "own_voice".to_owned(),
            ..AttributionRef::default()
        };
        let inner = speakers.iter().map(|s| {
            let actor = s.entity.map(|e| &self.article.entities[e].actor);
            AttributionRef {
                level: s.level,
                by: s.entity.map_or_else(|| "unnamed".to_owned(), |e| self.ids[e].clone()),
                name: actor
                    .map(|a| a.name.clone())
                    .or_else(|| s.who.map(|w| w.of(&document.text).to_owned())),
                country: actor.and_then(|a| a.country.clone()),
                who: s.who.map(|w| self.article.words(w)),
                verb: s.verb.map(|w| self.article.words(w)),
                kind: s.kind.to_owned(),
                unnamed: s.entity.is_none_or(|e| self.article.entities[e].actor.generic),
                span: s.content.map(|c| self.article.words(c)),
            }
        });
        std::iter::once(outlet).chain(inner).collect()
    }

    fn date(&self, when: &When) -> DateRecord {
        DateRecord {
            words: when.timex.map(|t| self.article.words(self.article.timexes[t].span)),
            value: when.value.clone(),
            precision: when.precision.clone(),
            basis: when.basis.clone(),
        }
    }

    fn timex_date(&self, index: usize) -> DateRecord {
        let timex = &self.article.timexes[index];
        DateRecord {
            words: Some(self.article.words(timex.span)),
            value: timex.interval(),
            precision: timex.precision.as_str().to_owned(),
            basis: timex.basis.clone(),
        }
    }

    fn quote(&self, index: usize, quote: &Quote, findings: &Findings) -> QuoteRecord {
        let actor = quote.speaker.as_ref().map(|p| &self.article.entities[p.entity].actor);
        let inside =
            |d: &Draft| quote.span.contains(self.article.sentences[d.sentence].words[d.predicate].span);
        QuoteRecord {
            id: format!("Q{:02}", index + 1),
            words: self.article.words(quote.span),
            kind: quote.kind.to_owned(),
            block: false,
            speaker: quote.speaker.as_ref().map(|p| self.ids[p.entity].clone()),
            speaker_name: actor.map(|a| a.name.clone()),
            speaker_role: actor.and_then(|a| a.role.clone()),
            speaker_country: actor.and_then(|a| a.country.clone()),
            speaker_span: quote.speaker.as_ref().map(|p| self.article.words(p.span)),
            cue: quote
                .saying
                .map(|s| &self.article.sayings[s])
                .map(|s| self.article.words(self.article.sentences[s.sentence].words[s.cue].span)),
            events: findings
                .drafts
                .iter()
                .enumerate()
                .filter(|(_, d)| inside(d))
                .map(|(n, _)| event_id(n))
                .collect(),
            trail: trail::quote(self.article, quote),
        }
    }

    fn commitment(&self, index: usize, bond: &Bond) -> Commitment {
        let text = &self.article.document.text;
        let parties = bond
            .parties
            .iter()
            .map(|(p, part)| ActorRef { part: Some((*part).to_owned()), ..self.actor(p) })
            .collect();
        let mut spans = vec![self.article.words(bond.instrument), self.article.words(bond.obligation)];
        spans.extend(bond.violation.map(|(_, span)| self.article.words(span)));
        Commitment {
            id: format!("C{:02}", index + 1),
            sentence: self.sentence(bond.sentence),
            parties,
            obligation: bond.obligation.of(text).to_owned(),
            instrument: Some(bond.instrument.of(text).to_owned()),
            date: bond.date.map(|t| self.timex_date(t)),
            deadline: bond.deadline.map(|t| self.timex_date(t)),
            violation_condition: bond.violation.map(|(_, span)| span.of(text).to_owned()),
            status: bond.standing.status.to_owned(),
            attribution: bond.speaker.map(|s| self.ids[s].clone()),
            spans,
            trail: trail::commitment(self.article, bond),
        }
    }

    fn relation(&self, index: usize, stated: &Stated) -> RelationRecord {
        RelationRecord {
            id: format!("R{:02}", index + 1),
            sentence: self.sentence(stated.sentence),
            trigger: self.trigger(stated.sentence, &stated.trigger),
            kind: stated.kind.clone(),
            directed: stated.directed,
            a: self.actors(&stated.a),
            b: self.actors(&stated.b),
            status: stated.status.as_str().to_owned(),
            attribution: stated.speaker.map(|s| self.ids[s].clone()),
            trail: trail::relation(self.article, stated),
        }
    }

    fn contradiction(&self, index: usize, clash: &Clash) -> Contradiction {
        Contradiction {
            id: clash_id(index),
            kind: clash.kind.to_owned(),
            attribute: clash.attribute.clone(),
            a: self.article.words(clash.a),
            b: self.article.words(clash.b),
            explanation: clash.explanation.clone(),
            resolution: clash.resolution.clone(),
            events: clash.drafts.iter().map(|d| event_id(*d)).collect(),
            trail: trail::contradiction(self.article, clash),
        }
    }

    fn skipped(&self, index: usize, passed: &Passed) -> Skipped {
        Skipped {
            id: format!("K{:02}", index + 1),
            n: passed.sentence,
            words: self.article.words(self.article.sentences[passed.sentence].words[passed.word].span),
            reason: passed.reason.clone(),
        }
    }

    fn sentence(&self, n: usize) -> SentenceRef {
        SentenceRef { n, words: self.article.words(self.article.sentences[n].span) }
    }

    /// Neighbouring words make one stretch.
    fn trigger(&self, number: usize, words: &[usize]) -> Vec<Words> {
        let sentence = &self.article.sentences[number];
        let mut stretches: Vec<(usize, Span)> = Vec::new();
        for word in words {
            match stretches.last_mut() {
                Some((last, span)) if *last + 1 == *word => {
                    (*last, *span) = (*word, span.join(sentence.words[*word].span))
                }
                _ => stretches.push((*word, sentence.words[*word].span)),
            }
        }
        stretches.into_iter().map(|(_, span)| self.article.words(span)).collect()
    }

    fn actors(&self, parties: &[Party]) -> Vec<ActorRef> {
        parties.iter().map(|p| self.actor(p)).collect()
    }

    fn actor(&self, party: &Party) -> ActorRef {
        let actor = &self.article.entities[party.entity].actor;
        let words = (!party.span.is_empty()).then(|| self.article.words(party.span));
        ActorRef {
            entity: self.ids[party.entity].clone(),
            name: actor.name.clone(),
            country: actor.country.clone(),
            sector: actor.sectors.clone(),
            role: actor.role.clone(),
            code: self.code(party),
            text: words.as_ref().map(|w| w.text.clone()),
            start: words.as_ref().map(|w| w.start),
            end: words.map(|w| w.end),
            resolved_by: party.resolved_by.to_owned(),
            part: None,
        }
    }

    /// The code of the user's dictionaries: of these words, else of the actor.
    fn code(&self, party: &Party) -> Option<String> {
        let entity = &self.article.entities[party.entity];
        let own = entity.actor.code.as_ref()?;
        let here = entity.mentions.iter().map(|m| &self.article.mentions[*m]).find(|m| m.span == party.span);
        here.and_then(|mention| mention.code.clone()).or_else(|| Some(own.clone()))
    }
}

fn clash_id(index: usize) -> String {
    format!("X{:02}", index + 1)
}

fn plover(draft: &Draft, ontology: &Ontology) -> Plover {
    let (quad, quad_label) = draft.event.quad();
    Plover {
        event: draft.event.as_str().to_owned(),
        mode: draft.modes.clone(),
        context: draft.contexts.clone(),
        quad,
        quad_label: quad_label.to_owned(),
        score: (draft.event != EventType::None)
            .then(|| ontology.score(draft.event, draft.modes.first().map(String::as_str)))
            .flatten(),
    }
}

fn kind_name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::Organization => "org",
        ActorKind::Country => "country",
        ActorKind::Place => "place",
        ActorKind::Group => "group",
    }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Name => "name",
        Form::Nominal => "nominal",
        Form::Pronoun => "pronoun",
    }
}
