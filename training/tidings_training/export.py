"""Writes models/en/ (or models/en-fast/) from a trained checkpoint: int8 weights by name, labels, vocabulary.

  python -m tidings_training.export --run ../build/training/all --acts ../build/training/acts/branch --out ../models/en

Every product of the encoder is `NAME.weight` (int8, [in, out]), `NAME.steps` (what one step of a column is worth) and
`NAME.bias`; small last layers are 32-bit floats. Weights are rounded per output channel to 7 bits: the 8-bit products of CPUs
without VNNI saturate, and then another machine would give other numbers. The runtime (crates/tidings-language) holds the
graph; a model is only its numbers."""
import argparse, hashlib, json, pathlib, shutil

import numpy as np
import torch
from safetensors.numpy import save_file

from . import model as net, relation
from .distil import Student
from .model import Tidings

WEIGHT_MAX = net.WEIGHT_MAX


class Tensors(dict):
    def put(self, name, value):
        self[name] = np.ascontiguousarray(value.numpy() if torch.is_tensor(value) else value)

    def product(self, name, weight, bias):
        """weight [out, in] as PyTorch keeps it."""
        w = weight.T.numpy().astype(np.float32)
        step = np.maximum(np.abs(w).max(axis=0), 1e-8) / WEIGHT_MAX
        self.put(f"{name}.weight", np.clip(np.rint(w / step), -WEIGHT_MAX, WEIGHT_MAX).astype(np.int8))
        self.put(f"{name}.steps", step.astype(np.float32))
        self.put(f"{name}.bias", bias)

    def products(self, name, layers):
        """Several layers that read the same, side by side."""
        self.product(name, torch.cat([l.weight for l in layers]), torch.cat([l.bias for l in layers]))

    def dense(self, name, layer):
        self.put(f"{name}.weight", layer.weight.T)
        if layer.bias is not None:
            self.put(f"{name}.bias", layer.bias)

    def norm(self, name, layer):
        self.put(f"{name}.weight", layer.weight)
        self.put(f"{name}.bias", layer.bias)

    def layers(self, layers):
        root = (net.WIDTH // net.ATTENTION_HEADS) ** -0.5
        for number, layer in enumerate(layers):
            name = f"layers.{number}"
            self.product(f"{name}.attention", torch.cat([layer.query.weight * root, layer.key.weight, layer.value.weight]),
                         torch.cat([layer.query.bias * root, layer.key.bias, layer.value.bias]))
            self.product(f"{name}.out", layer.out.weight, layer.out.bias)
            self.norm(f"{name}.norm1", layer.norm1)
            self.product(f"{name}.up", layer.up.weight, layer.up.bias)
            self.product(f"{name}.down", layer.down.weight, layer.down.bias)
            self.norm(f"{name}.norm2", layer.norm2)


# The views of the words that the heads read, in the order in which they lie side by side.
VIEWS = ["tag_view", "name_view", "fact_view", "cue_view", "arc_dependent", "arc_head", "relation_dependent", "relation_head", "role_predicate",
         "role_argument", "link_cue", "link_word"]


def encoder_and_heads(model):
    t, encoder = Tensors(), model.encoder
    table = encoder.words.weight.numpy()
    step = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    t.put("words.weight", np.clip(np.rint(table / step), -127, 127).astype(np.int8))
    t.put("words.steps", step[:, 0].astype(np.float32))
    t.put("cases", encoder.cases.weight + encoder.segment)
    t.put("positions", encoder.positions.weight)
    t.norm("norm", encoder.norm)
    t.layers(encoder.layers)
    t.products("views", [getattr(model, v).linear for v in VIEWS])
    for name in ("upos", "feats", "lemma", "names", "cue", "predicate", "factuality"):
        t.dense(name, getattr(model, name))
    t.put("arc.weight", model.arc)
    t.dense("arc_prior", model.arc_prior)
    for name in ("relation", "role", "link"):
        for part in ("weight", "left", "right", "bias"):
            t.put(f"{name}.{part}", getattr(getattr(model, name), part))
    return t


def branch_and_pairs(branch, pairs):
    t = Tensors()
    t.layers(branch.layers)
    t.products("views", [branch.view, branch.key])
    for name, value in pairs.state_dict().items():
        t.put(name, value)
    return t


def read(args, vocabulary, sizes):
    """(network, branch, classifier of pairs, state of the run)"""
    state = torch.load(pathlib.Path(args.run) / "model.pt", map_location="cpu", weights_only=False)
    if "net.arc" in state["model"]:
        student = Student(vocabulary, sizes)
        student.load_state_dict(state["model"])
        return student.net, student.branch, student.pairs, state
    model = Tidings(vocabulary, sizes)
    model.load_state_dict(state["model"])
    acts = relation.Relations(model.encoder)
    acts.load_state_dict(torch.load(pathlib.Path(args.acts) / "model.pt", map_location="cpu", weights_only=False)["model"])
    return model, acts.branch, acts.pairs, state


def write(tensors, path):
    for name, array in tensors.items():
        assert array.dtype in (np.float32, np.int8), name
    save_file(dict(tensors), path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--run", default="../build/training/all")
    a.add_argument("--acts", help="run of train_relation that holds the branch; a student has its own")
    a.add_argument("--out", default="../models/en")
    a.add_argument("--name", default="tidings-en")
    a.add_argument("--version", default="0.4.0")
    args = a.parse_args()
    run, out = pathlib.Path(args.run), pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    labels = json.loads((run / "labels.json").read_text())
    vocabulary = (run / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    with torch.no_grad():
        model, branch, pairs, state = read(args, len(vocabulary), {k: len(v) for k, v in labels.items()})
        digest = write(encoder_and_heads(model), out / "model.safetensors")
        acts = write(branch_and_pairs(branch, pairs), out / "acts.safetensors")
    for name in ("vocab.txt", "lemma_exceptions.tsv"):
        shutil.copy(run / name, out / name)
    (out / "labels.json").write_text(json.dumps({**labels, "acts": relation.LABELS}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "model.toml").write_text(f"""# Made by training/tidings_training/export.py; the figures are in MODEL_CARD.md.
name = "{args.name}"
version = "{args.version}"
language = "en"
sha256 = "{digest}"
acts_sha256 = "{acts}"
acts_after = {relation.CUT}
steps = {state["step"]}
clean = {str(state["arguments"]["clean"]).lower()}
tasks = ["upos", "features", "lemma", "tree", "roles", "names", "factuality", "attribution", "acts"]
""")
    total = sum(f.stat().st_size for f in out.iterdir())
    print(f"{out}: {total / 1e6:.2f} MB, sha256 {digest[:12]}")


if __name__ == "__main__":
    main()
