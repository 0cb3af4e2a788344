"""The peer: folium's own page with 30 markers, its assets on the same disk.

What npm does not carry of folium's assets (two small style sheets) is left out, as are the map
tiles: both make the peer faster, not slower.
"""

import csv
import sys
from pathlib import Path

import folium

MARKERS = 30
PACKAGES = Path(__file__).parent / "node_modules"


def assets(*paths: str) -> list[tuple[str, str]]:
    """Name files below `node_modules` as folium lists its assets."""
    return [(path, (PACKAGES / path).as_uri()) for path in paths]


def write(path: Path) -> None:
    """Write the peer's page."""
    peer = bare_map()
    for number in range(MARKERS):
        folium.Marker((40 + number % 5 * 3, 20 + number * 2)).add_to(peer)
    peer.save(path)


def write_places(story: Path, path: Path) -> None:
    """Write a page with all places of a story's gazetteer, each with a popup and a tooltip."""
    peer = bare_map()
    with (story / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = float(row["lat"]), float(row["lon"])
            folium.Marker(at, popup=row["title"], tooltip=row["title"]).add_to(peer)
    peer.save(path)


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


if __name__ == "__main__":
    write_places(*map(Path, sys.argv[1:]))
