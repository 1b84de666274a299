"""Spark with two executors, one of which is killed in the middle: the rows of one machine."""

from __future__ import annotations

import os
import pathlib
import signal
import sys
import threading
import time

import pyarrow
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from conftest import GERMAN, many  # noqa: E402

import tidings  # noqa: E402
import tidings.spark  # noqa: E402

pyspark_sql = pytest.importorskip("pyspark.sql")

PARTITIONS = 16
KEY = [("document_id", "ascending"), ("event_id", "ascending")]


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        pyspark_sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("tidings")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "512m")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "8")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def articles(count: int) -> pyarrow.Table:
    rows = many(count)
    rows[3]["text"] = GERMAN
    return pyarrow.Table.from_pylist(rows)


def executors(application: str) -> list[int]:
    """The processes of the executors of our own application."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "CoarseGrainedExecutorBackend" in line and application in line and "java" in line.split("\0")[0]:
            found.append(int(folder.name))
    return found


def test_an_executor_that_is_killed_in_the_middle_changes_no_row(spark):
    table = articles(160)
    local = tidings.code_batches(table).to_arrow()
    frame = spark.createDataFrame(table).repartition(PARTITIONS)
    result: list[pyarrow.Table] = []
    job = threading.Thread(target=lambda: result.append(tidings.spark.code(frame, date="date").toArrow()))
    job.start()
    status, application = spark.sparkContext.statusTracker(), spark.sparkContext.applicationId
    deadline = time.monotonic() + 120
    killed = None
    while job.is_alive() and time.monotonic() < deadline:
        stages = [status.getStageInfo(stage) for stage in status.getActiveStageIds()]
        running = [stage for stage in stages if stage and stage.numTasks == PARTITIONS]
        if any(0 < stage.numCompletedTasks < PARTITIONS - 2 and stage.numActiveTasks for stage in running):
            (killed, *_) = executors(application)
            os.kill(killed, signal.SIGKILL)
            break
        time.sleep(0.02)
    job.join()
    assert killed, "the job was over before an executor could be killed"
    assert result[0].sort_by(KEY).equals(local.sort_by(KEY))


def test_columns_may_have_other_names_and_a_wrong_one_is_told_before_the_job(spark):
    table = articles(8).rename_columns(["name", "body", "day"])
    coded = tidings.spark.code(spark.createDataFrame(table), text="body", date="day", id="name").toArrow()
    assert coded.sort_by(KEY).equals(tidings.code_batches(articles(8)).to_arrow().sort_by(KEY))
    with pytest.raises(ValueError, match="no column text"):
        tidings.spark.code(spark.createDataFrame(table))


def test_other_tables_come_out(spark):
    documents = tidings.spark.code(spark.createDataFrame(articles(8)), table="documents")
    assert documents.count() == 8 and "n_chars" in documents.columns
