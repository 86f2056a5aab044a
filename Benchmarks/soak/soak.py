# SPDX-License-Identifier: Apache-2.0
"""Runs a server for some minutes under mixed load and tells whether it stays level and loses nothing. See script/soak."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from clients import Client, Editor, Follower, Server, SlowClient

QUARTERS = 4


class Process:
    """What the kernel tells of the server."""

    def __init__(self, pid):
        self.files = Path(f"/proc/{pid}")

    @property
    def megabytes(self):
        return int(re.search(r"VmRSS:\s+(\d+)", (self.files / "status").read_text())[1]) / 1024

    @property
    def descriptors(self):
        return len(os.listdir(self.files / "fd"))


class Operator(Client):
    """Makes backups and proves them, renews the certificate and has it taken up."""

    def __init__(self, server, number, pause, desk):
        super().__init__(server, number, pause)
        self.desk = desk
        self.backups = self.reloads = 0

    def step(self):
        if self.count % 3 == 2:
            self.desk.make_certificate()
            self.desk.process.send_signal(signal.SIGHUP)
            self.reloads += 1
        else:
            backup = self.desk.folder / "backup.sqlite"
            for file in self.desk.folder.glob("backup.sqlite*"):
                file.unlink()
            self.desk.readout("backup", backup)
            self.desk.readout("verify", backup)
            self.backups += 1


class Desk:
    """The server, and the commands beside it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, Path(folder)
        self.database = self.folder / "readout.sqlite"
        self.log = self.folder / "log.ndjson"
        self.make_certificate()
        # Limits that slow clients meet within the time of a soak. Answers are logged and read, and not kept.
        command = (
            f"exec {program} serve --port 0 --database {self.database} --tls-certificate {self.folder}/cert.pem"
            f" --tls-key {self.folder}/key.pem --header-time 5s --body-grace 5s --idle-time 15s --write-stall 5s"
            f" > >(grep --line-buffered -v '\"answered\"' > {self.log})"
        )
        self.process = subprocess.Popen(["bash", "-c", command])

    def await_port(self):
        """Where the log says that it listens."""
        self.readout("healthcheck", "--wait", "30s")
        for _ in range(100):
            for entry in self.entries():
                if entry["message"] == "listening":
                    return int(entry["address"].rsplit(":", 1)[1])
            time.sleep(0.1)
        raise RuntimeError("the log does not say where it listens")

    def make_certificate(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "1",
             "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem"],
            cwd=self.folder, check=True, capture_output=True,
        )  # fmt: skip

    def readout(self, *words):
        command = [self.program, *map(str, words)]
        if words[0] != "verify":
            command += ["--database", str(self.database)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"readout {words[0]}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def entries(self):
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [json.loads(line) for line in lines]


def read_for(seconds, port):
    """Sixteen readers of all sorts of targets, by wrk: requests, p50 and p99 in milliseconds, and what went wrong."""
    text = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", "Benchmarks/parts/mixed.lua", f"https://127.0.0.1:{port}"],
        env={**os.environ, "PAUSE": "20"}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    def milliseconds(share):
        value, unit = re.search(rf"{share}%\s+([\d.]+)(us|ms|s)\n", text).groups()
        return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]

    requests = int(re.search(r"(\d+) requests in", text)[1])
    return requests, milliseconds(50), milliseconds(99), re.findall(r"Socket errors.*", text)


