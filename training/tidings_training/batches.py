"""Samples to tensors: pieces, cases, first pieces of the words, and the targets of the layers that a sample has."""
import random

import torch

from . import lemma as lemmas

IGNORE = -100
MAX_PIECES = 160  # longer training sentences are cut; the runtime works in windows


class Encoder:
    def __init__(self, wordpiece, labels):
        self.wordpiece, self.labels = wordpiece, labels
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}
        self.cls, self.sep, self.pad = (wordpiece.ids[t] for t in ("[CLS]", "[SEP]", "[PAD]"))

    def pieces(self, words, limit=MAX_PIECES):
        pieces, cases, starts = [self.cls], [0], [0]
        for word in words:
            p = self.wordpiece.word(word)
            if len(pieces) + len(p) + 1 > limit:
                break
            starts.append(len(pieces))
            pieces += [i for i, _ in p]
            cases += [c for _, c in p]
        return pieces + [self.sep], cases + [0], starts

    def sample(self, s, words=None):
        pieces, cases, starts = self.pieces(words or s["words"])
        out = {"pieces": pieces, "cases": cases, "starts": starts, "kind": s["kind"], "n": len(starts) - 1}
        n = out["n"]
        if s["kind"] == "tree":
            get = lambda layer, values: [self.index[layer].get(v, IGNORE) for v in values[:n]]
            out["upos"], out["feats"] = get("upos", s["upos"]), get("feats", s["feats"])
            out["lemma"] = get("lemma", [lemmas.script(w, l) for w, l in zip(s["words"], s["lemma"])])
            out["head"] = [h if h <= n else IGNORE for h in s["head"][:n]]
            out["deprel"] = get("deprel", s["deprel"])
            out["factuality"] = [(w, v) for w, v in s.get("factuality", []) if w <= n]
            if "predicates" in s:
                out["predicates"] = [(p["word"], [(w, self.index["roles"][r]) for w, r in p["args"] if w <= n]) for p in s["predicates"] if p["word"] <= n]
        elif s["kind"] == "names":
            out["names"] = [self.index["names"][t] for t in s["names"][:n]]
        else:
            out["cue"] = [self.index["cue"][t] for t in s["cues"][:n]]
            out["links"] = [(l["cue"], [w for w in l["SOURCE"] if w <= n], [w for w in l["CONTENT"] if w <= n]) for l in s["links"] if l["cue"] <= n]
        return out


def recase(words, rng):
    """Headlines and wires come in capitals or Title Case: now and then, so do the training sentences."""
    draw = rng.random()
    if draw < .015:
        return [w.upper() for w in words]
    if draw < .035:
        return [w[:1].upper() + w[1:] for w in words]
    if draw < .045:
        return [w.lower() for w in words]
    return words


def collate(items, pad):
    b, t, w = len(items), max(len(i["pieces"]) for i in items), max(i["n"] for i in items) + 1
    pieces, cases, starts = torch.full((b, t), pad), torch.zeros(b, t, dtype=torch.long), torch.zeros(b, w, dtype=torch.long)
    mask, words = torch.zeros(b, t), torch.zeros(b, w, dtype=torch.bool)
    for r, item in enumerate(items):
        k = len(item["pieces"])
        pieces[r, :k], cases[r, :k], mask[r, :k] = torch.tensor(item["pieces"]), torch.tensor(item["cases"]), 1
        starts[r, :item["n"] + 1] = torch.tensor(item["starts"])
        words[r, :item["n"] + 1] = True
    batch = {"items": items, "pieces": pieces, "cases": cases, "mask": mask, "starts": starts, "words": words}
    for layer in ("upos", "feats", "lemma", "head", "deprel", "names", "cue"):
        if layer in items[0]:
            target = torch.full((b, w), IGNORE)
            for r, item in enumerate(items):
                target[r, 1:item["n"] + 1] = torch.tensor(item[layer])
            batch[layer] = target
    return batch


def bucketed(samples, pieces_per_batch, rng):
    """Batches of like length and of about the same number of pieces."""
    order = sorted(range(len(samples)), key=lambda i: (len(samples[i]["pieces"]) + rng.random() * 4))
    batches, current, longest = [], [], 0
    for i in order:
        size = len(samples[i]["pieces"])
        if current and max(longest, size) * (len(current) + 1) > pieces_per_batch:
            batches.append([samples[j] for j in current])
            current, longest = [], 0
        current.append(i)
        longest = max(longest, size)
    if current:
        batches.append([samples[j] for j in current])
    rng.shuffle(batches)
    return batches
