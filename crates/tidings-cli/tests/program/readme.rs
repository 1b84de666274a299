//! The first page shows what the program prints, and not what we wish it printed.
//!
//! `UPDATE=1 cargo test -p tidings-cli --test program readme` writes it anew.

use std::path::Path;

use crate::harness::{example, tidings};

const REPORT: (&str, &str) = ("<!-- report -->\n", "<!-- end of report -->");
const OUTPUT: (&str, &str) =
    ("<!-- output of: tidings code examples/border-shelling.txt -->\n", "<!-- end of output -->");

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let page = std::fs::read_to_string(&path).expect("README.md");
    let report = std::fs::read_to_string(example("border-shelling.txt")).expect("the example");
    let quoted: String = report.lines().map(|l| format!("> {l}\n").replace("> \n", ">\n")).collect();
    let table = tidings(&["code", &example("border-shelling.txt")]).ended(0).data;
    let expected = with(&with(&page, REPORT, &quoted), OUTPUT, &format!("```text\n{table}```\n"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, expected).expect("README.md is written");
    } else {
        assert!(
            page == expected,
            "README.md shows something else than the program prints now:\n{table}\n\
             hint: UPDATE=1 cargo test -p tidings-cli --test program readme"
        );
    }
}

/// The page with `content` between two marks, a blank line on both sides.
fn with(page: &str, (begin, end): (&str, &str), content: &str) -> String {
    let (before, rest) = page.split_once(begin).expect("the mark");
    let (_, after) = rest.split_once(end).expect("the end mark");
    format!("{before}{begin}\n{content}\n{end}{after}")
}
