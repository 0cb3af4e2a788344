"""The story as checked data: frozen values, no input or output.

Everything here is what an author wrote, after `reading` has checked it and before `scenes`
lays it out. Sequences are tuples; references between things are ids. Positions are `LatLon`,
in degrees on WGS 84.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from storymap.dates import When
from storymap.geometry import Box as Box  # noqa: PLC0414 - part of the model
from storymap.geometry import LatLon as LatLon  # noqa: PLC0414 - part of the model


class NameKind(StrEnum):
    """Whose name a toponym is."""

    OFFICIAL = "official"
    """what the place's own authorities called it, in one of its languages"""
    EXONYM = "exonym"
    """what speakers of another language call it"""
    SOURCE = "source"
    """the spelling of one source, kept so that it can be found"""


class Precision(StrEnum):
    """How well a location is known."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    REGION = "region"
    APPROXIMATE = "approximate"
    UNLOCATED = "unlocated"


class Certainty(StrEnum):
    """How well a stop or a leg of a route is attested, the surest first."""

    DOCUMENTED = "documented"
    INFERRED = "inferred"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer from a statement to the work that makes it."""

    source: str
    """id of a `Source`"""
    locator: str = ""
    """where in the work: a page, a section, a sentence"""


@dataclass(frozen=True, slots=True)
class Name:
    """One toponym of a place."""

    text: str
    language: str
    """BCP 47 tag, such as `ru` or `ru-Latn`"""
    kind: NameKind
    when: When | None = None
    """span of validity; None where nothing is known of it"""
    citations: tuple[Citation, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is, and how well that is known."""

    precision: Precision
    point: LatLon | None = None
    """the position, or the anchor of an area; None when unlocated"""
    box: Box | None = None
    polygon: tuple[tuple[LatLon, ...], ...] = ()
    """outer rings, each closed; empty where the place is no polygon"""
    radius_m: float | None = None
    """how far from `point` the truth may lie"""
    source: str = ""
    """where the coordinates come from, in the author's words"""
    reason: str = ""
    """why nobody can locate it, when unlocated"""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, defined once and referred to by id."""

    id: str
    names: tuple[Name, ...]
    location: Location
    country: str = ""
    """ISO 3166-1 alpha-2 code of the country it lies in today"""
    within: str = ""
    """id of the place that it is part of"""
    hints: tuple[str, ...] = ()
    """words that help a geocoder to tell it from its namesakes"""
    feature: str = ""
    """feature class of GeoNames and Linked Places: A, H, L, P, R, S or T"""
    geonames: int | None = None
    wikidata: str = ""
    notes: str = ""
    """Markdown"""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that a route passes."""

    place: str
    certainty: Certainty
    note: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A named journey along places of the gazetteer."""

    id: str
    title: str
    stops: tuple[Stop, ...]
    when: When | None = None
    notes: str = ""
    """Markdown"""
    citations: tuple[Citation, ...] = ()

    def legs(self) -> tuple[Certainty, ...]:
        """Certainty of each leg, one fewer than stops: a leg is as sure as its less sure end."""
        order = list(Certainty)
        return tuple(
            max(a.certainty, b.certainty, key=order.index)
            for a, b in zip(self.stops, self.stops[1:], strict=False)
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """The part of a route that a step travels."""

    route: str
    first: int
    """index of the first stop"""
    last: int
    """index of the last stop, after `first`"""


@dataclass(frozen=True, slots=True)
class Source:
    """A work cited, in the terms of the Citation Style Language (CSL)."""

    id: str
    title: str
    type: str = "document"
    authors: tuple[str, ...] = ()
    container: str = ""
    """the periodical, site or book that it is part of"""
    publisher: str = ""
    issued: str = ""
    """EDTF, as written"""
    accessed: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of an author's, made ready for the page."""

    name: str
    """of the author's file, without folder and ending"""
    type: str
    """media type, as in `image/webp`"""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """What is to be seen or heard beside a step's text."""

    alt: str
    """the same in words"""
    caption: str = ""
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Medium):
    """A photograph or a drawing."""

    kind: ClassVar = "picture"
    asset: Asset
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(Medium):
    """A recording."""

    kind: ClassVar = "sound"
    asset: Asset
    transcript: str
    """Markdown"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Film(Medium):
    """A film that the story brings along."""

    kind: ClassVar = "film"
    asset: Asset
    captions: Asset | None = None
    """WebVTT; None for a silent one"""
    poster: Asset | None = None
    """the picture that stands for it until it plays"""
    transcript: str = ""
    """Markdown"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Medium):
    """A page of another site, loaded only where a reader asks for it."""

    kind: ClassVar = "frame"
    url: str

    @property
    def host(self) -> str:
        """Name of the site."""
        return urlsplit(self.url).netloc


Media = Picture | Sound | Film | Frame


class Shape(StrEnum):
    """What a part of a drawing is."""

    POINT = "point"
    LINE = "line"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Figure:
    """A simple geometry: a position, a line, or an area with its holes."""

    shape: Shape
    lines: tuple[tuple[LatLon, ...], ...]
    """one line of one position for a point; of an area its outer ring, then its holes, closed"""


@dataclass(frozen=True, slots=True)
class Style:
    """How a feature is drawn, in the terms of simplestyle-spec 1.1; None where it says nothing."""

    stroke: str | None = None
    """colours are `#rrggbb`"""
    stroke_width: float | None = None
    """pixels"""
    stroke_opacity: float | None = None
    fill: str | None = None
    fill_opacity: float | None = None
    marker_color: str | None = None
    marker_size: str | None = None
    """small, medium or large"""


