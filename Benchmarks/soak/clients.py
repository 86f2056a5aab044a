# SPDX-License-Identifier: Apache-2.0
"""Clients of a soak: editors who keep account of what was acknowledged, followers who miss nothing, and slow ones."""

import http.client
import json
import random
import socket
import ssl
import threading
import time


class Server:
    """Where it is, and how clients reach it."""

    def __init__(self, port, token):
        self.port = port
        self.token = token
        self.tls = ssl.create_default_context()
        # Its certificate is made anew while the soak runs.
        self.tls.check_hostname = False
        self.tls.verify_mode = ssl.CERT_NONE

    def connect(self):
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.tls)

    def socket(self):
        return self.tls.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=60))


class Client(threading.Thread):
    """Does one thing again and again until it is told to stop; what should not happen it writes down."""

    stop = threading.Event()
    complaints = []

    def __init__(self, server, number, pause):
        super().__init__(daemon=True)
        self.server, self.number, self.pause = server, number, pause
        self.random = random.Random(number)
        self.count = 0

    def run(self):
        while not self.stop.is_set():
            try:
                self.step()
                self.count += 1
            except Exception as error:
                self.complain(f"{type(error).__name__}: {error}")
            self.stop.wait(self.pause)

    def complain(self, what):
        self.complaints.append(f"{type(self).__name__} {self.number}: {what}")


class Editor(Client):
    """Creates events, corrects some, takes old ones back; the number of those in force stays level."""

    kept = 40

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.connection = None
        # By id what was acknowledged last: the entity tag and the summary.
        self.alive = {}
        self.gone = []

    def ask(self, method, path, body=None, **fields):
        if self.count % 50 == 0 or self.connection is None:
            self.connection = self.server.connect()
        fields = {name.replace("_", "-"): value for name, value in fields.items()}
        fields["Authorization"] = f"Bearer {self.server.token}"
        try:
            self.connection.request(method, path, body and json.dumps(body), fields)
            answer = self.connection.getresponse()
            content = answer.read()
        except Exception:
            self.connection = None
            raise
        return answer.status, answer.headers.get("ETag"), content

    def expect(self, status, answer):
        if answer[0] != status:
            raise AssertionError(f"{answer[0]} instead of {status}: {answer[2][:300]}")
        return answer

    def step(self):
        name = f"soak-{self.number}-{self.count}"
        event = {
            "id": name, "title": f"Round table {self.number} {self.count}", "summary": "Both sides meet.",
            "kind": "meeting", "status": "occurred", "date": {"edtf": "2023-06-19", "basis": "stated"},
            "participants": [{"person": {"id": "qin-gang"}, "role": "participant"}], "issues": [{"id": "taiwan"}],
            "evidence": [{"article": {"id": "blinken-in-beijing"}, "paragraph": 1, "anchors": ["Blinken"], "status": "occurred"}],
        }  # fmt: skip
        content = {"Content_Type": "application/json", "Idempotency_Key": name}
        _, tag, _ = self.expect(201, self.ask("POST", "/v1/events", event, **content))
        self.alive[name] = (tag, event["summary"])
        chosen = self.random.choice(list(self.alive))
        summary = f"Both sides meet, for the {self.count}th time."
        content = {"Content_Type": "application/merge-patch+json", "If_Match": self.alive[chosen][0]}
        _, tag, _ = self.expect(200, self.ask("PATCH", f"/v1/events/{chosen}", {"summary": summary}, **content))
        self.alive[chosen] = (tag, summary)
        if len(self.alive) > self.kept:
            oldest = next(iter(self.alive))
            self.expect(204, self.ask("DELETE", f"/v1/events/{oldest}", If_Match=self.alive[oldest][0]))
            del self.alive[oldest]
            self.gone.append(oldest)

    def audit(self):
        """Holds the server to all it has acknowledged; gives how many records that were."""
        for name, (_, summary) in self.alive.items():
            status, _, content = self.ask("GET", f"/v1/events/{name}")
            if status != 200 or json.loads(content)["summary"] != summary:
                self.complain(f"{name} is not as it was acknowledged: {status} {content[:300]}")
        for name in self.gone:
            if (status := self.ask("GET", f"/v1/events/{name}")[0]) != 410:
                self.complain(f"{name} was deleted and is {status}")
        return len(self.alive) + len(self.gone)


class Follower(Client):
    """Follows the changes, hangs up now and then and takes the stream up where it was: no number may be missing."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.position = None

    @property
    def last(self):
        return int(self.position.rsplit("-", 1)[1]) if self.position else None

    def step(self):
        end = time.monotonic() + self.random.uniform(5, 60)
        self.follow(lambda: time.monotonic() < end and not self.stop.is_set())

    def catch_up(self, number):
        """Reads what was changed after it hung up for the last time."""
        end = time.monotonic() + 30
        self.follow(lambda: (self.last or 0) < number and time.monotonic() < end)
        if self.last != number:
            self.complain(f"it has come to {self.last}, the last change is {number}")

    def follow(self, goes_on):
        connection = self.server.connect()
        fields = {"Accept": "text/event-stream"}
        if self.position:
            fields["Last-Event-ID"] = self.position
        connection.request("GET", "/v1/changes", headers=fields)
        answer = connection.getresponse()
        position = event = None
        while goes_on():
            line = answer.readline().decode().rstrip("\n")
            name, _, value = line.partition(": ")
            if name == "id":
                position = value
            elif name == "event":
                event = value
            elif not line and position:
                self.take(position, event)
                event = None
        connection.close()

    def take(self, position, event):
        number, last = int(position.rsplit("-", 1)[1]), self.last
        if event == "reset" or last is not None and number != last + (event == "change"):
            self.complain(f"{event} {number} came after {last}")
        self.position = position


class SlowClient(Client):
    """Says or takes little, each time in another way, and stays until the server has had enough."""

    def step(self):
        getattr(self, ["half_a_hello", "half_a_head", "slow_body", "unread_answer", "idle"][self.count % 5])()

    def half_a_hello(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as plain:
            plain.sendall(b"\x16\x03\x01\x02\x00\x01\x00")
            self.until_closed(plain)

    def half_a_head(self):
        with self.server.socket() as own:
            own.sendall(b"GET /v1 HTTP/1.1\r\nHost: soak\r\nX-Slow: ")
            self.until_closed(own)

    def slow_body(self):
        with self.server.socket() as own:
            fields = f"Authorization: Bearer {self.server.token}\r\nContent-Type: application/json\r\nContent-Length: 1000"
            own.sendall(f"POST /v1/events HTTP/1.1\r\nHost: soak\r\n{fields}\r\n\r\n{{".encode())
            self.until_closed(own)

    def unread_answer(self):
        with self.server.socket() as own:
            own.sendall(b"GET /v1/events?limit=100 HTTP/1.1\r\nHost: soak\r\n\r\n" * 40)
            self.stop.wait(8)
            self.until_closed(own)

    def idle(self):
        with self.server.socket() as own:
            own.sendall(b"GET /v1 HTTP/1.1\r\nHost: soak\r\n\r\n")
            self.until_closed(own)

    def until_closed(self, own):
        try:
            while own.recv(65536):
                pass
        except OSError as error:
            # It may have hung up without further words.
            if isinstance(error, TimeoutError):
                raise
