"""Reads a release as researchers do: pandas, pyarrow, DuckDB. Usage: check.py RELEASE DATA

Each table must have the types, codes, missing values and rows that datapackage.json and manifest.json say, and the same
cells in all forms; the tables of others must have the columns of DATA/export/sets.tsv.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

import duckdb
import pandas
import pyarrow
import pyarrow.parquet

RELEASE, DATA = Path(sys.argv[1]), Path(sys.argv[2])
PACKAGE = json.loads((RELEASE / "datapackage.json").read_text())
MANIFEST = json.loads((RELEASE / "manifest.json").read_text())
ARROW = {
    "string": pyarrow.string(),
    "any": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
}
DUCKDB = {
    "string": "VARCHAR",
    "any": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
checks = 0


def check(holds, *what):
    """Counts what was looked at; the first thing that is wrong ends the run."""
    global checks
    checks += 1
    if not holds:
        sys.exit("error: " + " ".join(str(w) for w in what))


def fields(resource):
    """Columns of a table; CSV alone has twins with labels."""
    return {f["name"]: f for f in resource["schema"]["fields"]}


def plain(value):
    """A cell as text: what all forms must agree on."""
    if value is None or value is pandas.NaT or (isinstance(value, float) and value != value):
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return repr(value)
    return str(value)


def manifest():
    for file in MANIFEST["files"]:
        content = (RELEASE / file["path"]).read_bytes()
        check(len(content) == file["bytes"], file["path"], "has another length")
        check(hashlib.sha256(content).hexdigest() == file["sha256"], file["path"], "has another hash")


def read_csv(resource):
    """All cells as text: what the file itself says."""
    frame = pandas.read_csv(
        RELEASE / resource["path"], dtype=str, keep_default_na=False, na_filter=False
    )
    check(list(frame.columns) == list(fields(resource)), resource["path"], "has other columns")
    check(len(frame) == resource["rowcount"] == MANIFEST["rows"][resource["name"]], "rows of", resource["path"])
    return frame


def typed_csv(resource, frame):
    """The types and constraints that the package promises."""
    for name, field in fields(resource).items():
        cells = frame[name][frame[name] != ""]
        constraints = field.get("constraints", {})
        if field["type"] == "integer":
            check(cells.str.fullmatch(r"-?\d+").all(), resource["name"], name, "whole numbers")
        if field["type"] == "number":
            numbers = pandas.to_numeric(cells)
            check((numbers >= constraints.get("minimum", -1e300)).all(), resource["name"], name, "minimum")
            check((numbers <= constraints.get("maximum", 1e300)).all(), resource["name"], name, "maximum")
        if field["type"] == "date":
            pandas.to_datetime(cells, format="%Y-%m-%d", errors="raise")
            check(cells.str.fullmatch(r"\d{4}-\d\d-\d\d").all(), resource["name"], name, "ISO days")
        if "enum" in constraints:
            known = {str(code) for code in constraints["enum"]}
            check(set(cells) <= known, resource["name"], name, "unknown codes", set(cells) - known)
        if constraints.get("required"):
            check(len(cells) == len(frame), resource["name"], name, "is missing somewhere")
        if field["type"] == "any":
            cells.map(json.loads)
        check(not cells.isin(["NA", "---", "None", "NULL", "nan"]).any() or name == "sentence", name, "missing is empty")
    key = resource["schema"]["primaryKey"]
    check(not frame.duplicated(key).any(), resource["name"], "the key is not unique")


def references(frames):
    for resource in PACKAGE["resources"]:
        for foreign in resource["schema"].get("foreignKeys", []):
            [column], reference = foreign["fields"], foreign["reference"]
            cells = frames[resource["name"]][column]
            other = frames[reference["resource"] or resource["name"]][reference["fields"][0]]
            lost = set(cells[cells != ""]) - set(other)
            check(not lost, resource["name"], column, "refers to nothing:", sorted(lost)[:3])


def same(resource, frame, other, form):
    """Every cell is the same as in the CSV file."""
    check(len(other) == len(frame), resource["name"], form, "has other rows")
    for name, field in fields(resource).items():
        if name not in other.columns:
            check(name.endswith("_label"), resource["name"], form, "lacks", name)
            continue
        for text, value in zip(frame[name], other[name]):
            if field["type"] == "number":
                equal = text == plain(value) if text == "" else float(text) == value
            elif field["type"] == "integer":
                equal = text == ("" if pandas.isna(value) else str(int(value)))
            else:
                equal = text == plain(value)
            check(equal, resource["name"], form, name, repr(text), "is", repr(value))


def parquet(resource, frame):
    path = RELEASE / f"{resource['name']}.parquet"
    table = pyarrow.parquet.read_table(path)
    for name in table.column_names:
        expected = ARROW[fields(resource)[name]["type"]]
        check(table.schema.field(name).type == expected, path.name, name, table.schema.field(name).type)
    rows = table.to_pylist()
    same(resource, frame, pandas.DataFrame(rows, columns=table.column_names, dtype=object), "parquet")
    read = pandas.read_parquet(path)
    check(len(read) == len(frame) and list(read.columns) == table.column_names, path.name, "in pandas")
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    for name, kind, *_ in described:
        check(kind == DUCKDB[fields(resource)[name]["type"]], path.name, name, kind, "in DuckDB")
    [(count,)] = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()
    check(count == len(frame), path.name, "rows in DuckDB")
    for name, field in fields(resource).items():
        if field["type"] == "date":
            [(missing,)] = duckdb.sql(f"SELECT count(*) FROM '{path}' WHERE {name} IS NULL").fetchall()
            check(missing == (frame[name] == "").sum(), path.name, name, "missing days in DuckDB")


def stata(resource, frame):
    path = RELEASE / f"{resource['name']}.dta"
    with pandas.read_stata(path, iterator=True, convert_categoricals=False) as reader:
        # The rows come first: once the labels were asked for, pandas gives the places of long texts for the texts.
        codes = reader.read()
        labels, variables = reader.value_labels(), reader.variable_labels()
        check(reader.data_label == resource["title"][:80], path.name, "label of the data")
    for name, field in fields(resource).items():
        if name.endswith("_label"):
            continue
        check(variables[name] == field["title"][:80], path.name, name, "label", variables[name])
        if "enum" not in field.get("constraints", {}):
            continue
        expected = [str(c["label"] if field["type"] == "integer" else c["value"]) for c in field["categories"]]
        found = [labels[name][number] for number in sorted(labels[name])]
        check(found[: len(expected)] == expected, path.name, name, "labels of values", found)
        if field["type"] == "string":
            codes[name] = codes[name].map(labels[name]).astype(object)
    for name in codes.columns[codes.dtypes.astype(str).str.startswith("datetime64")]:
        codes[name] = codes[name].astype(object).where(codes[name].notna(), None)
    same(resource, frame, codes, "dta")
    categories = pandas.read_stata(path)
    for name, field in fields(resource).items():
        if "enum" in field.get("constraints", {}) and name in categories:
            check(isinstance(categories[name].dtype, pandas.CategoricalDtype), path.name, name, "is no category")


def others():
    """The tables of others, by the lists of their columns."""
    names = {}
    with open(DATA / "export" / "sets.tsv", encoding="utf-8") as file:
        for row in csv.DictReader((l for l in file if not l.startswith("#")), delimiter="\t"):
            names.setdefault(row["set"], []).append(row["name"])
    published(names)
    read = {}
    for name in ("gdelt", "icews", "polecat", "petrarch"):
        header = 0 if name in ("icews", "polecat") else None
        absent = ["None"] if name == "polecat" else [""]
        read[name] = frame = pandas.read_csv(
            RELEASE / f"{name}.tsv", sep="\t", header=header, names=None if header == 0 else names[name], dtype=str,
            keep_default_na=False, na_values=absent, quoting=csv.QUOTE_NONE,
        )
        check(list(frame.columns) == names[name], name, "has other columns")
        check(len(frame) == MANIFEST["rows"][name] > 0, name, "has other rows")
    gdelt, icews, polecat, petrarch = (read[name] for name in ("gdelt", "icews", "polecat", "petrarch"))
    check(gdelt["GLOBALEVENTID"].is_unique and (gdelt["GLOBALEVENTID"].astype("int64") < 2**53).all(), "ids of GDELT")
    pandas.to_datetime(gdelt["SQLDATE"], format="%Y%m%d", errors="raise")
    check(gdelt["EventCode"].str.fullmatch(r"\d{2,4}").all(), "codes of GDELT")
    check((gdelt["EventRootCode"] == gdelt["EventCode"].str[:2]).all(), "roots of GDELT")
    check(gdelt["QuadClass"].isin(list("1234")).all(), "quad classes of GDELT")
    check(gdelt["GoldsteinScale"].astype(float).between(-10, 10).all(), "weights of GDELT")
    check((gdelt["MonthYear"] == gdelt["SQLDATE"].str[:6]).all(), "months of GDELT")
    pandas.to_datetime(icews["Event Date"], format="%Y-%m-%d", errors="raise")
    check(icews["CAMEO Code"].str.fullmatch(r"\d{2,4}").all(), "codes of ICEWS")
    check(icews["Intensity"].astype(float).between(-10, 10).all(), "intensities of ICEWS")
    check(polecat["Event ID"].is_unique, "ids of POLECAT")
    quads = ["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"]
    check(polecat["Quad Code"].isin(quads).all(), "quad classes of POLECAT")
    check(petrarch["date"].str.fullmatch(r"\d{8}").all(), "days of PETRARCH")
    check(petrarch["source"].str.fullmatch(r"---|[A-Z]{3,12}").all(), "actors of PETRARCH")


def published(names):
    """Where the lists of columns as they were published are at hand, ours must be those."""
    shared = DATA.parent.parent / "shared" / "data" / "schemas"
    files = {
        "gdelt": "gdelt2_events_columns.tsv",
        "icews": "icews_columns.tsv",
        "polecat": "polecat_columns.tsv",
        "petrarch": "petrarch2_columns.tsv",
        "phoenix": "phoenix_columns.tsv",
    }
    for name, file in files.items():
        if (shared / file).exists():
            with open(shared / file, encoding="utf-8") as rows:
                list_of = [row["name"] for row in csv.DictReader(rows, delimiter="\t")]
            check(names[name] == list_of[: len(names[name])], name, "columns as published")


def main():
    manifest()
    frames = {}
    for resource in PACKAGE["resources"]:
        frames[resource["name"]] = frame = read_csv(resource)
        check(len(frame) > 0, resource["name"], "has no rows")
        typed_csv(resource, frame)
        parquet(resource, frame)
        stata(resource, frame)
    references(frames)
    others()
    print(f"pandas {pandas.__version__}, pyarrow {pyarrow.__version__}, DuckDB {duckdb.__version__}: {checks} checks")


main()
