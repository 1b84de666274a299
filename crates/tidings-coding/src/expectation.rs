//! What a reader expects of a sentence, as it is written beside test sentences: `PER ASSAULT/aerial CHL alleged`.

use tidings_ontology::EventType;

use crate::records::{ActorRef, Event, Report};

/// What a reader expects of one event; `None` is not checked.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Actors, joined by `+`; `-` is nobody, `*` is anybody or nobody.
    pub source: String,
    /// PLOVER type.
    pub event: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// As source; `=` is a joint act.
    pub target: String,
    /// Status.
    pub status: Option<String>,
    /// Who says so.
    pub speaker: Option<String>,
    /// ISO date; `-` is none.
    pub date: Option<String>,
    /// Name of the place.
    pub place: Option<String>,
    /// attempted or failed.
    pub completion: Option<String>,
    /// PLOVER contexts, all of which must be there.
    pub contexts: Vec<String>,
    /// The dead.
    pub killed: Option<u64>,
    /// The injured.
    pub injured: Option<u64>,
    /// Whom it is about.
    pub about: Option<String>,
}

impl Expected {
    /// Reads `SOURCE TYPE[/mode] TARGET [status] [attempted|failed] [by SPEAKER] [on DATE] [in PLACE] [killed N]
    /// [injured N] [context A,B] [about ACTOR]`.
    pub fn parse(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let kind = words.iter().position(|w| {
            w.len() > 2 && w.split(['/', '|']).next().is_some_and(|t| EventType::parse(t).is_some())
        })?;
        let after = |key: &str| {
            words
                .iter()
                .skip(kind + 2)
                .position(|w| *w == key)
                .and_then(|p| words.get(kind + 3 + p))
                .map(|w| (*w).to_owned())
        };
        let (event, mode) =
            words[kind].split_once('/').map_or((words[kind], None), |(e, m)| (e, Some(m.to_owned())));
        Some(Self {
            source: words[..kind].join(" "),
            event: event.to_owned(),
            mode,
            target: words.get(kind + 1).map_or_else(|| "-".to_owned(), |w| (*w).to_owned()),
            status: words
                .iter()
                .skip(kind + 2)
                .find(|w| w.split('|').all(|s| STATUSES.contains(&s)))
                .map(|w| (*w).to_owned()),
            speaker: after("by"),
            date: after("on"),
            place: after("in"),
            completion: words
                .iter()
                .skip(kind + 2)
                .find(|w| COMPLETIONS.contains(w))
                .map(|w| (*w).to_owned()),
            contexts: after("context")
                .map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect()),
            killed: number(after("killed"))?,
            injured: number(after("injured"))?,
            about: after("about"),
        })
    }

    /// Whether one of the events is what is expected.
    pub fn found_in(&self, report: &Report) -> bool {
        report.events().any(|e| self.matches(e))
    }

    /// Whether that event is what is expected.
    pub fn matches(&self, event: &Event) -> bool {
        let joint = self.target == "=";
        one_of(&self.event, &event.plover.event)
            && self.mode.as_ref().is_none_or(|m| event.plover.mode.contains(m))
            && are(&self.source, &event.source)
            && (if joint {
                event.reciprocal && event.source.len() > 1
            } else {
                are(&self.target, &event.target) || (event.reciprocal && all_in(&self.target, &event.source))
            })
            && self.status.as_ref().is_none_or(|s| one_of(s, &event.status))
            && self.speaker.as_ref().is_none_or(|s| {
                event.attribution.iter().any(|a| {
                    a.name.as_ref().is_some_and(|n| fits(s, n))
                        || a.who.as_ref().is_some_and(|w| fits(s, &w.text))
                })
            })
            && self
                .date
                .as_ref()
                .is_none_or(|d| event.date.as_ref().and_then(|x| x.value.as_deref()).unwrap_or("-") == d)
            && self.place.as_ref().is_none_or(|p| event.place.as_ref().is_some_and(|x| &x.name == p))
            && self.details_match(event)
    }

    fn details_match(&self, event: &Event) -> bool {
        let lost = event.casualties.as_ref();
        self.completion.as_ref().is_none_or(|c| event.completion.as_ref() == Some(c))
            && self.contexts.iter().all(|c| event.plover.context.contains(c))
            && self.killed.is_none_or(|n| lost.and_then(|l| l.killed) == Some(n))
            && self.injured.is_none_or(|n| lost.and_then(|l| l.injured) == Some(n))
            && self.about.as_ref().is_none_or(|a| all_in(a, &event.about))
    }
}

const STATUSES: &[&str] =
    &["asserted", "alleged", "conditional", "hypothetical", "planned", "denied", "negated"];
const COMPLETIONS: &[&str] = &["attempted", "failed"];

/// A count, if one is written; `None` if it is no number.
#[allow(clippy::option_option, reason = "not written is not the same as not readable")]
fn number(word: Option<String>) -> Option<Option<u64>> {
    word.map_or(Some(None), |n| n.parse().ok().map(Some))
}

/// Whether `found` is one of the alternatives, which are written with `|`.
fn one_of(expected: &str, found: &str) -> bool {
    expected.split('|').any(|one| one == found)
}

fn are(expected: &str, actors: &[ActorRef]) -> bool {
    match expected {
        "-" => actors.is_empty(),
        "*" => true,
        _ => all_in(expected, actors),
    }
}

fn all_in(expected: &str, actors: &[ActorRef]) -> bool {
    expected.split('+').all(|one| actors.iter().any(|a| is(one, a)))
}

/// Whether the actor is the one meant: a country's code or words of the name or text.
pub fn is(expected: &str, actor: &ActorRef) -> bool {
    actor.country.as_deref() == Some(expected)
        || fits(expected, &actor.name)
        || actor.text.as_deref().is_some_and(|t| fits(expected, t))
}

fn fits(expected: &str, name: &str) -> bool {
    name.to_lowercase().contains(&expected.to_lowercase())
}

/// One line per event, for messages.
pub fn show(report: &Report) -> String {
    let actors = |list: &[ActorRef]| {
        list.iter()
            .map(|a| format!("{}({})", a.name, a.country.as_deref().unwrap_or("-")))
            .collect::<Vec<_>>()
            .join("+")
    };
    let line = |e: &Event| {
        format!(
            "{} {}/{} {} {} by {:?} on {:?} in {:?}",
            actors(&e.source),
            e.plover.event,
            e.plover.mode.join(","),
            if e.reciprocal { "=".to_owned() } else { actors(&e.target) },
            e.status,
            e.attribution.iter().skip(1).filter_map(|a| a.name.clone()).collect::<Vec<_>>(),
            e.date.as_ref().and_then(|d| d.value.clone()),
            e.place.as_ref().map(|p| p.name.clone())
        )
    };
    let events: Vec<String> = report.events().map(line).collect();
    let passed: Vec<String> = report.skipped().map(|s| format!("[{}: {}]", s.words.text, s.reason)).collect();
    format!(
        "{} {}",
        if events.is_empty() { "nothing".to_owned() } else { events.join(" | ") },
        passed.join(" ")
    )
}
