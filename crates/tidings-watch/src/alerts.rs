//! What is told of: events that a rule fits, and dyads whose score has changed.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tidings_ledger::{EventRow, Ledger, Period, Query};

use crate::config::{AlertRule, ScoreChange};
use crate::state::{Delivery, State, Target};

/// Something that somebody wants to know. Fields that do not apply are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alert {
    /// The same for the same news: whoever is told twice can tell.
    pub id: String,
    /// Name of the rule.
    pub alert: String,
    /// When it was told first.
    pub at: Option<Timestamp>,
    /// In words.
    pub summary: String,
    /// The event in the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// Its PLOVER type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_type: Option<String>,
    /// asserted, alleged …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Its day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_date: Option<String>,
    /// Who acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who is acted upon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Its PLOVER score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The mean score before, for a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_before: Option<f64>,
    /// The words that tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// The article in the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_id: Option<String>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

/// The article that told something new.
pub(crate) struct Origin<'a> {
    pub(crate) document_id: &'a str,
    pub(crate) url: Option<&'a str>,
    pub(crate) outlet: Option<&'a str>,
    pub(crate) at: Timestamp,
}

/// Puts alerts on the events of an article into the outbox.
pub(crate) fn of_article(
    rules: &[AlertRule],
    ledger: &Ledger,
    origin: &Origin,
    state: &mut State,
) -> Result<usize, tidings_ledger::Error> {
    let Some(page) = ledger.document(origin.document_id, &Query::default())? else { return Ok(0) };
    let mut told = 0;
    let mut seen: Vec<&str> = Vec::new();
    for event_id in page.events.iter().filter_map(|told| told.event_id.as_deref()) {
        if seen.contains(&event_id) {
            continue;
        }
        seen.push(event_id);
        let Some(page) = ledger.event(event_id, &Query::default())? else { continue };
        for rule in rules.iter().filter(|rule| rule.score_change.is_none() && rule.fits(&page.event)) {
            let event = &page.event;
            // What was alleged and is asserted now is news again.
            let key = format!("{} {}", event.event_id, event.status);
            if remember(state, rule, &key) {
                put(rule, of_event(rule, event, origin, &key), state);
                told += 1;
            }
        }
    }
    Ok(told)
}

/// Puts alerts on dyads whose score has changed into the outbox.
pub(crate) fn of_scores(
    rules: &[AlertRule],
    ledger: &Ledger,
    now: Timestamp,
    state: &mut State,
) -> Result<usize, tidings_ledger::Error> {
    let today = Offset::UTC.to_datetime(now).date();
    let mut told = 0;
    for rule in rules {
        let (Some(change), Some([a, b])) = (rule.score_change, &rule.dyad) else { continue };
        let Some((before, after)) = means(ledger, a, b, change, today)? else { continue };
        if (after - before).abs() < change.by {
            continue;
        }
        // Once for a period: its days are numbered from a day that never changes.
        let period =
            today.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24 / i64::from(change.days);
        let direction = if after > before { "up" } else { "down" };
        let key = format!("{period} {direction}");
        if remember(state, rule, &key) {
            let summary = format!(
                "{a} and {b}: the mean score of {} days went {direction} from {before:.1} to {after:.1}",
                change.days
            );
            let alert = Alert {
                id: hash(&[rule.name.get_ref(), &key]),
                alert: rule.name.get_ref().clone(),
                at: Some(now),
                summary,
                source: Some(a.clone()),
                target: Some(b.clone()),
                score: Some(after),
                score_before: Some(before),
                ..Alert::default()
            };
            put(rule, alert, state);
            told += 1;
        }
    }
    Ok(told)
}

