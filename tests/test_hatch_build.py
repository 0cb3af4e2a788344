"""The bundle is made when its sources change, and what breaks on the way is made good."""

import os
from pathlib import Path
from threading import Thread

import pytest

import hatch_build


class Bundler:
    """Stands in for Node: a bundle is two copies of the one source."""

    def __init__(self, folder):
        self.folder = folder
        self.source = folder / "src" / "main.ts"
        self.runs = 0

    def run(self, folder, *command):
        """Do what Node does."""
        self.runs += 1
        for name in ("a.js", "b.css"):
            (folder / command[-1] / name).write_bytes(self.source.read_bytes())

    @property
    def made(self):
        """What the parts of the bundle hold."""
        return {(self.folder / "dist" / name).read_text() for name in ("a.js", "b.css")}


@pytest.fixture
def bundler(tmp_path, monkeypatch):
    """A bundle to be made in a folder of its own."""
    for name in ("package-lock.json", "build.mjs", "src/main.ts", "node_modules/one"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("first")
    bundler = Bundler(tmp_path)
    monkeypatch.setattr(hatch_build, "BROWSER", tmp_path)
    monkeypatch.setattr(hatch_build, "DIST", tmp_path / "dist")
    monkeypatch.setattr(hatch_build, "STAMP", tmp_path / "dist" / "sources.sha256")
    monkeypatch.setattr(hatch_build, "install_packages", lambda: None)
    monkeypatch.setattr(hatch_build, "run", bundler.run)
    return bundler


def test_what_counts_is_what_sources_hold(bundler):
    """A clock that was put back, or that runs ahead, keeps no change out and makes none."""
    hatch_build.bundle()
    os.utime(bundler.source, (2**32, 2**32))
    hatch_build.bundle()
    assert bundler.runs == 1
    bundler.source.write_text("second")
    os.utime(bundler.source, (1, 1))
    hatch_build.bundle()
    assert bundler.made == {"second"}


def test_a_failing_bundle_leaves_the_last_one(bundler, monkeypatch):
    """It stays whole, and the next run makes it anew."""
    hatch_build.bundle()
    bundler.source.write_text("second")

    def fail(folder, *command):
        (folder / command[-1] / "a.js").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(hatch_build, "run", fail)
    with pytest.raises(KeyboardInterrupt):
        hatch_build.bundle()
    assert bundler.made == {"first"}
    assert not hatch_build.fresh()
    monkeypatch.setattr(hatch_build, "run", bundler.run)
    hatch_build.bundle()
    assert bundler.made == {"second"}


def test_a_bundle_that_was_half_replaced_is_made_again(bundler, monkeypatch):
    """Whoever is killed meanwhile leaves no stamp; parts of former bundles go."""
    hatch_build.bundle()
    bundler.source.write_text("second")
    move = Path.replace

    def interrupted(part, target):
        move(part, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        hatch_build.bundle()
    monkeypatch.setattr(Path, "replace", move)
    assert bundler.made == {"first", "second"}
    (bundler.folder / "dist" / "old.js").touch()
    hatch_build.bundle()
    assert bundler.made == {"second"}
    names = {path.name for path in (bundler.folder / "dist").iterdir()}
    assert names == {"a.js", "b.css", "sources.sha256"}


@pytest.mark.skipif(os.name == "nt", reason="folders are not locked there")
def test_of_two_at_once_one_makes_it(bundler):
    """The other waits, and finds it made."""
    threads = [Thread(target=hatch_build.bundle) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bundler.runs == 1
    assert bundler.made == {"first"}
