"""`storymap embed`."""

import sys
from pathlib import Path

import click

from storymap.cli.options import BASE_URL, FOLDER, ROOT, output_folder
from storymap.cli.speech import result, say, summary


@click.command()
@FOLDER
@output_folder("Folder that the story's page is in.")
@click.option(
    "--height",
    type=click.IntRange(min=240),
    default=640,
    show_default=True,
    metavar="PIXELS",
    help="Height of the frame.",
)
@click.option("--step", default="", metavar="ID", help="Step on which the story opens.")
@click.option("--language", default="", metavar="TAG", help="Language in which it opens.")
@BASE_URL
@ROOT
def embed(  # noqa: PLR0913 - one for each option
    folder: Path,
    output: Path,
    *,
    height: int,
    step: str,
    language: str,
    base_url: str | None,
    root: Path | None,
) -> None:
    """Print the lines that show the story in FOLDER in another page, and write a lesson page.

    The lines are HTML for learning platforms and other sites. The lesson page, lesson.html, embeds
    the story and drives it; story-map.js is the custom element that it does so with.
    """
    from storymap import pipeline  # noqa: PLC0415 - `--help` needs none of it
    from storymap.lesson import Frame  # noqa: PLC0415 - as above
    from storymap.metadata import PAGE  # noqa: PLC0415 - as above

    try:
        embedded = pipeline.embed(
            folder,
            output,
            frame=Frame(height, step, language),
            base_url=base_url,
            root=root,
        )
    except pipeline.LanguageError as error:
        raise click.BadParameter(str(error), param_hint="--language") from None
    except pipeline.StepError as error:
        raise click.BadParameter(str(error), param_hint="--step") from None
    if embedded.snippet is None:
        for problem in embedded.problems:
            say(problem)
        say(summary(embedded.problems, strict=False))
        sys.exit(1)
    result(embedded.snippet)
    for written in embedded.files:
        say(f"{'wrote' if written.changed else 'unchanged:'} {written.path}")
    if not embedded.address:
        say("these lines want index.html beside the page; --base-url says where it is on the web")
    if not (output / PAGE).exists():
        say(f"there is no {output / PAGE} yet: storymap build writes it")
