# SPDX-License-Identifier: Apache-2.0
# Databases of generated coverage, kept in .build/coverage for the next run, and requests that ask for all parts of them. Sourced
# by script/bench-peers, script/bench-profile, script/bench-statements, script/bench-growth and script/plans.

# coverage EVENTS: generates and loads so many, once for each version of the generator and of what loads them. Its path is in
# $coverage, the seconds of a processor that loading took in $coverage.seconds. What another version has left of that size goes.
coverage() {
    local key part
    key=$(find migrations Benchmarks/LargeCoverage Sources/Coverage Sources/CoverageStore Sources/SQLite -type f | sort |
        xargs cat | sha256sum | head -c 12)
    coverage=$PWD/.build/coverage/$1-$key.sqlite
    if [ -e "$coverage.seconds" ]; then return; fi
    swift build -c release --static-swift-stdlib --product generate-coverage >&2
    mkdir -p .build/coverage
    rm -rf .build/coverage/"$1"-* .build/coverage/seeds
    .build/release/generate-coverage .build/coverage/seeds "$1"
    local TIMEFORMAT='%U %S'
    { time for part in .build/coverage/seeds/*; do
        .build/release/readout seed --seeds "$part" --database "$coverage" >/dev/null
    done; } 2>"$coverage.time"
    # Not before all is loaded.
    awk 'END {print int($1 + $2)}' "$coverage.time" >"$coverage.seconds"
    rm -rf .build/coverage/seeds
}

# Every event by its id: items DATABASE
items() { sqlite3 "file:$1?mode=ro" "SELECT '/v1/events/' || id FROM events ORDER BY id"; }

# The events of an official from a day on, more often of those who have more. The day is one of the official's own on or after which
# there are more than 20, so that every page is full, however few events there are in all: lists DATABASE [MOST]
# With MOST, only of officials who have no more than so many.
lists() {
    sqlite3 "file:$1?mode=ro" "
        SELECT '/v1/events?official=' || value || '&from=' || date(earliest * 86400, 'unixepoch') || '&limit=20'
        FROM (
            SELECT k.value, l.earliest, row_number() OVER (PARTITION BY l.term ORDER BY l.earliest DESC) AS behind
            FROM terms AS k JOIN listed_by_date AS l ON l.term = k.number
            WHERE k.type = 'event' AND k.field = 'official' AND k.value <> '' AND k.records <= ${2:-1e9}
                AND l.earliest BETWEEN -100000 AND 100000 AND l.latest > -100000)
        WHERE behind > 20 ORDER BY value, earliest" | sample 20000
}

# A number that stands in some dozens of records, by itself or with a word that stands in many.
searches() {
    awk 'BEGIN { srand(2); split("meeting call visit grain trade visas", words)
        for (n = 0; n < 20000; n++)
            printf "/v1/search?q=%s%d&limit=20\n", n % 2 ? words[1 + int(rand() * 6)] "+" : "", 1000 + rand() * 6900 }'
}

# New events, no two of one title, each with two participants, a place, an issue and a citation: bodies COUNT
bodies() {
    awk -v count="$1" 'BEGIN { srand(3)
        for (n = 0; n < count; n++)
            printf "{\"title\":\"Round table number %d\",\"summary\":\"Both sides meet once more.\",\"kind\":\"meeting\",\"status\":\"occurred\",\"date\":{\"edtf\":\"2019-06-19\",\"basis\":\"stated\"},\"place\":{\"id\":\"place-%04d\"},\"participants\":[{\"person\":{\"id\":\"person-%05d\"},\"role\":\"participant\"},{\"person\":{\"id\":\"person-%05d\"},\"role\":\"participant\"}],\"issues\":[{\"id\":\"issue-%04d\"}],\"evidence\":[{\"article\":{\"id\":\"article-%04d\"},\"paragraph\":1,\"anchors\":[\"word\"],\"status\":\"occurred\"}]}\n",
                n, 40 + rand() * 160, rand() * 1000, 1000 + rand() * 1000, rand() * 300, rand() * 500 }'
}

# Some of the lines on standard input, always the same ones: sample COUNT
sample() { shuf -n "$1" --random-source=<(yes); }

# What the kinds of reading are called in tables.
declare -A titles=([items]="W2 any item, uncached" [lists]="W3 filtered list of 20" [searches]="W4 search, ranked, highlighted")
# How many times what SQLite alone takes, writing JSON, the program may take.
declare -A goals=([items]=1.6 [lists]=1.2 [searches]=1.2)

# targets COUNT: so many of each kind of reading, for the coverage in $dir/seeds.sqlite: $dir/items, $dir/lists and $dir/searches.
targets() {
    items "$dir/seeds.sqlite" | sample "$1" >"$dir/items"
    lists "$dir/seeds.sqlite" | sample "$1" >"$dir/lists"
    searches | sample "$1" >"$dir/searches"
}
