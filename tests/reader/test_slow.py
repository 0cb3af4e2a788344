"""A page that arrives slowly: the map is there before the rest of the story is."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

WHEN_READY = """new MutationObserver(() => {
    if (document.documentElement?.dataset.storymap !== 'ready' || window.asked) return
    window.asked = true
    %s
}).observe(document, { attributes: true, subtree: true })"""
LAID_OUT = "document.documentElement.classList.contains('sm-whole')"
STEP_SHOWN = "document.querySelector('.step[aria-current]')?.id"


@pytest.fixture
def open_slowly(open_page, built_page, interhelpo):
    """A function that opens the story up to its first step, and runs a script once it is ready.

    It returns the reader, and an event: once that is set, the rest of the page arrives.
    """
    first, second = built_page.read_bytes().split(f'id="{interhelpo.events[1].id}"'.encode(), 1)
    rest = f'id="{interhelpo.events[1].id}"'.encode() + second
    wanted = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/story":
                self.wfile.write(first)
                wanted.wait()
                self.wfile.write(rest)

        def log_message(self, *_):
            """Say nothing."""

    def open_slowly(script):
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        reader = open_page(address, outcome=None)
        reader.page.add_init_script(WHEN_READY % script)
        reader.page.goto(f"{address}story", wait_until="commit")
        reader.settled()
        return reader, wanted

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield open_slowly
        wanted.set()
        server.shutdown()


def test_a_step_may_be_asked_for_before_it_is_there(open_slowly, interhelpo):
    """It is shown when it has arrived, and nothing is complained of meanwhile."""
    reader, rest = open_slowly("storymap.goTo(20)")
    reader.wait(LAID_OUT)
    assert reader.evaluate(STEP_SHOWN) is None
    rest.set()
    reader.wait(f"{STEP_SHOWN} === '{interhelpo.events[20].id}'")


def test_a_step_that_is_no_longer_wanted_is_not_shown(open_slowly):
    """Who has gone back to the cover meanwhile stays there."""
    reader, rest = open_slowly("storymap.goTo(20); storymap.goTo('')")
    rest.set()
    reader.page.wait_for_load_state()
    assert reader.evaluate(STEP_SHOWN) is None
    assert reader.evaluate("location.hash") == ""
