"""EDTF from the `when` of Linked Places, whose timespans have a start and maybe an end.

Nothing becomes more certain than it was: of a start between two years the first is kept, as about
then; of several timespans each is, as far as its ends are known.
"""

from collections.abc import Iterator
from typing import Any

_DOUBTS = ("less-certain", "uncertain")


def edtf_of(when: Any) -> str:  # noqa: ANN401 - any JSON at all
    """Return what a `when` says, and the empty string where it says nothing.

    Our own `edtf` in it, which says it all, goes before its timespans.
    """
    if not isinstance(when, dict):
        return str(when or "")
    if isinstance(when.get("edtf"), str):
        return str(when["edtf"])
    timespans = when.get("timespans")
    listed = timespans if isinstance(timespans, list) else []
    doubt = "?" if when.get("certainty") in _DOUBTS else ""
    spans = [span for timespan in listed for span in _span(timespan, doubt)]
    if len(spans) == 1:
        return "/".join(dict.fromkeys(spans[0])) if all(spans[0]) else "/".join(spans[0])
    members = ("..".join(dict.fromkeys(filter(None, span))) for span in spans)
    return f"{{{','.join(members)}}}" if spans else ""


def _span(timespan: Any, doubt: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - as above
    """Yield start and end, either of which may be unknown, but not both."""
    if not isinstance(timespan, dict):
        return
    start, end = timespan.get("start"), timespan.get("end")
    begun = _moment(start, "earliest", doubt)
    ended = _moment(end, "latest", doubt)
    if end is None and not begun:  # it began by then, and nothing else is known
        ended = _moment(start, "latest", doubt)
    elif end is None and isinstance(start, dict) and "in" in start:
        ended = begun
    if begun or ended:
        yield begun, ended


def _moment(limit: Any, outer: str, doubt: str) -> str:  # noqa: ANN401 - as above
    if not isinstance(limit, dict):
        return ""
    if "in" in limit:
        return f"{limit['in']}{doubt}"
    return f"{limit[outer]}~" if outer in limit else ""
