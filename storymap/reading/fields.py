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
from storymap.geometry import Box, LatLon, winding
from storymap.reading.faults import Fault, Refused
from storymap.reading.folder import MediaKind
from storymap.reading.page_address import check_page_address, parts_of
from storymap.reading.references import Kind, References
from storymap.text import excerpt

T = TypeVar("T")

ID = "^[a-z0-9][a-z0-9-]*$"
LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
COLOUR = "^#[0-9A-Fa-f]{6}$"
ADDRESS = r"^https?://\S+$"
COUNTRY = "^[A-Z]{2}$"
WIKIDATA = "^Q[0-9]{1,9}$"
FEATURE = "^[AHLPRSTUV]$"
HOST = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"
SPREADSHEET = r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(csv|tsv)$"

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""hosts to which nothing leaves this computer"""

PATTERNS = {
    ID: (
        "'{}' cannot be an id",
        "an id is made of a-z, 0-9 and hyphens, and begins with no hyphen",
    ),
    LANGUAGE: ("'{}' is no language tag", "write it as BCP 47 has it, such as en, sk or ru-Latn"),
    COLOUR: ("'{}' is no colour", "write it as '#B8321A', in quotes"),
    SPREADSHEET: (
        "'{}' cannot be fetched",
        "name a file of the story folder that ends in .csv or .tsv, such as gazetteer.csv",
    ),
    ADDRESS: ("'{}' is no web address", "begin it with https://"),
    HOST: ("'{}' is not the name of one site", "write it as www.youtube-nocookie.com"),
    COUNTRY: ("'{}' is no country code", "write two capitals as ISO 3166 has them, such as KG"),
    WIKIDATA: ("'{}' is no Wikidata item", "write it as Q9361"),
    FEATURE: ("'{}' is no feature class", "write one of A, H, L, P, R, S, T, U, V"),
}
"""pattern -> what to say where a text does not match it, and what helps"""

_CORNERS_HINT = (
    "write where the picture's top left lies, its top right, its bottom right and its bottom left"
)
_POSITION_HINT = "write degrees with decimal points, -33.46 and 151.2; south and west are below 0"
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


def _media(kind: MediaKind) -> Callable[[str, ValidationInfo], str]:
    def check(file: str, info: ValidationInfo) -> str:
        context = cast("References", info.context)
        context.require_media(file, kind)
        return file

    return check


def _transcript(written: str, info: ValidationInfo) -> str:
    """Return a text whose links are right, or the path of a file that is there."""
    context = cast("References", info.context)
    if names_file(written):
        context.require_media(written, MediaKind.TRANSCRIPT)
    else:
        context.require_links(written)
    return written


def names_file(transcript: str) -> bool:
    """Tell whether a transcript is not the words themselves, but the path of a file with them."""
    return re.fullmatch(r"\S+\.(md|txt)", transcript) is not None


def _frame_address(url: str, info: ValidationInfo) -> str:
    """Return *url*, or raise `Refused` where no page may frame it."""
    parts = parts_of(url)
    if parts.scheme != "https" or not re.fullmatch(HOST, parts.netloc):
        message = f"'{excerpt(url)}' cannot be shown in a frame"
        raise Refused(Fault(message, "write it as https://www.youtube-nocookie.com/embed/…"))
    context = cast("References", info.context)
    if parts.netloc not in context.frames:
        message = f"story.yaml does not allow frames from '{parts.netloc}'"
        raise Refused(Fault(message, f"add it to `frames: [{parts.netloc}]` in story.yaml"))
    return url


def _corners(value: object) -> tuple[LatLon, LatLon, LatLon, LatLon]:
    if not isinstance(value, list) or len(value) != 4:
        raise Refused(Fault("expected four positions, [[latitude, longitude], …]", _CORNERS_HINT))
    faults, corners = [], []
    for index, corner in enumerate(value):
        try:
            corners.append(_position(corner))
        except Refused as refused:
            faults += [fault._replace(path=(index, *fault.path)) for fault in refused.faults]
    if faults:
        raise Refused(*faults)
    turns = winding(corners)
    if all(turn < 0 for turn in turns):
        top_left, top_right, bottom_right, bottom_left = corners
        return top_left, top_right, bottom_right, bottom_left
    if all(turn > 0 for turn in turns):
        raise Refused(Fault("these corners would show the picture mirrored", _CORNERS_HINT))
    raise Refused(Fault("these corners would fold or flatten the picture", _CORNERS_HINT))


def _tile_address(url: str) -> str:
    """Return *url*, or raise `Refused` where a page cannot fetch a map's tiles from it."""
    parts = parts_of(url)
    filled = re.findall(r"\{([^{}]*)\}", url)
    hint = "write it as https://tile.example/{z}/{x}/{y}.png"
    if parts.scheme != "https":
        raise Refused(Fault(f"'{excerpt(url)}' does not begin with https://", hint))
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?", parts.netloc):
        message = f"'{excerpt(parts.netloc)}' is not the name of one server"
        raise Refused(Fault(message, hint))
    if re.search(r"""[^!-~]|["'<>\\^`|]""", url):
        raise Refused(Fault(f"'{excerpt(url)}' is no web address", hint))
    faults = [Fault(f"the address has no '{{{key}}}'", hint) for key in "zxy" if key not in filled]
    faults += [
        Fault(f"the page cannot fill in '{{{key}}}'", "it knows {z}, {x} and {y}", quote=f"{{{key}")
        for key in filled
        if key not in ("z", "x", "y")
    ]
    if faults:
        raise Refused(*faults)
    return url


