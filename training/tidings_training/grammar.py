"""Writes training sentences for the relation head: types x predicates x frames x statuses x actors, labels true by construction.

  python -m tidings_training.grammar OUT.jsonl [--rows N] [--seed N] [--shared DIR]
  python -m tidings_training.grammar --check
"""

import argparse, collections, dataclasses, json, pathlib, random, sys

from . import grammar_words as words
from .grammar_build import Builder, Unfit
from .grammar_data import DataError, Grammar, Predicate, quads
from .grammar_filter import Filter

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "training" / "grammar"
TYPES = ("AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
         "ASSAULT NONE").split()
# Of the rows of a type that verbs of saying, wanting and refusing can tell, so many hold another act inside.
EMBEDDED = 0.45
# Of the rows of NONE, so many mark the source of one act and somebody of another.
APART = 0.25
VERBAL = ("v", "vt")
# Plain statements only: sports and weather are not denied by ministries.
PLAIN_ONLY = ("NONE",)
TRIES = 40
# How often a predicate of several words is marked by its first or, behind a light verb, by its last.
FIRST_WORD, LAST_WORD = 0.3, 0.25
LIGHT = ("hold", "held", "stag", "launch", "carr", "conduct", "mak", "made", "pay", "paid", "giv", "gave", "issu", "impos", "declar", "open",
         "mount", "express", "voic", "offer", "grant", "deliver", "lodg", "fil", "reach", "struck", "strik", "extend", "conclud",
         "sign", "broker", "disburs")
NO_NOUN = ("to", "in", "out", "off", "up", "on", "for", "with", "of", "down", "away", "back", "apart", "joint", "into", "against", "would",
           "must", "was", "open", "talk", "full", "that")


