import pytest
from pydantic import TypeAdapter, ValidationError

from storymap.reading import fields
from storymap.reading.fields import fault_of_id


def accepted(kind, value):
    """Return what becomes of the author's value."""
    return TypeAdapter(kind).validate_python(value)


def refusal(kind, value):
    """Return the message of the one fault of the author's value."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    (error,) = caught.value.errors()
    (fault,) = error["ctx"]["error"].faults
    return fault.message


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("1923-05", "1923-05"),
        ("1923~", "1923~"),
        ({"date-parts": [["1923"]]}, "1923"),
        ({"date-parts": [["1923", "5", "1"]]}, "1923-05-01"),
        ({"date-parts": [["1923"], ["1925", "12"]]}, "1923/1925-12"),
        ({"date-parts": [["923"]], "circa": "true"}, "0923~"),
        ({"date-parts": [["1923"]], "circa": "false"}, "1923"),
    ],
)
def test_dates_of_csl_become_edtf(written, edtf):
    """Zotero writes the one or the other; what is only about right stays so."""
    assert accepted(fields.CslDate, written) == edtf


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (["200", "0"], "latitude 200 is out of range"),
        (["0", "-180.5"], "longitude -180.5 is out of range"),
        (["118.74", "49.22"], "latitude 118.74 and longitude 49.22 look swapped"),
        (["49.22"], "expected two numbers, [latitude, longitude]"),
        (["49.22", "east"], "expected two numbers, [latitude, longitude]"),
        (["49.22", "nan"], "expected two numbers, [latitude, longitude]"),
        ("49.22, 18.74", "expected two numbers, [latitude, longitude]"),
    ],
)
def test_positions_are_on_the_earth(written, message):
    """Out of range, and in range only the other way round, are different faults."""
    assert refusal(fields.Position, written) == message


def test_positions_may_lie_on_the_edge():
    """The poles and the antimeridian are places too."""
    assert accepted(fields.Position, ["-90", "180"]) == (-90, 180)


def test_a_box_may_cross_the_antimeridian_but_not_a_pole():
    """West may lie east of east; south lies south of north."""
    assert accepted(fields.Sides, ["170", "-20", "-170", "-10"]) == (170, -20, -170, -10)
    assert refusal(fields.Sides, ["10", "50", "20", "40"]) == (
        "the south of this box, 50, is not below its north, 40"
    )
    assert refusal(fields.Sides, ["10", "40", "200", "50"]) == ("this box reaches beyond the Earth")


@pytest.mark.parametrize("id", ["a", "0", "zilina-2", "smolensk"])
def test_what_can_be_an_id(id):
    """Small letters, digits and hyphens."""
    assert fault_of_id(id) is None


@pytest.mark.parametrize("id", ["", "-a", "Žilina", "a_b", "a b", "a\n", "sm-a"])
def test_what_cannot_be_an_id(id):
    """Nor what the page keeps for itself."""
    assert fault_of_id(id)


@pytest.mark.parametrize(
    ("url", "messages"),
    [
        (
            "http://tile.example/{z}/{x}/{y}.png",
            ["'http://tile.example/{z}/{x}/{y}.png' does not begin with https://"],
        ),
        ("/{z}/{x}/{y}.png", ["'/{z}/{x}/{y}.png' does not begin with https://"]),
        (
            "https://tile.example/{z}/{x}.png",
            ["the address has no '{y}'"],
        ),
        (
            "https://tile.example/{z}/{x}/{y}{r}.png?key={apikey}",
            ["the page cannot fill in '{r}'", "the page cannot fill in '{apikey}'"],
        ),
        (
            "https://{s}.tile.example/{z}/{x}/{y}.png",
            ["'{s}.tile.example' is not the name of one server"],
        ),
        (
            "https://me:secret@tile.example/{z}/{x}/{y}.png",
            ["'me:secret@tile.example' is not the name of one server"],
        ),
        (
            "https://tile.example;script-src/{z}/{x}/{y}.png",
            ["'tile.example;script-src' is not the name of one server"],
        ),
        (
            'https://tile.example/{z}/{x}/{y}.png"',
            ["'https://tile.example/{z}/{x}/{y}.png\"' is no web address"],
        ),
    ],
)
def test_tiles_come_from_one_server_by_https(url, messages):
    """A page can fill in three numbers, and its policy names one server."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(fields.TileAddress).validate_python(url)
    (error,) = caught.value.errors()
    assert [fault.message for fault in error["ctx"]["error"].faults] == messages


@pytest.mark.parametrize(
    "url",
    [
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "https://tile.example:8443/wmts/{z}/{y}/{x}?key=a-b_c&v=1.0",
    ],
)
def test_tiles_may_have_any_address_with_their_numbers(url):
    """Their order, a port and a key are the provider's."""
    assert accepted(fields.TileAddress, url) == url


def test_corners_go_round_the_picture():
    """However it is turned on the map, they go clockwise from its top left."""
    corners = [["49", "18"], ["49", "19"], ["48", "19"], ["48", "18"]]
    for turn in range(4):
        turned = corners[turn:] + corners[:turn]
        assert accepted(fields.Corners, turned)[0] == tuple(map(float, turned[0]))
    assert refusal(fields.Corners, corners[::-1]) == (
        "these corners would show the picture mirrored"
    )
    assert refusal(fields.Corners, [corners[0]] * 4) == (
        "these corners would fold or flatten the picture"
    )
