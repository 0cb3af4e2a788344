import re
from base64 import b64encode
from collections import defaultdict
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from storymap import page
from storymap.assets import Beside
from storymap.atlas import Credit
from storymap.dates import parse
from storymap.geometry import Box, LatLon
from storymap.map_words import MapWords, PlaceShown, RouteShown
from storymap.model import (
    Asset,
    Certainty,
    Citation,
    Cover,
    Dispute,
    Drawing,
    Event,
    Feature,
    Figure,
    Film,
    Frame,
    Licence,
    Location,
    Name,
    NameKind,
    Person,
    Picture,
    Place,
    Plan,
    Precision,
    Route,
    Shape,
    Sound,
    Source,
    Statement,
    Stop,
    Story,
    Table,
    Tiles,
)
from storymap.scenes import Label
from storymap.static_map import StaticMaps

SEEN = MapWords(
    places=(
        PlaceShown(
            label=Label("Pishpek", "Bishkek"),
            location=Location(Precision.APPROXIMATE, LatLon(42.87, 74.57), radius_m=5000.0),
            country="Kyrgyzstan",
            way="about 4,300 km east of Žilina",
            opens=False,
        ),
    ),
    route=RouteShown(
        Route("line", "The line", ()),
        first="Žilina",
        last="Pishpek",
        legs={Certainty.DOCUMENTED: 1, Certainty.INFERRED: 2, Certainty.GUESSED: 0},
    ),
    borders="Borders: those of the time",
    story_places=0,
    earlier_places=1,
    earlier_routes=2,
)
PARTS = page.Parts(
    map_html='<div class="folium-map" id="map_1"></div>',
    map_script="var map_1 = L.map('map_1');",
    map_cards='<template id="sm-popup-1"><p>A popup</p></template>',
    leaflet_js="/* leaflet */",
    runtime_js="/* runtime */",
    choice_js="/* choice */",
    css=":root{--accent:#b8321a}",
    atlas_defs='<path id="sm-a-land" d="M0 0h9"/>',
    atlas_relief='<g id="sm-a-relief"/>',
    static_maps=StaticMaps(
        definitions='<path id="sm-s-route-0" d="M0 0h9"/>',
        overview='<svg class="sm-static" role="img"><title>Map: Test</title></svg>',
        key=(("bishkek", Label("Pishpek", "Bishkek")),),
        steps={"start": '<svg class="sm-static" role="img"><title>Map: Start</title></svg>'},
    ),
    credits=(Credit("Leaflet", "BSD-2-Clause", "Copyright one\nand two\n\nAll rights"),),
    map_words=defaultdict(lambda: SEEN),
)
HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)> & "quotes" \''


def name(text, language="en", when=None, kind=NameKind.OFFICIAL, **more):
    return Name(text, language, kind, parse(when) if when else None, **more)


def place(id, *names, at=(50.0, 20.0), precision=Precision.SETTLEMENT, **more):
    location = more.pop("location", None) or Location(precision, LatLon(*at))
    return Place(id, names or (name(id.title()),), location, **more)


def event(id, *places, when=None, text="Some text.", **more):
    return Event(id, id.title(), text, parse(when) if when else None, places, **more)


def story(events, places=(), **more):
    return Story(
        **{
            "title": "Test",
            "language": "en",
            "cover": Cover("A promise."),
            "places": tuple(places),
            "routes": (),
            "sources": (),
            "events": tuple(events),
        }
        | more
    )


def render(story, document="{}", parts=PARTS, **more):
    return page.render(story, document, parts, **more)


