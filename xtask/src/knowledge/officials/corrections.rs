//! What is known better than the sources know it.

use std::path::Path;

use super::merge::is_backwards;
use super::record::Record;
use crate::knowledge::table::own;
use crate::run::Result;

/// Puts the terms of `leader_corrections.tsv` in, and takes those out that it drops.
pub fn apply(tables: &Path, records: &mut Vec<Record>) -> Result {
    let path = tables.join("leader_corrections.tsv");
    for row in own(&path)? {
        let fault = |what: &str| Err(format!("{}: {}: {what}", path.display(), row.join(" | ")));
        let [action, name, iso3, office, from, to, id, sector, surname, ..] = row.as_slice() else {
            return fault("ten columns are needed");
        };
        let [name, iso3, office, from, to] = [name, iso3, office, from, to].map(Clone::clone);
        let [id, sector, surname] = [id, sector, surname].map(Clone::clone);
        let record = Record { name, iso3, office, from, to, id, sector, surname, source: "own".to_owned() };
        let before = records.len();
        records.retain(|r| !(is_same(r, &record) && r.overlaps(&record)));
        match action.as_str() {
            "drop" if records.len() == before => return fault("there is no such term to drop"),
            "drop" => {}
            "add" if is_backwards(&record) || record.from.is_empty() => {
                return fault("ends before it begins");
            }
            "add" => records.push(record),
            _ => return fault("the action is add or drop"),
        }
    }
    Ok(())
}

/// Names the office of leaders who came and went while it was always the same one, by `leader_offices.tsv`.
pub fn name_offices(tables: &Path, records: &mut [Record]) -> Result {
    let path = tables.join("leader_offices.tsv");
    let mut times = Vec::new();
    for row in own(&path)? {
        let [iso3, office, from, to] = row.as_slice() else {
            return Err(format!("{}: four columns are needed: {}", path.display(), row.join(" | ")));
        };
        let time = Record { from: from.clone(), to: to.clone(), ..Record::default() };
        times.push((iso3.clone(), office.clone(), time.widest()));
    }
    for record in records.iter_mut().filter(|r| r.office == "leader") {
        let (first, last) = record.widest();
        let within =
            times.iter().find(|(iso3, _, (from, to))| *iso3 == record.iso3 && *from <= first && last <= *to);
        if let Some((_, office, _)) = within {
            record.office.clone_from(office);
        }
    }
    Ok(())
}

fn is_same(a: &Record, b: &Record) -> bool {
    a.name == b.name && a.iso3 == b.iso3 && a.office == b.office
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_came_and_went_within_gets_the_office() {
        let folder = std::env::temp_dir().join(format!("tidings-offices-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("leader_offices.tsv"), "NOL\tpresident\t1950\t1960-05-01\n").unwrap();
        let leader = |from: &str, to: &str| Record {
            iso3: "NOL".into(),
            office: "leader".into(),
            from: from.into(),
            to: to.into(),
            ..Record::default()
        };
        let mut records = vec![leader("1951-02-03", "1955"), leader("1955", "1960-06")];
        name_offices(&folder, &mut records).unwrap();
        assert_eq!(records.iter().map(|r| r.office.as_str()).collect::<Vec<_>>(), ["president", "leader"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_corrects() {
        let folder = std::env::temp_dir().join(format!("tidings-corrections-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let term = |name: &str, from: &str| Record {
            name: name.into(),
            iso3: "NOL".into(),
            office: "president".into(),
            from: from.into(),
            ..Record::default()
        };
        let mut records = vec![term("Ada Stern", "2001"), term("Bo Lund", "1990")];
        let write = |text: &str| std::fs::write(folder.join("leader_corrections.tsv"), text).unwrap();
        write(
            "add\tAda Stern\tNOL\tpresident\t2001-05-17\t2003\t\tGOV\tstern\tbetter dated\ndrop\tBo Lund\tNOL\tpresident\t\t\t\t\t\tnever was\n",
        );
        apply(&folder, &mut records).unwrap();
        assert_eq!(records.iter().map(|r| r.from.as_str()).collect::<Vec<_>>(), ["2001-05-17"]);
        write("drop\tCy Berg\tNOL\tpresident\t\t\t\t\t\tnobody\n");
        assert!(apply(&folder, &mut records).unwrap_err().contains("no such term"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
