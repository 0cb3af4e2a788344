"""The one command, without its slow parts: what it decides and what it says."""

import ast
import io
import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

import build

SOURCE = Path(build.__file__).read_text(encoding="utf-8")


def test_every_python_since_3_6_can_read_it():
    """Its grammar is old, and what is imported at once was there in 3.6."""
    tree = ast.parse(SOURCE, feature_version=(3, 6))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {name.name for node in at_once if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module for node in at_once if isinstance(node, ast.ImportFrom)}
    assert names <= {
        *("contextlib", "importlib.util", "json", "os", "re", "subprocess", "sys", "time"),
        *("pathlib", "typing", "webbrowser"),
    }


def test_no_annotation_needs_a_new_python():
    """Annotations are plain names or quoted, for an old Python evaluates them."""
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.FunctionDef):
            for hint in (node.returns, *(arg.annotation for arg in node.args.args)):
                assert isinstance(hint, ast.Name | ast.Constant | None), node.name


def test_an_old_python_gets_words(monkeypatch, capsys):
    """It is told what is needed, what it is, and where to get a newer one."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert build.main(["check"]) == 1
    assert capsys.readouterr().err == (
        f"Python 3.11 or newer is needed; this is 3.9.2 ({sys.executable}).\n"
        "Get a new one from https://www.python.org/downloads/ and run build.py with that.\n"
    )


def test_the_oldest_python_is_that_of_the_package():
    """pyproject.toml says the same."""
    assert build.pyproject()["project"]["requires-python"] == ">=3.11"
    assert build.OLDEST == (3, 11)


# --- what is here -------------------------------------------------------------------------------


@pytest.fixture
def installed(monkeypatch):
    """A function that sets what seems to be installed."""

    def installed(**versions):
        def version(name):
            if name not in versions:
                raise metadata.PackageNotFoundError(name)
            return versions[name]

        monkeypatch.setattr(metadata, "version", version)

    return installed


@pytest.mark.parametrize(
    ("version", "requirement", "expected"),
    [
        ("0.20.0", "folium", True),
        ("0.20.0", "folium>=0.20,<0.21", True),
        ("0.20.3.post1", "folium>=0.20,<0.21", True),
        ("0.19.7", "folium>=0.20,<0.21", False),
        ("0.21", "folium>=0.20,<0.21", False),
        ("0.9", "folium>=0.20", False),
        ("2", "folium>=0.20", True),
    ],
)
def test_a_requirement_has_bounds(installed, version, requirement, expected):
    """A version counts as the numbers that it is made of."""
    installed(folium=version)
    assert build.satisfied(requirement) is expected


def test_what_is_not_installed_satisfies_nothing(installed):
    """No version at all is no version that would do."""
    installed()
    assert not build.satisfied("folium")


def test_every_requirement_is_understood():
    """None in pyproject.toml has another form than a name with lower and upper bounds."""
    for requirement in build.requirements(testing=True) + build.build_requirements():
        assert re.fullmatch(r"[\w.-]+((>=|<)[\d.]+(,(?=.)|$))*", requirement), requirement


def test_tests_need_more():
    """What the tests need comes on top of what the package needs."""
    assert set(build.requirements(testing=False)) < set(build.requirements(testing=True))


def test_a_python_with_all_dependencies_is_ready(monkeypatch):
    """Where everything is importable nothing is set up, be it in an environment or not."""
    monkeypatch.setattr(build, "satisfied", lambda _: True)
    monkeypatch.setattr(build, "inside", lambda: False)
    assert build.ready(testing=True)


def test_without_a_bundle_its_makers_are_needed(monkeypatch, tmp_path):
    """A fresh clone is not ready, though all dependencies be there."""
    monkeypatch.setattr(build, "inside", lambda: False)
    monkeypatch.setattr(build, "satisfied", lambda name: name not in build.build_requirements())
    monkeypatch.setattr(build, "DIST", tmp_path)
    assert build.ready(testing=False)
    monkeypatch.setattr(build, "DIST", tmp_path / "dist")
    assert not build.ready(testing=False)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, False),
        (json.dumps({"url": build.ROOT.as_uri(), "dir_info": {"editable": True}}), True),
        (json.dumps({"url": (build.ROOT / "elsewhere").as_uri()}), False),
    ],
    ids=["from a registry", "this folder", "another folder"],
)
def test_a_moved_folder_is_set_up_again(monkeypatch, origin, expected):
    """An environment is ready when the very folder that it lies in is installed in it."""
    monkeypatch.setattr(build, "satisfied", lambda _: True)
    monkeypatch.setattr(build, "inside", lambda: True)
    monkeypatch.setattr(
        metadata, "distribution", lambda _: SimpleNamespace(read_text=lambda _: origin)
    )
    assert build.ready(testing=False) is expected


def test_an_interrupted_set_up_is_gone_on_with(monkeypatch):
    """The folder itself is installed last: without it, an environment is not ready."""

    def distribution(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(build, "satisfied", lambda _: True)
    monkeypatch.setattr(build, "inside", lambda: True)
    monkeypatch.setattr(metadata, "distribution", distribution)
    assert not build.ready(testing=False)


# --- setting up ---------------------------------------------------------------------------------


@pytest.fixture
def commands(monkeypatch):
    """The commands that would have been run."""
    ran = []
    monkeypatch.setattr(build, "quietly", lambda *command: ran.append(command))
    return ran


@pytest.mark.parametrize(
    ("system", "expected"), [("nt", "Scripts/python.exe"), ("posix", "bin/python")]
)
def test_where_an_environment_keeps_its_python(system, expected):
    """Windows has a layout of its own."""
    assert build.interpreter(Path("a b"), system) == Path("a b") / expected


def test_a_running_environment_is_kept(monkeypatch, tmp_path, commands):
    """Where its Python starts, nothing is made."""
    venv = tmp_path / "with space"
    python = build.interpreter(venv)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(build, "VENV", venv)
    assert build.environment() == python
    assert commands == []


@pytest.mark.parametrize("target", [None, "gone", "broken"])
def test_a_broken_environment_is_made_anew(monkeypatch, tmp_path, commands, capsys, target):
    """Without a Python, or with one that is gone or does not start, it is made from nothing."""
    venv = tmp_path / "venv"
    python = build.interpreter(venv)
    python.parent.mkdir(parents=True)
    if target == "gone":
        python.symlink_to(tmp_path / "gone")
    elif target == "broken":
        python.write_text("no program")
    monkeypatch.setattr(build, "VENV", venv)
    assert build.environment() == python
    assert commands == [(sys.executable, "-m", "venv", "--clear", str(venv))]
    assert capsys.readouterr().err == "Making an environment in .venv ... done in 0 s\n"


def test_a_missing_venv_module_gets_words(monkeypatch, tmp_path, capsys):
    """Debian splits it off; the name of its package is told."""
    monkeypatch.setattr(build, "VENV", tmp_path / "venv")
    monkeypatch.setattr(build, "ready", lambda **_: False)
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda _: None)
    assert build.main(["check"]) == 1
    assert capsys.readouterr().err == (
        "This Python cannot make the environment that Storymap needs: it has no ensurepip.\n"
        "On Debian and Ubuntu: sudo apt install python3-venv\n"
        "Elsewhere: install Python from https://www.python.org/downloads/\n"
    )


@pytest.mark.parametrize(("testing", "extra"), [(False, ""), (True, "[test]")])
def test_the_folder_itself_is_installed_last(commands, capsys, testing, extra):
    """First what builds it, then the folder with what it needs; its end tells how long it took."""
    build.install(testing=testing)
    first, last = (command[command.index("--no-input") + 1 :] for command in commands)
    assert first == tuple(build.build_requirements())
    assert last == ("--no-build-isolation", "--editable", f"{build.ROOT}{extra}")
    assert capsys.readouterr().err == (
        "Installing what Storymap needs there (once, about a minute, from the network) ... "
        "done in 0 s\n"
    )


@pytest.mark.parametrize(
    "output",
    [
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(…)'",
        "<urlopen error [Errno -3] Temporary failure in name resolution>",
        "npm error code ENOTFOUND\nnpm error network request to … failed",
        "npm ERR! code ECONNREFUSED",
    ],
)
def test_an_unreachable_registry_gets_words(output):
    """Whoever said it, pip or npm: the network is needed once."""
    assert build.reason(output).splitlines()[:3] == [
        "The package registries (PyPI and npm) could not be reached.",
        "Storymap needs the network once, to be set up: check the connection, then run this again.",
        "Its last words were:",
    ]


def test_another_failure_keeps_its_own_words():
    """The end of the installer's output is shown, for there the reason stands."""
    output = "\n".join(map(str, range(100)))
    assert build.reason(output).splitlines() == [
        "The installer failed; what it had finished is kept, so running this again goes on.",
        "Its last words were:",
        *(f"  | {line}" for line in range(70, 100)),
    ]


