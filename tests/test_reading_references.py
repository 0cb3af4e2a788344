import pytest

from storymap import prose
from storymap.reading.faults import Fault, Refused
from storymap.reading.references import Kind, References
from storymap.reading.yaml_nodes import compose


@pytest.fixture
def references():
    part, _ = compose("- id: zilina\n- id: brno\n", "story/gazetteer.yaml")
    known = References(
        media={"media/in.png": True, "media/out.png": False},
        stops={"there": ("a", "b", "c"), "and-back": ("a", "b", "a")},
    )
    known.define(Kind.PLACE, part.entries())
    return known


def test_a_route_is_travelled_whole_or_in_part(references):
    """An end that is not named is that of the route."""
    assert references.passage("there", None, None) == (0, 2)
    assert references.passage("there", "b", None) == (1, 2)
    assert references.passage("there", None, "b") == (0, 1)
    assert references.passage("there", "b", "c") == (1, 2)


def test_a_route_may_come_back(references):
    """The end is the first such stop after the beginning."""
    assert references.passage("and-back", "b", "a") == (1, 2)
    assert references.passage("and-back", "a", "a") == (0, 2)


def test_a_picture_outside_of_the_story_is_refused(references):
    """A symbolic link does not smuggle it in."""
    references.require_media("media/in.png")
    with pytest.raises(Refused) as caught:
        references.require_media("media/out.png")
    assert caught.value.faults == (
        Fault("'media/out.png' leads out of the story folder", "copy it there"),
    )


def test_what_is_referred_to_is_used(references):
    """Once is enough."""
    references.require(Kind.PLACE, "brno")
    (problem,) = references.unused(Kind.PLACE)
    assert (problem.line, problem.message) == (1, "the place 'zilina' is never used")


def test_nothing_is_said_of_what_could_not_be_read(references):
    """Without routes.yaml nobody knows which routes there are."""
    references.require(Kind.ROUTE, "anything")
    assert references.unused(Kind.ROUTE) == ()


@pytest.mark.parametrize(
    "markdown",
    [
        *("[Brno](place:brno) is [where](#there)", "[Brno](place:bruno)", "[then](#brno)"),
        *("![Brno](place:brno)", "[a [Brno](place:brno) b](place:bruno)", "`[Brno](place:bruno)`"),
        *("[a\nb](place:brno) <https://example.org>", "[Brno][1]\n\n[1]: place:bruno"),
        *(r"\[Brno](place:bruno)", r"[Brno\](place:brno)", "![[Brno](place:brno)](place:bruno)"),
        *("\n\n[Brno](place:brno)\n[Bruno](place:bruno)", "[<b>](place:brno)", "[](place:brno) ]"),
    ],
)
def test_links_are_checked_as_the_page_has_them(references, markdown):
    """Short cuts find what the Markdown parser finds."""
    references.steps = {"there"}
    expected = prose.problems_of_links(
        markdown, "story/a.md", places=references.ids(Kind.PLACE), steps={"there"}
    )
    assert references.problems_of_links(markdown, "story/a.md") == expected
