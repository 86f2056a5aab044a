# SPDX-License-Identifier: Apache-2.0
"""compose.yaml and kubernetes.yaml: what schemas say of them, and what comes of them."""

import os
import re
import socket
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import yaml
from conftest import ENGINE, IMAGE, ROOT, engine, eventually, get

PROGRAMS = Path(sys.executable).parent
COMPOSE = ROOT / "docs/deploy/compose.yaml"
KUBERNETES = ROOT / "docs/deploy/kubernetes.yaml"


def passes(*words, **environment):
    done = subprocess.run(
        list(map(str, words)), capture_output=True, text=True, timeout=300, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_both_name_the_version_there_is(config):
    version = config["Labels"]["org.opencontainers.image.version"]
    assert f"readout:{version}" in COMPOSE.read_text() and f"image: readout:{version}" in KUBERNETES.read_text()


def test_compose_file_is_one():
    passes(PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)


def test_compose_file_brings_up_a_server_and_the_operators_page_runs_it():
    port = free_port()
    environment = {"IMAGE": IMAGE, "PORT": str(port), "COMPOSE_PROJECT_NAME": f"readout-{uuid.uuid4().hex[:8]}"}
    compose = "docker compose" if ENGINE == "docker" else str(PROGRAMS / "podman-compose")
    page = (ROOT / "docs/operations.md").read_text()
    lines = [line for block in re.findall(r"```shell\n(.*?)```", page, re.S) for line in block.splitlines()]
    assert len(lines) >= 9
    try:
        for line in lines:
            printed = passes("bash", "-c", line.replace("docker compose", compose), **environment)
            if " up " in line:
                eventually(lambda: (answer := get(f"http://127.0.0.1:{port}", "/readyz")) and answer[0] == 200)
            if " restore " in line:
                assert "is restored from /data/monday.sqlite" in printed
    finally:
        passes(*compose.split(), "--file", COMPOSE, "down", "--volumes", **environment)


def test_manifest_is_one():
    passes(PROGRAMS / "kubernetes-validate", "--strict", KUBERNETES)


def test_manifest_says_what_a_single_writer_needs():
    kinds = {document["kind"]: document["spec"] for document in yaml.safe_load_all(KUBERNETES.read_text())}
    deployment, pod = kinds["Deployment"], kinds["Deployment"]["template"]["spec"]
    container = pod["containers"][0]
    assert deployment["replicas"] == 1 and deployment["strategy"] == {"type": "Recreate"}
    assert kinds["PersistentVolumeClaim"]["accessModes"] == ["ReadWriteOncePod"]
    assert pod["enableServiceLinks"] is False and pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)
    assert set(container["resources"]["limits"]) == {"cpu", "memory"}
    # A service of this name makes variables of this program's, which stop its start: hence the line above.
    assert kinds["Service"]["selector"] == deployment["selector"]["matchLabels"]


@pytest.mark.skipif(ENGINE != "podman", reason="only podman plays manifests without a cluster")
def test_manifest_brings_up_a_server(tmp_path):
    name, port = f"readout-{uuid.uuid4().hex[:8]}", free_port()
    documents = list(yaml.safe_load_all(KUBERNETES.read_text()))
    for document in documents:
        document["metadata"]["name"] = name
        if document["kind"] == "Deployment":
            pod = document["spec"]["template"]["spec"]
            pod["volumes"][0]["persistentVolumeClaim"]["claimName"] = name
            pod["containers"][0]["image"] = IMAGE
            # What a cluster does by its service.
            pod["containers"][0]["ports"][0]["hostPort"] = port
    file = tmp_path / "pod.yaml"
    file.write_text(yaml.safe_dump_all(documents))
    try:
        engine("kube", "play", str(file))
        eventually(lambda: (answer := get(f"http://127.0.0.1:{port}", "/readyz")) and answer[0] == 200)
    finally:
        engine("kube", "down", str(file), check=False)
        engine("volume", "rm", "--force", name, check=False)