class Sampler(threading.Thread):
    """The most of memory and descriptors within a quarter."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process = process
        self.start_quarter()

    def start_quarter(self):
        self.megabytes, self.descriptors = 0.0, 0

    def run(self):
        while not Client.stop.wait(1):
            self.megabytes = max(self.megabytes, self.process.megabytes)
            self.descriptors = max(self.descriptors, self.process.descriptors)


def soak(program, folder, seconds):
    desk = Desk(program, folder)
    try:
        return run(desk, seconds)
    finally:
        desk.process.kill()


def run(desk, seconds):
    """The whole of it; gives what should not have happened."""
    port = desk.await_port()
    server = Server(port, desk.readout("token", "create", "--name", "soak", "--scope", "write"))
    process = Process(desk.process.pid)
    open_before = process.descriptors
    editors = [Editor(server, number, 0.2) for number in range(4)]
    followers = [Follower(server, number, 0.1) for number in range(6)]
    slow = [SlowClient(server, number, 0.1) for number in range(12)]
    operator = Operator(server, 0, min(20, seconds / 12), desk)
    sampler = Sampler(process)
    clients = [*editors, *followers, *slow, operator]
    for thread in [*clients, sampler]:
        thread.start()

    rows, begin = [], time.monotonic()
    for quarter in range(QUARTERS):
        sampler.start_quarter()
        changes = sum(editor.count for editor in editors)
        left = begin + seconds * (quarter + 1) / QUARTERS - time.monotonic()
        requests, p50, p99, errors = read_for(max(1, round(left)), port)
        Client.complaints += errors
        changes = sum(editor.count for editor in editors) - changes
        rows.append((requests, changes, p50, p99, sampler.megabytes, sampler.descriptors))
    Client.stop.set()
    for client in clients:
        client.join(120)

    faults = Client.complaints
    for editor in editors:
        # Closed meanwhile, like any that says nothing.
        editor.connection = None
    last = json.loads(editors[0].ask("GET", "/v1")[2])["dataVersion"]
    audited = sum(editor.audit() for editor in editors)
    for follower in followers:
        follower.catch_up(last)
    for editor in editors:
        editor.connection.close()
    end = time.monotonic() + 60
    while process.descriptors > open_before and time.monotonic() < end:
        time.sleep(0.5)
    if process.descriptors > open_before:
        faults.append(f"{process.descriptors} descriptors are open, and {open_before} were at the start")
    desk.process.terminate()
    if desk.process.wait(60) != 0:
        faults.append(f"the server ended with status {desk.process.returncode}")
    faults += [f"logged: {entry}" for entry in desk.entries() if entry["level"] in ("error", "critical")]
    checked = desk.readout("check")
    for line in ("database: sound", "records: every rule holds"):
        if line not in checked:
            faults.append(f"not '{line}' but:\n{checked}")
    report(seconds, rows, audited, last, followers, slow, operator, open_before)
    return faults


def report(seconds, rows, audited, changes, followers, slow, operator, open_before):
    print(f"{seconds / 60:g} minutes over TLS: 16 readers, 4 editors, {len(followers)} streams of changes, {len(slow)} slow"
          f" clients ({sum(client.count for client in slow)} dealt with), {operator.backups} backups made and verified,"
          f" {operator.reloads} certificates taken up. Each of {audited:,} records is as it was acknowledged last, every stream has"
          f" had every one of the changes up to number {changes:,}, and descriptors are {open_before} again.")  # fmt: skip
    print()
    print("| quarter | reads | rounds of editing | p50 ms | p99 ms | memory, at most | descriptors, at most |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for number, (requests, edits, p50, p99, megabytes, descriptors) in enumerate(rows, 1):
        print(f"| {number} | {requests:,} | {edits:,} | {p50:.2f} | {p99:.2f} | {megabytes:.1f} MB | {descriptors} |")
    print()
    print("| last quarter to the second | ratio | goal |")
    print("| --- | --- | --- |")
    second, last = rows[1], rows[-1]
    for name, column, most in [("p50", 2, 1.2), ("p99", 3, 1.5), ("memory", 4, 1.1), ("descriptors", 5, 1.1)]:
        ratio = last[column] / max(second[column], 0.01)
        print(f"| {name} | {ratio:.2f} | <= {most}, {'kept' if ratio <= most else 'missed'} |")


if __name__ == "__main__":
    faults = soak(sys.argv[1], sys.argv[2], int(float(sys.argv[3]) * 60))
    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)
