import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.problems import Problem
from storymap.prose import Link, links, problems_of_links, render, render_inline

PLACES = {"zilina": "Žilina", "odd": "<Odd>"}
OUTSIDE = 'rel="noopener noreferrer"'


def paragraph(markdown):
    """Render Markdown that makes one paragraph, and return the inside of it."""
    html = render(markdown, places=PLACES)
    assert html.startswith("<p>")
    assert html.endswith("</p>\n")
    return html[3:-5]


def test_markdown_becomes_html():
    """Paragraphs, emphasis, lists, quotations, code and rules are those of CommonMark."""
    markdown = "*a* **b** `c`  \nd\n\n3. e\n\n- f\n\n> g\n\n***\n\n    h"
    assert render(markdown) == (
        "<p><em>a</em> <strong>b</strong> <code>c</code><br>\nd</p>\n"
        '<ol start="3">\n<li>e</li>\n</ol>\n'
        "<ul>\n<li>f</li>\n</ul>\n"
        "<blockquote>\n<p>g</p>\n</blockquote>\n"
        "<hr>\n"
        "<pre><code>h\n</code></pre>\n"
    )


def test_headings_begin_below_those_of_a_step():
    """The first two levels belong to the page; the lowest three become one."""
    levels = "\n".join(f"{'#' * level} {level}" for level in range(1, 7))
    assert render(levels) == (
        "<h3>1</h3>\n<h4>2</h4>\n<h5>3</h5>\n<h6>4</h6>\n<h6>5</h6>\n<h6>6</h6>\n"
    )


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "[the town](place:zilina)",
            '<a class="sm-ref" href="#sm-place-zilina" data-place="zilina">the town</a>',
        ),
        (
            "[](place:odd)",
            '<a class="sm-ref" href="#sm-place-odd" data-place="odd">&lt;Odd&gt;</a>',
        ),
        ("[then](#founding)", '<a href="#founding">then</a>'),
        ("[a](https://e.org/ž?b&c)", f'<a href="https://e.org/%C5%BE?b&amp;c" {OUTSIDE}>a</a>'),
        ("[a](http://e.org)", f'<a href="http://e.org" {OUTSIDE}>a</a>'),
        ("<https://e.org>", f'<a href="https://e.org" {OUTSIDE}>https://e.org</a>'),
        ("<me@e.org>", f'<a href="mailto:me@e.org" {OUTSIDE}>me@e.org</a>'),
        (
            "[a][r]\n\n[r]: https://e.org '\"t'",
            f'<a href="https://e.org" {OUTSIDE} title="&quot;t">',
        ),
    ],
)
def test_links_lead_to_places_steps_and_the_web(markdown, html):
    """A place is linked by its id, a step by its anchor, the web without a referrer."""
    assert paragraph(markdown).startswith(html)


HOSTILE = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "&#106;avascript:alert(1)",
    "java&#10;script:alert(1)",
    "vbscript:x",
    "data:text/html,<b>",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "//e.org/x",
    "/x.html",
    "x.html",
    "?lang=sk",
    "#sm place",
    "https:e.org",
    "https:///x",
    "https://[x]",
    "https://me:secret@e.org",
    "place:nowhere",
    "mailto:nobody",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_other_links_lead_nowhere(url):
    """What may not be linked to keeps its text and loses its address."""
    assert paragraph(f"[text](<{url}>)" if "<" not in url else f"[text]({url})") == "<a>text</a>"


@pytest.mark.parametrize("url", HOSTILE[:8])
def test_other_links_are_reported_all_the_same(url):
    """An author hears of a link that is not let through."""
    (link,) = links(f"[text]({url})")
    (problem,) = problems_of_links(f"[text]({url})", "f.md", places=PLACES, steps=())
    assert problem.message == f"no link may lead to '{link.url}'"


def test_raw_html_stays_text():
    """Tags, comments and handlers are shown as they were written."""
    assert render("<script>alert(1)</script>\n\n<!-- c -->\n\na <b onclick=x>b</b>") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        "<p>&lt;!-- c --&gt;</p>\n"
        "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"
    )


def test_pictures_become_their_descriptions():
    """No picture is fetched or shown from the text."""
    assert paragraph("![a *train* <b>](https://e.org/x.png)") == "a train &lt;b&gt;"


def test_code_brings_no_classes():
    """The language of a code block is no business of the page's style."""
    assert render("```sm-card\n<x>\n```") == "<pre><code>&lt;x&gt;\n</code></pre>\n"


