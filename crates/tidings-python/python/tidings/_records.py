"""What was found in an article: plain objects over the records (SCHEMA.md)."""

from __future__ import annotations

import html
import json
from typing import Any, Optional


class _Record:
    """A record; every field of SCHEMA.md is in `to_dict()`."""

    __slots__ = ("_fields",)

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    @property
    def id(self) -> str:
        """Unique in the article."""
        return str(self._fields["id"])

    def to_dict(self) -> dict[str, Any]:
        """All fields, as SCHEMA.md names them."""
        return dict(self._fields)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._fields == self._fields

    __hash__ = None  # type: ignore[assignment]


class Party(_Record):
    """One who acts, is acted upon, or is spoken of."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """Of its entity: the same for the same known actor in all articles."""
        return str(self._fields["entity"])

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._fields["name"])

    @property
    def country(self) -> Optional[str]:
        """ISO 3166-1 alpha-3, or a PLOVER code of those above states."""
        return self._fields.get("country")

    @property
    def sectors(self) -> list[str]:
        """PLOVER sectors, the main one first."""
        return list(self._fields.get("sector") or [])

    @property
    def role(self) -> Optional[str]:
        """Office or function."""
        return self._fields.get("role")

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        country = f" ({self.country})" if self.country else ""
        return f"<Party {self.name}{country}>"


class Event(_Record):
    """Who did or said what to whom."""

    __slots__ = ()

    @property
    def type(self) -> str:
        """One of the 16 PLOVER types, or NONE."""
        return str(self._fields["plover"]["event"])

    @property
    def modes(self) -> list[str]:
        """PLOVER modes."""
        return list(self._fields["plover"]["mode"])

    @property
    def contexts(self) -> list[str]:
        """PLOVER contexts."""
        return list(self._fields["plover"]["context"])

    @property
    def quad_class(self) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict, 0 none."""
        return int(self._fields["plover"]["quad"])

    @property
    def score(self) -> Optional[float]:
        """PLOVER score of the type or mode, -10 to 10."""
        return self._fields["plover"].get("score")

    @property
    def status(self) -> str:
        """asserted, alleged, conditional, hypothetical, planned, denied or negated."""
        return str(self._fields["status"])

    @property
    def source(self) -> list[Party]:
        """Who acts."""
        return [Party(party) for party in self._fields["source"]]

    @property
    def target(self) -> list[Party]:
        """Who is acted upon."""
        return [Party(party) for party in self._fields["target"]]

    @property
    def date(self) -> Optional[str]:
        """ISO day, month, year, or an interval a/b; None where nothing says when."""
        return (self._fields.get("date") or {}).get("value")

    @property
    def place(self) -> Optional[str]:
        """Where, by name."""
        return (self._fields.get("place") or {}).get("name")

    @property
    def speakers(self) -> list[str]:
        """On whose word the outlet tells it; empty if on its own."""
        chain = [link for link in self._fields["attribution"] if link["level"] > 0]
        return [link.get("name") or "unnamed" for link in chain]

    @property
    def text(self) -> str:
        """The sentence that tells it, as it stands in the article."""
        return str(self._fields["sentence"]["text"])

    @property
    def span(self) -> tuple[int, int]:
        """Where that sentence stands: `article[start:end] == event.text`."""
        return (int(self._fields["sentence"]["start"]), int(self._fields["sentence"]["end"]))

    @property
    def trigger(self) -> str:
        """The words for the act."""
        return "; ".join(words["text"] for words in self._fields["trigger"])

    @property
    def confidence(self) -> float:
        """How sure the coding is, 0 to 1."""
        return float(self._fields["confidence"])

    def __repr__(self) -> str:
        return f"<Event {self.id}: {self}>"

    def __str__(self) -> str:
        who = "; ".join(map(str, self.source)) or "?"
        whom = "; ".join(map(str, self.target))
        parties = f"{who} → {whom}" if whom else who
        what = self.type + "".join(f"-{mode}" for mode in self.modes)
        said = f", says {self.speakers[-1]}" if self.speakers else ""
        when = f", {self.date}" if self.date else ""
        return f"{parties}, {what}, {self.status}{when}{said}"


