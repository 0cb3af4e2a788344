"""A small complete story to begin with, with the schemas by which editors complete and check it."""

import json
from pathlib import Path
from typing import cast

from storymap.editing.splices import put
from storymap.reading.schemas import json_schemas
from storymap.reading.yaml_nodes import Part, compose

_FOLDER = Path(__file__).parent / "skeleton"
_HEAD = "story.yaml"
_KINDS = ("story", "gazetteer", "routes", "sources")
"""of files for which editors look up a schema"""


def skeleton(title: str = "") -> dict[str, bytes]:
    """Return the files of a story called *title*, or as the example is, by name."""
    files = {
        path.relative_to(_FOLDER).as_posix(): path.read_bytes()
        for path in sorted(_FOLDER.rglob("*"))
        if path.is_file()
    }
    if title:
        files[_HEAD] = _entitled(files[_HEAD].decode(), title)
    schemas = {
        f".schemas/{kind}.json": json.dumps(schema, indent=2, ensure_ascii=False).encode() + b"\n"
        for kind, schema in json_schemas().items()
    }
    return files | schemas


def _entitled(text: str, title: str) -> bytes:
    head, _ = compose(text, _HEAD)
    return put(cast("Part", head), "title", title).applied(text).encode()
