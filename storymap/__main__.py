"""`python -m storymap`: the command line."""

from storymap.cli import main

main()
