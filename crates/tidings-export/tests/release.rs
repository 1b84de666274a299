//! A release of a small ledger, and the tables of others there and back.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use tempfile::TempDir;
use tidings_export::sets::Set;
use tidings_export::{Error, Import, Release, Summary, Watch};
use tidings_ledger::{Foreign, Ledger, Party, Place, Query};

/// Looks on and stops after so many questions.
struct Onlooker(Cell<usize>);

impl Watch for Onlooker {
    fn rows(&self, _: usize) {
        self.0.set(self.0.get().saturating_sub(1));
    }
    fn stopped(&self) -> bool {
        self.0.get() == 0
    }
}

fn party(entity: &str, name: &str, country: &str, sector: &str) -> Party {
    let country = (!country.is_empty()).then(|| country.to_owned());
    Party { entity: entity.to_owned(), name: name.to_owned(), country, sector: sector.to_owned() }
}

/// A row of nobody's table in particular.
fn row(number: u32, kind: (&str, &str, &str), source: Option<Party>, target: Option<Party>) -> Foreign {
    let (event_type, mode, cameo) = kind;
    let event = tidings_ontology::EventType::parse(event_type).expect("a type");
    Foreign {
        origin: "desk".to_owned(),
        id: number.to_string(),
        date: Some(date(2016, 8, 1).saturating_add(jiff::Span::new().days(i64::from(number)))),
        date_precision: Some("day".to_owned()),
        published: Some(date(2016, 9, 1)),
        url: Some(format!("https://post.example/{number}")),
        title: Some("One, \"two\"\tand three".to_owned()),
        outlet: Some("post.example".to_owned()),
        source,
        target,
        event_type: event_type.to_owned(),
        mode: mode.to_owned(),
        context: "military diplomatic".to_owned(),
        quad_class: event.quad().0,
        plover_score: tidings_ontology::Ontology::plover().score(event, Some(mode)),
        cameo: Some(cameo.to_owned()),
        goldstein: None,
        status: "asserted".to_owned(),
        place: None,
        n_reports: 4,
        n_outlets: 2,
        sentence: Some("=They met,\nsaid \"someone\" <b>".to_owned()),
        record: json!({"n": number}).to_string(),
        event: None,
    }
}

fn oslo() -> Place {
    Place {
        name: "Oslo".to_owned(),
        country: Some("NOR".to_owned()),
        admin1: Some("Oslo".to_owned()),
        geonames: Some(3_143_244),
        latitude: Some(59.91273),
        longitude: Some(10.74609),
        precision: "city".to_owned(),
    }
}

fn rows() -> Vec<Foreign> {
    let norway = || Some(party("NOR", "Norway", "NOR", "GOV"));
    let army = || Some(party("ROU-army", "Romanian army", "ROU", "MIL"));
    let united = || Some(party("united-nations", "United Nations", "UNO", "IGO"));
    let nurses = || Some(party("KEN-nurses", "nurses; of Kenya", "KEN", "MED LAB"));
    vec![
        Foreign { place: Some(oslo()), ..row(1, ("CONSULT", "visit", "042"), norway(), united()) },
        row(2, ("ASSAULT", "heavy-weapons", "194"), army(), norway()),
        row(3, ("PROTEST", "hunger", "142"), nurses(), None),
        row(4, ("THREATEN", "", "130"), None, norway()),
        Foreign { status: "denied".to_owned(), ..row(5, ("COERCE", "arrest", "173"), army(), nurses()) },
        Foreign { date: None, published: None, ..row(6, ("AID", "", "070"), norway(), army()) },
    ]
}

fn ledger(folder: &TempDir, name: &str, rows: &[Foreign]) -> Ledger {
    let mut ledger = Ledger::create(&folder.path().join(name)).expect("made");
    let at: Timestamp = "2026-11-25T14:30:00Z".parse().expect("a time");
    ledger.load(rows, at).expect("loaded");
    ledger
}

fn release() -> Release {
    Release {
        query: Query::default(),
        filters: Vec::new(),
        title: "A \"small\" desk".to_owned(),
        authors: vec!["Ana: Researcher".to_owned()],
        force: false,
    }
}