PISHPEK = place(
    "bishkek",
    name("Pishpek", when="1868/1926", citations=(Citation("wiki"),)),
    name("Bishkek", when="1991/.."),
    name("Бишкек", "ky", "1991/..", note="as on the station"),
    name("Biškek", "sk", kind=NameKind.EXONYM),
    at=(42.87, 74.59),
    geonames=1528675,
    wikidata="Q9361",
    notes="Once a *fort*.",
)
PFLUG = place("pflug", location=Location(Precision.UNLOCATED, reason="named only once"))
WIKI = Source("wiki", "Interhelpo", container="Wikipedia", url="https://en.wikipedia.org/")
RICH = story(
    [
        event("founding", "zilina", when="1923-05-01", citations=(Citation("wiki", "S3"),)),
        event(
            "members",
            "bishkek",
            "zilina",
            "pflug",
            when="1925/..",
            table=Table(
                "Members", "Nationality", "People", (("Czechs", 1092), ("Rusyns", 1)), "So"
            ),
            background="Said to be so.",
            disputes=(Dispute("When?", (Statement(Citation("wiki"), "In *May*."),)),),
        ),
        event("afterwards", text="See [Žilina](place:zilina) and [the start](#founding)."),
    ],
    [PISHPEK, place("zilina", name("Žilina")), PFLUG, place("orenburg")],
    subtitle="A journey",
    authors=(Person("Anna", "Text", "https://example.org/"), Person("Ben")),
    licence=Licence("CC BY 4.0", "https://creativecommons.org/"),
    sources=(WIKI,),
    routes=(
        Route(
            "way",
            "The way",
            (
                Stop("zilina", Certainty.DOCUMENTED),
                Stop("orenburg", Certainty.GUESSED, "or not"),
                Stop("bishkek", Certainty.INFERRED),
            ),
            parse("1925"),
        ),
    ),
)


class Outline(HTMLParser):
    """The elements of a page in order, each with its attributes and the text inside it."""

    CELLS = ("caption", "dd", "dt", "td", "th")
    VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "wbr")

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.open = []
        self.unclosed = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        """Begin an element."""
        self.elements.append([tag, dict(attributes), ""])
        if tag not in self.VOID:
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag, attributes):
        """Take an element of SVG that closes itself."""
        self.elements.append([tag, dict(attributes), ""])

    def handle_endtag(self, tag):
        """End the element begun last; cells are set apart by a space."""
        if tag in self.CELLS:
            self.handle_data(" ")
        last = self.open.pop()
        if last[0] != tag:
            self.unclosed.append((last[0], tag))

    def handle_data(self, data):
        """Add text to all elements around it."""
        for element in self.open:
            element[2] += data

    def all(self, tag=None, **wanted):
        """Return attributes and text, its white space folded, of each element like that."""
        return [
            (attributes, " ".join(text.split()))
            for name, attributes, text in self.elements
            if tag in (None, name)
            and all(attributes.get(key.strip("_")) == value for key, value in wanted.items())
        ]

    def text(self, tag=None, **wanted):
        """Return the text of the only element like that."""
        ((_, text),) = self.all(tag, **wanted)
        return text

    def raw(self, tag):
        """Return the text of each such element as it stands."""
        return [text for name, _, text in self.elements if name == tag]


@pytest.fixture(scope="module")
def rich():
    """The page of a story that has everything."""
    return Outline(render(RICH))


# --- safety ---------------------------------------------------------------------------------


def test_authors_text_is_escaped_wherever_it_stands():
    """Markup in any text of a story is shown as it was written."""
    sources = (Source("wiki", HOSTILE, authors=(HOSTILE,), container=HOSTILE, note=HOSTILE),)
    hostile = story(
        [
            event(
                "start",
                "there",
                "nowhere",
                text=HOSTILE,
                background=HOSTILE,
                table=Table(HOSTILE, HOSTILE, HOSTILE, ((HOSTILE, 1.0),), HOSTILE),
                disputes=(Dispute(HOSTILE, (Statement(Citation("wiki", HOSTILE), HOSTILE),)),),
                citations=(Citation("wiki", HOSTILE),),
            )
        ],
        [
            place("there", name(HOSTILE, note=HOSTILE), notes=HOSTILE, wikidata=HOSTILE),
            place("nowhere", location=Location(Precision.UNLOCATED, reason=HOSTILE)),
        ],
        title=HOSTILE,
        subtitle=HOSTILE,
        cover=Cover(HOSTILE),
        authors=(Person(HOSTILE, HOSTILE),),
        licence=Licence(HOSTILE),
        sources=sources,
        routes=(Route("way", HOSTILE, (Stop("there", Certainty.GUESSED, HOSTILE),)),),
    )
    html = render(hostile)
    outline = Outline(html)
    assert "alert(1)" in html
    assert len(outline.all("script")) == len(Outline(render(RICH)).all("script"))
    assert outline.all("img") == []
    assert outline.text("h1") == HOSTILE
    assert not [
        name for _, attributes, _ in outline.elements for name in attributes if "on" in name[:2]
    ]


