"""Pairs of actors in sentences without a label, for the teachers of the relation branch to judge.

  python -m tidings_training.actor_pairs articles --shared ../../shared/data > articles.jsonl
  tidings code --format records articles.jsonl > records.jsonl
  python -m tidings_training.actor_pairs pairs --shared ../../shared/data articles.jsonl records.jsonl > pairs.jsonl

The articles are those of PolNeAR's training part and of the Worldwide newswire's. A pair is source and target of an event
that Tidings codes, with its word, or two named actors of one sentence without one."""
import argparse, collections, gzip, json, random, re

from . import relation

PER_SENTENCE = 1  # pairs without an event
SHORTEST, LONGEST = 40, 500  # characters of a sentence


def joined(words):
    """Words of the newswire as running text."""
    text = ""
    for word in words:
        close = re.fullmatch(r"[.,;:!?%)\]’”]|n't|['’][a-z]+", word) or text.endswith(("(", "“", "[", "$"))
        text += word if not text or close else " " + word
    return text


def articles(shared):
    with gzip.open(f"{shared}/quotes/polnear.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)
    sentences, words = [], []
    for line in open(f"{shared}/entities/worldwide/worldwide.train.tsv", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc") and sentences:
            yield "\n\n".join(sentences)
            sentences = []
        elif "\t" in line:
            words.append(line.split("\t")[0])
        elif words:
            sentences.append(joined(words))
            words = []
    yield "\n\n".join(sentences)


def documents(path):
    """The records of each document in turn."""
    current = None
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        if record["record"] == "document":
            if current:
                yield current
            current = collections.defaultdict(list, id=record["id"])
        elif current is not None:
            current[record["record"]].append(record)
    if current:
        yield current


def within(sentence, spans):
    """The first span that lies in the sentence, counted from its start."""
    start, end = sentence["start"], sentence["end"]
    return next(((s["start"] - start, s["end"] - start) for s in spans if s.get("start") is not None and start <= s["start"] and s["end"] <= end), None)


def coded(sentence, events):
    for event in events:
        source, target, word = (within(sentence, event[k]) for k in ("source", "target", "trigger"))
        if source and target and word:
            yield {"source": source, "target": target, "predicate": word}


def uncoded(sentence, entities, taken, rng):
    """Two different named actors, some words apart."""
    found = sorted({(m["start"], m["end"], e["id"]) for e in entities if e["kind"] != "place" for m in e["mentions"]
                    if m["form"] == "name" and sentence["start"] <= m["start"] and m["end"] <= sentence["end"]})
    kept = []
    for mention in found:
        if kept and mention[0] < kept[-1][1]:
            kept[-1] = max(kept[-1], mention, key=lambda m: m[1] - m[0])
        else:
            kept.append(mention)
    at = lambda m: (m[0] - sentence["start"], m[1] - sentence["start"])
    pairs = [(at(a), at(b)) for a in kept for b in kept if a[2] != b[2] and 12 < b[0] - a[1] < 150]
    pairs = [p for p in pairs if p not in taken]
    for source, target in rng.sample(pairs, min(PER_SENTENCE, len(pairs))):
        yield {"source": source, "target": target, "predicate": None}


def pairs(texts, records, out_of_bounds, rng):
    for document in documents(records):
        text = texts[document["id"]]
        for sentence in document["sentence"]:
            words = text[sentence["start"]:sentence["end"]]
            if not SHORTEST < len(words) < LONGEST or "\n" in words or relation.letters(words) in out_of_bounds:
                continue
            told = list(coded(sentence, document["event"]))
            taken = {(p["source"], p["target"]) for p in told}
            for pair in told + list(uncoded(sentence, document["entity"], taken, rng)):
                yield {"text": words, **pair}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("what", choices=["articles", "pairs"])
    a.add_argument("files", nargs="*", help="articles and their records")
    a.add_argument("--shared", default="../../shared/data")
    args = a.parse_args()
    if args.what == "articles":
        for number, text in enumerate(articles(args.shared)):
            print(json.dumps({"id": f"d{number:04}", "text": text, "date": "2016-06-15"}))
        return
    texts = {d["id"]: d["text"] for d in map(json.loads, open(args.files[0], encoding="utf-8"))}
    for pair in pairs(texts, args.files[1], relation.held_out(args.shared), random.Random(1)):
        print(json.dumps(pair, ensure_ascii=False))


if __name__ == "__main__":
    main()