class Generator:
    """Rows in a fixed order for a seed."""

    def __init__(self, folder=FOLDER, seed=7):
        self.grammar, self.seed = Grammar(folder), seed
        self.verbs = words.Verbs(self.grammar.verbs)
        self.quads = quads(ROOT / "data" / "ontology" / "types.tsv")
        self.turns, self.used = collections.Counter(), set()

    def frames(self, entry, plain):
        """The frames that fit an entry."""
        kinds = {entry.kind, "v"} if entry.kind == "vt" else {entry.kind}
        fit = [f for f in self.grammar.frames if kinds & set(f.kinds)]
        return [f for f in fit if f.status == "asserted"] if plain else fit

    def turn(self, key, items):
        """The items one after the other, in an order shuffled once per round, so that none is left out."""
        count = self.turns[key]
        self.turns[key] += 1
        order = list(range(len(items)))
        random.Random(f"{self.seed}:{key}:{count // len(items)}").shuffle(order)
        return items[order[count % len(items)]]

    def frame(self, rng, entry, plain):
        """A frame for the entry: one that its type has not yet had, later by weight."""
        fit = self.frames(entry, plain)
        new = [f for f in fit if (entry.type, entry.kind, f.name) not in self.used]
        new = [f for f in new if entry.kind in f.kinds] or new
        return rng.choice(new) if new else rng.choices(fit, [f.weight for f in fit])[0]

    def plain_row(self, rng, type_of):
        """A row whose predicate is of the type itself."""
        entry = self.turn(type_of, self.grammar.predicates[type_of])
        plain = type_of in PLAIN_ONLY or entry.status != "asserted"
        frame = self.frame(rng, entry, plain)
        builder = Builder(self.grammar, self.verbs, rng, self.quads)
        source, target = builder.pair(entry.source, entry.target, entry.options)
        text = builder.sentence(frame, entry, source, target)
        self.used.add((entry.type, entry.kind, frame.name))
        status = frame.status if frame.status != "asserted" else entry.status
        return self.row(text, entry.type, entry.mode, entry.plv, status, frame.name)

    def apart_row(self, rng, type_of):
        """A row whose source acts, but not on the marked target."""
        text = Builder(self.grammar, self.verbs, rng, self.quads).apart()
        return self.row(text, type_of, None, type_of, "asserted", "apart")

    def inner(self, type_of):
        """An act of the type that can stand inside another; what has not happened has no casualties yet."""
        fit = [e for e in self.grammar.predicates[type_of.removesuffix("+lasting")] if e.kind in VERBAL and e.target and not {"noemb", "status", "num"} & set(e.options)]
        fit = [e for e in fit if not {"court", "prosecutor"} & set(e.source)]
        lasting = type_of.endswith("+lasting")
        fit = [e for e in fit if not lasting or "lasting" in e.options]
        act = self.turn(f"inner:{type_of}", fit)
        return dataclasses.replace(act, pattern=act.pattern.replace(", {losses}", ""))

    def embedded_row(self, rng, type_of):
        """A row whose predicate takes an act as its content."""
        outer = self.turn(f"outer:{type_of}", [e for e in self.grammar.embeddings if e.type == type_of])
        act = self.inner(rng.choice(outer.inside))
        builder = Builder(self.grammar, self.verbs, rng, self.quads)
        if outer.who == "same":
            source, target = builder.pair(act.source, act.target, act.options)
            third = builder.third([source, target], ("state",))
            inside = words.unmarked(builder.phrase(act, source, None, third)) if not act.target else builder.phrase(act, source, target, third)
            given = {"it": source.pronoun, "its": source.pronoun}
            entry_subject = source
        else:
            speakers = ("state", "gov", "minister", "leader", "igo", "ngo", "party")
            source, target = builder.pair(speakers, act.source, {})
            third = builder.third([source, target], act.target)
            inside = words.unmarked(builder.phrase(act, target, third, builder.third([source, target, third], ("state",))))
            entry_subject = target
        inside = inside.replace("*", "")
        given = {"T": words.marked("target", target.text), "it": source.pronoun, "its": possessive_pronoun(source)}
        given |= {f"VP.{form}": builder.inflect(inside, form, entry_subject) for form in ("base", "ger")}
        kind = "f" if outer.pattern.startswith("*will") else "v"
        if kind == "f":  # "will meet", not "will", is the predicate
            verb, _, rest = given["VP.base"].partition(" ")
            given["VP.base"] = f"{verb}* {rest}"
        pattern = builder.fill(outer.pattern.replace("* {VP.base}", " {VP.base}") if kind == "f" else outer.pattern, given, source)
        entry = Predicate(outer.type, kind, outer.mode, act.source, act.target, pattern)
        fit = [f for f in self.frames(entry, kind == "v") if f.name not in ("second-act", "first-act")]
        frame = rng.choices(fit, [f.weight for f in fit])[0]
        text = builder.sentence(frame, entry, source, target, phrase=pattern)
        return self.row(text, outer.type, outer.mode, outer.plv, outer.status, "embedded-" + frame.name)

    def row(self, text, type_of, mode, plv, status, frame):
        """The row as it is written."""
        bare, found = words.spans(text)
        if "source" not in found or "predicate" not in found or "{" in bare or "*" in bare:
            raise Unfit(bare)
        begin, end = found["predicate"]
        end -= 3 * bare[begin:end].endswith(" to")
        return {
            "text": bare, "source": found["source"], "target": found.get("target"), "predicate": [begin, end], "plover": type_of,
            "mode": mode, "plv": plv, "quad": self.quads[type_of], "status": status, "frame": frame,
        }

    def rows(self, count, accept=lambda row: True):
        """`count` rows in all, the types in turn, every sentence once."""
        has_outer = {e.type for e in self.grammar.embeddings}
        seen = set()
        for index in range(count):
            type_of = TYPES[index % len(TYPES)]
            for attempt in range(TRIES):
                rng = random.Random(f"{self.seed}:{index}:{attempt}")
                try:
                    embeds = type_of in has_outer and rng.random() < self.share(type_of)
                    apart = type_of == "NONE" and rng.random() < APART
                    make = self.apart_row if apart else self.embedded_row if embeds else self.plain_row
                    row = narrowed(make(rng, type_of), rng)
                except Unfit:
                    continue
                key = (row["text"], tuple(row["predicate"]))
                if key not in seen and accept(row):
                    seen.add(key)
                    yield row
                    break

    def share(self, type_of):
        """How many rows of a type are embeddings: fewer where there are few of them."""
        return min(EMBEDDED, 0.06 * sum(e.type == type_of for e in self.grammar.embeddings))

    def hard_rows(self):
        """The hand-written cases, checked."""
        for number, cells in self.grammar.hard_cases:
            yield hard_row(cells, number, self.quads)


