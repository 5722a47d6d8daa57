#!/bin/sh
# Which lines of src the tests run, by room: builds this package with counters, runs its unit tests, and prints a table.
#   tests/coverage/run.sh [NAME…]        names of tests in tests/it (or beginnings of them) to run too; :: for all
# Needs LLVM's tools of the compiler itself: rustup component add llvm-tools.
set -eu
cd "$(dirname "$0")/../.."
root=$(pwd)
tools=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n "s/^host: //p")/bin
if ! [ -x "$tools/llvm-cov" ]; then
    echo "needs llvm-cov: rustup component add llvm-tools" >&2
    exit 1
fi
folder="${WEAKTIE_COVERAGE:-$root/target/coverage}"
export CARGO_TARGET_DIR="$folder" CARGO_INCREMENTAL=0 RUSTC_WORKSPACE_WRAPPER="$root/tests/coverage/rustc.sh"
rm -rf "$folder/counts"
mkdir -p "$folder/counts" "$folder/counted"
built=$(cargo test --locked --lib --test it --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*\)".*/\1/p')
unit=$(echo "$built" | grep '/deps/weaktie-')
it=$(echo "$built" | grep '/deps/it-')
program=$(echo "$built" | grep '/weaktie$')
# Tests run the program with an empty environment: what stands in its place says where the counts go.
cp "$program" "$folder/counted/weaktie"
rm "$program"
cat > "$program" <<EOF
#!/bin/sh
export LLVM_PROFILE_FILE="$folder/counts/program-%4m.profraw"
exec "$folder/counted/weaktie" "\$@"
EOF
chmod +x "$program"
export LLVM_PROFILE_FILE="$folder/counts/tests-%m.profraw"
nice "$unit" | tail -n 3 >&2
[ $# -gt 0 ] && nice "$it" "$@" | tail -n 3 >&2
"$tools/llvm-profdata" merge -sparse "$folder/counts"/*.profraw -o "$folder/counts/all"
"$tools/llvm-cov" export -format=lcov -instr-profile="$folder/counts/all" \
    "$unit" -object "$it" -object "$folder/counted/weaktie" > "$folder/counts/lines"
# shellcheck disable=SC2046
awk -v root="$root/" -f tests/coverage/rooms.awk $(find src -name '*.rs') "$folder/counts/lines"
