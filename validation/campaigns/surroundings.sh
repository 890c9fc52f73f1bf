#!/usr/bin/env bash
# The command in the surroundings that others have: each line says what was tried and what came of it.
# validation/campaigns/surroundings.sh [PYTHON]
set -uo pipefail
python=${1:-python3}
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
cat > wire.toml <<'TOML'
[material]
preset = "permalloy"
[wire]
length = "100 nm"
cells = 24
[texture]
kind = "neel"
width = "10 nm"
[temperature]
kind = "uniform"
[field]
exchange = true
[transport]
model = "zhang-li"
u = 10.0
beta = 0.1
[dynamics]
end_time = "4 ps"
save_interval = "1 ps"
stop = "end"
TOML
bw() { "$python" -m boltzwall "$@"; }
tried=0 failed=0

# case NAME STATUS COMMAND...: it must end with that status and without a traceback.
case_of() {
    local name=$1 wanted=$2 found
    shift 2
    "$@" > out 2> err
    found=$?
    tried=$((tried + 1))
    if [ "$found" = "$wanted" ] && ! grep -q Traceback out err; then
        printf 'ok      %s\n' "$name"
    else
        failed=$((failed + 1))
        printf 'FAILED  %s: status %s\n' "$name" "$found"
        tail -n 5 err
    fi
}
export -f bw
export python
run="run wire.toml -q --overwrite"
unset BOLTZWALL_CACHE XDG_CACHE_HOME
export HOME=$work/home
mkdir home
case_of "plain" 0 bw $run
case_of "no HOME" 0 env -u HOME "$python" -m boltzwall $run
case_of "a HOME that does not exist" 0 env HOME=/nonexistent "$python" -m boltzwall $run
case_of "a HOME that is a file" 0 env HOME="$work/wire.toml" "$python" -m boltzwall $run
mkdir readonly && chmod a-w readonly
case_of "a read-only cache" 0 env BOLTZWALL_CACHE="$work/readonly" "$python" -m boltzwall $run
case_of "no cache" 0 env BOLTZWALL_CACHE= "$python" -m boltzwall $run
mkdir -m 777 shared
case_of "a cache that others can write to" 0 env BOLTZWALL_CACHE="$work/shared" "$python" -m boltzwall $run
grep -q "other users can write" err || { failed=$((failed + 1)); echo "FAILED  it says so"; }
[ -z "$(ls shared)" ] || { failed=$((failed + 1)); echo "FAILED  it is left alone"; }
mkdir damaged && BOLTZWALL_CACHE=$work/damaged bw $run > /dev/null
find damaged -type f | while read -r file; do printf 'x' | dd of="$file" bs=1 seek=200 conv=notrunc status=none; done
cp wire.nc before.nc
case_of "a damaged cache" 0 env BOLTZWALL_CACHE="$work/damaged" "$python" -m boltzwall $run
case_of "with the same result" 0 "$python" -c 'import boltzwall.io as io; assert io.read_dataset("before.nc").equals(io.read_dataset("wire.nc"))'
find damaged -type f | while read -r file; do truncate -s 100 "$file"; done
case_of "a truncated cache" 0 env BOLTZWALL_CACHE="$work/damaged" "$python" -m boltzwall $run
case_of "closed stdout" 0 bash -c 'bw check wire.toml >&-'
case_of "a reader that leaves" 0 bash -c 'set -o pipefail; { bw materials; } | head -1; s=${PIPESTATUS[0]}; [ $s = 0 ] || [ $s = 141 ] || [ $s = 1 ]'
case_of "closed stderr" 0 bash -c 'bw check wire.toml 2>&-'
case_of "closed stdin" 0 bash -c 'bw check wire.toml <&-'
case_of "a narrow terminal" 0 env COLUMNS=20 "$python" -m boltzwall check wire.toml
case_of "help in a narrow terminal" 0 env COLUMNS=12 "$python" -m boltzwall run --help
case_of "LANG=C" 0 env LC_ALL=C LANG=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 "$python" -m boltzwall check wire.toml
case_of "a run with LANG=C" 0 env LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 "$python" -m boltzwall $run
case_of "an ASCII terminal" 0 env PYTHONIOENCODING=ascii "$python" -m boltzwall check wire.toml
case_of "a dumb terminal" 0 env TERM=dumb "$python" -m boltzwall $run
case_of "one core" 0 taskset -c 0 "$python" -m boltzwall $run
case_of "4 GB of address space" 0 bash -c "ulimit -v 4194304; exec \"\$python\" -m boltzwall $run"
case_of "512 MB of address space" 3 bash -c "ulimit -v 524288; \"\$python\" -m boltzwall $run; [ \$? != 0 ] && exit 3"
case_of "no file above 1 kB" 2 bash -c "ulimit -f 1; \"\$python\" -m boltzwall run wire.toml -q -o full.nc"
case_of "SIGTERM" 130 bash -c 'sed s/4\ ps/900\ ns/ wire.toml > long.toml; "$python" -m boltzwall run long.toml -q --overwrite & p=$!; sleep 40; kill -TERM $p; wait $p'
case_of "what is kept is whole" 0 bash -c '[ ! -e long.nc ] || bw info long.nc'
(bw $run -o a.nc > /dev/null 2>&1; echo $? > a.status) & (bw $run -o b.nc > /dev/null 2>&1; echo $? > b.status) & wait
case_of "two processes on one cache" 0 grep -qx 0 a.status b.status
printf '%s tried, %s failed\n' "$tried" "$failed"
[ "$failed" = 0 ]
