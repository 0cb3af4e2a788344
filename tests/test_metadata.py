import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from storymap import dates, metadata, pipeline
from storymap.model import LatLon, Location, Name, NameKind, Place, Precision

ROOT = Path(__file__).parent.parent

BASE = "https://school.example/interhelpo/"
READ_BY_WORDPRESS = 153_600  # bytes
LINK = re.compile(r"<link([^<>]+)/?>", re.IGNORECASE)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """What a build with an address writes, in two languages."""
    folder = tmp_path_factory.mktemp("output")
    built = pipeline.build(
        ROOT / "places", folder, languages=("en", "sk"), separate=True, base_url=BASE
    )
    assert built.page, "\n".join(map(str, built.problems))
    return folder


def head(path):
    """The page as WordPress reads it: so many bytes, up to the end of the head."""
    return path.read_bytes()[:READ_BY_WORDPRESS].decode(errors="ignore").partition("</head>")[0]


def links(text, **wanted):
    found = [dict(ATTRIBUTE.findall(link)) for link in LINK.findall(text)]
    return [unescape(a["href"]) for a in found if wanted.items() <= a.items()]


def properties(text):
    pattern = r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">'
    return {name: unescape(value) for name, value in re.findall(pattern, text)}


def structured(text):
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    return json.loads(data)


@pytest.mark.parametrize(
    ("page", "file"), [("index.html", "oembed.json"), ("index.sk.html", "oembed.sk.json")]
)
def test_wordpress_finds_how_to_show_the_page(output, page, file):
    """Where it looks there is one link to a file whose frame and quotation it would keep."""
    (found,) = links(head(output / page), type="application/json+oembed")
    assert found == BASE + file
    offer = json.loads((output / file).read_text("utf-8"))
    home = BASE if page == "index.html" else BASE + page
    assert (offer["version"], offer["type"]) == ("1.0", "rich")
    quotation, source, title = re.fullmatch(
        r'(<blockquote><a href="[^"<>]*">[^<>]*</a></blockquote>)<iframe src="([^"<>]*)" '
        r'title="([^"<>]*)" width="800" height="640" frameborder="0"></iframe>',
        offer["html"],
    ).groups()
    assert quotation == f'<blockquote><a href="{home}">{title}</a></blockquote>'
    assert (source, unescape(title)) == (home, offer["title"])
    assert (offer["width"], offer["height"]) == (800, 640)


def test_the_head_names_the_page_and_its_other_languages(output):
    """Canonical address, alternates and previews are all whole addresses."""
    text = head(output / "index.sk.html")
    assert links(text, rel="canonical") == [BASE + "index.sk.html"]
    assert links(text, hreflang="en") == [BASE]
    assert links(text, hreflang="sk") == [BASE + "index.sk.html"]
    told = properties(text)
    assert told["og:url"] == BASE + "index.sk.html"
    assert told["og:image"] == BASE + "preview.png"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("sk_SK", "en_US")
    assert (told["og:type"], told["og:title"]) == ("article", "Interhelpo")
    assert told["twitter:card"] == "summary_large_image"


def test_a_page_in_several_languages_has_an_address_for_each(tmp_path):
    """The same page, opened in another language."""
    pipeline.build(ROOT / "places", tmp_path, languages=("en", "sk"), base_url=BASE)
    text = head(tmp_path / "index.html")
    assert links(text, rel="canonical") == [BASE]
    assert links(text, hreflang="en") == [f"{BASE}?lang=en"]
    assert links(text, hreflang="sk") == [f"{BASE}?lang=sk"]
    told = properties(text)
    assert (told["og:locale"], told["og:locale:alternate"]) == ("en_US", "sk_SK")
    assert [path.name for path in sorted(tmp_path.iterdir())] == [
        "index.html",
        "oembed.json",
        "preview.png",
    ]


