import pytest

from storymap import dates
from storymap.reading.linked_dates import edtf_of


def spans(*timespans, **others):
    return {"timespans": [*timespans], **others}


def span(start=None, end=None):
    return {key: value for key, value in (("start", start), ("end", end)) if value}


@pytest.mark.parametrize(
    ("when", "edtf"),
    [
        (spans(span({"in": "1868"}, {"in": "1926"})), "1868/1926"),
        (spans(span({"in": "1868-05-01"})), "1868-05-01"),
        (spans(span({"in": 1868}, {"in": 1926})), "1868/1926"),
        (spans(span({"earliest": "1650", "latest": "1670"}, {"in": "1700"})), "1650~/1700"),
        (spans(span({"in": "1650"}, {"earliest": "1690", "latest": "1700"})), "1650/1700~"),
        (spans(span({"earliest": "1650"})), "1650~/"),
        (spans(span({"latest": "1930"}, {"in": "1930"})), "/1930"),
        (spans(span({"latest": "1930"})), "/1930~"),
        (spans(span(None, {"in": "1930"})), "/1930"),
        (spans(span({"in": "1868"}, {"in": "1926"}), certainty="uncertain"), "1868?/1926?"),
        (
            spans(span({"in": "1868"}, {"in": "1926"}), span({"in": "1991"})),
            "{1868..1926,1991}",
        ),
        (
            spans(span({"latest": "1312"}), span({"in": "1700"}, {"in": "1918"})),
            "{1312~,1700..1918}",
        ),
        ({"edtf": "1918?/..", **spans(span({"in": "1918"}))}, "1918?/.."),
        ("1925", "1925"),
    ],
)
def test_timespans_become_edtf(when, edtf):
    """What is not known stays unknown, what is vague vague."""
    assert edtf_of(when) == edtf
    assert dates.parse(edtf)


@pytest.mark.parametrize("nothing", [None, {}, [], {"timespans": None}, spans(7, {}, span())])
def test_what_says_nothing_gives_no_date(nothing):
    """Whatever shape that has."""
    assert edtf_of(nothing) == ""
