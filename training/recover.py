"""The weights that ship as a run again, for those who have not the runs that made them: to train on from, or to fit another branch to.

    python training/recover.py --model src/reportedly/models/polnear-minilm-8 --out build/shipped

Weights are what int8 left of them; exported again they give the same files, bit for bit. Writes OUT/averaged.pt, OUT/judging.pt and OUT/score.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import LAYERS
from reportedly.reader.decoding import LINKS, NO
from reportedly.reader.encoder import unpack


def constants(path: Path) -> dict[str, np.ndarray]:
    """The graph's constants by the names that export.py gave them; what was quantised in float32 again."""
    kept = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}
    for name in [name.removesuffix("_quantized") for name in kept if name.endswith("_quantized")]:
        zero = kept[f"{name}_zero_point"].astype(np.float32)
        kept[name] = (kept[f"{name}_quantized"].astype(np.float32) - zero) * kept[f"{name}_scale"]
    return kept


def recover(folder: Path) -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor], list[float]]:
    """(state of model.Network, state of model.Judging, weights of the score) of an exported model."""
    kept = constants(folder / "encoder.onnx")
    with np.load(folder / "words.npz") as words:
        state = {"word.weight": words["rows"].astype(np.float32) * words["steps"]}
    state |= {"near": np.array(1.0, np.float32), "position.weight": kept["position"], "shape.weight": kept["shape.table"]}
    state |= {"norm.weight": kept["norm.w"], "norm.bias": kept["norm.b"]}
    for i in range(sum(name.endswith(".norm1.g") for name in kept)):
        p, to = f"layer{i}.", f"layers.{i}."
        state[f"{to}qkv.weight"] = np.concatenate([kept[f"{p}{part}.w"].T for part in "qkv"])
        state[f"{to}qkv.bias"] = np.concatenate([kept[f"{p}{part}.b"] for part in "qkv"])
        state |= {f"{to}{name}.weight": kept[f"{p}{name}.weight"].T for name in ("out", "up", "down")}
        state |= {f"{to}out.bias": kept[f"{p}norm1.bias"], f"{to}up.bias": kept[f"{p}up.b"], f"{to}down.bias": kept[f"{p}norm2.bias"]}
        for norm in ("norm1", "norm2"):
            state |= {f"{to}{norm}.weight": kept[f"{p}{norm}.g"], f"{to}{norm}.bias": kept[f"{p}{norm}.b"]}
    for name in ("emit", "project", "grade"):
        state |= {f"{name}.weight": kept[f"{name}.weight"].T, f"{name}.bias": kept[f"{name}.b"]}
    with np.load(folder / "decoding.npz") as arrays:
        weights = unpack(dict(arrays))
    state["transitions"] = np.where(weights.transitions <= NO, 0, weights.transitions)
    for name in ("distance", "rank", "gap", "none"):
        state[name] = np.stack([getattr(weights.links[kind], name) for kind in LINKS])
    state["none_bias"] = np.array([weights.links[kind].none_bias for kind in LINKS], np.float32)
    judging = {"down.0.bias": kept["judging.down.b"], "near.weight": kept["judging.near.w"], "near.bias": kept["judging.near.b"]}
    judging |= {f"down.{n}.weight": kept[f"judging.down{n}.weight"].T for n in range(len(LAYERS))}
    judging |= {"out.weight": kept["judging.out.weight"].T, "out.bias": kept["judging.out.b"]}
    return tensors(state), tensors(judging), weights.score.tolist()


def tensors(arrays: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(np.array(array, np.float32, order="C")) for name, array in arrays.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    state, judging, score = recover(options.model)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(state, options.out / "averaged.pt")
    torch.save(judging, options.out / "judging.pt")
    (options.out / "score.json").write_text(json.dumps({"weights": score}), "utf-8")


if __name__ == "__main__":
    main()
