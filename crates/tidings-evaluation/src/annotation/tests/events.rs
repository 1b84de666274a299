//! Events: likeness, matching, attributes, quality.

use serde_json::json;

use super::super::{Measure, Outcome};
use super::{close, f1, quality, raid, score, with, words};

#[test]
fn an_event_is_like_itself_and_nothing_is_found_in_nothing() {
    let same = score(&[raid()], &[raid()]);
    close(same.totals.headline().value(), 1.0);
    for measure in Measure::all().filter(|m| m.is_attribute()) {
        close(f1(&same, measure), 1.0);
    }
    let nothing = score(&[raid()], &[]);
    close(nothing.totals.headline().value(), 0.0);
    assert_eq!(nothing.documents[0].pairings[0].outcome, Outcome::Missed);
}

#[test]
fn a_wrong_type_costs_what_it_weighs() {
    let other =
        with(&raid(), json!({"plover": {"event": "COERCE", "mode": ["raid"], "context": ["military"]}}));
    close(quality(&raid(), &other), 0.58);
    let scores = score(&[raid()], &[other]);
    close(f1(&scores, Measure::Type), 0.0);
    close(f1(&scores, Measure::Quad), 1.0);
    let accepting = with(&raid(), json!({"alt": {"event": ["AID"]}}));
    close(quality(&accepting, &with(&raid(), json!({"plover": {"event": "AID"}}))), 1.0);
}

#[test]
fn a_claim_that_is_stored_as_a_fact_is_worth_half() {
    let alleged = with(&raid(), json!({"status": "alleged"}));
    close(quality(&alleged, &raid()), 0.5 * (0.6 + 0.4 * 0.625));
    assert_eq!(
        score(std::slice::from_ref(&alleged), &[raid()]).claims_as_facts().collect::<Vec<_>>(),
        [("wire", "E01")]
    );
    close(quality(&raid(), &alleged), 0.6 + 0.4 * 0.625);
    let either = with(&alleged, json!({"alt": {"status": ["asserted"]}}));
    close(quality(&either, &raid()), 1.0);
}

#[test]
fn a_status_that_is_not_given_is_asserted_and_null_is_none() {
    let mut silent = raid();
    silent.as_object_mut().unwrap().remove("status");
    close(quality(&raid(), &silent), 1.0);
    close(quality(&raid(), &with(&raid(), json!({"status": null}))), 0.6 + 0.4 * 0.625);
}

#[test]
fn sudan_is_not_south_sudan() {
    let actor = |name: &str, country: &str| json!({"source": [{"name": name, "country": country, "sector": ["MIL"]}]});
    let source = |gold: serde_json::Value, system: serde_json::Value| {
        f1(&score(&[with(&raid(), gold)], &[with(&raid(), system)]), Measure::Source)
    };
    close(source(actor("Sudan", "SDN"), actor("South Sudan", "SSD")), 0.0);
    close(source(actor("Sudan", "SDN"), actor("Sudan", "SSD")), 0.65);
    close(source(actor("Amelie von Tornquist", "DEU"), actor("Tornquist", "DEU")), 1.0);
    close(source(actor("Amelie von Tornquist", "DEU"), actor("Berlin", "DEU")), 0.5);
}

#[test]
fn an_actor_without_a_name_is_known_by_words_place_and_kind() {
    let crowd = json!({
        "record": "entity", "id": "crowd", "name": "angry farmers", "kind": "group", "country": "PER", "generic": true,
        "mentions": [{"start": 50, "end": 60, "text": "the farmers", "form": "nominal"}, {"start": 70, "end": 74, "text": "they", "form": "pronoun"}],
    });
    let gold = [crowd, with(&raid(), json!({"source": [{"entity": "crowd", "sector": []}]}))];
    let source = |actor: serde_json::Value| {
        f1(&score(&gold, &[with(&raid(), json!({"source": [actor]}))]), Measure::Source)
    };
    close(source(json!({"name": "farmers", "country": "PER"})), 1.0);
    close(source(json!({"name": "demonstrators", "country": "PER"})), 0.5);
    close(source(json!({"name": "demonstrators", "country": "PER", "start": 51, "end": 60})), 1.0);
    close(source(json!({"name": "demonstrators", "country": "PER", "start": 70, "end": 73})), 0.5);
    close(source(json!({"name": "demonstrators", "country": "PER", "start": 70, "end": 74})), 1.0);
    close(source(json!({"name": "demonstrators", "country": null})), 0.0);
}

