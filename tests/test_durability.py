"""What becomes of an author's work where disks, rights, clocks or other programs are in the way."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from fake_geocoder import ZILINA_SK, answer, serving

from storymap import reading
from storymap.cli import main
from storymap.cli.locating import Locating

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests" / "stories" / "good"
OSH = ("place", "Osh", "--country", "KG", "--at", "40.53,72.80", "--language", "en")
TUESDAY = ("event", "A Tuesday", "--when", "1926")
EVERYONE = 65534
"""the user who may do next to nothing"""


def run(*words):
    """Exit code, stdout and stderr of a command."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


def files(folder):
    """Return what lies in a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def story(tmp_path):
    """A copy of a small story."""
    return shutil.copytree(GOOD / "minimal", tmp_path / "story")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 KB, and a function that fills it or lets nobody write to it."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only root may mount a disk; the next tests limit the size of files instead")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", disk]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk may be mounted here; the next tests limit the size of files instead")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_leaves_the_last_good_page(small_disk, story):
    """Nothing half-written is on it, and words tell."""
    page = small_disk / "index.html"
    page.write_bytes(b"the last good page")
    message = f"storymap: cannot write {page}: {os.strerror(errno.ENOSPC)}\n"
    assert run("build", story, "-o", small_disk) == (1, "", message)
    assert files(small_disk) == {"index.html": b"the last good page"}


def test_a_full_disk_leaves_an_authors_file(small_disk, story):
    """What is to be added is not, and no file is made for it."""
    story = Path(shutil.move(story, small_disk / "story"))
    before = files(story)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        (small_disk / "filler").write_bytes(bytes(100_000))
    for words, name in [(OSH, "gazetteer.yaml"), (TUESDAY, "events/020-a-tuesday.md")]:
        code, out, said = run("add", *words, "--story", story)
        reason = f"cannot write {story / name}: {os.strerror(errno.ENOSPC)}"
        assert (code, out, said) == (1, "", f"storymap: {reason}\nnothing was written\n")
    message = f"cannot write {small_disk / 'mine'}: {os.strerror(errno.ENOSPC)}"
    assert run("new", small_disk / "mine") == (1, "", f"storymap: {message}\n")
    assert files(story) == before
    assert {path.name for path in small_disk.iterdir()} == {"filler", "story"}


def test_a_disk_that_cannot_be_written_is_told(small_disk, story):
    """Where there is nothing to write, that is no fault."""
    page = small_disk / "index.html"
    page.write_bytes(b"old")

    def turn(to):
        options = f"remount,size=8m,{to}"
        subprocess.run(["mount", "-o", options, small_disk], check=True)

    turn("ro")
    message = f"storymap: cannot write {page}: {os.strerror(errno.EROFS)}\n"
    assert run("build", story, "-o", small_disk) == (1, "", message)
    turn("rw")
    assert run("build", story, "-o", small_disk)[0] == 0
    turn("ro")
    told = f"{page}\n", "nothing changed, nothing written\n"
    assert run("build", story, "-o", small_disk) == (0, *told)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_a_file_that_may_not_grow_leaves_the_last_good_page(tmp_path, story):
    """Where no disk can be mounted, a limit on the size of files stands in for a full one."""
    output = tmp_path / "output"
    output.mkdir()
    (output / "index.html").write_bytes(b"the last good page")
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
        "from storymap.__main__ import run; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "build", story, "-o", output],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    message = f"storymap: cannot write {output / 'index.html'}: {os.strerror(errno.EFBIG)}\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", message)
    assert files(output) == {"index.html": b"the last good page"}


@pytest.fixture
def nobody(tmp_path):
    """A folder open to everyone, and a user who may do nothing elsewhere."""
    if not hasattr(os, "geteuid"):
        pytest.skip("no such users there")
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest" in str(folder):
            folder.chmod(0o755)
    root = os.geteuid() == 0
    if root:
        os.seteuid(EVERYONE)
    yield
    if root:
        os.seteuid(0)


def test_a_folder_without_permission_is_told(tmp_path, story, request):
    """Neither output nor an author's file is written, and the same holds for reading."""
    output = tmp_path / "output"
    output.mkdir()
    (story / "events" / "010-founding.md").exists()
    for folder in (output, story, story / "events"):
        folder.chmod(0o555)
    request.getfixturevalue("nobody")
    denied = os.strerror(errno.EACCES)
    message = f"storymap: cannot write {output / 'index.html'}: {denied}\n"
    assert run("build", story, "-o", output) == (1, "", message)
    message = f"storymap: cannot write {story / 'gazetteer.yaml'}: {denied}\nnothing was written\n"
    assert run("add", *OSH, "--story", story) == (1, "", message)


