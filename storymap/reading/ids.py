"""Ids made from names: `Žilina` is called `zilina`, `Токмок` is called `tokmok`."""

import re


def id_of(name: str) -> str:
    """Return the id that *name* suggests; empty where none of its letters has a Latin one."""
    letters = re.sub("['`]", "", name if name.isascii() else _in_latin(name)).lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-").removeprefix("sm-")


def _in_latin(name: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 - most stories need none of its tables

    return anyascii(name)
