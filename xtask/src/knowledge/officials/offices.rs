//! Titles of offices: one wording for one office, whose it is, and which are the highest.

use crate::knowledge::states::States;

const HEADS: &[&str] = &[
    "amir",
    "chancellor",
    "emir",
    "emperor",
    "federal chancellor",
    "head of state",
    "king",
    "leader",
    "monarch",
    "pope",
    "premier",
    "president",
    "prime minister",
    "queen",
    "state counsellor",
    "sultan",
    "supreme leader",
    "taoiseach",
];
const BEFORE: &[&str] = &["acting ", "caretaker ", "federal ", "interim ", "transitional "];
const OF_WHAT: &[&str] =
    &["government", "islamic republic", "republic", "russian federation", "swiss", "united states"];
/// First words that tell a sector other than GOV.
const SECTORS: &[(&str, &[&str])] = &[
    ("JUD", &["justice of", "chief justice", "judge", "court"]),
    (
        "LEG",
        &[
            "senate",
            "assembly",
            "chamber of deputies",
            "house of",
            "speaker",
            "parliament",
            "riigikogu",
            "saeima",
            "seimas",
            "sejm",
            "knesset",
            "bundestag",
            "riksdag",
            "storting",
            "folketing",
            "verkhovna rada",
            "state duma",
            "majlis",
            "national council",
            "congress",
        ],
    ),
    (
        "MIL",
        &[
            "general staff",
            "armed forces",
            "army",
            "navy",
            "air force",
            "defence force",
            "defence staff",
            "defense staff",
            "joint chiefs",
            "commander",
            "military",
        ],
    ),
    ("SPY", &["intelligence", "secret service"]),
];

/// Whether the office is the highest of a state or of its government.
pub fn is_head(office: &str) -> bool {
    let office = BEFORE.iter().find_map(|b| office.strip_prefix(b)).unwrap_or(office);
    let of_republic = office.strip_prefix("president of ").is_some_and(|rest| {
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        OF_WHAT.iter().any(|what| rest.starts_with(what))
    });
    HEADS.contains(&office) || office.starts_with("prime minister and ") || of_republic
}

/// One word for the offices of monarchs, which are called king or queen after those who hold them.
pub fn of_any_monarch(office: &str) -> &str {
    if matches!(office, "king" | "queen") { "monarch" } else { office }
}

/// The PLOVER sector of an office.
pub fn sector(office: &str) -> &'static str {
    let words: String = office.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = format!(" {words}");
    let told = |starts: &&[&str]| starts.iter().any(|s| words.contains(&format!(" {s}")));
    if office.contains("minister") || office.contains("ministry") {
        return "GOV";
    }
    SECTORS.iter().find(|(_, starts)| told(starts)).map_or("GOV", |(sector, _)| sector)
}

/// Lower case, one blank, no remark in brackets, no "of Norland" after the highest offices of Norland.
pub fn canonical(title: &str, iso3: &str, states: &States) -> String {
    let title = title.split('(').next().unwrap_or(title).to_lowercase();
    let title = title.replace('&', " and ").replace("intl.", "international").replace(" / ", " and ");
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.strip_prefix("the ").unwrap_or(&title).trim_end_matches([',', ';']).to_owned();
    match title.split_once(" of ") {
        Some((office, state)) if is_head(office) && states.named(state) == Some(iso3) => office.to_owned(),
        Some((office @ ("president" | "prime minister"), "the republic")) => office.to_owned(),
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_sectors_are_told_by_the_title() {
        assert!(is_head("interim president") && is_head("president of the republic of norland"));
        assert!(!is_head("president of the senate") && !is_head("vice president"));
        assert_eq!(sector("president of the senate"), "LEG");
        assert_eq!(sector("minister for relations with parliament"), "GOV");
        assert_eq!(sector("chief of the general staff of the armed forces"), "MIL");
    }
}
