import re
import xml.etree.ElementTree as ET

import pytest

from storymap.chart import bars
from storymap.model import Table

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows, caption="Members in 1932", label="Nationality", unit="Members"):
    """Draw a table and return the chart as an XML element."""
    svg = bars(Table(caption, label, unit, rows), "en")
    return ET.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))  # noqa: S314 -- our own


def found(chart, name):
    return [element for element in chart.iter() if element.get("class") == name]


def texts(chart, name):
    return [element.text for element in found(chart, name)]


def number(element, attribute):
    return float(element.get(attribute))


def test_a_row_is_a_label_a_bar_and_a_value():
    """Rows come in the author's order, the longest bar for the greatest number."""
    chart = drawn(("Russians", 223), ("Czechs", 92), ("Rusyns", 1))
    assert texts(chart, "sm-bar-label") == ["Russians", "Czechs", "Rusyns"]
    assert texts(chart, "sm-bar-value") == ["223", "92", "1"]
    widths = [number(bar, "width") for bar in found(chart, "sm-bar-fill")]
    assert widths[1] / widths[0] == pytest.approx(92 / 223, abs=0.001)
    assert widths[0] > widths[1] > widths[2] >= 1


def test_a_chart_is_an_image_that_says_what_it_shows():
    """Its title is the caption, its description holds all the numbers."""
    chart = drawn(("Russians", 223), ("Czechs", 92.5))
    assert (chart.get("class"), chart.get("role")) == ("sm-bar-chart", "img")
    assert chart.find(f"{SVG}title").text == "Members in 1932"
    assert chart.find(f"{SVG}desc").text == "Nationality, Members: Russians 223; Czechs 92.5"


def test_a_chart_leaves_its_look_to_the_page():
    """It has no colours, no styles, no ids and no size but its proportions."""
    svg = bars(Table("c", "l", "u", (("a", 1),)), "en")
    attributes = set(re.findall(r' ([a-z-]+)="', svg, re.IGNORECASE))
    assert attributes == {
        *("class", "viewBox", "font-size", "role", "x", "y", "width", "height", "text-anchor"),
    }
    assert not re.search(r'<svg[^>]* (width|height)="', svg)


def test_texts_are_escaped():
    """Nothing that an author writes becomes markup."""
    hostile = '</text><script>"&'
    chart = drawn((hostile, 1), caption=hostile, label=hostile, unit=hostile)
    assert "".join(texts(chart, "sm-bar-label")).replace(" ", "") == hostile
    assert chart.find(f"{SVG}title").text == hostile
    assert {element.tag.removeprefix(SVG) for element in chart.iter()} == {
        *("svg", "title", "desc", "g", "text", "rect"),
    }


@pytest.mark.parametrize(
    "label",
    [
        "Czechs, Slovaks, Hungarians and Ruthenians of Transcarpathia",
        "Кыргызстандыктардын кооперативи",
        "W" * 60,
        "布里亚特共和国的合作社成员人数统计表",
    ],
)
def test_long_labels_are_broken_into_lines(label):
    """Every line starts within the picture, even in a wide font, and no word is lost."""
    chart = drawn((label, 5), ("Czechs", 1))
    lines = found(chart, "sm-bar-label")[:-1]
    assert len(lines) > 1
    assert "".join(line.text for line in lines).replace(" ", "") == label.replace(" ", "")
    right = number(lines[0], "x")
    widest = max(len(line.text) for line in lines)
    assert right >= widest * 0.6 * 16
    tops = [number(bar, "y") for bar in found(chart, "sm-bar-fill")]
    assert tops[0] < number(lines[-1], "y") < tops[1]


def test_bars_and_values_stay_within_the_picture():
    """The greatest number has room for its bar and for all of its digits."""
    chart = drawn(("a", 1_234_567.5), ("b", 3))
    width = float(chart.get("viewBox").split()[2])
    value = found(chart, "sm-bar-value")[0]
    assert number(value, "x") + len(value.text) * 0.6 * 16 <= width


def test_bars_below_zero_go_the_other_way():
    """Bars on both sides meet at zero, and each value stands to the right of it."""
    chart = drawn(("1925", -120), ("1926", 0), ("1927", 60))
    loss, nothing, gain = found(chart, "sm-bar-fill")
    zero = number(gain, "x")
    assert number(loss, "x") + number(loss, "width") == pytest.approx(zero, abs=0.1)
    assert number(loss, "width") == pytest.approx(2 * number(gain, "width"), abs=0.2)
    assert number(nothing, "width") == 0
    assert all(number(value, "x") > zero for value in found(chart, "sm-bar-value"))
    assert texts(chart, "sm-bar-value") == ["\u2212120", "0", "60"]


def test_zeros_alone_make_no_bars():
    """A table of zeros is drawn, without a division by them."""
    assert [bar.get("width") for bar in found(drawn(("a", 0), ("b", 0.0)), "sm-bar-fill")] == [
        *("0", "0"),
    ]
