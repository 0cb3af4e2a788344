"""The story as the page's script reads it: one JSON document.

Its shape is written down once more in `browser/src/story.ts`; the snapshots under
`tests/snapshots` keep the two from drifting apart. Positions are latitude first; boxes are west,
south, east, north.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from storymap import axis, further, lettering, scenes, street
from storymap.atlas import Atlas, periods_at
from storymap.atlas.lettering import Name
from storymap.dates import spoken
from storymap.further import Further
from storymap.geometry import Box, LatLon
from storymap.interface import N_, texts
from storymap.model import Story

VERSION = 1
MAX_ZOOM = 14

TEXTS = {
    "cover": N_("Cover"),
    "counter": N_("{step} of {count}"),
    "announce": N_("Step {step} of {count}: {title}, {date}"),
    "announceCover": N_("Cover: {title}"),
    "today": N_("today {name}"),
    "language": N_("Language: {name}"),
    "undated": N_("undated"),
    "kilometres": N_("{count} km"),
    "metres": N_("{count} m"),
    "undrawn": N_("No borders are drawn for {date}: we have no data for that date"),
    "axis": N_("Time axis: {count} steps"),
    "linkCopied": N_("Link copied"),
    "linkShown": N_("Copy this address: {address}"),
    "noFullScreen": N_("This frame does not allow full screen"),
    "noPlaces": N_("No place of the story is called that"),
    "placesFound": N_("Places found: {count}"),
    "placesShown": N_("Places found: {count}; the first {shown} are shown"),
    "stations": N_("{step} of {count} stations: {name}"),
}
"""what the script itself says; `{…}` are filled in there"""


def document(  # noqa: PLR0913 - what is told, and where
    story: Story,
    layout: scenes.Layout,
    base: Atlas,
    *,
    packed: Further | None = None,
    map_name: str,
    language: str,
    languages: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the document as plain data, for a page that is in *languages*."""
    letters = lettering.lay_out(layout, base.bounds, language)
    laid_axis = axis.lay_out([event.when for event in story.events], language)
    return {
        "version": VERSION,
        "language": language,
        "languages": [*(languages or (language,))],
        "title": story.title,
        "map": map_name,
        "bounds": _box(base.bounds),
        "maxZoom": street.MAX_ZOOM if layout.overlays else MAX_ZOOM,
        "places": [_place(place) for place in layout.places],
        "routes": [
            {
                "id": laid.route.id,
                "title": laid.route.title,
                "date": spoken(laid.route.when, language) if laid.route.when else "",
                "stops": list(laid.stops),
                "legs": [leg.value for leg in laid.legs],
            }
            for laid in layout.routes
        ],
        "labels": [_label(name) for name in letters.names],
        "dated": [list(names) for names in letters.dated],
        "datedToday": letters.today,
        "cover": _scene(layout.cover, None, base, letters.scenes[0], language),
        "scenes": [
            _scene(scene, span, base, dated, language)
            for scene, span, dated in zip(
                layout.scenes, laid_axis.spans, letters.scenes[1:], strict=True
            )
        ],
        "axis": {
            "ticks": [{"at": _at(tick.at), "label": tick.label} for tick in laid_axis.ticks],
            "breaks": [_at(fold) for fold in laid_axis.folds],
            "lanes": laid_axis.lanes,
        },
        "texts": {key: texts(language).gettext(text) for key, text in TEXTS.items()},
        "street": street.document(story, layout),
        "further": further.document(packed, language),
    }


def escaped(data: Mapping[str, Any]) -> str:
    """Return JSON in which nothing can end the element or the line that holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _place(laid: scenes.LaidOutPlace) -> dict[str, Any]:
    location = laid.place.location
    return {
        "id": laid.place.id,
        "at": _position(laid.at) if laid.at else None,
        "precision": location.precision.value,
        "radius": round(location.radius_m or 0),
        "shape": [[_position(point) for point in ring] for ring in laid.shape],
        "kind": laid.kind.value,
        "names": list(dict.fromkeys(name.text for name in laid.place.names)),
        "labels": [{"text": label.text, "today": label.today} for label in laid.labels],
    }


def _label(name: Name) -> list[str | float]:
    """Return a name as a row: there are many."""
    # To 1 km, to 100 m where a map may be that close.
    at = (round(degrees, 2 if name.from_zoom < 7 else 3) for degrees in name.at)
    zooms = (name.from_zoom, name.to_zoom)
    return [name.text, name.kind.value, *(int(n) if n == int(n) else n for n in (*at, *zooms))]


def _scene(
    scene: scenes.Scene,
    span: axis.Span | None,
    base: Atlas,
    dated: int,
    language: str,
) -> dict[str, Any]:
    event = scene.event
    camera = scene.camera
    borders = periods_at(base.borders, scene.date)
    return {
        "id": event.id if event else "",
        "title": event.title if event else "",
        "date": spoken(event.when, language) if event else "",
        "when": event.when.edtf if event and event.when else "",
        "current": list(scene.current),
        "visited": list(scene.visited),
        "labels": list(scene.labels),
        "frame": _box(scene.frame),
        "zoom": scene.zoom,
        "camera": {"center": _position(camera.center), "zoom": camera.zoom} if camera else None,
        "routes": [
            {"route": t.route, "first": t.first, "last": t.last, "past": t.past}
            for t in scene.travels
        ],
        "borders": list(borders),
        "undrawn": "" if borders else spoken(scene.date, language),
        "dated": dated,
        "span": _span(span) if span else None,
    }


def _span(span: axis.Span) -> dict[str, Any]:
    return {
        "from": _at(span.start_at),
        "to": _at(span.end_at),
        "lane": span.lane,
        "start": span.start.value,
        "end": span.end.value,
        "vague": span.vague,
    }


def _position(point: LatLon) -> list[float]:
    """Return a position to five decimals, about a metre."""
    return [round(point.lat, 5), round(point.lon, 5)]


def _box(box: Box) -> list[float]:
    return [round(edge, 4) for edge in box]


def _at(position: float) -> float:
    return round(position, 4)
