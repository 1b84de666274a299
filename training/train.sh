#!/usr/bin/env bash
# From ../shared/data to models/en in one command; run it again after an interruption and it goes on.
#
#   training/train.sh            all corpora
#   training/train.sh --clean    without the corpora that state no licence (Worldwide, PolNeAR)
#
# On two cores some 70 minutes (5 GiB of memory); a CUDA device is used where there is one.
set -euo pipefail
cd "$(dirname "$0")"
clean=${1:-}
name=all${clean:+-clean}
venv=${TIDINGS_VENV:-../build/venv}
runs=../build/training
[ -x "$venv/bin/python" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet -r requirements.txt --extra-index-url https://download.pytorch.org/whl/cpu; }
train() { "$venv/bin/python" -u -m tidings_training.train "$@" ${clean}; }

train --out "$runs/$name-first" --epochs 6
train --out "$runs/$name" --start "$runs/$name-first/model.pt" --epochs 5 --others 0.25 --rate 1e-4 --head-rate 1e-3 --quantization-aware
model=../models/en${clean:+-clean}
[ -n "$clean" ] && model="$runs/$name/export"
"$venv/bin/python" -m tidings_training.export --run "$runs/$name" --out "$model"
"$venv/bin/python" -m tidings_training.check --run "$runs/$name" --model "$model" --json "$runs/$name/check.json"
