#!/bin/sh
# From the shared data to the weights that ship. Resumable: a run that was cut goes on from its last epoch.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python}
SHARED=${REPORTEDLY_SHARED:-../shared}
MODEL=src/reportedly/models/polnear-minilm-1
$PYTHON training/train.py --data "$SHARED/data/polnear" --out build/run1 --epochs 8 --seed 1
$PYTHON training/export.py --run build/run1 --out build/model
$PYTHON training/calibrate.py --run build/run1 --model build/model
$PYTHON training/export.py --run build/run1 --out "$MODEL"
$PYTHON benchmarks/floors.py
