"""`python -m storymap`: the command line where its script is not on the path."""

from storymap.cli import main

if __name__ == "__main__":
    main(prog_name="storymap")
