# SPDX-License-Identifier: Apache-2.0
# The servers that are measured, each with one worker or event loop per processor. Sourced by script/bench and those beside it.

# By a server's name: where it listens, and the processes whose time counts.
declare -A base=() pids=()

# One key and certificate for both sides, good for a day.
make_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 1 -subj /CN=localhost \
        -keyout "$dir/key.pem" -out "$dir/certificate.pem" 2>/dev/null
}

# A server's own copy of the seeded database, on the disk before anything is measured; one that it had before will do: copy_seeds NAME
copy_seeds() {
    if [ -e "$dir/$1.sqlite" ]; then return; fi
    cp "$dir/seeds.sqlite" "$dir/$1.sqlite"
    sync "$dir/$1.sqlite"
}

# start_readout NAME PORT SCHEME [OPTION…]: with a copy of the seeded database of its own, or the one it had.
start_readout() {
    local name=$1 port=$2
    base[$name]=$3://127.0.0.1:$port
    shift 3
    copy_seeds "$name"
    .build/release/readout serve --port "$port" --database "$dir/$name.sqlite" --no-access-log "$@" >"$dir/$name.log" 2>&1 &
    pids[$name]=$!
    await "$dir/$name.log" curl -skf "${base[$name]}/readyz"
}

# start_nginx PORT TLS-PORT PATH: the same bytes from a file.
start_nginx() {
    mkdir -p "$dir/www${3%/*}"
    curl -s "${base[readout]}$3" >"$dir/www$3"
    sed "s|@DIR@|$dir|g; s|@PORT@|$1|; s|@TLS_PORT@|$2|; s|@WORKERS@|$(nproc)|" Benchmarks/nginx.conf >"$dir/nginx.conf"
    nginx -p "$dir" -c nginx.conf 2>"$dir/nginx.log" &
    local master=$!
    base[nginx]=http://127.0.0.1:$1
    base[nginx-tls]=https://127.0.0.1:$2
    await "$dir/nginx.log" curl -sf "${base[nginx]}$3"
    pids[nginx]=$(cat "/proc/$master/task/$master/children")
    pids[nginx-tls]=${pids[nginx]}
}

# build_flyingfox: the peer in Swift, whose package has to come from the network the first time.
build_flyingfox() { swift build -c release --package-path Benchmarks/Peers/FlyingFoxPeer --scratch-path "$PWD/.build/peers" >&2; }

# have_go: whether Debian's packages for the peer in Go are there, or can be had.
go_library=/usr/share/gocode/src/github.com/mattn/go-sqlite3
have_go() { (need go golang-go "$go_library" golang-github-mattn-go-sqlite3-dev gcc gcc /usr/include/sqlite3.h libsqlite3-dev); }

build_go() { GO111MODULE=off GOPATH=/usr/share/gocode go build -tags libsqlite3 -o "$dir/peer" Benchmarks/Peers/peer.go; }

# start_go NAME PORT: with a copy of the seeded database of its own, or the one it had.
start_go() {
    base[$1]=http://127.0.0.1:$2
    copy_seeds "$1"
    "$dir/peer" "127.0.0.1:$2" "$dir/$1.sqlite" >"$dir/$1.log" 2>&1 &
    pids[$1]=$!
    await "$dir/$1.log" curl -sf "${base[$1]}/v1/search?q=grain&limit=1"
}

# start_bare NAME PORT KIND: nothing but sockets and the statements recorded for this kind of work, all of which it runs once first.
start_bare() {
    base[$1]=http://127.0.0.1:$2
    copy_seeds "$1"
    "$dir/serve" "$dir/$3.log" "$dir/$1.sqlite" "$(wc -l <"$dir/$3")" "$2" "$(nproc)" >"$dir/$1.log" 2>&1 &
    pids[$1]=$!
    await "$dir/$1.log" curl -sf "${base[$1]}/"
}

# halt NAME: ends a server that was only read, which may be started again with the database it has; of others, see stop.
halt() {
    kill "${pids[$1]}"
    wait "${pids[$1]}" 2>/dev/null || true
}

# stop NAME: ends a server and forgets its database.
stop() {
    halt "$1"
    rm -f "$dir/$1".sqlite*
}

# nearest BYTES: the path of the event whose JSON has the nearest length.
nearest() {
    curl -s "${base[readout]}/v1/events?limit=100&fields=id" | grep -o '"href":"[^"]*"' | cut -d'"' -f4 |
        sed "s|.*|url = \"${base[readout]}&\"\noutput = /dev/null|" |
        curl -s -K - -w '%{size_download} %{url_effective}\n' |
        awk -v wanted="$1" '{d = $1 - wanted; if (d < 0) d = -d; print d, $2}' | sort -n |
        sed -n "1s|^[0-9]* ${base[readout]}||p"
}

# The bytes before the content of an answer: head_length URL
head_length() { curl -sk -o /dev/null -w '%{size_header}' "$1"; }

# What a TLS client and the server agree on: cipher NAME
cipher() {
    openssl s_client -brief -connect "${base[$1]#https://}" </dev/null 2>&1 |
        awk -F': ' '/^Protocol version|^Ciphersuite/ {printf "%s%s", s, $2; s = " "}'
}
