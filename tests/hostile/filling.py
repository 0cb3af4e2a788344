"""Stories in which every text is hostile: which texts there are is asked of the records.

A field is a text if its record lets some harmless markup through as its value. All else is what
the record gives as an example, but for what must be one thing throughout a story.
"""

import csv
import io
import itertools
import json
import shutil
from pathlib import Path
from types import NoneType
from typing import get_args, get_origin

import yaml
from payloads import ALL
from pydantic import BaseModel, TypeAdapter, ValidationError

from storymap.reading import records
from storymap.reading import translation_records as told
from storymap.reading.feature_records import (
    FeatureRecord,
    PlaceCollection,
    PlaceFeature,
    PropertiesRecord,
    ToponymRecord,
)
from storymap.reading.place_rows import COLUMNS
from storymap.reading.references import Kind, References
from storymap.reading.yaml_nodes import Part
from storymap.text import control_in

MEDIA = Path(__file__).parents[1] / "stories" / "good" / "media" / "media"
SITE = "www.youtube-nocookie.com"
LANGUAGES = ("sk", "ru")
EVENTS = ("constructor", "top", "location", "map", "0", "null", "valueof", "name", "self", "e9")
PLACES = ("constructor", "window", "0", "hasownproperty", "true", "p5", "p6", "p7")
SOURCES = ("constructor", "then", "s2", "s3")
ROUTES = ("constructor", "length")
SHEET_TEXTS = (
    *("title", "title-source", "title-uri", "geo-source", "geo-id", "parent-name", "hints"),
    *("types", "description"),
)
"""columns that take a text"""


def known(places=PLACES, steps=EVENTS):
    """Return references that know the story's ids, as those that read it do."""
    references = References(frames=[SITE], steps=steps)
    for kind, ids in ((Kind.PLACE, places), (Kind.ROUTE, ROUTES), (Kind.SOURCE, SOURCES)):
        references.define(kind, [Part("", "", None, {"id": id}) for id in ids])
    return references


def accepts(field, text):
    """Tell whether a field takes a text for its value."""
    try:
        TypeAdapter(field.rebuild_annotation()).validate_python(text, context=known())
    except ValidationError:
        return False
    return True


