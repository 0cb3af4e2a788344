"""The map by its buttons: zoom, move, back to the step, and no key taken from the page."""

import pytest
from looking import MAP

VIEW = f"(() => {{ const {{ lat, lng }} = {MAP}.getCenter(); return [lat, lng] }})()"
OPEN = "#sm-move-button"
HELP = (
    "The arrow keys move the map, plus and minus zoom. Each step says in words what the map shows."
)


def view(reader):
    """Return latitude and longitude of the map's middle."""
    return reader.evaluate(VIEW)


def press(reader, button, times=1):
    """Click a button, be it of no use."""
    reader.evaluate(
        "([button, times]) => { while (times--) document.querySelector(button).click() }",
        [button, times],
    )


def is_disabled(reader, button):
    return reader.page.get_attribute(button, "aria-disabled") == "true"


@pytest.mark.parametrize(
    ("button", "key", "lat", "lng"),
    [
        ("#sm-up", "ArrowUp", 1, 0),
        ("#sm-down", "ArrowDown", -1, 0),
        ("#sm-left", "ArrowLeft", 0, -1),
        ("#sm-right", "ArrowRight", 0, 1),
    ],
)
def test_four_buttons_move_the_map(open_page, button, key, lat, lng):
    """Each its own way; the arrow keys do the same among them, and the step stays."""
    reader = open_page(after="#founding")
    reader.page.click(OPEN)
    for act in (lambda: reader.page.click(button), lambda: reader.page.keyboard.press(key)):
        before = view(reader)
        act()
        after = view(reader)
        assert [(a > b + 0.1) - (a < b - 0.1) for a, b in zip(after, before, strict=True)] == [
            *(lat, lng),
        ]
    assert reader.step() == "founding"
    reader.page.click("#sm-home")
    assert view(reader) != after


def test_a_button_says_where_the_map_ends(open_page):
    """It stays, so that the focus does, and is marked as of no use until there is more."""
    reader = open_page(after="#founding")
    reader.page.click(OPEN)
    assert not is_disabled(reader, "#sm-up")
    press(reader, "#sm-up", 60)
    reader.wait("document.getElementById('sm-up').ariaDisabled === 'true'")
    assert reader.evaluate("document.activeElement.id") == "sm-up"
    before = view(reader)
    press(reader, "#sm-up")
    assert view(reader) == before
    reader.page.click("#sm-down")
    assert not is_disabled(reader, "#sm-up")


def test_zooming_ends_at_both_ends(open_page):
    """In and out until nothing is left, by buttons alone."""
    reader = open_page(after="#founding")
    for button, other in (("#sm-zoom-in", "#sm-zoom-out"), ("#sm-zoom-out", "#sm-zoom-in")):
        press(reader, button, 16)
        reader.wait(f"document.querySelector('{button}').ariaDisabled === 'true'")
        assert not is_disabled(reader, other)


def test_arrow_keys_move_the_map_only_while_it_has_the_focus(open_page):
    """Elsewhere they step."""
    reader = open_page(after="#founding")
    reader.page.focus("#sm-map .leaflet-container")
    before = view(reader)
    reader.page.keyboard.press("ArrowRight")
    reader.wait(f"{VIEW}[1] > {before[1]} + 0.01")
    assert reader.step() == "founding"
    reader.page.focus("#sm-next")
    reader.page.keyboard.press("ArrowRight")
    assert reader.step() == "sister-cooperatives"


def test_the_map_has_a_name_and_tells_how_it_is_moved(open_page):
    """A region called the map, and in it a group that says which keys it takes."""
    reader = open_page()
    tree = reader.page.locator("#sm-stage").aria_snapshot()
    assert tree.startswith('- region "Map":')
    assert reader.evaluate(
        """(() => {
            const map = document.querySelector('#sm-map .leaflet-container')
            const { textContent } = document.getElementById(map.getAttribute('aria-describedby'))
            return [map.role, map.ariaLabel, textContent]
        })()"""
    ) == [
        *("group", "Map", HELP),
    ]


def zoom(reader):
    return reader.evaluate(f"{MAP}.getZoom()")


def resize(reader):
    """Make the window narrower, and wait until the map has noticed."""
    reader.evaluate(f"() => {{ {MAP}.once('resize', () => {{ window.resized = true }}) }}")
    reader.page.set_viewport_size({"width": 1180, "height": 760})
    reader.wait("window.resized")


def test_a_view_that_the_reader_chose_by_the_wheel_stays_when_the_window_changes(open_page):
    """As it does when a phone hides its address bar."""
    reader = open_page(after="#founding")
    reader.page.mouse.move(1000, 400)
    before = zoom(reader)
    reader.page.mouse.wheel(0, -240)
    reader.wait(f"{MAP}.getZoom() > {before} + 0.2 && !{MAP}._animatingZoom")
    chosen = zoom(reader)
    resize(reader)
    assert zoom(reader) == pytest.approx(chosen)


def test_a_step_is_framed_anew_when_the_window_changes(open_page):
    """As long as the reader has not moved the map."""
    reader = open_page(after="#founding")
    resize(reader)
    fresh = open_page(after="#founding", size=(1180, 760))
    assert view(reader) == pytest.approx(view(fresh), abs=1e-3)
    assert zoom(reader) == pytest.approx(zoom(fresh), abs=1e-3)


def test_a_button_ends_a_flight_as_a_hand_does(open_page):
    """The map stays at the zoom that the reader chose on the way."""
    reader = open_page(after="#founding", reduced_motion="no-preference")
    away = zoom(reader)
    reader.evaluate("() => { window.storymap.goTo('journey') }")
    reader.wait(f"{MAP}.getZoom() < {away} - 0.5")
    wanted = reader.evaluate(
        f"""() => {{
            const zoom = {MAP}.getZoom()
            document.getElementById('sm-zoom-in').click()
            return zoom + 1
        }}"""
    )
    reader.wait(f"Math.abs({MAP}.getZoom() - {wanted}) < 0.01 && !{MAP}._animatingZoom")
    reader.page.wait_for_timeout(200)
    assert zoom(reader) == pytest.approx(wanted, abs=0.01)


def test_keys_with_a_modifier_are_the_browsers(open_page):
    """Alt and Left lead back in its history, wherever the focus is."""
    reader = open_page()
    reader.page.click(OPEN)
    taken = reader.evaluate(
        """() => !document.activeElement.dispatchEvent(new KeyboardEvent(
            'keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true }))"""
    )
    assert not taken
    assert reader.evaluate("document.activeElement.id") == "sm-up"
