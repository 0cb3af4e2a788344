import pytest

from storymap.reading.faults import Fault, Refused
from storymap.reading.vectors import MOST_BYTES, make_ready

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def ready(inside, attributes='viewBox="0 0 30 20"'):
    return make_ready(f"{SVG}{attributes}>{inside}</svg>".encode())


def test_a_drawing_stays_what_it_is():
    """Shapes, styles, references within it, and spaces between words."""
    inside = (
        '<defs><path id="a" d="M0 0h9" /></defs>\n<style>path{fill:red}</style>'
        '<use href="#a" /><text>one <tspan>two</tspan> <tspan>three</tspan></text>'
    )
    made = ready(inside)
    assert (made.type, made.size) == ("image/svg+xml", (30, 20))
    assert made.data.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20" width="30" height="20">'
        + inside.replace("\n", "")
        + "</svg>"
    )


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<script>alert(1)</script>", ""),
        ('<rect onclick="alert(1)" />', "<rect />"),
        ('<image href="https://example.org/a.png" />', "<image />"),
        ('<image xlink:href="file:///etc/passwd" />', "<image />"),
        ("<foreignObject><b/></foreignObject>", ""),
        ("<metadata>An author</metadata>", ""),
        ("<!-- a remark --><?run this?>", ""),
        ('<x:note xmlns:x="urn:editor">x</x:note><g x:y="z" xmlns:x="urn:editor" />', "<g />"),
    ],
)
def test_what_is_no_drawing_is_left_out(inside, left):
    """Scripts, addresses elsewhere, and what editors write down for themselves."""
    assert ready(inside).data.decode().partition('height="20"')[2] == (
        f">{left}</svg>" if left else " />"
    )


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40.4" height="20px" viewBox="0 0 1 1"', (40, 20)),
        ('width="100%" height="100%" viewBox="0,0, 30,20"', (30, 20)),
        ('viewBox="0 0 0.4 20"', (1, 20)),
    ],
)
def test_a_drawing_says_how_large_it_is(attributes, size):
    """In pixels, or by what it frames."""
    assert ready("", attributes).size == size


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"<html/>", "this file is no SVG picture, or it is damaged", "save it once more"),
        (b"\xff\xd8\xff", "this file is no SVG picture, or it is damaged", "save it once more"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
            "this drawing defines entities, which may stand for anything",
            "save it once more as plain SVG",
        ),
        (f"{SVG}/>".encode(), "this drawing does not say how large it is", "give it a `viewBox`"),
        (
            f"{SVG}viewBox='0 0 1e999 inf'/>".encode(),
            "this drawing does not say how large it is",
            "give it a `viewBox`",
        ),
        (
            f"{SVG}viewBox='0 0 9 9'>{'<g>' * 9_000}{'</g>' * 9_000}</svg>".encode(),
            "this drawing is nested too deeply",
            "simplify it",
        ),
        (
            bytes(MOST_BYTES + 1),
            "this drawing has 500 KB, too many for a page",
            "simplify it, or save it as PNG",
        ),
    ],
    ids=["html", "jpeg", "entities", "sizeless", "endless", "deep", "large"],
)
def test_what_cannot_be_shown_is_refused(data, message, hint):
    """With the reason and a remedy."""
    with pytest.raises(Refused) as caught:
        make_ready(data)
    assert caught.value.faults == (Fault(message, hint),)


@pytest.mark.parametrize(
    ("drawn", "left"),
    [
        ("<style>@import url(http://a.example/x);b{c:d}</style>", "<style>noneb{c:d}</style>"),
        ('<style>@import "http://a.example/x"</style>', "<style>none</style>"),
        (
            "<style>a{b:url( '#own');c:URL(//a.example)}</style>",
            "<style>a{b:url( '#own');c:none}</style>",
        ),
        (r"<style>a{b:u\72l(//a.example)}</style>", "<style>a{b:u72l(//a.example)}</style>"),
        ("<style>a{b:u/**/rl(//a.example)}</style>", "<style>a{b:none}</style>"),
        (
            "<style>a{b:image-set('//a.example' 1x)}</style>",
            "<style>a{b:image-set(none 1x)}</style>",
        ),
        ("<style>a{font:1px 'Own Font'}</style>", "<style>a{font:1px 'Own Font'}</style>"),
        ('<rect style="fill:url(http://a.example)"/>', '<rect style="fill:none" />'),
        ('<rect fill="url(#own)" mask="url(x.svg#a)"/>', '<rect fill="url(#own)" mask="none" />'),
        ('<a href="#a"><set attributeName="href" to="javascript:b()"/></a>', '<a href="#a" />'),
        ('<use href="data:image/svg+xml,a"/>', "<use />"),
        (
            '<image href="data:image/png;base64,AA=="/>',
            '<image href="data:image/png;base64,AA==" />',
        ),
    ],
)
def test_nothing_in_a_drawing_asks_for_another_file(drawn, left):
    """Not even where a reader opens the file by itself, out of the page."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'
    ready = make_ready(f"{head}>{drawn}</svg>".encode())
    assert ready.data.decode() == f'{head} width="9" height="9">{left}</svg>'
