"""What validators say is wrong with a value, before anyone knows in which line it stands."""

from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and indexes that lead from a value to a part of it."""


class Fault(NamedTuple):
    """One thing wrong with a value."""

    message: str
    hint: str = ""
    path: Path = ()
    """leads from the value to the part of it that is wrong"""
    quote: str = ""
    """words of that part, where not all of it is wrong"""

    @property
    def is_missing(self) -> bool:
        """Whether it is that a key is not there."""
        return bool(self.path) and self.message == f"'{self.path[-1]}' is missing"


class Refused(ValueError):  # noqa: N818 - pydantic asks for a ValueError, readers for a verb
    """The author's value cannot be used; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
