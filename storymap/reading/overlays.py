"""What lies on the map during a step: drawings and plans, each of their files read once."""

from collections.abc import Iterable
from pathlib import Path

from storymap.geometry import box_around, center_of
from storymap.model import Drawing, Event, Overlay, Place, Plan
from storymap.problems import Problem, Severity, StoryError
from storymap.reading.drawings import Features, read_drawing
from storymap.reading.entries import Entry
from storymap.reading.faults import Fault
from storymap.reading.pictures import Size, doubt, measure
from storymap.reading.records import OverlayRecord
from storymap.reading.swapped import looks_swapped
from storymap.text import read_text

_LARGEST_BYTES = 20_000_000
"""of a file that is looked into at all"""


class OverlayFiles:
    """The files of a story folder that overlays are made of."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self._name = name
        self._drawings: dict[str, Features] = {}
        self._weighed: set[str] = set()

    def read(
        self, records: Iterable[OverlayRecord], entry: Entry
    ) -> tuple[tuple[Overlay, ...], tuple[Problem, ...]]:
        """Return the overlays of the event that *entry* is, and what is wrong with their files."""
        overlays: list[Overlay] = []
        problems: list[Problem] = []
        for index, record in enumerate(records):
            if record.geojson:
                features, found = self._drawing(record.geojson)
                overlays.append(_drawing(record, self.folder / record.geojson, features))
                problems += found
            if record.image:
                size, faults = self._size(record.image)
                path = ("overlays", index, "image")
                problems += [entry.problem(f._replace(path=path), s) for f, s in faults]
                if size:
                    overlays.append(_plan(record, self.folder / record.image, size))
        return tuple(overlays), tuple(problems)

    def _drawing(self, file: str) -> tuple[Features, tuple[Problem, ...]]:
        """Return the features of a file, and its problems when it is read for the first time."""
        if file in self._drawings:
            return self._drawings[file], ()
        features, problems = self._read_drawing(file)
        self._drawings[file] = features
        return features, problems

    def _read_drawing(self, file: str) -> tuple[Features, tuple[Problem, ...]]:
        shown = f"{self._name}/{file}"
        path = self.folder / file
        if path.exists() and path.stat().st_size > _LARGEST_BYTES:
            message = f"this file is larger than {_LARGEST_BYTES // 1_000_000} MB"
            return (), (Problem(shown, 0, 0, message, "simplify it"),)
        try:
            return read_drawing(read_text(path, shown), shown)
        except StoryError as error:
            return (), error.problems

    def _size(self, file: str) -> tuple[Size | None, list[tuple[Fault, Severity]]]:
        """Return the size of a picture, and what is wrong with it; its weight only once."""
        path = self.folder / file
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                message = f"this file is larger than {_LARGEST_BYTES // 1_000_000} MB"
                return None, [(Fault(message, "scale it down"), Severity.ERROR)]
            data = path.read_bytes()
        except OSError as error:
            message = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
            return None, [(Fault(message), Severity.ERROR)]
        size = measure(data, path.suffix.lower())
        if isinstance(size, Fault):
            return None, [(size, Severity.ERROR)]
        heavy = None if file in self._weighed else doubt(data)
        self._weighed.add(file)
        return size, [(heavy, Severity.WARNING)] if heavy else []


def check_sides(
    events: Iterable[tuple[Entry, Event]], places: Iterable[Place]
) -> tuple[Problem, ...]:
    """Warn of overlays whose latitude may be their longitude, as *places* tell."""
    points = [place.location.point for place in places if place.location.point]
    if not points:
        return ()
    around = box_around(points)
    return tuple(
        entry.problem(_swapped(overlay, index), Severity.WARNING)
        for entry, event in events
        for index, overlay in enumerate(event.overlays)
        if overlay.points() and looks_swapped(center_of(box_around(overlay.points())), around)
    )


def _swapped(overlay: Overlay, index: int) -> Fault:
    message = "this lies far from every place, and would not with latitude and longitude swapped"
    if isinstance(overlay, Plan):
        return Fault(message, "write each corner as [latitude, longitude]", ("overlays", index))
    hint = "in GeoJSON the longitude comes first"
    return Fault(message, hint, ("overlays", index, "geojson"))


def _drawing(record: OverlayRecord, path: Path, features: Features) -> Drawing:
    return Drawing(path, record.label, features, record.credit, record.licence)


def _plan(record: OverlayRecord, path: Path, size: Size) -> Plan:
    if record.corners is None or record.alt is None:
        message = "the record of an image has corners and alternative text"
        raise TypeError(message)
    return Plan(
        path=path,
        label=record.label,
        alt=record.alt,
        corners=record.corners,
        width_px=size.width,
        height_px=size.height,
        opacity=record.opacity,
        credit=record.credit,
        licence=record.licence,
    )
