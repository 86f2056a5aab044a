# SPDX-License-Identifier: Apache-2.0
# Memory: of idle connections, over mixed requests, and allocations on the cached path. Sourced by script/bench.

# idle_connections COUNT: what they take while each has had one answer and says nothing.
idle_connections() {
    local server=${pids[readout]} before open address=${base[readout]#http://}
    before=$(resident "$server") open=$(descriptors "$server")
    mkfifo "$dir/holder"
    (
        for _ in $(seq "$1"); do
            exec {connection}<>"/dev/tcp/${address/://}"
            printf 'GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n' "$path" >&"$connection"
        done
        read -r <"$dir/holder"
    ) &
    await "$dir/readout.log" has_descriptors "$server" $((open + $1))
    sleep 0.5
    figure "resident MB with $(($(descriptors "$server") - open)) idle keep-alive connections ($(megabytes "$before") before)" \
        "$(megabytes "$(resident "$server")")" '<=' 60
    echo >"$dir/holder"
    wait $!
}

has_descriptors() { [ "$(descriptors "$1")" -ge "$2" ]; }

megabytes() { awk -v k="$1" 'BEGIN {printf "%.1f", k / 1024}'; }

# Counts calls of the allocator in the middle of a run, when the connections are there and the answer is in the cache.
allocations() {
    local rate before after
    "$(swift_clang)" -O2 -shared -fPIC -o "$dir/allocations.so" Benchmarks/parts/allocations.c
    head -c 8 /dev/zero >"$dir/allocations"
    LD_PRELOAD=$dir/allocations.so ALLOCATIONS=$dir/allocations start_readout counted 18185 http
    wrk -t1 -c32 -d4s "${base[counted]}$path" >"$dir/wrk" &
    sleep 1
    before=$(allocated)
    sleep 2
    after=$(allocated)
    wait $!
    rate=$(awk '/Requests\/sec/ {print $2}' "$dir/wrk")
    figure "allocations in some $(awk -v r="$rate" 'BEGIN {printf "%d", 2 * r}') cached requests ($before before)" \
        $((after - before)) '<=' 0
}

allocated() { od -An -t u8 "$dir/allocations" | tr -d ' '; }

# mixed_requests: memory and descriptors after 10,000 requests of all kinds, many of them not cached, and after 100,000 more.
mixed_requests() {
    local server=${pids[readout]} total=0 count first open
    while [ $total -lt 10000 ]; do total=$((total + $(mixed 1))); done
    first=$(resident "$server") open=$(descriptors "$server") count=$total
    while [ $((count - total)) -lt 100000 ]; do count=$((count + $(mixed 5))); done
    await "$dir/readout.log" has_no_more_descriptors "$server" "$open"
    echo "Resident memory after $total mixed requests $(megabytes "$first") MB ($open descriptors)," \
        "after $count $(megabytes "$(resident "$server")") MB ($(descriptors "$server") descriptors)."
}

has_no_more_descriptors() { [ "$(descriptors "$1")" -le "$2" ]; }

mixed() { wrk -t1 -c32 -d"$1s" -s Benchmarks/parts/mixed.lua "${base[readout]}" | awk '/requests in/ {print $1}'; }
