# ruff: noqa: SLF001 - the seams of branca that the adapter relies on are what is tested

import io
import json
import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import folium
import pytest
from branca.element import Element, Figure
from folium import plugins
from folium.features import CustomIcon, DivIcon
from folium.raster_layers import ImageOverlay, VideoOverlay

from storymap import bundle
from storymap.folium_map import OutsideError, OutsideScriptError, StoryMap, map_parts
from storymap.geometry import Box

FRAME = Box(18.0, 42.0, 75.0, 50.0)
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="
HOSTILE = "</script><script>alert(1)</script><!-- {{ 7 * 7 }} {% raise %} {# `${alert(1)}`"
TELLING = """
    map_1.eachLayer((layer) => {
        layer.on("click", () => { document.title = layer.storymapCard ?? "no card" })
    })
"""
"""stands in for the runtime: the title of the page is the card that was clicked for"""


def hashed(text):
    """Return the source of a content security policy that allows this text and no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def render_page(parts):
    """Make a page of nothing but Leaflet and the map, under a policy as strict as the real one."""
    style = "#map_1 { height: 600px } .leaflet-tooltip { pointer-events: none }" + bundle.load().css
    own = parts.script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
    scripts = (bundle.load(layers=True).leaflet_js, own, TELLING)
    policy = (
        f"default-src 'none'; script-src {' '.join(map(hashed, scripts))}; "
        f"style-src {hashed(style)}; img-src data:"
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>map</title>'
        f"<style>{style}</style></head><body>{parts.html}{parts.cards}"
        + "".join(f"<script>{script}</script>" for script in scripts)
    )


@pytest.fixture
def story_map():
    return StoryMap(render_page, title="Interhelpo & co", frame=FRAME)


@pytest.fixture
def open_map(story_map, open_page, tmp_path):
    """A function that opens the map's page in a browser."""

    def open_map():
        story_map.save(tmp_path / "map.html")
        return open_page(tmp_path / "map.html", outcome=None)

    return open_map


def collection(*properties):
    """Return points on a line, one for each object of properties."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": own,
                "geometry": {"type": "Point", "coordinates": [20 + 5 * i, 46]},
            }
            for i, own in enumerate(properties)
        ],
    }


def everything(story_map):
    """Add one of each kind of element that a story map takes."""
    group = folium.FeatureGroup("Journeys").add_to(story_map)
    folium.PolyLine([[49.2, 18.7], [42.9, 74.6]], tooltip="the way").add_to(group)
    folium.Marker([43, 45], popup="here", icon=DivIcon(html="<b>A</b>")).add_to(group)
    for shape in (
        folium.CircleMarker([49.2, 18.7], popup="<b>Žilina</b>", tooltip="Žilina"),
        folium.Circle([42.9, 74.6], radius=8000),
        folium.Polygon([[42, 74], [43, 74], [43, 75]]),
        folium.Rectangle([[45, 40], [46, 41]]),
        folium.Marker([48.7, 44.5], icon=folium.Icon(color="red"), popup="Tsaritsyn"),
        folium.Marker([45, 41.1], icon=CustomIcon(PIXEL, icon_size=(9, 9))),
        folium.Marker([43.2, 76.9]),
        ImageOverlay(PIXEL, [[44, 60], [46, 64]]),
        folium.GeoJson(
            collection({"name": "a", "n": 1}, {"name": "b", "n": 2000}),
            style_function=lambda feature: {
                "color": "red" if feature["properties"]["n"] == 1 else "blue"
            },
            highlight_function=lambda _: {"weight": 9},
            marker=folium.CircleMarker(radius=4),
            popup=folium.GeoJsonPopup(["name", "n"], ["Name", "Number"]),
            tooltip=folium.GeoJsonTooltip(["name"], labels=False),
        ),
        folium.LayerControl(),
    ):
        shape.add_to(story_map)
    return story_map


def test_the_script_needs_only_leaflet(story_map):
    """A bare map is its element, and a script without folium's own libraries."""
    parts = map_parts(story_map)
    assert parts.html == '<div class="folium-map" id="map_1" ></div>'
    assert (parts.name, parts.cards, parts.layers) == ("map_1", "", False)
    assert "var map_1 = L.map(" in parts.script
    assert not re.search(r"\$\(|jquery|AwesomeMarkers|https?:", parts.script, re.IGNORECASE)


