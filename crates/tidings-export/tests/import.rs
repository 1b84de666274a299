//! Tables of others as they come: other shapes, packed, damaged, hostile.

use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use tempfile::TempDir;
use tidings_export::sets::Set;
use tidings_export::{Import, ImportError};
use tidings_ledger::Foreign;

/// A row of GDELT 2.0 of our own making.
fn gdelt(id: &str, date: &str, code: &str, latitude: &str) -> String {
    let mut cells = vec![""; 61];
    for (place, text) in [
        (0, id),
        (1, date),
        (5, "USAGOV"),
        (6, "UNITED STATES"),
        (7, "USA"),
        (12, "GOV"),
        (15, "CHN"),
        (16, "CHINA"),
        (17, "CHN"),
        (25, "1"),
        (26, code),
        (31, "12"),
        (32, "3"),
        (33, "10"),
        (34, "-2.5"),
        (51, "4"),
        (52, "Geneva, Genève, Switzerland"),
        (53, "SZ"),
        (56, latitude),
        (57, "6.16667"),
        (59, "20160812001500"),
        (60, "https://www.post.example/talks"),
    ] {
        cells[place] = text;
    }
    cells.join("\t")
}

fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

fn read(bytes: impl AsRef<[u8]>, set: Option<Set>) -> Vec<Result<Foreign, ImportError>> {
    let folder = tempfile::tempdir().expect("folder");
    match Import::open(&file(&folder, "rows.txt", bytes), set) {
        Ok(import) => import.collect(),
        Err(error) => vec![Err(error)],
    }
}

fn told(bytes: impl AsRef<[u8]>, set: Option<Set>) -> String {
    let errors: Vec<String> =
        read(bytes, set).into_iter().filter_map(Result::err).map(|e| e.to_string()).collect();
    assert!(errors.iter().all(|e| e.contains("hint:") && e.len() < 600), "{errors:?}");
    errors.join("\n")
}

#[test]
fn a_row_of_gdelt_is_an_event_with_everything_that_it_says() {
    let row = read(gdelt("1042", "20160811", "042", "46.2"), None).remove(0).expect("a row");
    assert_eq!((row.origin.as_str(), row.id.as_str(), row.status.as_str()), ("gdelt", "1042", "asserted"));
    assert_eq!((row.event_type.as_str(), row.mode.as_str(), row.quad_class), ("CONSULT", "visit", 1));
    let (source, target) = (row.source.expect("a source"), row.target.expect("a target"));
    assert_eq!(
        (source.entity.as_str(), source.country.as_deref(), source.sector.as_str()),
        ("USA-united-states", Some("USA"), "GOV")
    );
    assert_eq!((target.entity.as_str(), target.name.as_str()), ("CHN", "China"));
    let place = row.place.expect("a place");
    assert_eq!(
        (place.country.as_deref(), place.latitude, place.precision.as_str()),
        (Some("CHE"), Some(46.2), "city")
    );
    assert_eq!((row.n_reports, row.n_outlets), (10, 3));
    assert_eq!(
        (row.outlet.as_deref(), row.published.map(|d| d.to_string()).as_deref()),
        (Some("post.example"), Some("2016-08-12"))
    );
    let record: serde_json::Value = serde_json::from_str(&row.record).expect("JSON");
    assert_eq!(
        (&record["NumMentions"], &record["IsRootEvent"], &record["AvgTone"]),
        (&"12".into(), &"1".into(), &"-2.5".into())
    );
}

