"""Scores the PyTorch model and its int8 export on the development parts: what quantisation costs.

  python -m tidings_training.check --run ../build/training/full --model ../models/en [--cuts DIR] [--json FILE]
"""
import argparse, json, pathlib

import numpy
import torch

from . import batches, corpora, scores, wordpiece
from .model import Tidings


def quantized(path, labels):
    """A function with the shape of the PyTorch model that runs the ONNX file."""
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [o.name for o in session.get_outputs()]

    def run(pieces, cases, mask, starts):
        values = session.run(names, {"pieces": pieces.numpy(), "cases": cases.numpy(), "mask": mask.numpy(), "starts": starts.numpy()})
        out = {n: torch.from_numpy(numpy.asarray(v)) for n, v in zip(names, values)}
        for layer in ("feats", "lemma"):
            out[layer] = torch.nn.functional.one_hot(out[layer], len(labels[layer])).float()
        return out
    return run


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", default="../../shared/data")
    a.add_argument("--run", default="../build/training/full")
    a.add_argument("--model", default="../models/en")
    a.add_argument("--cuts", help="folder with the sentences that the runtime makes of PolNeAR; else they are cut roughly")
    a.add_argument("--json")
    args = a.parse_args()
    run = pathlib.Path(args.run)
    labels = json.loads((run / "labels.json").read_text())
    pieces = (run / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    encoder = batches.Encoder(wordpiece.WordPiece(pieces), labels)
    model = Tidings(len(pieces), {k: len(v) for k, v in labels.items()})
    model.load_state_dict(torch.load(run / "model.pt", map_location="cpu", weights_only=False)["model"])
    development = corpora.development(args.shared, args.cuts)
    identity = lambda *inputs: model(*inputs)
    result = {"before": scores.evaluate(model, encoder, development, "cpu", identity),
              "after": scores.evaluate(model, encoder, development, "cpu", quantized(pathlib.Path(args.model) / "model.onnx", labels))}
    print(json.dumps(result, indent=1))
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