def test_no_output_names_a_host(story_map):
    """With every kind of element added, nothing points outside the page."""
    parts = map_parts(everything(story_map))
    assert parts.layers
    assert not re.search("https?:|[\"']//", parts.html + parts.script + parts.cards)


def test_ids_are_counted(story_map):
    """Every id is the kind of its element and a number, in order of appearance."""
    script = map_parts(everything(story_map)).script
    numbers = [int(n) for n in re.findall(r"var [a-z_]+_(\d+) = L", script)]
    assert all(a < b for a, b in pairwise(numbers))
    assert not re.search("[0-9a-f]{32}", script)


def test_branca_makes_ids_of_32_hexadecimal_digits():
    """The seam by which ids are found and numbered is there."""
    element = folium.Marker([0, 0])
    assert re.fullmatch("[0-9a-f]{32}", element._id)
    assert element.get_name() == f"marker_{element._id}"


def test_the_same_map_gives_the_same_text(story_map):
    """Neither another rendering nor another map of the same makes a difference."""
    once = map_parts(everything(story_map))
    assert map_parts(story_map) == once
    again = everything(StoryMap(render_page, title="", frame=FRAME))
    assert map_parts(again) == once


def test_rendering_leaves_the_map_alone(story_map):
    """Children and data are the same objects afterwards, in the same order."""
    data = collection({"name": "a"})
    before = json.dumps(data)
    layer = folium.GeoJson(data, popup=folium.GeoJsonPopup(["name"])).add_to(story_map)
    marker = folium.Marker([0, 0], popup="x", icon=folium.Icon()).add_to(story_map)
    children = [list(element._children.items()) for element in (story_map, layer, marker)]
    root = story_map.get_root()
    map_parts(story_map)
    assert [list(e._children.items()) for e in (story_map, layer, marker)] == children
    assert layer.data is data
    assert json.dumps(data) == before
    assert story_map.get_root() is root


def test_folium_itself_is_left_alone(story_map):
    """Other maps keep their scripts, and no list that classes share has changed."""
    before = [list(folium.Map.default_js), list(folium.Map.default_css)]
    with pytest.raises(OutsideScriptError):
        story_map.add_js_link("mine", "https://example.org/mine.js")
    map_parts(story_map)
    assert [folium.Map.default_js, folium.Map.default_css] == before
    assert "https://code.jquery.com" in folium.Map().get_root().render()


def card(number, title, body):
    """Return a card as the page gets it."""
    heading = f'<h3 class="sm-hidden">{title}</h3>'
    return f'<template id="sm-card-{number}">{heading}<div>{body}</div></template>'


def test_a_popup_becomes_a_card(story_map):
    """The layer names the card; both are called what the tooltip says, else the popup."""
    folium.CircleMarker([0, 0], popup="<b>founded</b> 1923", tooltip="Žilina").add_to(story_map)
    folium.CircleMarker([0, 0], popup="Pishpek `1868`").add_to(story_map)
    parts = map_parts(story_map)
    assert parts.cards.splitlines() == [
        card(1, "Žilina", "<b>founded</b> 1923"),
        card(2, "Pishpek `1868`", "Pishpek `1868`"),
    ]
    assert 'circle_marker_2.storymapCard = "sm-card-1";' in parts.script
    assert 'circle_marker_3.storymapCard = "sm-card-2";' in parts.script
    assert '"ariaLabel": "Pishpek `1868`"' in parts.script
    assert "bindPopup" not in parts.script


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b onclick='x()' style='color:red' id='map_1' class='y'>hi</b>", "<b>hi</b>"),
        ("<script>alert(1)</script>hi<style>b {}</style>", "hi"),
        ("<img src='https://example.org/a.png' alt='a train'>", '<img alt="a train">'),
        (f"<img src='{PIXEL}' alt='a train'>", f'<img src="{PIXEL}" alt="a train">'),
        (
            "<a href='https://example.org'>out</a>",
            '<a href="https://example.org" rel="noopener noreferrer">out</a>',
        ),
        (
            "<a href='javascript:x()'>a</a><a href='data:text/html,x'>b</a>",
            '<a rel="noopener noreferrer">a</a><a rel="noopener noreferrer">b</a>',
        ),
        (
            "<svg viewBox='0 0 1 1'><circle r='1' fill='url(https://example.org)'/></svg>",
            '<svg viewBox="0 0 1 1"><circle r="1"></circle></svg>',
        ),
        (folium.IFrame("<p>framed</p>"), "<p>framed</p>"),
        (Element("<p>{{ 7 * 7 }}</p>"), "<p>{{ 7 * 7 }}</p>"),
        ("<b>unclosed {{ 7 * 7 }}", "<b>unclosed {{ 7 * 7 }}</b>"),
    ],
)
def test_a_card_holds_what_is_safe(story_map, html, shown):
    """Text, links and inline pictures stay; what runs, styles or fetches goes."""
    folium.CircleMarker([0, 0], popup=folium.Popup(html)).add_to(story_map)
    assert re.search("</h3><div>(.*)</div></template>$", map_parts(story_map).cards)[1] == shown


