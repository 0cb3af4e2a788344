import json

import pytest

import hatch_build
from storymap import atlas, scenes
from storymap.document import TEXTS, document, escaped
from storymap.geometry import Box

BASE = atlas.cover(Box(18, 42, 75, 54))


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", "&lt;"]
)
def test_no_text_ends_the_element_that_holds_it(text):
    """Escaped JSON has no markup in it and reads back as what went in."""
    json_text = escaped({"title": text})
    assert not set("<>&\u2028\u2029") & set(json_text)
    assert json.loads(json_text) == {"title": text}


@pytest.fixture(scope="module")
def data(interhelpo):
    """The document of the project's own story."""
    layout = scenes.lay_out(interhelpo, "en")
    return document(interhelpo, layout, BASE, map_name="map_1", language="en")


def test_the_document_of_the_interhelpo_story(data, snapshot):
    """The whole document is as the snapshot, which the TypeScript tests read too."""
    snapshot("interhelpo.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def test_every_index_points_at_something(data):
    """Scenes name places, labels and stops by number; none of them is out of range."""
    places = data["places"]
    for scene in [data["cover"], *data["scenes"]]:
        assert all(places[i]["at"] for i in scene["current"] + scene["visited"])
        assert len(scene["labels"]) == len(places)
        assert all(
            0 <= label < len(place["labels"])
            for label, place in zip(scene["labels"], places, strict=True)
        )
        for travel in scene["routes"]:
            stops = data["routes"][travel["route"]]["stops"]
            assert max(travel["last"], travel["past"]) < len(stops)


def test_every_text_is_said_by_the_script():
    """No words lie in the page that nobody reads."""
    script = "".join(path.read_text("utf-8") for path in (hatch_build.BROWSER / "src").glob("*.ts"))
    assert [name for name in TEXTS if f'words("{name}"' not in script] == []
