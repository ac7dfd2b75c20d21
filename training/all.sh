#!/bin/sh
# From the shared data to the weights that ship. Resumable: a run that was cut goes on from its last epoch.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python}
SHARED=${REPORTEDLY_SHARED:-../shared}
MODEL=src/reportedly/models/polnear-minilm-1
$PYTHON training/train.py --data "$SHARED/data/polnear" --out build/run1 --epochs 8 --seed 1
$PYTHON training/train.py --data "$SHARED/data/polnear" --out build/run2 --epochs 4 --seed 2 --start build/run1/averaged.pt \
    --rate 1.5e-4 --head-rate 5e-4 --dropout 0.15 --link-weight 0.2
$PYTHON training/soup.py build/run1/averaged.pt build/run2/averaged.pt --out build/soup
$PYTHON training/export.py --run build/soup --out build/model
$PYTHON training/calibrate.py --run build/soup --model build/model
$PYTHON training/export.py --run build/soup --out "$MODEL"
$PYTHON benchmarks/floors.py
