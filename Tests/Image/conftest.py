# SPDX-License-Identifier: Apache-2.0
"""The image that script/image has built, and containers of it as operators are told to run them."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = os.environ["ENGINE"]
IMAGE = os.environ["IMAGE"]
BASE = os.environ["BASE"]


def engine(*words, check=True, **options):
    """Runs docker or podman to its end."""
    done = subprocess.run([ENGINE, *words], capture_output=True, text=True, timeout=120, **options)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def in_image(image, *words, check=True):
    """What a program of an image prints."""
    options = ["--rm", "--no-healthcheck", "--user=0", f"--entrypoint={words[0]}"]
    return engine("run", *options, image, *words[1:], check=check).stdout


def eventually(ask, seconds=60):
    """What asking gives once it gives anything."""
    end = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)
    return answer


def get(address, target, **fields):
    """Status, media type and content of an answer; nothing while nobody listens."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address + target, headers=fields), timeout=10) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers.get_content_type(), refusal.read()
    except OSError:
        return None


class Container:
    """Read-only, without rights, one volume: as compose.yaml and kubernetes.yaml have it."""

    locked = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"]
    # Podman would else lend it folders for temporary files.
    locked += ["--read-only-tmpfs=false"] if ENGINE == "podman" else []

    def __init__(self, volume, *words):
        self.name = f"readout-{uuid.uuid4().hex[:8]}"
        engine(
            "run", "--detach", "--name", self.name, *self.locked, "--volume", f"{volume}:/data",
            "--publish", "127.0.0.1::8080", IMAGE, *words,
        )  # fmt: skip
        port = engine("port", self.name, "8080").stdout.split(":")[-1].strip()
        self.address = f"http://127.0.0.1:{port}"
        eventually(self.is_ready_or_gone)

    def is_ready_or_gone(self):
        answer = get(self.address, "/readyz")
        assert answer or self.inspect()["State"]["Status"] != "exited", self.log()
        return answer and answer[0] == 200

    def readout(self, *words, check=True):
        return engine("exec", self.name, "readout", *words, check=check)

    def inspect(self):
        return json.loads(engine("inspect", self.name).stdout)[0]

    def log(self):
        done = engine("logs", self.name)
        return done.stdout + done.stderr

    def stop(self):
        """Asks it to stop, and gives its exit status."""
        engine("stop", "--time", "30", self.name)
        return self.inspect()["State"]["ExitCode"]

    def remove(self):
        engine("rm", "--force", self.name)


@pytest.fixture
def volume():
    name = f"readout-{uuid.uuid4().hex[:8]}"
    engine("volume", "create", name)
    yield name
    engine("volume", "rm", "--force", name)


@pytest.fixture
def run(volume):
    """Starts containers on one volume, and takes them away."""
    containers = []

    def start(*words):
        containers.append(Container(volume, *words))
        return containers[-1]

    yield start
    for container in containers:
        container.remove()


@pytest.fixture(scope="session")
def config():
    image = json.loads(engine("image", "inspect", IMAGE).stdout)[0]
    # Podman has the check beside the rest.
    return {"Healthcheck": image.get("Healthcheck"), **image["Config"]}
