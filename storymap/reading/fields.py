"""The kinds of values in an author's files: dates, positions, ids and what they refer to.

Each is a type that pydantic checks; those that refer to something ask the `References` that are
the context of the validation.
"""

import re
from collections.abc import Callable
from math import isfinite
from typing import Annotated, Any, TypeVar, cast

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)

from storymap import dates
from storymap.geometry import Box, LatLon
from storymap.reading.faults import Fault, Refused
from storymap.reading.references import Kind, References
from storymap.text import excerpt

T = TypeVar("T")

ID = "^[a-z0-9][a-z0-9-]*$"
LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
COLOUR = "^#[0-9A-Fa-f]{6}$"
ADDRESS = r"^https?://\S+$"
COUNTRY = "^[A-Z]{2}$"
WIKIDATA = "^Q[0-9]+$"
FEATURE = "^[AHLPRSTUV]$"

PATTERNS = {
    ID: (
        "'{}' cannot be an id",
        "an id is made of a-z, 0-9 and hyphens, and begins with no hyphen",
    ),
    LANGUAGE: ("'{}' is no language tag", "write it as BCP 47 has it, such as en, sk or ru-Latn"),
    COLOUR: ("'{}' is no colour", "write it as '#B8321A', in quotes"),
    ADDRESS: ("'{}' is no web address", "begin it with https://"),
    COUNTRY: ("'{}' is no country code", "write two capitals as ISO 3166 has them, such as KG"),
    WIKIDATA: ("'{}' is no Wikidata item", "write it as Q9361"),
    FEATURE: ("'{}' is no feature class", "write one of A, H, L, P, R, S, T, U, V"),
}
"""pattern -> what to say where a text does not match it, and what helps"""

_DATE = {"type": ["string", "integer"]}  # editors take a year for a number
_DATE_HINT = "write it as EDTF, such as 1923-05-01, 1923-05, 1923, 1923/1925, 1925/.. or 1927~"


def _given(value: object) -> object:
    if value is None:
        raise Refused
    return value


def _read_date(value: object) -> dates.When:
    _given(value)
    if not isinstance(value, str):
        raise Refused(Fault("a date is one text", _DATE_HINT))
    try:
        return dates.parse(value)
    except dates.DateError as error:
        message = str(error)
        explained = not message.endswith("is no EDTF date")
        raise Refused(Fault(message, "" if explained else _DATE_HINT)) from None


def _read_csl_date(value: object) -> str:
    """Return EDTF, which CSL allows, or what stands for it in older files: date-parts."""
    if isinstance(value, dict) and isinstance(value.get("date-parts"), list):
        circa = "~" if value.get("circa") in ("true", "1") else ""
        value = "/".join(_one_csl_date(parts) + circa for parts in value["date-parts"])
    return _read_date(value).edtf


def _one_csl_date(parts: object) -> str:
    texts = parts if isinstance(parts, list) else [parts]
    return "-".join(str(text).zfill(4 if i == 0 else 2) for i, text in enumerate(texts))


def _refers_to(kind: Kind) -> Callable[[str, ValidationInfo], str]:
    def check(id: str, info: ValidationInfo) -> str:
        context = cast("References", info.context)
        context.require(kind, id)
        return id

    return check


def _check_links(markdown: str, info: ValidationInfo) -> str:
    context = cast("References", info.context)
    context.require_links(markdown)
    return markdown


def _check_media(file: str, info: ValidationInfo) -> str:
    context = cast("References", info.context)
    context.require_media(file)
    return file


def fault_of_id(id: str) -> Fault | None:
    """Return why *id* cannot be an id, if it cannot."""
    if not re.fullmatch(ID, id):
        message, hint = PATTERNS[ID]
        return Fault(message.format(excerpt(id)), hint)
    if id.startswith("sm-"):
        message = f"'{id}' begins with 'sm-', as the ids of the page itself do"
        return Fault(message, "choose another id")
    return None


def _check_id(id: str) -> str:
    if fault := fault_of_id(id):
        raise Refused(fault)
    return id


def _position(value: object) -> LatLon:
    lat, lon = _numbers(value, 2, "two numbers, [latitude, longitude]")
    if abs(lat) <= 90 and abs(lon) <= 180:
        return LatLon(lat, lon)
    if abs(lat) <= 180 and abs(lon) <= 90:
        message = f"latitude {lat:g} and longitude {lon:g} look swapped"
        raise Refused(Fault(message, f"write [{lon:g}, {lat:g}]: the latitude comes first"))
    if abs(lat) > 90:
        raise Refused(Fault(f"latitude {lat:g} is out of range", "it lies from -90 to 90"))
    raise Refused(Fault(f"longitude {lon:g} is out of range", "it lies from -180 to 180"))


def _box(value: object) -> Box:
    box = Box(*_numbers(value, 4, "four numbers, [west, south, east, north]"))
    if max(abs(box.west), abs(box.east)) > 180 or max(abs(box.south), abs(box.north)) > 90:
        hint = "write [west, south, east, north], in degrees"
        raise Refused(Fault("this box reaches beyond the Earth", hint))
    if box.south >= box.north:
        message = f"the south of this box, {box.south:g}, is not below its north, {box.north:g}"
        raise Refused(Fault(message, "write [west, south, east, north]"))
    return box


def _numbers(value: object, count: int, words: str) -> list[float]:
    if not isinstance(value, list) or len(value) != count:
        raise Refused(Fault(f"expected {words}"))
    numbers = []
    for index, text in enumerate(value):
        try:
            numbers.append(float(text))
        except (TypeError, ValueError):
            raise Refused(Fault(f"expected {words}", path=(index,))) from None
    if not all(map(isfinite, numbers)):
        raise Refused(Fault(f"expected {words}"))
    return numbers


def _pair(value: object) -> object:
    if not isinstance(value, list) or len(value) != 2:
        raise Refused(Fault("expected a label and a number, [label, number]"))
    return value


def _list_of_numbers(count: int) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "number"},
        "minItems": count,
        "maxItems": count,
    }


Text = Annotated[str, Field(min_length=1)]
Given = Annotated[T | None, BeforeValidator(_given)]
"""A value that may be left out, but not left empty."""
Date = Annotated[dates.When | None, PlainValidator(_read_date), WithJsonSchema(_DATE)]
CslDate = Annotated[str, PlainValidator(_read_csl_date), WithJsonSchema(_DATE)]
Id = Annotated[str, AfterValidator(_check_id), Field(json_schema_extra={"pattern": ID})]
Markdown = Annotated[str, AfterValidator(_check_links)]
Picture = Annotated[str, AfterValidator(_check_media)]
PlaceId = Annotated[str, AfterValidator(_refers_to(Kind.PLACE))]
RouteId = Annotated[str, AfterValidator(_refers_to(Kind.ROUTE))]
SourceId = Annotated[str, AfterValidator(_refers_to(Kind.SOURCE))]
Language = Annotated[str, Field(pattern=LANGUAGE)]
Colour = Annotated[str, Field(pattern=COLOUR)]
Address = Annotated[str, Field(pattern=ADDRESS)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Position = Annotated[LatLon, PlainValidator(_position), WithJsonSchema(_list_of_numbers(2))]
Sides = Annotated[Box, PlainValidator(_box), WithJsonSchema(_list_of_numbers(4))]
Row = Annotated[tuple[Text, Number], BeforeValidator(_pair)]
