"""Which act passes between two actors of a sentence: the network of the relation branch, its samples and its loss.

The branch is a pair of layers beside the encoder's last ones. They read what the encoder has made of the sentence after
`CUT` layers and never change it, so that trees, names and roles stay as they are; pairs are pooled from the words of
source, target and predicate, and cost nothing beyond the one pass of the branch."""
import copy, csv, hashlib, pathlib, re

import torch
from torch import nn
import torch.nn.functional as F

from . import model as net

LABELS = ["NONE", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
          "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
CUT = 3
VIEW, KEY, HIDDEN = 256, 64, 192
MAX_PIECES = 160
# The annotators of PLV did not tell these two apart.
MERGED = {"YIELD": ["CONCEDE", "RETREAT"]}
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+|\S")


class Branch(nn.Module):
    """Word states in, for each word a view that says what it means and a key that says whom it concerns."""
    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.view, self.key = nn.Linear(net.WIDTH, VIEW), nn.Linear(net.WIDTH, KEY)

    def forward(self, x, mask, starts):
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias, 0.1)
        words = x.gather(1, starts[:, :, None].expand(-1, -1, net.WIDTH))
        return F.gelu(self.view(words)), self.key(words)


class Pairs(nn.Module):
    """From views and keys to the type, given who is source and who is target; the predicate may be given or is looked for."""
    def __init__(self, dropout=0.1):
        super().__init__()
        self.query = nn.Linear(2 * VIEW, KEY)
        self.hidden, self.out = nn.Linear(4 * VIEW, HIDDEN), nn.Linear(HIDDEN, len(LABELS))
        self.dropout = dropout

    def forward(self, view, key, batch):
        pool = lambda m: (view * m[:, :, None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        source, target = pool(batch["source"]), pool(batch["target"])
        scores = (key @ self.query(torch.cat([source, target], -1))[:, :, None]).squeeze(-1) / KEY ** 0.5
        looked_for = (scores.masked_fill(~batch["words"], -1e4).softmax(-1)[:, :, None] * view).sum(1)
        given = batch["predicate"].sum(1, keepdim=True) > 0
        act = torch.where(given, pool(batch["predicate"]), looked_for)
        x = torch.cat([source, target, act, pool(batch["words"].float())], -1)
        x = F.dropout(F.gelu(self.hidden(F.dropout(x, self.dropout, self.training))), self.dropout, self.training)
        return self.out(x)


class Relations(nn.Module):
    """The lower layers of an encoder, the branch on them, and the classifier of pairs."""
    def __init__(self, encoder, cut=CUT, frozen=True):
        super().__init__()
        self.encoder, self.cut, self.frozen = encoder, cut, frozen
        self.branch = Branch([copy.deepcopy(layer) for layer in encoder.layers[cut:]])
        self.pairs = Pairs()
        if frozen:
            self.encoder.requires_grad_(False)

    def lower(self, batch):
        encoder, bias = self.encoder, (1.0 - batch["mask"])[:, None, None, :] * -10000.0
        x = encoder.words(batch["pieces"]) + encoder.positions.weight[:batch["pieces"].shape[1]] + encoder.cases(batch["cases"]) + encoder.segment
        x = encoder.norm(x)
        for layer in encoder.layers[:self.cut]:
            x = layer(x, bias, 0.0)
        return x

    def train(self, mode=True):
        super().train(mode)
        if self.frozen:
            self.encoder.eval()
        return self

    def forward(self, batch):
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x = self.lower(batch)
        view, key = self.branch(x, batch["mask"], batch["starts"])
        return self.pairs(view, key, batch)


class Encoder:
    """Rows with character offsets to numbers."""
    def __init__(self, wordpiece):
        self.wordpiece = wordpiece
        self.cls, self.sep, self.pad = (wordpiece.ids[t] for t in ("[CLS]", "[SEP]", "[PAD]"))

    def row(self, row):
        text = row["text"]
        pieces, cases, starts, spans = [self.cls], [0], [0], []
        for found in WORD.finditer(text):
            p = self.wordpiece.word(found.group())
            if len(pieces) + len(p) + 1 > MAX_PIECES:
                break
            starts.append(len(pieces))
            pieces += [i for i, _ in p]
            cases += [c for _, c in p]
            spans.append(found.span())
        within = lambda span: [float(span is not None and s < span[1] and span[0] < e) for s, e in spans]
        return {"pieces": pieces + [self.sep], "cases": cases + [0], "starts": starts, "target_of": targets(row),
                **{k: [0.0] + within(row.get(k)) for k in ("source", "target", "predicate")}}


def targets(row):
    """The distribution that the head should give: of one label, of the two that are merged, or a teacher's."""
    if "teacher" in row:
        return row["teacher"]
    labels = MERGED.get(row["label"], [row["label"]])
    return [1.0 / len(labels) if l in labels else 0.0 for l in LABELS]


def collate(items, pad, drop_predicate=None):
    longest, words = max(len(i["pieces"]) for i in items), max(len(i["starts"]) for i in items)
    padded = lambda k, size, value: torch.tensor([i[k] + [value] * (size - len(i[k])) for i in items])
    batch = {"pieces": padded("pieces", longest, pad), "cases": padded("cases", longest, 0), "starts": padded("starts", words, 0)}
    batch["mask"] = torch.tensor([[1.0] * len(i["pieces"]) + [0.0] * (longest - len(i["pieces"])) for i in items])
    batch["words"] = torch.tensor([[False] + [True] * (len(i["starts"]) - 1) + [False] * (words - len(i["starts"])) for i in items])
    for k in ("source", "target", "predicate"):
        batch[k] = padded(k, words, 0.0)
    if drop_predicate is not None:
        keep = torch.tensor([float(drop_predicate.random() >= 0.5) for _ in items])
        batch["predicate"] = batch["predicate"] * keep[:, None]
    batch["wanted"] = torch.tensor([i["target_of"] for i in items])
    return batch


def loss(logits, wanted):
    """Cross entropy with the wanted distribution; a row whose label stands for two wants their sum."""
    log = logits.float().log_softmax(-1)
    merged = wanted[:, LABELS.index("CONCEDE")] == 0.5
    both = torch.logsumexp(log[:, [LABELS.index(l) for l in MERGED["YIELD"]]], -1)
    plain = -(0.95 * (wanted * log).sum(-1) + 0.05 * log.mean(-1))
    return torch.where(merged, -(0.95 * both + 0.05 * log.mean(-1)), plain).mean()


def letters(text):
    return hashlib.sha1(re.sub("[^a-z0-9]", "", text.lower()).encode()).hexdigest()


def held_out(shared):
    return set((pathlib.Path(shared) / "plover/exclude_sha1.txt").read_text().split())


def plv(path):
    """The rows of PLV with the offsets of the marked source and target; some lack a mark, then the first occurrence counts."""
    rows = []
    for r in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        marked = r["marked_sentence"]
        bare = lambda s: re.sub("</?[st]>", "", s)
        def span(mark, words):
            start = marked.find(f"<{mark}>")
            if start >= 0:
                end = marked.find(f"</{mark}>", start)
                inner = bare(marked[start:end]) if end > 0 else words
                return [len(bare(marked[:start])), len(bare(marked[:start])) + len(inner)]
            at = bare(marked).find(words)
            return [at, at + len(words)] if at >= 0 else None
        rows.append({"uid": r["uid"], "text": bare(marked), "source": span("s", r["source"]), "target": span("t", r["target"]), "label": r["gold_root"]})
    return rows
