"""Reads ../shared/data into training samples. One sample is one sentence; a layer that a corpus lacks is None."""
import collections, csv, gzip, io, json, pathlib, random, re

from . import lemma as lemmas

ROLES = ["ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "TMP", "LOC", "NEG", "MOD", "ADV", "PRP", "CAU"]
NAMES = ["PER", "ORG", "LOC", "NORP", "FAC", "DATE", "MONEY", "PRODUCT", "MISC"]
ATTRIBUTION = ["SOURCE", "CONTENT"]
WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "NORP": "NORP", "Facility": "FAC", "Date": "DATE", "Money": "MONEY", "Product": "PRODUCT", "Misc": "MISC"}
CROSSNER = {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "location": "LOC", "country": "LOC", "election": "MISC", "event": "MISC", "misc": "MISC"}
WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}


def open_text(path):
    path = pathlib.Path(path)
    if not path.exists() and path.with_name(path.name + ".gz").exists():
        path = path.with_name(path.name + ".gz")
    return io.TextIOWrapper(gzip.open(path), encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")


def read_conllu(path):
    sentence, meta = [], {}
    for line in open_text(path):
        line = line.rstrip("\n")
        if not line:
            if sentence:
                yield meta, sentence
            sentence, meta = [], {}
        elif line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip()] = value.strip()
        else:
            columns = line.split("\t")
            if columns[0].isdigit():
                sentence.append(columns)
    if sentence:
        yield meta, sentence


def tree_sample(meta, rows, genre):
    return {"id": meta.get("sent_id"), "kind": "tree", "genre": genre, "words": [r[1] for r in rows],
            "upos": [r[3] for r in rows], "feats": [r[5] for r in rows], "lemma": [r[2] for r in rows],
            "head": [int(r[6]) for r in rows], "deprel": [r[7] for r in rows]}


def argument_heads(sample, argument):
    """The word of the span whose tree head lies outside it; PropBank spans are constituents, so there is nearly always one."""
    start, end = argument["start"], argument["end"]
    inside = [w for w in range(start, end + 1) if not start <= sample["head"][w - 1] <= end]
    content = [w for w in inside if sample["upos"][w - 1] != "PUNCT"]
    return (content or inside or [start])[0]


def role_label(role):
    role = role.removeprefix("ARGM-") if role.startswith("ARGM-") else role
    return role if role in ROLES else None


def add_roles(samples, path):
    by_id = {s["id"]: s for s in samples}
    for line in open_text(path):
        record = json.loads(line)
        sample = by_id.get(record["sent_id"])
        if sample is None:
            continue
        sample["predicates"] = []
        for predicate in record["predicates"]:
            arguments = []
            for argument in predicate["args"]:
                label = role_label(argument["role"])
                if label:
                    arguments.append([argument_heads(sample, argument), label])
            sample["predicates"].append({"word": predicate["token"], "args": arguments})


def add_factuality(samples, path):
    """UDS-IH2 speaks of the same sentences in an older tokenisation: targets are found by their letters."""
    by_letters = collections.defaultdict(list)
    for sample in samples:
        by_letters["".join(sample["words"])].append(sample)
    missed = 0
    for line in open_text(path):
        record = json.loads(line)
        tokens = record["text"].split(" ")
        found = by_letters.get("".join(tokens))
        if not found:
            missed += len(record["targets"])
            continue
        for sample in found:
            starts, position = {}, 0
            for index, word in enumerate(sample["words"]):
                starts[position] = index + 1
                position += len(word)
            for target in record["targets"]:
                offset = sum(len(t) for t in tokens[: target["span1"][0]])
                if offset in starts:
                    sample.setdefault("factuality", []).append([starts[offset], target["label"]])
                else:
                    missed += 1
    return missed


def ewt(shared, part):
    samples = [tree_sample(m, s, "ewt") for m, s in read_conllu(shared / f"treebanks/ewt/en_ewt-ud-{part}.conllu")]
    add_roles(samples, shared / f"roles/ewt_propbank.{part}.jsonl")
    add_factuality(samples, shared / f"factuality/uds_ih2/{part}.jsonl")
    return samples


