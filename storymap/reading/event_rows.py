"""Events from a spreadsheet: a row is a step, in the order of the rows.

The columns are the keys of the front matter of an event, and `text`. What has parts of its own,
such as a table, needs a file in events/.
"""

import re
from collections.abc import Mapping

from storymap.problems import Problem
from storymap.reading.entries import Data
from storymap.reading.events import EventEntry
from storymap.reading.faults import Fault, Path
from storymap.reading.fields import fault_of_id
from storymap.reading.ids import id_of
from storymap.reading.sheets import Row, Sheet, listed, name_columns
from storymap.text import excerpt

COLUMNS = {
    "id": ("what links and other programs call it; by default made from the title", "founding"),
    "title": ("title of the step", "The founding"),
    "when": ("when it was (EDTF)", "1923-05-01"),
    "places": ("ids of places, what the step is about first", "zilina;bishkek"),
    "names-at": ("date whose names the map shows (EDTF)", "1921"),
    "flashback": ("whether it goes back in time", "true"),
    "route": ("id of the route that is travelled", "journey"),
    "from": ("id of the place where the step begins its part of the route", "zilina"),
    "to": ("id of the place where the step ends it", "orenburg"),
    "camera": ("latitude, longitude and zoom of what the map frames", "48.5, 45, 5"),
    "media": ("path of a picture in the story folder", "media/station.jpg"),
    "alt": ("what is to be seen in it, in words", "Families on a platform."),
    "caption": ("what stands below it", "Žilina, 1925"),
    "credit": ("who made it", "unknown photographer"),
    "licence": ("its terms of use", "public domain"),
    "background": ("general knowledge that no source carries (Markdown)", "Steppe is dry."),
    "sources": ("ids of the sources that say so", "geonames;fact-sheet"),
    "text": ("text of the step (Markdown)", "Families gather in the station."),
}
"""name -> what it holds, and an example"""

_TITLES = {name: name for name in COLUMNS} | {"place": "places", "date": "when"}
_GIVE = "write one in a column `id`"
_PICTURE = {"media": "file", "alt": "alt", "caption": "caption", "credit": "credit"}
_PICTURE |= {"licence": "licence"}

_HOMES: dict[Path, tuple[str, ...]] = {
    **{(name,): (name,) for name in COLUMNS},
    ("id",): ("id", "title"),
    ("route", "from"): ("from", "route"),
    ("route", "to"): ("to", "route"),
    **{("media", 0, key): (column, "media") for column, key in _PICTURE.items()},
}


def read_event_rows(sheet: Sheet) -> tuple[tuple[EventEntry, ...], tuple[Problem, ...]]:
    """Return the rows that describe events, and what is wrong with their ids and columns."""
    columns, problems = name_columns(sheet, _TITLES, _HOMES, "title")
    if columns is None:
        return (), problems
    found = [*problems]
    entries: list[EventEntry] = []
    known: dict[str, Row] = {}
    for number, texts in sheet.rows:
        cells = {name: text for name, i in columns.at.items() if (text := texts[i].strip())}
        row = Row(columns, number, _event(cells))
        id = cells.get("id") or id_of(cells.get("title", ""))
        entries.append(EventEntry(id, row, cells.get("text", "")))
        if fault := _fault_of(id, cells.get("title", ""), known):
            found.append(row.problem(fault._replace(path=("id",))))
        known.setdefault(id, row)
    if not entries:
        hint = "write a row for each"
        found.append(Problem(sheet.file, sheet.header, 1, "the story has no events", hint))
    return tuple(entries), tuple(found)


def _fault_of(id: str, title: str, known: Mapping[str, Row]) -> Fault | None:
    if not id:  # the check of the title tells where there is none
        return Fault(f"no id can be made of '{excerpt(title)}'", _GIVE) if title else None
    if id in known:
        return Fault(f"the id '{id}' is taken, by the event in {known[id].line()}", _GIVE)
    return fault_of_id(id)


def _event(cells: Mapping[str, str]) -> dict[str, Data]:
    event: dict[str, Data] = {
        name: cells[name] for name in ("title", "when", "names-at", "background") if name in cells
    }
    for name in ("places", "sources"):
        if name in cells:
            event[name] = [*listed(cells[name])]
    if "flashback" in cells:
        event["flashback"] = cells["flashback"].lower()
    route = {
        key: cells[column]
        for column, key in (("route", "id"), ("from", "from"), ("to", "to"))
        if column in cells
    }
    if route:
        event["route"] = {**route}
    if "camera" in cells:
        event["camera"] = _camera(cells["camera"])
    picture = {key: cells[column] for column, key in _PICTURE.items() if column in cells}
    if picture:
        event["media"] = [{**picture}]
    return event


def _camera(text: str) -> Data:
    *center, zoom = [number.replace(",", ".") for number in re.split(r"\s*;\s*|,?\s+", text)]
    return {"center": [*center], "zoom": zoom}
