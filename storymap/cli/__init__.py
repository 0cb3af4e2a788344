"""The command line, one module a command.

Exit codes: 0 fine, 1 the story has problems or could not be written, 2 wrong usage.
"""

import errno
from typing import Any

import click

from storymap import __version__
from storymap.cli.add import add
from storymap.cli.build import build
from storymap.cli.check import check
from storymap.cli.embed import embed
from storymap.cli.locate import locate
from storymap.cli.new import new
from storymap.cli.places import places
from storymap.cli.print import print_
from storymap.cli.pull import pull
from storymap.cli.schema import schema
from storymap.cli.serve import serve
from storymap.cli.speech import say, speak_utf8

__all__ = ["main"]


class _Commands(click.Group):
    """Commands that end in words where a file cannot be read or written, or a port be had."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as its base has it
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read the results has seen enough: click ends quietly
            say(f"storymap: {error}")
            ctx.exit(1)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[add, build, check, embed, locate, new, places, print_, pull, schema, serve],
)
@click.version_option(__version__, prog_name="storymap")
def main() -> None:
    """Turn a folder of plain text into one HTML story map that opens anywhere."""
    speak_utf8()
