# SPDX-License-Identifier: Apache-2.0
# What SQLite alone takes for the statements of the program: they are written down while it answers one client, and run again
# without it. Sourced by script/bench-peers, script/bench-profile, script/bench-statements and script/plans.

# build_bare [PROGRAM…]: the recorder of Benchmarks/Bare, and what runs its recordings (replay).
build_bare() {
    "$(swift_clang)" -O2 -shared -fPIC -o "$dir/record.so" Benchmarks/Bare/record.c
    local program
    for program in "${@:-replay}"; do
        "$(swift_clang)" -O2 -pthread -o "$dir/$program" "Benchmarks/Bare/$program.c" -lsqlite3
    done
}

# replaying COUNT LOG DATABASE REQUESTS OPTION…: begins so many replays at once. What they print comes into $dir/replayed, and "counting"
# into $dir/replaying from each that is past its first time.
replays=()
replaying() {
    replays=()
    : >"$dir/replaying"
    for _ in $(seq "$1"); do
        "$dir/replay" "$dir/$2.log" "${@:3}" 2>>"$dir/replaying" &
        replays+=($!)
    done >"$dir/replayed"
}

# replays_end: waits for all of them, of which none may fail.
replays_end() {
    local replay
    for replay in "${replays[@]}"; do wait "$replay" || { cat "$dir/replaying" >&2; exit 1; }; done
}

# record NAME PORT DATABASE [CURL-OPTION…]: asks for what curl's configuration on standard input says, one request after the
# other, and leaves the statements in $dir/NAME.log.
record() {
    local server
    rm -f "$dir/$1.log"
    LD_PRELOAD=$dir/record.so RECORDING=$dir/$1.log .build/release/readout serve --port "$2" --database "$3" --cache 0 \
        --write-batch 1 --no-access-log >"$dir/$1.server" 2>&1 &
    server=$!
    await "$dir/$1.server" curl -sf "http://127.0.0.1:$2/readyz"
    # Only what the last of these questions began is to be over.
    sleep 0.2
    : >"$dir/$1.log"
    curl -sS -f --fail-early "${@:4}" -K -
    kill "$server"
    wait "$server" || true
    [ -s "$dir/$1.log" ] || { echo "$1: no statement was recorded" >&2; exit 1; }
}

# record_reads PORT: the statements of all of `targets`, in $dir/items.log, $dir/lists.log and $dir/searches.log.
record_reads() {
    local kind
    cp "$dir/seeds.sqlite" "$dir/recorded.sqlite"
    for kind in items lists searches; do
        getting "$1" <"$dir/$kind" | record "$kind" "$1" "$dir/recorded.sqlite"
    done
    rm -f "$dir"/recorded.sqlite*
}

# getting PORT: the targets on standard input as curl's configuration.
getting() {
    sed "s|.*|url = \"http://127.0.0.1:$1&\"\noutput = \"/dev/null\"|"
}

# posting PORT: the bodies on standard input, as curl's configuration.
posting() {
    sed 's|["\\]|\\&|g' | awk -v port="$1" -v token="$TOKEN" '
        NR > 1 { print "next" }
        { printf "url = \"http://127.0.0.1:%d/v1/events\"\noutput = \"/dev/null\"\nfail\nsilent\nshow-error\n", port
          printf "header = \"Content-Type: application/json\"\nheader = \"Authorization: Bearer %s\"\ndata = \"%s\"\n", token, $0 }'
}