def test_inline_prose_has_no_blocks():
    """For the inside of a paragraph, links included."""
    assert render_inline("*a* [](place:zilina)", places=PLACES) == (
        '<em>a</em> <a class="sm-ref" href="#sm-place-zilina" data-place="zilina">Žilina</a>'
    )
    assert render_inline("# a") == "# a"


pieces = st.sampled_from(
    [
        *("[", "]", "(", ")", "<", ">", "!", "*", "`", "\n", "\n\n", "> ", "- ", "    ", "\t", '"'),
        *(
            "javascript:",
            "data:",
            "https://e.org",
            "place:zilina",
            "#a",
            "onclick=",
            "style=",
            "&#",
        ),
        *("<img src=x onerror=y>", "<a href='javascript:x'>", "[r]: javascript:x", "[r]", "x", "é"),
    ]
)


class Tags(HTMLParser):
    """Gathers all tags and all attributes of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes = set(), set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Take note of one tag."""
        self.names.add(tag)
        self.attributes.update(attrs)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(pieces, max_size=25).map("".join))
def test_nothing_hostile_survives(markdown):
    """Whatever is written, only links have attributes, and those that we give them."""
    tags = Tags(render(markdown, places=PLACES) + render_inline(markdown, places=PLACES))
    assert tags.names <= {"p", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "a", "em"} | {
        *("code", "br", "hr", "strong")
    }
    for name, value in tags.attributes:
        if name == "href":
            assert value in ("#a", "#sm-place-zilina") or value.startswith("https://e.org")
        else:
            assert (name, value) in {
                ("class", "sm-ref"),
                ("data-place", "zilina"),
                ("rel", "noopener noreferrer"),
            }


TEXT = """\
# See [a](place:a)

One ![b](b.png), two
  [c](#c) and <https://e.org>.

> - three [d](d.html)
>   four *[e *e*][e]*
> 1. `[not](not:this)` [![f](f.png)](#f)

Five [g](place:g)
===

[e]: https://e.org/ž
"""


def test_links_are_found_where_they_begin():
    """Lines and columns lead to the bracket, through lists, quotations and headings."""
    assert links(TEXT) == (
        Link("place:a", 1, 7),
        Link("b.png", 3, 5, image=True),
        Link("#c", 4, 3),
        Link("https://e.org", 4, 15),
        Link("d.html", 6, 11),
        Link("https://e.org/ž", 7, 11),
        Link("#f", 8, 24),
        Link("f.png", 8, 25, image=True),
        Link("place:g", 10, 6),
    )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(pieces, max_size=25).map("".join))
def test_every_position_is_one_of_a_link(markdown):
    """Whatever stands around a link, its position is that of its first character."""
    lines = markdown.split("\n")
    for link in links(markdown):
        assert lines[link.line - 1][link.column - 1] in ("!" if link.image else "[<")


def test_problems_of_links():
    """Unknown places and steps, other addresses and pictures are errors, each at its place."""
    text = (
        "[a](place:zilna) [b](#foundin) [c](place:) [d](ftp://e.org)\n"
        "![e](e.png) [f](place:zilina) [g](#founding) <https://e.org>\n"
        "![h](http://e.org/h.png)\n"
    )
    help_ = "begin it with https://, http:// or mailto:, or write place:ID or #ID of a step"
    assert problems_of_links(text, "f.md", places={"zilina"}, steps={"founding"}) == (
        Problem("f.md", 1, 1, "no place is called 'zilna'", "did you mean 'zilina'?"),
        Problem("f.md", 1, 18, "no step is called 'foundin'", "did you mean 'founding'?"),
        Problem("f.md", 1, 32, "no place is called ''"),
        Problem("f.md", 1, 44, "no link may lead to 'ftp://e.org'", help_),
        Problem("f.md", 2, 1, "a picture cannot stand in the text", "name the file in `media:`"),
        Problem(
            *("f.md", 3, 1),
            "'http://e.org/h.png' is on the net: its site would see who reads the story, and may "
            "be gone tomorrow",
            "save a copy in the folder `media` and name that in `media:`, if its terms allow it",
        ),
    )


def test_libraries_wait_until_there_is_prose():
    """Importing the module imports neither the parser nor the cleaner."""
    code = "import sys, storymap.prose; sys.exit(bool({'markdown_it', 'nh3'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