@dataclass(frozen=True, slots=True)
class Feature:
    """What a drawing shows of one thing."""

    figures: tuple[Figure, ...]
    title: str = ""
    description: str = ""
    """plain text"""
    style: Style = Style()

    def has_words(self) -> bool:
        """Tell whether there is anything to read of it."""
        return bool(self.title or self.description)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Features from a GeoJSON file that lie on the map during a step."""

    path: Path
    label: str
    features: tuple[Feature, ...]
    credit: str = ""
    licence: str = ""

    def points(self) -> tuple[LatLon, ...]:
        """Return every position in it."""
        figures = (figure for feature in self.features for figure in feature.figures)
        return tuple(point for figure in figures for line in figure.lines for point in line)


@dataclass(frozen=True, slots=True)
class Plan:
    """A picture, such as a scanned plan, that lies on the map during a step."""

    path: Path
    label: str
    alt: str
    corners: tuple[LatLon, LatLon, LatLon, LatLon]
    """where the picture's top left lies, its top right, bottom right and bottom left"""
    width_px: int
    height_px: int
    opacity: float = 1.0
    credit: str = ""
    licence: str = ""

    def points(self) -> tuple[LatLon, ...]:
        """Return its corners."""
        return self.corners


Overlay = Drawing | Plan


@dataclass(frozen=True, slots=True)
class Table:
    """Labelled numbers, shown as a chart and as a table."""

    caption: str
    label: str
    """heading of the first column"""
    unit: str
    """heading of the second column: what is counted"""
    rows: tuple[tuple[str, float], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says."""

    citation: Citation
    says: str
    """Markdown, one paragraph"""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which sources disagree; none of them is declared right."""

    about: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Camera:
    """What the author wants the map to frame."""

    center: LatLon
    zoom: float


@dataclass(frozen=True, slots=True)
class EventTranslation:
    """An event's texts in another language; what is empty is not translated.

    Whatever is not text, such as the numbers of a table, is the event's own.
    """

    language: str
    title: str = ""
    text: str = ""
    background: str = ""
    disputes: tuple[Dispute, ...] = ()
    table: Table | None = None
    media: tuple[Media, ...] = ()
    overlays: tuple[Overlay, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event: one step of the story."""

    id: str
    title: str
    text: str
    """Markdown"""
    when: When | None
    """None for an undated one"""
    places: tuple[str, ...] = ()
    names_at: When | None = None
    """the date whose names the map shows, where it is not `when`"""
    flashback: bool = False
    passage: Passage | None = None
    camera: Camera | None = None
    media: tuple[Media, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    table: Table | None = None
    background: str = ""
    """Markdown: general knowledge that no cited source carries, shown as such"""
    disputes: tuple[Dispute, ...] = ()
    citations: tuple[Citation, ...] = ()
    translations: tuple[EventTranslation, ...] = ()
    untranslated: frozenset[str] = frozenset()
    """fields that `translation` left in the default language, for want of another"""


@dataclass(frozen=True, slots=True)
class Person:
    """An author of the story."""

    name: str
    role: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms under which the story may be used."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What invites the reader in."""

    promise: str
    """one sentence"""
    route: str = ""
    """id of the route that the overview map shows whole"""


@dataclass(frozen=True, slots=True)
class Tiles:
    """A detailed map that is online, and loaded only where a reader asks for it."""

    url: str
    """https address with `{z}`, `{x}` and `{y}`"""
    name: str
    """of its provider"""
    attribution: str
    attribution_url: str = ""
    privacy_url: str = ""
    max_zoom: int = 18
    note: str = ""
    """on the provider's terms"""


@dataclass(frozen=True, slots=True)
class Service:
    """An online geocoder that the author wants asked."""

    name: str
    """one of geopy's, in small letters: nominatim, photon, …"""
    address: str = ""
    """where it runs; empty for its own provider's"""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who found where places lie, and on which terms."""

    name: str
    licence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class StoryTranslation:
    """What stands over a story, in another language; what is empty is not translated."""

    language: str
    title: str = ""
    subtitle: str = ""
    promise: str = ""
    """of the cover"""
    reviewed: bool = False
    """whether a native speaker has read the story in this language"""


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story, every reference in it resolved."""

    title: str
    language: str
    """BCP 47 tag of the language that its texts are in"""
    cover: Cover
    places: tuple[Place, ...]
    routes: tuple[Route, ...]
    sources: tuple[Source, ...]
    events: tuple[Event, ...]
    """in story order"""
    subtitle: str = ""
    languages: tuple[str, ...] = ()
    """all languages, the default one first"""
    translations: tuple[StoryTranslation, ...] = ()
    reviewed: bool = True
    """whether its language is the author's own, or a native speaker has read it"""
    untranslated: frozenset[str] = frozenset()
    """what `translation` left in the default language: `title`, `subtitle`, `promise`"""
    licence: Licence | None = None
    authors: tuple[Person, ...] = ()
    base_url: str = ""
    """where the page will be found on the web: a folder, ending in `/`, or a page; may be empty"""
    tiles: Tiles | None = None
    theme: dict[str, str] = field(default_factory=dict)
    """token of the page's style -> colour as `#rrggbb`; `dark-` before those of the dark form"""
    services: tuple[Service, ...] = ()
    """whom to ask where places lie, in this order"""
    attributions: tuple[Attribution, ...] = ()
    """whose answers the places without coordinates of their own have"""
    linked: frozenset[str] = frozenset()
    """places that a text links to"""

    def place(self, id: str) -> Place:
        """Return the place with this id; `KeyError` if there is none."""
        for place in self.places:
            if place.id == id:
                return place
        raise KeyError(id)
