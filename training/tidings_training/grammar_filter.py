"""Keeps held-out sentences out of the training sentences; counts what it drops and shows nothing of it."""

import csv, hashlib, json, re

from .grammar_words import shingles

RUN = 8
OUR_TESTS = ("tests/status", "tests/no_event", "tests/suite")


class Filter:
    """Drops a row whose sentence is on the list of hashes or shares eight words in a row with a held-out text."""

    def __init__(self, shared, root):
        self.hashes, self.runs = set(), set()
        self.hashed = self.shared_runs = 0
        self.read_shared(shared / "plover")
        for folder in OUR_TESTS:
            for path in sorted((root / folder).rglob("*")):
                if path.is_file() and path.suffix in (".tsv", ".txt", ".toml", ".md"):
                    self.add(path.read_text(encoding="utf-8"))

    def read_shared(self, folder):
        """The held-out texts, where they are there."""
        if (folder / "exclude_sha1.txt").exists():
            lines = (folder / "exclude_sha1.txt").read_text().split()
            self.hashes = {line.strip().lower() for line in lines if re.fullmatch(r"[0-9a-fA-F]{40}", line.strip())}
        if (folder / "PLV_test.tsv").exists():
            with (folder / "PLV_test.tsv").open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                    self.add(row["sentence"])
        if (folder / "PLOVER_GSR_CAMEO.txt").exists():
            self.add((folder / "PLOVER_GSR_CAMEO.txt").read_text(encoding="utf-8", errors="replace"))

    def add(self, text):
        """The runs of a held-out text, line by line."""
        for line in text.splitlines():
            self.runs |= shingles(line, RUN)

    def accepts(self, row):
        """Whether a row may be used."""
        text = row["text"]
        if hashlib.sha1(re.sub(r"[^a-z0-9]", "", text.lower()).encode()).hexdigest() in self.hashes:
            self.hashed += 1
            return False
        if shingles(text, RUN) & self.runs:
            self.shared_runs += 1
            return False
        return True
