"""Questions to a ledger, answered as Arrow."""

from __future__ import annotations

import datetime

import duckdb
import pytest

import tidings


def test_events_come_as_a_table_that_every_library_takes(ledger_path):
    ledger = tidings.Ledger(ledger_path)
    events = ledger.events()
    assert len(events) > 0 and "event_type" in events.columns
    assert events.to_arrow().num_rows == len(events) == events.to_pandas().shape[0] == events.to_polars().height
    rows = events.to_arrow()  # noqa: F841
    assert duckdb.sql("select count(*) from rows").fetchall() == [(len(events),)]
    assert repr(events).startswith(f"<Table of {len(events)} rows: event_id")


def test_filters_narrow_and_limits_cut(ledger_path):
    ledger = tidings.Ledger(ledger_path)
    french = ledger.events(source="FRA", since=datetime.date(2026, 5, 1), event_type="accuse").to_arrow()
    assert 0 < french.num_rows < len(ledger.events())
    assert all("FRA" in value for value in french.column("source_iso3").to_pylist())
    assert len(ledger.events(limit=3)) == 3
    assert len(ledger.events(since="2031-01-01")) == 0


def test_every_question_has_an_answer(ledger_path):
    ledger = tidings.Ledger(ledger_path)
    for question in [
        ledger.reports, ledger.claims, ledger.contradictions, ledger.commitments, ledger.actors, ledger.documents,
        ledger.map, ledger.dyad_months, ledger.series, ledger.network,
    ]:  # fmt: skip
        assert question().to_arrow().num_columns > 0
    assert len(ledger.documents()) == 30
    assert len(ledger.search("condemned")) == 30
    assert sum(ledger.series(by="day").to_arrow().column("events").to_pylist()) == len(ledger.events())


def test_what_is_wrong_is_told(ledger_path, tmp_path):
    ledger = tidings.Ledger(ledger_path)
    with pytest.raises(TypeError, match="no filter form"):
        ledger.events(form="2026-05-01")
    with pytest.raises(ValueError, match="cannot be read"):
        ledger.events(since="someday")
    with pytest.raises(ValueError, match="quad"):
        ledger.events(quad=7)
    with pytest.raises(ValueError, match="by"):
        ledger.series(by="hour")
    with pytest.raises(tidings.Error, match="hint:") as raised:
        tidings.Ledger(tmp_path / "nowhere.db")
    assert raised.value.hint
