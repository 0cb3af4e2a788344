import http.client
import json
import socket
from contextlib import closing
from itertools import count

import pytest

from storymap.pipeline import Made
from storymap.preview import NoPortError, Server, Session
from storymap.preview import server as module
from storymap.problems import Problem

WRONG = Problem("a/story.yaml", 1, 9, "it holds <b>this</b>\nand \u2028 that")


@pytest.fixture
def session():
    """A session whose pages are numbered, every second one in error."""
    numbers = count()

    def make():
        number = next(numbers)
        return Made((WRONG,), None) if number % 2 else Made((), b"<p>%d" % number)

    return Session(make)


@pytest.fixture
def server(session):
    """A running server."""
    server = Server(session, 8700)
    with server.running():
        yield server


def ask(server, path, method="GET", **headers):
    """Return the answer to a request, read, and its body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as connection:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read()


@pytest.fixture
def listen(server):
    """A function that opens the stream of changes and gives what reads the next one."""
    streams = []

    def listen():
        stream = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        streams.append(stream)
        stream.sendall(b"GET /changes HTTP/1.1\r\nHost: %s\r\n\r\n" % server.address[7:-1].encode())
        lines = iter(stream.makefile("rb"))

        def read():
            line = next(line for line in lines if line.startswith(b"data: "))
            return json.loads(line.removeprefix(b"data: "))

        return read

    yield listen
    for stream in streams:
        stream.close()


def test_it_listens_on_this_computer_alone(server):
    """The address is the loopback's."""
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.port}/"


def test_the_story_is_served_as_it_is_built(server, session):
    """There is nothing until there is a page, and then its own bytes."""
    assert ask(server, "/story")[0].status == 404
    session.rebuild()
    answer, body = ask(server, "/story?a1b2")
    assert (answer.status, body) == (200, b"<p>0")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    session.rebuild()
    assert ask(server, "/story")[1] == b"<p>0"


@pytest.mark.parametrize("path", ["/", "/preview.js", "/preview.css"])
def test_the_page_around_it_has_all_its_parts(server, path):
    """Each is there, and none is kept by the browser."""
    answer, body = ask(server, path)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert body


@pytest.mark.parametrize("path", ["/story/", "/places", "/../etc/passwd", "/preview.ts", "//["])
def test_there_is_nothing_else(server, session, path):
    """No address leads to a file."""
    session.rebuild()
    assert ask(server, path)[0].status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_nothing_can_be_done_to_it(server, method):
    """It is only for reading."""
    assert ask(server, "/", method)[0].status == 501


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8700", "127.0.0.1", "localhost"])
def test_another_name_is_refused(server, session, host):
    """A site whose name is made to lead here gets nothing, on no path."""
    session.rebuild()
    for path in ("/", "/story", "/changes", "/nothing"):
        answer, body = ask(server, path, Host=host)
        assert answer.status == 421
        assert b"<p>0" not in body


def test_both_names_of_this_computer_are_good(server):
    """With the port, as browsers send it."""
    for name in ("127.0.0.1", "localhost"):
        assert ask(server, "/", Host=f"{name}:{server.port}")[0].status == 200


def test_other_sites_can_neither_frame_nor_load_it(server, session):
    """The page forbids frames, the story all but those of the preview."""
    session.rebuild()
    policies = {path: ask(server, path)[0].headers for path in ("/", "/story")}
    assert "frame-ancestors 'none'" in policies["/"]["Content-Security-Policy"]
    assert policies["/story"]["Content-Security-Policy"] == "frame-ancestors 'self'"
    for headers in policies.values():
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_each_change_is_told_to_everybody(listen, session):
    """Whoever comes is told what is to be seen, then each change."""
    first, second = listen(), listen()
    assert first() == second() == {"page": "", "outdated": False, "problems": []}
    page = session.rebuild().version
    assert first() == second() == {"page": page, "outdated": False, "problems": []}
    session.rebuild()
    told = first()
    assert (told["page"], told["outdated"]) == (page, True)
    assert told["problems"][0]["message"] == WRONG.message
    assert second() == told == listen()()


def test_a_quiet_stream_gives_signs_of_life(server, monkeypatch):
    """They are comments, which no browser shows."""
    monkeypatch.setattr(module, "PULSE_S", 0.01)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/changes")
    stream = connection.getresponse()
    lines = [stream.readline().strip() for _ in range(8)]
    connection.close()
    assert lines[0] == b"retry: 500"
    assert lines[4::2] == [b":", b":"]


def test_a_browser_that_goes_away_is_no_event(server, session, capfd, monkeypatch):
    """Nothing is said, and the others are served."""
    monkeypatch.setattr(module, "PULSE_S", 0.01)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/changes")
    connection.getresponse().readline()
    connection.close()
    session.rebuild()
    assert ask(server, "/story")[0].status == 200
    assert capfd.readouterr() == ("", "")


def test_a_taken_port_gives_way_to_the_next_free_one(server, session):
    """Two previews stand side by side."""
    other = Server(session, server.port)
    other.server_close()
    assert other.port > server.port


def test_ports_all_taken_are_told_in_words(server, session, monkeypatch):
    """The message says what can be done; there are no ports after the last one."""
    monkeypatch.setattr(module, "LAST_PORT", server.port)
    message = f"the ports {server.port} to {server.port} are taken; name another by --port"
    with pytest.raises(NoPortError, match=f"^{message}$"):
        Server(session, server.port)
