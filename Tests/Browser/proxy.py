# SPDX-License-Identifier: Apache-2.0
"""A reverse proxy that puts a path prefix in front of a server."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PER_HOP = {"connection", "transfer-encoding", "keep-alive", "content-length"}


def start(port, prefix):
    """Forwards /prefix/… to the port; everything else is 404. The proxy; stop it by `shutdown()`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if not self.path.startswith(prefix + "/"):
                return self.send_error(404)
            upstream = http.client.HTTPConnection("127.0.0.1", port)
            fields = {name: value for name, value in self.headers.items() if name.lower() not in PER_HOP}
            upstream.request("GET", self.path[len(prefix):], headers=fields)
            answer = upstream.getresponse()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in PER_HOP:
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            while piece := answer.read1(65536):
                self.wfile.write(piece)
                self.wfile.flush()
            self.close_connection = True

        def log_message(self, *_):
            pass

        def handle(self):
            try:
                super().handle()
            except OSError:
                pass  # The browser has left.

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.daemon_threads = True
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    return proxy
