"""Scores on the development parts, for choosing; the reported scores come from the Rust program."""
import random

import torch

from . import batches
from . import lemma as lemmas


def predict(model, encoder, samples, device, run=None):
    """Yields (sample, outputs of its words as tensors [1 + n, ...])."""
    encoded = [dict(encoder.sample(s), sample=s) for s in samples]
    for group in batches.bucketed(encoded, 3000, random.Random(0)):
        batch = batches.collate(group, encoder.pad)
        with torch.no_grad(), torch.autocast(device, torch.bfloat16, enabled=run is None):
            inputs = [batch[k].to(device) for k in ("pieces", "cases", "mask", "starts")]
            out = (run or model)(*inputs)
        for r, item in enumerate(group):
            n = item["n"] + 1
            yield item, {k: (v[r, :n, :n] if k == "arc" else v[r, :n]).float().cpu() for k, v in out.items()}


def f1(hit, given, gold):
    p, r = hit / max(given, 1), hit / max(gold, 1)
    return 2 * p * r / max(p + r, 1e-9)


def spans(tags):
    out, start = set(), None
    for i, t in enumerate(list(tags) + ["O"]):
        if start is not None and (t == "O" or t.startswith("B-") or t[2:] != tags[start][2:]):
            out.add((start, i, tags[start][2:]))
            start = None
        if t != "O" and start is None:
            start = i
    return out


@torch.no_grad()
def evaluate(model, encoder, development, device, run=None):
    model.eval()
    labels, result = encoder.labels, {}
    for name in ("ewt", "gum"):
        count = dict.fromkeys(("words", "upos", "feats", "lemma", "uas", "las", "arg", "given", "gold", "predicate", "predicate_given", "predicate_gold"), 0)
        truth, guess = [], []
        for item, out in predict(model, encoder, development[name], device, run):
            n = item["n"]
            gold = item["sample"]
            heads = out["arc"][1:].clone()
            heads[torch.arange(n), torch.arange(1, n + 1)] = -1e4
            heads = heads.argmax(-1)
            chosen = out["relation_head"][heads]
            deprel = model.relation.cpu()(out["relation_dependent"][1:], chosen).argmax(-1)
            upos = out["upos"][1:].argmax(-1)
            feats = out["feats"][1:].argmax(-1)
            scripts = out["lemma"][1:].argmax(-1)
            for w in range(n):
                count["words"] += 1
                count["upos"] += labels["upos"][upos[w]] == gold["upos"][w]
                count["feats"] += labels["feats"][feats[w]] == gold["feats"][w]
                count["lemma"] += lemmas.apply(labels["lemma"][scripts[w]], gold["words"][w]) == gold["lemma"][w]  # by the script alone
                right = heads[w].item() == gold["head"][w]
                count["uas"] += right
                count["las"] += right and labels["deprel"][deprel[w]].split(":")[0] == gold["deprel"][w].split(":")[0]
            if "predicates" in item:
                found, marked = set((out["predicate"][1:] > 0).nonzero().flatten().add(1).tolist()), {word for word, _ in item["predicates"]}
                count["predicate"] += len(found & marked); count["predicate_given"] += len(found); count["predicate_gold"] += len(marked)
            for word, arguments in item.get("predicates", []):
                roles = model.role.cpu()(out["role_predicate"][word][None], out["role_argument"]).argmax(-1)
                found = {(w, r) for w, r in enumerate(roles.tolist()) if r and w}
                count["arg"] += len(found & set(arguments)); count["given"] += len(found); count["gold"] += len(set(arguments))
            for w, v in item["factuality"]:
                truth.append(v); guess.append(out["factuality"][w].item())
        result[name] = {k: round(count[k] / count["words"], 4) for k in ("upos", "feats", "lemma", "uas", "las")}
        if count["predicate_gold"]:
            result[name]["predicates"] = round(f1(count["predicate"], count["predicate_given"], count["predicate_gold"]), 4)
        if count["gold"]:
            result[name]["roles"] = round(f1(count["arg"], count["given"], count["gold"]), 4)
        if truth:
            result[name]["factuality_r"] = round(torch.corrcoef(torch.tensor([truth, guess]))[0, 1].item(), 4)
    hit = given = gold = 0
    for item, out in predict(model, encoder, development["names"], device, run):
        tags = [labels["names"][t] for t in out["names"][1:].argmax(-1).tolist()]
        a, b = spans(tags), spans(item["sample"]["names"][:item["n"]])
        hit += len(a & b); given += len(a); gold += len(b)
    result["names_f1"] = round(f1(hit, given, gold), 4)
    c = dict.fromkeys(("cue", "cue_given", "cue_gold", "SOURCE", "SOURCE_given", "SOURCE_gold", "CONTENT", "CONTENT_given", "CONTENT_gold"), 0)
    for item, out in predict(model, encoder, development["attribution"], device, run):
        cues = {w for w, t in enumerate(out["cue"].argmax(-1).tolist()) if t == 1 and w}
        gold_cues = {w + 1 for w, t in enumerate(item["sample"]["cues"][:item["n"]]) if t == "B"}
        c["cue"] += len(cues & gold_cues); c["cue_given"] += len(cues); c["cue_gold"] += len(gold_cues)
        for cue, source, content in item["links"]:  # given the cue: overlap by words
            roles = model.link.cpu()(out["link_cue"][cue][None], out["link_word"]).argmax(-1).tolist()
            for label, words in ((1, source), (2, content)):
                name = labels["attribution"][label]
                found = {w for w, r in enumerate(roles) if r == label and w}
                c[name] += len(found & set(words)); c[name + "_given"] += len(found); c[name + "_gold"] += len(words)
    for name in ("cue", "SOURCE", "CONTENT"):
        result[name.lower() + "_word_f1"] = round(f1(c[name], c[name + "_given"], c[name + "_gold"]), 4)
    return result