def test_the_policy_lets_run_what_the_page_carries_and_nothing_else():
    """Each inline script and style has its hash in the policy, in order, as a parser reads it."""
    parts = replace(
        PARTS,
        leaflet_js="one()\r\ntwo()\rthree()",
        css="a{}\r\nb{}",
        runtime_js="say('Žilina </script> <!-- ')",
    )
    outline = Outline(render(RICH, parts=parts))

    def hashes(texts):
        return " ".join(
            f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts
        )

    start, _, *scripts = outline.raw("script")
    charset, policy = outline.all("meta")[:2]
    assert charset[0] == {"charset": "utf-8"}
    assert policy[0] == {
        "http-equiv": "Content-Security-Policy",
        "content": f"default-src 'none'; script-src {hashes([start, *scripts])}; "
        f"style-src {hashes(outline.raw('style'))}; "
        "img-src data:; base-uri 'none'; form-action 'none'",
    }
    assert scripts == [
        "one()\ntwo()\nthree()",
        PARTS.map_script,
        r"say('Žilina \x3C/script> \x3C!-- ')",
    ]


def test_tiles_open_the_policy_for_their_server_alone():
    """Pictures may come from where the author's tiles are, port included, and nothing else may."""
    tiles = Tiles("https://tile.example:8443/{z}/{x}/{y}.png?key=1", HOSTILE, HOSTILE)
    outline = Outline(render(replace(RICH, tiles=tiles)))
    policy = outline.all("meta")[1][0]["content"]
    assert policy.endswith(
        "img-src data: https://tile.example:8443; base-uri 'none'; form-action 'none'"
    )
    assert policy.count("https:") == 1
    assert outline.text("p", id="sm-tiles-attribution") == HOSTILE
    assert outline.all("img") == []


def test_the_text_tells_what_lies_on_the_map(tmp_path):
    """Labels, credits and what features are called are text; a plan's picture is there once."""
    (tmp_path / "plan.png").write_bytes(b"plan")
    corners = (LatLon(2, 1), LatLon(2, 2), LatLon(1, 2), LatLon(1, 1))
    plan = Plan(tmp_path / "plan.png", HOSTILE, HOSTILE, corners, 400, 300, credit=HOSTILE)
    point = (Figure(Shape.POINT, ((LatLon(1, 1),),)),)
    features = (Feature(point), Feature(point, HOSTILE, HOSTILE), Feature(point, "", "A well."))
    drawing = Drawing(tmp_path / "a.geojson", "The quarter", features, licence="CC0 1.0")
    html = render(story([event("one", overlays=(plan, drawing)), event("two", overlays=(plan,))]))
    outline = Outline(html)
    assert html.count("data:image/png;base64,cGxhbg==") == 1
    assert [attributes for attributes, _ in outline.all("figure", class_="sm-overlay")] == [
        {"class": "sm-overlay", "data-overlay": number} for number in "010"
    ]
    pictures = outline.all("svg", class_="sm-overlay-picture")
    assert [attributes["aria-label"] for attributes, _ in pictures] == [HOSTILE, HOSTILE]
    assert [(a["data-feature"], text) for a, text in outline.all("li") if "data-feature" in a] == [
        ("1", HOSTILE * 2),
        ("2", "The quarterA well."),
    ]
    assert outline.all("figcaption")[0][1] == f"On the map: {HOSTILE} {HOSTILE}"
    assert outline.all("figcaption")[1][1] == "On the map: The quarter CC0 1.0"
    assert outline.unclosed == outline.open == []


@pytest.mark.parametrize(("count", "folded"), [(6, []), (7, ["What it shows: 7 entries"])])
def test_what_a_drawing_tells_at_length_is_folded(tmp_path, count, folded):
    """A few words stand in the text; many would bury it."""
    point = (Figure(Shape.POINT, ((LatLon(1, 1),),)),)
    features = (Feature(point), *(Feature(point, f"House {n}") for n in range(count)))
    drawing = Drawing(tmp_path / "a.geojson", "The quarter", features)
    outline = Outline(render(story([event("one", overlays=(drawing,))])))
    summaries = [text for _, text in outline.all("summary")]
    assert [text for text in summaries if text.startswith("What it shows")] == folded
    assert len([1 for attributes, _ in outline.all("li") if "data-feature" in attributes]) == count


