"""A server on loopback that answers as Nominatim, Photon and their like do, or fails as told."""

import json
import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ZILINA_SK = {
    "place_id": 1,
    "osm_type": "node",
    "osm_id": 25797,
    "lat": "49.22315",
    "lon": "18.73941",
    "class": "place",
    "type": "city",
    "addresstype": "city",
    "name": "Žilina",
    "display_name": "Žilina, Slovakia",
    "address": {"city": "Žilina", "country": "Slovakia", "country_code": "sk"},
    "extratags": {"population": "81219"},
    "namedetails": {"name": "Žilina", "name:de": "Sillein", "old_name": "Zsolna;Solna"},
    "boundingbox": ["49.06", "49.38", "18.58", "18.90"],
}
"""an answer in Nominatim's form; the number is not OpenStreetMap's"""

ZILINA_CZ = ZILINA_SK | {
    "osm_id": 394046,
    "lat": "50.09987",
    "lon": "14.00575",
    "type": "village",
    "addresstype": "village",
    "display_name": "Žilina, Czechia",
    "address": {"village": "Žilina", "country": "Czechia", "country_code": "cz"},
    "extratags": None,
    "namedetails": {"name": "Žilina"},
}


def photon(*features):
    """Return an answer in Photon's form."""
    return {"type": "FeatureCollection", "features": list(features)}


def feature(lon, lat, **properties):
    """Return one place in Photon's form."""
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": properties}


@dataclass(frozen=True)
class Reply:
    """What the server does with one question."""

    body: bytes = b"[]"
    status: int = 200
    headers: dict = field(default_factory=dict)
    after_s: float = 0
    drop: bool = False
    """close the connection instead"""


def answer(value):
    """Return the reply that is *value* as JSON."""
    return Reply(json.dumps(value).encode())


NOTHING = answer([])
DROPPED = Reply(drop=True)
BROKEN = Reply(b'[{"place_id": 1, "lat"')


@dataclass
class Geocoder:
    """The server as a test sees it."""

    address: str
    questions: list = field(default_factory=list)
    """(path, parameters, headers, when) of every question, in order"""
    replies: list = field(default_factory=list)
    """for the next questions; the last one stays"""

    def asked(self, name="q"):
        """Return what was asked for, in order."""
        return [parameters[name] for _, parameters, _, _ in self.questions]


@contextmanager
def serving(*replies):
    """Run a server that gives these replies, the last one again and again."""
    geocoder = Geocoder("", replies=list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            url = urlsplit(self.path)
            parameters = {key: values[0] for key, values in parse_qs(url.query).items()}
            geocoder.questions.append((url.path, parameters, self.headers, time.monotonic()))
            left = geocoder.replies
            reply = left.pop(0) if len(left) > 1 else left[0]
            time.sleep(reply.after_s)
            if reply.drop:
                reset = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                self.close_connection = True
                return
            with suppress(OSError):  # whoever asked may have lost patience
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        geocoder.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield geocoder
        server.shutdown()


@contextmanager
def dead_port():
    """Give an address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, so that nobody else takes it; deaf, so it refuses
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
