"""The network: MiniLM encoder, a letter-case embedding per piece, one pass, a head per task.

Pairs (dependent-head, predicate-argument, cue-word) are scored by a trilinear form of low rank: for each label the
product of two word projections is weighted and summed. The runtime needs the labels of few pairs only, so the graph
returns the projections and the weights, and the last small product is done where the pairs are known."""
import math

import torch
from torch import nn
import torch.nn.functional as F

WIDTH, LAYERS, ATTENTION_HEADS, INNER, POSITIONS, CASES = 384, 6, 12, 1536, 256, 6
WEIGHT_MAX = 63  # weights are rounded to 7 bits
ARC, RELATION, ROLE, LINK = 320, 160, 160, 128


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm1, self.norm2 = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x, bias, dropout):
        b, t, _ = x.shape
        split = lambda y: y.view(b, t, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) * (1 / math.sqrt(WIDTH // ATTENTION_HEADS)) + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + F.dropout(self.out(mixed), dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), dropout, self.training))


class Encoder(nn.Module):
    def __init__(self, vocabulary_size, dropout=0.1, layers=LAYERS):
        super().__init__()
        self.words = nn.Embedding(vocabulary_size, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(CASES, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.dropout = dropout
        nn.init.zeros_(self.cases.weight)

    def forward(self, pieces, cases, mask):
        t = pieces.shape[1]
        x = self.words(pieces) + self.positions.weight[:t] + self.cases(cases) + self.segment
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        return x

    def load_minilm(self, weights, kept_rows):
        with torch.no_grad():
            self.words.weight.copy_(weights["embeddings.word_embeddings.weight"][kept_rows])
            self.positions.weight.copy_(weights["embeddings.position_embeddings.weight"][:POSITIONS])
            self.segment.copy_(weights["embeddings.token_type_embeddings.weight"][0])
            self._copy(self.norm, weights, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for module, name in ((layer.query, "attention.self.query"), (layer.key, "attention.self.key"), (layer.value, "attention.self.value"),
                                     (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"), (layer.up, "intermediate.dense"),
                                     (layer.down, "output.dense"), (layer.norm2, "output.LayerNorm")):
                    self._copy(module, weights, p + name)

    @staticmethod
    def _copy(module, weights, name):
        module.weight.copy_(weights[name + ".weight"])
        module.bias.copy_(weights[name + ".bias"])


class Projection(nn.Module):
    """A small non-linear view of the word states for one family of tasks."""
    def __init__(self, size, dropout):
        super().__init__()
        self.linear, self.dropout = nn.Linear(WIDTH, size), dropout

    def forward(self, x):
        return F.dropout(F.gelu(self.linear(x)), self.dropout, self.training)


class Tidings(nn.Module):
    def __init__(self, vocabulary_size, sizes, dropout=0.1, layers=LAYERS):
        super().__init__()
        self.encoder = Encoder(vocabulary_size, dropout, layers)
        head = 0.25
        self.tag_view, self.name_view, self.fact_view = Projection(256, head), Projection(256, head), Projection(128, head)
        self.upos, self.feats, self.lemma = (nn.Linear(256, sizes[k]) for k in ("upos", "feats", "lemma"))
        self.names = nn.Linear(256, sizes["names"])
        self.cue = nn.Linear(256, sizes["cue"])
        self.cue_view = Projection(256, head)
        self.predicate, self.factuality = nn.Linear(128, 1), nn.Linear(128, 1)
        self.arc_dependent, self.arc_head = Projection(ARC, head), Projection(ARC, head)
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        self.arc_prior = nn.Linear(ARC, 1, bias=False)
        self.relation_dependent, self.relation_head = Projection(RELATION, head), Projection(RELATION, head)
        self.role_predicate, self.role_argument = Projection(ROLE, head), Projection(ROLE, head)
        self.link_cue, self.link_word = Projection(LINK, head), Projection(LINK, head)
        self.relation = Trilinear(RELATION, sizes["deprel"])
        self.role = Trilinear(ROLE, sizes["roles"])
        self.link = Trilinear(LINK, sizes["attribution"])
        nn.init.eye_(self.arc)
        self.arc.data.mul_(0.1)

    def states(self, pieces, cases, mask, starts):
        """Word states [batch, 1 + words, width]; row 0 is [CLS], which stands for the root."""
        x = self.encoder(pieces, cases, mask)
        return x.gather(1, starts[:, :, None].expand(-1, -1, WIDTH))

    def forward(self, pieces, cases, mask, starts):
        return self.read(self.states(pieces, cases, mask, starts))

    def read(self, w):
        """What the heads make of word states."""
        tags, facts = self.tag_view(w), self.fact_view(w)
        dependent, head = self.arc_dependent(w), self.arc_head(w)
        return {"upos": self.upos(tags), "feats": self.feats(tags), "lemma": self.lemma(tags),
                "names": self.names(self.name_view(w)), "cue": self.cue(self.cue_view(w)),
                "predicate": self.predicate(facts).squeeze(-1), "factuality": self.factuality(facts).squeeze(-1),
                "arc": dependent @ self.arc @ head.transpose(1, 2) + self.arc_prior(head).transpose(1, 2),
                "relation_dependent": self.relation_dependent(w), "relation_head": self.relation_head(w),
                "role_predicate": self.role_predicate(w), "role_argument": self.role_argument(w),
                "link_cue": self.link_cue(w), "link_word": self.link_word(w)}


class Trilinear(nn.Module):
    """score(a, b, label) = sum_k a_k b_k weight[k, label] + a . left[:, label] + b . right[:, label] + bias[label]"""
    def __init__(self, rank, labels):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(rank, labels) * 0.1)
        self.left, self.right = (nn.Parameter(torch.zeros(rank, labels)) for _ in range(2))
        self.bias = nn.Parameter(torch.zeros(labels))

    def forward(self, a, b):
        return (a * b) @ self.weight + a @ self.left + b @ self.right + self.bias