class Quote(_Record):
    """Quoted words."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """Between the marks."""
        return str(self._fields["text"])

    @property
    def span(self) -> tuple[int, int]:
        """Where they stand in the article."""
        return (int(self._fields["start"]), int(self._fields["end"]))

    @property
    def speaker(self) -> Optional[str]:
        """Who says it."""
        return self._fields.get("speaker_name")

    def __repr__(self) -> str:
        words = self.text if len(self.text) <= 60 else self.text[:59] + "…"
        return f"<Quote {self.id}: {self.speaker or 'unnamed'}: “{words}”>"


class Commitment(_Record):
    """An obligation, a mandate, a sanctions regime, an ultimatum."""

    __slots__ = ()

    @property
    def parties(self) -> list[Party]:
        """Who is bound, oversees, issued it, or is served by it."""
        return [Party(party) for party in self._fields["parties"]]

    @property
    def obligation(self) -> str:
        """What is to be done, in the words of the article."""
        return str(self._fields["obligation"])

    @property
    def instrument(self) -> Optional[str]:
        """The document that says so."""
        return self._fields.get("instrument")

    @property
    def status(self) -> str:
        """In force, violated, ended …"""
        return str(self._fields["status"])

    def __repr__(self) -> str:
        return f"<Commitment {self.id}: {'; '.join(map(str, self.parties))}: {self.obligation}, {self.status}>"


class Report:
    """All that was found in one article."""

    __slots__ = ("records", "text")

    records: list[dict[str, Any]]
    """Every record of SCHEMA.md: document, sentences, entities, events, quotes …"""
    text: str
    """The article."""

    def __init__(self, lines: str, text: str) -> None:
        self.records = [json.loads(line) for line in lines.split("\n") if line]
        self.text = text

    def _of(self, kind: str) -> list[dict[str, Any]]:
        return [record for record in self.records if record["record"] == kind]

    @property
    def document(self) -> dict[str, Any]:
        """What is known of the article as a whole."""
        found = self._of("document")
        return found[0] if found else {}

    @property
    def events(self) -> list[Event]:
        """Who did or said what to whom, in the order of the text."""
        return [Event(record) for record in self._of("event")]

    @property
    def quotes(self) -> list[Quote]:
        """Quoted words with their speakers."""
        return [Quote(record) for record in self._of("quote")]

    @property
    def commitments(self) -> list[Commitment]:
        """What parties are bound to."""
        return [Commitment(record) for record in self._of("commitment")]

    @property
    def entities(self) -> list[dict[str, Any]]:
        """Who and what is mentioned."""
        return self._of("entity")

    @property
    def warnings(self) -> list[str]:
        """What was wrong with the text and how it was read all the same."""
        return [warning["message"] for warning in self.document.get("warnings") or []]

    def __repr__(self) -> str:
        events = self.events
        head = f"<Report {self.document.get('id', '')}: {len(events)} event{'' if len(events) == 1 else 's'}"
        lines = [f"  {event.id} {event}" for event in events]
        return "\n".join([head, *lines]) + ">"

    def _repr_html_(self) -> str:
        """The article with the sentences of its events marked, and a table of them; all text is escaped."""
        return f"<div>{_marked(self)}{_table(self.events)}</div>"


def _marked(report: Report) -> str:
    """The text, each sentence that tells events in a mark that names them."""
    told: dict[tuple[int, int], list[Event]] = {}
    for event in report.events:
        told.setdefault(event.span, []).append(event)
    out, position = [], 0
    for (start, end), events in sorted(told.items()):
        if start < position:
            continue
        title = html.escape("\n".join(str(event) for event in events))
        names = html.escape(" ".join(event.id for event in events))
        words = html.escape(report.text[start:end])
        out.append(html.escape(report.text[position:start]))
        out.append(f'<mark title="{title}">{words}<sup>{names}</sup></mark>')
        position = end
    out.append(html.escape(report.text[position:]))
    return f'<p style="white-space: pre-wrap">{"".join(out)}</p>'


def _table(events: list[Event]) -> str:
    if not events:
        return "<p>No events.</p>"
    head = "".join(f"<th>{name}</th>" for name in ("", "who", "whom", "what", "status", "when", "where", "on whose word"))
    rows = []
    for event in events:
        cells = [
            event.id,
            "; ".join(map(str, event.source)),
            "; ".join(map(str, event.target)),
            " ".join([event.type, *event.modes]),
            event.status,
            event.date or "",
            event.place or "",
            "; ".join(event.speakers),
        ]
        rows.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


__all__ = ["Commitment", "Event", "Party", "Quote", "Report"]
