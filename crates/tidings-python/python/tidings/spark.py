"""Tidings on Apache Spark: a DataFrame of articles in, a DataFrame of events out.

    import tidings.spark
    events = tidings.spark.code(articles, text="body", date="published")

The wheel must be installed on every executor. Each task codes on its one core and keeps the engine (about 120 MB) from
batch to batch; `spark.sql.execution.arrow.maxRecordsPerBatch` bounds what is in memory. The rows are those of
`tidings code --format csv` on one machine, whatever the partitions and whichever executor dies on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Optional

from ._columns import ROLES, code_table, schema

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame


def code(
    articles: DataFrame,
    text: str = "text",
    id: Optional[str] = None,
    date: Optional[str] = None,
    title: Optional[str] = None,
    outlet: Optional[str] = None,
    url: Optional[str] = None,
    language: Optional[str] = None,
    table: str = "events",
) -> DataFrame:
    """Codes the articles of a DataFrame; the names are those of its columns.

    A column that is called as its role (`id`, `date` …) is read without being named. `table` is "events", "documents",
    "quotes" or "commitments". An article that cannot be coded is one row with its `error`, never the end of the job.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    given = dict(zip(ROLES, (text, id, date, title, outlet, url, language)))
    columns = {role: column or role for role, column in given.items() if column or role in articles.columns}
    missing = [column for column in columns.values() if column not in articles.columns]
    if missing:
        raise ValueError(f"the DataFrame has no column {', '.join(missing)}; it has {', '.join(articles.columns)}")

    def coded(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            yield from code_table(batch, table, columns).to_batches()

    chosen: Any = articles.select(*dict.fromkeys(columns.values()))
    return chosen.mapInArrow(coded, from_arrow_schema(schema(table)))


__all__ = ["code"]