def _web_address(url: str) -> str:
    parts_of(url)
    return url


def _check_encrypted(address: str) -> str:
    host = re.match(r"http://(\[[^]]*\]|[^/:?#]*)", address)
    if host and host[1] not in LOOPBACK:
        hint = "begin it with https://, so that nobody on the way can change what comes"
        raise Refused(Fault(f"'{excerpt(address)}' is not encrypted", hint))
    return address


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
    lat, lon = _numbers(value, 2, "two numbers, [latitude, longitude]", _POSITION_HINT)
    if abs(lat) <= 90 and abs(lon) <= 180:
        return LatLon(lat, lon)
    if abs(lat) <= 180 and abs(lon) <= 90:
        message = f"latitude {lat:g} and longitude {lon:g} look swapped"
        raise Refused(Fault(message, f"write [{lon:g}, {lat:g}]: the latitude comes first"))
    if abs(lat) > 90:
        raise Refused(Fault(f"latitude {lat:g} is out of range", "it lies from -90 to 90", (0,)))
    raise Refused(Fault(f"longitude {lon:g} is out of range", "it lies from -180 to 180", (1,)))


def _box(value: object) -> Box:
    box = Box(*_numbers(value, 4, "four numbers, [west, south, east, north]"))
    if max(abs(box.west), abs(box.east)) > 180 or max(abs(box.south), abs(box.north)) > 90:
        hint = "write [west, south, east, north], in degrees"
        raise Refused(Fault("this box reaches beyond the Earth", hint))
    if box.south >= box.north:
        message = f"the south of this box, {box.south:g}, is not below its north, {box.north:g}"
        raise Refused(Fault(message, "write [west, south, east, north]"))
    return box


def _numbers(value: object, count: int, words: str, hint: str = "") -> list[float]:
    fault = Fault(f"expected {words}", hint)
    if not isinstance(value, list) or len(value) != count:
        raise Refused(fault)
    numbers = []
    for index, text in enumerate(value):
        try:
            numbers.append(float(text))
        except (TypeError, ValueError):
            raise Refused(fault._replace(path=(index,))) from None
    if not all(map(isfinite, numbers)):
        raise Refused(fault)
    return numbers


def _pair(value: object) -> object:
    if not isinstance(value, list) or len(value) != 2:
        raise Refused(Fault("expected a label and a number, [label, number]"))
    return value


def _list_of(count: int, item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": count, "maxItems": count}


def _list_of_numbers(count: int) -> dict[str, Any]:
    return _list_of(count, {"type": "number"})


Text = Annotated[str, Field(min_length=1)]
Given = Annotated[T | None, BeforeValidator(_given)]
"""A value that may be left out, but not left empty."""
Date = Annotated[dates.When | None, PlainValidator(_read_date), WithJsonSchema(_DATE)]
CslDate = Annotated[str, PlainValidator(_read_csl_date), WithJsonSchema(_DATE)]
Id = Annotated[str, AfterValidator(_check_id), Field(json_schema_extra={"pattern": ID})]
Markdown = Annotated[str, AfterValidator(_check_links)]
Said = Annotated[Text, AfterValidator(_check_links)]
GeoJsonFile = Annotated[str, AfterValidator(_media(MediaKind.GEOJSON))]
MediumFile = Annotated[str, AfterValidator(_media(MediaKind.MEDIUM))]
PictureFile = Annotated[str, AfterValidator(_media(MediaKind.PICTURE))]
CaptionsFile = Annotated[str, AfterValidator(_media(MediaKind.CAPTIONS))]
Transcript = Annotated[Text, AfterValidator(_transcript)]
FrameAddress = Annotated[str, AfterValidator(_frame_address)]
Host = Annotated[str, Field(pattern=HOST)]
PlanFile = Annotated[str, AfterValidator(_media(MediaKind.PLAN))]
PlaceId = Annotated[str, AfterValidator(_refers_to(Kind.PLACE))]
RouteId = Annotated[str, AfterValidator(_refers_to(Kind.ROUTE))]
SourceId = Annotated[str, AfterValidator(_refers_to(Kind.SOURCE))]
Language = Annotated[str, Field(pattern=LANGUAGE)]
Colour = Annotated[str, Field(pattern=COLOUR)]
Address = Annotated[str, Field(pattern=ADDRESS), AfterValidator(_web_address)]
PageAddress = Annotated[str, AfterValidator(check_page_address)]
SheetAddress = Annotated[Address, AfterValidator(_check_encrypted)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Corners = Annotated[
    tuple[LatLon, LatLon, LatLon, LatLon],
    PlainValidator(_corners),
    WithJsonSchema(_list_of(4, _list_of_numbers(2))),
]
TileAddress = Annotated[str, AfterValidator(_tile_address)]
Position = Annotated[LatLon, PlainValidator(_position), WithJsonSchema(_list_of_numbers(2))]
Sides = Annotated[Box, PlainValidator(_box), WithJsonSchema(_list_of_numbers(4))]
Row = Annotated[tuple[Text, Number], BeforeValidator(_pair)]
