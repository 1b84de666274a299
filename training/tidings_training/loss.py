"""The loss of one batch: the sum over the layers that the batch has."""
import torch
import torch.nn.functional as F

from .batches import IGNORE

WEIGHTS = {"upos": 0.6, "feats": 0.4, "lemma": 0.3, "arc": 1.0, "relation": 0.6, "predicate": 0.4, "role": 1.5, "factuality": 0.5, "names": 1.5, "cue": 1.0, "link": 1.0}


def classes(logits, target):
    return F.cross_entropy(logits.float().reshape(-1, logits.shape[-1]), target.reshape(-1), ignore_index=IGNORE)


def losses(model, out, batch):
    items, words, total = batch["items"], batch["words"], {}
    if "upos" in batch:
        for layer in ("upos", "feats", "lemma"):
            total[layer] = classes(out[layer], batch[layer])
        arc = out["arc"].float().masked_fill(~words[:, None, :], -1e4)
        total["arc"] = classes(arc, batch["head"])
        head = batch["head"].clamp(min=0)
        chosen = out["relation_head"].gather(1, head[:, :, None].expand(-1, -1, out["relation_head"].shape[-1]))
        total["relation"] = classes(model.relation(out["relation_dependent"], chosen), batch["deprel"])
        roles(model, out, items, total)
        rows = [(r, w, v) for r, i in enumerate(items) for w, v in i["factuality"]]
        if rows:
            r, w, v = zip(*rows)
            total["factuality"] = F.smooth_l1_loss(out["factuality"].float()[list(r), list(w)], torch.tensor(v, dtype=torch.float32, device=words.device))
    if "names" in batch:
        total["names"] = classes(out["names"], batch["names"])
    if "cue" in batch:
        total["cue"] = classes(out["cue"], batch["cue"])
        links(model, out, items, words, total)
    return total


def roles(model, out, items, total):
    annotated = [(r, i) for r, i in enumerate(items) if "predicates" in i]
    if not annotated:
        return
    rows, target = [], torch.zeros_like(out["predicate"], dtype=torch.float32)
    for r, item in annotated:
        for word, arguments in item["predicates"]:
            target[r, word] = 1
            rows.append((r, word, arguments))
    picked = torch.zeros_like(out["predicate"], dtype=torch.bool)
    for r, item in annotated:
        picked[r, 1:item["n"] + 1] = True
    total["predicate"] = F.binary_cross_entropy_with_logits(out["predicate"].float()[picked], target[picked])
    if rows:
        total["role"] = pair_loss(model.role, out["role_predicate"], out["role_argument"], items, [(r, w, a) for r, w, a in rows])


def pair_loss(scorer, left, right, items, rows):
    """rows: (sentence, left word, [(right word, label)]); all other words of the sentence have label 0."""
    r = [x[0] for x in rows]
    target = torch.full((len(rows), right.shape[1]), IGNORE, device=left.device)
    for k, (row, _, labelled) in enumerate(rows):
        target[k, 1:items[row]["n"] + 1] = 0
        for word, label in labelled:
            target[k, word] = label
    a = left[r, [x[1] for x in rows]][:, None, :]
    loss = F.cross_entropy(scorer(a, right[r]).float().flatten(0, 1), target.flatten(), ignore_index=IGNORE, reduction="sum")
    return loss / (len(rows) * 6)  # a predicate has some six words worth deciding; the rest is easy


def links(model, out, items, words, total):
    rows = []
    for r, item in enumerate(items):
        for cue, source, content in item["links"]:
            rows.append((r, cue, [(w, 1) for w in source] + [(w, 2) for w in content]))
    if rows:
        total["link"] = pair_loss(model.link, out["link_cue"], out["link_word"], items, rows)


def weighted(parts):
    return sum(WEIGHTS[k] * v for k, v in parts.items())
