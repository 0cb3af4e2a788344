"""Spreadsheets fetched from a server on this computer, which behaves or does not."""

import re
import shutil
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap import pulling
from storymap.cli import main
from storymap.pulling import Changes, PullError, pull

MINIMAL = Path(__file__).parent / "stories" / "good" / "minimal"
OLD = b"id,name,lat,lon\nzilina,Zilina,49.2,18.7\nbrno,Brno,49.2,16.6\n"
NEW = b"id,name,lat,lon\nzilina,Zilina,49.22,18.74\nosh,Osh,40.5,72.8\n"


def plain(request, data=NEW, kind="text/csv"):
    request.send_response(200)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


def moved(request, target):
    request.send_response(302)
    request.send_header("Location", target)
    request.send_header("Content-Length", "0")
    request.end_headers()


def cut_short(request):
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(NEW)


def endless(request):
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"a,b\n" * 1000)
        time.sleep(0.01)


def silent(request):
    request.server.stopped.wait(10)


ANSWERS = {
    "/sheet": plain,
    "/moved": lambda request: moved(request, "/sheet"),
    "/away": lambda request: moved(request, "http://sheets.example/"),
    "/login": lambda request: plain(request, b"<!DOCTYPE html><p>Sign in", "text/html"),
    "/sly-login": lambda request: plain(request, b"\n<html><p>Sign in"),
    "/namesakes": lambda request: plain(request, b"name,lat\nA,1\nA,3\n"),
    "/nothing": lambda request: plain(request, b""),
    "/bare": lambda request: plain(request, b"id,name\n"),
    "/torn": lambda request: plain(request, b'id,name\n"a,b\n'),
    "/latin": lambda request: plain(request, "id,name\nzilina,Žilina".encode("cp1250")),
    "/gone": lambda request: request.send_error(404),
    "/broken": lambda request: request.send_error(500),
    "/cut-short": cut_short,
    "/endless": endless,
    "/silent": silent,
}


class Handler(BaseHTTPRequestHandler):
    """What a server does, by path."""

    def do_GET(self):
        """Answer, to whoever may have gone already."""
        with suppress(ConnectionError):
            ANSWERS[self.path](self)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.stopped = threading.Event()
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.stopped.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "gazetteer.csv"
    path.write_bytes(OLD)
    return path


@pytest.mark.parametrize("path", ["/sheet", "/moved"])
def test_what_comes_takes_the_place_of_what_was_there(server, file, path):
    """Byte for byte, and the rows that differ are named."""
    assert pull(file, server + path) == Changes(("osh",), ("brno",), ("zilina (lat, lon)",))
    assert file.read_bytes() == NEW
    assert pull(file, server + path) == Changes((), (), ())


def test_a_first_spreadsheet_is_all_new(server, tmp_path):
    """There need not be a file before."""
    changes = pull(tmp_path / "gazetteer.csv", f"{server}/sheet")
    assert changes == Changes(("zilina", "osh"), (), ())


UNREADABLE = "what came cannot be read:\ngazetteer.csv:"
LOGIN = "what came is a web page, maybe one to log in, and no spreadsheet"
PUBLISH = "in Google Sheets: File, Share, Publish to the web, as comma-separated values"
TITLES = "name the columns in the first row, such as name, lat, lon"
QUOTES = "put quotes round the whole cell, and double those within it"
UTF_8 = "save it as 'CSV UTF-8', or in LibreOffice as CSV with the character set UTF-8"


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("/login", LOGIN, PUBLISH),
        ("/sly-login", LOGIN, PUBLISH),
        ("/gone", "the server answers 404 Not Found", PUBLISH),
        ("/broken", "the server answers 500 Internal Server Error", "try again later"),
        ("/away", "the server leads to http://sheets.example/, which is not encrypted", ""),
        ("/cut-short", f"only {len(NEW)} of 1,000 bytes came", "try again"),
        ("/bare", "what came has no rows below the first", ""),
        ("/nothing", f"{UNREADABLE}1:1: this spreadsheet is empty", TITLES),
        ("/torn", f"{UNREADABLE}2:1: the quotes that open here are not closed", QUOTES),
        ("/latin", f"{UNREADABLE}2:8: byte 0x8E is not UTF-8", UTF_8),
    ],
)
def test_with_any_fault_the_old_file_stays(server, file, path, message, hint):
    """The message says what is wrong, and what helps where something does."""
    whole = f"{message}\n    {hint}" if hint else message
    with pytest.raises(PullError, match=f"^{re.escape(whole)}$"):
        pull(file, server + path)
    assert file.read_bytes() == OLD
    assert [*file.parent.iterdir()] == [file]


