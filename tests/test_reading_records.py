import pytest

from storymap.reading import records, translation_records
from storymap.reading.records import Record, describe

KINDS = sorted(
    (
        kind
        for kind in (vars(records) | vars(translation_records)).values()
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
