"""What a page carries of a gazetteer beyond its story."""

import json
import struct
import zlib
from base64 import b64decode, b64encode
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap import dates, further, scenes, whereabouts
from storymap.geometry import LatLon
from storymap.model import (
    Citation,
    Cover,
    Event,
    Location,
    Name,
    NameKind,
    Place,
    Precision,
    Source,
    Story,
)

SETTLED = Location(Precision.SETTLEMENT, LatLon(42.874567, 74.591234), source="GeoNames")
WORK = Source("map", "Map of Turkestan", authors=("Ilyin",))
PISHPEK = Place(
    "pishpek",
    (
        Name("Pishpek", "en", NameKind.OFFICIAL, dates.parse("1868/1926")),
        Name("Bishkek", "en", NameKind.OFFICIAL, dates.parse("1991/..")),
        Name("Бишкек", "ky", NameKind.OFFICIAL, dates.parse("1991/.."), note="as on maps"),
    ),
    SETTLED,
    geonames=1528675,
    wikidata="Q9361",
    notes="A *fort* at first.",
    citations=(Citation("map", "sheet 3"),),
)
HILL = Place(
    "hill",
    (Name("Hill & Dale", "en", NameKind.OFFICIAL),),
    Location(Precision.EXACT, LatLon(-12.3456789, 179.9)),
    feature="T",
)
LOST = Place(
    "lost",
    (Name("Lost", "en", NameKind.SOURCE),),
    Location(Precision.UNLOCATED, reason="only its name is known"),
)


def story(*places, **fields):
    named = Place("home", (Name("Home", "en", NameKind.OFFICIAL),), SETTLED)
    event = Event("first", "First", "Text.", None, places=("home",))
    given = {"language": "en", "languages": ("en", "ky")} | fields
    return Story(
        title="Many",
        cover=Cover("Many."),
        places=(named, *places),
        routes=(),
        sources=(WORK,),
        events=(event,),
        **given,
    )


def packed(*places, **fields):
    told = story(*places, **fields)
    return further.pack(told, scenes.lay_out(told, told.language))


def columns(block):
    return zlib.decompress(b64decode(block), wbits=-zlib.MAX_WBITS)


def unpacked(pack, language="en"):
    """What `browser/src/further.ts` makes of a block."""
    words, data = further.document(pack, language), columns(pack.block)
    at = 0

    def column(length):
        nonlocal at
        planes = [data[at + n * length : at + (n + 1) * length] for n in range(4)]
        at += 4 * length
        return [struct.unpack("<i", bytes(row))[0] for row in zip(*planes, strict=True)]

    count = words["count"]
    lats, lons, sites, geonames, wikidata = (column(count) for _ in range(5))
    titles = [column(count) for _ in range(words["languages"])][words["title"]]
    forms = iter(column(words["names"]))
    text = data[at : at + words["textBytes"]].decode()
    remarks = json.loads(data[at + words["textBytes"] :])
    for index, line in enumerate(text.split("\n")):
        decimals, _, precision, source = words["sites"][sites[index]]
        names = [(name, *words["forms"][next(forms)]) for name in line.split("\t")]
        point = None
        if decimals >= 0:
            point = (lats[index] / 10**decimals, lons[index] / 10**decimals)
        yield {
            "title": names[titles[index]][0],
            "names": names,
            "at": point,
            "where": (precision, source),
            "geonames": geonames[index],
            "wikidata": wikidata[index],
            "remark": remarks.get(str(index), ["", {}, []]),
        }


