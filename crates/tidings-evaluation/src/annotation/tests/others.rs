//! Quotes, segments, statements, time expressions and entities.

use serde_json::{Value, json};

use super::super::Measure;
use super::{close, f1, score, words};

fn quote(start: u32, end: u32, name: &str) -> Value {
    json!({"record": "quote", "id": "Q1", "kind": "full", "start": start, "end": end, "speaker_name": name, "speaker_country": "NOR"})
}

#[test]
fn quotes_by_span_and_speaker() {
    let scores = |system: &[Value]| score(&[quote(0, 100, "Ingrid Dahl")], system);
    let near = scores(&[quote(0, 92, "Dahl")]);
    close(f1(&near, Measure::Quote), 1.0);
    let far = scores(&[quote(0, 60, "Berg")]);
    close(f1(&far, Measure::QuoteSpan), 0.6);
    close(f1(&far, Measure::QuoteSpeaker), 0.5);
    close(f1(&far, Measure::Quote), 0.3);
    close(f1(&scores(&[quote(0, 40, "Dahl")]), Measure::QuoteSpan), 0.0);
}

#[test]
fn a_quote_that_is_printed_twice_is_wanted_once() {
    let mut again = quote(200, 300, "Dahl");
    again["kind"] = json!("duplicate");
    let gold = [quote(0, 100, "Dahl"), again];
    close(f1(&score(&gold, &[quote(0, 100, "Dahl"), quote(200, 300, "Dahl")]), Measure::Quote), 1.0);
    close(f1(&score(&gold, &[quote(0, 100, "Dahl"), quote(400, 500, "Dahl")]), Measure::Quote), 2.0 / 3.0);
}

#[test]
fn segments_by_what_is_removed_and_by_kind() {
    let segment = |kind: &str, start: u32, end: u32, remove: bool| json!({"record": "segment", "kind": kind, "start": start, "end": end, "remove": remove});
    let gold = [segment("headline", 0, 40, false), segment("photo_credit", 50, 60, true)];
    let scores = score(
        &gold,
        &[segment("headline", 0, 30, false), segment("embed", 45, 55, true), segment("embed", 50, 55, true)],
    );
    close(f1(&scores, Measure::SegmentKind), 1.0);
    close(f1(&scores, Measure::Boilerplate), 0.5);
}

#[test]
fn commitments_by_parties_near_the_words() {
    let pact = |name: &str, start: u32| json!({"record": "commitment", "sentence": words(start, start + 50), "parties": [{"name": name, "country": "PER"}]});
    close(f1(&score(&[pact("Peru", 0)], &[pact("Peru", 10)]), Measure::Commitment), 0.85 + 0.15);
    close(f1(&score(&[pact("Peru", 0)], &[pact("Lima", 10)]), Measure::Commitment), 0.5);
    close(f1(&score(&[pact("Peru", 0)], &[pact("Peru", 60)]), Measure::Commitment), 0.0);
}

#[test]
fn contradictions_in_either_order_and_names_at_will() {
    let clash = |kind: &str, a: u32, b: u32| json!({"record": "contradiction", "kind": kind, "a": words(a, a + 10), "b": words(b, b + 10)});
    let gold = [clash("factual", 0, 100), clash("naming", 200, 300)];
    close(f1(&score(&gold, &[clash("x", 105, 5), clash("y", 200, 300)]), Measure::Contradiction), 1.0);
    close(f1(&score(&gold, &[clash("x", 0, 50)]), Measure::Contradiction), 0.0);
}

#[test]
fn relations_either_way_round_unless_directed() {
    let relation = |a: &str, b: &str, directed: bool| {
        let actor = |country: &str| json!([{"name": country, "country": country}]);
        json!({"record": "relation", "type": "rival", "sentence": words(0, 50), "a": actor(a), "b": actor(b), "directed": directed})
    };
    close(
        f1(&score(&[relation("NOR", "PER", false)], &[relation("PER", "NOR", false)]), Measure::Relation),
        1.0,
    );
    close(
        f1(&score(&[relation("NOR", "PER", true)], &[relation("PER", "NOR", true)]), Measure::Relation),
        0.0,
    );
}

#[test]
fn time_expressions_by_their_days() {
    let timex = |start: u32, value: Value| json!({"record": "timex", "start": start, "end": start + 10, "value": value, "accept": ["2026"]});
    let right = |gold: Value, system: Value| f1(&score(&[gold], &[system]), Measure::TimeValue);
    close(right(timex(0, json!("2026-05")), timex(2, json!("2026-05-01/2026-05-31"))), 1.0);
    close(right(timex(0, json!("2026-05")), timex(0, json!("2026"))), 1.0);
    close(right(timex(0, json!("2026-05")), timex(0, json!("2027"))), 0.0);
    close(right(timex(0, json!(null)), timex(0, json!(null))), 1.0);
    close(right(timex(0, json!("2026-05")), timex(9, json!("2026-05"))), 0.0);
}

#[test]
fn persons_by_name_or_mention_with_country_and_role() {
    let person = |name: &str, country: &str, role: &str, start: u32| {
        json!({"record": "entity", "id": name, "kind": "person", "name": name, "country": country, "role": role,
            "mentions": [{"start": start, "end": start + 10, "form": "name", "text": name}]})
    };
    let gold = [person("Ingrid Dahl", "NOR", "foreign minister", 0), person("Luis Ayala", "PER", "", 50)];
    let scores = score(
        &gold,
        &[person("Dahl", "SWE", "minister of foreign affairs", 90), person("Aiala", "PER", "", 50)],
    );
    close(f1(&scores, Measure::PersonFound), 1.0);
    close(f1(&scores, Measure::PersonCountry), 0.5);
    close(f1(&scores, Measure::PersonRole), 1.0);
    assert_eq!(scores.totals.value(Measure::OrgFound), None);
}
