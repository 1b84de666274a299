//! Lists and forms.

use std::collections::BTreeSet;

use super::harness::{Site, add};
use tidings_ledger::Ledger;

const LISTS: [&str; 12] = [
    "/events",
    "/reports",
    "/claims",
    "/commitments",
    "/contradictions",
    "/actors",
    "/documents",
    "/map",
    "/reviews",
    "/agreement",
    "/series",
    "/search",
];

fn question(list: &str) -> &'static str {
    if list == "/search" { "?text=chad" } else { "" }
}

#[test]
fn every_list_is_a_page_and_its_data_under_one_address() {
    let site = Site::start();
    for list in LISTS {
        let question = question(list);
        let json = site.get(&format!("{list}.json{question}"));
        assert_eq!(
            (json.status, json.header("content-type")),
            (200, Some("application/json")),
            "{list}: {json:?}"
        );
        let rows = json.rows();
        let lines = site.get(&format!("{list}.jsonl{question}"));
        assert_eq!(lines.body.lines().count(), rows.len(), "{list}");
        let csv = site.get(&format!("{list}.csv{question}"));
        assert!(csv.header("content-type").is_some_and(|t| t.starts_with("text/csv")), "{list}");
        if let Some(first) = rows.first().and_then(|r| r.as_object()) {
            let columns: Vec<&str> = csv.body.lines().next().expect("head").split(',').collect();
            assert!(first.keys().all(|k| columns.contains(&k.as_str())), "{list}: {columns:?}");
        }
        let parquet = site.get(&format!("{list}.parquet{question}"));
        assert!(parquet.status == 200 && parquet.body.starts_with("PAR1"), "{list}");
        let page = site.ask(&format!("{list}{question}"), "Accept: text/html\r\n");
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, Some("text/html; charset=utf-8")),
            "{list}"
        );
        let data = site.ask(&format!("{list}{question}"), "Accept: application/json\r\n");
        assert_eq!(data.body, json.body, "{list}");
    }
}

#[test]
fn a_list_goes_on_where_it_ended_and_tells_each_row_once() {
    let site = Site::start();
    let all = site.get("/reports.json").rows();
    assert!(all.len() > 5, "{}", all.len());
    let mut address = "/reports.json?limit=2".to_owned();
    let mut told = Vec::new();
    loop {
        let answer = site.get(&address);
        told.extend(answer.rows());
        let Some(link) = answer.header("link") else { break };
        assert!(link.ends_with("; rel=\"next\""), "{link}");
        address = link.trim_start_matches('<').split('>').next().expect("address").to_owned();
    }
    assert_eq!(told, all);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let site = Site::start();
    let first = site.get("/events.json");
    let tag = format!("If-None-Match: {}\r\n", first.header("etag").expect("tag"));
    let again = site.ask("/events.json", &tag);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let mut ledger = Ledger::open(&site.ledger()).expect("opens");
    add(&mut ledger, "Plateau Post", "2026-03-06", "ACCRA, 6 March 2026 - Ghana condemned Togo on Friday.");
    let changed = site.ask("/events.json", &tag);
    assert_eq!(changed.status, 200);
    assert_ne!(changed.body, first.body);
}

#[test]
fn the_description_names_every_list_and_its_rows() {
    let site = Site::start();
    let description = site.get("/openapi.json").json();
    for list in LISTS {
        let list = format!("{list}.json");
        let answer = &description["paths"][&list]["get"]["responses"]["200"];
        assert!(answer.is_object(), "{list}");
    }
    assert!(description["components"]["schemas"]["EventRow"]["properties"]["status"].is_object());
    assert_eq!(description["openapi"], "3.1.0");
}

#[test]
fn an_address_that_is_none_says_so_as_a_page_or_as_data() {
    let site = Site::start();
    let data = site.get("/nothing.json");
    assert_eq!((data.status, data.header("content-type")), (404, Some("application/problem+json")));
    assert!(data.json()["hint"].as_str().is_some_and(|h| !h.is_empty()));
    let page = site.ask("/nothing", "Accept: text/html\r\n");
    assert_eq!((page.status, page.header("content-type")), (404, Some("text/html; charset=utf-8")));
    assert_eq!(site.get("/series.gexf").status, 406);
}

#[test]
fn what_passes_between_two_is_counted_both_ways_and_told_as_a_network_and_a_map() {
    let site = Site::start();
    let dyad = site.get("/dyad/NER/TCD.json?by=day").json();
    assert_eq!((dyad["a"]["name"].as_str(), dyad["b"]["name"].as_str()), (Some("Niger"), Some("Chad")));
    let told: i64 =
        dyad["series"].as_array().expect("series").iter().filter_map(|r| r["events"].as_i64()).sum();
    let listed = site.get("/events.json?actor=NER&with=TCD").rows().len();
    assert_eq!(usize::try_from(told), Ok(listed), "{dyad}");
    let csv = site.get("/dyad/NER/TCD.csv?by=day");
    assert!(csv.body.starts_with("period,split,events,"), "{csv:?}");
    let network = site.get("/network.json").json();
    assert!(network["nodes"].as_array().is_some_and(|n| n.iter().any(|n| n["entity"] == "NER")), "{network}");
    let gexf = site.get("/network.gexf");
    assert!(gexf.status == 200 && gexf.body.contains("http://gexf.net/1.3"), "{gexf:?}");
    let map = site.get("/map.geojson");
    assert!(map.json()["type"] == "FeatureCollection", "{map:?}");
    let overview = site.get("/overview.json").json();
    assert_eq!(overview["documents"].as_i64(), Some(3));
    assert!(overview["newest"].as_array().is_some_and(|n| !n.is_empty()));
}

#[test]
fn a_number_leads_to_its_words_in_two_steps() {
    let site = Site::start();
    let event = site.get("/events.json?type=ACCUSE&source=NER").rows().remove(0);
    let id = event["event_id"].as_str().expect("id");
    let page = site.get(&format!("/event/{id}.json")).json();
    assert_eq!(page["event"]["event_id"], id);
    let report = &page["reports"][0];
    let (document, record) = (report["document_id"].as_str().expect("id"), &report["record"]);
    let article = site.get(&format!("/document/{document}.json")).json();
    let text: Vec<char> = article["text"].as_str().expect("text").chars().collect();
    let place = |n: &serde_json::Value| usize::try_from(n.as_u64().expect("offset")).expect("small");
    for field in ["source", "target", "trigger"] {
        let words = &record[field][0];
        let found: String = text[place(&words["start"])..place(&words["end"])].iter().collect();
        assert_eq!(words["text"], found, "{field}");
    }
    let actor = site.get("/actor/NER.json").json();
    assert_eq!(actor["actor"]["name"], "Niger");
    assert!(
        actor["counterparts"].as_array().is_some_and(|c| c.iter().any(|c| c["entity"] == "TCD")),
        "{actor}"
    );
    for nothing in ["/event/none.json", "/actor/none.json", "/document/none.json", "/commitment/none.json"] {
        let answer = site.get(nothing);
        assert_eq!((answer.status, answer.json()["status"].as_u64()), (404, Some(404)), "{nothing}");
    }
}

#[test]
fn the_description_speaks_of_nothing_that_it_does_not_describe() {
    let description = tidings_server::description().to_json().expect("JSON");
    let json: serde_json::Value = serde_json::from_str(&description).expect("JSON");
    let named =
        description.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next());
    let missing: BTreeSet<&str> =
        named.filter(|name| json["components"]["schemas"][*name].is_null()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
