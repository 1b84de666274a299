//! A broken table stops the build with file and line: the build's own checks over tables with one fault each.

#[path = "../build/check.rs"]
mod check;
#[path = "../build/source.rs"]
mod source;

use source::Tables;

const SECTORS: &str = "GOV\tgovernment\nPTY\tparties\n";

/// Tables without a fault, by file.
fn sound() -> Vec<(&'static str, String)> {
    let tables = [
        ("states.tsv", "NOL\tNorland\t\tNorlandic\t\tStern\t\t\t\town\nSOL\tSorland\n"),
        ("state_codes.tsv", "NOL\tcow\t7\tNOL\t1900\t1950\nNOL\tcow\t8\tNOL\t1951\t\n"),
        ("organisations.tsv", "union\tUnion of Two\tUT\torganisation\tIGO\tGOV\n"),
        ("groups.tsv", ""),
        ("outlets.tsv", ""),
        ("parties.tsv", "Q1\tNorth Party\t\torganisation\tNOL\tPTY\t1901\t1902\tpf\n"),
        ("listed_bodies.tsv", ""),
        ("memberships.tsv", "union\tmember\tNOL|SOL\tfb\n"),
        ("organs.tsv", "ministry\tGOV\torgan\n"),
        ("roles.tsv", "minister\tGOV\toffice\nsecretary\tGOV\toffice\tminister\n"),
        ("leaders.tsv", "Ada Stern\tNOL\tpresident\t<1999\t>1999-05\tQ2\tGOV\tstern\twd\n"),
        ("spellings.tsv", "Ada Sterne\tAda Stern\tNOL\tfb\n"),
    ];
    tables.map(|(file, text)| (file, format!("# comment\n{text}"))).to_vec()
}

/// What the checks say of tables in which `file` has one more row.
fn with(file: &str, row: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder of its own");
    for sub in ["actors", "ontology"] {
        std::fs::create_dir(folder.path().join(sub)).expect("an empty folder");
    }
    std::fs::write(folder.path().join("ontology/sectors.tsv"), SECTORS).expect("a file");
    for (name, text) in sound() {
        let text = if name == file { format!("{text}{row}\n") } else { text };
        std::fs::write(folder.path().join("actors").join(name), text).expect("a file");
    }
    let faults = Tables::read(folder.path()).and_then(|tables| check::check(&tables));
    faults.map_or_else(|faults| faults.join("\n"), |()| "sound".to_owned())
}

#[test]
fn sound_tables_pass() {
    assert_eq!(with("", ""), "sound");
}

#[test]
fn each_fault_is_named_with_file_and_line() {
    for (file, row, expected) in [
        ("states.tsv", "NOL\tNorland again", "states.tsv:4: code \"NOL\" stands in line 2, too"),
        ("states.tsv", "No\tNothing", "states.tsv:4: \"No\" is no code of three letters"),
        ("states.tsv", "NIX\t-", "states.tsv:4: no name"),
        ("state_codes.tsv", "NOL\tcow\t9\tNOL\t1980\t", "state_codes.tsv:4: NOL has two numbers at a time"),
        (
            "state_codes.tsv",
            "SOL\tcow\tnine\tSOL\t1980\t",
            "state_codes.tsv:4: \"cow\" \"nine\" is no code system",
        ),
        (
            "groups.tsv",
            "union\tUnion again\t\tgroup\t\tGOV",
            "groups.tsv:2: id \"union\" stands in organisations.tsv:2, too",
        ),
        ("groups.tsv", "g\tGroup\t\tband\t\tGOV", "groups.tsv:2: \"band\" is no kind"),
        ("groups.tsv", "g\tGroup\t\tgroup\tXYZ\tGOV", "groups.tsv:2: \"XYZ\" is no state"),
        ("groups.tsv", "g\tGroup\t\tgroup\tNOL\tGOV|XXX", "groups.tsv:2: \"XXX\" is no sector"),
        (
            "parties.tsv",
            "Q9\tPast Party\t\torganisation\tNOL\tPTY\t1950\t1949",
            "parties.tsv:3: ends 1949 before it begins 1950",
        ),
        (
            "parties.tsv",
            "Q9\tPast Party\t\torganisation\tNOL\tPTY\t1950-13",
            "parties.tsv:3: \"1950-13\" is no day, month or year",
        ),
        ("parties.tsv", "Q9 \tPast Party", "parties.tsv:3: a blank at an end of column 1"),
        ("parties.tsv", "1\t2\t3\t4\t5\t6\t7\t8\t9\t10", "parties.tsv:3: 10 columns, at most 9"),
        ("memberships.tsv", "club\tmember\tNOL", "memberships.tsv:3: no body has the id \"club\""),
        ("organs.tsv", "Army\tGOV\torgan", "organs.tsv:3: \"Army\" is not folded"),
        ("organs.tsv", "army\tGOV\tplain", "organs.tsv:3: \"plain\" is no class"),
        ("roles.tsv", "minister\tGOV\toffice", "roles.tsv:4: noun \"minister\" stands in line 2, too"),
        (
            "roles.tsv",
            "chief\tGOV\toffice\tboss\nboss\tGOV\toffice\tchief",
            "roles.tsv:4: \"chief\" leads back to itself",
        ),
        (
            "leaders.tsv",
            "Bo Lund\tNOL\tpresident\t2001-05\t2001-04\t\tGOV",
            "leaders.tsv:3: ends 2001-04 before it begins 2001-05",
        ),
        ("leaders.tsv", "Bo Lund\tNOL\t\t2001\t\t\tGOV", "leaders.tsv:3: no office"),
        ("spellings.tsv", "Bo Lundt\tBo Lund\tNOL", "spellings.tsv:3: no leader of NOL is named \"Bo Lund\""),
        (
            "spellings.tsv",
            "Ada Stern\tAda Sterne\tNOL",
            "spellings.tsv:3: \"Ada Stern\" leads back to itself",
        ),
    ] {
        let found = with(file, row);
        assert!(found.contains(expected), "{file} {row:?}: expected {expected:?}, found {found}");
    }
}
