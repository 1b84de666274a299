"""Trains the fast model: a student with fewer layers that learns from the labels and from the shipped model's word states.

  python -m tidings_training.distil --start ../build/training/shipped/model.pt --acts ../build/training/acts/branch/model.pt \\
      --grammar ../build/training/acts/grammar.jsonl --labelled ../build/training/acts/labelled.jsonl --out ../build/training/fast

The student begins as some layers of the teacher with the teacher's heads. It learns what the labels of each corpus say, and
of every sentence, labelled or not, the teacher's last word states and what its branch of acts says of the words. Its own
branch of acts is one layer behind the last one. Weights are rounded in the forward pass as the export rounds them."""
import argparse, copy, json, pathlib, random, time

import torch
from torch import nn

from . import batches, corpora, loss, relation, scores, wordpiece
from .model import WIDTH, Tidings
from .train import optimizer_for, plain, read_labels, round_weights, save
from .train_relation import labelled_rows, read_jsonl

KEPT = (0, 2, 5)  # layers of the teacher that the student begins with
STATES, ACTS = 3.0, 1.5  # weights of what the teacher says


class Student(nn.Module):
    """The network with fewer layers, the branch of acts behind its last one, and the classifier of pairs."""
    def __init__(self, vocabulary_size, sizes, layers=len(KEPT)):
        super().__init__()
        self.net = Tidings(vocabulary_size, sizes, layers=layers)
        self.branch = relation.Branch([copy.deepcopy(self.net.encoder.layers[-1])])
        self.pairs = relation.Pairs()

    def begin(self, teacher, acts):
        """Takes what it can from the teacher."""
        state = teacher.state_dict()
        for number, kept in enumerate(KEPT):
            for key in [k for k in state if k.startswith(f"encoder.layers.{kept}.")]:
                state[key.replace(f"layers.{kept}.", f"chosen.{number}.")] = state[key]
        state = {k.replace("chosen", "layers"): v for k, v in state.items() if "encoder.layers." not in k}
        self.net.load_state_dict(state)
        last = {k.replace(f"branch.layers.{len(acts.branch.layers) - 1}.", "branch.layers.0."): v for k, v in acts.state_dict().items()
                if k.startswith(f"branch.layers.{len(acts.branch.layers) - 1}.") or k.startswith(("branch.view", "branch.key"))}
        self.branch.load_state_dict({k.removeprefix("branch."): v for k, v in last.items()})
        self.pairs.load_state_dict(acts.pairs.state_dict())

    def forward(self, batch):
        """Word states, and view and key of each word."""
        x = self.net.encoder(batch["pieces"], batch["cases"], batch["mask"])
        words = x.gather(1, batch["starts"][:, :, None].expand(-1, -1, WIDTH))
        return words, self.branch(x, batch["mask"], batch["starts"])


class Teacher:
    """What the shipped model says of a sentence, computed once and kept in half precision."""
    def __init__(self, acts):
        self.acts, self.known = acts.eval(), {}

    @torch.no_grad()
    def __call__(self, items, batch):
        if any(i["number"] not in self.known for i in items):
            with torch.autocast("cpu", torch.bfloat16):
                lower = self.acts.lower(batch)
                x, bias = lower, (1.0 - batch["mask"])[:, None, None, :] * -10000.0
                for layer in self.acts.encoder.layers[self.acts.cut:]:
                    x = layer(x, bias, 0.0)
                words = x.gather(1, batch["starts"][:, :, None].expand(-1, -1, WIDTH))
                said = torch.cat([words, *self.acts.branch(lower, batch["mask"], batch["starts"])], -1).half()
            for r, item in enumerate(items):
                self.known[item["number"]] = said[r, :len(item["starts"])].clone()
        longest = batch["starts"].shape[1]
        rows = [self.known[i["number"]] for i in items]
        return torch.stack([nn.functional.pad(r, (0, 0, 0, longest - len(r))) for r in rows]).float()


def far(guess, wanted, words):
    """How far, as a share of the square of what is wanted."""
    return ((guess.float() - wanted) ** 2)[words].sum() / (wanted[words] ** 2).sum()


def distances(words, acts, wanted, mask):
    view = torch.cat(acts, -1)
    return {"states": STATES * far(words, wanted[..., :WIDTH], mask), "acts": ACTS * far(view, wanted[..., WIDTH:], mask)}


