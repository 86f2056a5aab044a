# SPDX-License-Identifier: Apache-2.0
# Load by wrk, and the table of what came of it. Sourced by script/bench and those beside it.

# load NAME CONNECTIONS: one run; a line "requests/s, CPU µs a request, p99 ms" more in $dir/NAME-CONNECTIONS.
load() {
    local before after
    # Unquoted: one word a process.
    before=$(ticks ${pids[$1]})
    wrk -t1 -c"$2" -d"${seconds}s" --latency "${base[$1]}$path" >"$dir/wrk"
    after=$(ticks ${pids[$1]})
    wrk_figures $((after - before)) >>"$dir/$1-$2"
}

# warm KIND NAME: two seconds of reading that are not counted. SQLite alone runs all once before it is counted, which is more; by then
# either has filled its cache, of which there is less than all of them look at.
warm() { TARGETS=$dir/$1 START=0 wrk -t1 -c32 -d2s -s Benchmarks/parts/targets.lua "${base[$2]}" >/dev/null; }

# wrk_figures TICKS: of the run that $dir/wrk tells of, while the server took so much time.
wrk_figures() {
    if grep -E 'Non-2xx|Socket errors' "$dir/wrk" >&2; then exit 1; fi
    if ! grep -qE '[1-9][0-9]* requests in' "$dir/wrk"; then
        echo "not one request was answered" >&2
        exit 1
    fi
    awk -v s="$seconds" -v t="$1" \
        '/99%/ {p = $2; if (p ~ /us$/) p = p / 1000; else if (p ~ /ms$/) p = p + 0; else p = p * 1000}
         /requests in/ {r = $1}
         END {printf "%d %.2f %.2f\n", r / s, t * 10000 / r, p}' "$dir/wrk"
}

# compare CONNECTIONS NAME…: in turn, as many rounds as asked for.
compare() {
    local connections=$1 name
    shift
    for _ in $(seq "$rounds"); do
        for name in "$@"; do load "$name" "$connections"; done
    done
}

# The median over the rounds: value RUN COLUMN
value() { awk -v c="$2" '{print $c}' "$dir/$1" | median; }

# The median of the rounds' own ratios: ratio RUN RUN COLUMN
ratio() { paste -d' ' "$dir/$1" "$dir/$2" | awk -v c="$3" '{printf "%.2f\n", $c / ($(c + 3) ? $(c + 3) : 0.01)}' | median; }

# Goals missed so far.
missed=0

# judge VALUE RELATION BOUND: says in $verdict whether the goal is kept, and counts it if not.
judge() {
    verdict="$2 $3, kept"
    if awk "BEGIN {exit !($1 $2 $3)}"; then return; fi
    verdict="$2 $3, missed"
    missed=$((missed + 1))
}

# row TITLE RUN RUN COLUMN [RELATION BOUND]: one line of the table, with the goal if there is one.
row() {
    local title=$1 ours=$2 other=$3 column=$4 quotient verdict=''
    quotient=$(ratio "$ours" "$other" "$column")
    if [ $# -gt 4 ]; then judge "$quotient" "$5" "$6"; fi
    echo "| $title | $(value "$ours" "$column") | $(value "$other" "$column") | $quotient |${verdict:+ $verdict |}"
}

# figure TITLE VALUE RELATION BOUND: a line for what has nothing beside it to compare with.
figure() {
    local verdict
    judge "$2" "$3" "$4"
    echo "| $1 | $2 | $verdict |"
}