#[test]
fn an_accepted_actor_stands_for_one_or_for_all() {
    let both = json!({"name": "both states", "record": "entity", "id": "both", "kind": "group", "country": "IGO", "mentions": []});
    let gold = with(
        &raid(),
        json!({"source": [{"name": "Norway", "country": "NOR"}, {"name": "Iceland", "country": "ISL"}], "alt": {"source": ["both"]}}),
    );
    let source = |actors: serde_json::Value| {
        score(&[both.clone(), gold.clone()], &[with(&raid(), json!({"source": actors}))])
            .totals
            .count(Measure::Source)
    };
    let one = source(json!([{"name": "both states", "country": "IGO"}]));
    assert_eq!((one.credit, one.gold, one.system), (1.0, 1.0, 1.0));
    let more = source(
        json!([{"name": "Norway", "country": "NOR"}, {"name": "Iceland", "country": "ISL"}, {"name": "both states", "country": "IGO"}]),
    );
    assert_eq!((more.credit, more.gold, more.system), (2.0, 2.0, 2.0));
}

#[test]
fn what_parties_do_to_each_other_may_be_told_from_either_side() {
    let parties = raid();
    let all = json!([parties["source"][0], parties["target"][0]]);
    let talks = with(&raid(), json!({"reciprocal": true, "source": all, "target": []}));
    let scores = score(&[talks], &[raid()]);
    close(f1(&scores, Measure::Source), 1.0);
    close(f1(&scores, Measure::SourceCountry), 1.0);
    assert_eq!(scores.totals.value(Measure::Target), None);
}

#[test]
fn told_again_is_no_error_and_made_up_is_one() {
    let gold = with(&raid(), json!({"mentions": [words(100, 140)]}));
    let again = with(&raid(), json!({"id": "E02", "sentence": words(100, 140), "trigger": []}));
    let outcomes = |system: &[serde_json::Value]| {
        let pairings = score(std::slice::from_ref(&gold), system).documents[0].pairings.clone();
        pairings.iter().map(|p| p.outcome).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(&[raid(), again.clone()]), [Outcome::Matched, Outcome::Restated]);
    let elsewhere = with(&again, json!({"sentence": words(500, 540)}));
    assert_eq!(outcomes(&[raid(), elsewhere.clone()]), [Outcome::Matched, Outcome::Spurious]);
    let detected = |system: &[serde_json::Value]| {
        score(std::slice::from_ref(&gold), system).totals.count(Measure::Detect).system
    };
    close(detected(&[raid(), again]), 1.0);
    close(detected(&[raid(), elsewhere.clone()]), 2.0);
    close(detected(&[raid(), with(&elsewhere, json!({"plover": {}}))]), 1.5);
}

#[test]
fn optional_events_count_neither_way_and_secondary_ones_half() {
    let tier = |tier: &str| with(&raid(), json!({"tier": tier}));
    let detected = |tier_of_gold: &str, system: &[serde_json::Value]| {
        let count = score(&[tier(tier_of_gold)], system).totals.count(Measure::Detect);
        (count.system, count.gold)
    };
    assert_eq!(detected("optional", &[raid()]), (0.0, 0.0));
    assert_eq!(detected("optional", &[]), (0.0, 0.0));
    assert_eq!(detected("secondary", &[raid()]), (0.5, 0.5));
}

#[test]
fn a_sentence_is_known_by_its_words_or_its_triggers_too() {
    let text = words(0, 40)["text"].clone();
    close(quality(&raid(), &with(&raid(), json!({"sentence": {"text": text}}))), 1.0);
    close(quality(&raid(), &with(&raid(), json!({"sentence": null}))), 1.0);
    let lost = with(&raid(), json!({"sentence": {"text": "some other words"}}));
    assert_eq!(score(&[raid()], &[lost]).documents[0].pairings[0].outcome, Outcome::Missed);
}

