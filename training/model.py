"""The network: a BERT encoder with shape embeddings, a linear-chain CRF over tags, and biaffine links."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from reportedly.reader.decoding import DISTANCES, FEATURES, GAPS, LINK_WIDTH, LINKS, NO, RANKS, TAGS, LinkWeights, Weights, allowed
from reportedly.reader.encoding import SHAPES
from reportedly.reader.windows import BLOCK, near

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data import Batch, Graded


HEAD = 32  # width of a head of attention
Near = tuple[torch.Tensor, torch.Tensor, torch.Tensor | None]  # of a batch: blocks (B, N, Q), neighbours (B, N, K), and which of these are some (B, N, K)
LAYERS = (0, 2, 3, 4, 6)  # whose states tell which words judge: 0 the embeddings, the others by their number


def restore(run: Path) -> Network:
    """The averaged weights of a run, of a mean of runs or of a pruned network, ready to read with."""
    state = torch.load(run / "averaged.pt", weights_only=True)
    network = Network(**sizes(state))
    network.load_state_dict(state, strict=False)  # those that attend to all may not say so
    if (run / "judging.pt").exists():  # written by judging.py
        network.judging = branch(torch.load(run / "judging.pt", weights_only=True))
    return network.eval()


def branch(state: dict[str, torch.Tensor]) -> Judging:
    """The branch for judging words that has these weights."""
    inner, apart = state["near.weight"].shape[:2]
    made = Judging(inner=inner, branches=inner // apart)
    made.load_state_dict(state)
    return made


def sizes(state: dict[str, torch.Tensor]) -> dict[str, list[int]]:
    """How many heads and inner units each layer of some weights has."""
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    return {
        "heads": [len(state[f"layers.{i}.qkv.weight"]) // (3 * HEAD) for i in range(layers)],
        "inner": [len(state[f"layers.{i}.up.weight"]) for i in range(layers)],
    }


def around(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Blocks and neighbours of a padded batch (B, T), as the reader has them, and which of the neighbours are real."""
    parts = [near(int(length)) for length in mask.sum(1)]
    count, width = max(len(keys) for _, keys in parts), max(keys.shape[1] for _, keys in parts)
    blocks, keys, real = np.zeros((len(parts), count, BLOCK), np.int64), np.zeros((len(parts), count, width), np.int64), np.zeros((len(parts), count, width), bool)
    real[..., 0] = True  # a block of padding looks at the first marker
    for row, (b, k) in enumerate(parts):
        blocks[row, : len(b)], keys[row, : len(k), : k.shape[1]], real[row, : len(k), : k.shape[1]] = b, k, True
    return blocks, keys, real


class Rounded(torch.autograd.Function):
    """Numbers as int8 leaves them, with gradients as if it had not (straight through, Bengio et al. 2013)."""

    @staticmethod
    def forward(_: object, x: torch.Tensor, scale: torch.Tensor, low: torch.Tensor) -> torch.Tensor:  # type: ignore[override]
        return torch.round((x - low) / scale) * scale + low

    @staticmethod
    def backward(_: object, gradient: torch.Tensor) -> tuple[torch.Tensor, None, None]:  # type: ignore[override]
        return gradient, None, None


