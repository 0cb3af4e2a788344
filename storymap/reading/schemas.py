"""The JSON Schema of each kind of file, for editors that complete and check them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter

from storymap.reading import event_rows, place_rows
from storymap.reading.feature_records import PlaceCollection
from storymap.reading.records import (
    EventRecord,
    GeocodeRecord,
    PlaceRecord,
    RouteRecord,
    SourceRecord,
    StoryRecord,
)
from storymap.reading.translation_records import EventTranslationRecord, StoryTranslationRecord

Schema = dict[str, Any]


class Works(BaseModel):
    """The file sources.yaml where it is CSL-YAML as pandoc has it; other keys are not read."""

    references: tuple[SourceRecord, ...] = Field(
        description="the works", examples=[[{"id": "geonames", "title": "GeoNames"}]]
    )


def json_schemas() -> dict[str, Schema]:
    """Return the schemas by kind of file; of spreadsheets, that of a row."""
    shapes: dict[str, TypeAdapter[Any]] = {
        "story": TypeAdapter(StoryRecord),
        "gazetteer": TypeAdapter(tuple[PlaceRecord, ...]),
        "routes": TypeAdapter(tuple[RouteRecord, ...]),
        "sources": TypeAdapter(tuple[SourceRecord, ...] | Works),
        "event": TypeAdapter(EventRecord),
        "geocodes": TypeAdapter(tuple[GeocodeRecord, ...]),
        "gazetteer-geojson": TypeAdapter(PlaceCollection),
        "story-translation": TypeAdapter(StoryTranslationRecord),
        "event-translation": TypeAdapter(EventTranslationRecord),
    }
    return {
        **{kind: shape.json_schema(by_alias=True) for kind, shape in shapes.items()},
        "gazetteer-row": _row("A row of gazetteer.csv, .tsv or .xlsx.", place_rows.COLUMNS),
        "event-row": _row("A row of events.csv, .tsv or .xlsx.", event_rows.COLUMNS),
    }


def _row(description: str, columns: Mapping[str, tuple[str, str]]) -> Schema:
    return {
        "description": description,
        "type": "object",
        "properties": {
            name: {"description": words, "examples": [example], "type": "string"}
            for name, (words, example) in columns.items()
        },
    }