#[test]
fn modes_contexts_and_codes() {
    let plover = |mode: &[&str], context: &[&str]| {
        with(
            &raid(),
            json!({"plover": {"event": "ASSAULT", "mode": mode, "context": context}, "cameo": "195"}),
        )
    };
    let scores = score(&[raid()], &[plover(&["raid", "arson"], &[])]);
    close(f1(&scores, Measure::Mode), 2.0 / 3.0);
    close(f1(&scores, Measure::Context), 0.0);
    close(f1(&scores, Measure::Cameo), 0.5);
}

#[test]
fn speakers_besides_the_outlet() {
    let voice =
        |name: &str, country: &str| json!({"by": name, "name": name, "country": country, "kind": "indirect"});
    let told_by = |voices: serde_json::Value| with(&raid(), json!({"attribution": voices}));
    let attribution = |gold: serde_json::Value, system: serde_json::Value| {
        f1(&score(&[told_by(gold)], &[told_by(system)]), Measure::Attribution)
    };
    close(attribution(json!([voice("Tornquist", "DEU")]), json!([])), 0.0);
    close(attribution(json!([voice("Tornquist", "DEU")]), json!([voice("von Tornquist", "DEU")])), 1.0);
    close(attribution(json!([voice("Tornquist", "DEU")]), json!([voice("Berlin", "DEU")])), 0.5);
    let unnamed = json!({"by": "critics", "kind": "indirect", "unnamed": true});
    close(attribution(json!([unnamed]), json!([voice("Ayala", "PER")])), 1.0);
    close(
        attribution(
            json!([unnamed, voice("Tornquist", "DEU")]),
            json!([voice("Ayala", "PER"), voice("Tornquist", "DEU")]),
        ),
        1.0,
    );
}

#[test]
fn who_makes_a_speech_act_adds_nothing_as_its_speaker() {
    let speech = with(&raid(), json!({"kind": "speech_act"}));
    let said_by = |name: &str| {
        with(
            &speech,
            json!({"attribution": [{"by": name, "name": name, "country": "NOR", "kind": "direct"}]}),
        )
    };
    let attribution = |system| f1(&score(std::slice::from_ref(&speech), &[system]), Measure::Attribution);
    close(attribution(said_by("Norway")), 1.0);
    close(attribution(said_by("Dahl")), 0.0);
}

#[test]
fn dates_exact_overlapping_inferred() {
    let on = |value: &str| with(&raid(), json!({"date": {"value": value, "text": "Monday"}}));
    let date = |system| f1(&score(&[raid()], &[system]), Measure::Date);
    close(date(on("2026-05-11/2026-05-11")), 1.0);
    close(date(on("2026-05")), 0.5);
    close(date(on("1815")), 0.0);
    close(date(on("some day")), 0.0);
    let inferred = with(&raid(), json!({"date": {"value": "2026-05-11", "text": null}}));
    let silent = with(&raid(), json!({"date": null}));
    close(quality(&inferred, &silent), 1.0);
    close(date(silent.clone()), 0.0);
    let silent = std::slice::from_ref(&silent);
    assert_eq!(score(silent, silent).totals.value(Measure::Date), None);
}

#[test]
fn places_by_name_country_and_distance() {
    let at = |place: serde_json::Value| with(&raid(), json!({"place": place}));
    let place = |system| f1(&score(&[raid()], &[system]), Measure::Place);
    close(place(at(json!({"name": "lima", "country": "PER"}))), 1.0);
    close(place(at(json!({"name": "Lima", "country": "USA"}))), 0.5);
    close(place(at(json!({"name": "Callao", "country": "PER", "lat": -12.06, "lon": -77.15}))), 1.0);
    close(place(at(json!({"name": "Cusco", "country": "PER", "lat": -13.5, "lon": -72.0}))), 0.5);
    close(place(at(json!({}))), 0.0);
    let implied = at(json!({"name": "Peru", "country": "PER", "implicit": true}));
    close(quality(&implied, &at(json!(null))), 1.0);
}