def test_nothing_is_styled_or_run_by_attributes(rich):
    """No element has a `style` or an `on…` attribute, which the policy would stop."""
    names = {name for _, attributes, _ in rich.elements for name in attributes}
    assert not [name for name in names if name == "style" or name.startswith("on")]


def test_templates_from_outside_run_in_a_sandbox(tmp_path):
    """A template of the command line goes before the built-in one and reaches no internals."""
    from jinja2.exceptions import SecurityError

    (tmp_path / "credits.html.jinja").write_text("<p>{{ story.title }}, by us</p>")
    assert "<p>Test, by us</p>" in render(RICH, templates=tmp_path)
    (tmp_path / "credits.html.jinja").write_text("{{ story.__class__.__mro__ }}")
    with pytest.raises(SecurityError):
        render(RICH, templates=tmp_path)


def test_a_story_is_no_template():
    """Jinja's syntax in an author's text stands as it is."""
    html = render(story([event("start", text="{{ 7 * 7 }} {% if %}")], title="{{ 7 * 7 }}"))
    assert Outline(html).text("h1") == "{{ 7 * 7 }}"
    assert "49" not in Outline(html).text("main")


def test_the_data_stand_in_the_page_as_given():
    """The document, escaped by `document`, is not escaped once more."""
    outline = Outline(render(RICH, r'{"title":"\u003c"}'))
    assert outline.text("script", type="application/json", id="storymap-data") == (
        r'{"title":"\u003c"}'
    )


# --- the contract ---------------------------------------------------------------------------


def test_elements_are_closed_and_ids_are_unique(rich):
    """The page is well-formed, and every id in it is there once."""
    ids = [attributes["id"] for attributes, _ in rich.all() if "id" in attributes]
    assert rich.unclosed == rich.open == []
    assert sorted(ids) == sorted(set(ids))


def test_ids_of_the_page_begin_with_its_prefix(rich):
    """Besides the steps', the map's and the data's, every id begins with `sm-`."""
    ids = {attributes.get("id", "sm-") for attributes, _ in rich.all()}
    assert {id for id in ids if not id.startswith("sm-")} == {
        "founding",
        "members",
        "afterwards",
        "map_1",
        "storymap-data",
    }


def test_links_inside_the_page_lead_somewhere(rich):
    """Each `#` link, label and description names an id of the page."""
    ids = {attributes.get("id") for attributes, _ in rich.all()}
    names = [
        attributes[key].removeprefix("#")
        for attributes, _ in rich.all()
        for key in ("href", "for", "aria-labelledby", "aria-controls")
        if key in attributes and not re.match("https?:|data:", attributes[key])
    ]
    assert names
    assert set(names) - ids == {"sm-card-title"}, "which the open card brings along"


def test_steps_are_sections_in_story_order(rich):
    """Each event is a section with its id, its date in EDTF and a heading of second rank."""
    steps = [
        (attributes["id"], attributes["data-when"], rich.text("h2", id=f"sm-h-{attributes['id']}"))
        for attributes, _ in rich.all("section", class_="step")
    ]
    assert steps == [
        ("founding", "1923-05-01", "Founding"),
        ("members", "1925/..", "Members"),
        ("afterwards", "", "Afterwards"),
    ]


def test_headings_have_one_first_rank_and_skip_none(rich):
    """There is one h1, and no heading is more than one rank below the one before."""
    ranks = [int(name[1]) for name, _, _ in rich.elements if re.fullmatch("h[1-6]", name)]
    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(ranks))


def test_the_default_language_is_the_documents(rich):
    """The page says its language, and names in others say theirs."""
    assert {"lang": "en", "dir": "ltr"}.items() <= rich.all("html")[0][0].items()
    assert [text for _, text in rich.all(lang="ky")] == ["Бишкек"]


def test_the_same_story_gives_the_same_page():
    """Two renderings are equal to the byte."""
    assert render(RICH) == render(RICH)


def test_parts_stand_where_they_belong(rich):
    """The map's element is on the stage, the atlas in the definitions, cards after the text."""
    assert rich.all(id="map_1")
    assert rich.all("path", id="sm-a-land")
    assert rich.text("template", id="sm-popup-1") == "A popup"


def test_static_maps_stand_with_what_they_show():
    """The overview is on the cover above its key, a step's map in the step."""
    outline = Outline(render(story([event("start"), event("end")], [place("bishkek")])))
    assert outline.all("path", id="sm-s-route-0")
    assert [text for _, text in outline.all("figure", class_="sm-plate")] == [
        "Map: Test Pishpek today Bishkek",
        "Map: Start",
    ]
    assert "Map: Start" in outline.text("section", id="start")