def test_the_picture_is_as_large_as_the_page_says(output):
    """PNG, in the size that networks ask for."""
    picture = (output / "preview.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    size = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    told = properties(head(output / "index.html"))
    assert (f"{size[0]}", f"{size[1]}") == (told["og:image:width"], told["og:image:height"])
    assert size == (1200, 630)


def test_a_build_with_an_address_gives_the_same_bytes(output, tmp_path):
    """Picture and offers too."""
    pipeline.build(ROOT / "places", tmp_path, languages=("en", "sk"), separate=True, base_url=BASE)
    names = sorted(path.name for path in output.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert [
        name for name in names if (output / name).read_bytes() != (tmp_path / name).read_bytes()
    ] == []


def test_a_page_without_an_address_says_nothing_of_it(built_page):
    """It holds no address that it would have to invent, and nothing lies beside it."""
    text = built_page.read_text("utf-8")
    assert not links(text, rel="canonical")
    assert "og:" not in head(built_page)
    assert "application/ld+json" not in text
    assert [path.name for path in built_page.parent.iterdir()] == ["index.html"]


def test_the_structured_data_name_the_steps_and_their_places(output):
    """Every event has its address, every place that it names is described."""
    text = (output / "index.html").read_text("utf-8")
    data = structured(text)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Article")
    steps = re.findall(r'<section class="step" id="([^"]+)"', text)
    assert [event["@id"] for event in data["about"]] == [f"{BASE}#{id}" for id in steps]
    named = {place["@id"] for event in data["about"] for place in event["location"]}
    assert named == {place["@id"] for place in data["spatialCoverage"]}
    anchors = {id.removeprefix(BASE + "#") for id in named}
    assert all(f'id="{anchor}"' in text for anchor in anchors)


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("1923-05-01", {"startDate": "1923-05-01", "endDate": "1923-05-01"}),
        ("1923-05", {"startDate": "1923-05", "endDate": "1923-05"}),
        ("1923", {"startDate": "1923", "endDate": "1923"}),
        ("0079-08", {"startDate": "0079-08", "endDate": "0079-08"}),
        ("1925-03-29/1925-04-24", {"startDate": "1925-03-29", "endDate": "1925-04-24"}),
        ("1925/..", {"startDate": "1925"}),
        ("/1923", {"endDate": "1923"}),
        ("1925~/1926", {"endDate": "1926"}),
        ("1927~", {}),
        ("1927?", {}),
        ("192X", {}),
        ("1927-21", {}),
        ("[1927,1928]", {}),
        ("-0044", {}),
        (None, {}),
    ],
)
def test_only_exact_dates_are_told(minimal, edtf, told):
    """What is about, perhaps or some time in a decade is no date of a machine's."""
    story = minimal.model
    (event,) = story.events
    event = replace(event, when=dates.parse(edtf) if edtf else None)
    (data,) = metadata.structured(replace(story, events=(event,), base_url=BASE))["about"]
    assert {key: value for key, value in data.items() if "Date" in key} == told


@pytest.mark.parametrize("precision", list(Precision))
def test_only_settlements_and_points_have_a_position(minimal, precision):
    """A region's or a guess's middle would be taken for the place itself."""
    name = Name("Here", "en", NameKind.OFFICIAL)
    place = Place("zilina", (name,), Location(precision, LatLon(49.2, 18.7)))
    story = replace(minimal.model, places=(place,), base_url=BASE)
    (data,) = metadata.structured(story)["spatialCoverage"]
    exact = precision in (Precision.EXACT, Precision.SETTLEMENT)
    position = {"@type": "GeoCoordinates", "latitude": 49.2, "longitude": 18.7}
    assert data.get("geo") == (position if exact else None)


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", "en_US"),
        ("sk", "sk_SK"),
        ("ky", "ky_KG"),
        ("pt-BR", "pt_BR"),
        ("eo", ""),
        ("tlh", ""),
    ],
)
def test_a_language_of_no_country_has_no_locale(tag, told):
    """Open Graph knows languages by the country in which they are spoken."""
    assert metadata.locale(tag) == told


def test_what_an_author_writes_breaks_nothing(minimal):
    """Quotation marks and tags in a title stay text."""
    story = replace(minimal.model, title='"<b>&', base_url="https://a.example/story.html")
    offer = json.loads(metadata.oembed(story))
    assert offer["title"] == '"<b>&'
    assert '<a href="https://a.example/story.html">&quot;&lt;b&gt;&amp;</a>' in offer["html"]
    assert offer["thumbnail_url"] == "https://a.example/preview.png"
