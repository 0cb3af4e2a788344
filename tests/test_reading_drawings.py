import json
from pathlib import Path

import pytest
from variants import changed, places_in

from storymap.geometry import LatLon
from storymap.model import Figure, Shape, Style
from storymap.reading.drawings import read_drawing

QUARTER = Path(__file__).parent / "stories" / "good" / "overlays" / "media" / "quarter.geojson"
ODD = (None, "", "x", -1, 1e999, True, [], ["x"], [[]], {}, {"type": "Feature"}, "\ud83d")


def read(data):
    """Return the features of a document without problems."""
    features, problems = read_drawing(json.dumps(data), "a.geojson")
    assert problems == ()
    return features


def only(geometry, **properties):
    """Return the only feature that a geometry and its properties make."""
    (feature,) = read({"type": "Feature", "properties": properties, "geometry": geometry})
    return feature


def test_positions_come_out_latitude_first_and_rounded():
    """To a decimetre; a height is left out."""
    (feature,) = read({"type": "Point", "coordinates": [18.73941449, 49.22315151, 345.6]})
    assert feature.figures == (Figure(Shape.POINT, ((LatLon(49.223152, 18.739414),),)),)


def test_collections_are_taken_apart():
    """Every geometry becomes points, lines and areas, in its order."""
    square = [[0, 0], [1, 0], [1, 1], [0, 0]]
    feature = only(
        {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]},
                {"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]]]},
                {"type": "GeometryCollection", "geometries": []},
                {"type": "MultiPolygon", "coordinates": [[square, square], [square]]},
            ],
        }
    )
    shapes = [(figure.shape, len(figure.lines)) for figure in feature.figures]
    assert shapes == [
        (Shape.POINT, 1),
        (Shape.POINT, 1),
        (Shape.LINE, 1),
        (Shape.AREA, 2),
        (Shape.AREA, 1),
    ]


def test_styles_are_those_of_simplestyle():
    """Short colours become long ones, with or without their sign; null says nothing."""
    feature = only(
        {"type": "Point", "coordinates": [0, 0]},
        **{
            "stroke": "#B32",
            "stroke-width": 3,
            "stroke-opacity": 0.5,
            "fill": "1f5a63",
            "fill-opacity": None,
            "marker-color": "",
            "marker-size": "small",
            "marker-symbol": "",
        },
    )
    assert feature.style == Style(
        stroke="#bb3322",
        stroke_width=3,
        stroke_opacity=0.5,
        fill="#1f5a63",
        marker_size="small",
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [(" The works ", "The works"), (1932, "1932"), (None, ""), ("a < b\nc & d", "a < b\nc & d")],
)
def test_texts_are_text(written, text):
    """Numbers are written out, and what merely looks like markup is none."""
    assert only({"type": "Point", "coordinates": [0, 0]}, title=written).title == text


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
)
def test_old_files_may_name_the_coordinate_system_that_they_have_anyway(name):
    """GDAL wrote it down until RFC 7946 did away with it."""
    crs = {"type": "name", "properties": {"name": name}}
    assert read({"type": "Point", "coordinates": [18, 49], "crs": crs})


def test_a_heavy_drawing_is_doubted():
    """Ten thousand positions make the page a quarter heavier."""
    line = [[18 + i / 10_000, 49] for i in range(10_000)]
    text = json.dumps({"type": "LineString", "coordinates": line})
    features, problems = read_drawing(text, "a.geojson")
    assert len(features[0].figures[0].lines[0]) == 10_000
    (said,) = map(str, problems)
    assert said == (
        "a.geojson:1:1: warning: this drawing adds about 220 KB to the page\n"
        "    simplify it: leave out what the step does not show, and every needless bend"
    )


def test_no_value_at_any_place_makes_the_reading_fail():
    """Each is a drawing or at least one problem with a line."""
    data = json.loads(QUARTER.read_text("utf-8"))
    for index, path in enumerate(places_in(data)):
        for odd in ODD[index % 3 :: 3]:
            features, problems = read_drawing(json.dumps(changed(data, path, odd)), "a.geojson")
            assert features or problems, (path, odd)
            assert all(problem.line for problem in problems if "more problems" not in str(problem))