def test_no_server_is_waited_for_without_end(server, file, monkeypatch):
    """Neither one that is silent, nor one that goes on and on, nor one that sends too much."""
    monkeypatch.setattr(pulling, "SILENCE_S", 0.2)
    monkeypatch.setattr(pulling, "PATIENCE_S", 0.2)
    with pytest.raises(PullError, match=r"^the server says nothing for 0 seconds\n"):
        pull(file, f"{server}/silent")
    with pytest.raises(PullError, match=r"^the transfer takes more than 0 seconds\n"):
        pull(file, f"{server}/endless")
    monkeypatch.setattr(pulling, "LARGEST", 10)
    with pytest.raises(PullError, match=r"^there are more than 10 bytes$"):
        pull(file, f"{server}/sheet")
    assert file.read_bytes() == OLD


def test_a_dead_port_is_told_in_words(file):
    """Nobody listens there."""
    with pytest.raises(PullError, match=r"^the server cannot be reached: .*refused"):
        pull(file, "http://127.0.0.1:9/")


def test_namesakes_are_told_apart_by_their_rows(server, file):
    """A list without ids may name two places alike."""
    file.write_bytes(b"name,lat\nA,1\nA,2\n")
    assert pull(file, f"{server}/namesakes").changed == ("A in row 3 (lat)",)


@pytest.fixture
def story(tmp_path, server):
    """A story whose gazetteer is a sheet on the server."""
    folder = shutil.copytree(MINIMAL, tmp_path / "story")
    (folder / "gazetteer.yaml").unlink()
    (folder / "gazetteer.csv").write_bytes(OLD)
    with (folder / "story.yaml").open("a") as file:
        file.write(f"pull:\n  gazetteer.csv: {server}/sheet\n")
    return folder


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_says_what_changed(story):
    """A line for each file on stdout; the story can be checked then."""
    path = story / "gazetteer.csv"
    done = run("pull", story)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        f"{path}: 1 row added: osh; 1 row removed: brno; 1 row changed: zilina (lat, lon)\n"
    )
    assert run("pull", story).stdout == f"{path}: nothing changed\n"
    assert run("check", story).exit_code == 0


def test_the_command_tells_faults_and_goes_on(story):
    """One sheet that cannot be had does not keep the others away."""
    head = story / "story.yaml"
    with head.open("a") as file:
        file.write(f"  events.csv: {'http://127.0.0.1:9/'}\n")
    done = run("pull", story)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{story / 'events.csv'}: the server cannot be reached: ")
    assert (story / "gazetteer.csv").read_bytes() == NEW


ENCRYPTION = "begin it with https://, so that nobody on the way can change what comes"
NAMES = "name a file of the story folder that ends in .csv or .tsv, such as gazetteer.csv"


@pytest.mark.parametrize(
    ("address", "name", "message", "hint"),
    [
        ("http://a.example", "a.csv", "6:10: 'http://a.example' is not encrypted", ENCRYPTION),
        ("https://a.example", "../x.csv", "6:13: '../x.csv' cannot be fetched", NAMES),
    ],
)
def test_nothing_is_asked_for_where_story_yaml_is_wrong(story, address, name, message, hint):
    """Nothing leaves unencrypted, and nothing is written outside of the story."""
    head = story / "story.yaml"
    text = head.read_text()
    head.write_text(text[: text.index("pull:")] + f"pull:\n  {name}: {address}\n")
    done = run("pull", story)
    said = f"story/story.yaml:{message}\n    {hint}\n"
    assert (done.exit_code, done.stderr, done.stdout) == (1, said, "")


def test_a_story_without_sheets_says_so(story):
    """There is nothing to do, which may be a mistake."""
    head = story / "story.yaml"
    text = head.read_text()
    head.write_text(text[: text.index("pull:")])
    done = run("pull", story)
    assert (done.exit_code, done.stderr) == (1, f"{head} names no spreadsheet under `pull`\n")
