"""Ray Data: the rows of one machine."""

from __future__ import annotations

import pathlib
import sys

import pyarrow
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from conftest import GERMAN, many  # noqa: E402

import tidings  # noqa: E402
import tidings.ray  # noqa: E402

ray = pytest.importorskip("ray")
KEY = [("document_id", "ascending"), ("event_id", "ascending")]


def test_ray_gives_the_rows_of_one_machine():
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        rows = many(120)
        rows[3]["text"] = GERMAN
        table = pyarrow.Table.from_pylist(rows)
        data = ray.data.from_arrow([table.slice(0, 50), table.slice(50)])
        coded = tidings.ray.code(data, batch_size=16).take_all()
        coded = pyarrow.Table.from_pylist(coded, schema=tidings.code_batches(table).to_arrow().schema)
        assert coded.sort_by(KEY).equals(tidings.code_batches(table).to_arrow().sort_by(KEY))
    finally:
        ray.shutdown()
