"""One function for clusters: a batch of articles in, a batch of rows out."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from ._code import code_batches

ROLES = ("text", "id", "date", "title", "outlet", "url", "language")


def schema(table: str) -> Any:
    """The columns that come out, as pyarrow has them."""
    import pyarrow

    none = pyarrow.table({"text": pyarrow.array([], pyarrow.string())})
    return code_batches(none, table=table, jobs=1).to_arrow().schema


def code_table(articles: Any, table: str, columns: Mapping[str, Optional[str]], jobs: int = 1) -> Any:
    """Codes a table or batch of pyarrow; on the thread of the task, since the cluster shares out the processors."""
    named = {role: column for role, column in columns.items() if column is not None}
    return code_batches(articles, table=table, jobs=jobs, **named).to_arrow()


__all__ = ["ROLES", "code_table", "schema"]
