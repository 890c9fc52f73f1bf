#!/usr/bin/env bash
# scripts/build_distributions.sh FOLDER: wheel and sdist, each looked into and the wheel tried in an
# environment of its own.
set -euo pipefail

root=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/build"
"$work/build/bin/pip" install --quiet build
# From a clone: what is not committed is not published.
git clone --quiet --local "$root" "$work/boltzwall"
"$work/build/bin/python" -m build --outdir "$folder" "$work/boltzwall" > "$work/log" || {
    cat "$work/log" >&2
    exit 1
}
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$root/src/boltzwall/version.py")
wheel=$folder/boltzwall-$version-py3-none-any.whl
sdist=$folder/boltzwall-$version.tar.gz

# Every tracked file is in the sdist, but for settings of git.
git -C "$work/boltzwall" ls-files | grep -vE '^\.git(ignore|hub/)' | sort > "$work/tracked"
tar -tzf "$sdist" | sed "s|^boltzwall-$version/||" | grep -vE '/$' | sort > "$work/packed"
missing=$(comm -23 "$work/tracked" "$work/packed")
if [ -n "$missing" ]; then
    printf 'Missing from %s:\n%s\n' "$sdist" "$missing" >&2
    exit 1
fi

# Every file of the package is in the wheel, and nothing but the package.
git -C "$work/boltzwall" ls-files src | sed 's|^src/||' | sort > "$work/tracked"
"$work/build/bin/python" -m zipfile -l "$wheel" | awk 'NR > 1 { print $1 }' | grep -v dist-info/ \
    | sort > "$work/packed"
diff "$work/tracked" "$work/packed"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "$wheel"
cd "$work"
command=$work/venv/bin/boltzwall
"$command" --version | grep -x "boltzwall $version"
"$command" --help > /dev/null
"$command" init -o wall.toml > /dev/null
"$command" check wall.toml > /dev/null
printf 'built and tried: %s %s\n' "$wheel" "$sdist"
