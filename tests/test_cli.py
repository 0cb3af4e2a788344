import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from storymap.cli import main

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"
LANGUAGES = ROOT / "tests" / "stories" / "good" / "languages"


@pytest.fixture
def story(tmp_path):
    """A copy of the smallest story, to be broken."""
    return shutil.copytree(MINIMAL, tmp_path / "story")


@pytest.fixture
def run():
    """A function that runs the command line and gives what it said."""

    def run(*words):
        return CliRunner().invoke(main, [str(word) for word in words])

    return run


def test_a_build_prints_the_page_alone_on_stdout(run, story, tmp_path):
    """The path is the result; what else is said goes to stderr."""
    output = tmp_path / "out"
    result = run("build", story, "-o", output)
    assert (result.exit_code, result.stdout) == (0, f"{output / 'index.html'}\n")
    assert re.fullmatch(r"built in \d+\.\d s, [\d,]+ bytes\n", result.stderr)


def test_a_build_that_changes_nothing_says_so(run, story, tmp_path):
    """The same story again writes nothing."""
    run("build", story, "-o", tmp_path / "out")
    before = (tmp_path / "out" / "index.html").stat()
    result = run("build", story, "-o", tmp_path / "out")
    assert result.stderr == "nothing changed, nothing written\n"
    assert (tmp_path / "out" / "index.html").stat().st_mtime_ns == before.st_mtime_ns


def test_a_gazetteer_that_leads_nowhere_is_told_like_any_problem(run, story, tmp_path):
    """Though it is looked at before anything is read."""
    (story / "gazetteer.yaml").unlink()
    (story / "gazetteer.yaml").symlink_to(story / "nothing.yaml")
    result = run("build", story, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr == "story/gazetteer.yaml: there is no such file\n1 error\n"


def test_the_page_does_not_tell_in_how_many_processes_it_was_made(tmp_path):
    """In two languages: by one process, or by one for each and another that reads the story."""

    def built(jobs):
        command = [sys.executable, "-m", "storymap", "build", LANGUAGES, "-o", tmp_path / jobs]
        subprocess.run([*command, "--jobs", jobs], check=True, capture_output=True)
        return (tmp_path / jobs / "index.html").read_bytes()

    assert built("1") == built("2")


def test_a_story_with_errors_leaves_the_last_page(run, story, tmp_path):
    """Exit code 1, every problem on stderr, and the page as it was."""
    page = tmp_path / "out" / "index.html"
    run("build", story, "-o", page.parent)
    before = page.read_bytes()
    (story / "story.yaml").write_text("format: 2\n", encoding="utf-8")
    result = run("build", story, "-o", page.parent)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "story/story.yaml:1:9: " in result.stderr
    assert page.read_bytes() == before


def test_strict_makes_warnings_count(run, story, tmp_path):
    """A place that is never used stops only a strict build."""
    gazetteer = story / "gazetteer.yaml"
    text = gazetteer.read_text(encoding="utf-8")
    more = "- id: unused\n  names: [{text: U, language: en, kind: official}]\n"
    more += "  location: {precision: unlocated, reason: for the test}\n"
    gazetteer.write_text(text + more, encoding="utf-8")
    assert run("build", story, "-o", tmp_path / "a").exit_code == 0
    assert run("check", story).exit_code == 0
    strict = run("build", story, "-o", tmp_path / "b", "--strict")
    assert (strict.exit_code, (tmp_path / "b").exists()) == (1, False)
    assert run("check", story, "--strict").exit_code == 1


def test_check_writes_nothing(run, story):
    """A sound story has no problems."""
    before = sorted(story.rglob("*"))
    result = run("check", story)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no problems\n")
    assert sorted(story.rglob("*")) == before


def test_check_doubts_what_reads_well(run, story):
    """A place outside its country is a warning, with the line of its coordinates."""
    gazetteer = story / "gazetteer.yaml"
    gazetteer.write_text(gazetteer.read_text(encoding="utf-8").replace("SK", "CZ"), "utf-8")
    result = run("check", story)
    assert result.exit_code == 0
    assert result.stdout == (
        "story/gazetteer.yaml:4:21: warning: [49.2231, 18.7394] lies in SK, 29 km outside CZ\n"
        "    check the coordinates, or `country`\n"
    )


def test_an_output_folder_that_is_a_file_is_told_in_words(run, story, tmp_path):
    """The message names it; nothing else is said."""
    output = tmp_path / "out"
    output.write_bytes(b"")
    result = run("build", story, "-o", output)
    message = f"cannot write {output}: it is a file, not a folder"
    assert (result.exit_code, result.stderr) == (1, f"storymap: {message}\n")


def test_templates_go_before_the_built_in_ones(run, story, tmp_path):
    """One template may be replaced, the others stay."""
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "cover.html.jinja").write_text("<h1>Mine</h1>", encoding="utf-8")
    output = tmp_path / "out"
    assert run("build", story, "-o", output, "--templates", templates).exit_code == 0
    page = (output / "index.html").read_text(encoding="utf-8")
    assert "<h1>Mine</h1>" in page
    assert 'id="sm-credits"' in page


def test_a_broken_template_is_told_in_words(run, story, tmp_path):
    """The message says what Jinja says."""
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "cover.html.jinja").write_text("{{ nothing }}", encoding="utf-8")
    result = run("build", story, "-o", tmp_path / "out", "--templates", templates)
    assert (result.exit_code, result.stderr) == (1, "storymap: 'nothing' is undefined\n")


def test_wrong_usage_is_exit_code_2(run):
    """An option that does not exist is the caller's mistake."""
    assert run("build", "--nonsense").exit_code == 2
    assert run("schema", "nonsense").exit_code == 2


def test_each_kind_of_file_has_its_schema(run):
    """Every listed kind prints a JSON Schema in which each field is described."""
    for kind in run("schema").stdout.split():
        schema = json.loads(run("schema", kind).stdout)
        described = [schema, *schema.get("$defs", {}).values()]
        fields = [field for each in described for field in each.get("properties", {}).values()]
        assert fields
        assert all("description" in field for field in fields)


def commands(group, prefix=""):
    """Name every command, also those of commands."""
    for name, command in group.commands.items():
        yield f"{prefix}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} ")


@pytest.mark.parametrize(("name", "command"), [*commands(main)])
def test_every_command_has_help_and_stands_in_the_readme(name, command):
    """A newcomer finds it in both places; docs/commands.md has the options."""
    assert command.help
    assert f"`storymap {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(each.help for each in command.params if isinstance(each, click.Option))
