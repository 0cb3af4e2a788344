"""`storymap build`."""

import sys
import time
from pathlib import Path

import click

from storymap.cli.options import BASE_URL, FOLDER, ROOT, STRICT, TEMPLATES
from storymap.cli.speech import result, say, summary


def _tags(_context: click.Context, _option: click.Parameter, text: str | None) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in text.split(",") if tag.strip()) if text else ()


@click.command()
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
@BASE_URL
@ROOT
@STRICT
@TEMPLATES
def build(  # noqa: PLR0913 - one for each option
    folder: Path,
    output: Path,
    *,
    languages: tuple[str, ...],
    assets: str,
    base_url: str | None,
    root: Path | None,
    templates: Path | None,
    separate: bool,
    strict: bool,
) -> None:
    """Build the story in FOLDER (by default: places) into one page.

    The page is in all languages of the story, and its readers choose. With --separate each language
    has a page of its own, and each page leads to the others.
    """
    from jinja2 import TemplateError  # noqa: PLC0415 - `--help` needs none of it

    from storymap import pipeline  # noqa: PLC0415 - as above
    from storymap.cli.weight import tell_weight  # noqa: PLC0415 - as above

    started = time.perf_counter()
    try:
        built = pipeline.build(
            folder,
            output,
            languages=languages,
            separate=separate,
            beside=assets == "beside",
            base_url=base_url,
            root=root,
            templates=templates,
            strict=strict,
        )
    except pipeline.LanguageError as error:
        raise click.BadParameter(str(error), param_hint="--languages") from None
    except (OSError, TemplateError) as error:
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
        for line in tell_weight(size, built.media, beside=assets == "beside"):
            say(line)
    else:
        say("nothing changed, nothing written")
