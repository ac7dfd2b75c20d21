"""The share of the machine's int8 matrix-product rate that the encoder reaches, and what the rest is spent on.

    python training/peak.py [--model DIR] [--subwords N] [--rounds N]

The rate is that of onnxruntime's own product of two large int8 matrices (MatMulInteger, unsigned by signed), the best of
several sizes, on one thread and in the same run as the encoder. Windows and products take turns, so that a busy
machine slows both; figures are medians of CPU time.
"""

from __future__ import annotations

import argparse
import collections
import json
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from model import HEAD
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.windows import WINDOW, near

SIZES = (512, 1024, 2048)


def session(model: bytes, profile: str | None = None) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    if profile:
        options.enable_profiling, options.profile_file_prefix = True, profile
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"])


def product(size: int) -> onnxruntime.InferenceSession:
    """One product of two square int8 matrices, the second a constant, as the encoder's weights are."""
    weights = np.random.default_rng(0).integers(-64, 64, (size, size)).astype(np.int8)
    node = helper.make_node("MatMulInteger", ["a", "b"], ["y"])
    ends = [helper.make_tensor_value_info(n, t, [size, size]) for n, t in (("a", TensorProto.UINT8), ("y", TensorProto.INT32))]
    graph = helper.make_graph([node], "product", ends[:1], ends[1:], [numpy_helper.from_array(weights, "b")])
    return session(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString())


def operations(model: onnx.ModelProto, subwords: int) -> tuple[float, float]:
    """(int8, float32) operations of one window, in units of 1e9: two for each multiplication."""
    shapes = {w.name: list(w.dims) for w in model.graph.initializer}
    whole = real = 0.0
    for node in model.graph.node:
        weights = [shapes[n] for n in node.input if len(shapes.get(n, ())) == 2 and n.endswith("_quantized")]
        if node.op_type in ("MatMulInteger", "DynamicQuantizeMatMul", "MatMulIntegerToFloat"):
            whole += 2 * subwords * sum(a * b for a, b in weights)
        if node.op_type == "MultiHeadAttention":
            real += 4 * near(subwords)[1].shape[1] * subwords * HEAD * node.attribute[0].i
    return whole / 1e9, real / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="folder of an export; by default the weights that ship")
    parser.add_argument("--subwords", type=int, default=WINDOW)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    data = OnnxEncoder(options.model).graph()
    rng = np.random.default_rng(0)
    one = (1, options.subwords)
    blocks, neighbours = near(options.subwords)
    window = {"words": rng.standard_normal((*one, 384)).astype(np.float32), "shapes": rng.integers(0, 60, one), "blocks": blocks, "neighbours": neighbours}
    runs = {"encoder": (session(data), window)}
    runs |= {str(n): (product(n), {"a": rng.integers(0, 255, (n, n)).astype(np.uint8)}) for n in SIZES}
    taken: dict[str, list[float]] = collections.defaultdict(list)
    for _ in range(options.rounds):
        for name, (network, feed) in runs.items():
            start = time.process_time()
            network.run(None, feed)
            taken[name].append(time.process_time() - start)
    seconds = {name: statistics.median(times) for name, times in taken.items()}
    rates = {n: 2 * n**3 / 1e9 / seconds[str(n)] for n in SIZES}
    whole, real = operations(onnx.load_from_string(data), options.subwords)
    print(f"int8 product, best of {SIZES}: {max(rates.values()):.0f} G operations a second")
    print(f"encoder, {options.subwords} subwords: {1000 * seconds['encoder']:.1f} ms, {options.subwords / seconds['encoder']:.0f} subwords a second")
    print(f"{whole:.2f} G int8 operations: {whole / seconds['encoder']:.0f} a second, {100 * whole / seconds['encoder'] / max(rates.values()):.0f} % of it; beside them {real:.2f} G in float32 (attention)")
    with tempfile.TemporaryDirectory() as folder:
        watched = session(data, str(Path(folder) / "profile"))
        for _ in range(options.rounds):
            watched.run(None, window)
        events = json.loads(Path(watched.end_profiling()).read_text("utf-8"))
    spent: collections.Counter[str] = collections.Counter()
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("kernel_time"):
            spent[event["args"]["op_name"]] += event["dur"]
    for name, dur in spent.most_common(8):
        print(f"  {name:24s} {100 * dur / spent.total():5.1f} %")


if __name__ == "__main__":
    main()
