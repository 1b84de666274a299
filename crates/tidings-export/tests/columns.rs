//! Every field of every row that the ledger gives is described, and nothing else is.

use std::collections::BTreeSet;
use std::path::Path;

use tidings_export::{table, tables};

/// The ledger's rows and the tables that they make.
const ROWS: [(&str, &str); 21] = [
    ("EventRow", "events"),
    ("ReportRow", "reports"),
    ("ClaimRow", "claims"),
    ("DocumentRow", "documents"),
    ("ActorRow", "actors"),
    ("SeriesRow", "series"),
    ("DyadMonthRow", "dyad_month"),
    ("NodeRow", "nodes"),
    ("EdgeRow", "edges"),
    ("DirectionRow", "directions"),
    ("TypeRow", "types"),
    ("Counterpart", "counterparts"),
    ("MapRow", "map"),
    ("CoverageRow", "coverage"),
    ("CommitmentRow", "commitments"),
    ("CommitmentStep", "commitment_steps"),
    ("ContradictionRow", "contradictions"),
    ("SearchRow", "search"),
    ("ReviewRow", "reviews"),
    ("QueueRow", "queue"),
    ("AgreementRow", "agreement"),
];

/// All sources of the ledger's questions and reviews.
fn sources() -> String {
    let ledger = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tidings-ledger/src");
    let folders =
        ["query", "review"].map(|name| std::fs::read_dir(ledger.join(name)).expect("the folder is read"));
    let files = folders.into_iter().flatten().map(|e| e.expect("an entry").path());
    files.map(|path| std::fs::read_to_string(path).expect("a file")).collect()
}

/// Names of the public fields of a struct.
fn fields<'s>(sources: &'s str, name: &str) -> BTreeSet<&'s str> {
    let begin =
        sources.find(&format!("pub struct {name} {{")).unwrap_or_else(|| panic!("there is no {name}"));
    let body = sources[begin..].split("\n}").next().expect("a body");
    body.lines()
        .skip(1)
        .filter_map(|line| Some(line.trim().strip_prefix("pub ")?.split_once(':')?.0))
        .collect()
}

#[test]
fn the_columns_of_every_table_are_the_fields_of_its_rows() {
    let sources = sources();
    for (row, name) in ROWS {
        let columns: BTreeSet<&str> =
            table(name).expect("a table").columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(fields(&sources, row), columns, "{row} and data/export/columns.toml, table {name}");
    }
    // Those of bulk coding are made elsewhere, and looked at there.
    let ours = tables().expect("read").iter().filter(|t| !t.name.starts_with("coded_")).count();
    assert_eq!(ours, ROWS.len());
}