def linear(layer: nn.Linear, x: torch.Tensor, *, rounded: bool) -> torch.Tensor:
    """The layer; `rounded` as the exported one computes it: inputs in 8 bits a window, weights in 7 bits an output (Jacob et al. 2018)."""
    if not rounded:
        return layer(x)
    low, high = x.detach().amin((1, 2), keepdim=True).clamp(max=0), x.detach().amax((1, 2), keepdim=True).clamp(min=0)
    scale = (high - low).clamp(min=1e-8) / 255
    weight = layer.weight
    steps = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 64
    return F.linear(Rounded.apply(x, scale, torch.round(low / scale) * scale), Rounded.apply(weight, steps, torch.zeros_like(steps)), layer.bias)


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv, self.out = nn.Linear(width, 3 * HEAD * heads), nn.Linear(HEAD * heads, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(
        self,
        x: torch.Tensor,
        mask: torch.Tensor | None,
        gates: tuple[torch.Tensor, torch.Tensor] | None = None,
        around: Near | None = None,
        *,
        rounded: bool = False,
    ) -> torch.Tensor:
        """`gates` (heads,) and (inner,) weigh what the heads and the inner units say, to see what each is worth; `around` says who attends to whom."""
        b, t, _ = x.shape
        triple = linear(self.qkv, x, rounded=rounded).view(b, t, 3, self.heads, HEAD)
        if around is None:
            q, k, v = triple.permute(2, 0, 3, 1, 4)
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
            y = (y if gates is None else y * gates[0][:, None, None]).transpose(1, 2).reshape(b, t, -1)
        else:
            y = self.among(triple, around, gates)[:, :t]
        x = self.norm1(x + F.dropout(linear(self.out, y, rounded=rounded), self.dropout, self.training))
        y = F.gelu(linear(self.up, x, rounded=rounded))
        y = linear(self.down, y if gates is None else y * gates[1], rounded=rounded)
        return self.norm2(x + F.dropout(y, self.dropout, self.training))

    def among(self, triple: torch.Tensor, around: Near, gates: tuple[torch.Tensor, torch.Tensor] | None) -> torch.Tensor:
        """What each subword takes from its block's neighbours: (B, blocks of subwords, heads)."""
        blocks, keys, real = around
        b, n, _ = blocks.shape
        rows = torch.arange(b, device=blocks.device)[:, None, None]
        q = triple[:, :, 0][rows, blocks].flatten(0, 1).transpose(1, 2)
        k, v = triple[:, :, 1:][rows, keys].flatten(0, 1).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=None if real is None else real.flatten(0, 1)[:, None, None])
        y = y if gates is None else y * gates[0][:, None, None]
        return y.transpose(1, 2).reshape(b, n * blocks.shape[2], -1)


