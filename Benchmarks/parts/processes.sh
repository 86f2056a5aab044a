# SPDX-License-Identifier: Apache-2.0
# What the kernel tells of a process, and medians. Sourced by script/bench and those beside it.

# Clock ticks (10 ms) of user and system time that these processes have used together.
ticks() {
    local all=0 pid
    for pid in "$@"; do all=$((all + $(awk '{print $14+$15}' "/proc/$pid/stat"))); done
    echo $all
}

# Resident memory in kB.
resident() { awk '/^VmRSS/ {print $2}' "/proc/$1/status"; }

descriptors() { find "/proc/$1/fd" -mindepth 1 | wc -l; }

# The median of numbers, one a line.
median() { sort -n | awk '{a[NR]=$1} END {print (NR % 2) ? a[(NR+1)/2] : (a[NR/2]+a[NR/2+1])/2}'; }

# await FILE COMMAND…: until the command succeeds, thirty seconds at most; then it shows the file and ends the script.
await() {
    local file=$1 end=$((SECONDS + 30))
    shift
    until "$@" >/dev/null 2>&1; do
        if [ $SECONDS -ge $end ]; then
            cat "$file" >&2
            exit 1
        fi
        sleep 0.01
    done
}
