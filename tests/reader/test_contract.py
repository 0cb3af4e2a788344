"""What embedding pages and other tools rely on (the contract of the design)."""

import json

import pytest

STATE = "window.storymap.state()"


def current(reader):
    """Return the ids of the sections that are marked as the current step."""
    return reader.evaluate(
        "[...document.querySelectorAll('[aria-current=step]')]"
        ".filter(e => e.matches('section')).map(e => e.id)"
    )


def hash_of(reader):
    return reader.evaluate("location.hash")


def test_the_page_opens_on_the_cover(open_page, interhelpo):
    """Without a hash no step is current, and steps count from 0."""
    reader = open_page()
    assert reader.evaluate(STATE) == {
        "version": 1,
        "step": None,
        "index": -1,
        "count": len(interhelpo.events),
        "language": "en",
        "languages": ["en", "sk", "cs", "ru", "ky", "eo"],
    }
    assert current(reader) == []


def test_every_step_stands_in_the_page_in_order(open_page, interhelpo):
    """Each is a section in `main` with its id, its EDTF date and a heading."""
    reader = open_page()
    sections = reader.evaluate(
        "[...document.querySelectorAll('main section.step')]"
        ".map(s => [s.id, s.dataset.when, s.querySelectorAll('h2').length])"
    )
    assert sections == [
        [event.id, event.when.edtf if event.when else "", 1] for event in interhelpo.events
    ]


def test_a_link_opens_its_step(open_page):
    """The hash names the step."""
    reader = open_page(after="#founding")
    assert reader.step() == "founding"
    assert current(reader) == ["founding"]


def test_a_link_to_no_step_opens_the_cover(open_page):
    """An unknown hash does no harm."""
    assert open_page(after="#nowhere").step() is None


def test_a_link_may_name_a_language(open_page):
    """A language that the page lacks leaves it in the default one."""
    reader = open_page(after="#founding?lang=xx")
    assert reader.step() == "founding"
    assert reader.evaluate(f"{STATE}.language") == "en"


def test_the_address_follows_the_reader(open_page):
    """Going to a step writes its id into the address."""
    reader = open_page()
    reader.evaluate("window.storymap.goTo('arrival')")
    reader.wait("location.hash === '#arrival'")
    assert current(reader) == ["arrival"]


def test_steps_go_by_id_and_by_number(open_page, interhelpo):
    """`goTo` takes both; -1 is the cover."""
    reader = open_page()
    for target, expected in [(3, 3), ("founding", None), (-1, -1)]:
        reader.evaluate("target => window.storymap.goTo(target)", target)
        index = reader.evaluate(f"{STATE}.index")
        ids = [event.id for event in interhelpo.events]
        assert index == (ids.index(target) if expected is None else expected)


def test_next_and_previous_stop_at_the_ends(open_page, interhelpo):
    """There is nothing before the cover and nothing after the last step."""
    reader = open_page()
    reader.evaluate("window.storymap.previous()")
    assert reader.evaluate(f"{STATE}.index") == -1
    reader.evaluate("window.storymap.goTo(window.storymap.state().count - 1)")
    reader.evaluate("window.storymap.next()")
    assert reader.evaluate(f"{STATE}.index") == len(interhelpo.events) - 1


@pytest.mark.parametrize(
    ("key", "expected"),
    [("ArrowRight", 0), ("ArrowRight ArrowRight", 1), ("ArrowRight ArrowLeft", -1)],
)
def test_left_and_right_step(open_page, key, expected):
    """The arrow keys step from anywhere but the map and form fields."""
    reader = open_page()
    for each in key.split():
        reader.page.keyboard.press(each)
    assert reader.evaluate(f"{STATE}.index") == expected


def test_arrows_pan_while_the_map_has_focus(open_page):
    """The reader who is in the map stays in the step."""
    reader = open_page(after="#founding")
    reader.evaluate("document.querySelector('.leaflet-container').focus()")
    reader.page.keyboard.press("ArrowRight")
    assert reader.step() == "founding"


def test_nothing_is_taken_from_form_fields(open_page):
    """An arrow moves the caret in the search field."""
    reader = open_page(after="#founding")
    reader.page.click("#sm-search-button")
    reader.page.fill("#sm-query", "abc")
    reader.page.keyboard.press("ArrowLeft")
    assert reader.step() == "founding"


def test_home_and_end_belong_to_the_step_controls(open_page, interhelpo):
    """They go to the first and last step only from there."""
    reader = open_page(after="#founding")
    reader.page.focus("#sm-next")
    reader.page.keyboard.press("End")
    assert reader.step() == interhelpo.events[-1].id
    reader.page.keyboard.press("Home")
    assert reader.step() == interhelpo.events[0].id


def test_the_data_is_json_in_the_page(open_page, interhelpo):
    """The data island parses and counts the steps."""
    reader = open_page()
    text = reader.evaluate("document.getElementById('storymap-data').textContent")
    assert len(json.loads(text)["scenes"]) == len(interhelpo.events)


def test_the_pages_own_ids_have_their_prefix(open_page, interhelpo):
    """What is no step is called sm-…, so that no event's id can clash; map parts are Leaflet's."""
    reader = open_page()
    ids = reader.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    steps = {event.id for event in interhelpo.events}
    own = [id for id in ids if id not in steps and id != "storymap-data"]
    assert [id for id in own if not id.startswith(("sm-", "map_"))] == []
    assert len(ids) == len(set(ids))


def test_a_map_that_cannot_start_says_so(open_page, built_page, tmp_path):
    """Without Leaflet the page says that the map failed, and the text stays readable."""
    html = built_page.read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(html.replace('"version":1', '"version":99', 1), encoding="utf-8")
    reader = open_page(broken, outcome="failed")
    assert reader.evaluate("document.getElementById('sm-fail').checkVisibility()")
    assert reader.evaluate("document.getElementById('founding').checkVisibility()")
    reader.complaints.clear()
