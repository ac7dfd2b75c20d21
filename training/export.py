"""Write the trained network as the files that ship: int8 ONNX, vocabulary and decoding weights.

    python training/export.py --run build/run1 --out src/reportedly/models/polnear-minilm-4

The graph is written node by node with onnxruntime's fused operators (Attention, FastGelu): a general exporter gives a graph that its optimiser has to recognise again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from model import Network, restore
from reportedly.reader.encoder import pack, unpack
from train import vocabulary

MICROSOFT = "com.microsoft"


def graph(network: Network) -> onnx.ModelProto:
    """The network in float32. Inputs `ids` and `shapes` (1, T); outputs `emissions` (1, T, L), `vectors` (1, T, K), `grades` (1, T)."""
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

    node("Shape", ["ids"], "ids.shape")
    node("Gather", ["ids.shape", constant("one", np.array([1], np.int64))], "length", axis=0)
    node("Slice", [constant("position", network.position.weight), constant("zero", np.array([0], np.int64)), "length", "zero"], "positions")
    node("Gather", [constant("word.table", network.word.weight), "ids"], "words")
    node("Gather", [constant("shape.table", network.shape.weight), "shapes"], "shape")
    node("Add", ["words", "shape"], "words+shape")
    node("Add", ["words+shape", "positions"], "embedded")
    x = node("LayerNormalization", ["embedded", constant("norm.w", network.norm.weight), constant("norm.b", network.norm.bias)], "x", axis=-1, epsilon=1e-12)
    for i, layer in enumerate(network.layers):
        p = f"layer{i}"
        attended = node(
            "Attention",
            [x, constant(f"{p}.qkv.w", layer.qkv.weight.T), constant(f"{p}.qkv.b", layer.qkv.bias)],
            f"{p}.attention", MICROSOFT, num_heads=layer.heads,
        )  # fmt: skip

        def add_norm(y: str, skip: str, norm: torch.nn.LayerNorm, bias: torch.Tensor, name: str) -> str:
            # plain operators: SkipLayerNormalization takes five times as long on a CPU (onnxruntime 1.32)
            biased = node("Add", [y, constant(f"{name}.bias", bias)], f"{name}.biased")
            total = node("Add", [biased, skip], f"{name}.sum")
            return node("LayerNormalization", [total, constant(f"{name}.g", norm.weight), constant(f"{name}.b", norm.bias)], name, axis=-1, epsilon=1e-12)

        x = add_norm(linear(attended, layer.out, f"{p}.out"), x, layer.norm1, layer.out.bias, f"{p}.norm1")
        up = node("FastGelu", [linear(x, layer.up, f"{p}.up"), constant(f"{p}.up.b", layer.up.bias)], f"{p}.gelu", MICROSOFT)
        x = add_norm(linear(up, layer.down, f"{p}.down"), x, layer.norm2, layer.down.bias, f"{p}.norm2")
    node("Add", [linear(x, network.emit, "emit"), constant("emit.b", network.emit.bias)], "emissions")
    node("Add", [linear(x, network.project, "project"), constant("project.b", network.project.bias)], "vectors")
    node("Tanh", [node("Add", [linear(x, network.grade, "grade"), constant("grade.b", network.grade.bias)], "grade.sum")], "grade.tanh")
    node("Mul", [node("Squeeze", ["grade.tanh", constant("last", np.array([-1], np.int64))], "grade.flat"), constant("three", np.array(3, np.float32))], "grades")
    whole = lambda name: helper.make_tensor_value_info(name, TensorProto.INT64, [1, "T"])  # noqa: E731
    real = lambda name, width: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "T", width])  # noqa: E731
    outputs = [real("emissions", network.emit.out_features), real("vectors", network.project.out_features), helper.make_tensor_value_info("grades", TensorProto.FLOAT, [1, "T"])]
    body = helper.make_graph(nodes, "reader", [whole("ids"), whole("shapes")], outputs, constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)], ir_version=8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="leave the weights in float32 (to see what int8 costs)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network = restore(options.run)
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
                op_types_to_quantize=["MatMul", "Attention", "Gather"],
                nodes_to_exclude=["emit", "project", "grade", "length", "shape"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},  # shapes are not inferred through fused operators
            )  # fmt: skip
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
