"""Questions to a ledger, answered as Arrow tables."""

from __future__ import annotations

import datetime
import os
from typing import Any, Optional, Union

from . import _tidings
from ._arrow import Table

_NAMES = (
    "since", "until", "actor", "with", "source", "target", "event_type", "quad", "status", "place", "outlet", "text",
    "as_of", "limit", "oldest_first",
)  # fmt: skip


def _filters(given: dict[str, Any]) -> dict[str, Any]:
    """All filters, those that are not given as None; `with_` is `with`, which Python keeps for itself."""
    given = {name.rstrip("_"): value for name, value in given.items()}
    unknown = set(given) - set(_NAMES)
    if unknown:
        names = ", ".join(sorted(unknown))
        raise TypeError(f"there is no filter {names}; hint: the filters are {', '.join(_NAMES)}")
    filters = {name: _plain(given.get(name)) for name in _NAMES}
    filters["oldest_first"] = bool(filters["oldest_first"])
    return filters


def _plain(value: Any) -> Any:
    """Days and times as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value


class Ledger:
    """A ledger that `tidings add` has filled, open for reading while others write.

    Every question takes the filters `since`, `until` (days), `actor`, `with_`, `source`, `target` (ISO 3166-1 alpha-3 or
    the id of an actor), `event_type`, `quad`, `status`, `place`, `outlet`, `text` (words of the article), `as_of` (the
    ledger as it stood then), `limit` and `oldest_first`, as far as they make sense for it.
    """

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        self._native = _tidings.Ledger(os.fspath(path))

    def __repr__(self) -> str:
        return f"<Ledger {self._native.path}>"

    def _list(self, name: str, filters: dict[str, Any]) -> Table:
        return Table(self._native.list(name, _filters(filters)))

    def events(self, **filters: Any) -> Table:
        """Events, reports of the same one together."""
        return self._list("events", filters)

    def reports(self, **filters: Any) -> Table:
        """Events as single articles tell them."""
        return self._list("reports", filters)

    def claims(self, **filters: Any) -> Table:
        """What somebody says that is no fact: alleged, denied, planned …"""
        return self._list("claims", filters)

    def contradictions(self, **filters: Any) -> Table:
        """What cannot all be right."""
        return self._list("contradictions", filters)

    def commitments(self, **filters: Any) -> Table:
        """What parties are bound to do, over all articles that tell it."""
        return self._list("commitments", filters)

    def actors(self, **filters: Any) -> Table:
        """Who takes part in events."""
        return self._list("actors", filters)

    def documents(self, **filters: Any) -> Table:
        """The articles."""
        return self._list("documents", filters)

    def search(self, text: str, **filters: Any) -> Table:
        """The articles that have some words."""
        return self._list("search", {"text": text, **filters})

    def map(self, **filters: Any) -> Table:
        """Where events took place."""
        return self._list("map", filters)

    def dyad_months(self, **filters: Any) -> Table:
        """Events of directed pairs of countries by month, type and status."""
        return self._list("dyad_month", filters)

    def series(
        self, *, by: str = "month", split: Optional[str] = None, normalise: bool = False, **filters: Any
    ) -> Table:
        """How many events by day, week, month or year; `split` by type, quad or status.

        With `normalise` each period has the number of articles that came out in it.
        """
        return Table(self._native.series(_filters(filters), by, split, normalise))

    def network(self, *, level: str = "country", **filters: Any) -> Table:
        """Who has to do with whom: directed pairs of countries, or of actors."""
        return Table(self._native.network(_filters(filters), level))


__all__ = ["Ledger"]
