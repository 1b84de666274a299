"""Tidings on Ray: a Dataset of articles in, a Dataset of events out.

    import tidings.ray
    events = tidings.ray.code(ray.data.read_parquet("articles/"), text="body", date="published")

The wheel must be installed on every node. Each task codes on its one core and keeps the engine from batch to batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ._columns import ROLES, code_table

if TYPE_CHECKING:
    from ray.data import Dataset


def code(
    articles: Dataset,
    text: str = "text",
    id: Optional[str] = None,
    date: Optional[str] = None,
    title: Optional[str] = None,
    outlet: Optional[str] = None,
    url: Optional[str] = None,
    language: Optional[str] = None,
    table: str = "events",
    batch_size: int = 64,
    **options: Any,
) -> Dataset:
    """Codes the articles of a Dataset; the names are those of its columns, as in `tidings.code_batches`.

    `options` go to `Dataset.map_batches` (`num_cpus`, `concurrency` …).
    """
    given = dict(zip(ROLES, (text if text != "text" else None, id, date, title, outlet, url, language)))

    def coded(batch: Any) -> Any:
        return code_table(batch, table, given)

    return articles.map_batches(coded, batch_format="pyarrow", batch_size=batch_size, **options)


__all__ = ["code"]