def inner(annotation):
    """Return the record within an annotation, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(inner, get_args(annotation))), None)


def is_list(annotation):
    """Tell whether a value is a list of what the annotation names."""
    return get_origin(annotation) is tuple or any(map(is_list, get_args(annotation)))


def texts_of(record):
    """Yield the keys of a record that take a text, or a list of texts."""
    for info in record.model_fields.values():
        if inner(info.annotation):
            continue
        probe = [["<b>bold</b>"]] if is_list(info.annotation) else ["<b>bold</b>"]
        if accepts(info, *probe):
            yield info


def every_record(*roots):
    """Return the records that *roots* are made of."""
    found, waiting = [], [*roots]
    while waiting:
        record = waiting.pop()
        if record in found:
            continue
        found.append(record)
        waiting += filter(None, (inner(info.annotation) for info in record.model_fields.values()))
    return sorted(found, key=lambda record: record.__name__)


RECORDS = every_record(
    *(records.StoryRecord, records.PlaceRecord, records.RouteRecord, records.SourceRecord),
    *(records.EventRecord, records.GeocodeRecord, PlaceCollection),
    *(told.StoryTranslationRecord, told.EventTranslationRecord),
)
"""of all files"""
TEXTS = {(record.__name__, info.alias): info for record in RECORDS for info in texts_of(record)}
"""record and key -> each field of a story that takes a text"""
_MARKDOWN = records.EventRecord.model_fields["background"]
TEXTS |= {("Event", key): _MARKDOWN for key in ("text", "transcript")}
TEXTS["DescriptionRecord", "value"] = TEXTS["CSV", "description"] = _MARKDOWN
MARKDOWN = {
    *(("Event", "text"), ("Event", "transcript"), ("DescriptionRecord", "value")),
    *(("CSV", "description"), ("EventRecord", "background"), ("PlaceRecord", "notes")),
    *(("RouteRecord", "notes"), ("StatementRecord", "text"), ("MediaRecord", "transcript")),
    *(("EventTranslationRecord", "background"), ("DisputeTranslationRecord", "says")),
    ("MediaTranslationRecord", "transcript"),
}
"""those of them in which some marks are no text: stars, backslashes, links"""


class Filling:
    """One story folder full of hostile texts, beginning with that of number *first*."""

    def __init__(self, folder, first=0):
        self.folder = folder
        self.put = []
        """record, key and text of all that was written"""
        self._next = itertools.count(first * 7)

    def text(self, record, key):
        """Return the next text that the field takes, with a mark of its own behind it."""
        info = TEXTS.get((record, key))
        for number in self._next:
            text = f"{ALL[number % len(ALL)]} ~t{len(self.put)}~"
            fits = info is None or accepts(info, [text] if is_list(info.annotation) else text)
            if fits and not control_in(text):
                self.put.append((record, key, text))
                return text
        raise AssertionError

    def record(self, record, **given):
        """Return a record's data; what is *given* goes first, and None leaves a key out."""
        given = {key.rstrip("_").replace("_", "-"): value for key, value in given.items()}
        data = {}
        for info in record.model_fields.values():
            key = info.alias
            if key in given:
                value = given[key]
            elif (record.__name__, key) in TEXTS:
                value = self.text(record.__name__, key)
                value = [value] if is_list(info.annotation) else value
            elif part := inner(info.annotation):
                value = self.record(part)
                value = [value] if is_list(info.annotation) else value
            elif issubclass(record, FeatureRecord) or info.annotation in (int, float, bool):
                value = None
            else:
                value = info.examples[0]
            if value is not None and type(value) is not NoneType:
                data[key] = value
        return data

    # --- the files ------------------------------------------------------------------------------

    def write(self):
        """Write the folder, and beside it what it shares."""
        (self.folder / "events").mkdir(parents=True)
        shutil.copytree(MEDIA, self.folder / "media")
        self._write_media()
        self._yaml("story.yaml", self._story())
        self._yaml("gazetteer.yaml", [self._place(i, id) for i, id in enumerate(PLACES)])
        self._yaml("sources.yaml", [self._source(id) for id in SOURCES])
        self._yaml("routes.yaml", [self._route(id) for id in ROUTES])
        self._yaml("geocodes.lock.yaml", [self._geocode()])
        self._write_csv()
        self._write_geojson()
        for i, id in enumerate(EVENTS):
            self._step(f"events/{i:02}0-{id}.md", self._event(i))
            for tag in LANGUAGES:
                self._step(f"events/{i:02}0-{id}.{tag}.md", self._translation(i))
        for tag in LANGUAGES:
            self._yaml(f"story.{tag}.yaml", self.record(told.StoryTranslationRecord, reviewed=None))
        return self.folder

    def _yaml(self, name, data):
        text = yaml.dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        (self.folder / name).write_text(text, encoding="utf-8", newline="")

    def _step(self, name, front):
        head = yaml.dump(front, allow_unicode=True, sort_keys=False, width=10_000)
        already = len(self.put)
        body = "["
        while known().problems_of_links(body, ""):  # one paragraph may make a link of another
            del self.put[already:]
            body = "\n\n".join(self.text("Event", "text") for _ in range(3))
        (self.folder / name).write_text(f"---\n{head}---\n{body}\n", encoding="utf-8", newline="")

    def _cited(self):
        source = SOURCES[len(self.put) % len(SOURCES)]
        return [self.record(records.CitationRecord, source=source)]

    def _story(self):
        return self.record(
            records.StoryRecord,
            format=1,
            language="en",
            languages=["en", *LANGUAGES],
            cover=self.record(records.CoverRecord, route=ROUTES[0]),
            base_url="https://school.example/story/",
            theme=None,
            frames=[SITE],
            geocoding=None,
            gazetteers=["../common.csv", "../common.geojson"],
            pull=None,
            map=self.record(records.MapRecord, tiles=self.record(records.TilesRecord)),
        )

    def _place(self, i, id):
        at = [40 + i, 60 + 2 * i]
        wide = {"precision": "approximate", "point": at, "radius-km": 30, "reason": None}
        places = [
            {"precision": "exact", "point": at, "reason": None},
            {"precision": "unlocated"},
            {"precision": "region", "box": [60, 40, 62, 42], "reason": None},
            wide,
        ]
        plain = dict.fromkeys(("point", "box", "polygon", "polygons", "radius_km"))
        name = {"when": None, "sources": self._cited()}
        return self.record(
            records.PlaceRecord,
            id=id,
            names=[
                self.record(records.NameRecord, **name, kind=kind, language=tag)
                for kind, tag in (
                    *(("official", "en"), ("official", "sk"), ("exonym", "ru"), ("source", "en")),
                )
            ],
            location=None
            if id == PLACES[-1]
            else self.record(records.LocationRecord, **{**plain, **places[i % 4]}),
            within=PLACES[0] if i > 4 else None,
            geonames=None,
            wikidata=None,
            sources=self._cited(),
        )

    def _source(self, id):
        person = self.record(records.AuthorRecord, literal=None)
        body = self.record(records.AuthorRecord)
        return self.record(
            records.SourceRecord, id=id, URL="https://archive.example/", author=[person, body]
        )

    def _route(self, id):
        stops = [
            self.record(records.StopRecord, place=place, certainty=sure)
            for place, sure in zip(
                (PLACES[0], PLACES[3], PLACES[4]),
                ("documented", "inferred", "guessed"),
                strict=True,
            )
        ]
        return self.record(
            records.RouteRecord, id=id, when="1925", stops=stops, sources=self._cited()
        )

    def _geocode(self):
        return self.record(
            records.GeocodeRecord,
            id=PLACES[-1],
            answer=self.record(records.AnswerRecord, point=[42.87, 74.59], box=None),
            accepted="by the author",
        )

    def _media(self, i):
        told = {"transcript"} if i % 6 in (3, 4) else set()
        kind = (
            {"file": "media/hill.jpg"},
            {"file": "media/sun.svg"},
            {"file": "media/tone.wav", "transcript": "media/hostile.txt"},
            {"file": "media/tone.wav"},
            {
                "file": "media/square.webm",
                "captions": "media/hostile.vtt",
                "poster": "media/sky.png",
            },
            {"frame": f"https://{SITE}/embed/1"},
        )[i % 6]
        without = {"file", "frame", "transcript", "captions", "silent", "poster"} - told
        return [self.record(records.MediaRecord, **dict.fromkeys(without) | kind)]

    def _event(self, i):
        rows = [[self.text("TableRecord", "rows"), 3], [self.text("TableRecord", "rows"), 4]]
        says = [
            self.record(records.StatementRecord, source=source) for source in (SOURCES[0], "then")
        ]
        corners = [[41, 70], [41, 71], [40, 71], [40, 70]]
        return self.record(
            records.EventRecord,
            when=str(1900 + i),
            places=[PLACES[i % len(PLACES)], PLACES[1], *(["c0", "g0"] if i == 0 else [])],
            names_at=None,
            flashback=None,
            route=self.record(records.PassageRecord, id=ROUTES[i % 2], from_=None, to=None),
            camera=None,
            media=self._media(i),
            overlays=[
                self.record(
                    records.OverlayRecord,
                    **({"geojson": "media/hostile.geojson"} | dict.fromkeys(("image", "alt")))
                    if i % 2
                    else {"image": "media/sky.png", "geojson": None, "corners": corners},
                    **({"corners": None, "opacity": None} if i % 2 else {"opacity": 0.5}),
                )
            ],
            table=self.record(records.TableRecord, rows=rows),
            disputed=[self.record(records.DisputeRecord, says=says)],
            sources=self._cited(),
        )

    def _translation(self, i):
        rows = [self.text("TableTranslationRecord", "rows") for _ in range(2)]
        says = [self.text("DisputeTranslationRecord", "says") for _ in range(2)]
        words = {"transcript": None, "captions": None}
        if i % 6 in (2, 3, 4):
            words["transcript"] = self.text("MediaTranslationRecord", "transcript")
        if i % 6 == 4:
            words["captions"] = "media/hostile.vtt"
        picture = {} if i % 2 == 0 else {"alt": None}
        return self.record(
            told.EventTranslationRecord,
            disputed=[self.record(told.DisputeTranslationRecord, says=says)],
            table=self.record(told.TableTranslationRecord, rows=rows),
            media=[self.record(told.MediaTranslationRecord, **words)],
            overlays=[self.record(told.OverlayTranslationRecord, **picture)],
        )

    # --- files that steps and gazetteers lead to ------------------------------------------------

    def _write_media(self):
        features = [
            {
                "type": "Feature",
                "properties": {
                    key: self.text("GeoJSON", key)
                    for key in ("title", "description", "marker-symbol", "name", "__proto__")
                },
                "geometry": {"type": "Point", "coordinates": [70 + i, 40]},
            }
            for i in range(6)
        ]
        cues = "\n\n".join(
            f"00:0{i}.000 --> 00:0{i}.900\n" + " ".join(self.text("WebVTT", "cue").split())
            for i in range(6)
        )
        for name, text in (
            ("hostile.geojson", json.dumps({"type": "FeatureCollection", "features": features})),
            ("hostile.vtt", f"WEBVTT\n\n{cues}\n"),
            ("hostile.txt", self.text("Event", "transcript")),
        ):
            (self.folder / "media" / name).write_text(text, encoding="utf-8", newline="")

    def _write_csv(self):
        rows = io.StringIO()
        table = csv.DictWriter(rows, COLUMNS, lineterminator="\n")
        table.writeheader()
        texts = {key: self.text("CSV", key) for key in SHEET_TEXTS}
        table.writerow({"id": "c0", "lat": 41, "lon": 71, **texts})
        path = self.folder.parent / "common.csv"
        path.write_text(rows.getvalue(), encoding="utf-8", newline="")

    def _write_geojson(self):
        feature = self.record(
            PlaceFeature,
            id=None,
            type="Feature",
            properties=self.record(PropertiesRecord, ccodes=None, fclasses=None),
            names=[self.record(ToponymRecord, lang="en", when=None)],
            geometry={"type": "Point", "coordinates": [72, 42]},
        ) | {"@id": "storymap:g0"}
        collection = {"type": "FeatureCollection", "features": [feature]}
        path = self.folder.parent / "common.geojson"
        path.write_text(json.dumps(collection), encoding="utf-8")
