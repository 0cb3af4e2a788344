"""Ids of what is added."""

from storymap.editing.declined import DeclinedError
from storymap.reading.ids import id_of


def suggested_id(name: str) -> str:
    """Return the id that *name* suggests; `DeclinedError` where it suggests none."""
    if id := id_of(name):
        return id
    message = f"no id can be made of '{name}'"
    raise DeclinedError(message, "choose one, of a-z, 0-9 and hyphens: --id ID")
