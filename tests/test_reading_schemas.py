import json
from pathlib import Path

import pytest

from storymap.exchange import to_geojson
from storymap.reading import event_rows, feature_records, place_rows, read_story
from storymap.reading.feature_records import FeatureRecord, PlaceCollection
from storymap.reading.schemas import json_schemas

GOOD = Path(__file__).parent / "stories" / "good"
SHAPES = [
    shape
    for shape in vars(feature_records).values()
    if isinstance(shape, type) and issubclass(shape, FeatureRecord) and shape is not FeatureRecord
]


def test_every_kind_of_file_has_a_schema():
    """Editors complete and check YAML with it."""
    schemas = json_schemas()
    assert list(schemas) == [
        *("story", "gazetteer", "routes", "sources", "event", "geocodes"),
        *("gazetteer-geojson", "story-translation", "event-translation"),
        *("gazetteer-row", "event-row"),
    ]
    assert schemas["story"]["required"] == ["format", "title", "language", "cover"]
    assert schemas["event"]["additionalProperties"] is False


def test_a_schema_lets_a_shorthand_be_a_text():
    """`route: voyage` is as good as `route: {id: voyage}`."""
    passage = json_schemas()["event"]["$defs"]["PassageRecord"]
    assert passage["anyOf"][0] == {"type": "string"}
    assert passage["anyOf"][1]["required"] == ["id"]


def test_sources_may_be_a_list_or_stand_under_references():
    """As they are read."""
    works, whole = json_schemas()["sources"]["anyOf"]
    assert works["items"] == {"$ref": "#/$defs/SourceRecord"}
    assert whole == {"$ref": "#/$defs/Works"}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_key_of_a_feature_is_described_with_an_example(shape):
    """As those of records are."""
    for name, info in shape.model_fields.items():
        assert info.description, name
        assert info.examples, name


@pytest.mark.parametrize("kind", ["gazetteer-row", "event-row"])
def test_every_column_is_described_with_an_example(kind):
    """And none of them is missing."""
    columns = (place_rows if kind == "gazetteer-row" else event_rows).COLUMNS
    properties = json_schemas()[kind]["properties"]
    assert properties.keys() == columns.keys()
    assert all(column["description"] and column["examples"][0] for column in properties.values())


def test_what_is_written_and_what_others_write_is_as_the_schema_has_it():
    """Each key that we write is known to it."""
    others = json.loads((GOOD / "linked-places" / "gazetteer.geojson").read_text("utf-8"))
    assert PlaceCollection.model_validate(others)
    story, _ = read_story(GOOD / "harbour")
    ours = PlaceCollection.model_validate_json(to_geojson(story.places))
    assert ours.model_extra.keys() == {"@context"}
    assert not any(record.model_extra for place in ours.features for record in parts_of(place))


def parts_of(record):
    """Yield a record and all that it is made of."""
    yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for part in value if isinstance(value, tuple) else [value]:
            if isinstance(part, FeatureRecord):
                yield from parts_of(part)
