"""The page on paper and without scripts, as browsers show it to those who ask for that."""

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from storymap import pipeline

STORY = Path(__file__).parent.parent / "stories" / "good" / "harbour"
WIDTHS = [390, 1440]


@pytest.fixture
def addressed(tmp_path):
    """The path of a page that says where it is found."""
    built = pipeline.build(STORY, tmp_path, base_url="https://example.org/harbour/")
    return built.page.path


@pytest.mark.parametrize("width", WIDTHS)
def test_without_scripts_the_contents_lead_to_each_step(open_page, interhelpo, width):
    """Each entry has date and title, and fits the screen."""
    page = open_page(java_script_enabled=False, size=(width, 800)).page
    contents = page.get_by_role("navigation", name="Steps")
    links = contents.locator("ol a")
    assert links.count() == len(interhelpo.events)
    assert contents.bounding_box()["width"] <= width
    for link, event in zip(links.all(), interhelpo.events, strict=True):
        assert link.inner_text().split("\n")[-1].strip().endswith(event.title)
        assert link.get_attribute("href") == f"#{event.id}"
    links.nth(3).click()
    heading = page.locator(f"#sm-h-{interhelpo.events[3].id}").bounding_box()
    assert 0 <= heading["y"] <= 400
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_a_table_can_be_opened(open_page):
    """By the browser's own means."""
    page = open_page(java_script_enabled=False).page
    table = page.locator(".sm-chart table")
    assert not table.is_visible()
    page.locator(".sm-chart summary").click()
    assert table.is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_paper_shows_all_and_nothing_to_press(open_page, interhelpo, scripts):
    """Maps and tables are there, on white however dark the screen is, and no control is."""
    reader = open_page(java_script_enabled=scripts, color_scheme="dark")
    if scripts:
        reader.evaluate("void dispatchEvent(new Event('beforeprint'))")
    reader.page.emulate_media(media="print")
    shown = reader.page.locator("main .sm-static:visible")
    assert shown.count() == 1 + len(interhelpo.events)
    assert reader.page.locator(".sm-chart table").bounding_box()["height"] > 100
    assert reader.page.locator(":is(button, input, summary, nav):visible").count() == 0
    colours = "getComputedStyle(document.documentElement)"
    assert reader.evaluate(f"{colours}.color") == "rgb(0, 0, 0)"
    assert reader.evaluate(f"{colours}.backgroundColor") == "rgba(0, 0, 0, 0)"


def test_citations_on_paper_have_the_numbers_of_the_works(open_page, interhelpo):
    """The number after a citation is that of the work in the list at the end."""
    reader = open_page(java_script_enabled=False)
    reader.page.emulate_media(media="print")
    cited = reader.page.locator("#founding [data-note]").first
    number = int(cited.get_attribute("data-note"))
    assert cited.get_attribute("href") == f"#sm-source-{interhelpo.sources[number - 1].id}"
    shown = cited.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert shown != "none"


def test_the_code_on_paper_leads_to_the_page(open_page, addressed):
    """A telephone reads the address that stands beside it; on the screen there is neither."""
    page = open_page(addressed).page
    block = page.locator(".sm-address")
    assert not block.is_visible()
    page.emulate_media(media="print")
    picture = Image.open(io.BytesIO(block.locator("svg").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == "https://example.org/harbour/" == block.inner_text().strip()