def test_a_theme_sets_tokens_after_the_style_sheet():
    """Colours of a story hold in their own scheme only."""
    themed = story([event("start")], theme={"accent": "#112233", "dark-accent": "#ddeeff"})
    assert Outline(render(themed)).raw("style") == [
        PARTS.css
        + "@media print,(prefers-color-scheme:light){:root{--accent:#112233}}"
        + "@media screen and (prefers-color-scheme:dark){:root{--accent:#ddeeff}}"
    ]


# --- what a reader is told ------------------------------------------------------------------


def test_a_step_says_when_and_where(rich):
    """The line above a heading has the date in words and the first place as it was called."""
    lines = [text for _, text in rich.all("p", class_="sm-date")]
    assert lines[:3] == ["1 May 1923 Žilina", "from 1925 on Pishpek · Bishkek", "undated"]


def test_a_step_shows_the_names_of_its_date():
    """`names-at` goes before the date of the event; the name of today stands beside."""
    later = event("later", "bishkek", when="2008", names_at=parse("1920"))
    outline = Outline(render(story([later], [PISHPEK], sources=(WIKI,))))
    assert outline.text(class_="sm-places-of-step") == "Pishpek today Bishkek"


def test_places_of_a_step_are_numbered_as_on_the_map():
    """Several located places make an ordered list, one makes a plain one."""
    places = [place("a"), place("b"), PFLUG]
    outline = Outline(render(story([event("one", "a", "pflug"), event("two", "b", "a")], places)))
    assert outline.text("ul", class_="sm-places-of-step") == "A"
    assert outline.text("ol", class_="sm-places-of-step") == "B A"


def test_what_the_map_shows_is_told_in_words():
    """Places with their names of today, how sure they and the route are, borders, what stays."""
    page = render(story([event("one")]))
    _, inside = page.split('<details class="sm-seen">')[1:]
    words = re.sub(r"<[^>]+>", "", inside.split("</details>")[0])
    assert words.split("\n") == [
        *("", "What the map shows", ""),
        (
            "Pishpek (today Bishkek, Kyrgyzstan): about 4,300 km east of Žilina. "
            "Approximate: within about 5 km"
        ),
        (
            "Route: Žilina – Pishpek. Legs documented (solid): 1, inferred (dashed): 2, "
            "guessed (dotted): 0"
        ),
        "Borders: those of the time",
        "Also: 1 place of earlier steps, 2 routes",
        *("", ""),
    ]


def test_a_place_that_nobody_can_place_is_told_with_the_reason(rich):
    """It is listed apart from those on the map."""
    assert rich.text(class_="sm-unlocated") == "Not on the map Pflug: named only once"


def test_sources_that_disagree_are_told(rich):
    """A dispute names the point, and who says what."""
    assert rich.text("aside", class_="sm-disputed") == (
        "Sources disagree When? Interhelpo, Wikipedia In May."
    )


def test_background_is_marked_as_unchecked(rich):
    """General knowledge never looks like a cited fact."""
    assert rich.text("aside", class_="sm-background") == (
        "Background, not checked against a source Said to be so."
    )


def test_numbers_are_a_chart_and_a_table(rich):
    """A table is drawn, and can be read number by number."""
    assert rich.all("svg", class_="sm-bar-chart")
    figure = rich.text("figure", class_="sm-chart")
    assert figure.endswith(
        "The same numbers as a table Nationality People Czechs 1,092 Rusyns 1 So"
    )


def picture(asset, *, width_px=60, **words):
    return Picture(asset=asset, width_px=width_px, height_px=40, **words)


def test_pictures_ride_in_the_page():
    """A picture is inlined with its alternative text, size, caption, credit and licence."""
    asset = Asset("train", "image/png", b"a picture")
    media = (
        picture(asset, alt="A train", caption="The first.", credit="Archive", licence="CC0"),
        picture(asset, alt="Again"),
    )
    html = render(story([event("start", media=media)]))
    outline = Outline(html)
    shown = {"src": "data:image/png;base64,YSBwaWN0dXJl", "width": "60", "height": "40"}
    assert outline.all("img") == [
        (shown | {"alt": "A train", "decoding": "async"}, ""),
        (shown | {"alt": "Again", "decoding": "async"}, ""),
    ]
    assert [text for _, text in outline.all("figcaption")] == ["The first. Archive, CC0"]
    assert "sm-lightbox" not in html
    assert outline.text("section", id="sm-credits").startswith(
        "Sources and licences Pictures and recordings The first. Archive, CC0"
    )