class Judging(nn.Module):
    """Which subwords are words by which the writer judges: a small convolution over the states of several layers, which it leaves as they are.

    Several branches side by side share `inner` units among them, and say the mean of their log odds.
    """

    def __init__(self, width: int = 384, inner: int = 64, reach: int = 5, dropout: float = 0.1, branches: int = 1) -> None:
        super().__init__()
        self.down = nn.ModuleList(nn.Linear(width, inner, bias=n == 0) for n in range(len(LAYERS)))
        self.near, self.out, self.dropout = nn.Conv1d(inner, inner, reach, padding=reach // 2, groups=branches), nn.Linear(inner, 1), dropout

    def forward(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """Log odds (B, T) from the states (B, T, width) of LAYERS."""
        h = F.dropout(F.gelu(sum(down(x) for down, x in zip(self.down, states, strict=True))), self.dropout, self.training)
        h = F.dropout(h + F.gelu(self.near(h.transpose(1, 2)).transpose(1, 2)), self.dropout, self.training)
        return self.out(h)[..., 0]


class Network(nn.Module):
    def __init__(self, heads: list[int] | None = None, inner: list[int] | None = None, width: int = 384, vocabulary: int = 30522, dropout: float = 0.1) -> None:
        """`heads` and `inner`: how many heads and inner units each layer has; by default those of MiniLM-L6."""
        super().__init__()
        heads, inner = heads or [12] * 6, inner or [1536] * 6
        self.gates: list[tuple[torch.Tensor, torch.Tensor]] | None = None
        self.rounded = False
        self.register_buffer("near", torch.tensor(0.0))  # above 0: its subwords attend to their neighbours; kept with the weights, and so in their means
        self.judging: Judging | None = None  # fitted later, by judging.py
        self.word = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(512, width)
        self.shape = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(Layer(width, h, i, dropout) for h, i in zip(heads, inner, strict=True))
        self.emit = nn.Linear(width, len(TAGS))
        self.grade = nn.Linear(width, 1)
        self.project = nn.Linear(width, len(LINKS) * 4 * LINK_WIDTH)
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.distance = nn.Parameter(torch.zeros(len(LINKS), DISTANCES))
        self.rank = nn.Parameter(torch.zeros(len(LINKS), RANKS))
        self.gap = nn.Parameter(torch.zeros(len(LINKS), GAPS))
        self.none = nn.Parameter(torch.zeros(len(LINKS), LINK_WIDTH))
        self.none_bias = nn.Parameter(torch.zeros(len(LINKS)))
        self.dropout = dropout
        nn.init.zeros_(self.shape.weight)
        nn.init.normal_(self.none, std=0.5)
        start, step, end = (torch.from_numpy(a) for a in allowed())
        self.register_buffer("step", step, persistent=False)
        self.register_buffer("start", start, persistent=False)
        self.register_buffer("end", end, persistent=False)

    def load_bert(self, path: Path) -> None:
        """Take over the encoder of a BERT checkpoint in safetensors."""
        w = load_file(path)
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        with torch.no_grad():
            self.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    layer.qkv.get_parameter(part).copy_(torch.cat([w[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")]))
                    for mine, theirs in (
                        (layer.out, "attention.output.dense"),
                        (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"),
                        (layer.down, "output.dense"),
                        (layer.norm2, "output.LayerNorm"),
                    ):
                        mine.get_parameter(part).copy_(w[f"{p}{theirs}.{part}"])

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Hidden states (B, T, width)."""
        return self.every_layer(ids, shapes, mask)[-1]

    def every_layer(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> list[torch.Tensor]:
        """The states (B, T, width) of the embeddings and behind each layer."""
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.shape(shapes)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        whole = bool(mask.all())
        attend, neighbours = None if whole else mask[:, None, None, :], None
        if self.near:
            blocks, keys, real = around(mask.cpu().numpy())
            neighbours = self.put(blocks), self.put(keys), None if real.all() else self.put(real)
        states = [x]
        for k, layer in enumerate(self.layers):
            states.append(layer(states[-1], attend, self.gates and self.gates[k], neighbours, rounded=self.rounded))
        return states

    def chain(self) -> torch.Tensor:
        return self.transitions.masked_fill(~self.step, NO)

    def put(self, array: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(array).to(self.emit.weight.device)

    def states(self, batch: Batch) -> torch.Tensor:
        """Hidden states of each word's first subword (B, W, width)."""
        hidden = self(self.put(batch.ids), self.put(batch.shapes), self.put(batch.mask))
        return hidden.gather(1, self.put(batch.first)[:, :, None].expand(-1, -1, hidden.shape[2]))

    def loss(self, batch: Batch, states: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(CRF negative log likelihood per word, link cross entropy per link)."""
        states = F.dropout(states, self.dropout, self.training)
        tags, lengths = self.put(batch.tags), self.put(batch.lengths)
        nll = self.crf(self.emit(states), tags, lengths) / lengths.sum()
        return nll, self.link_loss(linear(self.project, states, rounded=self.rounded), batch)

    def apart(self, states: torch.Tensor, teacher: Network, batch: Batch) -> torch.Tensor:
        """How far the words' states, and the scores of tags that follow from them, are from the teacher's: mean squares."""
        with torch.no_grad():
            aim = teacher.states(batch)
            scores = teacher.emit(aim)
        real = torch.arange(states.shape[1], device=states.device)[None, :] < self.put(batch.lengths)[:, None]
        return F.mse_loss(states[real], aim[real]) + 0.1 * F.mse_loss(self.emit(states)[real], scores[real])

    def grades(self, hidden: torch.Tensor) -> torch.Tensor:
        """How surely what each subword says happened, in -3..3: (...,)."""
        return 3 * torch.tanh(self.grade(hidden)[..., 0])

    def grade_loss(self, batch: Graded) -> torch.Tensor:
        """Smooth L1 per graded predicate (Rudinger, White and Van Durme 2018)."""
        put = lambda array: torch.from_numpy(array).to(self.emit.weight.device)  # noqa: E731
        hidden = F.dropout(self(put(batch.ids), put(batch.shapes), put(batch.mask)), self.dropout, self.training)
        return F.smooth_l1_loss(self.grades(hidden[put(batch.row), put(batch.place)]), put(batch.grade))

    def judging_loss(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Cross-entropy of how likely each subword judges with `labels` (B, T), 0 to 1, and below 0 where nothing is known."""
        put = lambda tensor: tensor.to(self.emit.weight.device)  # noqa: E731
        states = self.every_layer(put(ids), put(shapes), put(mask))
        known = put(labels) >= 0
        return F.binary_cross_entropy_with_logits(self.judging([states[n] for n in LAYERS])[known], put(labels)[known])

    def crf(self, emissions: torch.Tensor, tags: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        # A window may cut a span, so its first and last tags are free.
        step = self.chain()
        _b, t, _ = emissions.shape
        valid = torch.arange(t, device=lengths.device)[None, :] < lengths[:, None]
        gold = (emissions.gather(2, tags[:, :, None])[:, :, 0] * valid).sum(1)
        if t > 1:
            gold = gold + (step[tags[:, :-1], tags[:, 1:]] * valid[:, 1:]).sum(1)
        score = emissions[:, 0]
        for k in range(1, t):
            new = torch.logsumexp(score[:, :, None] + step, 1) + emissions[:, k]
            score = torch.where(valid[:, k, None], new, score)
        return (torch.logsumexp(score, 1) - gold).sum()

    def link_loss(self, vectors: torch.Tensor, batch: Batch) -> torch.Tensor:
        total, count = vectors.new_zeros(()), 0
        for row, links in enumerate(batch.links):
            for n, kind in enumerate(LINKS):
                if kind not in links:
                    continue
                d, h, (bucket, rank, gap), target = links[kind]
                view = vectors[row, :, n * 4 * LINK_WIDTH : (n + 1) * 4 * LINK_WIDTH].view(-1, 4, LINK_WIDTH)
                query = view[d[:, 0], 0] + view[d[:, 1], 1]
                none = (query @ self.none[n] / math.sqrt(LINK_WIDTH) + self.none_bias[n])[:, None]
                score = none
                if len(h):
                    key = view[h[:, 0], 2] + view[h[:, 1], 3]
                    score = query @ key.T / math.sqrt(LINK_WIDTH) + self.distance[n][bucket] + self.rank[n][rank] + self.gap[n][gap]
                    score = torch.cat([score, none], 1)
                total = total + F.cross_entropy(score, torch.from_numpy(target).to(score.device), reduction="sum")
                count += len(target)
        return total / max(1, count)

    def decoding_weights(self) -> Weights:
        """What decoding needs beside the encoder."""
        take = lambda tensor: tensor.detach().cpu().numpy().astype(np.float32)  # noqa: E731
        return Weights(
            take(self.chain()),
            {
                kind: LinkWeights(take(self.distance[n]), take(self.rank[n]), take(self.gap[n]), take(self.none[n]), float(self.none_bias[n]))
                for n, kind in enumerate(LINKS)
            },
            np.zeros(len(FEATURES) + 1),  # fitted later, by calibrate.py
        )

    def run(self, ids: np.ndarray, shapes: np.ndarray) -> tuple[np.ndarray, ...]:
        """The seam that the reader calls: emissions (T, L), link vectors (T, ...), grades (T,) and judging (T,) of one window."""
        with torch.no_grad():
            one = torch.from_numpy(ids[None]), torch.from_numpy(shapes[None])
            states = self.every_layer(*one, torch.ones_like(one[0], dtype=torch.bool))
            hidden = states[-1][0]
            vectors = linear(self.project, hidden[None], rounded=self.rounded)[0]
            judged = torch.sigmoid(self.judging([states[n] for n in LAYERS])[0]) if self.judging else torch.zeros(len(ids))
            return self.emit(hidden).numpy(), vectors.numpy(), self.grades(hidden).numpy(), judged.numpy()
