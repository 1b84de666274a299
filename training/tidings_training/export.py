"""Writes models/en/ from a trained checkpoint: an int8 ONNX graph built by hand, the pair weights, labels, vocabulary.

  python -m tidings_training.export --run ../build/training/full --out ../models/en

Why by hand: the graph is small, one quantisation of a layer's input serves all projections that read it, and the
pattern DynamicQuantizeLinear → MatMulInteger → Cast → Mul is what the runtime fuses. Weights are quantised per output
channel to 7 bits (`reduce_range`): the 8-bit products of CPUs without VNNI saturate, and then another machine would give
other numbers."""
import argparse, hashlib, json, pathlib, shutil

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

from . import model as net, relation
from .model import Tidings

WEIGHT_MAX = 63  # 7 bits


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.infos, self.count = [], [], [], 0

    def constant(self, array, name=None):
        name = name or self.fresh("c")
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def fresh(self, prefix):
        self.count += 1
        return f"{prefix}{self.count}"

    def op(self, kind, *inputs, outputs=1, name=None, **attributes):
        names = [name] if name else [self.fresh(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def quantized(self, x):
        """(int8 values, scale, zero point) of an activation; shared by every product that reads it."""
        return self.op("DynamicQuantizeLinear", x, outputs=3)

    def linear(self, quantized, weight, bias):
        """weight [out, in] as PyTorch keeps it."""
        values, scale, zero = quantized
        w = weight.T.astype(np.float32)
        step = np.maximum(np.abs(w).max(axis=0), 1e-8) / WEIGHT_MAX
        q = np.clip(np.rint(w / step), -WEIGHT_MAX, WEIGHT_MAX).astype(np.int8)
        zeros = self.constant(np.zeros(w.shape[1], np.int8))
        product = self.op("MatMulInteger", values, self.constant(q), zero, zeros)
        scales = self.op("Mul", scale, self.constant(step.astype(np.float32)))
        self.infos.append(helper.make_tensor_value_info(scales, TensorProto.FLOAT, [w.shape[1]]))
        real = self.op("Mul", self.op("Cast", product, to=TensorProto.FLOAT), scales)
        return self.op("Add", real, self.constant(bias.astype(np.float32)))

    def norm(self, x, layer):
        return self.op("LayerNormalization", x, self.constant(layer.weight.numpy()), self.constant(layer.bias.numpy()), axis=-1, epsilon=1e-12)

    def dense(self, x, weight, bias=None, name=None):
        """A product in f32, for the small last layers."""
        y = self.op("MatMul", x, self.constant(weight.numpy().astype(np.float32)), name=name if bias is None else None)
        return y if bias is None else self.op("Add", y, self.constant(bias.numpy().astype(np.float32)), name=name)


def embeddings(g, encoder):
    table = encoder.words.weight.numpy()
    step = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    rows = g.op("Gather", g.constant(np.clip(np.rint(table / step), -127, 127).astype(np.int8)), "pieces", axis=0)
    scale = g.op("Gather", g.constant(step.astype(np.float32)), "pieces", axis=0)
    words = g.op("Mul", g.op("Cast", rows, to=TensorProto.FLOAT), scale)
    cases = g.op("Gather", g.constant((encoder.cases.weight + encoder.segment).numpy()), "cases", axis=0)
    length = g.op("Slice", g.op("Shape", "pieces"), g.constant(np.array([1])), g.constant(np.array([2])))
    positions = g.op("Slice", g.constant(encoder.positions.weight.numpy()), g.constant(np.array([0])), length, g.constant(np.array([0])))
    return g.norm(g.op("Add", g.op("Add", words, cases), positions), encoder.norm)


def attention(g, x, layer, bias):
    heads, width = net.ATTENTION_HEADS, net.WIDTH
    root = (width // heads) ** -0.5
    weight = np.concatenate([layer.query.weight.numpy() * root, layer.key.weight.numpy(), layer.value.weight.numpy()])
    offset = np.concatenate([layer.query.bias.numpy() * root, layer.key.bias.numpy(), layer.value.bias.numpy()])
    fused = g.linear(g.quantized(x), weight, offset)
    parts = g.op("Split", fused, g.constant(np.array([width] * 3)), outputs=3, axis=-1)
    shape = g.constant(np.array([0, 0, heads, width // heads]))
    split = [g.op("Reshape", p, shape) for p in parts]
    query, value = (g.op("Transpose", split[i], perm=[0, 2, 1, 3]) for i in (0, 2))
    key = g.op("Transpose", split[1], perm=[0, 2, 3, 1])
    weights = g.op("Softmax", g.op("Add", g.op("MatMul", query, key), bias), axis=-1)
    mixed = g.op("Transpose", g.op("MatMul", weights, value), perm=[0, 2, 1, 3])
    joined = g.op("Reshape", mixed, g.constant(np.array([0, 0, width])))
    return g.linear(g.quantized(joined), layer.out.weight.numpy(), layer.out.bias.numpy())


def encoder_layer(g, x, layer, bias):
    x = g.norm(g.op("Add", x, attention(g, x, layer, bias)), layer.norm1)
    up = g.op("Gelu", g.linear(g.quantized(x), layer.up.weight.numpy(), layer.up.bias.numpy()))
    return g.norm(g.op("Add", x, g.linear(g.quantized(up), layer.down.weight.numpy(), layer.down.bias.numpy())), layer.norm2)


VIEWS = ["tag_view", "name_view", "fact_view", "cue_view", "arc_dependent", "arc_head", "relation_dependent", "relation_head", "role_predicate", "role_argument", "link_cue", "link_word"]


def heads(g, model, words):
    views = [getattr(model, v).linear for v in VIEWS]
    joined = g.op("Gelu", g.linear(g.quantized(words), np.concatenate([v.weight.numpy() for v in views]), np.concatenate([v.bias.numpy() for v in views])))
    split = g.op("Split", joined, g.constant(np.array([v.out_features for v in views])), outputs=len(views), axis=-1)
    view = dict(zip(VIEWS, split))
    dense = lambda name, v, layer: g.dense(view[v], layer.weight.T, layer.bias, name)
    dense("upos", "tag_view", model.upos)
    for layer in ("feats", "lemma"):
        g.op("ArgMax", dense(None, "tag_view", getattr(model, layer)), axis=-1, keepdims=0, name=layer)
    dense("names", "name_view", model.names)
    dense("cue", "cue_view", model.cue)
    for layer in ("predicate", "factuality"):
        g.op("Squeeze", dense(None, "fact_view", getattr(model, layer)), g.constant(np.array([-1])), name=layer)
    turned = g.op("Transpose", view["arc_head"], perm=[0, 2, 1])
    prior = g.op("Transpose", g.dense(view["arc_head"], model.arc_prior.weight.T), perm=[0, 2, 1])
    g.op("Add", g.op("MatMul", g.dense(view["arc_dependent"], model.arc), turned), prior, name="arc")
    for v in VIEWS[6:]:
        g.op("Identity", view[v], name=v)


def build(model):
    g = Graph()
    x = embeddings(g, model.encoder)
    away = g.op("Mul", g.op("Sub", "mask", g.constant(np.array(1, np.float32))), g.constant(np.array(10000, np.float32)))
    bias = g.op("Unsqueeze", away, g.constant(np.array([1, 2])))
    for number, layer in enumerate(model.encoder.layers):
        if number == relation.CUT:
            g.op("Identity", x, name="lower")
        x = encoder_layer(g, x, layer, bias)
    words = g.op("GatherND", x, g.op("Unsqueeze", "starts", g.constant(np.array([-1]))), batch_dims=1)
    heads(g, model, words)
    value = lambda n, t, shape: helper.make_tensor_value_info(n, t, shape)
    inputs = [value("pieces", TensorProto.INT64, ["batch", "pieces"]), value("cases", TensorProto.INT64, ["batch", "pieces"]),
              value("mask", TensorProto.FLOAT, ["batch", "pieces"]), value("starts", TensorProto.INT64, ["batch", "words"])]
    lower = value("lower", TensorProto.FLOAT, ["batch", "pieces", net.WIDTH])
    sizes = {"upos": model.upos.out_features, "names": model.names.out_features, "cue": model.cue.out_features, **{v: getattr(model, v).linear.out_features for v in VIEWS[6:]}}
    outputs = [value(n, TensorProto.FLOAT, ["batch", "words", s]) for n, s in sizes.items()]
    outputs += [value(n, TensorProto.INT64, ["batch", "words"]) for n in ("feats", "lemma")]
    outputs += [value(n, TensorProto.FLOAT, ["batch", "words"]) for n in ("predicate", "factuality")] + [value("arc", TensorProto.FLOAT, ["batch", "words", "words"]), lower]
    return checked(g, "tidings-en", inputs, outputs)


def checked(g, name, inputs, outputs):
    graph = helper.make_graph(g.nodes, name, inputs, outputs, g.weights, value_info=g.infos)
    built = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], producer_name="tidings-training", ir_version=9)
    onnx.checker.check_model(built)
    return built


def build_branch(branch):
    """The layers that read for acts: from the states of the lower layers to a view and a key of each word."""
    g = Graph()
    away = g.op("Mul", g.op("Sub", "mask", g.constant(np.array(1, np.float32))), g.constant(np.array(10000, np.float32)))
    bias, x = g.op("Unsqueeze", away, g.constant(np.array([1, 2]))), "lower"
    for layer in branch.layers:
        x = encoder_layer(g, x, layer, bias)
    words = g.op("GatherND", x, g.op("Unsqueeze", "starts", g.constant(np.array([-1]))), batch_dims=1)
    both = g.linear(g.quantized(words), np.concatenate([branch.view.weight.numpy(), branch.key.weight.numpy()]), np.concatenate([branch.view.bias.numpy(), branch.key.bias.numpy()]))
    view, key = g.op("Split", both, g.constant(np.array([relation.VIEW, relation.KEY])), outputs=2, axis=-1)
    g.op("Gelu", view, name="view")
    g.op("Identity", key, name="key")
    value = lambda n, t, shape: helper.make_tensor_value_info(n, t, shape)
    inputs = [value("lower", TensorProto.FLOAT, ["batch", "pieces", net.WIDTH]), value("mask", TensorProto.FLOAT, ["batch", "pieces"]), value("starts", TensorProto.INT64, ["batch", "words"])]
    outputs = [value("view", TensorProto.FLOAT, ["batch", "words", relation.VIEW]), value("key", TensorProto.FLOAT, ["batch", "words", relation.KEY])]
    return checked(g, "tidings-en-acts", inputs, outputs)


def export_acts(model, run, out):
    """The branch and the classifier of pairs; without a run of the branch, those that are there stay."""
    if run:
        state = torch.load(pathlib.Path(run) / "model.pt", map_location="cpu", weights_only=False)["model"]
        acts = relation.Relations(model.encoder)
        acts.load_state_dict(state)
        acts.eval().requires_grad_(False)
        onnx.save(build_branch(acts.branch), out / "acts.onnx")
        save_file({k: v.numpy().astype(np.float32) for k, v in acts.pairs.state_dict().items()}, out / "acts.safetensors")
    return hashlib.sha256((out / "acts.onnx").read_bytes()).hexdigest()


def pair_weights(model):
    return {f"{name}.{part}": getattr(getattr(model, name), part).numpy().astype(np.float32) for name in ("relation", "role", "link") for part in ("weight", "left", "right", "bias")}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--run", default="../build/training/full")
    a.add_argument("--out", default="../models/en")
    a.add_argument("--acts", help="run of train_relation that holds the branch")
    a.add_argument("--version", default="0.3.0")
    args = a.parse_args()
    run, out = pathlib.Path(args.run), pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    labels = json.loads((run / "labels.json").read_text())
    state = torch.load(run / "model.pt", map_location="cpu", weights_only=False)
    vocabulary = (run / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    model = Tidings(len(vocabulary), {k: len(v) for k, v in labels.items()})
    model.load_state_dict(state["model"])
    model.eval().requires_grad_(False)
    onnx.save(build(model), out / "model.onnx")
    save_file(pair_weights(model), out / "pairs.safetensors")
    for name in ("vocab.txt", "lemma_exceptions.tsv"):
        shutil.copy(run / name, out / name)
    (out / "labels.json").write_text(json.dumps({**labels, "acts": relation.LABELS}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    acts = export_acts(model, args.acts, out)
    digest = hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()
    clean = state["arguments"]["clean"]
    (out / "model.toml").write_text(f"""# Made by training/tidings_training/export.py; the figures are in MODEL_CARD.md.
name = "tidings-en"
version = "{args.version}"
language = "en"
sha256 = "{digest}"
acts_sha256 = "{acts}"
steps = {state["step"]}
clean = {str(clean).lower()}
tasks = ["upos", "features", "lemma", "tree", "roles", "names", "factuality", "attribution", "acts"]
""")
    total = sum(f.stat().st_size for f in out.iterdir())
    print(f"{out}: {total / 1e6:.2f} MB, sha256 {digest[:12]}")


if __name__ == "__main__":
    main()
