"""Scores a PyTorch run on the development parts, in 32-bit floats with the weights that it has.

  python -m tidings_training.check --run ../build/training/full [--cuts DIR] [--json FILE]

What rounding at run time costs, the Rust suites say (`cargo xtask evaluate`)."""
import argparse, json, pathlib

import torch

from . import batches, corpora, scores, wordpiece
from .distil import Student
from .model import Tidings


def network(state, pieces, sizes):
    """The network of a run, be it a student or not."""
    student = "net.arc" in state
    model = Student(len(pieces), sizes) if student else Tidings(len(pieces), sizes)
    model.load_state_dict(state)
    return model.net if student else model


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", default="../../shared/data")
    a.add_argument("--run", default="../build/training/full")
    a.add_argument("--cuts", help="folder with the sentences that the runtime makes of PolNeAR; else they are cut roughly")
    a.add_argument("--json")
    args = a.parse_args()
    run = pathlib.Path(args.run)
    labels = json.loads((run / "labels.json").read_text())
    pieces = (run / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    encoder = batches.Encoder(wordpiece.WordPiece(pieces), labels)
    state = torch.load(run / "model.pt", map_location="cpu", weights_only=False)["model"]
    model = network(state, pieces, {k: len(v) for k, v in labels.items()})
    result = scores.evaluate(model, encoder, corpora.development(args.shared, args.cuts), "cpu", model.__call__)
    print(json.dumps(result, indent=1))
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