def test_a_failing_command_ends_the_set_up(capsys):
    """The step says so, and the reason carries what the command said."""
    with pytest.raises(build.SetUpError, match="no such thing"), build.step("Trying"):
        build.quietly(sys.executable, "-c", "import sys; sys.exit('no such thing')")
    assert capsys.readouterr().err == "Trying ... failed\n"


# --- running ------------------------------------------------------------------------------------


@pytest.fixture
def calls(monkeypatch):
    """The processes that would have been started, each ending with 0."""
    started = []
    monkeypatch.setattr(subprocess, "call", lambda command, **_: started.append(command) or 0)
    monkeypatch.setattr(build, "refresh_bundle", lambda: None)
    return started


def test_it_runs_itself_again_inside(monkeypatch, calls):
    """Where something is missing, the environment's Python gets the same arguments."""
    monkeypatch.setattr(build, "ready", lambda **_: False)
    monkeypatch.setattr(build, "inside", lambda: False)
    monkeypatch.setattr(build, "environment", lambda: Path("python"))
    assert build.main(["check", "my story"]) == 0
    assert calls == [["python", str(build.ROOT / "build.py"), "check", "my story"]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["build", str(build.ROOT / "places"), "-o", str(build.ROOT / "output")]),
        (["check", "places"], ["check", "places"]),
    ],
)
def test_other_words_go_to_the_tool(monkeypatch, calls, arguments, expected):
    """No words at all mean the project's own story, wherever it is run from."""
    given = []
    monkeypatch.setattr(build, "ready", lambda **_: True)
    monkeypatch.setattr(build, "double_clicked", lambda: False)
    monkeypatch.setattr("storymap.cli.main", lambda words, **_: given.append(words))
    assert build.main(arguments) == 0
    assert given == [expected]
    assert calls == []