def test_the_block_of_a_few_places(snapshot):
    """The columns and their words are as the snapshot, which the TypeScript tests read too."""
    pack = packed(PISHPEK, HILL, LOST)
    data = {
        "columns": b64encode(columns(pack.block)).decode(),
        "words": {tag: further.document(pack, tag) for tag in ("en", "ky")},
        "places": {tag: [*unpacked(pack, tag)] for tag in ("en", "ky")},
    }
    snapshot("further/columns.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def test_a_place_keeps_all_that_its_card_tells():
    """Names with languages and spans, position, identifiers, notes and sources."""
    pishpek, *_ = unpacked(packed(PISHPEK))
    assert pishpek == {
        "title": "Bishkek",
        "names": [
            ("Pishpek", "en", "English", "1868–1926"),
            ("Bishkek", "en", "English", "from 1991 on"),
            ("Бишкек", "ky", "Kyrgyz", "from 1991 on"),
        ],
        "at": (42.875, 74.591),
        "where": ("A settlement, shown by a point in it", "Coordinates: GeoNames"),
        "geonames": 1528675,
        "wikidata": 9361,
        "remark": [
            "<p>A <em>fort</em> at first.</p>\n",
            {"2": "as on maps"},
            [["map", "Ilyin, Map of Turkestan, sheet 3"]],
        ],
    }


def test_the_block_is_the_same_in_every_language():
    """Only the words beside it change, and with them which name is the title."""
    english = story(PISHPEK)
    kyrgyz = story(PISHPEK, language="ky")
    one, other = (
        further.pack(told, scenes.lay_out(told, told.language)) for told in (english, kyrgyz)
    )
    assert one.block == other.block
    assert [place["title"] for place in unpacked(one, "en")] == ["Bishkek"]
    assert [place["title"] for place in unpacked(other, "ky")] == ["Бишкек"]


def test_places_lie_on_the_copy_of_the_world_that_the_map_shows():
    """A hill beyond 180 degrees is beside the story's places, not a turn away."""
    fiji = Place(
        "fiji",
        (Name("Fiji", "en", NameKind.OFFICIAL),),
        Location(Precision.EXACT, LatLon(-18.1, -178.5)),
    )
    east, west = (
        replace(fiji, id=id, location=Location(Precision.EXACT, LatLon(0, lon)))
        for id, lon in (("east", 178.0), ("west", -179.0))
    )
    told = story(fiji, east, west)
    told = replace(told, events=(replace(told.events[0], places=("east", "west")),))
    pack = further.pack(told, scenes.lay_out(told, "en"))
    found = {place["title"]: place["at"] for place in unpacked(pack)}
    assert found["Fiji"] == pytest.approx((-18.1, 181.5))


def test_a_work_is_cited_once():
    """However many names of a place it speaks of."""
    cited = Citation("map", "sheet 3")
    names = tuple(replace(name, citations=(cited, cited)) for name in PISHPEK.names)
    (found,) = unpacked(packed(replace(PISHPEK, names=names)))
    assert found["remark"][2] == [["map", "Ilyin, Map of Turkestan, sheet 3"]]


def test_settlements_go_before_other_features_in_the_order_of_the_author():
    """So that a map with no room for all shows these."""
    town = Place("town", (Name("Town", "en", NameKind.OFFICIAL),), SETTLED, feature="P")
    assert [place.id for place in packed(HILL, PISHPEK, town).places] == ["pishpek", "town", "hill"]


def test_few_places_are_told_in_full_of_many_those_that_a_text_links_to():
    """Links lead somewhere, even without scripts."""
    assert dict(packed(HILL, LOST).listed) == {"lost": 0, "hill": 1}
    many = [
        Place(f"p{n}", (Name(f"P{n}", "en", NameKind.OFFICIAL),), SETTLED)
        for n in range(further.LISTED + 1)
    ]
    assert dict(packed(*many).listed) == {}
    assert dict(packed(*many, linked=frozenset({"p7", "home"})).listed) == {"p7": 7}


def test_a_story_whose_places_are_all_told_has_no_block():
    """Its page carries nothing of this."""
    assert packed() is None
    assert further.document(None, "en") is None


texts = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
spans = st.sampled_from([None, "1923", "1868/1926", "1991/..", "/1900", "1927~"])
names = st.builds(
    Name,
    texts,
    st.sampled_from(["en", "ru", "ky", "de-Latn"]),
    st.sampled_from(NameKind),
    spans.map(lambda edtf: edtf and dates.parse(edtf)),
)
points = st.builds(LatLon, st.floats(-85, 85), st.floats(-180, 180))
located = st.builds(
    Location,
    st.sampled_from([Precision.SETTLEMENT, Precision.EXACT, Precision.APPROXIMATE]),
    points,
    radius_m=st.sampled_from([None, 0.5, 30.0, 8000.0, 900_000.0]),
)
gazetteers = st.lists(
    st.builds(
        Place,
        st.uuids().map("p{}".format),
        st.lists(names, min_size=1, max_size=3).map(tuple),
        st.one_of(located, st.just(LOST.location)),
        feature=st.sampled_from(["P", "T", ""]),
        geonames=st.one_of(st.none(), st.integers(1, 999_999_999)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(gazetteers)
def test_what_is_packed_is_what_is_unpacked(gazetteer):
    """Names lose nothing but line breaks, positions less than a tenth of their precision."""
    pack = packed(*gazetteer)
    for place, found in zip(pack.places, unpacked(pack), strict=True):
        one_line = [
            text if text.isprintable() else " ".join(text.split())
            for text in (name.text for name in place.names)
        ]
        assert [name for name, *_ in found["names"]] == one_line
        assert [tag for _, tag, *_ in found["names"]] == [name.language for name in place.names]
        assert found["geonames"] == (place.geonames or 0)
        if place.location.point is None:
            assert found["at"] is None
        else:
            (lat, lon), (packed_lat, packed_lon) = place.location.point, found["at"]
            error = 10.0 ** -whereabouts.decimals(place.location)
            assert packed_lat == pytest.approx(lat, abs=error)
            assert (packed_lon - lon + 180) % 360 == pytest.approx(180, abs=error)
