# SPDX-License-Identifier: Apache-2.0
# 'script/image' builds and tries it; where no registry is at hand it names bases of its own making.
ARG BUILDER=docker.io/library/swift:6.3-bookworm
ARG RUNTIME=docker.io/library/debian:bookworm-slim

FROM ${BUILDER} AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-dev libssl-dev node-d3-force pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
COPY Sources Sources
# The program and what it takes, without tests and benchmarks; their folders are not even here.
RUN READOUT_TESTS=readout swift build -c release --static-swift-stdlib --product readout \
    && strip .build/release/readout \
    && swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' >swift-version
# Last, so that a word changed in a guide builds no program anew.
COPY script/lib.sh script/libraries script/
COPY docs/for-front-ends.md docs/writing.md docs/
RUN script/libraries

FROM ${RUNTIME}
# Beside what every Debian has. The folder belongs to the user, and so does the volume that is made from it.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates libsqlite3-0 libssl3 \
    && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
    && useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin readout \
    && install -d -m 0700 -o readout -g readout /data
WORKDIR /usr/local/share/readout
# What is linked in, for whoever has to know ('script/sbom').
COPY --from=build /src/Package.resolved /src/swift-version /usr/local/share/doc/readout/
COPY LICENSE /usr/local/share/doc/readout/
COPY migrations migrations
COPY seeds seeds
COPY pages pages
COPY --from=build /src/pages/lib pages/lib
COPY --from=build /src/.build/release/readout /usr/local/bin/readout
USER 10001:10001
ENV READOUT_HOST=* READOUT_DATABASE=/data/readout.sqlite
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["readout", "healthcheck"]
ENTRYPOINT ["readout"]
CMD ["serve"]
ARG VERSION=0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="Readout" \
      org.opencontainers.image.description="Events, officials and issues of diplomatic news coverage, as JSON over HTTP" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
