"""Reads an exported model back into checkpoints: the very weights that it runs with, for a further stage of training or a student.

  python -m tidings_training.restore --model ../models/en --out ../build/training/shipped

`model.pt` is the network, `acts/model.pt` its branch of acts. Weights come back as rounded, and rounding them again gives the
same integers."""
import argparse, json, pathlib, shutil, tomllib

import torch
from safetensors.torch import load_file

from . import model as net, relation
from .export import VIEWS
from .model import Tidings


class Weights(dict):
    def product(self, name, *layers):
        """A rounded product, which may stand for several layers side by side."""
        weight, bias = (self[f"{name}.weight"].float() * self[f"{name}.steps"]).mT, self[f"{name}.bias"]
        sizes = [layer.out_features for layer in layers]
        for layer, w, b in zip(layers, weight.split(sizes), bias.split(sizes)):
            layer.weight.copy_(w)
            layer.bias.copy_(b)

    def norm(self, name, layer):
        layer.weight.copy_(self[f"{name}.weight"])
        layer.bias.copy_(self[f"{name}.bias"])

    def layers(self, layers):
        root = (net.WIDTH // net.ATTENTION_HEADS) ** 0.5
        for number, layer in enumerate(layers):
            name = f"layers.{number}"
            self.product(f"{name}.attention", layer.query, layer.key, layer.value)
            layer.query.weight.mul_(root)
            layer.query.bias.mul_(root)
            self.product(f"{name}.out", layer.out)
            self.norm(f"{name}.norm1", layer.norm1)
            self.product(f"{name}.up", layer.up)
            self.product(f"{name}.down", layer.down)
            self.norm(f"{name}.norm2", layer.norm2)


@torch.no_grad()
def restore(model, weights):
    encoder = model.encoder
    encoder.words.weight.copy_(weights["words.weight"].float() * weights["words.steps"][:, None])
    encoder.cases.weight.copy_(weights["cases"])
    encoder.positions.weight.copy_(weights["positions"])
    encoder.segment.zero_()  # the export adds it to the letter cases
    weights.norm("norm", encoder.norm)
    weights.layers(encoder.layers)
    weights.product("views", *(getattr(model, v).linear for v in VIEWS))
    for name in ("upos", "feats", "lemma", "names", "cue", "predicate", "factuality", "arc_prior"):
        layer = getattr(model, name)
        layer.weight.copy_(weights[f"{name}.weight"].mT)
        if layer.bias is not None:
            layer.bias.copy_(weights[f"{name}.bias"])
    model.arc.copy_(weights["arc.weight"])
    for name in ("relation", "role", "link"):
        for part in ("weight", "left", "right", "bias"):
            getattr(getattr(model, name), part).copy_(weights[f"{name}.{part}"])


@torch.no_grad()
def restore_acts(acts, weights):
    weights.layers(acts.branch.layers)
    weights.product("views", acts.branch.view, acts.branch.key)
    acts.pairs.load_state_dict({k: weights[k] for k in acts.pairs.state_dict()})


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", default="../models/en")
    a.add_argument("--out", default="../build/training/shipped")
    args = a.parse_args()
    source, out = pathlib.Path(args.model), pathlib.Path(args.out)
    (out / "acts").mkdir(parents=True, exist_ok=True)
    labels = json.loads((source / "labels.json").read_text())
    labels.pop("acts")
    pieces = (source / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    described = tomllib.loads((source / "model.toml").read_text())
    model = Tidings(len(pieces), {k: len(v) for k, v in labels.items()})
    restore(model, Weights(load_file(source / "model.safetensors")))
    acts = relation.Relations(model.encoder, cut=described["acts_after"])
    restore_acts(acts, Weights(load_file(source / "acts.safetensors")))
    for name in ("vocab.txt", "lemma_exceptions.tsv"):
        shutil.copy(source / name, out / name)
    (out / "labels.json").write_text(json.dumps(labels, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    torch.save({"model": model.state_dict(), "step": described["steps"], "seconds": 0.0, "arguments": {"clean": described["clean"]}}, out / "model.pt")
    torch.save({"model": acts.state_dict(), "cut": acts.cut, "step": 0}, out / "acts" / "model.pt")


if __name__ == "__main__":
    main()
