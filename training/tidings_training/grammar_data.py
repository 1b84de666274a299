"""Reads the data files of the training grammar (`training/grammar`): predicates, frames, actors, fillers."""

import pathlib
from dataclasses import dataclass, field

ALIASES = {"any": ["state", "state", "gov", "ministry", "minister", "leader", "igo"], "official": ["minister", "leader"]}
# PLV has other classes in places (see the README of the data).
PLV = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
OPTIONS = {"plv", "status", "num", "tnum", "tclass", "home", "near", "noemb", "lasting"}
KINDS = ("v", "vt", "vi", "r", "n", "rn", "x")


class DataError(Exception):
    """A data file that cannot be used; names file, line, and what to do."""


@dataclass(frozen=True)
class Predicate:
    """One way to tell an act of a type."""

    type: str
    kind: str
    mode: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    pattern: str
    options: dict = field(default_factory=dict, hash=False, compare=False)

    @property
    def plv(self):
        """The class that PLV gives."""
        return self.options.get("plv", PLV.get(self.type, self.type))

    @property
    def status(self):
        """The status that the words themselves give."""
        return self.options.get("status", "asserted")


@dataclass(frozen=True)
class Embedding:
    """A verb that takes an act as its content and gives its own label."""

    type: str
    mode: str | None
    plv: str
    status: str
    who: str
    inside: tuple[str, ...]
    pattern: str


@dataclass(frozen=True)
class Frame:
    """A sentence around a predicate."""

    name: str
    kinds: tuple[str, ...]
    status: str
    weight: int
    template: str

    @property
    def is_headline(self):
        """Whether it is written without articles and full stop."""
        return "headline" in self.name


@dataclass(frozen=True)
class ActorKind:
    """A template for actors of a class."""

    cls: str
    number: str
    pronoun: str
    template: str


def rows(path, least):
    """The rows of a tab-separated file with their line numbers, comments left out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < least:
            raise DataError(f"{path}:{number}: {len(cells)} columns, not {least}\nhint: columns are parted by one tab")
        yield number, cells


def classes(text):
    """`any,crowd` as a tuple of actor classes."""
    return tuple(c for name in text.split(",") if name != "-" for c in ALIASES.get(name, [name]))


def options(cells):
    """`num=s noemb` as a dictionary."""
    found = {}
    for word in " ".join(cells).split():
        key, _, value = word.partition("=")
        found[key] = value or True
    return found


def predicate(path, number, kind_of, cells):
    """One row of a predicate file."""
    kind, mode, source, target, pattern, *rest = cells
    if kind not in KINDS or pattern.count("*") not in (2, 4):
        raise DataError(f"{path}:{number}: kind `{kind}`, pattern `{pattern}`\nhint: kinds are {' '.join(KINDS)}; mark the predicate as *verb*")
    chosen = options(rest)
    if set(chosen) - OPTIONS:
        raise DataError(f"{path}:{number}: option {sorted(set(chosen) - OPTIONS)[0]}\nhint: options are {' '.join(sorted(OPTIONS))}")
    wanted = chosen.get("tclass")
    return Predicate(kind_of, kind, None if mode == "-" else mode, classes(source), classes(wanted or target), pattern, chosen)


class Grammar:
    """All data files of the grammar."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.predicates = {}
        for path in sorted((folder / "predicates").glob("*.tsv")):
            kind = path.stem.upper()
            self.predicates[kind] = [predicate(path, n, kind, c) for n, c in rows(path, 5)]
        self.embeddings = [
            Embedding(c[0], None if c[1] == "-" else c[1], c[2], c[3], c[4], tuple(c[5].split()), c[6])
            for _, c in rows(folder / "embeddings.tsv", 7)
        ]
        self.frames = [Frame(c[0], tuple(c[1].split()), c[2], int(c[3]), c[4]) for _, c in rows(folder / "frames.tsv", 5)]
        self.fillers = {c[0]: [f.strip() for f in c[1].split(";")] for _, c in rows(folder / "fillers.tsv", 2)}
        self.countries = [c for _, c in rows(folder / "countries.tsv", 5)]
        self.names = {c[0]: [[n.strip() for n in cell.split(",")] for cell in c[1:4]] for _, c in rows(folder / "names.tsv", 4)}
        self.verbs = [c for _, c in rows(folder / "verbs.tsv", 4)]
        self.actors = {}
        for _, c in rows(folder / "actors.tsv", 4):
            self.actors.setdefault(c[0], []).append(ActorKind(*c[:4]))
        self.hard_cases = list(rows(folder / "hard_cases.tsv", 6)) if (folder / "hard_cases.tsv").exists() else []


def quads(path):
    """Quad class of each PLOVER type, from the project's own ontology."""
    return {c[0]: int(c[1]) for _, c in rows(path, 2) if c[1].isdigit()}
