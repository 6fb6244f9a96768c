#!/usr/bin/env bash
# A small run of the whole training path on music made up on the spot: train, stop, resume, export to int8.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=/usr/bin/python3
if ! $python -c 'import torch, onnx' 2>/dev/null; then
  echo 'installing python3-torch python3-onnx libopenblas0-pthread (Debian packages, about 1 GB)' >&2
  apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-torch python3-onnx libopenblas0-pthread >&2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$python - "$work" <<'PY'
import gzip, json, random, sys
random.seed(1)
def chorale():
    tonic, frames = random.randrange(-3, 4), []
    for _ in range(24):
        root = random.choice([0, 5, 7, 9])
        chord = [72 + tonic + random.choice([0, 4, 7]), 67 + tonic, 60 + tonic + root % 5, 48 + tonic + root]
        frames += [chord] * 4
    return frames
with gzip.open(f"{sys.argv[1]}/jsb_grid16.json.gz", "wt") as out:
    json.dump({"train": [chorale() for _ in range(12)], "valid": [chorale() for _ in range(3)]}, out)
for name in ("openhymnal", "openscore_quartets", "chant_gabc", "polish_heritage"):
    with gzip.open(f"{sys.argv[1]}/{name}.jsonl.gz", "wt") as out:
        for i in range(4):
            parts = [{"name": str(v), "notes": [[24 * k, 24, 72 - 7 * v + random.choice([0, 2, 4])] for k in range(40)]} for v in range(1 if "chant" in name else 4)]
            out.write(json.dumps({"parts": parts, "split": "train", "ticks_per_quarter": 24, "category": "vocal"}) + "\n")
PY
train() { $python "$here/train.py" --data "$work" --work "$work/run" --check-every 10 "$@"; }
passed=0 failed=0
check() { if [ "$2" = true ]; then passed=$((passed + 1)); echo "ok      $1"; else failed=$((failed + 1)); echo "FAILED  $1"; fi; }
train --steps 20 | tee "$work/first"
train --steps 30 --resume | tee "$work/second"
check 'resumes where it stopped' "$(grep -q 'from step 20' "$work/second" && echo true || echo false)"
check 'the loss falls' "$(awk -F, 'NR==1{a=$5} END{print ($5 < a) ? "true" : "false"}' "$work/run/losses.csv")"
$python "$here/export.py" --checkpoint "$work/run/checkpoint.pt" --out "$work/out" >"$work/sizes"
check 'exports two int8 graphs below 4 MB' "$([ "$(cat "$work"/out/*.onnx | wc -c)" -lt 4000000 ] && echo true || echo false)"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
