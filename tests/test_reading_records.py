import pytest

from storymap.reading import records
from storymap.reading.records import Record, describe, json_schemas

KINDS = sorted(
    (
        kind
        for kind in vars(records).values()
        if isinstance(kind, type) and issubclass(kind, Record)
    ),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described_with_an_example(kind):
    """Hints and the JSON Schema are made of them."""
    for name, info in kind.model_fields.items():
        assert info.description, name
        assert info.examples, name


def test_a_key_has_hyphens_where_its_field_has_underscores():
    """Python's reserved words lose the underscore at their end."""
    assert describe("radius-km", records.LocationRecord) == (
        "radius-km: how far from the point the truth may lie"
    )
    assert describe("from", records.PassageRecord) == "from: the place where the step begins"
    assert describe("radius_km", records.LocationRecord) == ""


def test_every_kind_of_file_has_a_schema():
    """Editors complete and check YAML with it."""
    schemas = json_schemas()
    assert list(schemas) == ["story", "gazetteer", "routes", "sources", "event", "geocodes"]
    assert schemas["story"]["required"] == ["format", "title", "language", "cover"]
    assert schemas["event"]["additionalProperties"] is False


def test_a_schema_lets_a_shorthand_be_a_text():
    """`route: voyage` is as good as `route: {id: voyage}`."""
    passage = json_schemas()["event"]["$defs"]["PassageRecord"]
    assert passage["anyOf"][0] == {"type": "string"}
    assert passage["anyOf"][1]["required"] == ["id"]
