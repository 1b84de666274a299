"""The base forms that the treebanks' training parts use, by part of speech: which spelling of a lemma is a word.

  python -m tidings_training.lexicon --shared ../../shared/data --out ../data/language/base_forms.tsv
"""
import argparse, collections, pathlib, re

from . import corpora

CLASSES = ("VERB", "NOUN", "ADJ", "ADV")
HEADER = """# Base forms of English verbs, nouns, adjectives and adverbs that the training parts of UD English EWT and of GUM (free genres) use, by part of speech.
# Columns: lemma, universal part of speech. Made by training/tidings_training/lexicon.py; CC BY-SA 4.0 as EWT.
"""


def lemmas(samples):
    """Lemmas in small letters; a form that is its own lemma once only may be a slip of the annotators."""
    seen = collections.Counter()
    for sample in samples:
        for word, tag, lemma in zip(sample["words"], sample["upos"], sample["lemma"]):
            if tag in CLASSES and re.fullmatch(r"[a-z]+(-[a-z]+)*", lemma):
                seen[lemma, tag] += 1
    slip = lambda lemma, tag, n: n < 2 and tag == "VERB" and lemma.endswith(("ed", "ing")) and len(lemma) > 5
    return sorted(key for key, n in seen.items() if not slip(*key, n))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", default="../../shared/data")
    a.add_argument("--out", default="../data/language/base_forms.tsv")
    args = a.parse_args()
    shared = pathlib.Path(args.shared)
    found = lemmas(corpora.ewt(shared, "train") + corpora.gum(shared, "train"))
    pathlib.Path(args.out).write_text(HEADER + "".join(f"{lemma}\t{tag}\n" for lemma, tag in found), encoding="utf-8")


if __name__ == "__main__":
    main()