fn written(ledger: &Ledger, folder: &Path) -> Summary {
    release().write(ledger, folder, &Onlooker(Cell::new(usize::MAX))).expect("written")
}

fn csv(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("opens");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
fn a_release_has_every_file_and_the_manifest_knows_each_by_its_hash() {
    let folder = tempfile::tempdir().expect("folder");
    let ledger = ledger(&folder, "a.db", &rows());
    let place = folder.path().join("release");
    let summary = written(&ledger, &place);
    assert_eq!((summary.no_facts, summary.undated), (1, 1));
    let found: BTreeSet<String> = std::fs::read_dir(&place)
        .expect("read")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, Release::plan().into_iter().collect());
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(place.join("manifest.json")).expect("read")).expect("JSON");
    for file in manifest["files"].as_array().expect("files") {
        let bytes = std::fs::read(place.join(file["path"].as_str().expect("a path"))).expect("read");
        let hash: String = {
            use sha2::Digest;
            sha2::Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect()
        };
        assert_eq!(
            (file["sha256"].as_str(), file["bytes"].as_u64()),
            (Some(hash.as_str()), Some(bytes.len() as u64))
        );
    }
    assert_eq!(manifest["rows"]["events"], 6);
    assert_eq!((&manifest["ledger"]["revision"], &manifest["engines"]), (&json!(1), &json!(["desk"])));
}

#[test]
fn events_have_codes_of_states_at_their_day_and_labels_beside_codes() {
    let folder = tempfile::tempdir().expect("folder");
    let ledger = ledger(&folder, "a.db", &rows());
    let place = folder.path().join("release");
    written(&ledger, &place);
    let events = csv(&place.join("events.csv"));
    let of = |kind: &str| events.iter().find(|e| e["event_type"] == kind).expect("an event");
    let visit = of("CONSULT");
    assert_eq!((visit["source_cown"].as_str(), visit["source_gwn"].as_str()), ("385", "385"));
    assert_eq!((visit["target_cown"].as_str(), visit["yearmonth"].as_str()), ("", "201608"));
    assert_eq!(visit["quad_class_label"], "verbal cooperation");
    assert!(visit["event_type_label"].starts_with("meet"), "{}", visit["event_type_label"]);
    assert_eq!((of("AID")["event_date"].as_str(), of("AID")["year"].as_str()), ("", ""));
    assert_eq!(of("PROTEST")["source"], "nurses; of Kenya");
    let reports = csv(&place.join("reports.csv"));
    assert_eq!((reports[0]["cameo"].len() >= 2, reports[0]["exact"].as_str()), (true, ""));
    let dyads = csv(&place.join("dyad_month.csv"));
    let pairs: Vec<(&str, &str)> =
        dyads.iter().map(|d| (d["source"].as_str(), d["target"].as_str())).collect();
    assert_eq!(pairs, [("NOR", "UNO"), ("ROU", "KEN"), ("ROU", "NOR")]);
    assert_eq!((dyads[1]["source_cown"].as_str(), dyads[1]["status"].as_str()), ("360", "denied"));
}

#[test]
fn the_same_ledger_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("folder");
    let ledger = ledger(&folder, "a.db", &rows());
    let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
    written(&ledger, &a);
    written(&ledger, &b);
    for file in Release::plan() {
        let same = std::fs::read(a.join(&file)).expect("read") == std::fs::read(b.join(&file)).expect("read");
        assert!(same, "{file}");
    }
}

#[test]
fn a_release_that_is_stopped_leaves_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let ledger = ledger(&folder, "a.db", &rows());
    for questions in 1..7 {
        let place = folder.path().join("release");
        let stopped = release().write(&ledger, &place, &Onlooker(Cell::new(questions)));
        assert!(matches!(stopped, Err(Error::Stopped)), "{questions}");
        let left = std::fs::read_dir(folder.path()).expect("read");
        let left: Vec<String> =
            left.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        assert!(left.iter().all(|name| name.starts_with("a.db")), "{left:?}");
    }
}

