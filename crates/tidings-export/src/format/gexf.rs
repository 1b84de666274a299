//! GEXF 1.3: a network with its columns as attributes, for Gephi and the like.

use std::io::{BufWriter, Write};

use serde::Serialize;

use crate::cell::{self, Cell};
use crate::columns::{Kind, Table};
use crate::error::{Error, Result};

/// Writes a directed network: the first column of `nodes` names a node, `source` and `target` of `edges` are such names,
/// the label of a node is its `name`, the weight of an edge its `events`.
pub fn gexf<N: Serialize, E: Serialize>(
    (nodes, node_rows): (&Table, impl IntoIterator<Item = N>),
    (edges, edge_rows): (&Table, impl IntoIterator<Item = E>),
    out: &mut impl Write,
) -> Result<()> {
    let mut out = BufWriter::new(out);
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n\
         <meta><creator>tidings {}</creator><description>{}</description></meta>\n\
         <graph defaultedgetype=\"directed\" mode=\"static\">\n",
        env!("CARGO_PKG_VERSION"),
        escaped(&edges.title)
    )?;
    attributes("node", nodes, &mut out)?;
    attributes("edge", edges, &mut out)?;
    out.write_all(b"<nodes>\n")?;
    let label = position(nodes, "name")?;
    for (number, row) in node_rows.into_iter().enumerate() {
        let cells = cell::cells(nodes, number + 1, cell::object(nodes, number + 1, &row)?)?;
        let id = cells.first().map(Cell::text).unwrap_or_default();
        write!(out, "<node id=\"{}\" label=\"{}\">", escaped(&id), escaped(&cells[label].text()))?;
        values(&cells, &mut out)?;
        out.write_all(b"</node>\n")?;
    }
    out.write_all(b"</nodes>\n<edges>\n")?;
    let [source, target, weight] = ["source", "target", "events"].map(|name| position(edges, name));
    let (source, target, weight) = (source?, target?, weight?);
    for (number, row) in edge_rows.into_iter().enumerate() {
        let cells = cell::cells(edges, number + 1, cell::object(edges, number + 1, &row)?)?;
        let [source, target, weight] = [source, target, weight].map(|n| escaped(&cells[n].text()));
        write!(out, "<edge id=\"{number}\" source=\"{source}\" target=\"{target}\" weight=\"{weight}\">")?;
        values(&cells, &mut out)?;
        out.write_all(b"</edge>\n")?;
    }
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")?;
    Ok(out.flush()?)
}

fn position(table: &Table, name: &str) -> Result<usize> {
    let found = table.columns.iter().position(|c| c.name == name);
    found.ok_or_else(|| {
        let what = format!("table `{}` has no column `{name}`", table.name);
        Error::format(what, "a network is written from the tables `nodes` and `edges`")
    })
}

fn attributes(class: &str, table: &Table, out: &mut impl Write) -> Result<()> {
    writeln!(out, "<attributes class=\"{class}\">")?;
    for (number, column) in table.columns.iter().enumerate() {
        let kind = match column.kind {
            Kind::Integer => "long",
            Kind::Number => "double",
            Kind::Boolean => "boolean",
            Kind::Text | Kind::Date | Kind::Json => "string",
        };
        writeln!(out, "<attribute id=\"{number}\" title=\"{}\" type=\"{kind}\"/>", column.name)?;
    }
    Ok(out.write_all(b"</attributes>\n")?)
}

fn values(cells: &[Cell], out: &mut impl Write) -> Result<()> {
    out.write_all(b"<attvalues>")?;
    for (number, cell) in cells.iter().enumerate().filter(|(_, c)| **c != Cell::Missing) {
        write!(out, "<attvalue for=\"{number}\" value=\"{}\"/>", escaped(&cell.text()))?;
    }
    Ok(out.write_all(b"</attvalues>")?)
}

/// Text inside an attribute; what XML 1.0 cannot hold becomes U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            '\u{0}'..'\u{20}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}