def test_a_picture_with_more_to_show_can_be_enlarged():
    """Its button waits for the script."""
    large = picture(Asset("train", "image/webp", b""), alt="A train", width_px=1600)
    outline = Outline(render(story([event("start", media=(large,))])))
    (button,) = outline.all("button", class_="sm-enlarge")
    assert button[0]["aria-label"] == "Enlarge: A train"
    assert "hidden" in button[0]
    assert outline.all("dialog")


def test_sounds_and_films_are_played_by_the_browser_s_own_means():
    """Nothing starts by itself; captions are in the language of the words."""
    sound = Sound(asset=Asset("a", "audio/mpeg", b"s"), alt="A tone", transcript="It *hums*.")
    film = Film(
        asset=Asset("f", "video/webm", b"f"),
        alt="A square moves",
        caption="A film",
        captions=Asset("f", "text/vtt", b"WEBVTT"),
        poster=Asset("p", "image/webp", b"p"),
    )
    html = render(story([event("start", media=(sound, film))]))
    outline = Outline(html)
    ((audio, _),) = outline.all("audio")
    assert audio == {
        "src": "data:audio/mpeg;base64,cw==",
        "aria-label": "A tone",
        "controls": None,
        "preload": "none",
    }
    ((video, _),) = outline.all("video")
    assert (video["poster"], video["preload"]) == ("data:image/webp;base64,cA==", "none")
    ((track, _),) = outline.all("track")
    assert track == {
        "kind": "captions",
        "src": "data:text/vtt;base64,V0VCVlRU",
        "srclang": "en",
        "label": "English",
        "default": None,
    }
    assert outline.text("details", class_="sm-transcript") == "Transcript It hums."
    assert [text for _, text in outline.all("figcaption")] == ["A tone", "A film"]
    policy = outline.all("meta")[1][0]["content"]
    assert "; img-src data:; media-src data:; base-uri" in policy


def test_a_frame_is_a_link_until_it_is_asked_for():
    """Nothing of the other site is in the page; the policy lets it be framed, and no other."""
    frame = Frame(url="https://films.example/1", alt="A film of 1932")
    html = render(story([event("start", media=(frame,))]))
    outline = Outline(html)
    assert not outline.all("iframe")
    ((link, text),) = [each for each in outline.all("a") if each[1].startswith("Open at")]
    assert (link["href"], text) == ("https://films.example/1", "Open at films.example")
    policy = outline.all("meta")[1][0]["content"]
    assert "; img-src data:; frame-src https://films.example; base-uri" in policy


def test_media_beside_the_page_are_let_in_by_its_policy():
    """And by it alone: a page with its pictures within loads none."""
    carrier = Beside()
    media = (picture(Asset("Žilina 1", "image/webp", b"a"), alt="A train"),)
    parts = replace(PARTS, carrier=carrier)
    outline = Outline(page.render(story([event("start", media=media)]), "{}", parts))
    ((image, _),) = outline.all("img")
    assert image["src"] == "assets/zilina-1.ca978112ca1bbdca.webp"
    assert carrier.files == {image["src"]: b"a"}
    assert "; img-src 'self' data:; base-uri" in outline.all("meta")[1][0]["content"]
    assert outline.text("p", class_="sm-lost") == (
        "A train Its file, which lies beside this page, cannot be loaded here."
    )


def test_a_place_entry_tells_all_that_is_known(rich):
    """Names through time and in languages, precision, position, uses, identifiers, notes."""
    assert rich.text("article", id="sm-place-bishkek") == (
        "Bishkek A settlement, shown by a point in it 42.87° N, 74.59° E"
        " Names of Bishkek Name Language In use"
        " Official names Pishpek [1] English 1868\u20131926 Bishkek English from 1991 on"
        " Бишкек Kyrgyz from 1991 on as on the station"
        " In other languages Biškek Slovak –"
        " Once a fort. In the story from 1925 on Members GeoNames 1528675 Wikidata Q9361"
    )


