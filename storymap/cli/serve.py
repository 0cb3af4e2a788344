"""`storymap serve`."""

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from storymap import checks
from storymap.cli.options import FOLDER, ROOT, TEMPLATES
from storymap.cli.speech import result, say, summary

FIRST_PORT = 1024
"""below which a port is the system's"""


@click.command()
@FOLDER
@click.option(
    "--port",
    type=click.IntRange(FIRST_PORT, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; if it is taken, the next free one.",
)
@click.option(
    "--open/--no-open", "opens", default=True, show_default=True, help="Open it in the browser."
)
@click.option("--language", metavar="TAG", help="Language to show; by default the story's own.")
@ROOT
@TEMPLATES
def serve(  # noqa: PLR0913 - one for each option
    folder: Path,
    port: int,
    language: str | None,
    root: Path | None,
    templates: Path | None,
    *,
    opens: bool,
) -> None:
    """Show the story in FOLDER (by default: places) in the browser, anew after each change.

    The page is in one language, so that a change is there at once; `storymap build` makes it in
    all of them.
    """
    import webbrowser  # noqa: PLC0415 - no other command opens one

    from storymap import pipeline, preview  # noqa: PLC0415 - `--help` needs none of it

    gc.enable()  # other commands end before it pays
    if not folder.is_dir():
        for problem in checks.check(folder):
            say(problem)
        sys.exit(1)

    def watched() -> Iterator[Path]:
        yield from checks.inputs(folder, root=root)
        if templates:
            yield templates

    session = preview.Session(
        partial(pipeline.preview, folder, language=language, root=root, templates=templates)
    )
    server = preview.Server(session, port)
    with server.running(), suppress(KeyboardInterrupt):
        if server.port != port:
            say(f"port {port} is taken, {server.port} is not")
        result(server.address)
        if opens:
            webbrowser.open(server.address)
        for _ in preview.changes(watched):
            started = time.perf_counter()
            state = session.rebuild()
            taken = 1000 * (time.perf_counter() - started)
            say(f"built in {taken:.0f} ms, {summary(state.problems, strict=False)}")
