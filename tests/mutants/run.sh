#!/bin/sh
# Plants mutants in a copy of the tree, builds its unit tests once, and runs them with one mutant on at a time.
#   tests/mutants/run.sh [COUNT|TABLE] [SEED] [ROOM…]        TABLE: survivors.tsv, for those it lists
set -eu
cd "$(dirname "$0")"
count="${1:-200}"
seed="${2:-1}"
[ $# -gt 2 ] && shift 2 && rooms="$*" || rooms="analysis measures recommend plan"
tree="${WEAKTIE_MUTANTS:-$(mktemp -d)}"
mkdir -p "$tree"
(cd ../.. && tar -c --exclude=./target --exclude=./.git .) | tar -x -C "$tree"
cargo build --release --locked --target-dir "$tree/tool"
# shellcheck disable=SC2086
"$tree/tool/release/weaktie-mutants" plant "$tree" "$count" "$seed" $rooms
tests=$(cd "$tree" && cargo test --locked --lib --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
cd "$tree"
nice "$tree/tool/release/weaktie-mutants" run "$tree" "$tests" "${WEAKTIE_SECONDS:-120}"
