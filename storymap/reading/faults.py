"""What validators say is wrong with a value, before anyone knows in which line it stands."""

from typing import NamedTuple

from storymap.reading.yaml_nodes import Path


class Fault(NamedTuple):
    """One thing wrong with a value."""

    message: str
    hint: str = ""
    path: Path = ()
    """leads from the value to the part of it that is wrong"""


class Refused(ValueError):  # noqa: N818 - pydantic asks for a ValueError, readers for a verb
    """The author's value cannot be used; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
