"""Writes what this side makes of a few words, for the Rust runtime to make the same of them.

  python -m tidings_training.fixture

Run it again when the vocabulary or the rules of `wordpiece.py` or `lemma.py` change."""
import json, pathlib

from . import lemma, wordpiece

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "crates/tidings-language/tests/data/parity.json"

SENTENCES = [
    "The harbour master of Ålesund closed two piers on Tuesday .",
    "“ We ’ll rebuild it , ” Mrs O’Leary-Brandt told the U.N. envoy …",
    "FIVE FERRIES HELD IN McMurdo strait ; €3.5bn lost , says iPORT 's CEO",
    "Łódź , Türkiye , São Tomé , naïve , Straße , ŒUVRE , ﬁnance , İzmir , ΑΘΗΝΑΣ",
    "www.ferry-office.example/time_table?day=7&pier=2 #strike @harbour 100% $4,000 1/2 x=y+z",
    "antidisestablishmentarianists' unbelievabilities re-re-negotiated ' s `` ok '' «oui» ‚nein‘",
    "e\u0301lan cafe\u0301 zero\u200bwidth soft\u00adhyphen non\u00a0breaking tab\tbed a\u0000b \ufeffmark",
    "谢谢 Привет مرحبا שלום 한국어 👍🏽 👩‍👩‍👧 ☃ ™ © ½ ① Ⅷ ǅ",
    "A a I O.K. mIxEd ALLCAPS Title 3D B2B x86 A1 Ab aB ß ſ ª",
]
# One "word" each: odd as a whole, so not cut at blanks.
WORDS = ["", " ", "\u0007\u0000", "\u0301", "\u200b", "...", "!?!?!?", "a" * 100, "a" * 101, "9" * 101, "-" * 60, "two words", "it\u2019s", "\ud7ff", "\U0010ffff", "\u1e9e", "x" * 40 + "-" + "Y" * 40]
PAIRS = [("Parties", "party"), ("went", "go"), ("Norway", "Norway"), ("was", "be"), ("Ferries", "ferry"), ("ships", "ship"), ("US", "US"), ("talks", "talk"), ("’s", "be"),
         ("Élysée", "Élysée"), ("ÉTATS", "état"), ("better", "good"), ("STRASSEN", "straße"), ("İs", "be"), ("ΟΔΟΣ", "οδός"), ("", ""), ("a", "a"), ("|", "|"), ("=", "="), ("mice", "mouse"), ("cut", "cut")]
RULES = ["l|0|", "k|0|", "l|1|", "l|3|y", "k|2|", "l|99|", "l|99|x", "=be", "=", "=a|b", "l|1|a|b", "k|1|é"]


def main():
    vocabulary = (ROOT / "models/en/vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    pieces = wordpiece.WordPiece(vocabulary)
    words = list(dict.fromkeys(WORDS + [w for s in SENTENCES for w in s.split(" ")]))
    rules = [(rule, form) for rule in RULES for form in ("Vessels", "İs", "ΟΔΟΣ", "né", "")]
    rules += [(lemma.script(form, base), form) for form, base in PAIRS]
    lines = [("words", [[w, *map(list, zip(*pieces.word(w)))] for w in words]), ("lemmas", [[rule, form, lemma.apply(rule, form)] for rule, form in rules])]
    rows = lambda values: ",\n".join("  " + json.dumps(v, ensure_ascii=True) for v in values)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("{\n" + ",\n".join(f' "{name}": [\n{rows(values)}\n ]' for name, values in lines) + "\n}\n")
    print(f"{OUT.relative_to(ROOT)}: {len(words)} words, {len(rules)} lemmas")


if __name__ == "__main__":
    main()
