"""What all tests share: our own articles, and a ledger made by the program (`TIDINGS`)."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
CHARGE = "Norway condemned Denmark on Monday."
GERMAN = (
    "Der norwegische Außenminister dankte am Montag seinem Amtskollegen in Reykjavik und sagte, die Boote würden noch "
    "vor dem Winter zurückgeschickt. Die Fischer protestierten gegen den Beschluss der Regierung."
)


def many(count: int) -> list[dict[str, str]]:
    """Different short articles of four days."""
    states = ["France", "Germany", "Norway", "Iceland", "Kenya", "Japan", "Peru"]
    articles = []
    for number in range(count):
        a, b = states[number % 7], states[(number + 1 + number // 7) % 7]
        text = f"{a} condemned {b} on Monday. {b} rejected the charge, a spokesman said. " * (1 + number % 3)
        articles.append({"id": f"report-{number:03}", "text": text, "date": f"2026-05-1{number % 4}"})
    return articles


@pytest.fixture(scope="session")
def ledger_path(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    program = os.environ.get("TIDINGS")
    if not program:
        pytest.skip("TIDINGS names no program to make a ledger with")
    folder = tmp_path_factory.mktemp("ledger")
    source = folder / "many.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in many(30)))
    path = folder / "news.db"
    subprocess.run([program, "--quiet", "add", source, "--ledger", path], check=True)
    return path
