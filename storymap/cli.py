"""The command line: results on stdout, speech on stderr.

Exit codes: 0 fine, 1 the story has problems or could not be written, 2 wrong usage.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from storymap import __version__
from storymap.problems import Problem, Severity

FOLDER = click.argument(
    "folder", type=click.Path(path_type=Path), default=Path("places"), metavar="[FOLDER]"
)
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storymap")
def main() -> None:
    """Turn a folder of plain text into one HTML story map that opens anywhere."""


@main.command()
@FOLDER
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Folder that the page is written to.",
)
@STRICT
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of Jinja templates that go before the built-in ones.",
)
def build(folder: Path, output: Path, templates: Path | None, *, strict: bool) -> None:
    """Build the story in FOLDER (by default: places) into one page."""
    from jinja2 import TemplateError  # noqa: PLC0415 - `--help` needs none of it

    from storymap import pipeline  # noqa: PLC0415 - as above

    started = time.perf_counter()
    try:
        built = pipeline.build(folder, output, templates=templates, strict=strict)
    except (OSError, TemplateError) as error:
        _say(f"storymap: {error}")
        sys.exit(1)
    _report(built.problems)
    if built.page is None:
        _say(_summary(built.problems, strict=strict))
        sys.exit(1)
    print(built.page.path)
    if built.page.changed:
        size = built.page.path.stat().st_size
        _say(f"built in {time.perf_counter() - started:.1f} s, {size:,} bytes")
    else:
        _say("nothing changed, nothing written")


@main.command()
@FOLDER
@STRICT
def check(folder: Path, *, strict: bool) -> None:
    """List every problem of the story in FOLDER (by default: places), writing nothing."""
    from storymap import pipeline  # noqa: PLC0415 - `--help` needs none of it

    problems = pipeline.check(folder)
    for problem in problems:
        print(problem)
    _say(_summary(problems, strict=strict))
    sys.exit(1 if pipeline.blocking(problems, strict=strict) else 0)


@main.command()
@click.argument("kind", metavar="[KIND]", default="")
def schema(kind: str) -> None:
    """Print the JSON Schema of the file kind KIND; without KIND, list the kinds."""
    import json  # noqa: PLC0415 - as above

    from storymap.reading.records import json_schemas  # noqa: PLC0415 - as above

    schemas = json_schemas()
    if not kind:
        print("\n".join(schemas))
    elif kind in schemas:
        print(json.dumps(schemas[kind], indent=2, ensure_ascii=False))
    else:
        message = f"{kind!r} is none of {', '.join(schemas)}"
        raise click.BadParameter(message, param_hint="KIND")


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        _say(str(problem))


def _summary(problems: Sequence[Problem], *, strict: bool) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "no problems"
    counted = [_count(errors, "error"), _count(warnings, "warning")]
    text = " and ".join(part for part in counted if part)
    return f"{text}; with --strict, warnings count" if strict and not errors else text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _say(text: str) -> None:
    print(text, file=sys.stderr)
