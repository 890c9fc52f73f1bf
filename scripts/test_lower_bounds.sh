#!/usr/bin/env bash
# The quick tests with the oldest dependencies that pyproject.toml admits, in an environment of their
# own. Arguments go to pytest instead: scripts/test_lower_bounds.sh -q tests/physics
set -euo pipefail

root=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet packaging
"$work/venv/bin/python" scripts/lower_bounds.py > "$work/lowest.txt"
"$work/venv/bin/pip" install --quiet --constraint "$work/lowest.txt" --editable '.[dev]'
export BOLTZWALL_CACHE="$work/cache" OPENBLAS_NUM_THREADS=1
if [ $# = 0 ]; then
    set -- -n 2 -m "not slow"
fi
"$work/venv/bin/python" -m pytest "$@"
