"""The command line as a process of its own: `storymap` and `python -m storymap`."""

import atexit
import gc

from storymap.cli import main


def run() -> None:
    """Run the command line, then end.

    Nothing here lives long enough for collecting cycles to pay: it took a fifth of a build.
    """
    gc.disable()
    atexit.register(gc.freeze)
    main()


if __name__ == "__main__":
    run()
