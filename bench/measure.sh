#!/usr/bin/env bash
# Every benchmark of docs/benchmarks.md that needs nothing but this checkout, one JSON line each.
# DOTNET_EnableAVX2=0 bench/measure.sh leaves 128-bit vectors, a Pi's width.
set -euo pipefail
run=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/run
for what in 'bench pipeline' 'bench model' 'bench synth' 'bench schedule' 'bench command' 'bench flood' 'bench fleet' 'render --mood calm --seconds 600 --seed 1'; do
  echo "# $what"
  # shellcheck disable=SC2086
  "$run" $what --json | tail -1
done