#[test]
fn wrong_rows_are_told_with_line_and_column_and_the_others_are_read() {
    let text = [
        gdelt("1", "20160811", "042", "46.2"),
        gdelt("2", "2016-13-45", "042", "46.2"),
        gdelt("3", "20160811", "9x9", "46.2"),
        gdelt("4", "20160811", "042", "460"),
        "cut\tshort".to_owned(),
        gdelt("", "20160811", "042", "46.2"),
        String::new(),
        gdelt("5", "20160811", "042", ""),
    ]
    .join("\r\n");
    let read = read(&text, None);
    assert_eq!(read.iter().filter(|r| r.is_ok()).count(), 2);
    let told = told(&text, None);
    for part in [
        "rows.txt:2:2: SQLDATE: '2016-13-45' is no day",
        "rows.txt:3:27: EventCode: '9x9' is no CAMEO code",
        "rows.txt:4:57: ActionGeo_Lat: 460 lies outside -90 to 90",
        "rows.txt:5:1: 2 columns where 61 are expected",
        "rows.txt:6:1: GLOBALEVENTID: is empty",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn packed_tables_are_read_as_they_are() {
    let folder = tempfile::tempdir().expect("folder");
    let text = gdelt("1", "20160811", "042", "46.2") + "\n" + &gdelt("2", "20160811", "190", "46.2") + "\n";
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(text.as_bytes()).expect("packed");
    let gz = gz.finish().expect("packed");
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(text.as_bytes()).expect("packed");
    // The head of a zip archive with one file, as streaming programs write it: the sizes come behind.
    let mut zip = vec![b'P', b'K', 3, 4, 20, 0, 8, 0, 8, 0];
    zip.extend([0; 16]);
    zip.extend([5, 0, 0, 0]);
    zip.extend(b"a.CSV");
    zip.extend(deflated.finish().expect("packed"));
    zip.extend(b"PK\x07\x08 and so on");
    for (name, bytes) in [("a.CSV", text.into_bytes()), ("a.gz", gz.clone()), ("a.CSV.zip", zip)] {
        let import = Import::open(&file(&folder, name, bytes), None).expect("opens");
        let types: Vec<String> = import.map(|r| r.expect("a row").event_type).collect();
        assert_eq!(types, ["CONSULT", "ASSAULT"], "{name}");
    }
    let cut = Import::open(&file(&folder, "cut.gz", &gz[..gz.len() - 12]), None).expect("opens");
    let last = cut.last().expect("something").expect_err("an error");
    assert!(last.last && last.to_string().contains("cannot be read any further"), "{last}");
}

#[test]
fn hostile_and_broken_files_are_told_and_nothing_panics() {
    assert!(told("", None).contains("is empty"));
    assert!(told("Dear editor,\n", None).contains("no table that is known"));
    assert!(told(b"\xff\xfe\x00B\x00", None).contains("no UTF-8"));
    assert!(told([b'P', b'K', 3, 4], None).contains("cannot be read"));
    assert!(told([0x1f, 0x8b, 8, 0], None).contains("cannot be read"));
    assert!(told("a\tb\n", Some(Set::Gdelt)).contains("gdelt has 61"));
    let folder = tempfile::tempdir().expect("folder");
    assert!(
        Import::open(folder.path(), None).is_err()
            && Import::open(&folder.path().join("none"), None).is_err()
    );
    let name = "Robert'); DROP TABLE event; --<script>";
    let row = gdelt("1", "20160811", "042", "46.2").replace("CHINA", name).replace("\tCHN\t", "\t\t");
    let row = read(&row, None).remove(0).expect("a row");
    assert_eq!(row.target.expect("a target").name, name);
    let long = gdelt("1", "20160811", "042", "46.2").replace("CHINA", &"x".repeat(1_000_000));
    assert!(told(&long, None).contains("a cell of 1000000 bytes"));
    let endless = gdelt("1", "20160811", "042", "46.2")
        + "\n"
        + &"y".repeat(9 << 20)
        + "\n"
        + &gdelt("2", "20160811", "042", "");
    let read = read(&endless, None);
    assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    let mut wrong = gdelt("1", "20160811", "042", "46.2").into_bytes();
    wrong[30] = 0xff;
    wrong.extend(b"\n");
    wrong.extend(gdelt("2", "20160811", "042", "46.2").into_bytes());
    assert!(told(&wrong, Some(Set::Gdelt)).contains("no UTF-8 from byte"));
}

#[test]
fn the_other_tables_are_read_in_their_own_terms() {
    let icews = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t\
                 Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t\
                 Province\tCountry\tLatitude\tLongitude\n\
                 17\t2016-08-11\tPolice (Kenya)\tPolice,Government\tKenya\tArrest\t173\t-5\tKenya\t\tKenya\t9\t2\tPost\t\
                 Nairobi\t\tNairobi\tKenya\t-1.28\t36.82\n";
    let row = read(icews, None).remove(0).expect("a row");
    assert_eq!((row.event_type.as_str(), row.mode.as_str()), ("COERCE", "arrest"));
    let source = row.source.expect("a source");
    assert_eq!((source.entity.as_str(), source.sector.as_str()), ("KEN-police-kenya", "COP GOV"));
    assert_eq!((row.target.expect("a target").entity.as_str(), row.goldstein), ("KEN", Some(-5.0)));
    // Two rows with one id are two rows.
    let second = icews.lines().nth(1).expect("a row").replace("Arrest\t173", "Beat\t182");
    let both = read(icews.to_owned() + &second, None);
    let ids: Vec<String> = both.into_iter().map(|r| r.expect("a row").id).collect();
    assert!(ids[0] != ids[1] && ids.iter().all(|id| id.starts_with("17.")), "{ids:?}");

    let petrarch = "20160811\tUSAGOV\t---\t042\t\tDOC_1\tpost\n20160811\tKENMED\tKEN\t111\n";
    let rows: Vec<Foreign> = read(petrarch, None).into_iter().map(|r| r.expect("a row")).collect();
    assert_eq!((rows[0].target.is_none(), rows[1].event_type.as_str()), (true, "ACCUSE"));
    assert_eq!(rows[1].source.as_ref().map(|p| p.sector.as_str()), Some("JRN"));

    let polecat = "Event ID,Event Date,Event Type,Event Mode,Event Intensity,Quad Code,Actor Name,Actor Country,Recipient Name\n\
                   x1,2023-01-02,ASSAULT,drone,-9.5,MATERIAL CONFLICT,\"Navy, of Peru\",PER,None\n";
    let row = read(polecat, None).remove(0).expect("a row");
    assert_eq!(
        (row.event_type.as_str(), row.mode.as_str(), row.plover_score),
        ("ASSAULT", "drone", Some(-9.5))
    );
    assert_eq!((row.source.map(|p| p.name).as_deref(), row.target), (Some("Navy, of Peru"), None));
    assert!(told(polecat.replace("ASSAULT", "WORSHIP"), None).contains("'WORSHIP' is no PLOVER type"));

    let phoenix = "1\t20160811\t2016\t8\t11\tUSAGOV\tUSA\tGOV\t\tCHN\tCHN\t\t\t042\t04\t1\t1.9\t\t46.2\t6.1\tGeneva\t\tCHE\t\
                   1_2\thttps://post.example/1;https://post.example/2\tpost;times\n";
    let row = read(phoenix, None).remove(0).expect("a row");
    assert_eq!(
        (row.origin.as_str(), row.url.as_deref(), row.outlet.as_deref()),
        ("phoenix", Some("https://post.example/1"), Some("post"))
    );
}
