"""What any file of an author's is made of: plain data, and where each part of it stands."""

from typing import Protocol

from storymap.problems import Problem, Severity
from storymap.reading.faults import Fault

Data = None | str | list["Data"] | dict[str, "Data"]
"""What a document says: None is a key or an entry with nothing after it."""


class Entry(Protocol):
    """One thing that a file describes, whatever its kind."""

    @property
    def file(self) -> str:
        """The file, as shown to the author."""

    @property
    def data(self) -> Data:
        """What it says, in the keys of a record."""

    def problem(
        self, fault: Fault, severity: Severity = Severity.ERROR, *, of_key: bool = False
    ) -> Problem:
        """Return the problem that a fault is, now that it is known where."""

    def line(self) -> str:
        """Name the line for a hint: `places/gazetteer.yaml:31`."""
