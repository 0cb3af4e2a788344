"""`storymap print`."""

import sys
import time
from pathlib import Path

import click

from storymap.cli.options import BASE_URL, FOLDER, ROOT, STRICT
from storymap.cli.speech import result, say, summary
from storymap.writing import write_file


@click.command("print")
@FOLDER
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File to write; by default output/story.pdf.",
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    default="a4",
    show_default=True,
    help="Size of the paper.",
)
@click.option("--language", metavar="TAG", help="Language to print; by default the story's own.")
@BASE_URL
@ROOT
@STRICT
def print_(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    output: Path | None,
    paper: str,
    language: str | None,
    base_url: str | None,
    root: Path | None,
    *,
    strict: bool,
) -> None:
    """Print the story in FOLDER (by default: places) into a PDF: a handout.

    A browser that is installed makes it, without a window and without the network: Chromium,
    Chrome, Edge or Brave.
    """
    from storymap import pipeline, printing  # noqa: PLC0415 - `--help` needs none of it

    started = time.perf_counter()
    named = f"story.{language}.pdf" if language else "story.pdf"
    try:
        browser = printing.find_browser()
        made = pipeline.handout(
            folder, language=language, base_url=base_url, root=root, strict=strict
        )
        for problem in made.problems:
            say(problem)
        if made.page is None:
            say(summary(made.problems, strict=strict))
            sys.exit(1)
        pdf = printing.print_page(made.page.decode(), paper, browser)
        written = write_file(output or Path("output") / named, pdf)
    except pipeline.LanguageError as error:
        raise click.BadParameter(str(error), param_hint="--language") from None
    result(written.path)
    say(f"printed in {time.perf_counter() - started:.1f} s, {len(pdf):,} bytes")