def test_a_path_that_is_too_long_is_told(tmp_path, story):
    """For the output as for the story."""
    long = tmp_path / ("long" * 75)
    told = os.strerror(errno.ENAMETOOLONG)
    message = f"storymap: cannot write {long}: {told}\n"
    assert run("build", story, "-o", long) == (1, "", message)
    code, out, said = run("build", long, "-o", tmp_path)
    assert (code, out) == (1, "")
    assert said == f"{long}: the folder cannot be read: {told.lower()}\n1 error\n"


def test_what_another_program_adds_meanwhile_is_not_lost(story, monkeypatch):
    """Between reading and writing, the gazetteer is saved by somebody else."""
    gazetteer = story / "gazetteer.yaml"
    judge = reading.read_story

    def saved_meanwhile(*words, **more):
        gazetteer.write_bytes(gazetteer.read_bytes() + b"# mine\n")
        return judge(*words, **more)

    monkeypatch.setattr("storymap.editing.drafts.read_story", saved_meanwhile)
    reason = (
        f"cannot write {gazetteer}: it has changed since it was read\n    run the command again"
    )
    told = f"storymap: {reason}\nnothing was written\n"
    assert run("add", *OSH, "--story", story) == (1, "", told)
    assert gazetteer.read_bytes().endswith(b"# mine\n")
    assert b"Osh" not in gazetteer.read_bytes()


def test_an_answer_that_another_run_kept_meanwhile_is_not_lost(story, monkeypatch):
    """Two runs that locate places at once: the later one says so."""
    lock = story / "geocodes.lock.yaml"
    with (story / "gazetteer.yaml").open("a", encoding="utf-8") as gazetteer:
        gazetteer.write("- id: second\n  names: [{text: Žilina, language: sk, kind: official}]\n")
    ask = Locating._ask  # noqa: SLF001 - the moment in which an author waits

    def other_run(locating, query):
        lock.write_bytes(b"[]\n")
        return ask(locating, query)

    monkeypatch.setattr(Locating, "_ask", other_run)
    with serving(answer([ZILINA_SK])) as geocoder:
        asked = ("--online", "--service", "nominatim", "--address", geocoder.address)
        words = ("--story", story, "--date", "2026-11-22", "--pick", "second=1")
        code, _, said = run("locate", *words, *asked)
    assert code == 1
    reason = f"cannot write {lock}: it has changed since it was read\n    run the command again"
    assert said.endswith(f"storymap: {reason}\n")
    assert lock.read_bytes() == b"[]\n"


def test_two_stories_built_into_one_folder_do_not_mix(tmp_path):
    """Whichever comes last, its page has its own pictures, and nothing of the other's is left."""
    commands = {
        name: [sys.executable, "-m", "storymap", "build", GOOD / name, "--assets", "beside", "-o"]
        for name in ("media", "languages")
    }
    both = [
        subprocess.Popen(
            [*command, tmp_path / "both"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for command in commands.values()
    ]
    assert [process.communicate() and process.returncode for process in both] == [0, 0]
    alone = []
    for name in commands:
        assert run("build", GOOD / name, "--assets", "beside", "-o", tmp_path / name)[0] == 0
        alone.append(files(tmp_path / name))
    assert files(tmp_path / "both") in alone


def test_clocks_do_not_matter(tmp_path, story):
    """A page that seems to be from the future is replaced by that of a story from the past."""
    output = tmp_path / "output"
    assert run("build", story, "-o", output)[0] == 0
    os.utime(output / "index.html", (2**32, 2**32))
    head = story / "story.yaml"
    head.write_bytes(head.read_bytes().replace(b"title: ", b"title: Not "))
    os.utime(head, (1, 1))
    assert run("build", story, "-o", output)[1] == f"{output / 'index.html'}\n"
    assert b"<title>Not " in (output / "index.html").read_bytes()


def test_a_picture_that_goes_while_it_is_read_is_told(tmp_path, monkeypatch):
    """It was there when the folder was listed."""
    story = shutil.copytree(GOOD / "media", tmp_path / "story")
    read = Path.read_bytes

    def gone(path):
        if path.name == "sky.png":
            path.unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", gone)
    code, out, said = run("build", story, "-o", tmp_path / "output")
    told = "the file cannot be read: no such file or directory"
    said_all = (
        f"story/events/010-seen.md:11:12: {told}",
        f"story/events/020-heard.md:12:13: {told}",
    )
    assert (code, out, said) == (1, "", "\n".join((*said_all, "2 errors", "")))
    assert not (tmp_path / "output").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the tool needs processes that fork")
def test_killed_runs_lose_nothing():
    """A few runs of the tool that kills them; by hand it does hundreds."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "kill_runs.py", "--runs", "12"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
