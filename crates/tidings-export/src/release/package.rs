//! `datapackage.json`: a Frictionless Tabular Data Package of the CSV files.

use serde_json::{Map, Value, json};

use super::files::labelled;
use super::{Job, Summary, hashes};
use crate::columns::{Column, Kind, Table, table, values};
use crate::error::Result;

/// Writes it.
pub fn write(job: &Job, summary: &Summary) -> Result<()> {
    let mut resources = Vec::new();
    for written in &summary.tables {
        let (bytes, sha256) = hashes::of(&job.path(&format!("{}.csv", written.name)))?;
        let table = labelled(&table(&written.name)?.release());
        resources.push(json!({
            "name": table.name, "path": format!("{}.csv", table.name), "profile": "tabular-data-resource",
            "title": table.title, "description": table.description, "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8", "bytes": bytes, "hash": format!("sha256:{sha256}"), "rowcount": written.rows,
            "dialect": {"delimiter": ",", "quoteChar": "\"", "lineTerminator": "\n", "header": true},
            "schema": schema(&table, job.is_whole())?,
        }));
    }
    let package = json!({
        "profile": "tabular-data-package", "name": "tidings-events", "title": job.release.title,
        "version": format!("{}", job.standing.revision), "created": job.standing.at,
        "description": "Who did or said what to whom, when, where, how certain, and on whose word. See codebook.md.",
        "resources": resources,
    });
    Ok(std::fs::write(job.path("datapackage.json"), format!("{package:#}\n"))?)
}

/// In a release of a part, rows may speak of others that are left out, so only the whole has foreign keys.
fn schema(table: &Table, whole: bool) -> Result<Value> {
    let fields = table.columns.iter().map(|column| field(column, &table.key)).collect::<Result<Vec<_>>>()?;
    let mut schema = json!({"fields": fields, "missingValues": [""], "primaryKey": table.key});
    if whole && !table.refers.is_empty() {
        let keys = table.refers.iter().filter_map(|(column, place)| {
            let (other, there) = place.split_once('.')?;
            // A table that refers to itself is called by the empty name.
            let resource = if other == table.name { "" } else { other };
            Some(json!({"fields": [column], "reference": {"resource": resource, "fields": [there]}}))
        });
        schema["foreignKeys"] = Value::Array(keys.collect());
    }
    Ok(schema)
}

fn field(column: &Column, key: &[String]) -> Result<Value> {
    let mut field = json!({
        "name": column.name, "title": column.title, "type": kind(column.kind), "description": column.description,
    });
    let mut constraints = Map::new();
    if key.contains(&column.name) {
        constraints.insert("required".to_owned(), Value::from(true));
    }
    if let Some([least, greatest]) = column.range {
        constraints.insert("minimum".to_owned(), Value::from(least));
        constraints.insert("maximum".to_owned(), Value::from(greatest));
    }
    if let Some(list) = &column.values {
        let code = |code: &String| match column.kind {
            Kind::Integer => code.parse::<i64>().map_or_else(|_| Value::from(code.as_str()), Value::from),
            _ => Value::from(code.as_str()),
        };
        let codes = values(list)?;
        constraints.insert("enum".to_owned(), codes.iter().map(|(c, _)| code(c)).collect());
        field["categories"] =
            codes.iter().map(|(c, label)| json!({"value": code(c), "label": label})).collect();
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    for (name, text) in [("unit", &column.unit), ("rule", &column.rule), ("weakness", &column.weakness)] {
        if let Some(text) = text {
            field[name] = Value::from(text.as_str());
        }
    }
    Ok(field)
}

/// Frictionless types; a list or an object in a CSV file is text in JSON, and may be either.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::Json => "any",
    }
}
