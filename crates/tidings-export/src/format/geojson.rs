//! GeoJSON (RFC 7946): one feature a row, longitude first; a row without coordinates is a feature without a geometry.

use std::io::{BufWriter, Write};

use serde_json::{Map, Value, json};

use super::jsonl::value;
use crate::cell::Cell;
use crate::columns::Table;
use crate::error::{Error, Result};

pub struct Writer<W: Write> {
    out: BufWriter<W>,
    /// Columns of longitude and latitude.
    coordinates: (usize, usize),
    /// The column that names a row, if one alone does.
    id: Option<usize>,
    first: bool,
}

/// Columns of longitude and latitude.
pub fn coordinates(table: &Table) -> Option<(usize, usize)> {
    let at = |name: &str| table.columns.iter().position(|c| c.name == name);
    Some((at("longitude")?, at("latitude")?))
}

impl<W: Write> Writer<W> {
    pub fn new(table: &Table, out: W) -> Result<Self> {
        let coordinates = coordinates(table).ok_or_else(|| {
            let what = format!("table `{}` has no coordinates for GeoJSON", table.name);
            Error::format(what, "ask for csv, jsonl or parquet, or for events or the map")
        })?;
        let mut out = BufWriter::new(out);
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        let key = if let [key] = table.key.as_slice() { Some(key) } else { None };
        let id = key.and_then(|key| table.columns.iter().position(|c| c.name == *key));
        Ok(Self { out, coordinates, id, first: true })
    }

    pub fn row(&mut self, table: &Table, cells: &[Cell]) -> Result<()> {
        let (longitude, latitude) = self.coordinates;
        let fields = table.columns.iter().zip(cells).enumerate();
        let properties: Map<String, Value> = fields
            .filter(|(n, _)| *n != longitude && *n != latitude)
            .map(|(_, (column, cell))| (column.name.clone(), value(column, cell)))
            .collect();
        let mut feature = Map::new();
        feature.insert("type".to_owned(), json!("Feature"));
        if let Some(Cell::Text(id)) = self.id.map(|n| &cells[n]) {
            feature.insert("id".to_owned(), json!(id));
        }
        let geometry = match (&cells[longitude], &cells[latitude]) {
            (Cell::Number(lon), Cell::Number(lat)) => json!({"type": "Point", "coordinates": [lon, lat]}),
            _ => Value::Null,
        };
        feature.insert("geometry".to_owned(), geometry);
        feature.insert("properties".to_owned(), Value::Object(properties));
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        Ok(serde_json::to_writer(&mut self.out, &feature)?)
    }

    pub fn finish(mut self) -> Result<()> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}
