"""Self check of the training grammar: `python -m tidings_training.grammar --check`."""

import pathlib, tempfile, unittest

from . import grammar_words as words
from .grammar import FOLDER, ROOT, TYPES, Generator, hard_row
from .grammar_data import DataError, Grammar, predicate
from .grammar_filter import Filter

ROWS = 12000
STATUSES = {"asserted", "alleged", "conditional", "hypothetical", "planned", "denied", "negated"}


class Words(unittest.TestCase):
    """Forms of words."""

    def setUp(self):
        self.verbs = words.Verbs(Grammar(FOLDER).verbs)

    def test_forms(self):
        for verb, form, expected in (
            ("carry", "past", "carried"), ("stop", "ger", "stopping"), ("expel", "past", "expelled"), ("hold", "part", "held"),
            ("free", "past", "freed"), ("agree", "ger", "agreeing"), ("deploy", "pres", "deploys"), ("veto", "pres", "vetoes"),
            ("overthrow", "part", "overthrown"), ("visit", "past", "visited"), ("ban", "ger", "banning"), ("fly", "pres", "flies"),
        ):
            self.assertEqual(self.verbs.form(verb, form), expected)

    def test_articles(self):
        self.assertEqual(words.articles("a Omani, a Ugandan, a hour, a UN mission, a Eritrean, A armed group"),
                         "an Omani, a Ugandan, an hour, a UN mission, an Eritrean, An armed group")

    def test_spans_survive_the_making_of_a_sentence(self):
        text = words.sentence(f"  {words.marked('source', 'a Iraqi court')}  {words.marked('predicate', 'freed')} {words.marked('target', 'him')} .")
        bare, found = words.spans(text)
        self.assertEqual(bare, "An Iraqi court freed him.")
        self.assertEqual(bare[slice(*found["source"])], "An Iraqi court")
        self.assertEqual(bare[slice(*found["target"])], "him")


class Data(unittest.TestCase):
    """The data files."""

    def setUp(self):
        self.grammar = Grammar(FOLDER)

    def test_every_type_has_forty_predicates(self):
        for name in TYPES:
            self.assertGreaterEqual(len({p.pattern for p in self.grammar.predicates[name]}), 40, name)

    def test_modes_are_those_of_the_ontology(self):
        lines = (ROOT / "data" / "ontology" / "modes.tsv").read_text(encoding="utf-8").splitlines()
        known = {tuple(line.split("\t")[:2]) for line in lines if not line.startswith("#")}
        for name, entries in self.grammar.predicates.items():
            for entry in entries:
                self.assertTrue(entry.mode is None or (name, entry.mode) in known, entry.pattern)
        for entry in self.grammar.embeddings:
            self.assertTrue(entry.mode is None or (entry.type, entry.mode) in known, entry.pattern)
        for number, cells in self.grammar.hard_cases:
            self.assertTrue(cells[1] == "-" or (cells[0], cells[1]) in known, f"hard_cases.tsv:{number}")

    def test_classes_have_actors_and_no_filler_repeats(self):
        for entries in self.grammar.predicates.values():
            for entry in entries:
                self.assertFalse(set(entry.source + entry.target) - set(self.grammar.actors), entry.pattern)
        for slot, fillers in self.grammar.fillers.items():
            self.assertTrue(all(fillers), slot)

    def test_hard_cases(self):
        rows = list(Generator().hard_rows())
        self.assertGreaterEqual(len(rows), 300)
        self.assertEqual(len({r["text"] for r in rows}), len(rows))
        for row in rows:
            check_row(self, row)

    def test_mistakes_are_told(self):
        with self.assertRaisesRegex(DataError, "hint:"):
            hard_row(["AID", "-", "AID", "asserted", "x", "[S:Chad] helped [T:Mali]."], 3, {"AID": 2})
        with self.assertRaisesRegex(DataError, "aid.tsv:9"):
            predicate(pathlib.Path("aid.tsv"), 9, "AID", ["v", "-", "any", "any", "help {T}"])


class Rows(unittest.TestCase):
    """The generated rows."""

    @classmethod
    def setUpClass(cls):
        cls.generator = Generator()
        cls.rows = list(cls.generator.rows(ROWS))

    def test_rows(self):
        for row in self.rows:
            check_row(self, row)
        self.assertEqual(len({(r["text"], tuple(r["predicate"])) for r in self.rows}), len(self.rows))

    def test_every_type_with_every_fitting_frame(self):
        made = {(r["plover"], r["frame"]) for r in self.rows}
        for name in TYPES:
            kinds = {e.kind for e in self.generator.grammar.predicates[name] if e.status == "asserted"}
            kinds |= {"v"} if "vt" in kinds else set()
            for frame in self.generator.grammar.frames:
                fits = kinds & set(frame.kinds) and (name != "NONE" or frame.status == "asserted")
                if fits:
                    self.assertTrue((name, frame.name) in made, f"{name} {frame.name}")

    def test_types_are_balanced(self):
        for name in TYPES:
            self.assertGreaterEqual(sum(r["plover"] == name for r in self.rows), ROWS // len(TYPES) - 10, name)

    def test_lengths_are_those_of_news(self):
        near = sum(20 <= len(r["text"].split()) <= 32 for r in self.rows)
        self.assertGreaterEqual(near / len(self.rows), 0.5)

    def test_same_seed_same_rows(self):
        self.assertEqual(self.rows[:500], list(Generator().rows(500)))
        self.assertNotEqual(self.rows[:500], list(Generator(seed=8).rows(500)))


class Left(unittest.TestCase):
    """What must not get in."""

    def test_filter_drops_shared_runs_and_hashes(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "plover").mkdir()
            (root / "tests" / "status").mkdir(parents=True)
            (root / "tests" / "status" / "sentences.txt").write_text("A long held-out sentence of more than eight words is here.\n")
            (root / "plover" / "exclude_sha1.txt").write_text("# hashes\n95d7d05dfcc2f5bd5ab4ab5ae0f7a3f4e0c2a1ab\n" + sha1("chadhelpedmali") + "\n")
            held_out = Filter(root, root)
            self.assertFalse(held_out.accepts({"text": "He read a long held-out sentence of more than eight words aloud."}))
            self.assertFalse(held_out.accepts({"text": "Chad helped Mali."}))
            self.assertTrue(held_out.accepts({"text": "Chad helped Niger."}))
            self.assertEqual((held_out.hashed, held_out.shared_runs), (1, 1))


def sha1(text):
    """Hexadecimal SHA-1."""
    import hashlib

    return hashlib.sha1(text.encode()).hexdigest()


def check_row(test, row):
    """Spans in range, whole words, apart from each other; known labels."""
    text = row["text"]
    spans = [row[name] for name in ("source", "target", "predicate") if row[name]]
    for begin, end in spans:
        test.assertTrue(0 <= begin < end <= len(text), row)
        test.assertEqual(text[begin:end], text[begin:end].strip(), row)
        test.assertFalse(text[begin - 1 : begin].isalnum() or text[end : end + 1].isalnum(), row)
    ordered = sorted(spans)
    for left, right in zip(ordered, ordered[1:]):
        test.assertLessEqual(left[1], right[0], row)
    test.assertFalse(any(mark in text for mark in "{}*[]") or "  " in text or words.NOT_MARK.search(text), row)
    test.assertIn(row["plover"], TYPES)
    test.assertIn(row["status"], STATUSES)


def run():
    """Runs the check; the exit status."""
    suite = unittest.defaultTestLoader.loadTestsFromName(__name__)
    return 0 if unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful() else 1
