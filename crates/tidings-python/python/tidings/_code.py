"""Articles in, reports out; streams in, streams out."""

from __future__ import annotations

import datetime
import os
from typing import Any, Mapping, Optional, Sequence, Union, overload

from . import _tidings
from ._arrow import Batches
from ._records import Report

Day = Union[str, datetime.date]
"""A day: 2016-08-11, 11 August 2016, or a date."""

Article = Union[str, Mapping[str, Any]]
"""A text, or a mapping with `text` and what else is known: id, date, title, outlet, url."""

_FIELDS = ("text", "id", "date", "title", "outlet", "url")


@overload
def code(  # type: ignore[overload-overlap]
    text: Article,
    *,
    date: Optional[Day] = None,
    outlet: Optional[str] = None,
    title: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    trail: bool = False,
    jobs: Optional[int] = None,
) -> Report: ...


@overload
def code(
    text: Sequence[Article],
    *,
    date: Optional[Day] = None,
    outlet: Optional[str] = None,
    title: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    trail: bool = False,
    jobs: Optional[int] = None,
) -> list[Report]: ...


def code(
    text: Any,
    *,
    date: Optional[Day] = None,
    outlet: Optional[str] = None,
    title: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    trail: bool = False,
    jobs: Optional[int] = None,
) -> Any:
    """Codes one article, or a list of them side by side.

    An article is a text, or a mapping with `text` and any of `id`, `date`, `title`, `outlet`, `url`; what is given by
    name here holds for the articles that do not say it themselves. `date` is the day of publication: "Monday" is of
    which week? With `trail` the records carry the reason of every field. `jobs` is the number of threads for a list (one
    a processor, if it is not given); the result is the same whatever the number.

    Raises `ValueError` for a date or letters that cannot be read and `TypeError` for what is no text. A text in another language
    than English has no events and a warning (`report.warnings`).
    """
    known = {"id": id, "date": date, "title": title, "outlet": outlet, "url": url}
    many = not isinstance(text, (str, Mapping))
    if many and isinstance(text, (bytes, os.PathLike)):
        raise TypeError("an article is a str, not bytes or a path; hint: read and decode it first")
    given = [_article(article, known) for article in (text if many else [text])]
    reports = [
        Report(lines, article["text"])
        for lines, article in zip(_tidings.code(given, trail=trail, jobs=jobs), given)
    ]
    return reports if many else reports[0]


def _article(article: Article, known: Mapping[str, Any]) -> dict[str, Any]:
    own: Mapping[str, Any] = {"text": article} if isinstance(article, str) else article
    if not isinstance(own, Mapping) or not isinstance(own.get("text"), str):
        raise TypeError(f"an article is a str or a mapping with a str `text`, not {type(article).__name__}")
    unknown = set(own) - set(_FIELDS)
    if unknown:
        names = ", ".join(sorted(map(str, unknown)))
        raise TypeError(f"nothing is known of the field {names}; hint: an article has {', '.join(_FIELDS)}")
    fields = {name: own.get(name) if own.get(name) is not None else known.get(name) for name in _FIELDS}
    return {name: None if value is None else _text(value) for name, value in fields.items()}


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    text.encode()  # a lone surrogate is no text: UnicodeEncodeError says where it stands
    return text


def code_batches(
    articles: Any,
    *,
    table: str = "events",
    text: str = "text",
    id: Optional[str] = None,
    date: Optional[str] = None,
    title: Optional[str] = None,
    outlet: Optional[str] = None,
    url: Optional[str] = None,
    language: Optional[str] = None,
    jobs: Optional[int] = None,
) -> Batches:
    """Codes a stream of articles of any length, as it is read: memory is bounded by the batch.

    `articles` is any object that speaks Arrow (`__arrow_c_stream__` or `__arrow_c_array__`): a table, batch or reader of
    pyarrow, a frame of Polars or pandas (2.2), a relation of DuckDB. Columns are called as here, or as `text="body"`
    says: `text` is needed; `id`, `date` (text, days or times), `title`, `outlet`, `url` and `language` are read where
    they are there.

    `table` is what comes out: a row an event ("events"), or "documents", "quotes", "commitments". An article that cannot
    be coded, or is in another language, is one row with its `document_id` and the `error`. The columns are those of
    `tidings code --format csv`.

    The result is read once: `to_arrow()`, `to_pandas()`, `to_polars()`, a loop over its batches, or whatever reads an
    Arrow stream.
    """
    named = {
        "text": text if text != "text" else None,
        "id": id,
        "date": date,
        "title": title,
        "outlet": outlet,
        "url": url,
        "language": language,
    }
    columns = {role: column for role, column in named.items() if column is not None}
    return Batches(_tidings.code_batches(articles, columns=columns, table=table, jobs=jobs))


__all__ = ["Article", "Day", "code", "code_batches"]
