//! Charts, networks, maps and lists say what a recount of the rows says, now and as of any day.

use jiff::Timestamp;
use jiff::civil::date;
use tidings_ledger::{EventRow, Level, Order, Period, Query, SeriesRow, Split};

use crate::harness::{Desk, place, story};

const WHO: [&str; 4] = ["NOR", "ISL", "DNK-navy", "SWE"];
const KINDS: [&str; 3] = ["ACCUSE", "AID", "ASSAULT"];
const STATUSES: [&str; 3] = ["asserted", "alleged", "denied"];
const OUTLETS: [&str; 3] = ["Island Post", "Fjord News", "Sound Times"];

/// Stories about different parties, types, days and places; some are coded twice, some are one event told twice.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for n in 0..60_usize {
        let text = format!("The envoy acted over ferry number{} near the harbour.", n % 50);
        let day = format!("20{:02}-{:02}-{:02}", 18 + n % 3, 1 + n % 12, 1 + n % 28);
        let target = if n % 7 == 0 { "" } else { WHO[(n / 2 + 1) % 4] };
        story(&format!("s{n}"), &text)
            .by(OUTLETS[n % 3], &day)
            .engine(if n < 50 { "tidings 0.1.0" } else { "tidings 0.2.0" })
            .event(KINDS[n % 3], "acted", [WHO[n % 4], target], |e| {
                e.status = STATUSES[n % 5 % 3].to_owned();
                e.plover.score = (n % 4 > 0).then_some(n as f64 / 10.0 - 3.0);
                if n % 11 == 0 {
                    e.target = Vec::new();
                    e.source = vec![crate::harness::actor("NOR"), crate::harness::actor("ISL")];
                    e.reciprocal = true;
                }
                if n % 2 == 0 {
                    let town = if n % 4 == 0 { place("Bergen", "NOR", 1) } else { place("Hofn", "ISL", 2) };
                    e.place =
                        Some(tidings_coding::records::PlaceRef { lat: Some(60.0), lon: Some(5.5), ..town });
                }
            })
            .add_to(&mut desk.ledger, n as i64);
    }
    desk
}

fn all(desk: &Desk, query: &Query) -> Vec<EventRow> {
    let mut query = Query { limit: Some(7), ..query.clone() };
    let mut rows = Vec::new();
    loop {
        let page = desk.ledger.events(&query).expect("answered");
        rows.extend(page.rows);
        query.after = page.next;
        if query.after.is_none() {
            return rows;
        }
    }
}

fn questions() -> Vec<Query> {
    let base = Query::default;
    let some = |text: &str| Some(text.to_owned());
    let at = |second| Some(Timestamp::from_second(second).expect("time"));
    let plain = vec![
        base(),
        Query { from: Some(date(2019, 1, 1)), to: Some(date(2019, 6, 30)), ..base() },
        Query { actor: some("NOR"), ..base() },
        Query { actor: some("DNK-navy"), ..base() },
        Query { actor: some("NOR"), with: some("ISL"), ..base() },
        Query { source: some("NOR"), target: some("DNK"), ..base() },
        Query { event_type: some("AID"), status: some("alleged"), ..base() },
        Query { quad: Some(4), place: some("Bergen"), ..base() },
        Query { place: some("ISL"), ..base() },
        Query { outlet: some("Fjord News"), ..base() },
        Query { text: some("number7"), ..base() },
        Query { text: some("ferry harbour"), outlet: some("Island Post"), ..base() },
        Query { event_type: some("PROTEST"), ..base() },
    ];
    let past = plain.iter().flat_map(|q| [30, 52].map(|second| Query { as_of: at(second), ..q.clone() }));
    plain.iter().cloned().chain(past).collect()
}