@pytest.mark.usefixtures("calls")
def test_the_tools_exit_code_is_kept(monkeypatch):
    """Wrong usage is 2 here too."""
    monkeypatch.setattr(build, "ready", lambda **_: True)
    monkeypatch.setattr("storymap.cli.main", lambda *_, **__: sys.exit(2))
    assert build.main(["no-such-command"]) == 2


def test_test_runs_everything(monkeypatch, calls):
    """Linter, formatter, type checker and pytest on all cores, with pytest's words last."""
    monkeypatch.setattr(build, "ready", lambda **_: True)
    assert build.main(["test"]) == 0
    assert [call[2:] for call in calls] == [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["pytest", "--numprocesses=auto", "--dist=loadfile"],
    ]


def test_test_runs_pytest_alone_with_arguments(monkeypatch, calls):
    """For one test at a time."""
    monkeypatch.setattr(build, "ready", lambda **_: True)
    build.main(["test", "-k", "layers"])
    assert [call[2:] for call in calls] == [["pytest", "-k", "layers"]]


def test_one_failed_check_fails_all_and_stops_none(monkeypatch, calls, capsys):
    """The others run too, and the end names what failed."""
    monkeypatch.setattr(build, "ready", lambda **_: True)
    monkeypatch.setattr(
        subprocess, "call", lambda command, **_: calls.append(command) or int("mypy" in command)
    )
    assert build.main(["test"]) == 1
    assert len(calls) == 4
    assert capsys.readouterr().err == "failed: mypy\n"


