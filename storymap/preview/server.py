"""The preview's web server: on this computer, for this computer's browsers.

It answers GET for five addresses of its own and nothing else. A page of another site can neither
read them nor frame them, not even under a name that it lets lead here.
"""

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from threading import Thread
from typing import Any

from storymap import bundle
from storymap.preview.session import Session, State

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""under which a browser may ask"""
PORTS = 100
"""that are tried, one after the other"""
LAST_PORT = 65_535
PULSE_S = 15.0
"""seconds after which a browser that was told nothing gets a sign of life"""
RETRY_MS = 500
"""after which a browser asks again when it lost the server"""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""of the page around the story"""
POLICY_OF_STORY = "frame-ancestors 'self'"
"""besides the one that stands in the story's page"""

SAFETY = (
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
"""headers of every answer"""


class NoPortError(OSError):
    """Every port that was tried is taken; another one may be named."""

    def __init__(self, tried: range) -> None:
        taken = f"the ports {tried[0]} to {tried[-1]} are taken"
        super().__init__(f"{taken}; name another by --port")


@dataclass(frozen=True, slots=True)
class _File:
    """What an address holds."""

    kind: str
    body: bytes
    policy: str = "default-src 'none'"


class Server(ThreadingMixIn, TCPServer):
    """Serves one session; it listens from the beginning, and answers within `running`."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # on Windows it would take a port from its owner

    def __init__(self, session: Session, port: int) -> None:
        """Take *port*, or the next one that is free.

        Raises:
            NoPortError: there is none.
            BundleMissingError: the package was not built.
        """
        self.session = session
        self.files = _files()
        ports = range(port, min(port + PORTS, LAST_PORT + 1))
        for number in ports:
            try:
                super().__init__((HOST, number), _Request)
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
            else:
                self.port = number
                return
        raise NoPortError(ports)

    @property
    def address(self) -> str:
        """Where a browser finds the preview."""
        return f"http://{HOST}:{self.port}/"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer requests in threads of their own until the block is left."""
        thread = Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as inherited
        """Say nothing of a browser that went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _files() -> Mapping[str, _File]:
    """Return what is the same for every story, by its address."""
    preview = bundle.load_preview()
    return {
        "/": _File("text/html", preview.html.encode(), POLICY),
        "/preview.css": _File("text/css", preview.css.encode()),
        "/preview.js": _File("text/javascript", preview.js.encode()),
    }


class _Request(BaseHTTPRequestHandler):
    """What one browser asks over one connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "storymap"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer."""
        address, _, _ = self.path.partition("?")
        if self.headers.get_all("Host") not in self._own_names():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif address == "/changes":
            self._tell_changes()
        elif file := self._file(address):
            self._send_head(file.kind, file.policy, ("Content-Length", str(len(file.body))))
            self.wfile.write(file.body)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what matters is said of the story, not of each request."""

    def _own_names(self) -> list[list[str]]:
        """Return what `Host` may say; other names lead here only to get round a browser's rules."""
        return [[f"{name}:{self.server.port}"] for name in NAMES]

    def _file(self, address: str) -> _File | None:
        if address == "/story":
            page = self.server.session.state.page
            return _File("text/html", page, POLICY_OF_STORY) if page else None
        return self.server.files.get(address)

    def _tell_changes(self) -> None:
        """Tell what is to be seen, now and at each change, until the browser goes away."""
        self.close_connection = True
        self._send_head("text/event-stream", POLICY_OF_STORY)
        self.wfile.write(f"retry: {RETRY_MS}\n\n".encode())
        seen: State | None = None
        while True:
            state = self.server.session.wait(seen, PULSE_S)
            told = ":" if state == seen else f"data: {state.message()}"
            self.wfile.write(f"{told}\n\n".encode())
            seen = state

    def _send_head(self, kind: str, policy: str, *headers: tuple[str, str]) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Security-Policy", policy),
            *SAFETY,
            *headers,
        ):
            self.send_header(name, value)
        self.end_headers()