def narrowed(row, rng):
    """Now and then only the verb, or only the noun behind a light verb, is the predicate: a reader may mark either."""
    begin, end = row["predicate"]
    said = row["text"][begin:end].split(" ")
    chance = rng.random()
    if said[0] == "will":
        row["predicate"] = [end - len(said[-1]), end] if chance < FIRST_WORD else [begin, end]
    elif len(said) > 1 and chance < FIRST_WORD:
        row["predicate"] = [begin, begin + len(said[0])]
    elif len(said) > 1 and chance > 1 - LAST_WORD and said[0].lower().startswith(LIGHT) and said[-1] not in NO_NOUN:
        row["predicate"] = [end - len(said[-1]), end]
    return row


def possessive_pronoun(actor):
    """`it` -> `its`."""
    return {"it": "its", "they": "their", "he": "his", "she": "her"}[actor.pronoun]


def hard_row(cells, number, quad_of):
    """One hand-written case: type, mode, PLV class, status, topic, text with [S: ], [T: ] and [P: ]."""
    type_of, mode, plv, status, topic, text = cells[:6]
    for mark, name in (("S", "source"), ("T", "target"), ("P", "predicate")):
        head, found, rest = text.partition(f"[{mark}:")
        if not found:
            if mark == "T":
                continue
            raise DataError(f"hard_cases.tsv:{number}: no [{mark}: ...]\nhint: mark source, target and predicate")
        inner, closed, tail = rest.partition("]")
        if not closed:
            raise DataError(f"hard_cases.tsv:{number}: [{mark}: is not closed\nhint: add a `]`")
        text = head + words.marked(name, inner.strip()) + tail
    bare, found = words.spans(text)
    if "[" in bare or type_of not in quad_of:
        raise DataError(f"hard_cases.tsv:{number}: unknown type `{type_of}` or a mark too many\nhint: one [S: ], [T: ] and [P: ] each")
    return {
        "text": bare, "source": found["source"], "target": found.get("target"), "predicate": found["predicate"], "plover": type_of,
        "mode": None if mode == "-" else mode, "plv": plv, "quad": quad_of[type_of], "status": status, "frame": f"hand-{topic}",
    }


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=16000, help="generated rows; the hand-written cases come on top")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--check", action="store_true", help="run the self check")
    args = parser.parse_args()
    if args.check:
        from . import grammar_check
        return grammar_check.run()
    if not args.out:
        parser.error("OUT.jsonl or --check is needed")
    try:
        generator = Generator(seed=args.seed)
        held_out = Filter(args.shared, ROOT)
        hand = [row for row in generator.hard_rows() if held_out.accepts(row)]
        made = list(generator.rows(args.rows, held_out.accepts))
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    random.Random(args.seed).shuffle(made)
    with args.out.open("w", encoding="utf-8") as out:
        for row in hand + made:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    report(hand, made, held_out, generator.grammar)
    return 0


def report(hand, made, held_out, grammar):
    """The counts."""
    types = collections.Counter(r["plover"] for r in hand + made)
    lengths = sorted(len(r["text"].split()) for r in made)
    print(f"{len(made)} generated rows, {len(hand)} hand-written")
    print("types: " + ", ".join(f"{t} {types[t]}" for t in TYPES))
    ways = {t: len({e.pattern for e in [*grammar.predicates[t], *(e for e in grammar.embeddings if e.type == t)]}) for t in TYPES}
    print("ways of telling: " + ", ".join(f"{t} {ways[t]}" for t in TYPES) + f"; in all {sum(ways.values())}")
    print("distinct predicates: " + ", ".join(f"{t} {len({r['text'][slice(*r['predicate'])].lower() for r in made if r['plover'] == t})}" for t in TYPES))
    print(f"frames: {len({r['frame'] for r in made})}; words: median {lengths[len(lengths) // 2]}, mean {sum(lengths) / len(lengths):.1f}, "
          f"20 to 32 words {sum(20 <= n <= 32 for n in lengths) / len(lengths):.0%}")
    print("status: " + ", ".join(f"{s} {n}" for s, n in sorted(collections.Counter(r["status"] for r in hand + made).items())))
    print(f"left out: {held_out.hashed} by hash, {held_out.shared_runs} by shared runs of words")


if __name__ == "__main__":
    sys.exit(main())