# --- a double click -----------------------------------------------------------------------------


@pytest.fixture
def desktop(monkeypatch):
    """A function that sets whether the three streams are a terminal, on a Linux desktop."""

    def desktop(**terminals):
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.delenv("CI", raising=False)
        for name in ("stdin", "stdout", "stderr"):
            is_terminal = terminals.get(name, False)
            monkeypatch.setattr(
                build.sys, name, SimpleNamespace(isatty=lambda answer=is_terminal: answer)
            )

    return desktop


def test_a_run_without_a_terminal_is_a_double_click(desktop, monkeypatch):
    """A file manager gives no terminal; continuous integration gives none either but says so."""
    desktop()
    assert build.double_clicked()
    monkeypatch.setenv("CI", "true")
    assert not build.double_clicked()


def test_a_server_knows_no_double_click(desktop, monkeypatch):
    """Without a desktop there is no browser to open."""
    desktop()
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not build.double_clicked()


def test_a_terminal_of_its_own_is_a_double_click(desktop, monkeypatch):
    """A shell leads the session of its terminal; without one, the program itself does."""
    desktop(stdin=True, stdout=True, stderr=True)
    monkeypatch.setattr(os, "getsid", lambda _: os.getpid())
    assert build.double_clicked()
    monkeypatch.setattr(os, "getsid", lambda _: os.getppid())
    assert not build.double_clicked()


def test_piped_output_is_no_double_click(desktop):
    """`build.py > log` in a terminal still has a terminal for its speech."""
    desktop(stderr=True)
    assert not build.double_clicked()


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        (["python"], True),
        (["py", "python"], True),
        (["cmd", "py", "python"], False),
        (["powershell", "python"], False),
        ([], False),
    ],
)
def test_a_windows_console_without_a_shell_is_a_double_click(monkeypatch, programs, expected):
    """The launcher and Python alone hold the console that Explorer opened."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(build, "console_programs", lambda: programs)
    assert build.double_clicked() is expected


def test_a_double_click_shows_the_page(monkeypatch):
    """The built page is opened in the reader's browser."""
    opened = []
    monkeypatch.setattr(build.webbrowser, "open", opened.append)
    monkeypatch.setattr(build, "start", lambda _: 0)
    monkeypatch.setattr(build, "inside", lambda: False)
    monkeypatch.setattr(build, "double_clicked", lambda: True)
    assert build.main([]) == 0
    assert opened == [(build.ROOT / "output" / "index.html").as_uri()]


def test_a_double_click_keeps_its_window_on_an_error(monkeypatch, capsys):
    """Nobody could read why otherwise; the exit code stays."""
    terminal = io.StringIO("\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(build, "start", lambda _: 1)
    monkeypatch.setattr(build, "inside", lambda: False)
    monkeypatch.setattr(build, "double_clicked", lambda: True)
    assert build.main([]) == 1
    assert capsys.readouterr().out == "Press Enter to close this window. "


def test_words_are_no_double_click(monkeypatch):
    """With arguments somebody typed it, and no window is opened."""
    monkeypatch.setattr(build, "start", lambda _: 0)
    monkeypatch.setattr(build, "double_clicked", lambda: pytest.fail("asked"))
    assert build.main(["check"]) == 0
