"""Trains the relation branch: teachers on the whole of MiniLM, then the branch on the frozen encoder that is shipped.

  python -m tidings_training.train_relation teacher --out ../build/training/teacher1 --seed 1
  python -m tidings_training.train_relation label --teachers ../build/training/teacher* --out ../build/training/relation/labelled.jsonl
  python -m tidings_training.train_relation branch --labelled ../build/training/relation/labelled.jsonl --out ../build/training/relation

A few thousand sentences with a label are too few to teach two layers what words mean. The teachers are fine-tuned from
MiniLM as it was, which knows more of meaning than the encoder after its training on trees; what they say of pairs of
actors in unlabelled sentences is what the branch learns beside the labels."""
import argparse, json, math, pathlib, random, time

import torch

from . import relation, wordpiece
from .model import Tidings
from .train import save, vocabulary


def read_jsonl(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def shipped(run):
    """The network with the weights of a run, and its vocabulary."""
    run = pathlib.Path(run)
    labels = json.loads((run / "labels.json").read_text())
    pieces = (run / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    model = Tidings(len(pieces), {k: len(v) for k, v in labels.items()})
    model.load_state_dict(torch.load(run / "model.pt", map_location="cpu", weights_only=False)["model"])
    return model, pieces


def original(model):
    """The encoder as MiniLM was published."""
    weights, _, rows = vocabulary()
    model.encoder.load_minilm({k.removeprefix("bert."): v for k, v in weights.items()}, rows)
    model.encoder.cases.weight.data.zero_()


def labelled_rows(args):
    """(training rows, development rows): PLV_train and the sentences of training/grammar."""
    out_of_bounds = relation.held_out(args.shared)
    rows = relation.plv(f"{args.shared}/plover/PLV_train.tsv")
    order = list(range(len(rows)))
    random.Random(0).shuffle(order)
    held = set(order[args.fold::5]) if args.fold is not None else set()
    train, dev = [r for i, r in enumerate(rows) if i not in held], [r for i, r in enumerate(rows) if i in held]
    for path in args.grammar:
        train += [as_plv(r) for r in read_jsonl(path) if relation.letters(r["text"]) not in out_of_bounds]
    return train, dev


def as_plv(row):
    """A row of the grammar under the label that PLV's annotators would give, but for what they did not tell apart."""
    return {**row, "label": row["plover"] if row["plv"] in relation.MERGED else row["plv"]}


def batches(items, size, rng):
    order = sorted(range(len(items)), key=lambda i: len(items[i]["pieces"]) + rng.random() * 12)
    cut = [[items[j] for j in order[i:i + size]] for i in range(0, len(order), size)]
    rng.shuffle(cut)
    return cut


def fit(model, train, dev, encoder, args):
    """`train`: lists of (items, times per epoch)."""
    slow = [p for n, p in model.named_parameters() if p.requires_grad and ("encoder." in n or ".layers." in n)]
    fast = [p for n, p in model.named_parameters() if p.requires_grad and not ("encoder." in n or ".layers." in n)]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": args.rate}, {"params": fast, "lr": args.head_rate}], weight_decay=.01)
    rng = random.Random(args.seed)
    plan = []
    for _ in range(args.epochs):
        chosen = [i for items, times in train for i in items * int(times) + rng.sample(items, int(len(items) * (times % 1)))]
        plan += batches(chosen, args.batch, rng)
    total = len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / (total * .06), max(0.0, (total - s) / (total * .94))))
    out, step = pathlib.Path(args.out), 0
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"]); optimizer.load_state_dict(state["optimizer"]); schedule.load_state_dict(state["schedule"])
        step = state["step"]
        print("resumed at step", step, flush=True)
    model.train()
    began, running = time.time(), []
    while step < total:
        batch = relation.collate(plan[step], encoder.pad, drop_predicate=rng)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(batch)
        value = relation.loss(logits, batch["wanted"])
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        optimizer.step(); schedule.step()
        step += 1
        running.append(value.item())
        if step % 100 == 0:
            print(f"step {step}/{total} loss {sum(running[-100:]) / 100:.3f} {time.time() - began:.0f} s", flush=True)
        if step % 500 == 0:
            save(checkpoint, model=model.state_dict(), optimizer=optimizer.state_dict(), schedule=schedule.state_dict(), step=step)
    if dev:
        print("development", scores(model, dev, encoder), flush=True)
    save(out / "model.pt", model=model.state_dict(), cut=model.cut, step=step)
    checkpoint.unlink(missing_ok=True)


