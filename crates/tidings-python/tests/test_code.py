"""Texts to objects: what they say, how they look, and what is refused."""

from __future__ import annotations

import datetime
import pathlib

import pytest
from conftest import CHARGE, GERMAN

import tidings


def test_an_article_gives_its_events_with_their_parties_day_and_sentence():
    report = tidings.code(CHARGE, date="2016-08-11", outlet="Delta Post", title="Norway condemns Denmark")
    (event,) = report.events
    assert [str(party) for party in event.source] == ["Norway"]
    assert event.target[0].country == "DNK"
    assert (event.type, event.status, event.date) == ("ACCUSE", "asserted", "2016-08-08")
    start, end = event.span
    assert report.text[start:end] == event.text == CHARGE
    assert 0 < event.confidence <= 1
    assert report.document["outlet"] == "Delta Post"


def test_a_day_may_be_text_a_date_or_a_time():
    for day in ["11 August 2016", datetime.date(2016, 8, 11), datetime.datetime(2016, 8, 11, 12, 30)]:
        assert tidings.code(CHARGE, date=day).events[0].date == "2016-08-08"


def test_a_list_gives_a_list_in_its_order_whatever_the_number_of_threads():
    articles = [f"{state} condemned Denmark." for state in ["Norway", "Peru", "Kenya", "Japan"] * 3]
    reports = tidings.code(articles, jobs=3)
    assert [str(report.events[0].source[0]) for report in reports] == [a.split()[0] for a in articles]
    assert [r.records for r in reports] == [r.records for r in tidings.code(articles, jobs=1)]
    assert tidings.code([]) == []


def test_articles_may_be_mappings_with_what_is_known_of_each():
    first, second = tidings.code(
        [{"text": CHARGE, "id": "a", "date": "2016-08-11"}, {"text": CHARGE}], date="2016-08-18"
    )
    assert first.document["id"] == "a"
    assert (first.events[0].date, second.events[0].date) == ("2016-08-08", "2016-08-15")


def test_events_and_reports_show_what_they_say():
    report = tidings.code(CHARGE, date="2016-08-11")
    assert repr(report.events[0]) == "<Event E01: Norway → Denmark, ACCUSE-disapprove, asserted, 2016-08-08>"
    assert "1 event" in repr(report) and "Norway → Denmark" in repr(report)
    assert repr(report.events[0].source[0]) == "<Party Norway (NOR)>"


def test_an_event_as_a_dict_has_the_fields_of_the_schema():
    fields = tidings.code(CHARGE).events[0].to_dict()
    assert {"id", "source", "target", "plover", "status", "attribution", "sentence"} <= set(fields)


def test_quotations_have_their_speaker():
    text = 'Iceland\'s foreign minister spoke on Monday. "We will not accept any further delay," she said in Reykjavik.'
    (quote,) = tidings.code(text).quotes
    assert quote.text.startswith("We will not accept")
    assert repr(quote).startswith("<Quote Q01")


def test_a_claim_has_its_speaker_and_is_no_fact():
    event = tidings.code("Peru attacked the port, Ecuador's president claimed on Monday.").events[0]
    assert event.status == "alleged" and event.speakers


def test_notebooks_get_the_marked_text_and_nothing_of_it_is_markup():
    report = tidings.code("<script>alert(1)</script>\n\n" + CHARGE)
    page = report._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "<mark" in page and "<sup>E01</sup>" in page and "<td>Norway</td>" in page


def test_with_trail_the_records_carry_reasons():
    assert "trail" not in tidings.code(CHARGE).events[0].to_dict()
    assert tidings.code(CHARGE, trail=True).events[0].to_dict()["trail"]


def test_another_language_is_a_warning_and_no_event():
    report = tidings.code(GERMAN)
    assert report.events == [] and any("'de'" in warning for warning in report.warnings)


@pytest.mark.parametrize("text", ["", "\0\0", "x" * 100_000, "Norway condemned Denmark. " * 200, "\ud7ff\U0010ffff"])
def test_odd_texts_are_coded_or_warned_of(text: str):
    assert tidings.code(text).document["n_chars"] == len(text)


def test_what_is_no_article_is_refused_with_a_reason():
    with pytest.raises(TypeError, match="not bytes"):
        tidings.code(b"Norway condemned Denmark.")
    with pytest.raises(TypeError, match="not bytes or a path"):
        tidings.code(pathlib.Path("report.txt"))
    with pytest.raises(TypeError, match="not int"):
        tidings.code([7])
    with pytest.raises(TypeError, match="headline"):
        tidings.code({"text": CHARGE, "headline": "x"})
    with pytest.raises(ValueError, match="hint: write it like 2016-08-11"):
        tidings.code(CHARGE, date="someday")
    with pytest.raises(UnicodeEncodeError):
        tidings.code("\ud800")