def test_each_feature_has_its_card(story_map):
    """Fields become rows, numbers are grouped, markup in them is text."""
    data = collection(
        {"name": "<i>Armavir</i>", "people": 1078}, {"name": "Frunze", "people": None}
    )
    popup = folium.GeoJsonPopup(["name", "people"], aliases=["Place", "People"])
    folium.GeoJson(data, popup=popup).add_to(story_map)
    assert map_parts(story_map).cards.splitlines() == [
        card(
            1,
            "&lt;i&gt;Armavir&lt;/i&gt;",
            '<table><tr><th scope="row">Place</th><td>&lt;i&gt;Armavir&lt;/i&gt;</td></tr>'
            '<tr><th scope="row">People</th><td>1,078</td></tr></table>',
        ),
        card(
            2,
            "Frunze",
            '<table><tr><th scope="row">Place</th><td>Frunze</td></tr>'
            '<tr><th scope="row">People</th><td></td></tr></table>',
        ),
    ]


def test_text_for_a_popup_may_be_plain(story_map):
    """With `parse_html`, markup is shown as it is."""
    popup = folium.Popup("Mom & Pop <shop>", parse_html=True)
    folium.CircleMarker([0, 0], popup=popup).add_to(story_map)
    text = "Mom &amp; Pop &lt;shop&gt;"
    assert map_parts(story_map).cards == card(1, text, text)


def test_a_field_that_no_feature_has_is_named(story_map):
    """A misspelt field is an error that says which ones there are."""
    popup = folium.GeoJsonPopup(["nmae"])
    folium.GeoJson(collection({"name": "a", "n": 1}), popup=popup).add_to(story_map)
    message = "GeoJsonPopup shows 'nmae'; the features have ['n', 'name']"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        map_parts(story_map)


@pytest.mark.parametrize(
    "data",
    [
        {"type": "Point", "coordinates": [20, 46]},
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [20, 46]},
            "properties": None,
        },
    ],
    ids=lambda data: data["type"],
)
def test_a_bare_geometry_is_a_feature(story_map, data):
    """It gets the properties that folium's script asks after."""
    folium.GeoJson(data).add_to(story_map)
    assert '"properties": {}, "type": "Feature"}]' in map_parts(story_map).script


def test_data_are_always_in_the_page(story_map, tmp_path):
    """A file that folium would leave where it is is embedded like any other."""
    (tmp_path / "data.json").write_text(json.dumps(collection({"name": "Frunze"})))
    folium.GeoJson(str(tmp_path / "data.json"), embed=False).add_to(story_map)
    script = map_parts(story_map).script
    assert '"name": "Frunze"' in script
    assert "ajax" not in script


@pytest.mark.parametrize(
    ("colour", "fill"), [("red", "red"), ("lightred", "#ff8e7f"), ("darkpurple", "#5b396b")]
)
def test_an_icon_becomes_a_dot_of_its_colour(story_map, colour, fill):
    """The pictures of folium's icons are a font from elsewhere."""
    folium.Marker([0, 0], icon=folium.Icon(color=colour)).add_to(story_map)
    assert rf"fill=\"{fill}\"" in map_parts(story_map).script


def test_a_picture_overlay_takes_a_file(story_map, tmp_path):
    """A picture from disk is put into the script."""
    (tmp_path / "map.gif").write_bytes(b"GIF89a")
    ImageOverlay(str(tmp_path / "map.gif"), [[0, 0], [1, 1]]).add_to(story_map)
    assert "data:image/gif;base64,R0lGODlh" in map_parts(story_map).script


