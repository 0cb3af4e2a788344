"""Ids made from names: `Žilina` is called `zilina`, `Токмок` is called `tokmok`."""

import re


def id_of(name: str) -> str:
    """Return the id that *name* suggests; empty where none of its letters has a Latin one."""
    from anyascii import anyascii  # noqa: PLC0415 - stories in YAML have ids of their own

    letters = re.sub("['`]", "", anyascii(name)).lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-").removeprefix("sm-")
