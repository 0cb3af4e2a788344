"""Other sites: folders that servers on this computer offer, and the story in their frames."""

import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

NEEDED = """() => Math.max(
    ...['sm-stage', 'sm-time', 'sm-stepper', 'sm-text'].map(
        (id) => document.getElementById(id).getBoundingClientRect().bottom + scrollY))"""


class Handler(SimpleHTTPRequestHandler):
    """Serves files and keeps quiet."""

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def served(folder, host="127.0.0.1"):
    """Serve a folder, and yield its address under that name of this computer."""
    handler = partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{host}:{server.server_address[1]}/"
        server.shutdown()


def until(true, seconds=20):
    """Wait until a function says so."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, f"not true after {seconds} s"
        time.sleep(0.02)


def fits(frame, *, unlike=0):
    """Whether a frame is as high as its page needs, and no more as it was."""
    height = frame.evaluate("innerHeight")
    return abs(height - frame.evaluate(NEEDED)) <= 2 and height != unlike