OUTSIDE = [
    (
        plugins.MarkerCluster(),
        (
            "MarkerCluster needs scripts from outside the page (leaflet.markercluster.js, "
            "MarkerCluster.css, MarkerCluster.Default.css)"
        ),
    ),
    (
        plugins.HeatMap([[0, 0]]),
        "HeatMap needs scripts from outside the page (leaflet_heat.min.js)",
    ),
    (
        folium.LinearColormap(["red", "blue"]),
        "LinearColormap needs scripts from outside the page (d3.min.js)",
    ),
    (
        folium.CircleMarker([0, 0], popup=folium.Popup().add_child(folium.VegaLite({}))),
        "VegaLite needs scripts from outside the page",
    ),
    (
        folium.GeoJson(
            collection({"a": 1}),
            style_function=lambda _: {"fillPattern": plugins.pattern.StripePattern()},
        ),
        "a style needs scripts from outside the page (leaflet.pattern.js)",
    ),
    (folium.TileLayer(), "TileLayer needs pictures from tile.openstreetmap.org"),
    (
        folium.WmsTileLayer("https://example.org/wms", "roads"),
        "WmsTileLayer needs pictures from example.org",
    ),
    (
        ImageOverlay("https://example.org/a.png", [[0, 0], [1, 1]]),
        "ImageOverlay needs pictures from example.org",
    ),
    (
        VideoOverlay("https://example.org/a.webm", [[0, 0], [1, 1]]),
        "VideoOverlay needs pictures from example.org",
    ),
    (
        folium.Marker([0, 0], icon=CustomIcon("https://example.org/a.png")),
        "CustomIcon needs pictures from example.org",
    ),
    (
        plugins.FloatImage("https://example.org/a.png"),
        "FloatImage needs a place beside the map",
    ),
]


@pytest.mark.parametrize(("element", "message"), OUTSIDE, ids=[text for _, text in OUTSIDE])
def test_what_needs_the_outside_is_refused_by_name(story_map, element, message):
    """Wherever it is in the map, the error names the element and what it would fetch."""
    folium.FeatureGroup().add_to(story_map).add_child(element)
    message += "; a story map holds everything in one file"
    with pytest.raises(OutsideError, match=f"^{re.escape(message)}$"):
        map_parts(story_map)


@pytest.mark.parametrize("part", ["header", "html", "script"])
def test_nothing_goes_beside_the_map(story_map, part):
    """The page's own parts are closed, with an error where somebody adds to them."""
    message = "Element needs a place beside the map; a story map holds everything in one file"
    with pytest.raises(OutsideError, match=f"^{message}$"):
        getattr(story_map.get_root(), part).add_child(Element("<h1>mine</h1>"))


def test_what_takes_jquery_is_refused(story_map):
    """`keep_in_front` says so at once."""
    message = (
        "keep_in_front needs scripts from outside the page (jquery.js); "
        "a story map holds everything in one file"
    )
    with pytest.raises(OutsideScriptError, match=f"^{re.escape(message)}$"):
        story_map.keep_in_front(folium.FeatureGroup())


def test_the_root_renders_the_page(story_map):
    """Tools that ask folium's way get the whole page."""
    assert story_map.get_root().render() == story_map.page() == render_page(map_parts(story_map))


def test_save_takes_a_path_or_a_file(story_map, tmp_path):
    """Both get the page; the file is closed unless told otherwise."""
    story_map.save(str(tmp_path / "map.html"))
    kept, closed = io.BytesIO(), io.BytesIO()
    story_map.save(kept, close_file=False)
    story_map.save(closed)
    assert kept.getvalue() == (tmp_path / "map.html").read_bytes() == story_map.page().encode()
    assert closed.closed


def test_a_refusal_leaves_the_saved_file_alone(story_map, tmp_path):
    """The last good page stays."""
    (tmp_path / "map.html").write_text("good")
    folium.TileLayer().add_to(story_map)
    with pytest.raises(OutsideError):
        story_map.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text() == "good"


def test_another_figure_shows_the_page_in_a_frame(story_map):
    """A map put into a figure of one's own stays whole."""
    figure = Figure(height="400px").add_child(story_map)
    assert story_map._repr_html_() in figure.render()