#[test]
fn the_package_and_the_citation_are_well_formed_whatever_the_title() {
    let folder = tempfile::tempdir().expect("folder");
    let ledger = ledger(&folder, "a.db", &rows());
    let place = folder.path().join("release");
    written(&ledger, &place);
    let package: Value =
        serde_json::from_slice(&std::fs::read(place.join("datapackage.json")).expect("read")).expect("JSON");
    for resource in package["resources"].as_array().expect("resources") {
        let name = resource["path"].as_str().expect("a path");
        let header =
            csv::Reader::from_path(place.join(name)).expect("opens").headers().expect("a header").clone();
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<&str> = fields.iter().filter_map(|f| f["name"].as_str()).collect();
        assert_eq!(header.iter().collect::<Vec<_>>(), names);
        for field in fields {
            assert!(!field["title"].as_str().expect("a title").is_empty() && field["type"].is_string());
        }
    }
    let citation = std::fs::read_to_string(place.join("CITATION.cff")).expect("read");
    assert!(
        citation.contains("title: \"A \\\"small\\\" desk\"\n")
            && citation.contains("- name: \"Ana: Researcher\"\n")
    );
    assert!(citation.contains("date-released: 2026-11-25\n"));
    let codebook = std::fs::read_to_string(place.join("codebook.md")).expect("read");
    for name in ["`source_cown`", "`ASSAULT`", "gdelt.tsv", "`military`", "`MED`", "TextQuoteSelector"] {
        assert!(codebook.contains(name), "{name}");
    }
}

#[test]
fn a_part_has_only_the_documents_and_actors_that_it_speaks_of() {
    let folder = tempfile::tempdir().expect("folder");
    let ledger = ledger(&folder, "a.db", &rows());
    let place = folder.path().join("release");
    let part = Release {
        query: Query { actor: Some("UNO".to_owned()), ..Query::default() },
        filters: vec![("actor".to_owned(), "UNO".to_owned())],
        ..release()
    };
    part.write(&ledger, &place, &Onlooker(Cell::new(usize::MAX))).expect("written");
    let count = |name: &str| csv(&place.join(name)).len();
    assert_eq!(["events.csv", "documents.csv", "actors.csv"].map(count), [1, 1, 2]);
    let package = std::fs::read_to_string(place.join("datapackage.json")).expect("read");
    assert!(!package.contains("foreignKeys"));
}

/// What a table of others can say of a row.
fn said(row: &Foreign, set: Set) -> String {
    let party = |party: &Option<Party>| match party {
        None => "-".to_owned(),
        Some(p) if set == Set::Petrarch => format!("{:?} {}", p.country, p.sector),
        Some(p) => format!("{:?} {} {}", p.country, p.sector, p.name.to_lowercase()),
    };
    let place = row.place.as_ref().filter(|_| set != Set::Petrarch);
    let place = place.map(|p| (p.name.clone(), p.country.clone(), p.latitude, p.longitude));
    let (source, target) = (party(&row.source), party(&row.target));
    format!("{:?} {} {} {source} > {target} {place:?}", row.date, row.event_type, row.mode)
}

#[test]
fn what_we_write_as_others_do_reads_back_as_the_same_events() {
    let folder = tempfile::tempdir().expect("folder");
    let own = ledger(&folder, "a.db", &rows());
    let place = folder.path().join("release");
    written(&own, &place);
    // What has no place there is left out: a denial, and an event of no day.
    let expected = |set| -> BTreeSet<String> { rows()[..4].iter().map(|row| said(row, set)).collect() };
    for set in Set::WRITTEN {
        let path = place.join(format!("{}.tsv", set.name()));
        let import = Import::open(&path, None).expect("opens");
        assert_eq!(import.set(), set);
        let read: Vec<Foreign> = import.map(|row| row.expect("a row")).collect();
        let found: BTreeSet<String> = read.iter().map(|row| said(row, set)).collect();
        assert_eq!(found, expected(set), "{}", set.name());
        // And what was read is written as it came.
        let again = ledger(&folder, &format!("{}.db", set.name()), &read);
        let second = folder.path().join(set.name());
        written(&again, &second);
        let text = |folder: &Path| {
            std::fs::read_to_string(folder.join(format!("{}.tsv", set.name()))).expect("read")
        };
        assert_eq!(text(&second), text(&place), "{}", set.name());
    }
}
