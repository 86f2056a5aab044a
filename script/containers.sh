# SPDX-License-Identifier: Apache-2.0
# Containers with or without an engine, and base images with or without a registry. Sourced by script/image and script/sbom.

# What is only needed while a script runs.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The program that images are built and run with: docker where its engine runs, else buildah and podman, which need none.
use_containers() {
    if docker info >/dev/null 2>&1; then
        engine=docker
        return
    fi
    engine=podman
    need buildah buildah podman podman runc runc catatonit catatonit
    # Named outright: crun gives up where both kinds of control groups are mounted, and podman's own limits are more than it
    # may set in a container.
    export CONTAINERS_CONF=$scratch/containers.conf
    cat >"$CONTAINERS_CONF" <<END
[containers]
default_ulimits = ["nofile=$(ulimit -Hn):$(ulimit -Hn)", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
END
}

# build_image OPTION… FOLDER
build_image() {
    if [ "$engine" = docker ]; then
        docker build "$@"
    else
        # Docker's format, since the other has no health checks.
        env -u CONTAINERS_CONF buildah build --isolation chroot --format docker --layers "$@"
    fi
}

# Sets "runtime" to the base of the image, and the array "bases" to what the Dockerfile has to be told of its bases: nothing where
# a registry has them, else images made here, of Debian's packages and this machine's toolchain.
choose_bases() {
    local image missing=
    runtime=$(sed -n 's/^ARG RUNTIME=//p' Dockerfile)
    bases=()
    for image in $(sed -n 's/^ARG [A-Z]*=\(docker\.io.*\)/\1/p' Dockerfile); do
        "$engine" image inspect "$image" >/dev/null 2>&1 || timeout 300 "$engine" pull -q "$image" >/dev/null 2>&1 || missing=$image
    done
    [ -n "$missing" ] || return 0
    echo "$missing is not to be had: base images are made here" >&2
    [ "$engine" = podman ] || {
        echo "missing: a registry with $missing, or no docker engine, so that buildah does the work" >&2
        exit 1
    }
    need_build
    make_debian
    make_builder
    runtime=$debian
    bases=(--build-arg RUNTIME=$debian --build-arg BUILDER=$builder "${borrowed[@]}")
}

debian=localhost/debian:bookworm-minimal builder=localhost/swift:bookworm

# As Debian's own "slim" image: the required packages without their pages, translations and caches.
make_debian() {
    podman image exists "$debian" && return
    need debootstrap debootstrap
    local root=$scratch/debian
    debootstrap --variant=minbase bookworm "$root" >/dev/null
    find "$root/usr/share/doc" -type f ! -name copyright -delete
    rm -rf "$root"/usr/share/{info,locale,man}/* "$root"/var/{cache,log,lib/apt/lists}/*
    tar -C "$root" -c . | podman import -q - "$debian" >/dev/null
    rm -rf "$root"
}

# The packages of the official Swift image. The toolchain itself and where git gets packages from are lent to the build: the
# array "borrowed" has the options.
make_builder() {
    local toolchain mirror
    toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")
    podman image exists "$builder" || env -u CONTAINERS_CONF buildah build --isolation chroot -t "$builder" -f - . >/dev/null <<END
FROM $debian
RUN apt-get update && apt-get install -y --no-install-recommends binutils-gold ca-certificates gcc git libc6-dev \
    libcurl4-openssl-dev libedit-dev libncurses-dev libpython3-dev libsqlite3-dev libstdc++-12-dev libxml2-dev pkg-config \
    tzdata uuid-dev zlib1g-dev && rm -rf /var/lib/apt/lists/*
ENV PATH=/opt/toolchain/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
END
    borrowed=(-v "$toolchain:/opt/toolchain:ro")
    mirror=$(git config --get-regexp '^url\./.*\.insteadof$' https://github.com/ | sed -n '1s/^url\.\(.*\)\.insteadof .*/\1/p')
    [ -n "$mirror" ] || return 0
    local gitconfig=$scratch/gitconfig
    git config --file "$gitconfig" "url.$mirror.insteadOf" https://github.com/
    git config --file "$gitconfig" safe.directory '*'
    borrowed+=(-v "$mirror:$mirror:ro" -v "$gitconfig:/etc/gitconfig:ro")
}