def test_a_map_of_everything_starts(story_map, open_map):
    """Every kind of layer is drawn with Leaflet alone, under the strict policy."""
    everything(story_map)
    reader = open_map()
    kinds = "[L.CircleMarker, L.Circle, L.Polyline, L.Polygon, L.Rectangle, L.Marker]"
    assert (
        reader.evaluate(
            f"{kinds}.map((kind) => Object.values(map_1._layers).some((l) => l instanceof kind))"
        )
        == [True] * 6
    )
    assert reader.evaluate("document.querySelectorAll('.sm-dot svg').length") == 2
    assert reader.evaluate(
        "document.querySelectorAll('.sm-dot circle')[0].getAttribute('fill')"
    ) == ("red")
    assert reader.evaluate("document.querySelector('.leaflet-image-layer').complete")
    assert reader.evaluate("document.querySelectorAll('.leaflet-control-layers input').length") == 3


def test_style_and_highlight_follow_the_feature(story_map, open_map):
    """Functions of Python style the features, even by a property that is no JavaScript name."""
    folium.GeoJson(
        collection({"1 odd); key": "red"}, {"1 odd); key": "blue"}),
        style_function=lambda feature: {"color": feature["properties"]["1 odd); key"]},
        highlight_function=lambda _: {"weight": 9},
        marker=folium.CircleMarker(fill=True),
    ).add_to(story_map)
    reader = open_map()
    dots = "Object.values(map_1._layers).filter((l) => l instanceof L.CircleMarker)"
    assert reader.evaluate(f"{dots}.map((l) => l.options.color)") == ["red", "blue"]
    reader.page.hover("path[stroke=blue]", force=True)
    assert reader.evaluate(f"{dots}.map((l) => l.options.weight)") == [3, 9]


def test_a_click_reaches_the_card(story_map, open_map):
    """A vector's card is at hand for the page's own script, its tooltip is Leaflet's."""
    circle = folium.CircleMarker([46, 46], tooltip="<b>Žilina</b>", popup="x", fill=True)
    circle.add_to(story_map)
    reader = open_map()
    reader.page.hover("path.leaflet-interactive", force=True)
    assert reader.evaluate("document.querySelector('.leaflet-tooltip').innerHTML") == (
        "<b>Žilina</b>"
    )
    assert reader.page.get_attribute("path.leaflet-interactive", "aria-label") == "Žilina"
    reader.page.click("path.leaflet-interactive", force=True)
    assert reader.evaluate("document.title") == "sm-card-1"


def test_hostile_text_stays_text(story_map, open_map):
    """Whatever data say, nothing of it runs, neither at build nor in the page."""
    features = collection({"name": HOSTILE}, {"name": "{{alert(1)}}"})
    folium.Marker([46, 20], popup=HOSTILE, tooltip=HOSTILE, title=HOSTILE).add_to(story_map)
    folium.Marker([46, 22], icon=DivIcon(html=HOSTILE)).add_to(story_map)
    folium.GeoJson(
        features,
        name=HOSTILE,
        style_function=lambda feature: {"color": feature["properties"]["name"]},
        popup=folium.GeoJsonPopup(["name"]),
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(story_map)
    folium.LayerControl().add_to(story_map)
    reader = open_map()
    reader.page.on("dialog", lambda _: pytest.fail("a script of the data ran"))
    assert reader.evaluate("document.querySelectorAll('script').length") == 3
    assert reader.evaluate("document.querySelector('.leaflet-marker-icon').title") == HOSTILE
    cell = "document.querySelector('#sm-card-2').content.querySelector('td').textContent"
    assert reader.evaluate(cell) == HOSTILE


def test_a_card_opens_in_the_page(minimal, open_page, tmp_path):
    """In a story's page the popup of an added layer opens as a card with the layer's name."""
    story_map = minimal.to_folium()
    folium.CircleMarker(
        [49.5, 18.2], radius=20, fill=True, tooltip="Martin", popup="Where he was <b>born</b>"
    ).add_to(story_map)
    story_map.save(tmp_path / "story.html")
    reader = open_page(tmp_path / "story.html")
    reader.page.get_by_role("button", name="Martin").click()
    card = reader.page.get_by_role("dialog", name="Martin")
    assert card.locator("b").inner_text() == "born"
    reader.page.keyboard.press("Escape")
    assert card.is_hidden()
