# SPDX-License-Identifier: Apache-2.0
# What the scripts share: where the project is, and what it needs on this machine. Sourced, not run.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# Where Debian puts servers, nginx among them; not everybody has it in PATH.
PATH=$PATH:/usr/sbin

# need PROGRAM-OR-FILE PACKAGE [PROGRAM-OR-FILE PACKAGE …]: installs the Debian packages whose file or program is
# missing, where it may; else says in one line what to install.
need() {
    local missing=()
    while [ $# -gt 0 ]; do
        if ! command -v "$1" >/dev/null 2>&1 && [ ! -e "$1" ]; then missing+=("$2"); fi
        shift 2
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing ${missing[*]}" >&2
        local log
        log=$(mktemp)
        if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
            >"$log" 2>&1; then
            rm -f "$log"
            return 0
        fi
        tail -n 3 "$log" >&2
        rm -f "$log"
    fi
    echo "missing: ${missing[*]} (apt-get install ${missing[*]})" >&2
    exit 1
}

# The toolchain and the libraries that every build needs.
need_build() {
    if ! command -v swift >/dev/null 2>&1; then
        echo "missing: a Swift 6.3 toolchain (https://www.swift.org/install/linux/) with 'swift' in PATH" >&2
        exit 1
    fi
    need pkg-config pkg-config /usr/include/sqlite3.h libsqlite3-dev /usr/include/openssl/ssl.h libssl-dev \
        /usr/include/zlib.h zlib1g-dev
}

# What the tests run beside the program. Those that take a client or a proxy that is not to be had are skipped.
need_tests() {
    need curl curl openssl openssl
    (need nginx nginx-light wrk wrk python3 python3) || echo "the tests that use them are skipped" >&2
}

# use_venv NAME LIST: a Python environment with the packages of the list, from PyPI; "venv" is where it is.
use_venv() {
    need python3 python3
    need "$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')/ensurepip/__init__.py" python3-venv
    venv=.build/$1-venv
    # What was installed by the same list is there.
    if cmp -s "$2" "$venv/installed.txt"; then return; fi
    rm -rf "$venv"
    mkdir -p .build
    python3 -m venv "$venv"
    if ! "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$2" >&2; then
        echo "missing: packages from PyPI (pip install -r $2 in $venv)" >&2
        exit 1
    fi
    cp "$2" "$venv/installed.txt"
}

# The version of the program.
version() { sed -n 's/.*static let current = "\(.*\)"/\1/p' Sources/readout/Readout.swift; }

# The toolchain's C compiler.
swift_clang() { echo "$(dirname "$(readlink -f "$(command -v swiftc)")")/clang"; }
