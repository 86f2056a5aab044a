# SPDX-License-Identifier: Apache-2.0
"""A server on a free port with a scratch database, and Chromium to look at it."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("READOUT_PROGRAM", str(ROOT / ".build/debug/readout"))
# The settings of whoever runs this are not the tests'.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}
GENERATOR = ROOT / ".build/debug/generate-coverage"
# An event that a test may write.
BRIEFING = {
    "title": "Briefing on the tarmac", "summary": "A few words to reporters.", "kind": "announcement",
    "status": "expected", "date": {"edtf": "2023-06-19", "basis": "background", "note": "The day of departure."},
    "evidence": [{"article": {"id": "blinken-in-beijing"}, "paragraph": 2, "anchors": ["Beijing"], "status": "expected"}],
}


class Server:
    """The program, to be killed and started again on the same port and database."""

    def __init__(self, folder, *options):
        self.database = folder / "readout.sqlite"
        self.options = list(options)
        self.log = folder / "log"
        self.port = 0
        self.start()

    def start(self):
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--port", str(self.port), "--database", str(self.database), *self.options],
                cwd=ROOT, env=ENVIRONMENT, stdout=log, stderr=log)
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            found = next((line for line in self.logged() if line["message"] == "listening"), None)
            if found:
                self.address = found["address"]
                self.port = int(self.address.rsplit(":", 1)[1])
                return
            time.sleep(0.02)
        raise RuntimeError(f"the server did not start: {self.log.read_text()}")

    def logged(self):
        """The lines of the log, without one that is being written."""
        return [json.loads(line) for line in self.log.read_text().splitlines(keepends=True) if line.endswith("}\n")]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def token(self):
        made = subprocess.run(
            [PROGRAM, "token", "create", "--name", f"browser-{time.monotonic_ns()}", "--scope", "write",
             "--database", str(self.database)], cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True, text=True)
        return re.search(r"readout_\S+", made.stdout)[0]

    def send(self, method, path, body=None, **fields):
        """A request of somebody else; the answer's JSON."""
        request = urllib.request.Request(
            self.address + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in fields.items()}})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")


def served(folder, *options):
    server = Server(folder, *options)
    yield server
    server.process.terminate()
    server.process.wait()
    faults = [line for line in server.logged() if line["level"] in ("error", "critical")]
    assert not faults, faults


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    yield from served(tmp_path_factory.mktemp("server"))


@pytest.fixture
def own_server(tmp_path):
    """One that the test may kill."""
    yield from served(tmp_path)


@pytest.fixture(scope="session")
def large_server(tmp_path_factory):
    """With 5,000 events."""
    folder = tmp_path_factory.mktemp("large")
    subprocess.run([GENERATOR, folder / "seeds", "5000"], check=True)
    database = folder / "readout.sqlite"
    for part in sorted((folder / "seeds").iterdir()):
        subprocess.run(
            [PROGRAM, "seed", "--database", database, "--seeds", part], cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
    yield from served(folder)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Whoever runs this as root in a container has no sandbox to put the browser in.
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens pages; in the end none may have logged an error that the test did not expect."""
    contexts, faults = [], []

    def open_page(address, wait="main h1", expects=(), **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        # What comes late comes all the same: a machine may have much else to do.
        context.set_default_timeout(90_000)
        page = context.new_page()

        def fault(text):
            if not any(re.search(pattern, text) for pattern in expects):
                faults.append(f"{page.url}: {text}")

        page.on("console", lambda message: message.type in ("error", "warning") and fault(message.text))
        page.on("pageerror", lambda error: fault(str(error)))
        page.goto(address)
        settled(page, wait)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults


def settled(page, wait="main h1"):
    """The view is there, and nothing is on its way any more."""
    page.wait_for_selector(wait)
    page.wait_for_function("() => document.getElementById('main').getAttribute('aria-busy') !== 'true'")
