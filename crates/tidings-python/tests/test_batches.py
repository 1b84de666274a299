"""Arrow in, Arrow out: whatever library the articles come from and the events go to."""

from __future__ import annotations

import datetime

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.dataset
import pytest
from conftest import CHARGE, GERMAN, many

import tidings


def table(count: int = 12) -> pyarrow.Table:
    return pyarrow.Table.from_pylist(many(count))


def expected(count: int = 12) -> pyarrow.Table:
    return tidings.code_batches(table(count)).to_arrow()


def test_a_row_an_event_with_the_id_of_its_article():
    events = expected()
    assert events.num_rows >= 12
    assert events.column("document_id")[0].as_py() == "report-000"
    assert events.column("published")[0].as_py() == datetime.date(2026, 5, 10)
    assert events.column("error").null_count == events.num_rows


@pytest.mark.parametrize("kind", ["reader", "batch", "pandas", "polars", "duckdb", "large", "view", "dictionary"])
def test_articles_of_any_library_give_the_same_events(kind: str):
    source = table()
    if kind == "reader":
        source = pyarrow.RecordBatchReader.from_batches(source.schema, iter(source.to_batches(max_chunksize=5)))
    elif kind == "batch":
        source = source.combine_chunks().to_batches()[0]
    elif kind == "pandas":
        source = source.to_pandas()
        assert isinstance(source, pandas.DataFrame)
    elif kind == "polars":
        source = polars.DataFrame(source)
    elif kind == "duckdb":
        articles = source  # noqa: F841 (DuckDB finds it by its name)
        source = duckdb.sql("select * from articles order by id")
    else:
        types = {
            "large": pyarrow.large_string(),
            "view": pyarrow.string_view(),
            "dictionary": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
        }
        texts = source.column("text").combine_chunks()
        texts = texts.dictionary_encode() if kind == "dictionary" else texts.cast(types[kind])
        source = source.set_column(1, "text", texts)
    assert tidings.code_batches(source).to_arrow().equals(expected())


def test_events_go_to_any_library():
    events = tidings.code_batches(table())
    assert isinstance(events.to_pandas(), pandas.DataFrame)
    assert tidings.code_batches(table()).to_polars().height == expected().num_rows
    coded = pyarrow.RecordBatchReader.from_stream(tidings.code_batches(table()))  # noqa: F841
    ((count,),) = duckdb.sql("select count(*) from coded").fetchall()
    assert count == expected().num_rows
    assert sum(batch.num_rows for batch in tidings.code_batches(table())) == expected().num_rows


def test_the_events_are_those_of_the_objects():
    objects = [
        (report.document["id"], event.id, event.type, event.status)
        for report in tidings.code(many(12))
        for event in report.events
    ]
    rows = expected().select(["document_id", "event_id", "event_type", "status"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == objects


def test_the_rows_are_the_same_whatever_the_number_of_threads_and_the_size_of_batches():
    for jobs in (1, 3):
        for size in (1, 7, 1000):
            source = pyarrow.RecordBatchReader.from_batches(table().schema, iter(table().to_batches(size)))
            assert tidings.code_batches(source, jobs=jobs).to_arrow().equals(expected())


def test_a_stream_is_read_as_its_events_are_asked_for():
    read = []

    def batches():
        for number, article in enumerate(many(400)):
            read.append(number)
            yield pyarrow.RecordBatch.from_pylist([article])

    schema = pyarrow.RecordBatch.from_pylist(many(1)).schema
    coded = iter(tidings.code_batches(pyarrow.RecordBatchReader.from_batches(schema, batches()), jobs=1))
    next(coded)
    assert len(read) < 400


def test_articles_that_cannot_be_coded_are_rows_with_their_error():
    source = pyarrow.table({"id": ["none", "german", "good"], "text": [None, GERMAN, CHARGE]})
    rows = tidings.code_batches(source).to_arrow().to_pylist()
    assert [row["document_id"] for row in rows][1:] == ["german", "good"]
    assert "missing" in rows[0]["error"] and "'de'" in rows[1]["error"] and rows[2]["error"] is None


def test_columns_may_have_other_names_and_a_wrong_one_is_an_error_before_anything_is_read():
    source = pyarrow.table({"body": [CHARGE], "day": [datetime.date(2016, 8, 11)]})
    events = tidings.code_batches(source, text="body", date="day").to_arrow()
    assert events.column("event_date").to_pylist() == ["2016-08-08"]
    with pytest.raises(tidings.Error, match="no column `text`") as raised:
        tidings.code_batches(source)
    assert "body" in raised.value.hint
    with pytest.raises(tidings.Error, match="Int64"):
        tidings.code_batches(pyarrow.table({"text": [1, 2]}))
    with pytest.raises(tidings.Error, match="no table `event`"):
        tidings.code_batches(source, text="body", table="event")
    with pytest.raises((TypeError, ValueError)):
        tidings.code_batches("Norway condemned Denmark.")


def test_every_table_comes_out():
    for name, key in [("documents", "n_chars"), ("quotes", "quote_id"), ("commitments", "commitment_id")]:
        rows = tidings.code_batches(table(), table=name).to_arrow()
        assert key in rows.column_names
    assert tidings.code_batches(table(), table="documents").to_arrow().num_rows == 12


def test_an_error_of_the_source_comes_through():
    def batches():
        yield table(1).to_batches()[0]
        raise RuntimeError("the source broke")

    source = pyarrow.RecordBatchReader.from_batches(table(1).schema, batches())
    with pytest.raises(tidings.Error, match="the source broke"):
        tidings.code_batches(source).to_arrow()


def test_a_stream_can_be_read_once_and_says_so():
    events = tidings.code_batches(table(1))
    assert events.schema.names[0] == "document_id"
    events.to_polars()
    with pytest.raises(tidings.Error, match="read already"):
        events.to_arrow()
