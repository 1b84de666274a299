"""How it lives in a process: start-up, threads, Ctrl-C, forks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pyarrow
import pytest
from conftest import CHARGE, many

import tidings


def python(source: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=timeout)


def test_import_loads_no_other_library_and_no_engine():
    done = python("import sys, tidings; print([m for m in ('pyarrow', 'pandas', 'polars', 'numpy') if m in sys.modules])")
    assert done.stdout.strip() == "[]", done.stderr


def test_other_threads_go_on_while_articles_are_coded():
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.monotonic()
    tidings.code(many(20), jobs=1)
    took = time.monotonic() - begun
    done.set()
    thread.join()
    assert ticks > took / 0.001 / 20


def test_threads_share_the_engine():
    results: list[str] = []
    threads = [
        threading.Thread(target=lambda: results.append(repr(tidings.code(CHARGE, date="2016-08-11")))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 1 and len(results) == 8


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="no /proc here")
def test_a_thousand_calls_use_no_more_memory_than_a_hundred():
    def resident() -> int:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    for _ in range(100):
        tidings.code(CHARGE)
    before = resident()
    for _ in range(900):
        tidings.code(CHARGE)
    # A thread a call would cost 8 kB each.
    assert resident() - before < 3_000_000


LONG = """
import os, signal, threading, pyarrow, tidings
tidings.code("Norway condemned Denmark.")
articles = [{"text": f"Norway condemned Denmark over case {n}. " * 40} for n in range(20_000)]
threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    WORK
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize(
    "work",
    ["tidings.code(articles)", "tidings.code_batches(pyarrow.Table.from_pylist(articles)).to_arrow()"],
    ids=["objects", "batches"],
)
def test_ctrl_c_is_heard_at_once(work: str):
    begun = time.monotonic()
    done = python(LONG.replace("WORK", work))
    assert "interrupted" in done.stdout, done.stderr
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_process_that_forks_after_its_first_article_codes_on():
    expected = repr(tidings.code(CHARGE, date="2016-08-11"))
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            table = tidings.code_batches(pyarrow.table({"text": [CHARGE]})).to_arrow()
            answer = repr(tidings.code(CHARGE, date="2016-08-11")) + str(table.num_rows)
            os.write(writer, answer.encode())
        finally:
            os._exit(0)
    os.close(writer)
    deadline = time.monotonic() + 30
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            pytest.fail("the child hangs")
        time.sleep(0.05)
    with os.fdopen(reader) as pipe:
        assert pipe.read() == expected + "1"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_ledger_outlives_a_fork(ledger_path):
    ledger = tidings.Ledger(ledger_path)
    count = len(ledger.events())
    child = os.fork()
    if child == 0:
        os._exit(0 if len(ledger.events()) == count else 1)
    _, status = os.waitpid(child, 0)
    assert status == 0
