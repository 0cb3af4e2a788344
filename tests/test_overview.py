import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest

from storymap import atlas, overview, scenes, static_map
from storymap.overview import Entry, Reading

ENTRY = Entry(
    title="A mill",
    language="en",
    subtitle="",
    promise="How it was built.",
    dates="1923–1932",
    steps=1200,
    places=1,
    readings=(Reading("en", "mill/index.html"),),
    map="<svg></svg>",
)


def named(title, language="en"):
    """Return an entry of another title."""
    readings = (Reading(language, f"{title.lower()}/index.html"),)
    return replace(ENTRY, title=title, language=language, readings=readings)


def test_stories_are_listed_by_title():
    """Accents and capitals do not matter, nor does the order in which they come."""
    entries = [named("Zebra"), named("Žilina"), named("alma"), named("Árva")]
    page = overview.render(entries)
    places = [page.index(f">{title}</a>") for title in ("alma", "Árva", "Zebra", "Žilina")]
    assert places == sorted(places)
    assert overview.render(entries[::-1]) == page


def test_the_list_is_in_the_language_of_most_stories():
    """Each other entry says in which language it is, and counts in that."""
    page = overview.render([named("A", "sk"), named("B", "sk"), named("C")])
    assert '<html lang="sk" dir="ltr">' in page
    assert "<p>3 príbehy</p>" in page
    assert '<li lang="en" dir="ltr">' in page
    assert "1,200 steps · 1 place" in page
    assert "1\N{NO-BREAK SPACE}200 krokov · 1 miesto" in page


def test_a_story_in_several_languages_leads_to_each():
    """A page in all of them is told which; a page in each has a file of its own."""
    told = overview.addresses("a b", ["en", "sk"], ["index.html"])
    assert told == [("en", "a%20b/index.html?lang=en"), ("sk", "a%20b/index.html?lang=sk")]
    apart = overview.addresses("mill", ["en", "sk"], ["index.html", "index.sk.html"])
    assert apart == [("en", "mill/index.html"), ("sk", "mill/index.sk.html")]
    page = overview.render([replace(ENTRY, readings=tuple(Reading(*each) for each in told))])
    assert '<h2><a href="a%20b/index.html">A mill</a></h2>' in page
    assert '<a href="a%20b/index.html?lang=sk" hreflang="sk">slovenčina</a>' in page


def test_what_authors_wrote_is_text():
    """Markup in it is shown, not followed."""
    hostile = "<script>alert(1)</script>"
    entry = replace(ENTRY, title=hostile, subtitle=hostile, promise=hostile, dates=hostile)
    page = overview.render([entry])
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 4


def test_a_hundred_stories_are_light(interhelpo):
    """The list of a hundred, each with a map full of coasts, is smaller than one story's page."""
    layout = scenes.lay_out(interhelpo, "en")
    spots = [scene.frame for scene in layout.scenes]
    base = atlas.cover(layout.cover.frame, [*spots, *filter(None, [layout.reach])])
    drawn = static_map.stamp(layout, base)
    entry = replace(ENTRY, map=drawn)
    entries = [replace(entry, title=f"Story {number}") for number in range(100)]
    assert len(overview.render(entries)) < 800_000
    assert len(gzip.compress(drawn.encode())) < 3000


@pytest.mark.parametrize("name", ["pacific", "languages"])
def test_a_stamp_shows_what_is_known(name):
    """Land, routes by their certainty, and places; nothing that is not of the story's map."""
    import storymap

    story = storymap.load(Path(__file__).parent / "stories" / "good" / name).model
    layout = scenes.lay_out(story, story.language)
    drawn = static_map.stamp(layout, atlas.cover(layout.cover.frame))
    assert '<path class="land"' in drawn
    assert '<path class="places"' in drawn
    legs = {certainty for route in layout.routes for certainty in route.legs}
    shown = {each for each in legs if f'class="route {each}"' in drawn}
    assert shown == (legs if layout.cover.travels else set())


def test_a_place_too_small_for_its_outline_is_no_speck():
    """A town's outline on a map of half a continent gives way to a circle that can be seen."""
    import storymap

    story = storymap.load(Path(__file__).parent / "stories" / "good" / "linked-places").model
    layout = scenes.lay_out(story, story.language)
    drawn = static_map.stamp(layout, atlas.cover(layout.cover.frame))
    assert re.search(r'<circle class="sm-area [^>]* r="12"/>', drawn)
    assert '<path class="sm-area' not in drawn