def gum(shared, part):
    return [tree_sample(m, s, "gum") for m, s in read_conllu(shared / f"treebanks/gum_free/en_gum-ud-{part}.conllu")]


def names_from_columns(path, classes, io_tags=False, separator="\t"):
    words, tags, skip, samples = [], [], False, []

    def flush():
        nonlocal words, tags
        if words and not skip:
            samples.append({"kind": "names", "words": words, "names": tags})
        words, tags = [], []
    for line in open_text(path):
        line = line.rstrip("\n")
        columns = line.split(separator)
        if len(columns) < 2:
            flush()
            if line.startswith("# newdoc id ="):
                skip = line.split("=")[1].strip() in ("cn_article_scmp_41", "cn_article_scmp_1")  # also in the test part
            continue
        label = columns[1]
        prefix, _, name = label.partition("-")
        if not name or classes.get(name) is None:
            tag = "O"
        elif io_tags:
            tag = ("I-" if tags and tags[-1][2:] == classes[name] else "B-") + classes[name]
        else:
            tag = f"{prefix}-{classes[name]}"
        words.append(columns[0])
        tags.append(tag)
    flush()
    return samples


ABBREVIATIONS = set("mr mrs ms dr prof gen col lt sgt capt maj rep sen gov pres st jr sr vs no inc corp ltd co jan feb mar apr aug sept sep oct nov dec u.s u.n u.k a.m p.m d.c e.g i.e rev hon".split())
TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\$?\d+(?:[.,:]\d+)*%?|[A-Za-z]+n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|(?:(?!n['’]t\b)[^\W_])+(?:(?:\.(?=\w))[^\W_]+)*|\.{2,}|--+|\S", re.I)


def rough_tokens(text):
    """EWT-like words with code-point offsets, for corpora that come as running text. Only training uses it."""
    out = []
    for match in TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        low = word.lower().replace("’", "'")
        if low.endswith("n't") and len(low) > 3:
            out += [(start, end - 3), (end - 3, end)]
        elif len(word) > 1 and word[0] == "$" or len(word) > 1 and word[-1] == "%":
            parts = [(start, start + 1), (start + 1, end)] if word[0] == "$" else [(start, end)]
            s, e = parts.pop()
            parts += [(s, e - 1), (e - 1, e)] if word[-1] == "%" else [(s, e)]
            out += parts
        else:
            out.append((start, end))
    return out


def rough_sentences(text):
    sentences, current = [], []
    tokens = rough_tokens(text)
    for i, (start, end) in enumerate(tokens):
        current.append((start, end))
        word = text[start:end]
        following = text[end: tokens[i + 1][0]] if i + 1 < len(tokens) else "\n\n"
        closing = word in ".!?" or (len(current) > 1 and word in "\"'”’)" and text[tokens[i - 1][0]:tokens[i - 1][1]] in ".!?")
        if word == "." and i and text[tokens[i - 1][0]:tokens[i - 1][1]].lower() in ABBREVIATIONS:
            closing = False
        upcoming = text[tokens[i + 1][0]] if i + 1 < len(tokens) else "A"
        if "\n" in following or closing and following[:1].isspace() and (upcoming.isupper() or upcoming in "\"“'‘([" or upcoming.isdigit()):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences


def cut_sentences(path):
    """Of each text of a corpus its sentences as the Rust runtime cuts them (`cargo run --example cut`): [start, end] of the words."""
    return [json.loads(line) for line in open_text(path)]


def polnear(shared, part, rng=None, cuts=None):
    """Sentences of PolNeAR with cue, source and content words; what lies in another sentence than its cue is not learnt.
    `cuts` is a folder with the sentences that the runtime makes of the texts, else they are cut roughly; with an rng half of
    the sentences without attribution are left out."""
    cut = cut_sentences(pathlib.Path(cuts) / f"polnear.{part}.jsonl") if cuts else None
    samples = []
    for number, line in enumerate(open_text(shared / f"quotes/polnear.{part}.jsonl")):
        record = json.loads(line)
        attributions = [a for a in record["annotations"][0]["attributions"] if a["cue"]]
        for sentence in cut[number] if cut else rough_sentences(record["text"]):
            if not sentence:
                continue
            sample = attribution_sample(record, sentence, attributions)
            if not sample["links"] and rng is not None and rng.random() < .5:
                continue
            samples.append(dict(sample, number=number))
    return samples


def attribution_sample(record, sentence, attributions):
    low, high = sentence[0][0], sentence[-1][1]

    def words(spans):
        return [i + 1 for i, (s, e) in enumerate(sentence) if any(a < e and s < b for a, b in spans)]
    cues = ["O"] * len(sentence)
    links = []
    for a in attributions:
        cue = words(a["cue"])
        if not cue or not (low <= a["cue"][0][0] < high):
            continue
        for n, w in enumerate(cue):
            cues[w - 1] = "B" if n == 0 or w - 1 not in cue else "I"
        links.append({"cue": cue[0], "SOURCE": words(a["source"]), "CONTENT": [w for w in words(a["content"]) if w not in cue]})
    return {"kind": "attribution", "doc": record["doc"], "words": [record["text"][s:e] for s, e in sentence], "cues": cues, "links": links}


HELD_OUT = 40  # last documents of PolNeAR's training part; left out with cuts; decoding was tuned on them


def training(shared, clean=False, seed=1, cuts=None):
    shared, rng = pathlib.Path(shared), random.Random(seed)
    trees = ewt(shared, "train") + gum(shared, "train")
    names = names_from_columns(shared / "entities/wikigold/wikigold.conll.txt", WIKIGOLD, io_tags=True, separator=" ") if clean else []
    names += names_from_columns(shared / "entities/crossner_politics/train.txt", CROSSNER) if clean else []
    attribution = []
    if not clean:
        names += names_from_columns(shared / "entities/worldwide/worldwide.train.tsv", WORLDWIDE)
        attribution = polnear(shared, "train", None, cuts) if cuts else polnear(shared, "train", rng)
        if cuts:
            attribution = [s for s in attribution if s["number"] < attribution[-1]["number"] + 1 - HELD_OUT]
    return {"tree": trees, "names": names, "attribution": attribution}


def development(shared, cuts=None):
    shared = pathlib.Path(shared)
    return {"ewt": ewt(shared, "dev"), "gum": gum(shared, "dev"),
            "names": names_from_columns(shared / "entities/worldwide/worldwide.dev.tsv", WORLDWIDE), "attribution": polnear(shared, "dev", None, cuts)}


def label_sets(train):
    """Closed sets of classes; rare ones are left to the backing-off rules and to the lemma exceptions."""
    feats, deprels, scripts, exceptions = (collections.Counter() for _ in range(4))
    by_form = collections.defaultdict(collections.Counter)
    for s in train["tree"]:
        feats.update(s["feats"])
        deprels.update(s["deprel"])
        for word, tag, lemma in zip(s["words"], s["upos"], s["lemma"]):
            scripts[lemmas.script(word, lemma)] += 1
            by_form[word.lower(), tag][lemma] += 1
    upos = sorted({t for s in train["tree"] for t in s["upos"]})
    kept = sorted(s for s, n in scripts.items() if n >= 4 and not (s.startswith("=") and n < 20))
    irregular = {}
    for (form, tag), seen in by_form.items():
        (lemma, n), total = seen.most_common(1)[0], sum(seen.values())
        rule = lemmas.script(form, lemma)
        if tag != "PROPN" and lemma == lemma.lower() and n >= 2 and n / total > .95 and (rule.startswith("=") or scripts[rule] < 60) and re.fullmatch(r"[a-z'’-]+", form):
            irregular[form, tag] = lemma
    return {"upos": upos, "feats": sorted(f for f, n in feats.items() if n >= 3), "deprel": sorted(d for d, n in deprels.items() if n >= 8),
            "lemma": kept, "names": ["O"] + [f"{p}-{n}" for n in NAMES for p in "BI"], "cue": ["O", "B", "I"],
            "roles": ["O"] + ROLES, "attribution": ["O"] + ATTRIBUTION}, irregular


def read_tsv(path):
    with open_text(path) as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
