#!/bin/sh
# Builds the targets with coverage counters and runs one of them (or all, one after another).
#   tests/fuzz/run.sh [TARGET|all] [SECONDS]
# Stable Rust and a C++ compiler are enough. Only this small package is built, and polars is not in it.
set -eu
cd "$(dirname "$0")"
export RAYON_NUM_THREADS=1
targets="${1:-all}"
seconds="${2:-300}"
[ "$targets" = all ] && targets="archive table linkedin log edges config keys mail calendar cards chat mapped"
pass="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
pass="$pass -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
pass="$pass -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
host=$(rustc -vV | sed -n "s/^host: //p")
# A named target keeps the counters out of build scripts.
RUSTFLAGS="$pass" cargo build --release --locked --target "$host"
built="${CARGO_TARGET_DIR:-target}/$host/release"
for target in $targets; do
    mkdir -p "corpus/$target"
    case $target in mail) kind=mail-;; calendar) kind=calendar-;; cards) kind=contacts-;; chat) kind=c;; *) kind=none;; esac
    # A byte before each, which chooses nothing above it.
    find ../fixtures/sources -path "*/$kind*/in/*" -type f | while read -r file; do
        { printf '\0'; cat "$file"; } > "corpus/$target/$(printf %s "$file" | cksum | cut -d' ' -f1)"
    done
    if [ "$target" = table ]; then
        # The fixtures are good seeds: every layout, every quirk.
        find ../fixtures -path '*/in/*' -type f | while read -r file; do
            cp "$file" "corpus/table/$(printf %s "$file" | cksum | cut -d' ' -f1)"
        done
    fi
    echo "== $target, $seconds s"
    said=$(mktemp)
    found=0
    nice "$built/$target" "corpus/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -max_len=16384 -len_control=0 -dict=tokens.dict -print_final_stats=1 -artifact_prefix="artifacts-$target-" >"$said" 2>&1 ||
        found=$?
    grep -av '^"\|^######' "$said" | tail -n 40
    rm -f "$said"
    # A find ends the run, with the code libFuzzer gave it.
    [ "$found" = 0 ] || exit "$found"
done