def test_places_that_only_a_route_names_come_apart(rich):
    """Stations have entries too, so that the map can open their cards."""
    assert rich.text("section", id="sm-stations") == (
        "Stations on the way Orenburg A settlement, shown by a point in it 50.00° N, 20.00° E"
        " Orenburg, English"
    )


def test_places_are_in_alphabetical_order():
    """Accents do not send a name behind z."""
    places = [
        place(id, name(text)) for id, text in [("z", "Zvolen"), ("b", "Žilina"), ("c", "Ákos")]
    ]
    outline = Outline(render(story([event("start", "z", "b", "c")], places)))
    titles = [text for _, text in outline.all("h3")]
    assert titles[:3] == ["Ákos", "Žilina", "Zvolen"]


def test_a_routes_length_is_no_distance_travelled(rich):
    """The sum of straight lines is called that."""
    text = rich.text("section", id="sm-routes")
    assert (
        "Straight lines between them add up to 4,173 km, and the way travelled was longer." in text
    )
    assert [
        attributes["data-leg"] for attributes, _ in rich.all("li") if "data-leg" in attributes
    ] == [
        "guessed",
        "guessed",
        "",
    ]


def test_credits_carry_licences_whole(rich):
    """A licence's text is there to the last line."""
    assert rich.text("section", id="sm-credits").endswith(
        "This story Text: CC BY 4.0, Anna, Ben."
        " Leaflet BSD-2-Clause Copyright one and two All rights"
    )


def test_a_work_is_cited_as_far_as_it_is_known():
    """Only what the author wrote of a work is printed."""
    full = Source(
        "full",
        "A title",
        authors=("A. Author", "B. Author"),
        container="A journal",
        publisher="A press",
        issued="1978",
        accessed="2026-01-02",
        url="https://example.org/",
        note="In part.",
    )
    outline = Outline(render(story([event("start")], sources=(full, Source("bare", "Bare")))))
    assert outline.text("li", id="sm-source-bare") == "Bare."
    assert outline.text("li", id="sm-source-full") == (
        "A. Author, B. Author: A title. A journal. A press. 1978."
        " https://example.org/ (read 2 January 2026). In part."
    )


@pytest.mark.parametrize(
    ("location", "words", "coordinates"),
    [
        (Location(Precision.EXACT, LatLon(1.23456, -2.5)), "A point", "1.2346° N, 2.5000° W"),
        (
            Location(Precision.SETTLEMENT, LatLon(-49.22315, 18.73941), radius_m=3000),
            "A settlement, shown by a point in it",
            "49.22° S, 18.74° E",
        ),
        (
            Location(Precision.APPROXIMATE, LatLon(42.87, 74.552), radius_m=1200),
            "Approximate: within about 1.2 km",
            "42.87° N, 74.55° E",
        ),
        (
            Location(Precision.APPROXIMATE, LatLon(42.87, 74.552)),
            "Approximate: the exact point is not known",
            "43° N, 75° E",
        ),
        (
            Location(Precision.REGION, LatLon(48.7, 44.5), radius_m=200_000),
            "A region, within about 200 km of this point",
            "49° N, 44° E",
        ),
        (
            Location(Precision.REGION, LatLon(41.5, 74.5), box=Box(69.0, 39.0, 80.0, 43.0)),
            "A region",
            "42° N, 74° E",
        ),
        (
            Location(Precision.UNLOCATED, reason="named only once"),
            "Nobody can place it: named only once",
            "",
        ),
    ],
)
def test_precision_is_told_in_words_and_digits(location, words, coordinates):
    """A position has no more digits than its precision warrants."""
    outline = Outline(render(story([event("start", "there")], [place("there", location=location)])))
    assert outline.text("p", class_="sm-where") == f"{words} {coordinates}".strip()


# --- with scripts off -----------------------------------------------------------------------


def test_the_story_is_complete_without_scripts(open_page, built_page):
    """All steps can be read in order, and nothing is shown that would do nothing."""
    reader = open_page(java_script_enabled=False)
    main = reader.page.locator("main")
    shown = [step.get_attribute("id") for step in main.locator("section.step:visible").all()]
    assert shown == re.findall(r'<section class="step" id="([^"]+)"', built_page.read_text("utf-8"))
    alive = "button:visible, [role=region]:visible, nav:visible:not(#sm-contents)"
    assert reader.page.locator(alive).count() == 0
