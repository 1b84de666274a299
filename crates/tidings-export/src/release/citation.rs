//! `CITATION.cff`: how to cite the release, and what it stands on.

use super::Job;

/// What the data stand on: title, who made it, where it is.
const SOURCES: [(&str, &str, &str); 5] = [
    ("PLOVER manual", "Open Event Data Alliance", "https://github.com/openeventdata/PLOVER"),
    (
        "CAMEO codebook 1.1b3",
        "Philip A. Schrodt",
        "http://data.gdeltproject.org/documentation/CAMEO.Manual.1.1b3.pdf",
    ),
    ("GeoNames", "GeoNames", "https://www.geonames.org"),
    ("State System Membership, version 2016", "Correlates of War Project", "https://correlatesofwar.org"),
    (
        "List of independent states",
        "Kristian S. Gleditsch and Michael D. Ward",
        "http://ksgleditsch.com/statelist.html",
    ),
];

/// The file.
pub fn text(job: &Job) -> String {
    let mut out = String::from(
        "cff-version: 1.2.0\nmessage: If you use these data, please cite them.\ntype: dataset\n",
    );
    out += &format!("title: {}\n", quoted(&job.release.title));
    out += &format!("version: {}\n", quoted(&format!("revision {}", job.standing.revision)));
    if let Some(day) = job.standing.at.as_ref().and_then(|at| at.get(..10)) {
        out += &format!("date-released: {day}\n");
    }
    out += "authors:\n";
    if job.release.authors.is_empty() {
        out += &format!(
            "  - name: {}\n",
            quoted(concat!("Tidings ", env!("CARGO_PKG_VERSION"), " (coded by program)"))
        );
    }
    for author in &job.release.authors {
        out += &format!("  - name: {}\n", quoted(author));
    }
    out += "references:\n";
    let program = concat!("Tidings ", env!("CARGO_PKG_VERSION"));
    out += &format!(
        "  - type: software\n    title: {}\n    authors:\n      - name: The Tidings developers\n",
        quoted(program)
    );
    for (title, author, url) in SOURCES {
        out += &format!(
            "  - type: data\n    title: {}\n    authors:\n      - name: {}\n    url: {url}\n",
            quoted(title),
            quoted(author)
        );
    }
    out
}

/// A string of YAML: JSON's are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
