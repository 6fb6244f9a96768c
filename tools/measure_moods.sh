#!/usr/bin/env bash
# Ten minutes of every mood with three seeds, judged: docs/moods-measured.md. A quarter of an hour of processor time; not part of ./test.
#   tools/measure_moods.sh [--seconds 600] [--seeds 1,2,3] [--mood M …] [--check] [--keep FOLDER]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build "$root/src/Ambient.Daemon/Ambient.Daemon.csproj" -c Release -v q -nologo -clp:NoSummary
exec "$root/tools/measure_moods.py" "$@"
