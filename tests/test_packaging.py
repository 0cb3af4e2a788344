"""What is shipped: the wheel, the source archive and the editable install."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of this checkout."""
    return built("wheel", tmp_path_factory.mktemp("wheel"))


def built(target, folder):
    """Build one kind of archive into a folder."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (archive,) = folder.iterdir()
    return archive


def files_below(folder):
    """List the files of a folder of the checkout, as posix paths from its root."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_wheel_holds_what_the_tool_reads_and_no_more(wheel):
    """Python, atlas data, the bundle and the templates go in; browser sources stay out."""
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {name for name in names if ".dist-info/" not in name}
    dist = files_below("storymap/browser/dist")
    package = files_below("storymap") - files_below("storymap/browser")
    assert shipped == package | dist | {f"storymap/{name}" for name in files_below("templates")}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_builds_the_same_page(wheel, built_page, tmp_path):
    """Installed elsewhere, without a checkout and without Node, it writes the same bytes."""
    shutil.unpack_archive(wheel, tmp_path / "site", "zip")
    done = subprocess.run(
        [sys.executable, "-m", "storymap", "build", ROOT / "places", "-o", tmp_path / "out"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "index.html").read_bytes() == built_page.read_bytes()


def test_a_source_archive_can_be_built_without_node(tmp_path):
    """The bundle comes along, and no package of npm's does."""
    with tarfile.open(built("sdist", tmp_path)) as archive:
        paths = [PurePosixPath(*PurePosixPath(name).parts[1:]) for name in archive.getnames()]
    assert PurePosixPath("storymap/browser/dist/storymap.js") in paths
    assert PurePosixPath("storymap/browser/src/main.ts") in paths
    assert PurePosixPath("templates/page.html.jinja") in paths
    assert not [path for path in paths if "node_modules" in path.parts or ".venv" in path.parts]


def test_an_editable_install_copies_nothing(tmp_path, monkeypatch):
    """Templates and bundle are read where they are edited."""
    from hatchling.build import build_editable

    monkeypatch.chdir(ROOT)
    names = zipfile.ZipFile(tmp_path / build_editable(str(tmp_path))).namelist()
    assert [name for name in names if ".dist-info/" not in name] == ["_storymap_atlas.pth"]
