"""`storymap build`."""

import sys
import time
from pathlib import Path
from typing import Any

import click

from storymap import reading
from storymap.cli.many import build_stories, expanded
from storymap.cli.options import BASE_URL, ROOT, STORY_FOLDER, STRICT, TEMPLATES, output_folder
from storymap.cli.speech import result, say, summary
from storymap.forks import ahead, processors

HEAVY = 500_000
"""bytes of a gazetteer whose places take longer to be sent by a copy than to be read"""


def _tags(_context: click.Context, _option: click.Parameter, text: str | None) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in text.split(",") if tag.strip()) if text else ()


@click.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER]...")
@output_folder("Folder that the page is written to.")
@click.option(
    "--languages",
    callback=_tags,
    metavar="TAGS",
    help="Languages of the page, as in en,sk; it opens in the first.",
)
@click.option("--separate", is_flag=True, help="Write a page for each language.")
@click.option(
    "--assets",
    type=click.Choice(["within", "beside"]),
    default="within",
    show_default=True,
    help="Where pictures, sounds and films go: into the page, or into files beside it.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many of several stories, or of the languages of one, are made at a time; by default "
    "one for each processor.",
)
@BASE_URL
@ROOT
@STRICT
@TEMPLATES
def build(  # noqa: PLR0913 - one for each option
    folders: tuple[str, ...],
    output: Path,
    *,
    languages: tuple[str, ...],
    assets: str,
    base_url: str | None,
    jobs: int | None,
    root: Path | None,
    templates: Path | None,
    separate: bool,
    strict: bool,
) -> None:
    """Build the story in FOLDER (by default: places) into one page.

    The page is in all languages of the story, and its readers choose. With --separate each language
    has a page of its own, and each page leads to the others.

    Of several folders each becomes a page in a folder of its name, beside a page that lists them.
    """
    options: dict[str, Any] = {
        "languages": languages,
        "separate": separate,
        "beside": assets == "beside",
        "base_url": base_url,
        "root": root,
        "templates": templates,
        "strict": strict,
    }
    folder, *others = expanded(folders) or [STORY_FOLDER]
    if others:
        build_stories([folder, *others], output, jobs=jobs, **options)
    else:
        _build_story(folder, output, jobs=jobs or processors(), **options)


def _build_story(  # noqa: PLR0913 - one for each option that it looks at
    folder: Path,
    output: Path,
    *,
    root: Path | None,
    beside: bool,
    strict: bool,
    jobs: int,
    **options: Any,  # noqa: ANN401 - of `pipeline.build`
) -> None:
    started = time.perf_counter()
    read = ahead(lambda: reading.read_story(folder, root=root), 1 if _is_heavy(folder) else jobs)

    # Meanwhile this process imports all that makes a page, which takes longer.
    from jinja2 import TemplateError  # noqa: PLC0415 - `--help` needs none of it

    from storymap import pipeline  # noqa: PLC0415 - as above
    from storymap.cli.weight import tell_weight  # noqa: PLC0415 - as above

    try:
        built = pipeline.build(
            folder, output, beside=beside, strict=strict, jobs=jobs, read=read(), **options
        )
    except pipeline.LanguageError as error:
        raise click.BadParameter(str(error), param_hint="--languages") from None
    except TemplateError as error:
        say(f"storymap: {error}")
        sys.exit(1)
    for problem in built.problems:
        say(problem)
    if built.page is None:
        say(summary(built.problems, strict=strict))
        sys.exit(1)
    for written in (*built.pages, *built.shared):
        result(written.path)
    if any(written.changed for written in (*built.pages, *built.shared)):
        size = max(page.path.stat().st_size for page in built.pages)
        each = " at most" if len(built.pages) > 1 else ""
        say(f"built in {time.perf_counter() - started:.1f} s, {size:,} bytes{each}")
        for line in tell_weight(size, built.media, beside=beside):
            say(line)
    else:
        say("nothing changed, nothing written")


def _is_heavy(folder: Path) -> bool:
    try:
        return any(path.stat().st_size > HEAVY for path in folder.glob("gazetteer.*"))
    except OSError:
        return False  # who reads it says what is wrong