/// The conditions of a question, over an event as it is shown, without those on its articles.
fn fits(query: &Query, event: &EventRow) -> bool {
    let side = |codes: &Option<String>, ids: &Option<String>, who: &str| {
        [codes, ids].into_iter().flatten().any(|all| all.split("; ").any(|one| one == who))
    };
    let acts = |who: &str| side(&event.source_iso3, &event.source_entity, who);
    let suffers = |who: &str| side(&event.target_iso3, &event.target_entity, who);
    let day = event.event_date.clone().unwrap_or_default();
    let pair = |a: &str, b: &str| {
        acts(a) && suffers(b) || acts(b) && suffers(a) || event.target.is_none() && acts(a) && acts(b)
    };
    query.from.is_none_or(|d| day >= d.to_string())
        && query.to.is_none_or(|d| day <= d.to_string())
        && query.actor.as_ref().is_none_or(|a| acts(a) || suffers(a))
        && query.with.as_ref().is_none_or(|b| pair(query.actor.as_deref().unwrap_or_default(), b))
        && query.source.as_ref().is_none_or(|a| acts(a))
        && query.target.as_ref().is_none_or(|a| suffers(a))
        && query.event_type.as_ref().is_none_or(|t| event.event_type == *t)
        && query.status.as_ref().is_none_or(|s| event.status == *s)
        && query.quad.is_none_or(|q| event.quad_class == q)
        && query
            .place
            .as_ref()
            .is_none_or(|p| event.place.as_ref() == Some(p) || event.place_country.as_ref() == Some(p))
}

#[test]
fn every_filter_gives_the_events_that_fit_it_and_no_other() {
    let desk = desk();
    let mut told_apart = 0;
    for query in questions() {
        let found = all(&desk, &query);
        let everything = all(&desk, &Query { as_of: query.as_of, ..Query::default() });
        let article = query.text.is_some() || query.outlet.is_some();
        let expected = everything.iter().filter(|e| fits(&query, e));
        if article {
            assert!(found.iter().all(|e| fits(&query, e)) && found.len() < everything.len(), "{query:?}");
        } else {
            assert!(expected.eq(found.iter()), "{query:?}");
        }
        told_apart += usize::from(!found.is_empty() && found.len() < everything.len());
    }
    assert!(told_apart > 25, "{told_apart}");
}

#[test]
fn the_article_filters_find_the_events_of_the_article() {
    let desk = desk();
    let of = |query: &Query| all(&desk, query).into_iter().map(|e| e.event_id).collect::<Vec<_>>();
    let told = of(&Query { text: Some("number7".into()), ..Query::default() });
    assert_eq!(told.len(), 1);
    let by = of(&Query { outlet: Some("Fjord News".into()), ..Query::default() });
    let counted: i64 = desk.query(
        "SELECT count(DISTINCT event) FROM membership JOIN report ON report.id = report JOIN publication USING (document) \
         WHERE membership.until IS NULL AND outlet = 'Fjord News'",
    );
    assert_eq!(by.len() as i64, counted);
}

#[test]
fn a_series_is_the_count_of_the_list() {
    let desk = desk();
    for query in questions() {
        let events = all(&desk, &query);
        for (period, digits) in [(Period::Day, 10), (Period::Month, 7), (Period::Year, 4)] {
            for split in [Split::None, Split::Type, Split::Quad, Split::Status] {
                let rows = desk.ledger.series(&query, period, split, false).expect("answered");
                for row in &rows {
                    let here = |e: &&EventRow| {
                        let part = match split {
                            Split::None => None,
                            Split::Type => Some(e.event_type.clone()),
                            Split::Quad => Some(e.quad_class.to_string()),
                            Split::Status => Some(e.status.clone()),
                        };
                        e.event_date.as_deref().unwrap_or_default().get(..digits) == Some(&row.period)
                            && part == row.split
                    };
                    let counted: Vec<&EventRow> = events.iter().filter(here).collect();
                    let scores: Vec<f64> = counted.iter().filter_map(|e| e.plover_score).collect();
                    let mean = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
                    assert_eq!(
                        (row.events, row.reports),
                        (counted.len() as i64, counted.iter().map(|e| e.n_reports).sum())
                    );
                    assert!(match (row.mean_score, mean) {
                        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                        (a, b) => a == b,
                    });
                }
                assert_eq!(rows.iter().map(|r| r.events).sum::<i64>(), events.len() as i64);
            }
        }
    }
}

#[test]
fn normalised_counts_are_events_for_every_hundred_documents() {
    let desk = desk();
    let series =
        |query: &Query| desk.ledger.series(query, Period::Year, Split::None, true).expect("answered");
    let documents = |rows: &[SeriesRow]| rows.iter().map(|r| r.documents.unwrap_or(0)).collect::<Vec<_>>();
    let everywhere = series(&Query::default());
    // Ten texts came out twice, three of them first in another year.
    assert_eq!(documents(&everywhere), [20, 17, 13]);
    let row = &everywhere[0];
    assert_eq!(row.per_100_documents, Some(100.0 * row.events as f64 / 20.0));
    // 50 texts; those that a second outlet printed count where it printed them.
    let one = series(&Query { outlet: Some("Fjord News".into()), ..Query::default() });
    let counted: i64 =
        desk.query("SELECT count(DISTINCT document) FROM publication WHERE outlet = 'Fjord News'");
    assert_eq!(documents(&one).iter().sum::<i64>(), counted);
    let weeks = desk.ledger.series(&Query::default(), Period::Week, Split::None, false).expect("answered");
    assert!(weeks.iter().all(|r| r.period.len() == 8 && r.period.contains("-W")), "{weeks:?}");
}

