"""Peers: pages that folium writes, their assets on the same disk.

    peer.py STORY PAGE            a marker with popup and tooltip for each place of the gazetteer
    peer.py STORY PAGE --slider   the places of each step, with a slider that goes through them

What npm does not carry of folium's assets (two small style sheets) is left out, as are the map
tiles: both make the peer faster, not slower.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import folium
import yaml
from folium.plugins import Timeline, TimelineSlider

MARKERS = 30
PACKAGES = Path(__file__).parent / "node_modules"
DAY_MS = 86_400_000
"""how long each step is on the slider; only playing it would tell"""


def assets(*paths: str) -> list[tuple[str, str]]:
    """Name files below `node_modules` as folium lists its assets."""
    return [(path, (PACKAGES / path).as_uri()) for path in paths]


def bare_map() -> folium.Map:
    """Return a map whose assets are on this disk."""
    peer = folium.Map(location=(48, 47), zoom_start=4, tiles=None)
    peer.default_js = assets(
        "leaflet/dist/leaflet.js",
        "jquery/dist/jquery.min.js",
        "bootstrap/dist/js/bootstrap.bundle.min.js",
        "drmonty-leaflet-awesome-markers/js/leaflet.awesome-markers.js",
    )
    peer.default_css = assets(
        "leaflet/dist/leaflet.css",
        "bootstrap/dist/css/bootstrap.min.css",
        "@fortawesome/fontawesome-free/css/all.min.css",
        "drmonty-leaflet-awesome-markers/css/leaflet.awesome-markers.css",
    )
    return peer


def write(path: Path) -> None:
    """Write a page with some markers."""
    peer = bare_map()
    for number in range(MARKERS):
        folium.Marker((40 + number % 5 * 3, 20 + number * 2)).add_to(peer)
    peer.save(path)


def write_places(story: Path, path: Path) -> None:
    """Write a page with all places of a story's gazetteer, each with a popup and a tooltip."""
    peer = bare_map()
    for place in places(story):
        at = float(place["lat"]), float(place["lon"])
        folium.Marker(at, popup=place["title"], tooltip=place["title"]).add_to(peer)
    peer.save(path)


def write_steps(story: Path, path: Path) -> None:
    """Write a page with a slider through a story's steps."""
    peer = bare_map()
    sites = {place["id"]: place for place in places(story)}
    files = sorted((story / "events").glob("*.md"))
    features = [
        feature(sites[place], event["title"], number)
        for number, event in enumerate(map(event_of, files))
        for place in event["places"]
    ]
    timeline = Timeline({"type": "FeatureCollection", "features": features}).add_to(peer)
    slider = TimelineSlider(auto_play=False, steps=len(files), end=DAY_MS * len(files))
    slider.default_js = assets(
        "leaflet.timeline/dist/leaflet.timeline.js", "moment/min/moment.min.js"
    )
    add_to_slider: Any = slider.add_timelines  # folium gives it no types
    add_to_slider(timeline).add_to(peer)
    peer.save(path)


def places(story: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a gazetteer."""
    with (story / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def event_of(path: Path) -> dict[str, Any]:
    """Return what stands at the head of an event's file."""
    event: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return event


def feature(place: dict[str, str], title: str, number: int) -> dict[str, Any]:
    """Return a place as it is seen at one step."""
    span = {"start": DAY_MS * number, "end": DAY_MS * (number + 1) - 1}
    point = {"type": "Point", "coordinates": [float(place["lon"]), float(place["lat"])]}
    return {"type": "Feature", "properties": {"title": title, **span}, "geometry": point}


if __name__ == "__main__":
    (write_steps if "--slider" in sys.argv else write_places)(Path(sys.argv[1]), Path(sys.argv[2]))