def load(args):
    run = pathlib.Path(args.start).parent
    labels = read_labels(run)
    pieces = (run / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    sizes = {k: len(v) for k, v in labels.items()}
    teacher = Tidings(len(pieces), sizes)
    teacher.load_state_dict(torch.load(args.start, map_location="cpu", weights_only=False)["model"])
    acts = relation.Relations(teacher.encoder)
    acts.load_state_dict(torch.load(args.acts, map_location="cpu", weights_only=False)["model"])
    student = Student(len(pieces), sizes)
    student.begin(teacher, acts)
    # The words stay what they are: so both models share one table, and a step costs less.
    student.net.encoder.words.requires_grad_(False)
    return labels, pieces, acts, student


def act_rows(args, wordpieces):
    encoder = relation.Encoder(wordpieces)
    labelled, _ = labelled_rows(argparse.Namespace(shared=args.shared, fold=None, grammar=[args.grammar]))
    return [dict(encoder.row(r), times=3 if "uid" in r else 1) for r in labelled + read_jsonl(args.labelled)]


def plan_of(epochs, seed, encoder, train, acts, pieces_per_batch):
    """All batches of all epochs: of sentences, and of pairs of actors."""
    out = []
    for epoch in range(epochs):
        rng = random.Random(seed * 1000 + epoch)
        chosen = []
        for kind in train:
            samples = [dict(encoder.sample(s, batches.recase(s["words"], rng)), number=s["order"]) for s in train[kind]]
            chosen += batches.bucketed(samples, pieces_per_batch, rng)
        rows = [r for r in acts for _ in range(r["times"]) if r["times"] > 1 or rng.random() < .5]
        chosen += batches.bucketed(rows, pieces_per_batch, rng)
        rng.shuffle(chosen)
        out += chosen
    return out


def step_loss(student, teacher, encoder, items, rng):
    pairs = "target_of" in items[0]
    batch = relation.collate(items, encoder.pad, drop_predicate=rng) if pairs else batches.collate(items, encoder.pad)
    wanted = teacher(items, batch)
    with torch.autocast("cpu", torch.bfloat16):
        words, acts = student(batch)
        parts = {} if pairs else loss.losses(student.net, student.net.read(words), batch)
        logits = student.pairs(*acts, batch) if pairs else None
    said = distances(words, acts, wanted, batch["words"])
    if pairs:
        said["pairs"] = relation.loss(logits, batch["wanted"])
    return loss.weighted(parts) + sum(said.values()), {**parts, **said}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", default="../../shared/data")
    a.add_argument("--start", required=True, help="model.pt of the teacher, with labels.json and vocab.txt beside it")
    a.add_argument("--acts", required=True, help="model.pt of the teacher's branch of acts")
    a.add_argument("--grammar", required=True, help="JSONL of labelled training sentences")
    a.add_argument("--labelled", required=True, help="JSONL of pairs of actors judged by the teachers of the branch")
    a.add_argument("--cuts", help="folder with the sentences that the runtime makes of PolNeAR")
    a.add_argument("--out", required=True)
    a.add_argument("--epochs", type=int, default=6)
    a.add_argument("--rate", type=float, default=3e-4)
    a.add_argument("--head-rate", type=float, default=6e-4)
    a.add_argument("--batch-pieces", type=int, default=1100)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--limit-steps", type=int, help="stop after so many steps (for a trial)")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    labels, pieces, acts, student = load(args)
    train = corpora.training(args.shared, seed=args.seed, cuts=args.cuts)
    for number, sample in enumerate(s for kind in train for s in train[kind]):
        sample["order"] = number
    encoder = batches.Encoder(wordpiece.WordPiece(pieces), labels)
    rows = [dict(r, number=("pairs", n)) for n, r in enumerate(act_rows(args, wordpiece.WordPiece(pieces)))]
    plan = plan_of(args.epochs, args.seed, encoder, train, rows, args.batch_pieces)
    print({k: len(v) for k, v in train.items()}, "pairs", len(rows), "steps", len(plan), flush=True)
    fit(args, out, plan, student, Teacher(acts), encoder)
    for name in ("labels.json", "vocab.txt", "lemma_exceptions.tsv"):
        (out / name).write_bytes((pathlib.Path(args.start).parent / name).read_bytes())
    student.eval()
    print("dev", json.dumps(scores.evaluate(student.net, encoder, corpora.development(args.shared, args.cuts), "cpu")), flush=True)


def fit(args, out, plan, student, teacher, encoder):
    for part in (student.net, student.branch):
        round_weights(part)
    optimizer = optimizer_for(student, args.rate, args.head_rate)
    total, warm = len(plan), max(1, len(plan) // 25)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warm, max(0.0, (total - s) / (total - warm))))
    checkpoint, step, shown, running = out / "checkpoint.pt", 0, time.time(), {}
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        student.load_state_dict(state["model"]); optimizer.load_state_dict(state["optimizer"]); schedule.load_state_dict(state["schedule"])
        step = state["step"]
        print("resumed at step", step, flush=True)
    student.train()
    began, first = time.time(), step
    while step < total and step != args.limit_steps:
        value, parts = step_loss(student, teacher, encoder, plan[step], random.Random(step))
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step(); schedule.step()
        step += 1
        for k, v in parts.items():
            running[k] = .98 * running.get(k, v.item()) + .02 * v.item()
        if time.time() - shown > 30:
            shown = time.time()
            left = (shown - began) / (step - first) * (total - step)
            print(f"step {step}/{total} left {left:.0f}s " + " ".join(f"{k} {v:.3f}" for k, v in sorted(running.items())), flush=True)
        if step % 500 == 0:
            save(checkpoint, model=student.state_dict(), optimizer=optimizer.state_dict(), schedule=schedule.state_dict(), step=step)
    save(out / "model.pt", model=plain(student.state_dict()), step=step, arguments={**vars(args), "clean": False})


if __name__ == "__main__":
    main()