#[test]
fn a_dyad_counts_both_directions() {
    let desk = desk();
    for query in [
        Query::default(),
        Query { as_of: Some(Timestamp::from_second(30).expect("time")), ..Query::default() },
    ] {
        let dyad = desk.ledger.dyad("NOR", "ISL", &query, Period::Month).expect("answered");
        let list =
            all(&desk, &Query { actor: Some("NOR".into()), with: Some("ISL".into()), ..query.clone() });
        assert!(!list.is_empty());
        assert_eq!(dyad.series.iter().map(|r| r.events).sum::<i64>(), list.len() as i64);
        assert_eq!(dyad.types.iter().map(|r| r.events).sum::<i64>(), list.len() as i64);
        let together = list.iter().filter(|e| e.target.is_none()).count() as i64;
        assert!(together > 0);
        assert_eq!(dyad.directions.iter().map(|d| d.events).sum::<i64>(), list.len() as i64 + together);
        let known = all(&desk, &Query { actor: Some("NOR".into()), as_of: query.as_of, ..Query::default() });
        assert_eq!((dyad.a.entity.as_str(), dyad.a.n_events), ("NOR", known.len() as i64));
    }
    let nobody = desk.ledger.dyad("NOR", "XXX", &Query::default(), Period::Month).expect("answered");
    assert!(nobody.series.is_empty() && nobody.b.n_events == 0 && nobody.b.name == "XXX");
    let months = desk.ledger.dyad_months(&Query::default()).expect("answered");
    let both: i64 = months
        .iter()
        .filter(|m| [("NOR", "ISL"), ("ISL", "NOR")].contains(&(m.source.as_str(), m.target.as_str())))
        .map(|m| m.events)
        .sum();
    let dyad = desk.ledger.dyad("NOR", "ISL", &Query::default(), Period::Year).expect("answered");
    assert_eq!(both, dyad.directions.iter().map(|d| d.events).sum::<i64>());
}

#[test]
fn networks_and_maps_add_up() {
    let desk = desk();
    for query in questions() {
        let events = all(&desk, &query);
        let network = desk.ledger.network(&query, Level::Country, None).expect("answered");
        for node in &network.nodes {
            let here = |e: &&EventRow| {
                [&e.source_iso3, &e.target_iso3]
                    .into_iter()
                    .flatten()
                    .any(|all| all.split("; ").any(|c| c == node.entity))
            };
            assert_eq!(node.events, events.iter().filter(here).count() as i64, "{}", node.entity);
        }
        let has =
            |codes: &Option<String>, code: &str| codes.iter().any(|all| all.split("; ").any(|c| c == code));
        let mut edges = Vec::new();
        for (a, b) in
            network.nodes.iter().flat_map(|a| network.nodes.iter().map(move |b| (&a.entity, &b.entity)))
        {
            let acts = |e: &&EventRow| {
                has(&e.source_iso3, a) && has(&e.target_iso3, b)
                    || e.target.is_none() && a != b && has(&e.source_iso3, a) && has(&e.source_iso3, b)
            };
            let counted: Vec<&EventRow> = events.iter().filter(acts).collect();
            let conflict = counted.iter().filter(|e| e.quad_class > 2).count() as i64;
            let reports: i64 = counted.iter().map(|e| e.n_reports).sum();
            if !counted.is_empty() {
                edges.push((a.clone(), b.clone(), counted.len() as i64, reports, conflict));
            }
        }
        let mut told: Vec<_> = network
            .edges
            .iter()
            .map(|e| (e.source.clone(), e.target.clone(), e.events, e.reports, e.events - e.cooperation))
            .collect();
        edges.sort();
        told.sort();
        assert_eq!(told, edges, "{query:?}");
        let map = desk.ledger.map(&query).expect("answered");
        let placed = events.iter().filter(|e| e.latitude.is_some()).count() as i64;
        assert_eq!(map.iter().map(|r| r.events).sum::<i64>(), placed);
        for row in &map {
            let last = events
                .iter()
                .filter(|e| e.place.as_ref() == Some(&row.place))
                .filter_map(|e| e.event_date.clone())
                .max();
            assert_eq!(row.last_date, last);
        }
    }
    let actors = desk.ledger.network(&Query::default(), Level::Actor, Some(2)).expect("answered");
    assert_eq!(actors.nodes.len(), 2);
    assert!(actors.edges.iter().all(|e| actors.nodes.iter().any(|n| n.entity == e.source)));
}

