# SPDX-License-Identifier: Apache-2.0
"""What is in the image, and whether it lives as a container should."""

import json
import re

from conftest import BASE, IMAGE, ROOT, Container, engine, eventually, get, in_image

VERSION = re.search(r'current = "(.+)"', (ROOT / "Sources/readout/Readout.swift").read_text())[1]


def test_says_how_it_is_to_be_run(config):
    assert config["User"] == "10001:10001"
    assert list(config["Volumes"]) == ["/data"]
    assert list(config["ExposedPorts"]) == ["8080/tcp"]
    assert config["StopSignal"] in ("SIGTERM", "15")
    assert config["Entrypoint"] == ["readout"] and config["Cmd"] == ["serve"]
    assert config["Healthcheck"]["Test"] == ["CMD", "readout", "healthcheck"]


def test_says_what_it_is(config):
    labels = {
        name.removeprefix("org.opencontainers.image."): value
        for name, value in config["Labels"].items()
        if name.startswith("org.opencontainers.image.")
    }
    assert labels["title"] == "Readout" and labels["licenses"] == "Apache-2.0"
    assert labels["version"] == VERSION == engine("run", "--rm", IMAGE, "--version").stdout.strip()
    assert re.fullmatch(r"[0-9a-f]{40}|unknown", labels["revision"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", labels["created"])
    assert labels["description"]


def test_has_no_packages_but_what_it_needs():
    def packages(image):
        return set(in_image(image, "dpkg-query", "-W", "-f", "${Package}\n").split())

    # openssl is what the certificates' package unpacks them with.
    assert packages(IMAGE) - packages(BASE) == {"ca-certificates", "libsqlite3-0", "libssl3", "openssl"}


def test_links_libraries_of_debian_alone():
    libraries = re.findall(r"(\S+) => (\S+)", in_image(IMAGE, "ldd", "/usr/local/bin/readout"))
    names = {re.match(r"lib[a-z0-9_+]+", name)[0].split(".")[0] for name, _ in libraries}
    assert names <= {"libsqlite3", "libssl", "libcrypto", "libz", "libstdc++", "libm", "libgcc_s", "libc"}
    assert all(path.startswith("/lib") for _, path in libraries)


def test_carries_migrations_seeds_and_pages_and_nothing_else():
    ours = {"/usr/local/bin/readout"}
    ours |= {f"/usr/local/share/doc/readout/{name}" for name in ("LICENSE", "Package.resolved", "swift-version")}
    for folder in ("migrations", "pages", "seeds"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        ours |= {f"/usr/local/share/readout/{path.relative_to(ROOT)}" for path in files}
    # Made by script/libraries, there if not here.
    ours.add("/usr/local/share/readout/pages/lib/d3-force.js")
    # Of all places but those that packages put files in.
    places = ["/usr/local", "/data", "/src", "/home", "/root", "/opt", "/srv", "/tmp"]
    found = set(in_image(IMAGE, "find", *places, "-type", "f", check=False).split())
    assert found - set(in_image(BASE, "find", *places, "-type", "f", check=False).split()) == ours


def test_runs_read_only_as_its_own_user_without_rights(run):
    container = run()
    status = engine("exec", container.name, "cat", "/proc/1/status").stdout
    assert re.search(r"^Uid:\t10001\t10001\t10001\t10001$", status, re.M)
    assert re.search(r"^CapEff:\t0+$", status, re.M) and re.search(r"^NoNewPrivs:\t1$", status, re.M)
    for path in ("/x", "/tmp/x", "/usr/local/share/readout/x"):
        touched = engine("exec", "--user", "0", container.name, "touch", path, check=False)
        assert touched.returncode != 0 and "Read-only file system" in touched.stderr


def test_answers_programs_and_people(run):
    container = run()
    status, form, _ = get(container.address, "/v1/events?official=qin-gang")
    assert (status, form) == (200, "application/json")
    for page in ("/", "/docs"):
        assert get(container.address, page)[:2] == (200, "text/html")
    assert b"forceSimulation" in get(container.address, "/pages/lib/d3-force.js")[2]
    assert get(container.address, "/healthz")[0] == 200
    assert b"http_server_request_duration_seconds" in get(container.address, "/metrics")[2]


def test_health_is_told_by_the_programs_own_check(run, config):
    container = run("serve", "--drain-delay", "1m")
    check = config["Healthcheck"]["Test"][1:]
    assert engine("exec", container.name, *check).stdout == "ready\n"
    engine("kill", "--signal", "TERM", container.name)
    refused = eventually(
        lambda: (done := engine("exec", container.name, *check, check=False)).returncode == 1 and done.stderr
    )
    assert "about to stop" in refused


def test_keeps_its_data_and_stops_when_told(run):
    first = run()
    token = first.readout("token", "create", "--name", "desk", "--scope", "write").stdout.strip()
    assert token.startswith("readout_")
    assert "SHA-256" in first.readout("backup", "/data/monday.sqlite").stdout
    assert "database: sound" in first.readout("verify", "/data/monday.sqlite").stdout
    assert first.stop() == 0
    last = json.loads(first.log().splitlines()[-1])
    assert last["message"] == "stopped"
    second = run()
    assert re.search(r"desk +write", second.readout("token", "list").stdout)
    assert get(second.address, "/v1", Authorization=f"Bearer {token}")[0] == 200


def test_what_is_wrong_stops_the_start_with_one_line(volume):
    def fails(*words):
        done = engine("run", "--rm", *Container.locked, *words, check=False)
        lines = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
        assert len(lines) == 1 and not done.stdout, done.stdout + done.stderr
        return done.returncode, lines[0]

    data = f"--volume={volume}:/data"
    status, line = fails(data, "--env=READOUT_PORT=tcp://10.0.0.1:80", IMAGE)
    assert status == 64 and "enableServiceLinks: false" in line
    status, line = fails(f"{data}:ro", IMAGE)
    assert status == 1 and "/data/readout.sqlite" in line and "ead-only" in line
    # Nothing of it was half started.
    listed = engine("run", "--rm", data, "--entrypoint", "find", IMAGE, "/data", "-mindepth", "1")
    assert listed.stdout == ""
