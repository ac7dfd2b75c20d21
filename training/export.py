"""Write the trained network as the files that ship: int8 ONNX, vocabulary and decoding weights.

    python training/export.py --run build/run1 --out src/reportedly/models/polnear-minilm-8

The graph is written node by node with onnxruntime's fused operators (Attention, FastGelu): a general exporter gives a graph that its optimiser has to recognise again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from model import HEAD, LAYERS, Judging, Network, restore
from reportedly.reader.encoder import pack, unpack
from train import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

MICROSOFT = "com.microsoft"


def graph(network: Network) -> onnx.ModelProto:
    """The network in float32.

    Inputs `words` (1, T, D), rows of the word table, `shapes` (1, T), `blocks` (N, Q) and `neighbours` (N, K), as `windows.near` has them;
    outputs `emissions` (1, T, L), `vectors` (1, T, ...), `grades` (1, T), and `judging` (1, T) where the network was taught that.
    """
    nodes, constants = [], []

    def constant(name: str, value: torch.Tensor | np.ndarray) -> str:
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else value
        constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(x: str, layer: torch.nn.Linear, name: str) -> str:
        return node("MatMul", [x, constant(f"{name}.weight", layer.weight.T)], name)

    node("Shape", ["shapes"], "shapes.shape")
    node("Gather", ["shapes.shape", constant("one", np.array([1], np.int64))], "length", axis=0)
    node("Slice", [constant("position", network.position.weight), constant("zero", np.array([0], np.int64)), "length", "zero"], "positions")
    node("Gather", [constant("shape.table", network.shape.weight), "shapes"], "shape")
    node("Add", ["words", "shape"], "words+shape")
    node("Add", ["words+shape", "positions"], "embedded")
    x = node("LayerNormalization", ["embedded", constant("norm.w", network.norm.weight), constant("norm.b", network.norm.bias)], "x", axis=-1, epsilon=1e-12)
    states = [x]
    for i, layer in enumerate(network.layers):
        p = f"layer{i}"
        for part, weight, bias in zip("qkv", layer.qkv.weight.chunk(3), layer.qkv.bias.chunk(3), strict=True):
            # a product each: to split one product for all three takes as long as a sixth of attention (onnxruntime 1.32)
            product = node("MatMul", [x, constant(f"{p}.{part}.w", weight.T)], f"{p}.{part}")
            biased = node("Add", [product, constant(f"{p}.{part}.b", bias)], f"{p}.{part}.biased")
            chosen = node("Gather", [biased, "blocks" if part == "q" else "neighbours"], f"{p}.{part}.blocks", axis=1)
            node("Squeeze", [chosen, "zero"], f"{p}.{part}.chosen")
        node("MultiHeadAttention", [f"{p}.{part}.chosen" for part in "qkv"], f"{p}.heads", MICROSOFT, num_heads=layer.heads)
        node("Reshape", [f"{p}.heads", constant(f"{p}.flat", np.array([1, -1, HEAD * layer.heads], np.int64))], f"{p}.flattened")
        attended = node("Slice", [f"{p}.flattened", "zero", "length", "one"], f"{p}.attended")

        def add_norm(y: str, skip: str, norm: torch.nn.LayerNorm, bias: torch.Tensor, name: str) -> str:
            # plain operators: SkipLayerNormalization takes five times as long on a CPU (onnxruntime 1.32)
            biased = node("Add", [y, constant(f"{name}.bias", bias)], f"{name}.biased")
            total = node("Add", [biased, skip], f"{name}.sum")
            return node("LayerNormalization", [total, constant(f"{name}.g", norm.weight), constant(f"{name}.b", norm.bias)], name, axis=-1, epsilon=1e-12)

        x = add_norm(linear(attended, layer.out, f"{p}.out"), x, layer.norm1, layer.out.bias, f"{p}.norm1")
        up = node("Gelu", [node("Add", [linear(x, layer.up, f"{p}.up"), constant(f"{p}.up.b", layer.up.bias)], f"{p}.up.biased")], f"{p}.gelu", MICROSOFT)
        x = add_norm(linear(up, layer.down, f"{p}.down"), x, layer.norm2, layer.down.bias, f"{p}.norm2")
        states.append(x)
    node("Add", [linear(x, network.emit, "emit"), constant("emit.b", network.emit.bias)], "emissions")
    node("Add", [linear(x, network.project, "project"), constant("project.b", network.project.bias)], "project.sum")
    node("Cast", ["project.sum"], "vectors", to=TensorProto.FLOAT16)  # far finer than a link needs
    node("Tanh", [node("Add", [linear(x, network.grade, "grade"), constant("grade.b", network.grade.bias)], "grade.sum")], "grade.tanh")
    node("Mul", [node("Squeeze", ["grade.tanh", constant("last", np.array([-1], np.int64))], "grade.flat"), constant("three", np.array(3, np.float32))], "grades")
    if network.judging:
        _judging(network.judging, [states[n] for n in LAYERS], constant, node, linear)
    outputs = [
        helper.make_tensor_value_info(name, kind, [1, "T", *width])
        for name, kind, width in (
            ("emissions", TensorProto.FLOAT, [network.emit.out_features]),
            ("vectors", TensorProto.FLOAT16, [network.project.out_features]),
            ("grades", TensorProto.FLOAT, []),
            *([("judging", TensorProto.FLOAT, [])] if network.judging else []),
        )
    ]
    inputs = [
        helper.make_tensor_value_info(name, kind, sizes)
        for name, kind, sizes in (
            ("words", TensorProto.FLOAT, [1, "T", network.word.embedding_dim]),
            ("shapes", TensorProto.INT64, [1, "T"]),
            ("blocks", TensorProto.INT64, ["N", "Q"]),
            ("neighbours", TensorProto.INT64, ["N", "K"]),
        )
    ]
    body = helper.make_graph(nodes, "reader", inputs, outputs, constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)], ir_version=8)


def _judging(head: Judging, states: list[str], constant: Callable[..., str], node: Callable[..., str], linear: Callable[..., str]) -> None:
    """The branch that tells which words judge: model.Judging, node by node."""
    parts = [linear(x, down, f"judging.down{n}") for n, (x, down) in enumerate(zip(states, head.down, strict=True))]
    total = node("Sum", [*parts, constant("judging.down.b", head.down[0].bias)], "judging.down")
    h = node("Gelu", [total], "judging.gelu", MICROSOFT)
    node("Transpose", [h], "judging.turned", perm=[0, 2, 1])
    reach = head.near.kernel_size[0] // 2
    node("Conv", ["judging.turned", constant("judging.near.w", head.near.weight), constant("judging.near.b", head.near.bias)], "judging.near", pads=[reach, reach], group=head.near.groups)
    near = node("Gelu", [node("Transpose", ["judging.near"], "judging.back", perm=[0, 2, 1])], "judging.near.gelu", MICROSOFT)
    out = linear(node("Add", [h, near], "judging.both"), head.out, "judging.out")
    odds = node("Squeeze", [node("Add", [out, constant("judging.out.b", head.out.bias)], "judging.odds"), "last"], "judging.flat")
    node("Sigmoid", [odds], "judging")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="leave the weights in float32 (to see what int8 costs)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network = restore(options.run)
    if not network.near:
        message = f"{options.run}: its subwords attend to all others; the reader takes only networks that were trained with --near"
        raise SystemExit(message)
    target = options.out / "encoder.onnx"
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "float.onnx"
        onnx.save(graph(network), plain)
        if options.float:
            shutil.copy(plain, target)
        else:
            # Seven bits: on processors without VNNI the sum of two 8-bit products overflows.
            quantize_dynamic(
                plain, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=["emit", "grade", "judging.out"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},  # shapes are not inferred through fused operators
            )  # fmt: skip
    table = network.word.weight.detach().numpy()
    steps = (np.abs(table).max(1, keepdims=True) / 127).clip(1e-8)  # one for each word: with one for all, rare words lose most
    np.savez(options.out / "words.npz", rows=np.round(table / steps).astype(np.int8), steps=steps)
    (options.out / "vocab.txt").write_text("\n".join(vocabulary()) + "\n", "utf-8")
    weights = network.decoding_weights()
    kept = options.run / "score.json"  # written by calibrate.py
    arrays = pack(weights)
    if kept.exists():
        arrays["score"] = np.array(json.loads(kept.read_text())["weights"])
    unpack(arrays)
    np.savez(options.out / "decoding.npz", **arrays)
    for path in sorted(options.out.iterdir()):
        print(f"{path.name:16s} {path.stat().st_size / 1e6:6.1f} MB  sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