#[test]
fn both_orders_of_a_list_mirror_each_other() {
    let desk = desk();
    let newest = all(&desk, &Query::default());
    let mut oldest = all(&desk, &Query { order: Order::Oldest, ..Query::default() });
    oldest.reverse();
    assert_eq!(newest, oldest);
    assert!(newest.is_sorted_by(|a, b| a.event_date >= b.event_date) && newest.len() > 20);
}

#[test]
fn the_overview_counts_what_is_there() {
    let desk = desk();
    let view = desk.ledger.overview(&Query::default()).expect("answered");
    let events = all(&desk, &Query::default());
    assert_eq!((view.documents, view.events), (50, events.len() as i64));
    assert_eq!(view.reports, events.iter().map(|e| e.n_reports).sum::<i64>());
    assert_eq!((view.outlets, view.actors), (3, 4));
    assert_eq!(view.first_date, events.iter().filter_map(|e| e.event_date.clone()).min());
    assert_eq!((view.newest.len(), view.new_documents.len()), (20.min(events.len()), 10));
    assert_eq!(
        view.coverage.iter().map(|c| c.documents).sum::<i64>(),
        desk.query::<i64>("SELECT count(*) FROM publication")
    );
    let then = desk
        .ledger
        .overview(&Query { as_of: Some(Timestamp::from_second(9).expect("time")), ..Query::default() });
    let then = then.expect("answered");
    assert_eq!((then.documents, then.reports, then.revision), (10, 10, 10));
}

#[test]
fn actors_are_found_while_one_types_the_best_known_first() {
    let desk = desk();
    let names = |query: &Query| -> Vec<String> {
        desk.ledger.actors(query).expect("answered").rows.into_iter().map(|a| a.entity).collect()
    };
    let typed = |text: &str| Query { text: Some(text.to_owned()), ..Query::default() };
    assert_eq!(names(&typed("dnk")), ["DNK-navy"]);
    assert_eq!(names(&typed("NAVY")), ["DNK-navy"]);
    assert_eq!(names(&typed("o")), ["NOR"]);
    for nothing in ["zebra", "%", "' OR 1=1", "\0"] {
        assert!(names(&typed(nothing)).is_empty(), "{nothing}");
    }
    let everybody = desk.ledger.actors(&Query::default()).expect("answered").rows;
    assert!(everybody.is_sorted_by(|a, b| a.n_events >= b.n_events) && everybody.len() == 4);
    let mut query = Query { limit: Some(1), ..Query::default() };
    let mut one_by_one = Vec::new();
    loop {
        let page = desk.ledger.actors(&query).expect("answered");
        one_by_one.extend(page.rows);
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(one_by_one, everybody);
    for actor in &everybody {
        let events = all(&desk, &Query { actor: Some(actor.entity.clone()), ..Query::default() });
        assert_eq!(actor.n_events, events.len() as i64, "{}", actor.entity);
    }
}

#[test]
fn a_reader_sees_what_another_process_writes() {
    let mut desk = desk();
    let reader = desk.ledger.reader().expect("opens");
    let other = tidings_ledger::Ledger::open_read_only(&desk.path()).expect("opens");
    let count =
        |ledger: &tidings_ledger::Ledger| ledger.overview(&Query::default()).expect("answered").events;
    let before = count(&other);
    assert_eq!((count(&reader), count(&desk.ledger)), (before, before));
    desk.add(
        &story("late", "Sweden aided Finland with a snow plough.").by("Island Post", "2021-01-01").event(
            "AID",
            "aided",
            ["SWE", "FIN"],
            |_| {},
        ),
    );
    assert_eq!([count(&other), count(&reader), count(&desk.ledger)], [before + 1; 3]);
}