@torch.no_grad()
def probabilities(model, items, encoder, size=32):
    model.eval()
    order = sorted(range(len(items)), key=lambda i: len(items[i]["pieces"]))
    out = [None] * len(items)
    for i in range(0, len(order), size):
        part = order[i:i + size]
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(relation.collate([items[j] for j in part], encoder.pad))
        for j, row in zip(part, logits.float().softmax(-1)):
            out[j] = row
    return torch.stack(out)


MERGED_OF = {l: m for m, labels in relation.MERGED.items() for l in labels}


def best(row):
    """The label of PLV with the highest probability."""
    total = {}
    for label, p in zip(relation.LABELS, row.tolist()):
        name = MERGED_OF.get(label, label)
        if name != "NONE":
            total[name] = total.get(name, 0.0) + p
    return max(total, key=total.get)


def scores(model, rows, encoder):
    given = [r["label"] for r in rows]
    found = [best(p) for p in probabilities(model, [encoder.row(r) for r in rows], encoder)]
    f1 = []
    for label in sorted(set(given)):
        hit = sum(g == f == label for g, f in zip(given, found))
        f1.append(2 * hit / max(1, given.count(label) + found.count(label)))
    return {"accuracy": round(sum(g == f for g, f in zip(given, found)) / len(rows), 4), "macro F1": round(sum(f1) / len(f1), 4)}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("what", choices=["teacher", "label", "branch"])
    a.add_argument("--shared", default="../../shared/data")
    a.add_argument("--run", default="../build/training/shipped", help="the restored weights of the shipped model")
    a.add_argument("--out", required=True)
    a.add_argument("--grammar", nargs="*", default=[], help="JSONL of training sentences with a label; the hand-written ones come once an epoch")
    a.add_argument("--grammar-times", type=float, default=1.0, help="how often an epoch has each generated sentence")
    a.add_argument("--plv-times", type=float, default=1.0)
    a.add_argument("--labelled", help="JSONL of sentences with what the teachers say")
    a.add_argument("--pairs", help="JSONL of sentences without a label")
    a.add_argument("--teachers", nargs="*", default=[])
    a.add_argument("--cut", type=int, default=relation.CUT)
    a.add_argument("--fold", type=int, help="hold a fifth of PLV_train out and score it")
    a.add_argument("--epochs", type=int, default=8)
    a.add_argument("--batch", type=int, default=32)
    a.add_argument("--rate", type=float, default=1e-4)
    a.add_argument("--head-rate", type=float, default=1e-3)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=1)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed); random.seed(args.seed)
    model, pieces = shipped(args.run)
    encoder = relation.Encoder(wordpiece.WordPiece(pieces))
    if args.what == "label":
        return label(args, model, encoder)
    if args.what == "teacher":
        original(model)
    net = relation.Relations(model.encoder, cut=0 if args.what == "teacher" else args.cut, frozen=args.what == "branch")
    if args.what == "teacher":
        model.encoder.layers = torch.nn.ModuleList()
        net.encoder.requires_grad_(True)
    train, dev = labelled_rows(args)
    plv, grammar = [r for r in train if "uid" in r], [r for r in train if "uid" not in r]
    by_hand = [r for r in grammar if r["frame"].startswith("hand-")]
    made = [r for r in grammar if not r["frame"].startswith("hand-")]
    rows = lambda part: [encoder.row(r) for r in part]
    parts = [(rows(plv), args.plv_times), (rows(made), args.grammar_times), (rows(by_hand), 1.0)]
    if args.labelled:
        parts.append((rows(read_jsonl(args.labelled)), 1.0))
    print({"PLV_train": len(plv), "grammar": len(made), "by hand": len(by_hand), "labelled by teachers": len(parts[3][0]) if args.labelled else 0, "held out": len(dev)}, flush=True)
    fit(net, [p for p in parts if p[0]], dev, encoder, args)


def label(args, model, encoder):
    """Writes what the teachers together say of unlabelled pairs."""
    rows = read_jsonl(args.pairs)
    items = [encoder.row({**r, "label": "NONE"}) for r in rows]
    total = 0
    for folder in args.teachers:
        original(model)
        teacher = relation.Relations(model.encoder, cut=0, frozen=False)
        teacher.encoder.layers = torch.nn.ModuleList()
        teacher.load_state_dict(torch.load(pathlib.Path(folder) / "model.pt", weights_only=False)["model"])
        total = total + probabilities(teacher, items, encoder)
        model, _ = shipped(args.run)
    mean = total / len(args.teachers)
    pathlib.Path(args.out).parent.mkdir(parents=True, exist_ok=True)
    with open(args.out, "w", encoding="utf-8") as f:
        for row, p in zip(rows, mean):
            f.write(json.dumps({**row, "teacher": [round(x, 4) for x in p.tolist()]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
