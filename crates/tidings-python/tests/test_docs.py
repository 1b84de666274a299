"""The examples of the manual run, one page after the other, as they stand there."""

from __future__ import annotations

import contextlib
import doctest
import io
import pathlib
import re
import shutil

import pyarrow.parquet
import pytest
from conftest import ROOT, many

import tidings

PAGES = ["docs/python.md", "crates/tidings-python/README.md"]


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_run(page: str, tmp_path: pathlib.Path, monkeypatch, ledger_path):
    monkeypatch.chdir(tmp_path)
    shutil.copy(ledger_path, tmp_path / "news.db")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(many(8)), "articles.parquet")
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / page).read_text(), re.M | re.S)
    assert blocks
    for block in blocks:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block, page, "exec"), names)


def test_the_examples_of_the_package_say_what_they_print():
    failed, tried = doctest.testmod(tidings)
    assert tried > 0 and failed == 0
