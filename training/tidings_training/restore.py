"""Reads an exported model back into a checkpoint: the very weights that it runs with, for a further stage of training.

  python -m tidings_training.restore --model ../models/en --out ../build/training/shipped

The export writes its constants in the order of its own code; they are read back in that order. Weights come back as
rounded, and rounding them again gives the same integers."""
import argparse, json, pathlib, shutil, tomllib

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.numpy import load_file

from . import model as net
from .export import VIEWS
from .model import Tidings


def weights_of(graph):
    """Matrices of integers and all floats, in order; indices, shapes and zero points are left out."""
    for constant in graph.initializer:
        array = numpy_helper.to_array(constant)
        if array.dtype == np.int8 and array.ndim == 2 or array.dtype == np.float32:
            yield array


class Reader:
    def __init__(self, graph):
        self.stream = weights_of(graph)

    def set(self, *parameters):
        for parameter in parameters:
            parameter.copy_(torch.from_numpy(next(self.stream).copy()))

    def linear(self):
        """(weight [out, in], bias) of a rounded product."""
        integers, step, bias = (torch.from_numpy(next(self.stream).copy()) for _ in range(3))
        return (integers.float() * step).mT, bias

    def split(self, *layers):
        """A rounded product that stands for several layers side by side."""
        weight, bias = self.linear()
        sizes = [layer.out_features for layer in layers]
        for layer, w, b in zip(layers, weight.split(sizes), bias.split(sizes)):
            layer.weight.copy_(w)
            layer.bias.copy_(b)

    def dense(self, layer):
        layer.weight.copy_(torch.from_numpy(next(self.stream).T.copy()))
        if layer.bias is not None:
            self.set(layer.bias)


@torch.no_grad()
def restore(model, graph):
    read, encoder = Reader(graph), model.encoder
    integers, step = (torch.from_numpy(next(read.stream).copy()) for _ in range(2))
    encoder.words.weight.copy_(integers.float() * step)
    read.set(encoder.cases.weight, encoder.positions.weight, encoder.norm.weight, encoder.norm.bias)
    encoder.segment.zero_()  # the export adds it to the letter cases
    for _ in range(2):
        next(read.stream)  # the two numbers that turn the mask into a bias
    root = (net.WIDTH // net.ATTENTION_HEADS) ** 0.5
    for layer in encoder.layers:
        read.split(layer.query, layer.key, layer.value)
        layer.query.weight.mul_(root)
        layer.query.bias.mul_(root)
        read.split(layer.out)
        read.set(layer.norm1.weight, layer.norm1.bias)
        read.split(layer.up)
        read.split(layer.down)
        read.set(layer.norm2.weight, layer.norm2.bias)
    read.split(*(getattr(model, v).linear for v in VIEWS))
    for layer in (model.upos, model.feats, model.lemma, model.names, model.cue, model.predicate, model.factuality, model.arc_prior):
        read.dense(layer)
    read.set(model.arc)
    if next(read.stream, None) is not None:
        raise SystemExit("the graph has more weights than this version writes")


@torch.no_grad()
def restore_pairs(model, tensors):
    for name, array in tensors.items():
        scorer, part = name.split(".")
        getattr(getattr(model, scorer), part).copy_(torch.from_numpy(array))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", default="../models/en")
    a.add_argument("--out", default="../build/training/shipped")
    args = a.parse_args()
    source, out = pathlib.Path(args.model), pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    labels = json.loads((source / "labels.json").read_text())
    pieces = (source / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    described = tomllib.loads((source / "model.toml").read_text())
    model = Tidings(len(pieces), {k: len(v) for k, v in labels.items()})
    restore(model, onnx.load(source / "model.onnx").graph)
    restore_pairs(model, load_file(source / "pairs.safetensors"))
    for name in ("labels.json", "vocab.txt", "lemma_exceptions.tsv"):
        shutil.copy(source / name, out / name)
    torch.save({"model": model.state_dict(), "step": described["steps"], "seconds": 0.0, "arguments": {"clean": described["clean"]}}, out / "model.pt")


if __name__ == "__main__":
    main()