/// The mean scores of a dyad in the days before and in the last ones; none if either has too few events.
fn means(
    ledger: &Ledger,
    a: &str,
    b: &str,
    change: ScoreChange,
    today: Date,
) -> Result<Option<(f64, f64)>, tidings_ledger::Error> {
    let back = |days: i64| today.saturating_sub(jiff::Span::new().days(days));
    let days = i64::from(change.days);
    let mean = |from: Date, to: Date| -> Result<Option<f64>, tidings_ledger::Error> {
        let query = Query { from: Some(from), to: Some(to), ..Query::default() };
        let dyad = ledger.dyad(a, b, &query, Period::Day)?;
        let scored = || dyad.directions.iter().filter_map(|d| Some((d.events, d.mean_score?)));
        let events: i64 = scored().map(|(events, _)| events).sum();
        let sum: f64 = scored().map(|(events, mean)| events as f64 * mean).sum();
        Ok((events >= change.at_least.max(1)).then(|| sum / events as f64))
    };
    let before = mean(back(2 * days - 1), back(days))?;
    let after = mean(back(days - 1), today)?;
    Ok(before.zip(after))
}

impl AlertRule {
    /// Whether an event is what the rule asks for.
    fn fits(&self, event: &EventRow) -> bool {
        let source = |who: &str| is(who, [&event.source_iso3, &event.source_entity, &event.source]);
        let target = |who: &str| is(who, [&event.target_iso3, &event.target_entity, &event.target]);
        let dyad = |[a, b]: &[String; 2]| {
            // What parties do together has all of them as sources.
            source(a) && (target(b) || event.target.is_none() && source(b)) || source(b) && target(a)
        };
        let score = event.plover_score;
        self.actor.as_deref().is_none_or(|who| source(who) || target(who))
            && self.source.as_deref().is_none_or(source)
            && self.target.as_deref().is_none_or(target)
            && self.dyad.as_ref().is_none_or(dyad)
            && (self.types.is_empty() || self.types.contains(&event.event_type))
            && (self.status.is_empty() || self.status.contains(&event.status))
            && self.min_score.is_none_or(|least| score.is_some_and(|s| s >= least))
            && self.max_score.is_none_or(|most| score.is_some_and(|s| s <= most))
    }
}

/// Whether somebody is among those of a side: by code, id or name.
fn is(who: &str, side: [&Option<String>; 3]) -> bool {
    side.into_iter().flatten().any(|all| all.split("; ").any(|one| one == who))
}

fn of_event(rule: &AlertRule, event: &EventRow, origin: &Origin, key: &str) -> Alert {
    let who = |side: &Option<String>| side.clone().unwrap_or_else(|| "somebody".to_owned());
    let summary = format!(
        "{} → {}: {} ({})",
        who(&event.source),
        event.target.clone().unwrap_or_else(|| "—".to_owned()),
        event.event_type,
        event.status
    );
    Alert {
        id: hash(&[rule.name.get_ref(), key]),
        alert: rule.name.get_ref().clone(),
        at: Some(origin.at),
        summary,
        event_id: Some(event.event_id.clone()),
        event_type: Some(event.event_type.clone()),
        status: Some(event.status.clone()),
        event_date: event.event_date.clone(),
        source: event.source.clone(),
        target: event.target.clone(),
        score: event.plover_score,
        sentence: Some(event.sentence.clone()),
        document_id: Some(origin.document_id.to_owned()),
        url: origin.url.map(str::to_owned),
        outlet: origin.outlet.map(str::to_owned),
        ..Alert::default()
    }
}

/// More than this is forgotten, the ids that come first before the others.
const MOST_TOLD: usize = 50_000;

/// Notes that a rule tells this now; whether it is the first time.
fn remember(state: &mut State, rule: &AlertRule, key: &str) -> bool {
    let told = state.told.entry(rule.name.get_ref().clone()).or_default();
    let is_new = told.insert(key.to_owned());
    while told.len() > MOST_TOLD {
        told.pop_first();
    }
    is_new
}

/// Into the outbox, once for each place that the rule names.
fn put(rule: &AlertRule, alert: Alert, state: &mut State) {
    let webhook = rule
        .webhook
        .as_ref()
        .map(|url| Target::Webhook { url: url.get_ref().clone(), private: rule.private_webhook });
    let file = rule.file.clone().map(Target::File);
    let feed = rule.feed.clone().map(Target::Feed);
    for to in [file, webhook, feed].into_iter().flatten() {
        state.outbox.push(Delivery { alert: alert.clone(), to, failures: 0, next: None });
    }
}

fn hash(words: &[&str]) -> String {
    let mut digest = Sha256::new();
    for word in words {
        digest.update(word.as_bytes());
        digest.update([0]);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
