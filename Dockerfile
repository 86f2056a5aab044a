# SPDX-License-Identifier: Apache-2.0
ARG BUILDER=docker.io/library/swift:6.3-bookworm
ARG RUNTIME=docker.io/library/debian:bookworm-slim

FROM ${BUILDER} AS build
RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-dev libssl-dev node-d3-force pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY Benchmarks Benchmarks
RUN swift build -c release --static-swift-stdlib --product readout \
    && strip .build/release/readout
COPY script script
COPY pages pages
RUN script/libraries

FROM ${RUNTIME}
RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-0 libssl3 zlib1g ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin readout \
    && install -d -o readout -g readout /data
COPY --from=build /src/.build/release/readout /usr/local/bin/readout
COPY migrations /usr/local/share/readout/migrations
COPY seeds /usr/local/share/readout/seeds
COPY --from=build /src/pages /usr/local/share/readout/pages
WORKDIR /usr/local/share/readout
USER 10001:10001
ENV READOUT_HOST=* READOUT_DATABASE=/data/readout.sqlite
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["readout", "healthcheck"]
ENTRYPOINT ["readout"]
CMD ["serve"]
